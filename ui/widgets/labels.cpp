// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/labels.h"

#include "words/punctuation.h"
#include "words/text.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

QLabel *label(const QString &role, const QString &text, QWidget *parent)
{
    auto *result = new QLabel(parent);
    result->setTextFormat(Qt::PlainText);
    result->setProperty("role", role);
    result->setText(text);
    return result;
}

QLabel *wrapping(const QString &role, const QString &text, QWidget *parent)
{
    auto *result = label(role, text, parent);
    result->setWordWrap(true);
    result->setMinimumWidth(1);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    result->setSizePolicy(policy);
    return result;
}

QLabel *badge(const QString &text, style::Tone tone, QWidget *parent)
{
    auto *result = label(u"badge"_s, text, parent);
    setTone(result, tone);
    result->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    return result;
}

void setTone(QWidget *widget, style::Tone tone)
{
    widget->setProperty("tone", style::name(tone));
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

QFrame *card(QWidget *parent)
{
    auto *result = new QFrame(parent);
    result->setProperty("role", u"card"_s);
    return result;
}

QVBoxLayout *cardLayout(QFrame *card, const QString &heading)
{
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(4 * style::unit, 3 * style::unit, 4 * style::unit, 4 * style::unit);
    layout->setSpacing(2 * style::unit);
    if (!heading.isEmpty()) {
        layout->addWidget(label(u"heading"_s, heading));
    }
    return layout;
}

QFrame *rule(QWidget *parent)
{
    auto *result = new QFrame(parent);
    result->setProperty("role", u"rule"_s);
    return result;
}

QPushButton *button(const QString &objectName, const QString &text, const QString &role)
{
    auto *result = new QPushButton(text);
    result->setObjectName(objectName);
    result->setAutoDefault(false);
    if (!role.isEmpty()) {
        result->setProperty("role", role);
    }
    return result;
}

void clear(QLayout *layout)
{
    while (auto *item = layout->takeAt(0)) {
        if (auto *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        } else if (auto *inner = item->layout()) {
            clear(inner);
        }
        delete item;
    }
}

ElidedLabel::ElidedLabel(const QString &role, QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    if (!role.isEmpty()) {
        setProperty("role", role);
    }
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
}

void ElidedLabel::setFullText(const QString &text, const QString &shorter)
{
    m_text = text;
    m_shorter = shorter;
    setAccessibleName(text);
    updateGeometry();
    elide();
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(u"…"_s) * 3, QLabel::minimumSizeHint().height()};
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + style::unit, QLabel::sizeHint().height()};
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::elide()
{
    QString flat = m_text;
    flat.replace(u'\n', u' ');
    const bool fits = m_shorter.isEmpty() || fontMetrics().horizontalAdvance(flat) <= width();
    const QString shown = fontMetrics().elidedText(fits ? flat : m_shorter, Qt::ElideRight, width());
    if (shown != text()) {
        setText(shown);
    }
    // A tool tip would read markup: escaped text stays text.
    setToolTip(shown == flat ? QString() : u"<span>"_s + m_text.toHtmlEscaped() + u"</span>"_s);
}

StateLabel::StateLabel(style::State state, QWidget *parent)
    : QWidget(parent), m_state(state), m_icon(new QLabel(this)), m_text(label(u"strong"_s))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(style::unit + style::unit / 2);
    layout->addWidget(m_icon);
    layout->addWidget(m_text);
    layout->addStretch();
    setState(state);
}

void StateLabel::setState(style::State state, const QString &text)
{
    m_state = state;
    m_text->setText(text.isEmpty() ? style::word(state) : text);
    setTone(m_text, style::tone(state));
    setAccessibleName(text.isEmpty() ? style::word(state) : labelled(style::word(state), text));
    draw();
}

void StateLabel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        draw();
    }
}

void StateLabel::draw()
{
    m_icon->setPixmap(style::icon(m_state, 4 * style::unit, style::tokens(palette()), devicePixelRatioF()));
}

} // namespace bothways::ui
