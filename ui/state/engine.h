// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/preferences.h"
#include "session/session.h"
#include "session/watch_run.h"
#include "world/unlocked.h"

#include <functional>

namespace bothways::world {
class World;
} // namespace bothways::world

namespace bothways::ui {

/// What the wizard asks of the world. Each blocks and is called on a worker thread only. The program uses liveEngine() with the
/// machine that it runs on; a test may hand in one function of its own.
struct Engine {
    std::function<tl::expected<evidence::Evidence, session::Error>(const session::Plan &, std::stop_token,
                                                                   const session::EventSink &)>
        run;
    std::function<evidence::Reading<evidence::Inventory>(std::stop_token)> listVms;
    std::function<tl::expected<void, session::Error>(const net::IpAddress &, std::optional<net::IpAddress>, std::stop_token,
                                                     const session::EventSink &)>
        ping;
    std::function<evidence::Reading<evidence::Rights>(const std::shared_ptr<privilege::Helper> &)> rights;
    std::function<QString(const evidence::Rights &)> cannotUnlock; ///< does not block
    std::function<world::Unlocked(std::stop_token)> unlock;
    std::function<tl::expected<session::Watched, session::Error>(const session::WatchPlan &, std::stop_token,
                                                                 const session::WatchSink &)>
        watch;
    std::function<QString(const session::Preferences &)> debugInfo;
    bool canMeasure = false;
};

Engine liveEngine(std::shared_ptr<world::World> world);

} // namespace bothways::ui
