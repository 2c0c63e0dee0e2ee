// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"
#include "filter/walk/hook_walk.h"
#include "legacy_trace.h"

#include <map>

namespace bothways::kernel {

/// The tables of the tests' own rules: at each hook a chain in front of all others that starts the trace, and one behind them.
/// Right behind connection tracking another one shows what that found.
constexpr auto oracleName = "oracle";
std::string oracleRules();

/// One packet at one hook: as it came, what the rules did, and whether it got through.
struct Visit {
    filter::Hook hook = filter::Hook::Input;
    Event entry;                     ///< with the packet's headers
    std::optional<Event> tracked;    ///< right behind connection tracking, where that looks at packets
    std::vector<Event> events;       ///< of the rules under test, in order
    std::vector<LegacyEvent> legacy; ///< likewise
    bool passed = false;             ///< reached the chain behind all others
    std::uint32_t status() const;    ///< IPS_* bits of the connection, as seen first at this hook
    std::uint16_t tag() const;       ///< IPv4 identification or IPv6 flow label; 0 of ARP
};

/// Sorts the events of many packets, which may be interleaved, into visits in the order of their beginning.
std::vector<Visit> visitsOf(const std::vector<Event> &events);

/// Adds what the legacy tables said, for packets that can be told apart by their headers.
void addLegacy(std::vector<Visit> &visits, const std::vector<LegacyEvent> &events);

/// The packet as the visit's headers show it; nothing where they are cut short. `names`: interfaces by index.
std::optional<filter::Packet> packetOf(const Visit &visit, const std::map<std::uint32_t, std::string> &names);
/// Type of service of an IP packet.
std::uint8_t serviceOf(const Visit &visit);

} // namespace bothways::kernel
