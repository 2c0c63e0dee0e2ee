// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/walk/path_walk.h"

#include <functional>
#include <span>

/// A request, its reply, and the next request, through every machine between and at both ends.
namespace bothways::filter {

/// A machine that the exchange crosses.
struct Machine {
    enum class Role : std::uint8_t { Sender, Router, Bridge, Receiver };
    struct Side {
        std::string interface; ///< empty: not known
        std::string port;      ///< of the bridge that `interface` is
    };
    const Ruleset *rules = nullptr;
    Role role = Role::Sender;
    Side towardsSender;
    Side towardsReceiver;
    BridgeNetfilter bridging;
    /// RTN_* of an address, as the machine's routing tables say; nothing where that is not known. Empty: never known.
    std::function<std::optional<int>(const net::IpAddress &)> addressType = {};
};

enum class Turn : std::uint8_t { FirstRequest, Reply, NextRequest };

struct Crossing {
    std::size_t machine = 0;
    Turn turn = Turn::FirstRequest;
    Way way = Way::Out;
    PathAnswer path;
    Packet left; ///< as it is behind the machine, or as its socket gets it
};

/// The answer that a plain peer gives: echo reply to echo request, SYN and ACK to SYN, addresses and ports turned round. Nothing
/// where there is none (an ICMP error, a neighbour advertisement).
std::optional<Packet> replyTo(const Packet &request);

/// Each crossing in order: the first request through all machines, the reply back through all, the next request through all.
/// Every one is walked as if those before had passed. Connection tracking of each machine is followed: a reply is established
/// where the request was tracked, the next request where the reply was too; marks and translations of the connection are kept.
/// Without a reply there is only the request.
std::vector<Crossing> walkExchange(std::span<const Machine> machines, const Packet &request);

std::string_view name(Turn turn);

} // namespace bothways::filter
