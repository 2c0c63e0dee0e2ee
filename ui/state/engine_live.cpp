// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/engine.h"

namespace bothways::ui {

namespace {

// Five a second: quick enough to see a change at once, slow enough for the kernel's ICMP rate limits (icmp_ratelimit 1000).
constexpr auto pingInterval = std::chrono::milliseconds(200);

} // namespace

Engine liveEngine()
{
    Engine engine;
    engine.run = session::run;
    engine.listVms = [](std::stop_token stop) { return session::listVms({}, std::move(stop)); };
    engine.ping = [](const net::IpAddress &target, std::optional<net::IpAddress> source, std::stop_token stop,
                     const session::EventSink &sink) {
        return session::ping(target, source, pingInterval, std::move(stop), sink);
    };
    engine.rights = session::rights;
    engine.cannotUnlock = session::cannotUnlock;
    engine.unlock = session::unlock;
    engine.watch = session::watch;
    engine.canMeasure = session::canMeasure();
    return engine;
}

} // namespace bothways::ui
