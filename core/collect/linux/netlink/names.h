// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "evidence/node.h"

#include <QString>

#include <cstdint>

/// What the kernel's numbers mean (linux/if_link.h, rtnetlink.h, neighbour.h, fib_rules.h), or the words iproute2 prints for
/// them. A number without a meaning is worded as the number, so nothing is lost.
namespace bothways::collect {

/// The name of an interface by its index.
using NameOf = std::function<QString(std::uint32_t index)>;

evidence::Worded<evidence::OperState> operState(std::uint8_t value);            ///< IFLA_OPERSTATE (RFC 2863)
evidence::Worded<evidence::PortState> portState(std::uint8_t value);            ///< IFLA_BRPORT_STATE (IEEE 802.1D)
evidence::Worded<evidence::AddressScope> addressScope(std::uint8_t value);      ///< rt_scope_t
evidence::Worded<evidence::RouteType> routeType(std::uint8_t value);            ///< RTN_*
evidence::Worded<evidence::RuleAction> ruleAction(std::uint8_t value);          ///< FR_ACT_*
evidence::Worded<evidence::NeighbourState> neighbourState(std::uint16_t value); ///< NUD_*
QString macvlanModeName(std::uint32_t value);                                   ///< IFLA_MACVLAN_MODE
QString bondModeName(std::uint8_t value);                                       ///< IFLA_BOND_MODE
QString routeProtocolName(std::uint8_t value);                                  ///< RTPROT_*

} // namespace bothways::collect
