// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/print/pages.h"

#include <QAbstractTextDocumentLayout>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextLayout>
#include <QTextTable>

#include <algorithm>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int contentsLevel = 2;     ///< headings from this level on are in the contents
constexpr int contentsMargin = 8;    ///< px above
constexpr int keptCommandLines = 20; ///< longer blocks of commands may go over a page's end

std::vector<QTextBlock> headings(const QTextDocument &document)
{
    std::vector<QTextBlock> found;
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == contentsLevel) {
            found.push_back(block);
        }
    }
    return found;
}

bool isCode(const QTextBlock &block) { return block.isValid() && block.blockFormat().hasProperty(QTextFormat::BlockCodeFence); }

bool inTable(const QTextBlock &block) { return QTextCursor(block).currentTable() != nullptr; }

/// It says what comes next.
bool isLead(const QTextBlock &block)
{
    return block.blockFormat().headingLevel() > 0 || (!isCode(block) && !inTable(block) && isCode(block.next()));
}

/// Of its first line, or of its last: a line that is moved to the next page moves within its block.
int pageOf(const QTextDocument &document, const QTextBlock &block, bool last = false)
{
    const auto &lines = *block.layout();
    auto y = document.documentLayout()->blockBoundingRect(block).top();
    if (lines.lineCount() > 0) {
        y += lines.lineAt(last ? lines.lineCount() - 1 : 0).y();
    }
    return static_cast<int>(y / document.pageSize().height()) + 1;
}

/// Qt lays out anew only what a change touches, and mislays text between tables at that: so everything.
void layOut(QTextDocument &document)
{
    const auto size = document.pageSize();
    document.setPageSize(size + QSizeF(1, 0));
    document.setPageSize(size);
}

void breakBefore(QTextCursor cursor, bool wanted = true)
{
    QTextBlockFormat format;
    format.setPageBreakPolicy(wanted ? QTextFormat::PageBreak_AlwaysBefore : QTextFormat::PageBreak_Auto);
    cursor.mergeBlockFormat(format);
}

void breakRow(QTextDocument &document, const QTextTable &table, int row, bool wanted)
{
    for (int column = 0; column < table.columns(); ++column) {
        breakBefore(table.cellAt(row, column).firstCursorPosition(), wanted);
    }
    layOut(document);
}

/// A row that a page's end would part begins on the next page.
void keepRows(QTextDocument &document, const QTextTable &table)
{
    for (int row = 1; row < table.rows(); ++row) {
        int first = 0;
        int last = 0;
        for (int column = 0; column < table.columns(); ++column) {
            const auto cell = table.cellAt(row, column);
            const auto begin = pageOf(document, cell.firstCursorPosition().block());
            first = first == 0 ? begin : std::min(first, begin);
            last = std::max(last, pageOf(document, cell.lastCursorPosition().block(), true));
        }
        if (last != first + 1) {
            continue; // whole, or longer than a page
        }
        breakRow(document, table, row, true);
        // Where Qt moved the row as a whole, the break would leave a page empty.
        if (pageOf(document, table.cellAt(row, 0).firstCursorPosition().block()) > last) {
            breakRow(document, table, row, false);
        }
    }
}

QTextBlock endOfCode(QTextBlock block)
{
    int lines = 0;
    while (isCode(block.next()) && lines < keptCommandLines) {
        block = block.next();
        ++lines;
    }
    return block;
}

} // namespace

std::vector<int> insertContents(QTextDocument &document)
{
    std::vector<int> lines;
    const auto listed = headings(document);
    if (listed.empty()) {
        return lines;
    }
    QTextBlockFormat line;
    line.setTabPositions({QTextOption::Tab(document.pageSize().width() - 2 * document.documentMargin(), QTextOption::RightTab)});
    QTextCharFormat plain;
    plain.setFont(document.defaultFont());
    plain.setForeground(Qt::black);
    QTextCursor cursor(listed.front());
    cursor.movePosition(QTextCursor::PreviousBlock);
    cursor.movePosition(QTextCursor::EndOfBlock);
    for (const auto &heading : listed) {
        line.setTopMargin(lines.empty() ? contentsMargin : 0);
        cursor.insertBlock(line, plain);
        cursor.insertText(heading.text() + u'\t');
        lines.push_back(cursor.block().blockNumber());
        cursor.insertText(u"0"_s);
    }
    return lines;
}

void keepTogether(QTextDocument &document)
{
    layOut(document);
    QTextTable *table = nullptr;
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        auto *around = QTextCursor(block).currentTable();
        if (around != nullptr && around != table) {
            keepRows(document, *around);
        }
        table = around;
        if (!isLead(block)) {
            continue;
        }
        const auto first = block;
        while (block.next().isValid() && isLead(block)) {
            block = block.next();
        }
        const auto page = pageOf(document, first);
        const auto last = isCode(block) ? endOfCode(block) : block;
        if (first.position() > 0 && (pageOf(document, block) != page || pageOf(document, last, isCode(last)) != page)) {
            breakBefore(QTextCursor(first));
            layOut(document);
        }
    }
}

void fillContents(QTextDocument &document, const std::vector<int> &lines)
{
    std::vector<int> numbers;
    for (const auto &heading : headings(document)) {
        numbers.push_back(pageOf(document, heading));
    }
    for (std::size_t i = 0; i < lines.size() && i < numbers.size(); ++i) {
        QTextCursor number(document.findBlockByNumber(lines[i]));
        number.movePosition(QTextCursor::EndOfBlock);
        const auto format = number.charFormat();
        number.deletePreviousChar();
        number.insertText(QString::number(numbers[i]), format);
    }
    layOut(document);
}

} // namespace bothways::report
