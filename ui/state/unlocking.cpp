// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/unlocking.h"

#include "state/workers.h"

namespace bothways::ui {

Unlocking::Unlocking(const Engine &engine, Workers &workers, QObject *parent)
    : QObject(parent)
    , m_workers(workers)
    , m_ask(engine.rights)
    , m_cannotUnlock(engine.cannotUnlock)
    , m_start(engine.unlock)
    , m_canMeasure(engine.canMeasure)
{}

QString Unlocking::impediment() const
{
    return m_rights.isRead() || !m_canMeasure ? m_cannotUnlock(m_rights.value) : tr("Not asked yet.");
}

void Unlocking::refresh()
{
    if (m_unlocking) {
        return; // what it gives comes with it
    }
    m_workers.start([this, ask = m_ask, helper = m_helper](const std::stop_token &) -> Workers::Done {
        auto found = ask(helper);
        return [this, helper, found = std::move(found)] {
            if (helper == m_helper && !m_unlocking) {
                m_rights = found;
                Q_EMIT changed();
            }
        };
    });
}

void Unlocking::unlock()
{
    if (m_unlocking || !impediment().isEmpty()) {
        return;
    }
    m_unlocking = true;
    m_problem.clear();
    Q_EMIT changed();
    m_workers.start([this, start = m_start, ask = m_ask](std::stop_token stop) -> Workers::Done {
        auto unlocked = start(std::move(stop));
        auto found = ask(unlocked.helper);
        return [this, unlocked = std::move(unlocked), found = std::move(found)] {
            m_unlocking = false;
            m_problem = unlocked.problem;
            if (unlocked.helper) {
                m_helper = unlocked.helper;
                m_before = m_rights.value;
            }
            m_rights = found;
            Q_EMIT changed();
        };
    });
}

} // namespace bothways::ui
