// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/finding.h"
#include "style/tokens.h"

#include <QWidget>

#include <vector>

namespace bothways::diagnosis {
struct Weight;
} // namespace bothways::diagnosis

namespace bothways::ui {

/// The diagnosis matrix, causes down and checks across, as a heat map: what the matrix can say (faint) and what it said
/// in this run (strong). Hover or move with the keys to read a cell: arrows, Home and End for the row, with Ctrl for the whole
/// matrix, N for the next cell that speaks for a cause.
class MatrixView : public QWidget {
    Q_OBJECT

public:
    explicit MatrixView(QWidget *parent = nullptr);
    /// Findings of this run; empty: only what the matrix could say.
    void setFindings(const std::vector<checks::Finding> &findings);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void described(const QString &cell);  ///< one sentence on the cell under the pointer or the keyboard's cell
    void activated(const QString &check); ///< id of the check whose cell was double-clicked, or entered

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Cell {
        double possible = 0; ///< largest |weight| any outcome could have
        double actual = 0;   ///< weight of this run's outcomes, signed
        bool seen = false;
        QString outcome;
    };
    void weigh(Cell &cell, const diagnosis::Weight &weight) const;
    void rebuild();
    void paintCell(QPainter &painter, const style::Tokens &tokens, const QRectF &box, int index) const;
    int cellAt(const QPoint &position) const; ///< -1 outside
    QString describe(int index) const;
    void select(int index);
    void activate(int index);
    int after(const QKeyEvent &event) const; ///< the cell that a key leads to; -1: not a key of ours
    int nextThatTells() const;

    std::vector<checks::Finding> m_findings;
    std::vector<Cell> m_cells;
    int m_rows = 0;
    int m_columns = 0;
    int m_current = -1;
};

} // namespace bothways::ui
