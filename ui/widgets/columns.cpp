// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/columns.h"

#include "style/tokens.h"

#include <QBoxLayout>
#include <QResizeEvent>

namespace bothways::ui {

Columns::Columns(QWidget *left, QWidget *right, int leftStretch, int rightStretch, int threshold, QWidget *parent)
    : QWidget(parent), m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this)), m_threshold(threshold)
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4 * style::unit);
    m_layout->addWidget(left, leftStretch);
    m_layout->addWidget(right, rightStretch);
}

void Columns::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const auto wanted = event->size().width() < m_threshold ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (m_layout->direction() != wanted) {
        m_layout->setDirection(wanted);
    }
}

} // namespace bothways::ui
