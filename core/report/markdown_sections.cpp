// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/hardening.h"
#include "report/markdown_parts.h"
#include "shown/digest.h"
#include "shown/journeys_shown.h"
#include "shown/quotes.h"
#include "shown/rtt_chart.h"
#include "shown/terms.h"
#include "shown/topology.h"

#include "conclusion/conclusion.h"
#include "words/punctuation.h"
#include "words/text.h"

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

QString timesOf(const std::optional<facts::IcmpCell> &cell)
{
    return cell && cell->rtt ? u"%1 / %2 / %3"_s.arg(shown::milliseconds(cell->rtt->min), shown::milliseconds(cell->rtt->avg),
                                                     shown::milliseconds(cell->rtt->max))
                             : u"\u2013"_s;
}

QString answeredOf(const std::optional<facts::IcmpCell> &cell) { return shown::cellText(cell).state; }

QString lostOf(const shown::RttLane &lane)
{
    const auto numbers = shown::lostNumbers(lane);
    return numbers.isEmpty() ? u"\u2013"_s : numbers;
}

} // namespace

QString evidenceMarkdown(const conclusion::Conclusion &conclusion)
{
    QString out = heading(translate("report", "Evidence"));
    QString check;
    for (const auto &quote : shown::decisiveQuotes(conclusion)) {
        if (quote.check != check) {
            check = quote.check;
            const auto *known = checks::find(check);
            out += u"**%1** %2\n\n"_s.arg(inlineText(check), inlineText(known == nullptr ? QString() : checks::question(*known)));
        }
        out += u"%1\n\n%2\n"_s.arg(inlineText(shown::shortened(shown::caption(quote))),
                                   fenced(shown::excerpt(quote.text, shortExcerpt)));
    }
    return out +
           u"%1\n\n%2\n"_s.arg(inlineText(shown::digestMeaning()),
                               fenced(u"%1\n%2"_s.arg(shown::digestCommand(), shown::sessionDigest(conclusion.given->evidence))));
}

QString notTestedMarkdown(const std::vector<checks::Finding> &findings)
{
    const auto untested = shown::untested(findings);
    if (untested.couldNot.empty() && untested.notBuilt.isEmpty()) {
        return {};
    }
    QString out = heading(translate("report", "What could not be tested, and what would enable it"));
    for (const auto *finding : untested.couldNot) {
        out += u"- **%1** %2\n"_s.arg(inlineText(finding->id), inlineText(shown::shortened(shown::inFull(*finding))));
    }
    out += untested.couldNot.empty() ? QString() : u"\n"_s;
    return untested.notBuilt.isEmpty() ? out : out + inlineText(untested.notBuilt) + u"\n\n"_s;
}

QString chartMarkdown(const conclusion::Conclusion &conclusion, Drawings drawings)
{
    const auto chart = shown::rttChartOf(conclusion);
    if (chart.isEmpty()) {
        return {};
    }
    const auto &icmp = conclusion.given->symptom.icmp;
    QString out = heading(translate("report", "Round-trip times"));
    out += drawings == Drawings::Yes ? drawing(u"chart"_s) : QString();
    out += tableHead({}, translate("report", "This host to the VM"), translate("report", "The VM to this host"));
    out += row(translate("report", "Answered"), answeredOf(icmp.hostToVm), answeredOf(icmp.vmToHost));
    out += row(translate("report", "Least / average / most"), timesOf(icmp.hostToVm), timesOf(icmp.vmToHost));
    out += row(translate("report", "Lost, by number"), lostOf(chart.lanes[0]), lostOf(chart.lanes[1]));
    return out + u'\n';
}

QString topologyMarkdown(const conclusion::Conclusion &conclusion, Drawings drawings)
{
    const auto topology = shown::topologyOf(conclusion);
    QString out = heading(translate("report", "Topology")) + inlineText(asSentence(topology.sentence)) + u"\n\n"_s;
    return drawings == Drawings::Yes ? out + drawing(u"topology"_s) : out;
}

QString hardeningMarkdown(const facts::Case &given)
{
    QString out = heading(translate("report", "Hardening and tuning"));
    out += tableHead(translate("report", "Layer"), translate("report", "Measure"), translate("report", "To verify"));
    for (const auto &advice : conclusion::hardeningOf(given)) {
        out += row(advice.layer, labelled(word(advice.state), advice.measure),
                   advice.verify.isEmpty() ? QString() : labelled(shown::title(advice.where), advice.verify));
    }
    return out + u'\n';
}

QString checksMarkdown(const std::vector<checks::Finding> &findings)
{
    QString out = heading(translate("report", "Checks"));
    QString chapter;
    for (const auto &finding : shown::allChecks(findings)) {
        const auto *check = checks::find(finding.id);
        const auto title = check == nullptr ? QString() : checks::name(check->chapter);
        if (title != chapter) {
            out += chapter.isEmpty() ? QString() : u"\n"_s;
            chapter = title;
            out += u"### %1\n\n"_s.arg(inlineText(chapter)) +
                   tableHead(translate("report", "Check"), translate("report", "State"), translate("report", "What was found"));
        }
        out += row(finding.id, shown::word(finding.status), shown::shortened(shown::inFull(finding)));
    }
    return out;
}

} // namespace bothways::report
