// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/session.h"
#include "watch/monitor.h"

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace bothways::session {

struct WatchPlan {
    Plan target; ///< vm, hostAddress, connection, ports; whole for the diagnosis at an alert
    std::chrono::milliseconds interval{1000};
    std::optional<std::chrono::milliseconds> length; ///< empty: until stopped
    watch::Settings settings;
    QString series; ///< file; empty: seriesPath() of the VM
    /// What the evidence says in one sentence (conclusion::conclude); without it an alert starts no diagnosis.
    std::function<QString(const evidence::Evidence &)> headline;
    std::chrono::seconds diagnoseEvery{600}; ///< at most once in this time
};

struct WatchUpdate {
    const watch::Monitor &monitor; ///< after the record; valid during the call
    const watch::Record &record;
    const std::vector<watch::Event> &events; ///< that it brought about
    bool replayed = false;                   ///< from the file, of an earlier run
};
using WatchSink = std::function<void(const WatchUpdate &)>; ///< from several threads, one call at a time

struct Watched {
    watch::Monitor monitor;
    QString series;      ///< file
    QString target;      ///< as the series names it
    qint64 damaged = 0;  ///< lines of the file that were no record
    QString icmpProblem; ///< why no echo could be sent, translated; empty where it could
    QString fileProblem; ///< the series could not be written any more, and the watch ended; translated
};

/// Pings and connects until stopped, for its length, or until the series cannot be written. Every port is tried once an interval,
/// all at the same time. Blocks. What an earlier run left in the file comes first and teaches the baseline.
tl::expected<Watched, Error> watch(world::World &world, const WatchPlan &plan, const std::stop_token &stop,
                                   const WatchSink &sink = {});

} // namespace bothways::session
