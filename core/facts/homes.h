// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/scene.h"

#include <vector>

/// Behind which port a MAC is, by the frames that came in there.
namespace bothways::facts {

/// A port through which a MAC's own frames come in, for one of the addresses that it speaks for.
struct Home {
    QString port;
    net::IpAddress address;
    bool isVms = false; ///< it is the VM's port
    qint64 frames = 0;
    bool operator==(const Home &) const = default;
};

/// For each address that the MAC speaks for, the port where its frames come in. A bridge sends some frames out at every port, and
/// the capture sees those, too: the port where they come in has them first, and has them all. An address for which ports do not
/// differ in that is left out. Only live points that saw everything count.
std::vector<Home> homesOf(const Scene &scene, const net::MacAddress &mac);

/// The port besides the VM's own behind which the VM's MAC is, too: by what came in there, or as the bridge learned it.
struct Twin {
    QString port;
    std::optional<net::IpAddress> address; ///< that the other machine speaks for, where its frames tell
    bool captured = false;
    bool learned = false; ///< the bridge's forwarding table has the MAC there
};
std::optional<Twin> twinOf(const Scene &scene);

} // namespace bothways::facts
