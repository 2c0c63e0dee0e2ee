// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline_marks.h"

#include <QPainter>
#include <QPolygonF>

namespace bothways::ui {

using evidence::Leg;

style::Tone toneOf(Leg leg)
{
    switch (leg) {
    case Leg::Request:
        break;
    case Leg::Reply:
        return style::Tone::Good;
    case Leg::Refusal:
    case Leg::Error:
        return style::Tone::Caution;
    }
    return style::Tone::Accent;
}

void paintMark(QPainter &painter, const QPointF &at, Leg leg, bool beside, const QColor &colour)
{
    constexpr double r = markRadius;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    if (beside) {
        painter.drawPolygon(QPolygonF({at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r), at + QPointF(-r, 0)}));
        return;
    }
    switch (leg) {
    case Leg::Request:
        painter.drawEllipse(at, r - 1, r - 1);
        return;
    case Leg::Reply:
        painter.drawRoundedRect(QRectF(at.x() - r + 1, at.y() - r + 1, 2 * r - 2, 2 * r - 2), 2, 2);
        return;
    case Leg::Refusal:
        painter.drawRect(QRectF(at.x() - r, at.y() - r / 3, 2 * r, 2 * r / 3));
        return;
    case Leg::Error:
        painter.drawPolygon(QPolygonF({at + QPointF(0, -r), at + QPointF(r, r - 1), at + QPointF(-r, r - 1)}));
        return;
    }
}

void paintArrow(QPainter &painter, const QPointF &from, const QPointF &to, const QColor &colour, bool dashed)
{
    painter.setPen(QPen(colour, 1.5, dashed ? Qt::DotLine : Qt::SolidLine));
    painter.drawLine(from, to);
    const double back = to.x() > from.x() ? -7 : 7;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF({to, to + QPointF(back, -4), to + QPointF(back, 4)}));
}

void paintCross(QPainter &painter, const QPointF &at, bool certain, const style::Tokens &tokens)
{
    constexpr double arm = 3.5;
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.bad);
    painter.drawEllipse(at, markRadius + 2, markRadius + 2);
    painter.setPen(QPen(tokens.card, 2, Qt::SolidLine, Qt::RoundCap));
    if (certain) {
        painter.drawLine(at + QPointF(-arm, -arm), at + QPointF(arm, arm));
        painter.drawLine(at + QPointF(-arm, arm), at + QPointF(arm, -arm));
        return;
    }
    QFont font = painter.font();
    font.setPixelSize(2 * markRadius - 1);
    font.setWeight(QFont::Bold);
    painter.setFont(font);
    painter.drawText(QRectF(at.x() - 10, at.y() - 10, 20, 20), Qt::AlignCenter, QStringLiteral("?"));
}

} // namespace bothways::ui
