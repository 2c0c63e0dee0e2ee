// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnose_command.h"

#include "console.h"
#include "exit.h"
#include "output.h"
#include "printing.h"
#include "progress.h"

#include "checks/checks.h"
#include "conclusion/conclusion.h"
#include "evidence/input_file.h"
#include "evidence/session_file.h"
#include "port_list.h"
#include "redaction/redaction.h"
#include "report/writers.h"
#include "session/capture_files.h"
#include "session/typed_target.h"
#include "words/text.h"
#include "world/here/here.h"

#include <QFile>

#include <cstdlib>
#include <variant>

namespace bothways::cli {

namespace {

constexpr qint64 maximumReportBytes = 16LL * 1024 * 1024;

struct Refusal {
    int status;
    QString message;
};
template <typename T>
using Result = std::variant<T, Refusal>;

Refusal wrong(const QString &message) { return {WrongUse, message}; }

Result<QStringList> parseOnly(const QString &text)
{
    auto ids = text.toUpper().split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (auto &id : ids) {
        id = id.trimmed();
        if (!checks::find(id)) {
            return wrong(translate("cli", "--only: there is no check “%1”; `bothways-cli list checks` names them.").arg(id));
        }
    }
    return ids;
}

Result<QByteArray> readGuestReport(const QString &path)
{
    auto read = evidence::readWhole(path, maximumReportBytes);
    if (!read) {
        return wrong(translate("cli", "--guest-report: cannot read “%1”: %2.").arg(path, read.error()));
    }
    auto &bytes = *read;
    if (bytes.size() > maximumReportBytes) {
        return wrong(translate("cli", "--guest-report: “%1” is larger than 16 MiB.").arg(path));
    }
    if (bytes.trimmed().isEmpty()) {
        return wrong(translate("cli", "--guest-report: “%1” is empty.").arg(path));
    }
    return bytes;
}

QStringList captureFiles(const DiagnoseOptions &options)
{
    QStringList paths;
    for (const auto &path : options.captures) {
        paths << QString::fromStdString(path);
    }
    return paths;
}

Result<session::Plan> makePlan(const DiagnoseOptions &options)
{
    session::Plan plan;
    // What looks like an address but is none would otherwise be looked up as a name and answered with a puzzling "no such VM".
    const auto typed = session::typedTarget(QString::fromStdString(options.vm));
    if (!typed) {
        return wrong(translate("cli", "--vm: “%1” %2.").arg(text(options.vm), typed.error()));
    }
    plan.vm = typed->vm;
    plan.interface = options.interface.empty() ? typed->interface : QString::fromStdString(options.interface);
    plan.connection = QString::fromStdString(options.connect);
    plan.deadline = std::chrono::seconds(options.deadline);
    plan.askForRights = options.askRights;
    plan.listen = std::chrono::seconds(options.listen);
    plan.captureFiles = captureFiles(options);
    if (!options.hostAddress.empty()) {
        plan.hostAddress = net::IpAddress::parse(options.hostAddress);
        if (!plan.hostAddress) {
            return wrong(translate("cli", "--host-address: “%1” is no IPv4 or IPv6 address.").arg(text(options.hostAddress)));
        }
    }
    auto ports = portsOf(QString::fromStdString(options.ports));
    if (!ports) {
        return wrong(ports.error());
    }
    plan.ports = std::move(*ports);
    if (!options.guestReport.empty()) {
        auto report = readGuestReport(QString::fromStdString(options.guestReport));
        if (auto *refusal = std::get_if<Refusal>(&report)) {
            return *refusal;
        }
        plan.guestReport = std::get<QByteArray>(report);
    }
    return plan;
}

Result<evidence::Evidence> replay(const QString &path, const QStringList &captures)
{
    auto loaded = evidence::load(path);
    if (!loaded) {
        return wrong(loaded.error().message);
    }
    if (const auto added = session::addCaptures(*loaded, captures, Interrupt::token()); !added) {
        return wrong(translate("cli", "--capture: %1").arg(added.error().message));
    }
    return std::move(*loaded);
}

Result<evidence::Evidence> measure(const DiagnoseOptions &options)
{
    auto plan = makePlan(options);
    if (auto *refusal = std::get_if<Refusal>(&plan)) {
        return *refusal;
    }
    auto measured = session::run(*world::here(), std::get<session::Plan>(plan), Interrupt::token(), progressSink());
    endProgress();
    if (!measured) {
        const bool misuse = measured.error().kind == session::ErrorKind::WrongUse;
        return Refusal{misuse ? WrongUse : CouldNotMeasure, measured.error().message};
    }
    return std::move(*measured);
}

Result<evidence::Evidence> gather(const DiagnoseOptions &options)
{
    if (!options.session.empty()) {
        return replay(QString::fromStdString(options.session), captureFiles(options));
    }
    if (!options.demo.empty()) {
        const auto path = QStringLiteral(":/demos/%1.bothways").arg(QString::fromStdString(options.demo));
        if (!QFile::exists(path)) {
            return wrong(translate("cli", "--demo: there is no recorded case “%1”; `bothways-cli list demos` names them.")
                             .arg(text(options.demo)));
        }
        return replay(path, captureFiles(options));
    }
    return measure(options);
}

bool writeScripts(const QString &folder, const conclusion::Conclusion &conclusion)
{
    const auto scripts = report::scriptsOf(conclusion);
    const auto problem = scripts.empty() ? QString() : report::saveScripts(folder, scripts);
    if (scripts.empty()) {
        complain(translate("cli", "--script: nothing is proposed that could be written as a script."));
    } else if (!problem.isEmpty()) {
        complain(translate("cli", "--script: %1").arg(problem));
    }
    return problem.isEmpty();
}

bool writeAll(const DiagnoseOptions &options, const conclusion::Conclusion &conclusion, const QStringList &only)
{
    bool fine = true;
    if (!options.save.empty()) {
        const auto saved = evidence::save(conclusion.given->evidence, QString::fromStdString(options.save));
        if (!saved) {
            complain(saved.error().message);
            fine = false;
        }
    }
    if (!options.html.empty()) {
        fine &= writeFile(QString::fromStdString(options.html), report::toHtml(conclusion));
    }
    if (!options.markdown.empty()) {
        fine &= writeFile(QString::fromStdString(options.markdown), report::toMarkdown(conclusion));
    }
    if (!options.pdf.empty()) {
        const auto printed = pdf(conclusion, only, QString::fromStdString(options.language));
        if (!printed) {
            complain(translate("cli", "--pdf: %1.").arg(printed.error()));
        }
        fine &= printed && writeFile(QString::fromStdString(options.pdf), *printed);
    }
    if (!options.json.empty()) {
        fine &= writeFile(QString::fromStdString(options.json), report::toJson(conclusion));
    }
    if (!options.script.empty()) {
        fine &= writeScripts(QString::fromStdString(options.script), conclusion);
    }
    return fine;
}

} // namespace

int diagnose(const DiagnoseOptions &options)
{
    const auto only = parseOnly(QString::fromStdString(options.only));
    if (const auto *refusal = std::get_if<Refusal>(&only)) {
        complain(refusal->message);
        return refusal->status;
    }
    const Interrupt interrupt;
    auto gathered = gather(options);
    if (const auto *refusal = std::get_if<Refusal>(&gathered)) {
        complain(refusal->message);
        return refusal->status;
    }
    const Writing writing;
    if (options.redact) {
        gathered = redaction::redacted(std::get<evidence::Evidence>(gathered));
    }
    const auto &evidence = std::get<evidence::Evidence>(gathered);
    const auto conclusion = conclusion::conclude(evidence, std::get<QStringList>(only));
    const bool written = writeAll(options, conclusion, std::get<QStringList>(only));
    const bool outputTaken = options.json == "-" || options.html == "-" || options.markdown == "-" || options.pdf == "-";
    if (!outputTaken) {
        const bool colour = outputIsTerminal() && std::getenv("NO_COLOR") == nullptr;
        print(report::toText(conclusion, colour));
    }
    if (Interrupt::happened()) {
        complain(translate("cli", "Interrupted; what was measured until then is shown and written."));
        return Interrupted;
    }
    return written ? conclusion::exitStatus(conclusion) : int{CouldNotMeasure};
}

} // namespace bothways::cli
