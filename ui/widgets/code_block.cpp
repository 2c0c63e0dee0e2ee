// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code_block.h"

#include "style/appearance.h"
#include "widgets/labels.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTextBlock>
#include <QTimer>
#include <QVBoxLayout>
#include <QtMath>

#include <chrono>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

CodeView::CodeView(int maximumLines, QWidget *parent) : QPlainTextEdit(parent), m_maximumLines(maximumLines)
{
    setReadOnly(true);
    setFont(style::monospace(QApplication::font()));
    setLineWrapMode(QPlainTextEdit::WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    if (maximumLines == 0) {
        setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    }
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void CodeView::setCode(const QString &code)
{
    setPlainText(code);
    fit();
}

void CodeView::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fit();
}

void CodeView::showEvent(QShowEvent *event)
{
    QPlainTextEdit::showEvent(event);
    fit();
}

void CodeView::fit()
{
    // As laid out: a line with Chinese letters is higher than the font says.
    qreal text = 0;
    for (auto block = document()->begin(); block.isValid(); block = block.next()) {
        text += blockBoundingRect(block).height();
    }
    if (m_maximumLines > 0) {
        text = std::min<qreal>(text, m_maximumLines * fontMetrics().lineSpacing());
    }
    const int chrome = 2 * (style::unit + 2); // padding and border of the style sheet, and a pixel so that nothing scrolls
    const int wanted = qCeil(text + 2 * document()->documentMargin()) + chrome;
    if (wanted != height() || minimumHeight() != wanted) {
        setFixedHeight(wanted);
    }
}

CommandBlock::CommandBlock(const QString &name, const QString &caption, const QString &commands, QWidget *parent)
    : QWidget(parent), m_commands(commands), m_copy(button(name + u"Copy"_s, tr("Copy")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::unit);
    auto *row = new QHBoxLayout;
    row->addWidget(wrapping(u"small"_s, caption), 1);
    row->addWidget(m_copy, 0, Qt::AlignTop);
    layout->addLayout(row);
    auto *view = new CodeView;
    view->setObjectName(name + u"Text"_s);
    view->setAccessibleName(caption);
    view->setCode(commands);
    layout->addWidget(view);
    layout->addStretch();
    m_copy->setAccessibleName(tr("Copy: %1").arg(caption));
    m_copy->setEnabled(!commands.isEmpty());
    connect(m_copy, &QPushButton::clicked, this, &CommandBlock::copy);
}

void CommandBlock::copy()
{
    QApplication::clipboard()->setText(m_commands);
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(std::chrono::milliseconds(1500), m_copy, [copy = m_copy] { copy->setText(tr("Copy")); });
}

} // namespace bothways::ui
