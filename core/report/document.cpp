// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/document.h"

#include "conclusion/hardening.h"
#include "report/drawing/rtt_chart_drawing.h"
#include "report/drawing/timeline_drawing.h"
#include "report/drawing/topology_drawing.h"
#include "shown/digest.h"
#include "shown/journeys_shown.h"
#include "shown/quotes.h"
#include "words/numbers.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>
#include <utility>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype shortExcerpt = 1200; ///< where the appendix, or the JSON report, has the whole

Columns directions(const QString &first = {})
{
    return {first, translate("report", "This host to the VM"), translate("report", "The VM to this host")};
}

Head headOf(const conclusion::Conclusion &conclusion, Depth depth)
{
    const auto &evidence = conclusion.given->evidence;
    const auto &target = evidence.target;
    Head head;
    head.subject = shown::targetName(target);
    head.kind = QStringList{target.hypervisor.word(), target.mode.word(), target.network}.join(u' ').simplified();
    head.hostEnd = shown::hostEnd(target);
    head.vmEnd = shown::vmEnd(target);
    head.headline = conclusion.diagnosis.headline;
    head.mood = shown::moodOf(conclusion.diagnosis.status);
    head.summary = asSentence(shown::title(conclusion.given->symptom.signature));
    head.note = depth == Depth::Short ? shown::shortNote() : QString();
    if (evidence.interrupted) {
        head.cautions << shown::interruptedNote();
    }
    return head;
}

SymptomTable symptomOf(const facts::Symptom &symptom, const evidence::Told &told)
{
    return {translate("report", "Symptom"),  directions(),        shown::symptomRows(symptom),
            shown::title(symptom.signature), symptom.explanation, shown::toldLines(told)};
}

CauseList::Reasons reasonsOf(const QString &label, const std::vector<diagnosis::Reason> &reasons)
{
    CauseList::Reasons list{label, {}};
    for (const auto &reason : reasons) {
        list.reasons.push_back({shown::shortened(reason.text), reason.check});
    }
    return list;
}

Badge badgeOf(diagnosis::Grade grade)
{
    Badge badge{shown::word(grade), {}};
    switch (grade) {
    case diagnosis::Grade::Proven:
        badge.mood = shown::Mood::Bad;
        break;
    case diagnosis::Grade::Probable:
        badge.mood = shown::Mood::Caution;
        break;
    case diagnosis::Grade::Possible:
        break;
    case diagnosis::Grade::RuledOut:
        badge.mood = shown::Mood::Good;
        break;
    }
    return badge;
}

CauseList::Cause causeOf(const diagnosis::Cause &cause)
{
    return {shown::shortened(diagnosis::title(cause.id, cause.variant)),
            badgeOf(cause.grade),
            cause.grade == diagnosis::Grade::Proven || cause.grade == diagnosis::Grade::Probable,
            percent(cause.probability),
            cause.object ? shown::excerpt(facts::describe(*cause.object)) : QString(),
            {reasonsOf(shown::forLabel(), cause.supporting), reasonsOf(shown::againstLabel(), cause.opposing)},
            shown::decider(cause)};
}

CauseList causesOf(const diagnosis::Diagnosis &diagnosis)
{
    CauseList list{translate("report", "Diagnosis"), {}, translate("report", "No cause is left."), {}, {}};
    list.ruledOutLabel = translate("report", "Ruled out");
    for (const auto &cause : diagnosis.causes) {
        if (cause.grade != diagnosis::Grade::RuledOut) {
            list.open.push_back(causeOf(cause));
            continue;
        }
        const auto why = cause.opposing.empty() ? QString() : shown::shortened(cause.opposing.front().text);
        list.ruledOut.push_back({diagnosis::title(cause.id, cause.variant), why});
    }
    return list;
}

Quotation quotationOf(const shown::Quote &quote, qsizetype length = shown::excerptLength)
{
    return {shown::shortened(shown::caption(quote)), shown::excerpt(quote.text, length)};
}

EvidenceList evidenceOf(const conclusion::Conclusion &conclusion)
{
    EvidenceList list{translate("report", "Evidence"),
                      {},
                      shown::sessionDigest(conclusion.given->evidence),
                      shown::digestMeaning(),
                      shown::digestCommand()};
    for (const auto &quote : shown::decisiveQuotes(conclusion)) {
        if (list.parts.empty() || list.parts.back().check != quote.check) {
            const auto *known = checks::find(quote.check);
            list.parts.push_back({quote.check, known == nullptr ? QString() : checks::question(*known), {}});
        }
        list.parts.back().quotes.push_back(quotationOf(quote, shortExcerpt));
    }
    return list;
}

NotTested notTestedOf(const std::vector<checks::Finding> &findings)
{
    const auto untested = shown::untested(findings);
    NotTested block{translate("report", "What could not be tested, and what would enable it"), {}, untested.notBuilt};
    for (const auto *finding : untested.couldNot) {
        block.rows.push_back({finding->id, shown::shortened(finding->summary), shown::shortened(shown::reasonOf(*finding))});
    }
    return block;
}

Badge badgeOf(remedy::Risk risk) { return {shown::word(risk), shown::moodOf(risk)}; }

RemedyList::Remedy remedyOf(const remedy::Remedy &remedy)
{
    const QString shell = remedy.shell == remedy::Shell::Bash ? u"sh"_s : remedy::name(remedy.shell);
    RemedyList::Remedy shown{diagnosis::name(remedy.id),
                             remedy.title,
                             shown::title(remedy.where),
                             badgeOf(remedy.risk),
                             shown::lasting(remedy),
                             shown::changesOf(remedy),
                             {}};
    const auto add = [&](const QString &label, const QStringList &commands, const QString &language) {
        if (!commands.isEmpty()) {
            shown.steps.push_back({label, commands, language});
        }
    };
    add(shown::doLabel(remedy), remedy.commands, shell);
    add(shown::undoLabel(), remedy.undo, shell);
    add(shown::verifyLabel(), remedy.verify, {});
    return shown;
}

RemedyList remediesOf(const conclusion::Conclusion &conclusion)
{
    RemedyList list{translate("report", "Fix"), {}, shown::nothingToFix(conclusion.diagnosis.status)};
    for (const auto &remedy : conclusion.remedies) {
        list.remedies.push_back(remedyOf(remedy));
    }
    if (!conclusion.remedies.empty()) {
        list.planned = std::min(list.remedies.size(), static_cast<std::size_t>(conclusion.remedies.front().steps));
    }
    return list;
}

QString timesOf(const std::optional<facts::IcmpCell> &cell)
{
    return cell && cell->rtt
               ? u"%1 / %2 / %3"_s.arg(milliseconds(cell->rtt->min), milliseconds(cell->rtt->avg), milliseconds(cell->rtt->max))
               : u"\u2013"_s;
}

QString lostOf(const shown::RttLane &lane)
{
    const auto numbers = shown::lostNumbers(lane);
    return numbers.isEmpty() ? u"\u2013"_s : numbers;
}

Picture pictureOf(const shown::RttChart &chart, const facts::BothDirections<facts::IcmpCell> &icmp)
{
    return {translate("report", "Round-trip times"),
            {},
            drawingOf(chart),
            directions(),
            {{translate("report", "Answered"), shown::cellOf(icmp.hostToVm).text.state, shown::cellOf(icmp.vmToHost).text.state},
             {translate("report", "Least / average / most"), timesOf(icmp.hostToVm), timesOf(icmp.vmToHost)},
             {translate("report", "Lost, by number"), lostOf(chart.lanes[0]), lostOf(chart.lanes[1])}}};
}

Picture pictureOf(const shown::Topology &topology)
{
    return {translate("report", "Topology"), topology.sentence, drawingOf(topology), {}, {}};
}

/// A row a sighting, in the order in which they were made.
std::vector<JourneyList::Sighting> sightingsOf(const shown::Timeline &timeline)
{
    const auto name = [&](int station) { return shown::shortened(timeline.stations[static_cast<std::size_t>(station)].name); };
    std::vector<std::pair<qint64, JourneyList::Sighting>> timed;
    for (const auto &pass : timeline.passes) {
        for (const auto &seen : pass.sightings) {
            timed.emplace_back(seen.sinceNs,
                               JourneyList::Sighting{u'+' + shown::duration(seen.sinceNs), pass.word, name(seen.station), false});
        }
    }
    std::stable_sort(timed.begin(), timed.end(), [](const auto &one, const auto &other) { return one.first < other.first; });
    std::vector<JourneyList::Sighting> sightings;
    sightings.reserve(timed.size() + 1);
    for (auto &[since, sighting] : timed) {
        sightings.push_back(std::move(sighting));
    }
    if (timeline.loss) {
        const auto &loss = *timeline.loss;
        const auto place = loss.to < 0 ? translate("report", "after %1").arg(name(loss.from))
                                       : translate("report", "%1 to %2").arg(name(loss.from), name(loss.to));
        sightings.push_back({u"\u2715"_s, loss.words, place, true});
    }
    return sightings;
}

State stateOf(const shown::PointLine &point)
{
    return {point.whole    ? shown::Mood::Good
            : point.opened ? shown::Mood::Caution
                           : shown::Mood::NotMeasured,
            shown::shortened(describe(point))};
}

JourneyList journeyListOf(const shown::Journeys &journeys)
{
    JourneyList list;
    list.heading = translate("report", "Journeys of packets");
    list.captured = journeys.access == evidence::Access::Read;
    list.none = shown::whyNone(journeys);
    for (const auto *group : shown::decisive(journeys)) {
        list.decisive.push_back({shown::shortened(describe(*group)),
                                 shown::shortened(group->timeline.sentence),
                                 drawingOf(group->timeline),
                                 {translate("report", "Time"), translate("report", "What"), translate("report", "Where")},
                                 sightingsOf(group->timeline)});
    }
    const auto shown = std::min(journeys.groups.size(), shown::mostJourneyRows);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto &group = journeys.groups[i];
        list.kinds.push_back({{shown::moodOf(group.end), shown::word(group.end)}, shown::shortened(describe(group))});
    }
    list.kindsLeftOut = static_cast<qint64>(journeys.groups.size() - shown);
    list.pointsLabel = shown::pointsHeading();
    list.pointColumns = {translate("report", "Captured at"), translate("report", "What it is"),
                         translate("report", "What it caught")};
    for (const auto &point : shown::shownPoints(journeys)) {
        list.points.push_back({shown::shortened(point.name), point.caption, stateOf(point)});
    }
    list.rest = shown::notShown(journeys);
    return list;
}

ScoreTable::Rating ratingOf(const conclusion::Rating &rating)
{
    ScoreTable::Rating shown{conclusion::title(rating.dimension), conclusion::weightOf(rating.dimension), false, {}, {}, {}, {}};
    if (!rating.points) {
        shown.points = {shown::Mood::NotMeasured, translate("report", "left out")};
        shown.how = rating.leftOut;
        return shown;
    }
    shown.measured = true;
    shown.points = {shown::moodOf(*rating.points), shown::scoreText(conclusion::wholePoints(*rating.points))};
    shown.how = conclusion::formula(rating.dimension);
    for (const auto &input : rating.inputs) {
        const auto text = translate("report", "%1: %2, which gives %3 points")
                              .arg(input.title, conclusion::shown(input), QString::number(conclusion::wholePoints(input.points)));
        shown.inputs.push_back({text, shown::shortened(input.source), asSentence(input.formula), input.points >= 100});
    }
    for (const auto &missing : rating.missing) {
        shown.missing << labelled(translate("report", "Not measured"), missing);
    }
    return shown;
}

ScoreTable scoreOf(const conclusion::Assessment &assessment)
{
    ScoreTable table{translate("report", "Score"),
                     shown::scoreText(assessment.score()),
                     translate("report", "How it is made."),
                     conclusion::formula(),
                     {}};
    for (const auto &rating : assessment.ratings) {
        table.ratings.push_back(ratingOf(rating));
    }
    return table;
}

shown::Mood moodOf(conclusion::Advice::State state)
{
    switch (state) {
    case conclusion::Advice::State::Done:
        return shown::Mood::Good;
    case conclusion::Advice::State::Advised:
        return shown::Mood::Caution;
    case conclusion::Advice::State::General:
        break;
    }
    return shown::Mood::NotMeasured;
}

AdviceTable hardeningOf(const facts::Case &given)
{
    AdviceTable table{translate("report", "Hardening and tuning"),
                      {translate("report", "Layer"), translate("report", "Measure"), translate("report", "To verify")},
                      {}};
    for (const auto &advice : conclusion::hardeningOf(given)) {
        table.rows.push_back({advice.layer,
                              {moodOf(advice.state), word(advice.state)},
                              advice.measure,
                              shown::title(advice.where),
                              advice.verify});
    }
    return table;
}

CheckList::Item itemOf(const checks::Finding &finding, const checks::Check *check)
{
    CheckList::Item item{finding.id,
                         {shown::moodOf(finding.status), shown::word(finding.status)},
                         shown::shortened(finding.summary),
                         shown::shortened(shown::reasonOf(finding)),
                         {},
                         {},
                         {}};
    if (check != nullptr) {
        const auto cannotSee = checks::cannotSee(*check);
        item.question = checks::question(*check);
        item.cannotSee = cannotSee.isEmpty() ? QString() : translate("report", "What it cannot see: %1").arg(cannotSee);
    }
    for (const auto &piece : finding.evidence) {
        item.quotes.push_back(quotationOf(shown::quoteOf(finding.id, piece)));
    }
    return item;
}

CheckList checksOf(const std::vector<checks::Finding> &findings)
{
    CheckList list{translate("report", "Checks"),
                   {translate("report", "Check"), translate("report", "State"), translate("report", "What was found")},
                   {}};
    for (const auto &finding : shown::allChecks(findings)) {
        const auto *check = checks::find(finding.id);
        const auto title = check == nullptr ? QString() : checks::name(check->chapter);
        if (list.chapters.empty() || list.chapters.back().title != title) {
            list.chapters.push_back({title, {}});
        }
        list.chapters.back().items.push_back(itemOf(finding, check));
    }
    return list;
}

Foot footOf(const evidence::Evidence &evidence)
{
    const auto &tool = evidence.tool;
    const auto finished = shown::rfc3339(evidence.finished);
    return {translate("report", "Commands for Linux are POSIX shell and run as root; each undo restores what was there before."),
            translate("report", "%1 %2 on %3. Started %4, finished %5 (UTC).")
                .arg(tool.name, tool.version, tool.platform, shown::rfc3339(evidence.started), finished),
            u"%1 %2, %3"_s.arg(tool.name, tool.version, finished)};
}

} // namespace

Document documentOf(const conclusion::Conclusion &conclusion, Depth depth)
{
    const auto &given = *conclusion.given;
    Document document{headOf(conclusion, depth),        symptomOf(given.symptom, given.evidence.told),
                      causesOf(conclusion.diagnosis),   evidenceOf(conclusion),
                      notTestedOf(conclusion.findings), remediesOf(conclusion)};
    if (const auto chart = shown::rttChartOf(conclusion); !chart.isEmpty()) {
        document.push_back(pictureOf(chart, given.symptom.icmp));
    }
    document.push_back(pictureOf(shown::topologyOf(conclusion)));
    if (const auto journeys = shown::journeysOf(given); journeys.access != evidence::Access::NotTried) {
        document.push_back(journeyListOf(journeys));
    }
    if (depth == Depth::Whole) {
        document.push_back(scoreOf(conclusion.assessment));
        document.push_back(hardeningOf(given));
        document.push_back(checksOf(conclusion.findings));
    }
    document.push_back(footOf(given.evidence));
    return document;
}

} // namespace bothways::report
