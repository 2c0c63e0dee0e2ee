// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/field.h"

#include <bitset>
#include <utility>

/// A packet under way, with what the hooks that it passed made of it.
namespace bothways::filter {

/// What address translation does to one end of a connection.
struct Mapping {
    enum class State : std::uint8_t {
        Kept,
        Changed, ///< to `after`; to something unknown where that is empty
        Unknown, ///< whether anything changes is not known
    };
    template <typename T>
    struct Change {
        State state = State::Kept;
        std::optional<T> before;
        std::optional<T> after;
    };
    Change<net::IpAddress> address;
    Change<int> port;
    bool decided = false; ///< a rule decided for certain: no further chain is asked
};

/// What netfilter remembers of a connection from packet to packet.
struct Connection {
    Mapping source;      ///< decided in postrouting or input
    Mapping destination; ///< decided in prerouting or output
};

using Blurred = std::bitset<static_cast<std::size_t>(Key::Count)>;

struct Passing {
    Passing() = default;
    explicit Passing(Packet first) : packet(std::move(first)) {}

    Packet packet; ///< as it is now
    Connection connection;
    Blurred blurred;                ///< fields that a rule gave a value which is not known
    Truth untracked = Truth::No;    ///< whether a rule took it out of connection tracking
    bool stateKnown = true;         ///< false: `packet.ct` is a guess
    std::optional<Packet> original; ///< as it was before address translation, where something was translated
};

} // namespace bothways::filter
