// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shown/topology.h"

#include <QGraphicsView>

namespace bothways::ui {

/// The way between host and VM, drawn. A click or the arrow keys choose an element; plus, minus and 0 zoom, as does the wheel
/// with Ctrl; dragging moves it.
class TopologyView : public QGraphicsView {
    Q_OBJECT

public:
    explicit TopologyView(QWidget *parent = nullptr);
    /// Keeps the element that was chosen, where it is still there; else chooses the one that stops the packet.
    void setTopology(shown::Topology topology);
    const shown::Topology &topology() const { return m_topology; }
    const shown::TopologyNode *current() const { return m_topology.find(m_current); }
    void choose(const QString &id);
    double zoom() const { return transform().m11(); }
    void zoomIn();
    void zoomOut();
    void fit(); ///< all of it, as long as it stays readable

Q_SIGNALS:
    void chosen();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void scale(double factor);
    void move(Qt::Key key);
    void repaintAll();

    shown::Topology m_topology;
    QString m_current;
    bool m_fitted = true;
};

/// What a screen reader says of an element.
QString spoken(const shown::TopologyNode &node);

} // namespace bothways::ui
