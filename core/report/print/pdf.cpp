// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/print/pdf.h"

#include "conclusion/conclusion.h"
#include "report/print/composer.h"
#include "report/print/pages.h"
#include "report/prose.h"
#include "shown/terms.h"
#include "words/punctuation.h"
#include "words/text.h"

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
#include <numeric>
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
constexpr qreal drawingHeight = 0.8; ///< of a page, at most

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

struct Edges {
    QString head;
    QString foot;
};

void paintPages(QPdfWriter &writer, QTextDocument &document, const PaperDrawings &drawings, const Paper &paper,
                const Edges &edges)
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
        paintEdges(painter, paper, edges.head, edges.foot, translate("report", "Page %1 of %2").arg(page + 1).arg(pages));
        const QRectF shown(0, page * paper.text.height(), paper.text.width(), paper.text.height());
        painter.translate(paper.text.left(), paper.text.top() - shown.top());
        document.drawContents(&painter, shown);
        painter.setClipping(false);
        painter.setFont(paperFont(QGuiApplication::font(), textPixels));
        drawings.paint(painter, document, shown);
    }
}

/// Much text gets much room.
QList<QTextLength> widthsOf(const QTextTable &table)
{
    constexpr qsizetype least = 14;
    constexpr qsizetype most = 90;
    std::vector<qsizetype> lengths;
    for (int column = 0; column < table.columns(); ++column) {
        qsizetype longest = least;
        for (int row = 0; row < table.rows(); ++row) {
            longest = std::max(longest, qsizetype{table.cellAt(row, column).firstCursorPosition().block().length()});
        }
        lengths.push_back(std::min(longest, most));
    }
    const auto all = std::accumulate(lengths.begin(), lengths.end(), qsizetype{0});
    QList<QTextLength> widths;
    for (const auto length : lengths) {
        widths << QTextLength(QTextLength::PercentageLength, 100.0 * static_cast<double>(length) / static_cast<double>(all));
    }
    return widths;
}

/// A thin line below each row.
void underline(QTextTable &table)
{
    for (int row = 0; row < table.rows(); ++row) {
        for (int column = 0; column < table.columns(); ++column) {
            auto cell = table.cellAt(row, column);
            auto format = cell.format().toTableCellFormat();
            format.setBottomBorder(1);
            format.setBottomBorderStyle(QTextFrameFormat::BorderStyle_Solid);
            format.setBottomBorderBrush(QColor(0x98, 0xa2, 0xb3)); // seen on light and on dark
            cell.setFormat(format);
        }
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
        const bool code = format.hasProperty(QTextFormat::BlockCodeFence);
        const bool codeGoesOn = code && block.next().blockFormat().hasProperty(QTextFormat::BlockCodeFence);
        const bool listGoesOn = block.textList() != nullptr && block.next().textList() != nullptr;
        if (format.headingLevel() == 0 && !listGoesOn && !codeGoesOn) {
            format.setBottomMargin(unit + 2);
        }
        cursor.setPosition(block.position());
        cursor.setBlockFormat(format);
        if (cursor.currentTable() != nullptr) {
            format.setBottomMargin(0);
            cursor.setBlockFormat(format);
        }
    }
    for (auto *frame : document.rootFrame()->childFrames()) {
        if (auto *table = qobject_cast<QTextTable *>(frame)) {
            auto format = table->format();
            format.setBorder(0);
            format.setCellSpacing(0);
            format.setCellPadding(unit + 2);
            format.setHeaderRowCount(1); // again on each page that it goes on to
            format.setWidth(QTextLength(QTextLength::PercentageLength, 100));
            format.setColumnWidthConstraints(widthsOf(*table));
            format.setTopMargin(unit);
            format.setBottomMargin(2 * unit);
            table->setFormat(format);
            underline(*table);
        }
    }
}

QByteArray toPdf(const conclusion::Conclusion &conclusion, Depth depth)
{
    const auto &evidence = conclusion.given->evidence;
    const Paper paper;
    QTextDocument document;
    document.setDefaultFont(paperFont(QGuiApplication::font(), textPixels));
    document.setUseDesignMetrics(true);
    document.setDocumentMargin(0);
    QTextOption wrap;
    wrap.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document.setDefaultTextOption(wrap);
    const auto prose = proseOf(documentOf(conclusion, depth));
    PaperDrawings drawings;
    compose(document, prose, drawings, {paper.text.width(), paper.text.height() * drawingHeight});
    dress(document);
    colourCode(document);
    QTextCursor all(&document);
    all.select(QTextCursor::Document);
    QTextCharFormat ink;
    ink.setForeground(Qt::black); // else the palette's: light in a dark window
    all.mergeCharFormat(ink);
    document.setPageSize(paper.text.size());
    const auto contents = insertContents(document);
    keepTogether(document);
    fillContents(document, contents);

    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF());
    writer.setTitle(shown::visible(conclusion.diagnosis.headline));
    writer.setCreator(u"%1 %2"_s.arg(evidence.tool.name, evidence.tool.version));
    const QString foot = labelled(shown::visible(shown::targetName(evidence.target)), shown::rfc3339(evidence.started));
    paintPages(writer, document, drawings, paper, {shown::visible(conclusion.diagnosis.headline), foot});
    return buffer.data();
}

std::unique_ptr<QCoreApplication> printingApplication(char **argv)
{
    static int nameOnly = 1; // else Qt takes --session for one of its own words, and away
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QGuiApplication>(nameOnly, argv);
}

} // namespace bothways::report
