// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/terms.h"

#include "checks/checks.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::shown {
namespace {

bool isInvisible(char32_t point)
{
    switch (QChar::category(point)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

QString joined(const QString &address, const QString &place)
{
    return place.isEmpty() ? address : QStringLiteral("%1 (%2)").arg(address, place);
}

} // namespace

QString excerpt(const QString &text, qsizetype length)
{
    if (text.size() <= length) {
        return text;
    }
    auto end = text.lastIndexOf(u'\n', length);
    if (end < length / 2) {
        end = text.at(length - 1).isHighSurrogate() ? length - 1 : length;
    }
    return text.left(end) + u'\n' + translate("report", "[%1 more characters in the session file]").arg(text.size() - end);
}

QString visible(const QString &text, bool lines)
{
    QString shown;
    shown.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t point = text.at(i).unicode();
        const bool pair = text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        if (pair) {
            point = QChar::surrogateToUcs4(text.at(i), text.at(i + 1));
        }
        if (lines && (point == U'\n' || point == U'\t')) {
            shown += text.at(i);
        } else if (isInvisible(point)) {
            shown += QStringLiteral("<U+%1>").arg(QString::number(point, 16).toUpper().rightJustified(4, u'0'));
        } else {
            shown += QStringView(text).mid(i, pair ? 2 : 1);
        }
        i += pair ? 1 : 0;
    }
    return shown;
}

QString rfc3339(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")) + QStringLiteral("+00:00")
                          : QString();
}

Mood moodOf(diagnosis::Status status)
{
    switch (status) {
    case diagnosis::Status::Fault:
        return Mood::Bad;
    case diagnosis::Status::NoFault:
        return Mood::Good;
    case diagnosis::Status::Unexplained:
        break;
    }
    return Mood::Caution;
}

Mood moodOf(checks::Status status)
{
    switch (status) {
    case checks::Status::Pass:
        return Mood::Good;
    case checks::Status::Warn:
        return Mood::Caution;
    case checks::Status::Fail:
        return Mood::Bad;
    case checks::Status::Skipped:
    case checks::Status::Unknown:
        break;
    }
    return Mood::NotMeasured;
}

Mood moodOf(double points) { return points >= 90 ? Mood::Good : points >= 50 ? Mood::Caution : Mood::Bad; }

QString scoreText(const std::optional<int> &score)
{
    return score ? translate("report", "%1 of 100").arg(*score)
                 : translate("report", "Nothing was measured that a score could rest on.");
}

QString title(facts::Where where)
{
    switch (where) {
    case facts::Where::Host:
        return translate("report", "on this host");
    case facts::Where::Guest:
        return translate("report", "in the VM");
    case facts::Where::Hypervisor:
        return translate("report", "on the hypervisor");
    case facts::Where::Switch:
        return translate("report", "on the switch");
    case facts::Where::Cloud:
        return translate("report", "at the cloud provider");
    }
    return {};
}

QString word(checks::Status status)
{
    switch (status) {
    case checks::Status::Pass:
        return translate("report", "passed");
    case checks::Status::Warn:
        return translate("report", "warning");
    case checks::Status::Fail:
        return translate("report", "failed");
    case checks::Status::Skipped:
        return translate("report", "skipped");
    case checks::Status::Unknown:
        return translate("report", "unknown");
    }
    return {};
}

QString word(diagnosis::Grade grade)
{
    switch (grade) {
    case diagnosis::Grade::Proven:
        return translate("report", "proven");
    case diagnosis::Grade::Probable:
        return translate("report", "probable");
    case diagnosis::Grade::Possible:
        return translate("report", "possible");
    case diagnosis::Grade::RuledOut:
        return translate("report", "ruled out");
    }
    return {};
}

QString word(remedy::Risk risk)
{
    switch (risk) {
    case remedy::Risk::Low:
        return translate("report", "low risk");
    case remedy::Risk::Medium:
        return translate("report", "medium risk");
    case remedy::Risk::High:
        break;
    }
    return translate("report", "high risk");
}

Mood moodOf(remedy::Risk risk)
{
    switch (risk) {
    case remedy::Risk::Low:
        return Mood::Good;
    case remedy::Risk::Medium:
        return Mood::Caution;
    case remedy::Risk::High:
        break;
    }
    return Mood::Bad;
}

namespace {

QString trialSentence(const remedy::Trial &trial)
{
    switch (trial.passes) {
    case remedy::Passes::Yes:
        return translate("report", "Tried in the model: the packets pass then.");
    case remedy::Passes::No:
        return translate("report", "Tried in the model: the packets still do not pass.");
    case remedy::Passes::NotTried:
        break;
    }
    return translate("report", "Not tried: the model cannot decide whether it helps.");
}

} // namespace

QString changesOf(const remedy::Remedy &remedy)
{
    auto said = remedy.changes;
    if (remedy.steps > 1) {
        said = together(translate("report", "Step %1 of %2, which mend it together.").arg(remedy.step).arg(remedy.steps), said);
    }
    said = together(said, trialSentence(remedy.trial));
    if (remedy.trial.alsoCount > 0) {
        said = together(said, translate("report", "Addresses that go another way as well: %1 (%2).")
                                  .arg(remedy.trial.alsoCount)
                                  .arg(remedy.trial.alsoChanges.join(QStringLiteral(", "))));
    }
    return said;
}

QString lasting(const remedy::Remedy &remedy)
{
    return remedy.persistent ? translate("report", "kept after reboot") : translate("report", "until reboot");
}

QString pointsText(const std::optional<int> &points) { return points ? scoreText(points) : translate("report", "not measured"); }

QString nothingToFix(diagnosis::Status status)
{
    return status == diagnosis::Status::NoFault ? translate("report", "Nothing needs mending.")
                                                : translate("report", "No remedy follows from what could be seen.");
}

QString doLabel(const remedy::Remedy &remedy)
{
    if (remedy.where == facts::Where::Switch) {
        return translate("report", "Do, on the switch");
    }
    if (remedy.where == facts::Where::Cloud) {
        return translate("report", "Do, with the cloud’s command line");
    }
    const bool windows = remedy.shell == remedy::Shell::PowerShell || remedy.shell == remedy::Shell::Cmd;
    return (windows ? translate("report", "Do, as administrator %1") : translate("report", "Do, as root %1"))
        .arg(title(remedy.where));
}

QString undoLabel() { return translate("report", "Undo, at the same place"); }

QString verifyLabel() { return translate("report", "Verify, on this host"); }

QString forLabel() { return translate("report", "Speaks for it"); }

QString againstLabel() { return translate("report", "Speaks against it"); }

QString decider(const diagnosis::Cause &cause)
{
    return cause.decidedBy.isEmpty() ? QString() : translate("report", "What would decide it: %1").arg(cause.decidedBy);
}

QString leadOf(const diagnosis::Diagnosis &diagnosis)
{
    using diagnosis::Grade;
    if (diagnosis.status == diagnosis::Status::NoFault) {
        return translate("report", "Both directions were measured and nothing stands in the way.");
    }
    if (diagnosis.status == diagnosis::Status::Unexplained || diagnosis.causes.empty()) {
        return translate("report",
                         "What was seen fits no cause well enough. Below is what was ruled out; a chapter marked unknown or "
                         "skipped may hold the answer.");
    }
    QString lead;
    switch (diagnosis.causes.front().grade) {
    case Grade::Proven:
        lead = translate("report", "Proven: the object is named, and an independent observation agrees.");
        break;
    case Grade::Probable:
        lead = translate("report", "Probable: the object is named, but nothing independent confirms it yet.");
        break;
    case Grade::Possible:
    case Grade::RuledOut:
        lead = translate("report", "Possible: one further observation would decide it.");
        break;
    }
    const bool second = std::any_of(diagnosis.causes.begin(), diagnosis.causes.end(),
                                    [](const auto &cause) { return cause.second && cause.grade != Grade::RuledOut; });
    return second ? together(lead, translate("report", "A second fault lies behind the first.")) : lead;
}

QString reasonOf(const checks::Finding &finding) { return finding.reason == finding.summary ? QString() : finding.reason; }

QString inFull(const checks::Finding &finding) { return together(finding.summary, reasonOf(finding)); }

bool isBuilt(const checks::Finding &finding)
{
    const auto *check = checks::find(finding.id);
    return check == nullptr || check->run != nullptr;
}

Untested untested(const std::vector<checks::Finding> &findings)
{
    Untested result;
    QStringList notBuilt;
    for (const auto &finding : findings) {
        if (!isBuilt(finding)) {
            notBuilt << finding.id;
        } else if (finding.status == checks::Status::Skipped || finding.status == checks::Status::Unknown) {
            result.couldNot.push_back(&finding);
        }
    }
    if (notBuilt.size() == 1) {
        result.notBuilt = translate("report", "%1 is not built in this version.").arg(notBuilt.front());
    } else if (!notBuilt.isEmpty()) {
        result.notBuilt = translate("report", "%1 checks are not built in this version: %2.")
                              .arg(QString::number(notBuilt.size()), listed(notBuilt));
    }
    return result;
}

std::vector<checks::Finding> allChecks(const std::vector<checks::Finding> &findings)
{
    std::vector<checks::Finding> all;
    for (const auto &check : checks::table()) {
        const auto id = QString::fromLatin1(check.id);
        const auto found = std::find_if(findings.begin(), findings.end(), [&](const auto &finding) { return finding.id == id; });
        if (found != findings.end()) {
            all.push_back(*found);
            continue;
        }
        checks::Finding absent;
        absent.id = id;
        absent.status = checks::Status::Skipped;
        absent.summary = translate("report", "This run did not include it.");
        all.push_back(absent);
    }
    return all;
}

QStringList toldLines(const evidence::Told &told)
{
    QStringList lines;
    if (!told.began.isEmpty()) {
        lines << translate("report", "As told, not measured: it began “%1”.").arg(told.began);
    }
    if (!told.changed.isEmpty()) {
        lines << translate("report", "As told, not measured: what was changed before is “%1”.").arg(told.changed);
    }
    return lines;
}

QString hostEnd(const evidence::Target &target)
{
    const QString address = target.hostAddress ? text(target.hostAddress->toString()) : translate("report", "this host");
    return joined(address, target.interface);
}

QString vmEnd(const evidence::Target &target)
{
    const QString address = target.vmAddress ? text(target.vmAddress->toString()) : translate("report", "the VM");
    return joined(address, target.port);
}

QString targetName(const evidence::Target &target) { return target.vm.isEmpty() ? target.requested : target.vm; }

QString shortNote()
{
    return translate("report",
                     "This is the short report: the score, hardening and tuning, and the list of all checks are left out.");
}

} // namespace bothways::shown
