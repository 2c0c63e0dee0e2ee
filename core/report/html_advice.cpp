// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/hardening.h"
#include "report/html_parts.h"
#include "report/rtt_chart.h"

#include "evidence/text.h"

namespace bothways::report {
namespace {

Mood moodOf(Advice::State state)
{
    switch (state) {
    case Advice::State::Done:
        return Mood::Good;
    case Advice::State::Advised:
        return Mood::Caution;
    case Advice::State::General:
        break;
    }
    return Mood::NotMeasured;
}

QString verifyCell(const Advice &advice)
{
    return advice.verify.isEmpty() ? QString()
                                   : QStringLiteral("<span class=\"facts\">%1</span><code>%2</code>")
                                         .arg(safe(title(advice.where)), safe(advice.verify));
}

} // namespace

QString chartHtml(const evidence::Evidence &evidence, const Conclusion &conclusion)
{
    const auto chart = rttChartOf(evidence, conclusion);
    return chart.isEmpty() ? QString()
                           : QStringLiteral("<h2>%1</h2><div class=\"card\">%2</div>")
                                 .arg(safe(translate("report", "Round-trip times")), toSvg(chart));
}

QString hardeningHtml(const evidence::Evidence &evidence)
{
    QString rows;
    for (const auto &advice : hardeningOf(evidence)) {
        rows += QStringLiteral("<tr><th scope=\"row\">%1</th><td>%2 %3</td><td>%4</td></tr>")
                    .arg(safe(advice.layer), stateLabel(moodOf(advice.state), word(advice.state)), safe(advice.measure),
                         verifyCell(advice));
    }
    return QStringLiteral("<h2>%1</h2><div class=\"card\"><table class=\"advice\"><thead><tr><th scope=\"col\">%2</th><th "
                          "scope=\"col\">%3</th><th scope=\"col\">%4</th></tr></thead><tbody>%5</tbody></table></div>")
        .arg(safe(translate("report", "Hardening and tuning")), safe(translate("report", "Layer")),
             safe(translate("report", "Measure")), safe(translate("report", "To verify")), rows);
}

} // namespace bothways::report
