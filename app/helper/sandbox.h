// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"

#include <string>

#include <tl/expected.hpp>

/// Gives up everything that the requests do not need, for good, and sees to it that it is gone.
namespace bothways::helper {

/// What is left.
struct Held {
    bool rawSockets = false;     ///< CAP_NET_RAW
    bool administration = false; ///< CAP_NET_ADMIN: the kernel lists nftables rules for nobody else
    bool landlock = false;
};

/// Before anything else in main: no environment, no descriptors but the first three, no core file, signals as they come.
void beginClean();

/// Capabilities that were given but are not raised yet become effective, for what is opened before enclose().
void raiseGiven();

/// From root to the peer's user (to nobody where the peer is root), every capability but the two dropped from every set, no new
/// privileges, death with the parent, Landlock, seccomp. Then looks whether all that is so. In English, what went wrong.
tl::expected<Held, std::string> enclose(const Peer &peer);

} // namespace bothways::helper
