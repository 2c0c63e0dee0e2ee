// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/engine.h"

#include "session/debug_info.h"
#include "world/world.h"

namespace bothways::ui {

namespace {

// Five a second: quick enough to see a change at once, slow enough for the kernel's ICMP rate limits (icmp_ratelimit 1000).
constexpr auto pingInterval = std::chrono::milliseconds(200);

} // namespace

Engine liveEngine(std::shared_ptr<world::World> world)
{
    Engine engine;
    engine.canMeasure = world->cannotMeasure().isEmpty();
    engine.run = [world](const session::Plan &plan, std::stop_token stop, const session::EventSink &sink) {
        return session::run(*world, plan, std::move(stop), sink);
    };
    engine.listVms = [world](const std::stop_token &stop) { return session::listVms(*world, {}, stop); };
    engine.ping = [world](const net::IpAddress &target, const std::optional<net::IpAddress> &source, const std::stop_token &stop,
                          const session::EventSink &sink) {
        return session::ping(*world, target, source, pingInterval, stop, sink);
    };
    engine.rights = [world](const auto &helper) { return session::rights(*world, helper); };
    engine.cannotUnlock = [world](const evidence::Rights &rights) { return world->cannotUnlock(rights); };
    engine.unlock = [world](const std::stop_token &stop) { return world->unlock(stop); };
    engine.watch = [world](const session::WatchPlan &plan, const std::stop_token &stop, const session::WatchSink &sink) {
        return session::watch(*world, plan, stop, sink);
    };
    engine.debugInfo = [world](const session::Preferences &preferences) { return session::debugInfo(*world, preferences); };
    return engine;
}

} // namespace bothways::ui
