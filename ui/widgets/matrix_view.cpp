// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/matrix_view.h"

#include "checks/checks.h"
#include "diagnosis/catalogue.h"

#include <QAccessible>
#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int gap = 2;

QString id(const char *latin) { return QString::fromLatin1(latin); }

} // namespace

MatrixView::MatrixView(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    rebuild();
}

void MatrixView::setFindings(const std::vector<checks::Finding> &findings)
{
    m_findings = findings;
    rebuild();
    if (m_current >= 0) {
        setAccessibleDescription(describe(m_current));
    }
    update();
}

/// The strongest of the outcomes seen.
void MatrixView::weigh(Cell &cell, const diagnosis::Weight &weight) const
{
    cell.possible = std::max(cell.possible, std::abs(weight.weight));
    for (const auto &finding : m_findings) {
        for (const auto &observation : finding.observations) {
            const bool strongest = !cell.seen || std::abs(weight.weight) > std::abs(cell.actual);
            if (observation.outcome == weight.outcome && strongest) {
                cell.seen = true;
                cell.actual = weight.weight;
                cell.outcome = observation.text;
            }
        }
    }
}

void MatrixView::rebuild()
{
    const auto catalogue = diagnosis::catalogue();
    m_rows = static_cast<int>(catalogue.size());
    m_columns = static_cast<int>(checks::table().size());
    m_cells.assign(static_cast<std::size_t>(m_rows) * static_cast<std::size_t>(m_columns), {});
    for (const auto &known : catalogue) {
        const auto row = static_cast<std::size_t>(known.id) * static_cast<std::size_t>(m_columns);
        for (const auto &cause : known.causes) {
            diagnosis::forEachWeight(cause, [&](const diagnosis::Weight &weight) {
                weigh(m_cells[row + static_cast<std::size_t>(checks::checkOf(weight.outcome))], weight);
            });
        }
    }
    setAccessibleName(tr("Matrix of %1 causes and %2 checks").arg(m_rows).arg(m_columns));
}

QSize MatrixView::sizeHint() const { return {460, heightForWidth(460)}; }

QSize MatrixView::minimumSizeHint() const { return {m_columns * (gap + 4), m_rows * (gap + 4)}; }

int MatrixView::heightForWidth(int width) const
{
    const double pitch = m_columns > 0 ? static_cast<double>(width) / m_columns : 0;
    return static_cast<int>(m_rows * std::clamp(pitch * 1.35, 8.0, 14.0));
}

void MatrixView::paintEvent(QPaintEvent * /*event*/)
{
    if (m_cells.empty()) {
        return;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto tokens = style::tokens(palette());
    const double across = static_cast<double>(width()) / m_columns;
    const double down = static_cast<double>(height()) / m_rows;
    for (int row = 0; row < m_rows; ++row) {
        for (int column = 0; column < m_columns; ++column) {
            paintCell(painter, tokens, QRectF(column * across, row * down, across - gap, down - gap), row * m_columns + column);
        }
    }
}

void MatrixView::paintCell(QPainter &painter, const style::Tokens &tokens, const QRectF &box, int index) const
{
    const auto &item = m_cells[static_cast<std::size_t>(index)];
    QColor fill = tokens.line;
    fill.setAlphaF(item.possible > 0 ? 1.0F : 0.45F);
    if (item.seen) {
        // Speaks for the cause: it is the bad news. Speaks against it: that much is well.
        const auto tone = item.actual > 0 ? style::Tone::Bad : style::Tone::Good;
        fill = tokens.of(tone);
        fill.setAlphaF(static_cast<float>(std::clamp(0.3 + std::abs(item.actual) / 5.0, 0.3, 1.0)));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(box, 2, 2);
    if (item.seen && item.actual > 0) {
        // Not by colour alone: what speaks for a cause has a dot.
        painter.setBrush(tokens.card);
        painter.drawEllipse(box.center(), 1.6, 1.6);
    }
    if (index == m_current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(hasFocus() ? tokens.accent : tokens.ink, hasFocus() ? 2 : 1));
        painter.drawRoundedRect(box.adjusted(-1, -1, 1, 1), 2, 2);
    }
}

int MatrixView::cellAt(const QPoint &position) const
{
    if (!rect().contains(position) || m_cells.empty()) {
        return -1;
    }
    const int column = std::min(m_columns - 1, position.x() * m_columns / std::max(1, width()));
    const int row = std::min(m_rows - 1, position.y() * m_rows / std::max(1, height()));
    return row * m_columns + column;
}

QString MatrixView::describe(int index) const
{
    if (index < 0 || index >= static_cast<int>(m_cells.size())) {
        return {};
    }
    const auto &cause = diagnosis::catalogue()[static_cast<std::size_t>(index / m_columns)];
    const auto &check = checks::table()[static_cast<std::size_t>(index % m_columns)];
    const QString head = u"%1 × %2: "_s.arg(diagnosis::title(cause.id), id(check.id));
    const auto &item = m_cells[static_cast<std::size_t>(index)];
    if (item.seen && item.actual > 0) {
        return head + tr("speaks for it (weight %1). %2").arg(QString::number(item.actual, 'f', 1), item.outcome);
    }
    if (item.seen && item.actual < 0) {
        return head + tr("speaks against it (weight %1). %2").arg(QString::number(item.actual, 'f', 1), item.outcome);
    }
    if (item.seen) {
        return head + tr("tells nothing either way. %1").arg(item.outcome);
    }
    return head + (item.possible > 0 ? tr("could tell, but gave no answer in this run.")
                                     : tr("this check tells nothing about this cause."));
}

void MatrixView::select(int index)
{
    if (index == m_current) {
        return;
    }
    m_current = index;
    const QString sentence = describe(index);
    setAccessibleDescription(sentence);
    QAccessibleEvent told(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    Q_EMIT described(sentence);
    update();
}

void MatrixView::mouseMoveEvent(QMouseEvent *event) { select(cellAt(event->position().toPoint())); }

void MatrixView::mouseDoubleClickEvent(QMouseEvent *event) { activate(cellAt(event->position().toPoint())); }

void MatrixView::activate(int index)
{
    if (index >= 0) {
        Q_EMIT activated(QString::fromLatin1(checks::table()[static_cast<std::size_t>(index % m_columns)].id));
    }
}

int MatrixView::nextThatTells() const
{
    const int count = static_cast<int>(m_cells.size());
    for (int step = 1; step <= count; ++step) {
        const int index = (std::max(0, m_current) + step) % count;
        const auto &item = m_cells[static_cast<std::size_t>(index)];
        if (item.seen && item.actual > 0) {
            return index;
        }
    }
    return std::max(0, m_current);
}

int MatrixView::after(const QKeyEvent &event) const
{
    const int current = std::max(0, m_current);
    const int row = current / m_columns * m_columns;
    const bool all = event.modifiers().testFlag(Qt::ControlModifier);
    switch (event.key()) {
    case Qt::Key_Left:
        return std::max(row, current - 1);
    case Qt::Key_Right:
        return std::min(row + m_columns - 1, current + 1);
    case Qt::Key_Up:
        return current >= m_columns ? current - m_columns : current;
    case Qt::Key_Down:
        return current + m_columns < m_rows * m_columns ? current + m_columns : current;
    case Qt::Key_Home:
        return all ? 0 : row;
    case Qt::Key_End:
        return all ? m_rows * m_columns - 1 : row + m_columns - 1;
    case Qt::Key_N:
        return nextThatTells();
    default:
        return -1;
    }
}

void MatrixView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        activate(m_current);
        return;
    }
    const int index = m_cells.empty() ? -1 : after(*event);
    if (index < 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    select(index);
}

void MatrixView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (m_current < 0 && !m_cells.empty()) {
        select(0);
    }
}

void MatrixView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    if (!hasFocus()) {
        select(-1);
    }
}

void MatrixView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        rebuild();
    }
}

} // namespace bothways::ui
