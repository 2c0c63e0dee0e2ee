// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison.h"

#include "comparison/comparison_measured.h"
#include "comparison/comparison_node.h"
#include "comparison/comparison_parts.h"
#include "comparison/comparison_rules.h"
#include "shown/terms.h"

#include "conclusion/conclusion.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QRegularExpression>

#include <algorithm>

namespace bothways::comparison {

using namespace Qt::Literals::StringLiterals;

namespace {

ComparedSession sessionOf(const conclusion::Conclusion &conclusion)
{
    const auto &evidence = conclusion.given->evidence;
    const auto &target = evidence.target;
    ComparedSession session;
    session.target = labelled(shown::targetName(target), u"%1 \u21c4 %2"_s.arg(shown::hostEnd(target), shown::vmEnd(target)));
    session.host = evidence.host.isRead() ? evidence.host.value.hostName : QString();
    session.started = evidence.started;
    session.status = conclusion.diagnosis.status;
    session.headline = conclusion.diagnosis.headline;
    session.score = conclusion.assessment.score();
    return session;
}

/// True where both tell and tell different things.
template <typename T>
bool differ(const std::optional<T> &a, const std::optional<T> &b)
{
    return a && b && *a != *b;
}
bool differ(const QString &a, const QString &b) { return !a.isEmpty() && !b.isEmpty() && a != b; }

bool isOtherVm(const facts::Case &was, const facts::Case &is)
{
    // A MAC or a name tells a VM from another; an address alone only where nothing else does.
    const auto &nameBefore = was.evidence.target.vm;
    const auto &nameAfter = is.evidence.target.vm;
    if (was.scene.vmMac && is.scene.vmMac) {
        return *was.scene.vmMac != *is.scene.vmMac && (nameBefore.isEmpty() || nameBefore != nameAfter);
    }
    if (!nameBefore.isEmpty() && !nameAfter.isEmpty()) {
        return nameBefore != nameAfter;
    }
    return differ(was.scene.vmAddress, is.scene.vmAddress);
}

void guard(Comparison &comparison, const facts::Case &was, const facts::Case &is)
{
    const auto &before = was.evidence;
    const auto &after = is.evidence;
    if (isOtherVm(was, is)) {
        comparison.sameTarget = false;
        comparison.cautions << translate("comparison",
                                         "These are two different VMs, %1 and %2: what differs between them need not "
                                         "have changed.")
                                   .arg(comparison.before.target, comparison.after.target);
    }
    if (differ(comparison.before.host, comparison.after.host)) {
        comparison.sameTarget = false;
        comparison.cautions << translate("comparison", "They were measured on two different hosts, %1 and %2.")
                                   .arg(comparison.before.host, comparison.after.host);
    }
    if (before.started.isValid() && after.started.isValid() && after.started < before.started) {
        comparison.cautions << translate("comparison",
                                         "The second session is older than the first: they may be in the wrong order.");
    }
    for (const auto *evidence : {&before, &after}) {
        if (evidence->interrupted) {
            comparison.cautions << (evidence == &before
                                        ? translate("comparison", "The first session was stopped before its end.")
                                        : translate("comparison", "The second session was stopped before its end."));
        }
    }
    if (before.guest.isRead() && after.guest.isRead() && before.guest.value.channel != after.guest.value.channel) {
        comparison.cautions << translate("comparison",
                                         "The VM's side was read in two ways, which may tell different things: %1 and %2.")
                                   .arg(name(before.guest.value.channel), name(after.guest.value.channel));
    }
    if (differ(before.tool.version, after.tool.version)) {
        comparison.cautions << translate("comparison", "They were recorded by two versions of the program, %1 and %2.")
                                   .arg(before.tool.version, after.tool.version);
    }
}

Facts causesOf(const conclusion::Conclusion &conclusion)
{
    Facts facts;
    for (const auto &cause : conclusion.diagnosis.causes) {
        if (cause.grade != diagnosis::Grade::RuledOut) {
            const auto object = cause.object ? facts::describe(*cause.object) : QString();
            facts.add(diagnosis::title(cause.id, cause.variant),
                      object.isEmpty() ? shown::word(cause.grade) : labelled(shown::word(cause.grade), object));
        }
    }
    return facts;
}

/// Times and averages differ from run to run; whether they do by more than chance is judged elsewhere.
QString withoutTimes(QString text)
{
    static const QRegularExpression fraction(u"(?<![0-9.])[0-9]+\\.[0-9]+(?![0-9.])"_s);
    return text.replace(fraction, u"#"_s);
}

ComparedPart causesPart(const conclusion::Conclusion &before, const conclusion::Conclusion &after)
{
    ComparedPart part;
    part.id = u"causes"_s;
    part.title = translate("comparison", "Causes");
    compareFacts(part, causesOf(before), causesOf(after));
    return part;
}

ComparedPart checksPart(const conclusion::Conclusion &before, const conclusion::Conclusion &after)
{
    ComparedPart part;
    part.id = u"checks"_s;
    part.title = translate("comparison", "Checks");
    const auto judged = [](checks::Status status) {
        return status != checks::Status::Skipped && status != checks::Status::Unknown;
    };
    QStringList once;
    for (const auto &was : before.findings) {
        const auto is =
            std::find_if(after.findings.begin(), after.findings.end(), [&](const auto &finding) { return finding.id == was.id; });
        if (is == after.findings.end() || !shown::isBuilt(was)) {
            continue;
        }
        if (judged(was.status) != judged(is->status)) {
            once << was.id;
        } else if (was.status == is->status && withoutTimes(was.summary) == withoutTimes(is->summary)) {
            ++part.same;
        } else {
            note(part, {Change::Changed, was.id, labelled(shown::word(was.status), was.summary),
                        labelled(shown::word(is->status), is->summary)});
        }
    }
    if (!once.isEmpty()) {
        part.note = translate("comparison", "Could be judged in only one of the two, so not compared: %1.").arg(listed(once));
    }
    return part;
}

void compareScores(Comparison &comparison, const conclusion::Assessment &before, const conclusion::Assessment &after)
{
    const auto whole = [](const conclusion::Rating &rating) {
        return rating.points ? std::optional(conclusion::wholePoints(*rating.points)) : std::nullopt;
    };
    for (std::size_t i = 0; i < conclusion::dimensions; ++i) {
        const auto dimension = static_cast<conclusion::Dimension>(i);
        comparison.dimensions.push_back(
            {conclusion::title(dimension), conclusion::name(dimension), whole(before.of(dimension)), whole(after.of(dimension))});
    }
    comparison.scoreBefore = before.scoreBeside(after);
    comparison.scoreAfter = after.scoreBeside(before);
}

} // namespace

bool Comparison::differs() const
{
    const auto moved = [](const MeasuredTwice &value) {
        return value.tendency == Tendency::Better || value.tendency == Tendency::Worse;
    };
    return verdictChanged ||
           std::any_of(parts.begin(), parts.end(), [](const auto &part) { return !part.differences.empty(); }) ||
           std::any_of(measured.begin(), measured.end(), moved);
}

Comparison compare(const conclusion::Conclusion &before, const conclusion::Conclusion &after)
{
    const auto &was = *before.given;
    const auto &is = *after.given;
    Comparison comparison;
    comparison.before = sessionOf(before);
    comparison.after = sessionOf(after);
    guard(comparison, was, is);
    comparison.verdictChanged = comparison.before.status != comparison.after.status;
    comparison.parts.push_back(causesPart(before, after));
    comparison.parts.push_back(checksPart(before, after));
    compareMeasured(comparison, was.scene, is.scene);
    compareRules(comparison, was.evidence, is.evidence);
    compareNodes(comparison, was.evidence, is.evidence);
    compareScores(comparison, before.assessment, after.assessment);
    return comparison;
}

} // namespace bothways::comparison
