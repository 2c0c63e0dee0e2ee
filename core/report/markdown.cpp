// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/markdown.h"

#include "report/comparison_document.h"
#include "report/prose.h"
#include "shown/terms.h"

#include <algorithm>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

/// One line of running text: whatever CommonMark or a table would read as markup is escaped, HTML is not possible.
QString escaped(const QString &text)
{
    const QString anywhere = u"\\`*_{}[]>~"_s;
    // Only markup at the start of a line: addresses and names stay readable.
    const QString atStart = u"-+#!=()"_s;
    const QString shown = shown::visible(text).trimmed();
    const auto digits = std::find_if_not(shown.begin(), shown.end(), [](QChar c) { return c.isDigit(); }) - shown.begin();
    QString out;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const QChar c = shown.at(i);
        const bool orderedList = i == digits && i > 0 && (c == u'.' || c == u')') && shown.mid(i + 1, 1).trimmed().isEmpty();
        if (c == u'<') {
            out += u"&lt;"_s;
        } else if (c == u'&') {
            out += u"&amp;"_s;
        } else if (c == u'|') {
            out += u"&#124;"_s; // renderers differ over \\| after a backslash
        } else if (anywhere.contains(c) || (i == 0 && atStart.contains(c)) || orderedList) {
            out += u'\\' + QString(c);
        } else {
            out += c;
        }
    }
    return out;
}

/// A fence longer than any run of backticks inside (CommonMark 4.5).
QString fenced(const Code &code)
{
    const QString shown = shown::visible(code.text, true);
    int longest = 2;
    int run = 0;
    for (const QChar c : shown) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, u'`');
    return u"%1%2\n%3\n%1\n"_s.arg(fence, code.language, shown);
}

QString line(const Text &text)
{
    QString out;
    for (const auto &span : text) {
        switch (span.kind) {
        case Span::Kind::Plain:
            out += escaped(span.text);
            break;
        case Span::Kind::Strong:
            out += u"**%1**"_s.arg(escaped(span.text));
            break;
        case Span::Kind::Joint:
            out += span.text;
            break;
        }
    }
    return out;
}

class Writer {
public:
    void write(const Heading &heading)
    {
        begin();
        m_out += QString(heading.level, u'#') + u' ' + line(heading.text) + u"\n\n"_s;
    }
    void write(const Paragraph &paragraph)
    {
        begin();
        m_out += line(paragraph.text) + u"\n\n"_s;
    }
    void write(const Code &code)
    {
        begin();
        m_out += fenced(code) + u'\n';
    }
    void write(const List &list)
    {
        begin();
        for (const auto &item : list.items) {
            m_out += u"- %1\n"_s.arg(line(item.text));
            for (const auto &below : item.below) {
                m_out += u"  - %1\n"_s.arg(line(below));
            }
        }
        m_out += u'\n';
    }
    void write(const Table &table)
    {
        begin();
        write(table.head);
        m_out += u"|---|---|---|\n"_s;
        for (const auto &row : table.rows) {
            write(row);
        }
        m_open = true;
    }
    void write(const Figure &figure)
    {
        if (!figure.table.rows.empty()) {
            write(figure.table);
        }
    }
    void write(const Closing &closing)
    {
        m_open = false;
        m_out += u"\n%1\n"_s.arg(line(closing.text));
    }
    QString text()
    {
        begin();
        return m_out;
    }

private:
    /// A table ends with the first empty line.
    void begin()
    {
        m_out += m_open ? u"\n"_s : QString();
        m_open = false;
    }
    void write(const Row &row)
    {
        m_out += u'|';
        for (const auto &cell : row) {
            m_out += u" %1 |"_s.arg(line(cell));
        }
        m_out += u'\n';
    }

    QString m_out;
    bool m_open = false; ///< a table is
};

QByteArray markdownOf(const Document &document)
{
    Writer writer;
    for (const auto &passage : proseOf(document)) {
        std::visit([&](const auto &one) { writer.write(one); }, passage);
    }
    return writer.text().toUtf8();
}

} // namespace

QByteArray toMarkdown(const conclusion::Conclusion &conclusion, Depth depth) { return markdownOf(documentOf(conclusion, depth)); }

QByteArray toMarkdown(const comparison::Comparison &comparison) { return markdownOf(documentOf(comparison)); }

} // namespace bothways::report
