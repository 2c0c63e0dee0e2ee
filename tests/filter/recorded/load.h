// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "nftables.h"
#include "world.h"

#include <stdexcept>
#include <string_view>

namespace bothways::kernel {

/// Gives the box the devices and addresses that the ruleset's makers had. Names: eth0 stays; br0 becomes `bridge`.
struct Site {
    const char *bridge;    ///< "virbr0", "docker0"
    net::IpAddress gate4;  ///< the box's address on it
    net::IpAddress inner4; ///< who is behind it
    net::IpAddress gate6;
    net::IpAddress inner6;
};
Site siteOf(std::string_view ruleset);
void settle(const World &world, const Site &site);

/// A restore program does not take the ruleset.
struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Puts the recorded ruleset into the box's kernel by the tools' own restore programs.
void load(const World &world, const Nft &nft, std::string_view ruleset);

} // namespace bothways::kernel
