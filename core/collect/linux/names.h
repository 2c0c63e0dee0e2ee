// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>

/// The words iproute2 prints for the kernel's numbers (linux/if_link.h, rtnetlink.h, neighbour.h, fib_rules.h).
/// A number without a word is printed as the number, so nothing is lost.
namespace bothways::collect {

QString operStateName(std::uint8_t value);       ///< IFLA_OPERSTATE (RFC 2863)
QString bridgeStateName(std::uint8_t value);     ///< IFLA_BRPORT_STATE (IEEE 802.1D)
QString macvlanModeName(std::uint32_t value);    ///< IFLA_MACVLAN_MODE
QString scopeName(std::uint8_t value);           ///< rt_scope_t
QString routeTypeName(std::uint8_t value);       ///< RTN_*
QString routeProtocolName(std::uint8_t value);   ///< RTPROT_*
QString ruleActionName(std::uint8_t value);      ///< FR_ACT_*
QString neighbourStateName(std::uint16_t value); ///< NUD_*

} // namespace bothways::collect
