// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <optional>

namespace bothways::collect {

/// Which way a packet to `destination` would take.
struct RouteQuestion {
    net::IpAddress destination;
    std::optional<net::IpAddress> from;
};

} // namespace bothways::collect
