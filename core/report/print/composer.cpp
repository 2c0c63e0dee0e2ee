// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/print/composer.h"

#include "shown/terms.h"

#include <QTextCursor>
#include <QTextDocument>
#include <QTextList>
#include <QTextTable>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int largest = 4; ///< steps by which a heading of level 0 would be larger than the text

class Composer {
public:
    Composer(QTextDocument &text, PaperDrawings &drawings, QSizeF most) : m_cursor(&text), m_drawings(drawings), m_most(most) {}

    void write(const Heading &heading)
    {
        QTextBlockFormat block;
        block.setHeadingLevel(heading.level);
        QTextCharFormat letters;
        letters.setProperty(QTextFormat::FontSizeAdjustment, largest - heading.level);
        letters.setFontWeight(QFont::Bold);
        begin(block, letters);
        insert(heading.text, letters);
    }
    void write(const Paragraph &paragraph) { write(paragraph.text); }
    void write(const Code &code)
    {
        QTextBlockFormat block;
        block.setProperty(QTextFormat::BlockCodeFence, u"`"_s);
        for (const auto &line : shown::visible(code.text, true).split(u'\n')) {
            begin(block, {});
            m_cursor.insertText(line);
        }
    }
    void write(const List &list)
    {
        QTextList *items = nullptr;
        for (const auto &item : list.items) {
            place(items, item.text, 1);
            QTextList *below = nullptr;
            for (const auto &text : item.below) {
                place(below, text, 2);
            }
        }
    }
    void write(const Table &table)
    {
        const auto columns = static_cast<int>(table.head.size());
        auto *made = m_cursor.insertTable(static_cast<int>(table.rows.size()) + 1, columns);
        QTextCharFormat bold;
        bold.setFontWeight(QFont::Bold);
        write(*made, 0, table.head, bold);
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            write(*made, static_cast<int>(i) + 1, table.rows[i], {});
        }
        m_cursor = made->lastCursorPosition();
        m_cursor.movePosition(QTextCursor::NextBlock); // it stays empty, as some air
    }
    void write(const Figure &figure)
    {
        begin({}, {});
        m_drawings.insert(m_cursor, figure.drawing, m_most);
    }
    void write(const Closing &closing) { write(closing.text); }

private:
    void write(const Text &text)
    {
        begin({}, {});
        insert(text, {});
    }
    void begin(const QTextBlockFormat &block, const QTextCharFormat &letters)
    {
        if (m_fresh) {
            m_cursor.setBlockFormat(block);
            m_cursor.setBlockCharFormat(letters);
            m_cursor.setCharFormat(letters);
        } else {
            m_cursor.insertBlock(block, letters);
        }
        m_fresh = false;
    }
    void insert(const Text &text, const QTextCharFormat &letters)
    {
        for (const auto &span : text) {
            auto format = letters;
            if (span.kind == Span::Kind::Strong) {
                format.setFontWeight(QFont::Bold);
            }
            m_cursor.insertText(span.kind == Span::Kind::Joint ? span.text : shown::visible(span.text).trimmed(), format);
        }
    }
    void place(QTextList *&list, const Text &text, int depth)
    {
        begin({}, {});
        if (list == nullptr) {
            QTextListFormat format;
            format.setStyle(QTextListFormat::ListDisc);
            format.setIndent(depth);
            list = m_cursor.createList(format);
        } else {
            list->add(m_cursor.block());
        }
        insert(text, {});
    }
    void write(QTextTable &table, int number, const Row &row, const QTextCharFormat &letters)
    {
        for (std::size_t i = 0; i < row.size(); ++i) {
            m_cursor = table.cellAt(number, static_cast<int>(i)).firstCursorPosition();
            insert(row[i], letters);
        }
    }

    QTextCursor m_cursor;
    PaperDrawings &m_drawings;
    QSizeF m_most;
    bool m_fresh = true; ///< the block at the cursor holds nothing
};

} // namespace

void compose(QTextDocument &text, const Prose &prose, PaperDrawings &drawings, QSizeF most)
{
    Composer composer(text, drawings, most);
    for (const auto &passage : prose) {
        std::visit([&](const auto &one) { composer.write(one); }, passage);
    }
}

} // namespace bothways::report
