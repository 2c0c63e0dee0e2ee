// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/document.h"

#include "conclusion/hardening.h"
#include "report/score_parts.h"
#include "shown/digest.h"
#include "shown/journeys_shown.h"
#include "shown/quotes.h"
#include "shown/terms.h"
#include "words/numbers.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>
#include <utility>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype shortExcerpt = 1200; ///< the JSON report has the whole

Span strong(const QString &text) { return {text, Span::Kind::Strong}; }
Span joint(const QString &text) { return {text, Span::Kind::Joint}; }

void head(Document &document, const QString &words, int level = 2) { document.push_back(Heading{level, plain(words)}); }
void say(Document &document, const QString &words) { document.push_back(Paragraph{plain(words)}); }

Row row(const QString &first, const QString &second, const QString &third) { return {plain(first), plain(second), plain(third)}; }

template <typename Cell>
Row symptomRow(const QString &title, const facts::BothDirections<Cell> &cells)
{
    return row(title, shown::describe(cells.hostToVm), shown::describe(cells.vmToHost));
}

Row directions() { return row({}, translate("report", "This host to the VM"), translate("report", "The VM to this host")); }

void addSymptom(Document &document, const facts::Symptom &symptom, const evidence::Told &told)
{
    head(document, translate("report", "Symptom"));
    document.push_back(Table{directions(),
                             {symptomRow(translate("report", "ICMP echo"), symptom.icmp),
                              symptomRow(translate("report", "TCP connect"), symptom.tcp),
                              symptomRow(translate("report", "ARP request"), symptom.arp),
                              symptomRow(translate("report", "ARP cache"), symptom.arpCache)}});
    say(document, together(asSentence(shown::title(symptom.signature)), symptom.explanation));
    for (const auto &line : shown::toldLines(told)) {
        say(document, line);
    }
}

void addReasons(List &list, const QString &label, const std::vector<diagnosis::Reason> &reasons)
{
    for (const auto &reason : reasons) {
        list.items.push_back({{{labelled(label, reason.text)}, joint(u" ("_s), {reason.check}, joint(u")"_s)}, {}});
    }
}

void addCause(Document &document, const diagnosis::Cause &cause)
{
    head(document,
         translate("report", "%1: %2, %3")
             .arg(diagnosis::title(cause.id, cause.variant), shown::word(cause.grade), percent(cause.probability)),
         3);
    if (cause.object) {
        document.push_back(Code{facts::describe(*cause.object), {}});
    }
    List reasons;
    addReasons(reasons, translate("report", "Speaks for it"), cause.supporting);
    addReasons(reasons, translate("report", "Speaks against it"), cause.opposing);
    document.push_back(std::move(reasons));
    if (!cause.decidedBy.isEmpty()) {
        say(document, translate("report", "What would decide it: %1").arg(cause.decidedBy));
    }
}

void addCauses(Document &document, const diagnosis::Diagnosis &diagnosis)
{
    head(document, translate("report", "Diagnosis"));
    List ruledOut;
    bool open = false;
    for (const auto &candidate : diagnosis.causes) {
        if (candidate.grade != diagnosis::Grade::RuledOut) {
            addCause(document, candidate);
            open = true;
            continue;
        }
        const auto why = candidate.opposing.empty() ? QString() : shown::shortened(candidate.opposing.front().text);
        ruledOut.items.push_back({plain(labelled(diagnosis::title(candidate.id, candidate.variant), why)), {}});
    }
    if (!open) {
        say(document, translate("report", "No cause is left."));
    }
    if (!ruledOut.items.empty()) {
        head(document, translate("report", "Ruled out"), 3);
        document.push_back(std::move(ruledOut));
    }
}

void addEvidence(Document &document, const conclusion::Conclusion &conclusion)
{
    head(document, translate("report", "Evidence"));
    QString check;
    for (const auto &quote : shown::decisiveQuotes(conclusion)) {
        if (quote.check != check) {
            check = quote.check;
            const auto *known = checks::find(check);
            document.push_back(
                Paragraph{{strong(check), joint(u" "_s), {known == nullptr ? QString() : checks::question(*known)}}});
        }
        say(document, shown::shortened(shown::caption(quote)));
        document.push_back(Code{shown::excerpt(quote.text, shortExcerpt), {}});
    }
    say(document, shown::digestMeaning());
    document.push_back(Code{u"%1\n%2"_s.arg(shown::digestCommand(), shown::sessionDigest(conclusion.given->evidence)), {}});
}

void addNotTested(Document &document, const std::vector<checks::Finding> &findings)
{
    const auto untested = shown::untested(findings);
    if (untested.couldNot.empty() && untested.notBuilt.isEmpty()) {
        return;
    }
    head(document, translate("report", "What could not be tested, and what would enable it"));
    List list;
    for (const auto *finding : untested.couldNot) {
        list.items.push_back({{strong(finding->id), joint(u" "_s), {shown::shortened(shown::inFull(*finding))}}, {}});
    }
    if (!list.items.empty()) {
        document.push_back(std::move(list));
    }
    if (!untested.notBuilt.isEmpty()) {
        say(document, untested.notBuilt);
    }
}

void addCommands(Document &document, const QString &label, const QStringList &commands, const QString &language)
{
    if (!commands.isEmpty()) {
        say(document, labelled(label, {}));
        document.push_back(Code{commands.join(u'\n'), language});
    }
}

void addRemedies(Document &document, const conclusion::Conclusion &conclusion)
{
    head(document, translate("report", "Fix"));
    if (conclusion.remedies.empty()) {
        say(document, shown::nothingToFix(conclusion.diagnosis.status));
    }
    int number = 0;
    for (const auto &remedy : conclusion.remedies) {
        const QString shell = remedy.shell == remedy::Shell::Bash ? u"sh"_s : remedy::name(remedy.shell);
        const auto traits = clauses({shown::title(remedy.where), shown::word(remedy.risk), shown::lasting(remedy)});
        document.push_back(Heading{3, {joint(u"%1. "_s.arg(++number)), {remedy.title}}});
        say(document, asSentence(traits));
        say(document, remedy.changes);
        addCommands(document, shown::doLabel(remedy), remedy.commands, shell);
        addCommands(document, translate("report", "Undo, at the same place"), remedy.undo, shell);
        addCommands(document, translate("report", "Verify, on this host"), remedy.verify, {});
    }
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

void addChart(Document &document, const conclusion::Conclusion &conclusion)
{
    const auto chart = shown::rttChartOf(conclusion);
    if (chart.isEmpty()) {
        return;
    }
    const auto &icmp = conclusion.given->symptom.icmp;
    head(document, translate("report", "Round-trip times"));
    document.push_back(Figure{drawingOf(chart), {}});
    document.push_back(
        Table{directions(),
              {row(translate("report", "Answered"), shown::cellText(icmp.hostToVm).state, shown::cellText(icmp.vmToHost).state),
               row(translate("report", "Least / average / most"), timesOf(icmp.hostToVm), timesOf(icmp.vmToHost)),
               row(translate("report", "Lost, by number"), lostOf(chart.lanes[0]), lostOf(chart.lanes[1]))}});
}

void addTopology(Document &document, const conclusion::Conclusion &conclusion)
{
    const auto topology = shown::topologyOf(conclusion);
    head(document, translate("report", "Topology"));
    say(document, asSentence(topology.sentence));
    document.push_back(Figure{drawingOf(topology), {}});
}

/// A row a sighting, in the order in which they were made.
Table tableOf(const shown::Timeline &timeline)
{
    Table table{row(translate("report", "Time"), translate("report", "What"), translate("report", "Where")), {}};
    std::vector<std::pair<qint64, Row>> sightings;
    for (const auto &pass : timeline.passes) {
        for (const auto &seen : pass.sightings) {
            const auto &station = timeline.stations[static_cast<std::size_t>(seen.station)];
            sightings.emplace_back(
                seen.sinceNs,
                Row{{joint(u'+' + shown::duration(seen.sinceNs))}, plain(pass.word), plain(shown::shortened(station.name))});
        }
    }
    std::stable_sort(sightings.begin(), sightings.end(),
                     [](const auto &one, const auto &other) { return one.first < other.first; });
    for (auto &[since, cells] : sightings) {
        table.rows.push_back(std::move(cells));
    }
    if (timeline.loss) {
        const auto &loss = *timeline.loss;
        const auto name = [&](int station) {
            return shown::shortened(timeline.stations[static_cast<std::size_t>(station)].name);
        };
        const auto place = loss.to < 0 ? translate("report", "after %1").arg(name(loss.from))
                                       : translate("report", "%1 to %2").arg(name(loss.from), name(loss.to));
        table.rows.push_back({{joint(u"\u2715"_s)}, {strong(loss.words)}, plain(place)});
    }
    return table;
}

void addJourneys(Document &document, const shown::Journeys &journeys)
{
    if (journeys.access == evidence::Access::NotTried) {
        return;
    }
    head(document, translate("report", "Journeys of packets"));
    List groups;
    for (std::size_t i = 0; i < std::min(journeys.groups.size(), shown::mostJourneyRows); ++i) {
        groups.items.push_back({plain(shown::shortened(describe(journeys.groups[i]))), {}});
    }
    if (!groups.items.empty()) {
        document.push_back(std::move(groups));
    }
    for (const auto *group : shown::decisive(journeys)) {
        say(document, shown::shortened(group->timeline.sentence));
        document.push_back(Figure{drawingOf(group->timeline), tableOf(group->timeline)});
    }
    Table points{
        row(translate("report", "Captured at"), translate("report", "What it is"), translate("report", "What it caught")), {}};
    for (const auto &point : shown::shownPoints(journeys)) {
        points.rows.push_back(row(shown::shortened(point.name), point.caption, shown::shortened(describe(point))));
    }
    if (!points.rows.empty()) {
        document.push_back(std::move(points));
    }
    if (const auto rest = shown::notShown(journeys); !rest.isEmpty()) {
        say(document, rest);
    }
}

std::vector<Text> inputsOf(const conclusion::Rating &rating)
{
    std::vector<Text> lines;
    for (const auto &input : rating.inputs) {
        Text line = plain(inputText(input));
        if (!input.source.isEmpty()) {
            line.insert(line.end(), {joint(u" ("_s), {shown::shortened(input.source)}, joint(u")"_s)});
        }
        line.insert(line.end(), {joint(u". "_s), {asSentence(input.formula)}});
        lines.push_back(std::move(line));
    }
    for (const auto &missing : rating.missing) {
        lines.push_back(plain(labelled(translate("report", "Not measured"), missing)));
    }
    return lines;
}

void addScore(Document &document, const conclusion::Assessment &assessment)
{
    head(document, labelled(translate("report", "Score"), shown::scoreText(assessment.score())));
    document.push_back(Paragraph{{strong(translate("report", "How it is made.")), joint(u" "_s), {conclusion::formula()}}});
    List dimensions;
    for (const auto &rating : assessment.ratings) {
        const auto points =
            rating.points ? shown::scoreText(conclusion::wholePoints(*rating.points)) : translate("report", "left out");
        dimensions.items.push_back({{strong(labelled(conclusion::title(rating.dimension), points)),
                                     joint(u" "_s),
                                     {rating.points ? conclusion::formula(rating.dimension) : rating.leftOut}},
                                    rating.points ? inputsOf(rating) : std::vector<Text>()});
    }
    document.push_back(std::move(dimensions));
}

void addHardening(Document &document, const facts::Case &given)
{
    head(document, translate("report", "Hardening and tuning"));
    Table table{row(translate("report", "Layer"), translate("report", "Measure"), translate("report", "To verify")), {}};
    for (const auto &advice : conclusion::hardeningOf(given)) {
        table.rows.push_back(row(advice.layer, labelled(word(advice.state), advice.measure),
                                 advice.verify.isEmpty() ? QString() : labelled(shown::title(advice.where), advice.verify)));
    }
    document.push_back(std::move(table));
}

void addChecks(Document &document, const std::vector<checks::Finding> &findings)
{
    head(document, translate("report", "Checks"));
    QString chapter;
    Table table;
    const auto finish = [&] {
        if (!table.rows.empty()) {
            document.push_back(std::exchange(table, {}));
        }
    };
    for (const auto &finding : shown::allChecks(findings)) {
        const auto *check = checks::find(finding.id);
        const auto title = check == nullptr ? QString() : checks::name(check->chapter);
        if (title != chapter) {
            finish();
            chapter = title;
            head(document, chapter, 3);
            table.head = row(translate("report", "Check"), translate("report", "State"), translate("report", "What was found"));
        }
        table.rows.push_back(row(finding.id, shown::word(finding.status), shown::shortened(shown::inFull(finding))));
    }
    finish();
}

} // namespace

Text plain(const QString &text) { return {{text}}; }

Document documentOf(const conclusion::Conclusion &conclusion, Depth depth)
{
    Document document;
    const auto &evidence = conclusion.given->evidence;
    const auto &target = evidence.target;
    head(document, conclusion.diagnosis.headline, 1);
    say(document, labelled(shown::targetName(target), u"%1 \u21c4 %2"_s.arg(shown::hostEnd(target), shown::vmEnd(target))));
    if (evidence.interrupted) {
        say(document, translate("report", "The run was stopped before its end: what was measured until then is here."));
    }
    if (depth == Depth::Short) {
        say(document, shown::shortNote());
    }
    addSymptom(document, conclusion.given->symptom, evidence.told);
    addCauses(document, conclusion.diagnosis);
    addEvidence(document, conclusion);
    addNotTested(document, conclusion.findings);
    addRemedies(document, conclusion);
    addChart(document, conclusion);
    addTopology(document, conclusion);
    addJourneys(document, shown::journeysOf(*conclusion.given));
    if (depth == Depth::Whole) {
        addScore(document, conclusion.assessment);
        addHardening(document, *conclusion.given);
        addChecks(document, conclusion.findings);
    }
    document.push_back(
        Foot{plain(u"%1 %2, %3"_s.arg(evidence.tool.name, evidence.tool.version, shown::rfc3339(evidence.finished)))});
    return document;
}

} // namespace bothways::report
