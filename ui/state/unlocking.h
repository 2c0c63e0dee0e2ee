// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/engine.h"

#include <QObject>

#include <memory>
#include <optional>

namespace bothways::ui {

class Workers;

/// What this process may see, and the helper that sees more. GUI thread; what blocks is done by `workers`.
class Unlocking : public QObject {
    Q_OBJECT

public:
    Unlocking(const Engine &engine, Workers &workers, QObject *parent = nullptr);

    /// Of this process and its helper.
    const evidence::Reading<evidence::Rights> &rights() const { return m_rights; }
    /// The rights before the last unlock() that gave something.
    const std::optional<evidence::Rights> &before() const { return m_before; }
    /// What unlock() gave; nullptr before, and where it gave nothing.
    const std::shared_ptr<privilege::Helper> &helper() const { return m_helper; }
    /// Why unlock() would add nothing now; empty where it may.
    QString impediment() const;
    bool isUnlocking() const { return m_unlocking; }
    /// Why the last unlock() gave nothing; empty when it did, or is going on.
    const QString &problem() const { return m_problem; }

    /// Asks for the rights anew.
    void refresh();
    /// Starts the helper, which may ask for a password. Nothing where it is starting already or would add nothing.
    void unlock();

Q_SIGNALS:
    void changed();

private:
    Workers &m_workers;
    decltype(Engine::rights) m_ask;
    decltype(Engine::cannotUnlock) m_cannotUnlock;
    decltype(Engine::unlock) m_start;
    bool m_canMeasure;
    evidence::Reading<evidence::Rights> m_rights;
    std::optional<evidence::Rights> m_before;
    std::shared_ptr<privilege::Helper> m_helper;
    QString m_problem;
    bool m_unlocking = false;
};

} // namespace bothways::ui
