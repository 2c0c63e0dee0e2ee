// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/idle.h"

namespace bothways::ui {

Idle::Idle(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Idle::doOne);
}

void Idle::add(QObject *context, std::function<void()> work)
{
    m_work.emplace_back(context, std::move(work));
    if (!m_timer.isActive()) {
        m_timer.start(0);
    }
}

void Idle::doOne()
{
    if (m_work.empty()) {
        return;
    }
    const auto [context, work] = std::move(m_work.front());
    m_work.pop_front();
    if (!context.isNull()) {
        work();
    }
    if (!m_work.empty()) {
        m_timer.start(0); // a pass of its own, behind the events that came meanwhile
    }
}

} // namespace bothways::ui
