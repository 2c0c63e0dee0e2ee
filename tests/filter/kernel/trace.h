// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "world.h"

#include <optional>
#include <set>
#include <string>

/// What the kernel says about packets that rules trace: the messages that `nft monitor trace` shows.
/// Sources: net/netfilter/nf_tables_trace.c, include/uapi/linux/netfilter/nf_tables.h.
namespace bothways::kernel {

enum class EventType : std::uint32_t { Policy = 1, Return = 2, Rule = 3 };

/// NF_* and NFT_* verdict codes.
constexpr std::int32_t verdictDrop = 0;
constexpr std::int32_t verdictAccept = 1;
constexpr std::int32_t verdictStolen = 2;
constexpr std::int32_t verdictQueue = 3;

/// Families as in enum nfproto.
constexpr std::uint8_t familyInet = 1;
constexpr std::uint8_t familyIp = 2;
constexpr std::uint8_t familyArp = 3;
constexpr std::uint8_t familyNetdev = 5;
constexpr std::uint8_t familyBridge = 7;
constexpr std::uint8_t familyIp6 = 10;

struct Event {
    std::uint8_t tableFamily = 0;
    std::uint32_t packetFamily = 0; ///< of the hook: ip or ip6 where the table is inet
    EventType type = EventType::Rule;
    std::string table;
    std::string chain;
    std::uint64_t handle = 0;
    std::int32_t verdict = 0; ///< of a rule, or the policy
    std::uint32_t id = 0;     ///< of the packet; soon reused
    std::uint32_t mark = 0;
    std::uint32_t inputIndex = 0;
    std::uint32_t outputIndex = 0;
    Buffer link; ///< headers: with the first event of each base chain only
    Buffer network;
    Buffer transport;
    std::uint16_t inputType = 0; ///< ARPHRD_*
    std::uint16_t outputType = 0;
    std::optional<std::uint8_t> ctDirection;
    std::optional<std::uint32_t> ctStatus;
    std::optional<std::uint32_t> ctState; ///< as `ct state`; none while no connection tracking knows the packet
};

std::optional<Event> parseEvent(net::Bytes message);

/// A socket that hears the trace of the network namespace in which it was made.
class Trace {
public:
    Trace();
    /// What has come so far. Waits at most that long for the first event.
    std::vector<Event> receive(std::chrono::milliseconds patience);
    bool overrun() const { return m_overrun; } ///< events were lost
    void reset() { m_overrun = false; }

private:
    Descriptor m_socket;
    Buffer m_buffer;
    bool m_overrun = false;
};

} // namespace bothways::kernel
