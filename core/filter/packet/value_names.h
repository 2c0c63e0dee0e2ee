// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/packet/value.h"

/// Names that nft and iptables print for numbers. Sources: nftables src/proto.c, src/ct.c, src/fib.c; IANA
/// protocol-numbers as in /etc/protocols; iptables extensions/libxt_icmp.h.
namespace bothways::filter {

std::optional<std::uint64_t> numberOf(Type type, std::string_view name);

} // namespace bothways::filter
