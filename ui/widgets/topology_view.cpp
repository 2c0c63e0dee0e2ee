// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/topology_view.h"

#include "widgets/topology_items.h"
#include "words/punctuation.h"

#include <QAccessible>
#include <QGraphicsScene>
#include <QKeyEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double step = 1.2;
constexpr double smallest = 0.4;
constexpr double largest = 4.0;
constexpr double readable = 0.86;     ///< below this the small print is hard to read: rather scroll
constexpr double largestFitted = 1.2; ///< a drawing of three boxes need not fill a wall

/// How far `to` lies from `from` in the direction of the key; infinite if it does not.
double distance(QPoint from, QPoint to, Qt::Key key)
{
    const QPoint delta = to - from;
    const bool across = key == Qt::Key_Left || key == Qt::Key_Right;
    const int sign = key == Qt::Key_Left || key == Qt::Key_Up ? -1 : 1;
    const int along = sign * (across ? delta.x() : delta.y());
    const int aside = std::abs(across ? delta.y() : delta.x());
    return along <= 0 ? std::numeric_limits<double>::infinity() : along + 2.0 * aside;
}

} // namespace

QString spoken(const shown::TopologyNode &node)
{
    QStringList parts = node.lines;
    if (node.state != shown::TopologyState::Plain) {
        parts << shown::word(node.state);
    }
    return labelled(node.caption + u' ' + node.name, listed(parts));
}

TopologyView::TopologyView(QWidget *parent) : QGraphicsView(parent)
{
    setScene(new QGraphicsScene(this));
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    setDragMode(QGraphicsView::ScrollHandDrag);
    viewport()->setCursor(Qt::ArrowCursor);
    setFocusPolicy(Qt::StrongFocus);
    setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
}

void TopologyView::setTopology(shown::Topology topology)
{
    scene()->clear(); // its items refer to the old one
    m_topology = std::move(topology);
    scene()->setSceneRect(QRectF(QPointF(), QSizeF(m_topology.size)));
    scene()->addItem(new WayItem(m_topology, *this));
    for (const auto &node : m_topology.nodes) {
        scene()->addItem(new NodeItem(node, *this));
    }
    if (m_topology.mark) {
        scene()->addItem(new MarkItem(*m_topology.mark, *this));
    }
    if (current() == nullptr) {
        m_current = m_topology.nodes.empty() ? QString() : m_topology.nodes.front().id;
        m_current = m_topology.mark ? m_topology.mark->node : m_current;
    }
    setAccessibleDescription(current() == nullptr ? QString() : spoken(*current()));
    if (m_fitted) {
        fit();
    }
    Q_EMIT chosen();
}

void TopologyView::choose(const QString &id)
{
    if (id == m_current || m_topology.find(id) == nullptr) {
        return;
    }
    m_current = id;
    setAccessibleDescription(spoken(*current()));
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    repaintAll();
    ensureVisible(QRectF(current()->box), 24, 24);
    Q_EMIT chosen();
}

void TopologyView::fit()
{
    m_fitted = true;
    if (m_topology.size.isEmpty()) {
        return;
    }
    // Without the scroll bars that may be there now.
    const QSizeF room = maximumViewportSize();
    const double across = (room.width() - 2) / m_topology.size.width();
    const double down = (room.height() - 2) / m_topology.size.height();
    const double narrow =
        down < readable ? (room.width() - 2 - verticalScrollBar()->sizeHint().width()) / m_topology.size.width() : across;
    const double factor = std::max(std::min({across, down, largestFitted}), std::min(narrow, readable));
    setTransform(QTransform::fromScale(factor, factor));
    verticalScrollBar()->setValue(verticalScrollBar()->minimum());
}

void TopologyView::scale(double factor)
{
    const double wanted = std::clamp(zoom() * factor, smallest, largest);
    m_fitted = false;
    setTransform(QTransform::fromScale(wanted, wanted));
}

void TopologyView::zoomIn() { scale(step); }

void TopologyView::zoomOut() { scale(1 / step); }

void TopologyView::move(Qt::Key key)
{
    const auto *now = current();
    if (now == nullptr) {
        return;
    }
    const auto from = now->box.center();
    const auto nearest = std::min_element(m_topology.nodes.begin(), m_topology.nodes.end(), [&](const auto &a, const auto &b) {
        return distance(from, a.box.center(), key) < distance(from, b.box.center(), key);
    });
    if (nearest != m_topology.nodes.end() && std::isfinite(distance(from, nearest->box.center(), key))) {
        choose(nearest->id);
    }
}

void TopologyView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        move(static_cast<Qt::Key>(event->key()));
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        return;
    case Qt::Key_Minus:
        zoomOut();
        return;
    case Qt::Key_0:
        fit();
        return;
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

void TopologyView::mousePressEvent(QMouseEvent *event)
{
    if (const auto *item = dynamic_cast<const NodeItem *>(itemAt(event->pos()))) {
        choose(item->node().id);
    }
    QGraphicsView::mousePressEvent(event);
}

void TopologyView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        scale(std::pow(step, event->angleDelta().y() / 120.0));
        event->accept();
        return;
    }
    QGraphicsView::wheelEvent(event);
}

void TopologyView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    if (m_fitted) {
        fit();
    }
}

void TopologyView::changeEvent(QEvent *event)
{
    QGraphicsView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        repaintAll();
    }
}

void TopologyView::focusInEvent(QFocusEvent *event)
{
    QGraphicsView::focusInEvent(event);
    repaintAll();
}

void TopologyView::focusOutEvent(QFocusEvent *event)
{
    QGraphicsView::focusOutEvent(event);
    repaintAll();
}

void TopologyView::repaintAll() { scene()->update(); }

} // namespace bothways::ui
