// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shown/topology.h"
#include "style/tokens.h"

#include <QGraphicsItem>

namespace bothways::ui {

class TopologyView;

/// The parts of the drawing. They paint what the layout says and take their colours from the view's palette. The topology
/// belongs to the view and outlives them.
class TopologyItem : public QGraphicsItem {
public:
    explicit TopologyItem(const TopologyView &view) : m_view(view) {}

protected:
    style::Tokens tokens() const;
    const TopologyView &view() const { return m_view; }

private:
    const TopologyView &m_view;
};

/// Frames of the machines, lanes of request and reply, links, words.
class WayItem : public TopologyItem {
public:
    WayItem(const shown::Topology &topology, const TopologyView &view) : TopologyItem(view), m_topology(topology) {}
    QRectF boundingRect() const override { return {QPointF(), QSizeF(m_topology.size)}; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    const shown::Topology &m_topology;
};

/// A box or a gate.
class NodeItem : public TopologyItem {
public:
    NodeItem(const shown::TopologyNode &node, const TopologyView &view);
    const shown::TopologyNode &node() const { return m_node; }
    QRectF boundingRect() const override { return QRectF(m_node.box).adjusted(-4, -4, 4, 4); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void paintBox(QPainter &painter, const style::Tokens &colours) const;
    void paintGate(QPainter &painter, const style::Tokens &colours) const;
    const shown::TopologyNode &m_node;
};

/// The cross where the packet dies, and its words.
class MarkItem : public TopologyItem {
public:
    MarkItem(const shown::TopologyMark &mark, const TopologyView &view) : TopologyItem(view), m_mark(mark) {}
    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    const shown::TopologyMark &m_mark;
};

} // namespace bothways::ui
