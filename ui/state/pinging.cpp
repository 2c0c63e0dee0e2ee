// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/pinging.h"

#include "state/workers.h"

namespace bothways::ui {

Pinging::Pinging(decltype(Engine::ping) ping, Workers &workers, QObject *parent)
    : QObject(parent), m_send(std::move(ping)), m_workers(workers)
{}

void Pinging::start(const net::IpAddress &target, std::optional<net::IpAddress> source)
{
    if (m_going) {
        return;
    }
    m_going = true;
    m_stop = m_workers.start([this, send = m_send, target, source](const std::stop_token &stop) -> Workers::Done {
        // A ping that cannot be sent shows as a chart without samples; the run itself says why.
        const auto sent = send(target, source, stop, [this, stop](const session::Event &event) {
            m_workers.post([this, stop, event] {
                if (!stop.stop_requested()) {
                    Q_EMIT arrived(event);
                }
            });
        });
        static_cast<void>(sent);
        return {};
    });
}

void Pinging::stop()
{
    m_stop.request_stop();
    m_going = false;
}

} // namespace bothways::ui
