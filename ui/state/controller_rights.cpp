// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/controller.h"
#include "state/workers.h"

namespace bothways::ui {

const evidence::Reading<evidence::Rights> &Controller::rights() const
{
    return m_recorded && m_evidence && m_evidence->rights.isRead() ? m_evidence->rights : m_rights;
}

QString Controller::cannotUnlock() const
{
    if (m_recorded) {
        return tr("A saved session is shown: nothing is read from this host now.");
    }
    return m_rights.isRead() || !canMeasure() ? m_engine.cannotUnlock(m_rights.value) : tr("Not asked yet.");
}

void Controller::refreshRights()
{
    if (m_unlocking) {
        return; // what it gives comes with it
    }
    m_workers->start([this, ask = m_engine.rights, helper = m_helper](const std::stop_token &) -> Workers::Done {
        auto found = ask(helper);
        return [this, helper, found = std::move(found)] {
            if (helper == m_helper && !m_unlocking) {
                m_rights = found;
                Q_EMIT rightsChanged();
            }
        };
    });
}

void Controller::unlock()
{
    if (m_unlocking || !cannotUnlock().isEmpty()) {
        return;
    }
    m_unlocking = true;
    m_unlockProblem.clear();
    Q_EMIT rightsChanged();
    m_workers->start([this, unlock = m_engine.unlock, ask = m_engine.rights](std::stop_token stop) -> Workers::Done {
        auto unlocked = unlock(std::move(stop));
        auto found = ask(unlocked.helper);
        return [this, unlocked = std::move(unlocked), found = std::move(found)] {
            m_unlocking = false;
            m_unlockProblem = unlocked.problem;
            if (unlocked.helper) {
                m_helper = unlocked.helper;
                m_rightsBefore = m_rights.value;
            }
            m_rights = found;
            Q_EMIT rightsChanged();
        };
    });
}

} // namespace bothways::ui
