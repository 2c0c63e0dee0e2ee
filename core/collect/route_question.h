// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <QString>

#include <optional>

namespace bothways::collect {

/// Which way a packet to `destination` would take.
struct RouteQuestion {
    net::IpAddress destination;
    std::optional<net::IpAddress> from;
    QString inputInterface = {}; ///< where the packet comes in; empty: it is this machine's own
};

} // namespace bothways::collect
