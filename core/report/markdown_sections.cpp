// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/digest.h"
#include "report/format.h"
#include "report/hardening.h"
#include "report/journeys_shown.h"
#include "report/markdown_parts.h"
#include "report/quotes.h"
#include "report/rtt_chart.h"
#include "report/topology.h"

#include "evidence/punctuation.h"
#include "evidence/text.h"

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype shortExcerpt = 1200; ///< the JSON report has the whole

QString heading(const QString &words) { return u"## %1\n\n"_s.arg(inlineText(words)); }

QString row(const QString &first, const QString &second, const QString &third)
{
    return u"| %1 | %2 | %3 |\n"_s.arg(inlineText(first), inlineText(second), inlineText(third));
}

QString tableHead(const QString &first, const QString &second, const QString &third)
{
    return row(first, second, third) + u"|---|---|---|\n"_s;
}

QString timesOf(const std::optional<checks::IcmpCell> &cell)
{
    return cell && cell->rtt
               ? u"%1 / %2 / %3"_s.arg(milliseconds(cell->rtt->min), milliseconds(cell->rtt->avg), milliseconds(cell->rtt->max))
               : u"\u2013"_s;
}

QString answeredOf(const std::optional<checks::IcmpCell> &cell) { return cellText(cell).state; }

QString lostOf(const RttLane &lane)
{
    const auto numbers = lostNumbers(lane);
    return numbers.isEmpty() ? u"\u2013"_s : numbers;
}

} // namespace

QString evidenceMarkdown(const evidence::Evidence &evidence, const Conclusion &conclusion)
{
    QString out = heading(translate("report", "Evidence"));
    QString check;
    for (const auto &quote : decisiveQuotes(conclusion)) {
        if (quote.check != check) {
            check = quote.check;
            const auto *known = checks::find(check);
            out += u"**%1** %2\n\n"_s.arg(inlineText(check), inlineText(known == nullptr ? QString() : checks::question(*known)));
        }
        out += u"%1\n\n%2\n"_s.arg(inlineText(shortened(caption(quote))), fenced(excerpt(quote.text, shortExcerpt)));
    }
    return out +
           u"%1\n\n%2\n"_s.arg(inlineText(digestMeaning()), fenced(u"%1\n%2"_s.arg(digestCommand(), sessionDigest(evidence))));
}

QString notTestedMarkdown(const std::vector<checks::Finding> &findings)
{
    const auto untested = report::untested(findings);
    if (untested.couldNot.empty() && untested.notBuilt.isEmpty()) {
        return {};
    }
    QString out = heading(translate("report", "What could not be tested, and what would enable it"));
    for (const auto *finding : untested.couldNot) {
        out += u"- **%1** %2\n"_s.arg(inlineText(finding->id), inlineText(shortened(inFull(*finding))));
    }
    out += untested.couldNot.empty() ? QString() : u"\n"_s;
    return untested.notBuilt.isEmpty() ? out : out + inlineText(untested.notBuilt) + u"\n\n"_s;
}

QString chartMarkdown(const evidence::Evidence &evidence, const Conclusion &conclusion, Drawings drawings)
{
    const auto chart = rttChartOf(evidence, conclusion);
    if (chart.isEmpty()) {
        return {};
    }
    const auto &icmp = conclusion.symptom.icmp;
    QString out = heading(translate("report", "Round-trip times"));
    out += drawings == Drawings::Yes ? drawing(u"chart"_s) : QString();
    out += tableHead({}, translate("report", "This host to the VM"), translate("report", "The VM to this host"));
    out += row(translate("report", "Answered"), answeredOf(icmp.hostToVm), answeredOf(icmp.vmToHost));
    out += row(translate("report", "Least / average / most"), timesOf(icmp.hostToVm), timesOf(icmp.vmToHost));
    out += row(translate("report", "Lost, by number"), lostOf(chart.lanes[0]), lostOf(chart.lanes[1]));
    return out + u'\n';
}

QString topologyMarkdown(const evidence::Evidence &evidence, const Conclusion &conclusion, Drawings drawings)
{
    const auto topology = topologyOf(evidence, conclusion);
    QString out = heading(translate("report", "Topology")) + inlineText(asSentence(topology.sentence)) + u"\n\n"_s;
    return drawings == Drawings::Yes ? out + drawing(u"topology"_s) : out;
}

QString hardeningMarkdown(const evidence::Evidence &evidence)
{
    QString out = heading(translate("report", "Hardening and tuning"));
    out += tableHead(translate("report", "Layer"), translate("report", "Measure"), translate("report", "To verify"));
    for (const auto &advice : hardeningOf(evidence)) {
        out += row(advice.layer, labelled(word(advice.state), advice.measure),
                   advice.verify.isEmpty() ? QString() : labelled(title(advice.where), advice.verify));
    }
    return out + u'\n';
}

QString checksMarkdown(const std::vector<checks::Finding> &findings)
{
    QString out = heading(translate("report", "Checks"));
    QString chapter;
    for (const auto &finding : allChecks(findings)) {
        const auto *check = checks::find(finding.id);
        const auto title = check == nullptr ? QString() : checks::name(check->chapter);
        if (title != chapter) {
            out += chapter.isEmpty() ? QString() : u"\n"_s;
            chapter = title;
            out += u"### %1\n\n"_s.arg(inlineText(chapter)) +
                   tableHead(translate("report", "Check"), translate("report", "State"), translate("report", "What was found"));
        }
        out += row(finding.id, word(finding.status), shortened(inFull(finding)));
    }
    return out;
}

} // namespace bothways::report
