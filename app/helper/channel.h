// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/packet.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace bothways::helper {

/// The stream to the client. What another system needs to have instead of a socket, it needs to have here only.
class Channel {
public:
    virtual ~Channel() = default;

    enum class State { Open, Closed };
    /// Bytes that have come, at most as many as there is room for; never blocks.
    virtual State receive(std::span<std::uint8_t> room, std::size_t &count) = 0;
    /// Sends what goes without waiting; never blocks.
    virtual State send(net::Bytes bytes, std::size_t &count) = 0;
    /// Waits until bytes came, or can be sent where `wantsRoom`, or one of `others` is readable, or the time is over.
    virtual void wait(bool wantsInput, bool wantsRoom, std::span<const int> others, int milliseconds) = 0;
    /// True once the client is gone.
    virtual bool hungUp() = 0;
};

/// Who is at the other end of standard input, by the kernel's word.
struct Peer {
    unsigned user = 0;
    unsigned group = 0;
};

/// Standard input as the channel; nothing where it is no connected Unix stream socket.
struct Connection {
    std::unique_ptr<Channel> channel;
    Peer peer;
};
std::optional<Connection> connectStandardInput();

} // namespace bothways::helper
