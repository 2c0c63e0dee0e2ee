// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/engine.h"

namespace bothways::ui {

/// A build that reads no live system still opens sessions: run() and listVms() say so themselves.
Engine liveEngine()
{
    Engine engine;
    engine.run = session::run;
    engine.listVms = [](std::stop_token stop) { return session::listVms({}, std::move(stop)); };
    engine.ping = [](const net::IpAddress &target, std::optional<net::IpAddress> source, std::stop_token stop,
                     const session::EventSink &sink) {
        return session::ping(target, source, std::chrono::seconds(1), std::move(stop), sink);
    };
    engine.rights = session::rights;
    engine.cannotUnlock = session::cannotUnlock;
    engine.unlock = session::unlock;
    engine.watch = session::watch;
    engine.canMeasure = session::canMeasure();
    return engine;
}

} // namespace bothways::ui
