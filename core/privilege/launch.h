// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/packet.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include <tl/expected.hpp>

namespace bothways::privilege {

/// The stream to a running helper. What another system needs to have instead of a socket, it needs to have here only.
class Link {
public:
    virtual ~Link() = default; ///< ends the helper; takes at most about a second

    enum class State { Open, Closed };
    /// Waits at most that long for bytes; `count` is 0 where none came.
    virtual State receive(std::span<std::uint8_t> room, std::size_t &count, std::chrono::milliseconds wait) = 0;
    /// Sends all of it, or gives up after that long: Closed then too.
    virtual State send(net::Bytes bytes, std::chrono::milliseconds wait) = 0;

    struct Ending {
        bool ended = false;
        int exitCode = -1; ///< -1 where a signal ended it
        int signal = 0;
    };
    /// How the program ended; waits up to half a second for it to do so.
    virtual Ending ending() = 0;
};

struct Launch {
    std::string program;     ///< absolute path of bothways-helper
    bool askTheUser = false; ///< through pkexec(1), which asks for a password; else the file itself must carry capabilities
};

/// Whether pkexec(1) is installed. Whether it will ask, and whom, only trying tells.
bool canAskTheUser();

/// Starts the helper in the network namespace of the calling thread. errno where it cannot be started.
tl::expected<std::unique_ptr<Link>, int> launch(const Launch &how);

} // namespace bothways::privilege
