// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sweep.h"

#include "probe/sweep.h"

namespace bothways::session {

tl::expected<evidence::Sweep, Error> sweep(const std::vector<net::IpAddress> &addresses, const std::stop_token &stop,
                                           const SweepSink &sink)
{
    static_assert(mostSwept == probe::mostSwept);
    auto swept = probe::sweep(addresses, stop, [&](const probe::SweepProgress &progress) {
        if (sink) {
            sink({progress.decided, progress.answered, progress.all});
        }
    });
    if (!swept) {
        return tl::unexpected(Error{ErrorKind::CouldNotMeasure, swept.error()});
    }
    return std::move(*swept);
}

} // namespace bothways::session
