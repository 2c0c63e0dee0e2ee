// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_parts.h"
#include "shown/digest.h"
#include "shown/journeys_shown.h"
#include "shown/quotes.h"

#include "conclusion/conclusion.h"
#include "shown/terms.h"
#include "words/text.h"

namespace bothways::report {
namespace {

constexpr qsizetype shortExcerpt = 1200; ///< where the appendix has the whole

QString quoteHtml(const shown::Quote &quote, qsizetype length = shown::excerptLength)
{
    return QStringLiteral("<p class=\"label\">%1</p><pre>%2</pre>")
        .arg(safe(shown::shortened(shown::caption(quote))), safe(shown::excerpt(quote.text, length), true));
}

/// As many pieces as there is room for on the page, in bytes.
QString quotesHtml(const checks::Finding &finding, qsizetype &room)
{
    QString html;
    std::size_t shown = 0;
    for (const auto &item : finding.evidence) {
        const auto quote = quoteHtml(shown::quoteOf(finding.id, item));
        const auto size = quote.toUtf8().size();
        if (size > room) {
            break;
        }
        room -= size;
        html += quote;
        ++shown;
    }
    const auto rest = finding.evidence.size() - shown;
    return rest == 0 ? html
                     : html + element("p", "grey",
                                      safe(translate("report", "Further pieces of evidence, in the JSON report: %1.").arg(rest)));
}

QString findingDetails(const checks::Finding &finding, qsizetype &room)
{
    QString html =
        QStringLiteral("<details><summary>%1<span class=\"mono\">%2</span><span>%3</span></summary><div class=\"inside\">")
            .arg(stateLabel(statusMood(finding.status), shown::word(finding.status)), safe(finding.id),
                 safe(shown::shortened(finding.summary)));
    const auto *check = checks::find(finding.id);
    if (check != nullptr) {
        html += element("p", "grey", safe(checks::question(*check)));
    }
    const QString reason = shown::shortened(shown::reasonOf(finding));
    if (!reason.isEmpty()) {
        html += QStringLiteral("<p>%1</p>").arg(safe(reason));
    }
    html += quotesHtml(finding, room);
    if (check != nullptr && !checks::cannotSee(*check).isEmpty()) {
        html += element("p", "grey", safe(translate("report", "What it cannot see: %1").arg(checks::cannotSee(*check))));
    }
    return html + QStringLiteral("</div></details>");
}

} // namespace

QString evidenceHtml(const conclusion::Conclusion &conclusion)
{
    QString html = QStringLiteral("<h2>%1</h2>").arg(safe(translate("report", "Evidence")));
    QString check;
    QString inside;
    const auto flush = [&] {
        html += inside.isEmpty() ? inside : QStringLiteral("<div class=\"card quotes\">%1</div>").arg(inside);
        inside.clear();
    };
    for (const auto &quote : shown::decisiveQuotes(conclusion)) {
        if (quote.check != check) {
            flush();
            check = quote.check;
            const auto *known = checks::find(check);
            inside = QStringLiteral("<h3><span class=\"mono\">%1</span> %2</h3>")
                         .arg(safe(check), safe(known == nullptr ? QString() : checks::question(*known)));
        }
        inside += quoteHtml(quote, shortExcerpt);
    }
    flush();
    return html +
           QStringLiteral("<div class=\"card\"><p class=\"mono\">SHA-256 %1</p><p class=\"grey\">%2</p><pre>%3</pre></div>")
               .arg(safe(shown::sessionDigest(conclusion.given->evidence)), safe(shown::digestMeaning()),
                    safe(shown::digestCommand()));
}

QString checksHtml(const std::vector<checks::Finding> &findings, qsizetype room)
{
    QString html = QStringLiteral("<h2>%1</h2>").arg(safe(translate("report", "Checks")));
    QString chapter;
    QString inside;
    const auto flush = [&] {
        if (!inside.isEmpty()) {
            html += QStringLiteral("<section class=\"card\"><h3>%1</h3>%2</section>").arg(safe(chapter), inside);
            inside.clear();
        }
    };
    const auto all = shown::allChecks(findings);
    for (const auto &finding : all) { // each has its line, whatever room that takes
        qsizetype none = 0;
        room -= findingDetails(finding, none).toUtf8().size();
    }
    for (const auto &finding : all) {
        const auto *check = checks::find(finding.id);
        const QString title = check == nullptr ? QString() : checks::name(check->chapter);
        if (title != chapter) {
            flush();
            chapter = title;
        }
        inside += findingDetails(finding, room);
    }
    flush();
    return html;
}

QString notTestedHtml(const std::vector<checks::Finding> &findings)
{
    const auto untested = shown::untested(findings);
    QString rows;
    for (const auto *finding : untested.couldNot) {
        rows += QStringLiteral("<tr><th scope=\"row\" class=\"mono\">%1</th><td>%2 <span class=\"grey\">%3</span></td></tr>")
                    .arg(safe(finding->id), safe(shown::shortened(finding->summary)),
                         safe(shown::shortened(shown::reasonOf(*finding))));
    }
    if (rows.isEmpty() && untested.notBuilt.isEmpty()) {
        return {};
    }
    QString html =
        QStringLiteral("<h2>%1</h2>").arg(safe(translate("report", "What could not be tested, and what would enable it")));
    if (!rows.isEmpty()) {
        html += QStringLiteral("<div class=\"card\"><table class=\"untested\"><tbody>%1</tbody></table></div>").arg(rows);
    }
    return untested.notBuilt.isEmpty() ? html : html + element("p", "note", safe(untested.notBuilt));
}

} // namespace bothways::report
