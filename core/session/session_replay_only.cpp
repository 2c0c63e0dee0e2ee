// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/debug_info.h"
#include "session/session.h"

#include "session/sweep.h"
#include "session/watch.h"
#include "words/text.h"

// For systems whose live collectors and probes are not built: sessions and recorded cases are replayed, nothing is read.
namespace bothways::session {

namespace {

Error notHere()
{
    return {
        ErrorKind::CouldNotMeasure,
        translate("session", "Reading the live system is not in the Windows build yet. Open a session file or a recorded case.")};
}

} // namespace

tl::expected<evidence::Evidence, Error> run(const Plan &, std::stop_token, const EventSink &)
{
    return tl::unexpected(notHere());
}

evidence::Reading<evidence::Inventory> listVms(const QString &, std::stop_token)
{
    return evidence::Reading<evidence::Inventory>::missing(evidence::Access::Absent, QStringLiteral("this build"),
                                                           notHere().message);
}

evidence::Reading<evidence::Rights> rights(const std::shared_ptr<privilege::Helper> &) { return {}; }

QString cannotUnlock(const evidence::Rights &) { return notHere().message; }

Unlocked unlock(const std::stop_token &) { return {nullptr, notHere().message}; }

bool canMeasure() { return false; }

std::vector<DebugSection> debugSectionsOfHost() { return {}; }

tl::expected<void, Error> ping(const net::IpAddress &, std::optional<net::IpAddress>, std::chrono::milliseconds, std::stop_token,
                               const EventSink &)
{
    return tl::unexpected(notHere());
}

tl::expected<evidence::Sweep, Error> sweep(const std::vector<net::IpAddress> &, const std::stop_token &, const SweepSink &)
{
    return tl::unexpected(notHere());
}

tl::expected<Watched, Error> watch(const WatchPlan &, std::stop_token, const WatchSink &) { return tl::unexpected(notHere()); }

} // namespace bothways::session
