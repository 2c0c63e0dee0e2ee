// SPDX-License-Identifier: GPL-3.0-or-later
#include "wizard/workers.h"

namespace bothways::ui {

Workers::Workers(QObject *parent) : QObject(parent) {}

Workers::~Workers()
{
    requestStop();
    m_threads.clear();
}

std::stop_source Workers::start(Work work)
{
    m_threads.emplace_back();
    const auto place = std::prev(m_threads.end());
    *place = std::jthread([this, place, work = std::move(work)](std::stop_token stop) {
        Done done = work(std::move(stop));
        // The thread ends right after this call is queued, so joining it there does not wait.
        post([this, place, done = std::move(done)] {
            m_threads.erase(place);
            if (done) {
                done();
            }
        });
    });
    return place->get_stop_source();
}

void Workers::post(Done call) { QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection); }

void Workers::requestStop()
{
    for (auto &thread : m_threads) {
        thread.request_stop();
    }
}

} // namespace bothways::ui
