// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/page.h"

#include "state/controller.h"
#include "state/idle.h"
#include "widgets/labels.h"

#include <QBoxLayout>
#include <QEvent>
#include <QScrollArea>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

Page::Page(Controller &controller, const QString &objectName, Body body, QWidget *parent)
    : QWidget(parent)
    , m_controller(controller)
    , m_title(wrapping(u"title"_s))
    , m_lead(wrapping(u"lead"_s))
    , m_body(new QVBoxLayout)
{
    setObjectName(objectName);
    setProperty("role", u"page"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_title->setObjectName(objectName + u"Title"_s);
    m_lead->setObjectName(objectName + u"Lead"_s);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(4 * style::unit);

    auto *inner = new QWidget(this);
    inner->setProperty("role", u"body"_s);
    auto *layout = new QVBoxLayout(inner);
    layout->setContentsMargins(6 * style::unit, 5 * style::unit, 6 * style::unit, 4 * style::unit);
    layout->setSpacing(style::unit);
    layout->addWidget(m_title);
    layout->addWidget(m_lead);
    layout->addSpacing(2 * style::unit);
    layout->addLayout(m_body, 1);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    if (body == Body::Fills) {
        outer->addWidget(inner);
    } else {
        auto *scroll = new QScrollArea(this);
        scroll->setWidgetResizable(true);
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        scroll->setFocusPolicy(Qt::NoFocus);
        scroll->setWidget(inner);
        outer->addWidget(scroll);
    }
    connect(&m_controller, &Controller::concluded, this, &Page::showAgain);
    connect(&m_controller, &Controller::targetChanged, this, &Page::showAgain);
    connect(&m_controller, &Controller::runningChanged, this, &Page::showAgain);
}

QString Page::heading() const { return m_title->text(); }

QString Page::leadText() const { return m_lead->text(); }

void Page::reveal(const QString & /*check*/) {}

void Page::setHeading(const QString &title, const QString &lead)
{
    m_title->setText(title);
    m_lead->setText(lead);
    m_lead->setVisible(!lead.isEmpty());
}

void Page::showAgain()
{
    if (isVisible()) {
        showNow();
    } else if (!m_stale) { // else it is in the queue already
        m_stale = true;
        m_controller.idle().add(this, [this] {
            if (m_stale) {
                showNow();
            }
        });
    }
}

void Page::showNow()
{
    m_stale = false;
    refresh();
    Q_EMIT stateChanged();
}

void Page::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    bringUpToDate();
}

void Page::bringUpToDate()
{
    if (m_stale) {
        showNow();
    }
}

void Page::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        showAgain();
    }
}

} // namespace bothways::ui
