// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows_command.h"

#include "capture/flow_counter.h"
#include "console.h"
#include "exit.h"
#include "flows_json.h"
#include "flows_output.h"
#include "output.h"
#include "words/numbers.h"
#include "words/text.h"

#include <QFile>
#include <QLocale>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <memory>

namespace bothways::cli {

namespace {

using Clock = std::chrono::steady_clock;

/// How far the reading has come, on the terminal; nothing where standard error is none.
class Progress {
public:
    explicit Progress(const capture::FileReader &reader) : m_reader(reader) {}
    ~Progress()
    {
        if (m_shown) {
            std::fputs("\r\x1b[K", stderr);
        }
    }
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;

    void show(std::uint64_t packets)
    {
        const auto now = Clock::now();
        if (!m_terminal || now - m_last < std::chrono::milliseconds(200)) {
            return;
        }
        m_last = now;
        const QLocale locale(QLocale::English);
        auto line = translate("cli", "%1 packets").arg(locale.toString(static_cast<qulonglong>(packets)));
        const auto done = static_cast<double>(m_reader.position()) / static_cast<double>(m_reader.size());
        if (m_reader.size() > 0 && done > 0 && done <= 1) {
            const std::chrono::duration<double> passed = now - m_start;
            const auto left = std::lround(passed.count() * (1 - done) / done);
            line = translate("cli", "%1, %2, %3 s left").arg(percent(done), line).arg(left);
        }
        const auto bytes = QByteArray("\r\x1b[K") + line.toUtf8();
        std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
        m_shown = true;
    }

private:
    const capture::FileReader &m_reader;
    Clock::time_point m_start = Clock::now();
    Clock::time_point m_last = m_start;
    bool m_terminal = errorIsTerminal();
    bool m_shown = false;
};

tl::expected<capture::FileReader, capture::FileProblem> open(const QString &name)
{
    if (name != QLatin1String("-")) {
        return capture::FileReader::open(name);
    }
    auto input = std::make_unique<QFile>();
    if (!input->open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return tl::unexpected(capture::FileProblem{input->errorString(), 0});
    }
    return capture::FileReader::open(std::move(input));
}

CountedFile count(capture::FileReader &reader, const std::stop_token &stop)
{
    constexpr std::uint64_t step = 8192; // packets between two looks at the clock
    capture::FlowCounter counter;
    capture::Frame frame;
    std::uint64_t packets = 0;
    Progress progress(reader);
    while (reader.next(frame)) {
        counter.add(frame);
        if (++packets % step == 0) {
            if (stop.stop_requested()) {
                break;
            }
            progress.show(packets);
        }
    }
    CountedFile file;
    file.size = reader.position();
    file.format = reader.format();
    file.points = reader.points();
    file.problem = reader.problem() ? reader.problem()->message : QString();
    file.flows = counter.finish();
    return file;
}

} // namespace

QString flowsFooter()
{
    return translate("cli",
                     "A question counts as unanswered if no answer came within a minute.\n"
                     "Exit status: 0 all questions were answered, 1 some were not or two own one address, 2 wrong use or no "
                     "capture file, 3 the file is damaged or cut off (what stands before is shown), 130 interrupted.");
}

int flows(const FlowsOptions &options)
{
    const Interrupt interrupt;
    const auto name = QString::fromStdString(options.file);
    auto reader = open(name);
    if (!reader) {
        complain(translate("cli", "file: “%1” cannot be read as a capture: %2.").arg(name, reader.error().message));
        return WrongUse;
    }
    auto file = count(*reader, Interrupt::token());
    file.name = name;
    if (options.json.empty()) {
        print(flowsText(file, outputIsTerminal() && std::getenv("NO_COLOR") == nullptr));
    } else {
        writeFlowsJson(file, [](const QByteArray &bytes) { printBytes(bytes); });
    }
    if (Interrupt::happened()) {
        complain(translate("cli", "Interrupted; what was read until then is shown."));
        return Interrupted;
    }
    if (!file.problem.isEmpty()) {
        complain(translate("cli", "file: “%1”: %2. What stands before is shown.").arg(name, file.problem));
        return CouldNotMeasure;
    }
    const auto &totals = file.flows.totals;
    if (totals.cut + totals.malformed + totals.unknownLink == totals.packets) {
        complain(translate("cli", "file: “%1” has no frame that can be decoded.").arg(name));
        return CouldNotMeasure;
    }
    return file.flows.hasFault() ? Fault : NoFault;
}

} // namespace bothways::cli
