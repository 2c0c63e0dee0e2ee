// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shown/journey_timeline.h"
#include "style/tokens.h"

#include <QWidget>

#include <vector>

namespace bothways::ui {

/// The journey of one packet: a column a station, a row a frame, a mark where it was seen and a cross where it was lost. What it
/// is shows in the mark's shape and in words, not in its colour alone. Point at a mark or move with the arrow keys to read it,
/// Home and End for the first and the last.
class TimelineView : public QWidget {
    Q_OBJECT

public:
    explicit TimelineView(QWidget *parent = nullptr);
    void setTimeline(shown::Timeline timeline);
    const shown::Timeline &timeline() const { return m_timeline; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// Middle of a mark: the sighting of a row, or -1 for its loss. For tests.
    QPoint placeOf(int pass, int sighting) const;

Q_SIGNALS:
    void described(const QString &mark); ///< one sentence on the chosen mark; empty where none is chosen

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Mark {
        int pass = 0;
        int sighting = -1; ///< -1: the loss
        QPointF at;
        QString words;
    };
    /// Distances in px, from the font.
    struct Measures {
        int gutter = 0; ///< at the left, for the words of a row
        int head = 0;
        int row = 0;
        int small = 0; ///< height of a small line
    };
    Measures measures() const;
    double columnX(int station) const;
    double rowY(int pass) const;
    QPointF lossAt(const shown::TimelineLoss &loss) const;
    std::vector<Mark> marks() const;
    int markAt(const QPointF &position) const; ///< -1: none near
    int stationAt(const QPointF &position) const;
    void select(int mark);
    int next(const std::vector<Mark> &marks, int key) const;
    const shown::TimelineStation &station(int index) const { return m_timeline.stations[static_cast<std::size_t>(index)]; }
    const shown::TimelinePass &pass(int index) const { return m_timeline.passes[static_cast<std::size_t>(index)]; }

    void paintStation(QPainter &painter, int index, const style::Tokens &tokens) const;
    void paintPass(QPainter &painter, int index, const style::Tokens &tokens) const;
    void paintWay(QPainter &painter, int index, const QColor &colour, const style::Tokens &tokens) const;
    void paintLoss(QPainter &painter, const style::Tokens &tokens) const;
    void paintChosen(QPainter &painter, const style::Tokens &tokens) const;

    shown::Timeline m_timeline;
    int m_current = -1; ///< index into marks()
};

} // namespace bothways::ui
