// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/print/drawings.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <QTextBlock>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextLayout>
#include <QUrl>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr auto scheme = "drawing:"_L1;

QColor colourOf(Ink ink) { return QColor(colour(ink)); }

void prepare(QPainter &painter, const Style &style)
{
    const auto look = lookOf(style);
    painter.setBrush(look.fill == Ink::None ? QBrush(Qt::NoBrush) : QBrush(colourOf(look.fill)));
    if (look.stroke == Ink::None) {
        painter.setPen(Qt::NoPen);
        return;
    }
    QPen pen(colourOf(look.stroke), look.width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
    if (!look.dash.empty()) {
        QList<qreal> pattern; // in widths of the pen
        for (const int length : look.dash) {
            pattern << length / look.width;
        }
        pen.setDashPattern(pattern);
    }
    painter.setPen(pen);
}

void paint(QPainter &painter, const Box &box)
{
    prepare(painter, box.style);
    painter.drawRoundedRect(QRectF(box.rect), box.radius, box.radius);
}

void paint(QPainter &painter, const Line &line)
{
    prepare(painter, line.style);
    painter.drawLine(line.from, line.to);
}

void paint(QPainter &painter, const Disc &disc)
{
    prepare(painter, disc.style);
    painter.drawEllipse(disc.centre, disc.radius, disc.radius);
}

void paint(QPainter &painter, const Polygon &polygon)
{
    prepare(painter, polygon.style);
    painter.drawPolygon(polygon.points.data(), static_cast<int>(polygon.points.size()));
}

void paint(QPainter &painter, const Polyline &line)
{
    prepare(painter, line.style);
    for (const auto &part : line.parts) {
        painter.drawPolyline(part.data(), static_cast<int>(part.size()));
    }
}

void paint(QPainter &painter, const Words &words)
{
    const auto look = lookOf(words.role);
    const QFont before = painter.font();
    QFont font = before;
    font.setPixelSize(look.size);
    font.setBold(look.bold);
    if (look.fixed) {
        font.setFamily(QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
    }
    const auto back = words.centred ? QFontMetricsF(font).horizontalAdvance(words.text) / 2 : 0.0;
    painter.setFont(font);
    painter.setPen(colourOf(look.ink));
    painter.drawText(words.at - QPointF(back, 0), words.text);
    painter.setFont(before);
}

/// The drawing that this piece of the text stands for; -1: none.
int numberOf(const QTextCharFormat &format)
{
    const auto name = format.isImageFormat() ? format.toImageFormat().name() : QString();
    bool whole = false;
    const int number = name.startsWith(scheme) ? name.sliced(scheme.size()).toInt(&whole) : -1;
    return whole ? number : -1;
}

} // namespace

void paint(QPainter &painter, const Drawing &drawing)
{
    painter.save();
    for (const auto &shape : drawing.shapes) {
        std::visit([&](const auto &one) { paint(painter, one); }, shape);
    }
    painter.restore();
}

void PaperDrawings::insert(QTextCursor &cursor, const Drawing &drawing, QSizeF most)
{
    QTextImageFormat format;
    format.setName(scheme + QString::number(m_drawings.size()));
    const auto size = QSizeF(drawing.size).scaled(most, Qt::KeepAspectRatio);
    format.setWidth(size.width());
    format.setHeight(size.height());
    QImage nothing(1, 1, QImage::Format_ARGB32); // only its room is wanted
    nothing.fill(Qt::transparent);
    cursor.document()->addResource(QTextDocument::ImageResource, QUrl(format.name()), nothing);
    cursor.insertImage(format);
    m_drawings.push_back(&drawing);
}

void PaperDrawings::paint(QPainter &painter, const QTextDocument &document, const QRectF &part) const
{
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        for (auto piece = block.begin(); !piece.atEnd(); ++piece) {
            const int number = numberOf(piece.fragment().charFormat());
            if (number < 0) {
                continue;
            }
            const auto format = piece.fragment().charFormat().toImageFormat();
            const int inside = piece.fragment().position() - block.position();
            const auto line = block.layout()->lineForTextPosition(inside);
            const QPointF corner =
                block.layout()->position() + QPointF(line.cursorToX(inside), line.y() + line.ascent() - format.height());
            if (!QRectF(corner, QSizeF(format.width(), format.height())).intersects(part)) {
                continue;
            }
            const auto &drawing = *m_drawings[static_cast<std::size_t>(number)];
            painter.save();
            painter.translate(corner);
            painter.scale(format.width() / drawing.size.width(), format.height() / drawing.size.height());
            report::paint(painter, drawing);
            painter.restore();
        }
    }
}

} // namespace bothways::report
