// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/print/pdf.h"

#include "evidence/punctuation.h"
#include "evidence/text.h"
#include "report/format.h"

#include <QBuffer>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextTable>

#include <algorithm>
#include <vector>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int unit = 4;
constexpr qreal layoutDpi = 96; ///< the document is laid out in px of this size and scaled to the paper's
constexpr qreal millimetresPerInch = 25.4;
constexpr int textPixels = 13;
constexpr int smallPixels = 11;
constexpr qreal sideMargin = 60;
constexpr qreal topMargin = 72;
constexpr qreal bottomMargin = 64;
constexpr int contentsLevel = 2; ///< headings from this level on are in the contents

qreal pixels(qreal millimetres) { return millimetres / millimetresPerInch * layoutDpi; }

struct Paper {
    QSizeF size{pixels(210), pixels(297)};
    QRectF text{sideMargin, topMargin, size.width() - 2 * sideMargin, size.height() - topMargin - bottomMargin};
};

/// Widths as on paper, whatever the screen. Without shaping no ligature is made, which could not be copied as its letters.
QFont paperFont(QFont font, int size)
{
    font.setPixelSize(size);
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(QFont::PreferNoShaping);
    return font;
}

void colourCode(QTextDocument &document)
{
    QTextCursor cursor(&document);
    const QString family = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        if (!block.blockFormat().hasProperty(QTextFormat::BlockCodeFence)) {
            continue;
        }
        auto format = block.blockFormat();
        format.setBackground(QColor(0xf4, 0xf5, 0xf7)); // as in the HTML report
        format.setLeftMargin(2 * unit);
        cursor.setPosition(block.position());
        cursor.setBlockFormat(format);
        cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        QTextCharFormat letters;
        letters.setFontFamilies({family});
        letters.setProperty(QTextFormat::FontPixelSize, smallPixels);
        cursor.mergeCharFormat(letters);
    }
}

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

int pageOf(const QTextDocument &document, const QTextBlock &block)
{
    // A line that is moved to the next page moves within its block.
    const auto &layout = *block.layout();
    const auto top = layout.position().y() + (layout.lineCount() > 0 ? layout.lineAt(0).y() : 0);
    return static_cast<int>(top / document.pageSize().height()) + 1;
}

/// The lines of the contents stand before their pages are known: the numbers come in a second pass, which moves nothing.
void addContents(QTextDocument &document)
{
    const auto listed = headings(document);
    if (listed.empty() || document.pageCount() == 0) {
        return;
    }
    QTextBlockFormat line;
    line.setTabPositions({QTextOption::Tab(document.pageSize().width() - 2 * document.documentMargin(), QTextOption::RightTab)});
    QTextCharFormat plain;
    plain.setFont(document.defaultFont());
    plain.setForeground(Qt::black);
    QTextCursor cursor(listed.front());
    cursor.movePosition(QTextCursor::PreviousBlock);
    cursor.movePosition(QTextCursor::EndOfBlock);
    std::vector<int> numbers;
    for (const auto &heading : listed) {
        line.setTopMargin(numbers.empty() ? 2 * unit : 0);
        cursor.insertBlock(line, plain);
        cursor.insertText(heading.text() + u'\t');
        numbers.push_back(cursor.block().blockNumber());
        cursor.insertText(u"0"_s);
    }
    if (document.pageCount() == 0) { // asking lays it all out
        return;
    }
    const auto moved = headings(document);
    for (std::size_t i = 0; i < numbers.size() && i < moved.size(); ++i) {
        QTextCursor number(document.findBlockByNumber(numbers[i]));
        number.movePosition(QTextCursor::EndOfBlock);
        number.deletePreviousChar();
        number.insertText(QString::number(pageOf(document, moved[i])), plain);
    }
}

void paintEdges(QPainter &painter, const Paper &paper, const QString &head, const QString &foot, const QString &number)
{
    const QFont font = paperFont(QGuiApplication::font(), smallPixels);
    painter.setFont(font);
    painter.setPen(QColor(0x66, 0x70, 0x85)); // the report's grey
    const QRectF top(paper.text.left(), 32, paper.text.width(), 20);
    const QRectF bottom(paper.text.left(), paper.size.height() - 44, paper.text.width(), 20);
    const QFontMetricsF metrics(font);
    painter.drawText(top, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(head, Qt::ElideRight, top.width()));
    painter.drawText(bottom, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(foot, Qt::ElideRight, bottom.width() - metrics.horizontalAdvance(number) - 4 * unit));
    painter.drawText(bottom, Qt::AlignRight | Qt::AlignVCenter, number);
}

void paintPages(QPdfWriter &writer, QTextDocument &document, const Paper &paper, const QString &head, const QString &foot)
{
    QPainter painter(&writer);
    const qreal scale = writer.logicalDpiX() / layoutDpi;
    const int pages = document.pageCount();
    for (int page = 0; page < pages; ++page) {
        if (page > 0) {
            writer.newPage();
        }
        painter.resetTransform();
        painter.scale(scale, scale);
        paintEdges(painter, paper, head, foot, translate("report", "Page %1 of %2").arg(page + 1).arg(pages));
        const QRectF shown(0, page * paper.text.height(), paper.text.width(), paper.text.height());
        painter.translate(paper.text.left(), paper.text.top() - shown.top());
        document.drawContents(&painter, shown);
        painter.setClipping(false);
    }
}

} // namespace

void dress(QTextDocument &document)
{
    QTextCursor cursor(&document);
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        auto format = block.blockFormat();
        format.setNonBreakableLines(false);
        if (format.headingLevel() > 0) {
            format.setTopMargin(block.position() == 0 ? 0 : 4 * unit);
            format.setBottomMargin(unit);
        }
        cursor.setPosition(block.position());
        cursor.setBlockFormat(format);
    }
    for (auto *frame : document.rootFrame()->childFrames()) {
        if (auto *table = qobject_cast<QTextTable *>(frame)) {
            auto format = table->format();
            format.setBorder(0);
            format.setCellSpacing(0);
            format.setCellPadding(unit + 2);
            table->setFormat(format);
        }
    }
}

QByteArray toPdf(const evidence::Evidence &evidence, const Conclusion &conclusion)
{
    const Paper paper;
    QTextDocument document;
    document.setDefaultFont(paperFont(QGuiApplication::font(), textPixels));
    document.setUseDesignMetrics(true);
    document.setDocumentMargin(0);
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document.setDefaultTextOption(wrap);
    document.setMarkdown(QString::fromUtf8(toMarkdown(evidence, conclusion)),
                         QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub) | QTextDocument::MarkdownNoHTML);
    dress(document);
    colourCode(document);
    QTextCursor all(&document);
    all.select(QTextCursor::Document);
    QTextCharFormat ink;
    ink.setForeground(Qt::black); // else the palette's: light in a dark window
    all.mergeCharFormat(ink);
    document.setPageSize(paper.text.size());
    addContents(document);

    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(visible(conclusion.diagnosis.headline));
    writer.setCreator(u"%1 %2"_s.arg(evidence.tool.name, evidence.tool.version));
    const QString foot = labelled(visible(targetName(evidence.target)), rfc3339(evidence.started));
    paintPages(writer, document, paper, visible(conclusion.diagnosis.headline), foot);
    return buffer.data();
}

std::unique_ptr<QCoreApplication> printingApplication(int &argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QGuiApplication>(argc, argv);
}

} // namespace bothways::report
