// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html.h"

#include "comparison/comparison_words.h"
#include "report/comparison_document.h"
#include "report/document.h"
#include "report/drawing/svg.h"
#include "report/html_page.h"
#include "report/html_parts.h"
#include "words/text.h"

namespace bothways::report {

namespace {

/// Bytes of a page but for what stands around the evidence quoted in its appendix: a megabyte at most together.
constexpr qsizetype largestPage = 890'000;

QString headRow(const Columns &columns)
{
    return QStringLiteral("<thead><tr><th scope=\"col\">%1</th><th scope=\"col\">%2</th><th scope=\"col\">%3</th></tr></thead>")
        .arg(safe(columns[0]), safe(columns[1]), safe(columns[2]));
}

QString card(const QString &inner) { return inner.isEmpty() ? QString() : element("div", "card", inner); }

/// A table without a head, in a card.
QString bodyCard(const char *css, const QString &rows, const QString &above = {})
{
    return rows.isEmpty()
               ? QString()
               : card(above + QStringLiteral("<table class=\"%1\"><tbody>%2</tbody></table>").arg(QLatin1String(css), rows));
}

QString cellHtml(const shown::SymptomCell &cell)
{
    return QStringLiteral("<td>%1<span class=\"facts\">%2</span></td>")
        .arg(label({cell.mood, cell.text.state}), safe(cell.text.facts));
}

QString reasonsHtml(const CauseList::Reasons &list)
{
    if (list.reasons.empty()) {
        return {};
    }
    QString items;
    for (const auto &reason : list.reasons) {
        items += QStringLiteral("<li>%1 <span class=\"grey\">%2</span></li>").arg(safe(reason.text), safe(reason.check));
    }
    return QStringLiteral("<div><p class=\"label\">%1</p><ul>%2</ul></div>").arg(safe(list.label), items);
}

QString causeCard(const CauseList::Cause &cause)
{
    return QStringLiteral("<article class=\"card\"><div class=\"row\"><h3>%1</h3>%2<span class=\"end grey\">%3</span></div>%4"
                          "<div class=\"two\">%5%6</div>%7</article>")
        .arg(safe(cause.title), chip(cause.grade), safe(cause.probability), elementOf("p", "object mono", cause.object),
             reasonsHtml(cause.reasons[0]), reasonsHtml(cause.reasons[1]), elementOf("p", "grey", cause.decider));
}

QString remarkRows(const std::vector<Remark> &remarks)
{
    QString rows;
    for (const auto &remark : remarks) {
        rows += QStringLiteral("<tr><th scope=\"row\">%1</th><td class=\"grey\">%2</td></tr>")
                    .arg(safe(remark.title), safe(remark.text));
    }
    return rows;
}

QString quoteHtml(const Quotation &quote)
{
    return QStringLiteral("<p class=\"label\">%1</p><pre>%2</pre>").arg(safe(quote.caption), safe(quote.text, true));
}

QString remedyCard(int number, const RemedyList::Remedy &remedy)
{
    QString steps;
    for (const auto &step : remedy.steps) {
        steps += QStringLiteral("<div><p class=\"label\">%1</p><pre data-copy>%2</pre></div>")
                     .arg(safe(step.label), safe(step.commands.join(u'\n'), true));
    }
    return QStringLiteral("<article class=\"card\"><div class=\"numbered\"><span class=\"number\">%1</span><h3>%2</h3></div>"
                          "<div class=\"row\">%3%4<span class=\"grey\">%5</span></div>%6<div class=\"blocks\">%7</div></article>")
        .arg(QString::number(number), safe(remedy.title), chip({remedy.place, {}}), chip(remedy.risk), safe(remedy.lasting),
             element("p", "grey", safe(remedy.changes)), steps);
}

QString inputItem(const ScoreTable::Input &input)
{
    const auto facts = input.source.isEmpty() ? input.formula : QStringLiteral("%1 \u00b7 %2").arg(input.source, input.formula);
    return QStringLiteral("<li>%1<span class=\"facts\">%2</span></li>").arg(safe(input.text), safe(facts));
}

QString ratingRow(const ScoreTable::Rating &rating)
{
    QString items;
    for (const auto &input : rating.inputs) {
        items += inputItem(input);
    }
    for (const auto &missing : rating.missing) {
        items += QStringLiteral("<li><span class=\"grey\">%1</span></li>").arg(safe(missing));
    }
    return QStringLiteral("<tr><th scope=\"row\">%1<span class=\"facts\">%2</span></th><td>%3</td><td>%4%5</td></tr>")
        .arg(safe(rating.title), safe(translate("report", "weight %1").arg(rating.weight)), label(rating.points),
             safe(rating.how), items.isEmpty() ? QString() : QStringLiteral("<ul>%1</ul>").arg(items));
}

/// As many pieces as there is room for on the page, in bytes.
QString quotesHtml(const std::vector<Quotation> &quotes, qsizetype &room)
{
    QString html;
    std::size_t shown = 0;
    for (const auto &quotation : quotes) {
        const auto quote = quoteHtml(quotation);
        const auto size = quote.toUtf8().size();
        if (size > room) {
            break;
        }
        room -= size;
        html += quote;
        ++shown;
    }
    const auto rest = quotes.size() - shown;
    return rest == 0 ? html
                     : html + element("p", "grey",
                                      safe(translate("report", "Further pieces of evidence, in the JSON report: %1.").arg(rest)));
}

QString itemDetails(const CheckList::Item &item, qsizetype &room)
{
    const auto reason = item.reason.isEmpty() ? QString() : QStringLiteral("<p>%1</p>").arg(safe(item.reason));
    return QStringLiteral("<details><summary>%1<span class=\"mono\">%2</span><span>%3</span></summary><div class=\"inside\">"
                          "%4%5%6%7</div></details>")
        .arg(label(item.state), safe(item.check), safe(item.summary), elementOf("p", "grey", item.question), reason,
             quotesHtml(item.quotes, room), elementOf("p", "grey", item.cannotSee));
}

QString pairCell(const PairTable::Cell &cell)
{
    return (cell.mood ? label({*cell.mood, cell.text}) : safe(cell.text)) + elementOf("span", "facts", cell.facts);
}

QString pairRow(const QString &what, const QString &before, const QString &after)
{
    return QStringLiteral("<tr><th scope=\"row\">%1</th><td>%2</td><td>%3</td></tr>").arg(what, before, after);
}

QString pairTable(const Columns &columns, const QString &rows)
{
    return QStringLiteral("<table class=\"pair\">%1<tbody>%2</tbody></table>").arg(headRow(columns), rows);
}

QString changesCard(const Columns &columns, const ChangeList::Part &part)
{
    const auto value = [&](const QString &text) { return part.quoted ? elementOf("span", "mono", text) : safe(text); };
    QString rows;
    for (const auto &one : part.rows) {
        rows += pairRow(safe(one.what) + u' ' + chip({word(one.change), {}}), value(one.before), value(one.after));
    }
    return card(QStringLiteral("<h3>%1</h3>%2").arg(safe(part.title), pairTable(columns, rows)) +
                elementOf("p", "note", part.leftOut) + elementOf("p", "note", part.note));
}

class Page {
public:
    void write(const Head &head)
    {
        m_title = QStringLiteral("Bothways: ") + head.headline;
        m_html += QStringLiteral("<header><div class=\"target\"><b>%1</b>%2")
                      .arg(safe(head.subject), elementOf("span", "chip", head.kind));
        if (!head.hostEnd.isEmpty()) {
            m_html += element("span", "mono", safe(head.hostEnd + QStringLiteral(" \u21c4 ") + head.vmEnd));
        }
        m_html += QStringLiteral("</div><h1>%1</h1>").arg(safe(head.headline));
        m_html += element("p", "sub", safe(head.summary)) + elementOf("p", "grey", head.note);
        for (const auto &caution : head.cautions) {
            m_html += element("p", "caution", safe(caution));
        }
        m_html += QStringLiteral("</header>");
    }
    void write(const SymptomTable &symptom)
    {
        QString rows;
        for (const auto &row : symptom.rows) {
            rows += QStringLiteral("<tr><th scope=\"row\">%1</th>%2%3</tr>")
                        .arg(safe(row.title), cellHtml(row.hostToVm), cellHtml(row.vmToHost));
        }
        heading(symptom.heading);
        m_html += card(QStringLiteral("<table class=\"symptom\"><thead><tr><td></td><th scope=\"col\">%1</th><th "
                                      "scope=\"col\">%2</th></tr></thead><tbody>%3</tbody></table>")
                           .arg(safe(symptom.columns[1]), safe(symptom.columns[2]), rows));
        m_html += elementOf("p", "note", symptom.explanation);
        for (const auto &line : symptom.told) {
            m_html += element("p", "note", safe(line));
        }
    }
    void write(const CauseList &list)
    {
        heading(list.heading);
        for (const auto &cause : list.open) {
            m_html += causeCard(cause);
        }
        m_html += list.open.empty() ? element("p", "grey", safe(list.none)) : QString();
        m_html += bodyCard("quiet", remarkRows(list.ruledOut), element("p", "label", safe(list.ruledOutLabel)));
    }
    void write(const EvidenceList &list)
    {
        heading(list.heading);
        for (const auto &part : list.parts) {
            QString inner =
                QStringLiteral("<h3><span class=\"mono\">%1</span> %2</h3>").arg(safe(part.check), safe(part.question));
            for (const auto &quote : part.quotes) {
                inner += quoteHtml(quote);
            }
            m_html += element("div", "card quotes", inner);
        }
        m_html += card(QStringLiteral("<p class=\"mono\">SHA-256 %1</p><p class=\"grey\">%2</p><pre>%3</pre>")
                           .arg(safe(list.digest), safe(list.digestMeaning), safe(list.digestCommand)));
    }
    void write(const NotTested &block)
    {
        if (block.rows.empty() && block.notBuilt.isEmpty()) {
            return;
        }
        QString rows;
        for (const auto &row : block.rows) {
            rows += QStringLiteral("<tr><th scope=\"row\" class=\"mono\">%1</th><td>%2 <span class=\"grey\">%3</span></td></tr>")
                        .arg(safe(row.check), safe(row.summary), safe(row.reason));
        }
        heading(block.heading);
        m_html += bodyCard("untested", rows) + elementOf("p", "note", block.notBuilt);
    }
    void write(const RemedyList &list)
    {
        heading(list.heading);
        m_html += list.remedies.empty() ? element("p", "grey", safe(list.none)) : QString();
        int number = 0;
        for (const auto &remedy : list.remedies) {
            m_html += remedyCard(++number, remedy);
        }
    }
    void write(const Picture &picture)
    {
        heading(picture.heading);
        const auto sentence = picture.sentence.isEmpty() ? QString() : QStringLiteral("<h3>%1</h3>").arg(safe(picture.sentence));
        m_html += card(sentence + toSvg(picture.drawing));
    }
    void write(const JourneyList &list)
    {
        heading(list.heading);
        for (const auto &journey : list.decisive) {
            m_html += card(QStringLiteral("<h3>%1</h3>%2<p class=\"grey\">%3</p>")
                               .arg(safe(journey.title), toSvg(journey.drawing), safe(journey.sentence)));
        }
        QString kinds;
        for (const auto &kind : list.kinds) {
            kinds += QStringLiteral("<tr><td>%1</td><td>%2</td></tr>").arg(label(kind.end), safe(kind.text));
        }
        QString points;
        for (const auto &point : list.points) {
            points += QStringLiteral("<tr><th scope=\"row\" class=\"mono\">%1</th><td class=\"grey\">%2</td><td>%3</td></tr>")
                          .arg(safe(point.name), safe(point.caption), label(point.caught));
        }
        m_html += bodyCard("untested", kinds) + bodyCard("untested", points, element("p", "label", safe(list.pointsLabel)));
        m_html += elementOf("p", "note", list.rest);
    }
    void write(const ScoreTable &table)
    {
        QString rows;
        for (const auto &rating : table.ratings) {
            rows += ratingRow(rating);
        }
        heading(table.heading);
        m_html += bodyCard("score", rows,
                           QStringLiteral("<h3>%1</h3><p class=\"grey\">%2</p>").arg(safe(table.total), safe(table.how)));
    }
    void write(const AdviceTable &table)
    {
        QString rows;
        for (const auto &row : table.rows) {
            const auto verify =
                row.verify.isEmpty()
                    ? QString()
                    : QStringLiteral("<span class=\"facts\">%1</span><code>%2</code>").arg(safe(row.place), safe(row.verify));
            rows += QStringLiteral("<tr><th scope=\"row\">%1</th><td>%2 %3</td><td>%4</td></tr>")
                        .arg(safe(row.layer), label(row.state), safe(row.measure), verify);
        }
        heading(table.heading);
        m_html += card(QStringLiteral("<table class=\"advice\">%1<tbody>%2</tbody></table>").arg(headRow(table.columns), rows));
    }
    void write(const CheckList &list)
    {
        auto room = largestPage - m_html.toUtf8().size();
        for (const auto &chapter : list.chapters) {
            for (const auto &item : chapter.items) { // each has its line, whatever room that takes
                qsizetype none = 0;
                room -= itemDetails(item, none).toUtf8().size();
            }
        }
        heading(list.heading);
        for (const auto &chapter : list.chapters) {
            QString items;
            for (const auto &item : chapter.items) {
                items += itemDetails(item, room);
            }
            m_html += QStringLiteral("<section class=\"card\"><h3>%1</h3>%2</section>").arg(safe(chapter.title), items);
        }
    }
    void write(const PairTable &table)
    {
        QString rows;
        for (const auto &row : table.rows) {
            const auto tendency = row.tendency ? element("span", "facts", label(*row.tendency)) : QString();
            rows += pairRow(safe(row.what) + tendency, pairCell(row.before), pairCell(row.after));
        }
        if (!table.heading.isEmpty()) {
            heading(table.heading);
        }
        m_html += card(pairTable(table.columns, rows));
    }
    void write(const ChangeList &list)
    {
        heading(list.heading);
        for (const auto &part : list.parts) {
            m_html += changesCard(list.columns, part);
        }
    }
    void write(const RemarkList &list)
    {
        heading(list.heading);
        m_html += bodyCard("quiet", remarkRows(list.remarks));
    }
    void write(const Foot &foot)
    {
        m_html += QStringLiteral("<footer><p>%1</p><p>%2</p></footer>").arg(safe(foot.commands), safe(foot.made));
    }

    QByteArray result() const { return htmlPage(m_title, m_html); }

private:
    void heading(const QString &words) { m_html += QStringLiteral("<h2>%1</h2>").arg(safe(words)); }

    QString m_title;
    QString m_html;
};

QByteArray pageOf(const Document &document)
{
    Page page;
    for (const auto &block : document) {
        std::visit([&](const auto &one) { page.write(one); }, block);
    }
    return page.result();
}

} // namespace

QByteArray toHtml(const conclusion::Conclusion &conclusion, Depth depth) { return pageOf(documentOf(conclusion, depth)); }

QByteArray toHtml(const comparison::Comparison &comparison) { return pageOf(documentOf(comparison)); }

} // namespace bothways::report
