// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace bothways::filter {

/// A kind of ICMP message: one type, and a range of its codes.
struct IcmpKind {
    std::uint8_t type = 0;
    std::uint8_t firstCode = 0;
    std::uint8_t lastCode = 255;
};

/// As iptables, ip6tables, ebtables and ipset write it: "echo-request", "host-unreachable", "8", "3/1", "3/0:4". Nothing if it is
/// none. nft's own names are others (names.h).
std::optional<IcmpKind> readIcmpKind(net::Family family, std::string_view text);

} // namespace bothways::filter
