// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab.h"

#include <cstdint>
#include <string>
#include <thread>

namespace bothways::lab {

/// Echo requests in 802.1Q frames, ten a second, out of an interface of a machine, until this goes. The kernel of the lab has no
/// VLAN links; a packet socket needs none.
class TaggedPings {
public:
    TaggedPings(const Namespace &machine, std::string interface, std::uint16_t vlan, std::string source, std::string destination,
                std::string destinationMac);
    ~TaggedPings();
    TaggedPings(const TaggedPings &) = delete;
    TaggedPings &operator=(const TaggedPings &) = delete;

private:
    std::jthread m_thread;
};

} // namespace bothways::lab
