// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch_command.h"

#include "conclusion/conclusion.h"
#include "console.h"
#include "evidence/output_file.h"
#include "exit.h"
#include "output.h"
#include "port_list.h"
#include "progress.h"
#include "session/series_read.h"
#include "session/typed_target.h"
#include "watch_output.h"
#include "words/text.h"
#include "world/here/here.h"

#include <QFile>

#include <cmath>
#include <cstdio>
#include <variant>

namespace bothways::cli {

namespace {

struct Refusal {
    int status;
    QString message;
};

/// The samples from a time on, as they are in the series and in the full file before it; false where these cannot be read.
template <typename Write>
bool copySamples(const QString &series, qint64 fromMs, const Write &write)
{
    bool fine = true;
    for (const auto &path : {series + QStringLiteral(".1"), series}) {
        if (path != series && !QFile::exists(path)) {
            continue;
        }
        const auto read = session::readSeries(path, [&](const watch::Record &record) {
            const auto *sample = std::get_if<watch::Sample>(&record);
            if (sample != nullptr && sample->atMs >= fromMs) {
                write(csvLine(*sample));
            }
        });
        fine = fine && read.has_value();
    }
    return fine;
}

/// Sample by sample: there may be millions. False, and a message that names the file, if it cannot be written.
bool writeCsv(const QString &path, const QString &series, qint64 fromMs)
{
    if (path == QLatin1String("-")) {
        printBytes(csvHead());
        return copySamples(series, fromMs, [](const QByteArray &line) { printBytes(line); });
    }
    evidence::OutputFile file(path);
    file.write(csvHead());
    if (!copySamples(series, fromMs, [&file](const QByteArray &line) { file.write(line); })) {
        return wrote(path, translate("cli", "the series “%1” cannot be read again").arg(series));
    }
    return wrote(path, file.finish());
}

int perMille(double percent) { return static_cast<int>(std::lround(percent * 10)); }

std::variant<session::WatchPlan, Refusal> makePlan(const WatchOptions &options)
{
    session::WatchPlan plan;
    const auto typed = session::typedTarget(QString::fromStdString(options.vm));
    if (!typed) {
        return Refusal{WrongUse, translate("cli", "--vm: “%1” %2.").arg(text(options.vm), typed.error())};
    }
    plan.target.vm = typed->vm;
    plan.target.interface = typed->interface;
    plan.target.connection = QString::fromStdString(options.connect);
    if (!options.hostAddress.empty()) {
        plan.target.hostAddress = net::IpAddress::parse(options.hostAddress);
        if (!plan.target.hostAddress) {
            return Refusal{WrongUse,
                           translate("cli", "--host-address: “%1” is no IPv4 or IPv6 address.").arg(text(options.hostAddress))};
        }
    }
    auto ports = portsOf(QString::fromStdString(options.ports));
    if (!ports) {
        return Refusal{WrongUse, ports.error()};
    }
    plan.target.ports = std::move(*ports);
    plan.interval = std::chrono::milliseconds(std::lround(options.interval * 1000));
    if (options.length > 0) {
        plan.length = std::chrono::milliseconds(std::lround(options.length * 1000));
    }
    plan.settings = {perMille(options.icmpSuccess), perMille(options.tcpFailures), options.window, std::min(options.window, 10)};
    plan.series = QString::fromStdString(options.series);
    if (options.diagnoseEvery > 0) {
        plan.headline = [](const evidence::Evidence &evidence) { return conclusion::conclude(evidence).diagnosis.headline; };
        plan.diagnoseEvery = std::chrono::minutes(options.diagnoseEvery);
    }
    return plan;
}

/// What is told while it runs. Standard output where a document goes there tells nothing else.
session::WatchSink teller(bool outputTaken)
{
    return [outputTaken](const session::WatchUpdate &update) {
        if (update.replayed) {
            return;
        }
        if (!update.events.empty()) {
            endProgress();
        }
        for (const auto &event : update.events) {
            const auto line = eventLine(event);
            if (outputTaken) {
                const auto bytes = line.toUtf8();
                std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
            } else {
                print(line);
            }
        }
        if (errorIsTerminal() && std::holds_alternative<watch::Sample>(update.record)) {
            const auto bytes = "\r\x1b[K" + nowLine(update.monitor).toUtf8();
            std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
            std::fflush(stderr);
        }
    };
}

/// Everything that was asked for; false where something could not be written.
bool finish(const WatchOptions &options, const WatchFacts &facts, const watch::Monitor &monitor)
{
    const bool outputTaken = options.json == "-" || options.csv == "-";
    if (!outputTaken) {
        print(watchText(monitor));
        print(translate("cli", "Series: %1").arg(visible(facts.series)) + QLatin1Char('\n'));
    }
    for (const auto &problem : facts.problems) {
        complain(problem);
    }
    bool fine = true;
    if (!options.csv.empty()) {
        const qint64 from = facts.replayed ? 0 : facts.started.toMSecsSinceEpoch();
        fine = writeCsv(QString::fromStdString(options.csv), facts.series, from);
    }
    if (!options.json.empty()) {
        fine = writeFile(QString::fromStdString(options.json), watchJson(facts, monitor)) && fine;
    }
    return fine;
}

int replay(const WatchOptions &options)
{
    watch::Monitor monitor;
    WatchFacts facts;
    facts.series = QString::fromStdString(options.replay);
    facts.replayed = true;
    const bool quiet = options.json == "-" || options.csv == "-";
    const auto take = [&](const watch::Record &record) {
        for (const auto &event : monitor.take(record)) {
            if (!quiet) {
                print(eventLine(event));
            }
        }
    };
    const auto before = facts.series + QStringLiteral(".1");
    for (const auto &path : QFile::exists(before) ? QStringList{before, facts.series} : QStringList{facts.series}) {
        const auto read = session::readSeries(path, take);
        if (!read) {
            complain(translate("cli", "--replay: %1").arg(read.error().message));
            return WrongUse;
        }
        facts.damaged += read->damaged;
    }
    if (monitor.begun()) {
        facts.target = monitor.begun()->target;
    }
    if (facts.damaged > 0) {
        facts.problems << translate("cli", "%1 damaged records were left out.").arg(facts.damaged);
    }
    const bool written = finish(options, facts, monitor);
    return !written ? CouldNotMeasure : monitor.raised() > 0 ? Fault : NoFault;
}

int exitStatus(const session::Watched &watched, bool written)
{
    if (Interrupt::happened()) {
        return Interrupted;
    }
    const auto icmp = watched.monitor.total(watch::Kind::Icmp);
    const auto tcp = watched.monitor.total(watch::Kind::Tcp);
    const bool nothing = icmp.counted == 0 && tcp.counted == 0 && tcp.refused == 0;
    if (nothing || !written || !watched.fileProblem.isEmpty()) {
        return CouldNotMeasure;
    }
    return watched.monitor.raised() > 0 ? Fault : NoFault;
}

} // namespace

QString watchFooter()
{
    return translate("cli",
                     "Every sample is appended to the series before it is shown; a program that is killed loses at most the one "
                     "that it was writing. What earlier runs measured teaches what is usual.\n"
                     "Exit status: 0 no alert, 1 an alert was raised, 2 wrong use, 3 could not measure, 130 interrupted "
                     "(everything is written).");
}

int watch(const WatchOptions &options)
{
    const Interrupt interrupt;
    if (!options.replay.empty()) {
        return replay(options);
    }
    const auto plan = makePlan(options);
    if (const auto *refusal = std::get_if<Refusal>(&plan)) {
        complain(refusal->message);
        return refusal->status;
    }
    WatchFacts facts;
    facts.started = QDateTime::currentDateTimeUtc();
    const auto watched = session::watch(*world::here(), std::get<session::WatchPlan>(plan), Interrupt::token(),
                                        teller(options.json == "-" || options.csv == "-"));
    endProgress();
    if (!watched) {
        complain(watched.error().message);
        return watched.error().kind == session::ErrorKind::WrongUse ? WrongUse : CouldNotMeasure;
    }
    facts.finished = QDateTime::currentDateTimeUtc();
    facts.target = watched->target;
    facts.series = watched->series;
    facts.damaged = watched->damaged;
    facts.interrupted = Interrupt::happened();
    for (const auto &problem : {watched->icmpProblem, watched->fileProblem}) {
        if (!problem.isEmpty()) {
            facts.problems << problem;
        }
    }
    if (facts.damaged > 0) {
        facts.problems << translate("cli", "%1 damaged records were left out.").arg(facts.damaged);
    }
    const Writing writing;
    const bool written = finish(options, facts, watched->monitor);
    return exitStatus(*watched, written);
}

} // namespace bothways::cli
