// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/hardening.h"
#include "report/html_parts.h"
#include "shown/rtt_chart.h"

#include "conclusion/conclusion.h"
#include "report/svg.h"
#include "shown/terms.h"
#include "words/text.h"

namespace bothways::report {
namespace {

shown::Mood adviceMood(conclusion::Advice::State state)
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

QString verifyCell(const conclusion::Advice &advice)
{
    return advice.verify.isEmpty() ? QString()
                                   : QStringLiteral("<span class=\"facts\">%1</span><code>%2</code>")
                                         .arg(safe(shown::title(advice.where)), safe(advice.verify));
}

} // namespace

QString chartHtml(const conclusion::Conclusion &conclusion)
{
    const auto chart = shown::rttChartOf(conclusion);
    return chart.isEmpty() ? QString()
                           : QStringLiteral("<h2>%1</h2><div class=\"card\">%2</div>")
                                 .arg(safe(translate("report", "Round-trip times")), toSvg(drawingOf(chart)));
}

QString hardeningHtml(const facts::Case &given)
{
    QString rows;
    for (const auto &advice : conclusion::hardeningOf(given)) {
        rows += QStringLiteral("<tr><th scope=\"row\">%1</th><td>%2 %3</td><td>%4</td></tr>")
                    .arg(safe(advice.layer), stateLabel(adviceMood(advice.state), word(advice.state)), safe(advice.measure),
                         verifyCell(advice));
    }
    return QStringLiteral("<h2>%1</h2><div class=\"card\"><table class=\"advice\"><thead><tr><th scope=\"col\">%2</th><th "
                          "scope=\"col\">%3</th><th scope=\"col\">%4</th></tr></thead><tbody>%5</tbody></table></div>")
        .arg(safe(translate("report", "Hardening and tuning")), safe(translate("report", "Layer")),
             safe(translate("report", "Measure")), safe(translate("report", "To verify")), rows);
}

} // namespace bothways::report
