// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>
#include <list>
#include <stop_token>
#include <thread>

namespace bothways::ui {

/// Threads for what blocks. Results come back as queued calls on the owner's thread and die with it. Destroying it asks
/// every thread to stop and joins them.
class Workers : public QObject {
    Q_OBJECT

public:
    explicit Workers(QObject *parent = nullptr);
    ~Workers() override;
    Q_DISABLE_COPY_MOVE(Workers)

    /// Runs `work` on a thread of its own. What it returns is called here, on the owner's thread, afterwards.
    /// The stop source cancels it.
    using Done = std::function<void()>;
    using Work = std::function<Done(std::stop_token)>;
    std::stop_source start(Work work);

    /// From inside `work`: queues a call on the owner's thread.
    void post(Done call);
    void requestStop();

private:
    struct Thread {
        std::jthread thread;
        bool done = false; ///< its result is taken; what is left of it ends by itself
    };
    std::list<Thread> m_threads;
};

} // namespace bothways::ui
