// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/engine.h"

#include <QObject>

namespace bothways::ui {

class Workers;

/// The pings that go on while no run does, so that the chart shows a change at once. GUI thread.
class Pinging : public QObject {
    Q_OBJECT

public:
    Pinging(decltype(Engine::ping) ping, Workers &workers, QObject *parent = nullptr);

    /// Nothing where they go on already.
    void start(const net::IpAddress &target, std::optional<net::IpAddress> source);
    /// Nothing arrives afterwards.
    void stop();

Q_SIGNALS:
    void arrived(const bothways::session::Event &event);

private:
    decltype(Engine::ping) m_send;
    Workers &m_workers;
    std::stop_source m_stop;
    bool m_going = false;
};

} // namespace bothways::ui
