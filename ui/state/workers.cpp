// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/workers.h"

namespace bothways::ui {

Workers::Workers(QObject *parent) : QObject(parent) {}

Workers::~Workers()
{
    requestStop();
    m_threads.clear();
}

std::stop_source Workers::start(Work work)
{
    // Not when their results came: on a busy machine a thread may still be about to end then, and joining it would wait.
    m_threads.remove_if([](const Thread &each) { return each.done; });
    m_threads.emplace_back();
    const auto place = std::prev(m_threads.end());
    place->thread = std::jthread([this, place, work = std::move(work)](std::stop_token stop) {
        Done done = work(std::move(stop));
        post([this, place, done = std::move(done)] {
            post([place] { place->done = true; });
            if (done) {
                done();
            }
        });
    });
    return place->thread.get_stop_source();
}

void Workers::post(Done call) { QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection); }

void Workers::requestStop()
{
    for (auto &thread : m_threads) {
        thread.thread.request_stop();
    }
}

} // namespace bothways::ui
