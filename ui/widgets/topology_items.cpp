// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/topology_items.h"

#include "style/appearance.h"
#include "widgets/topology_view.h"

#include <QApplication>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;
using Kind = shown::TopologyNode::Kind;
using State = shown::TopologyState;

namespace {

constexpr int inset = 10;
constexpr int lowBox = 60; ///< px: a box lower than this has room for two lines
constexpr int lineStep = 15;
constexpr int smallPixels = 11;
constexpr int namePixels = 13;
constexpr qreal radius = 8;

/// The layout is in px, so are its letters; the view scales both.
QFont sized(QFont font, int pixels, QFont::Weight weight = QFont::Normal)
{
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QFont small() { return sized(QApplication::font(), smallPixels); }

QFont fixed() { return sized(style::monospace(QApplication::font()), smallPixels); }

void write(QPainter &painter, const QRectF &box, const QFont &font, const QColor &colour, const QString &text,
           Qt::Alignment alignment = Qt::AlignLeft | Qt::AlignVCenter)
{
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(box, static_cast<int>(alignment),
                     QFontMetricsF(font).elidedText(QString(text).replace(u'\n', u' '), Qt::ElideRight, box.width()));
}

QColor colourOf(State state, const style::Tokens &tokens)
{
    switch (state) {
    case State::Works:
        return tokens.good;
    case State::Stops:
        return tokens.bad;
    case State::Plain:
    case State::NotReached:
    case State::NotSeen:
        break;
    }
    return tokens.grey;
}

QString glyph(State state)
{
    switch (state) {
    case State::Works:
        return u"✓ "_s;
    case State::Stops:
        return u"✕ "_s;
    case State::NotSeen:
        return u"? "_s;
    case State::Plain:
    case State::NotReached:
        break;
    }
    return {};
}

void paintLine(QPainter &painter, const shown::TopologyLine &line, const style::Tokens &tokens)
{
    const QColor colour = colourOf(line.state, tokens);
    painter.setPen(QPen(colour, 1.5, line.state == State::NotReached ? Qt::DashLine : Qt::SolidLine));
    painter.drawLine(line.from, line.to);
    if (line.arrow && line.kind != shown::TopologyLine::Kind::Link) {
        const qreal back = line.to.x() > line.from.x() ? -7 : 7;
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(QPolygonF({line.to, line.to + QPointF(back, -4), line.to + QPointF(back, 4)}));
    }
}

} // namespace

style::Tokens TopologyItem::tokens() const { return style::tokens(m_view.palette()); }

void WayItem::paint(QPainter *painter, const QStyleOptionGraphicsItem * /*option*/, QWidget * /*widget*/)
{
    const auto colours = tokens();
    for (const auto &frame : m_topology.frames) {
        painter->setPen(QPen(colours.line, 1));
        painter->setBrush(colours.ground);
        painter->drawRoundedRect(frame.box, style::cardRadius, style::cardRadius);
        write(*painter, QRectF(frame.box).adjusted(12, 4, -12, 0), sized(QApplication::font(), smallPixels, QFont::DemiBold),
              colours.grey, frame.title, Qt::AlignLeft | Qt::AlignTop);
    }
    for (const auto &line : m_topology.lines) {
        paintLine(*painter, line, colours);
    }
    for (const auto &label : m_topology.labels) {
        write(*painter, label.box, small(), colours.grey, label.text, Qt::AlignCenter);
    }
}

NodeItem::NodeItem(const shown::TopologyNode &node, const TopologyView &view) : TopologyItem(view), m_node(node)
{
    setAcceptHoverEvents(true);
    setCursor(Qt::PointingHandCursor);
    // A tool tip would read markup: escaped text stays text.
    setToolTip(u"<span>"_s + spoken(node).toHtmlEscaped() + u"</span>"_s);
}

void NodeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget * /*widget*/)
{
    const auto colours = tokens();
    const bool chosen = view().current() == &m_node;
    const bool hovered = option->state.testFlag(QStyle::State_MouseOver);
    const bool low = m_node.kind == Kind::Gate || m_node.kind == Kind::Nat;
    const bool dashed = m_node.state == State::NotSeen || (low && m_node.state == State::NotReached);
    const QColor edge = m_node.state == State::Stops ? colours.bad : low ? colourOf(m_node.state, colours) : colours.line;
    painter->setPen(QPen(hovered && m_node.state != State::Stops ? colours.accent : edge, m_node.state == State::Stops ? 2 : 1,
                         dashed ? Qt::DashLine : Qt::SolidLine));
    painter->setBrush(chosen ? colours.tint(style::Tone::Accent) : colours.card);
    painter->drawRoundedRect(QRectF(m_node.box), radius, radius);
    if (chosen) {
        painter->setPen(QPen(colours.accent, view().hasFocus() ? 2.5 : 1));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(m_node.box).adjusted(-2.5, -2.5, 2.5, 2.5), radius + 2, radius + 2);
    }
    if (low && m_node.box.height() < lowBox) {
        paintGate(*painter, colours);
    } else {
        paintBox(*painter, colours);
    }
}

void NodeItem::paintGate(QPainter &painter, const style::Tokens &colours) const
{
    const auto colour = m_node.state == State::Plain ? colours.ink : colourOf(m_node.state, colours);
    write(painter, QRectF(m_node.box).adjusted(3, 0, -3, 0), small(), colour, glyph(m_node.state) + m_node.name, Qt::AlignCenter);
}

void NodeItem::paintBox(QPainter &painter, const style::Tokens &colours) const
{
    const QRectF inner = QRectF(m_node.box).adjusted(inset, 6, -inset, -4);
    const auto name = sized(QApplication::font(), namePixels, QFont::DemiBold);
    if (m_node.box.height() < lowBox) {
        write(painter, QRectF(inner.left(), inner.top() - 2, inner.width(), 18), name, colours.ink, m_node.name);
        const QRectF second(inner.left(), inner.top() + 16, inner.width(), 16);
        if (m_node.lines.isEmpty()) {
            write(painter, second, small(), colours.grey, m_node.caption);
        } else {
            write(painter, second, fixed(), colours.ink, m_node.lines.front());
        }
        return;
    }
    write(painter, QRectF(inner.left(), inner.top(), inner.width(), 15), small(), colours.grey, m_node.caption);
    write(painter, QRectF(inner.left(), inner.top() + 16, inner.width(), 18), name, colours.ink, m_node.name);
    qreal top = inner.top() + 36;
    for (const auto &line : m_node.lines) {
        if (top + lineStep > inner.bottom() + 4) {
            break;
        }
        write(painter, QRectF(inner.left(), top, inner.width(), lineStep), fixed(), colours.ink, line);
        top += lineStep;
    }
}

QRectF MarkItem::boundingRect() const { return QRectF(m_mark.at.x() - 12, m_mark.at.y() - 12, 24, 24).united(m_mark.words); }

void MarkItem::paint(QPainter *painter, const QStyleOptionGraphicsItem * /*option*/, QWidget * /*widget*/)
{
    const auto colours = tokens();
    const QPointF at = m_mark.at;
    const bool above = m_mark.words.bottom() < m_mark.at.y();
    painter->setPen(QPen(colours.bad, 1.5));
    painter->drawLine(at, QPointF(at.x(), above ? m_mark.words.bottom() : m_mark.words.top()));
    painter->setPen(Qt::NoPen);
    painter->setBrush(colours.bad);
    painter->drawEllipse(at, 9, 9);
    painter->setPen(QPen(colours.card, 2));
    painter->drawLine(at + QPointF(-4, -4), at + QPointF(4, 4));
    painter->drawLine(at + QPointF(-4, 4), at + QPointF(4, -4));
    write(*painter, m_mark.words, sized(QApplication::font(), smallPixels + 1, QFont::DemiBold), colours.bad, m_mark.text,
          Qt::AlignCenter);
}

} // namespace bothways::ui
