// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

namespace bothways::facts {

struct Scene; // facts/scene.h

/// Things that only some platforms have. A cause that needs one of them is not possible where it is known to be missing;
/// what could not be looked at counts as there.
enum class Ground : unsigned {
    WindowsHost = 1U << 0U,
    WindowsGuest = 1U << 1U,
    LinuxGuest = 1U << 2U,
    HyperV = 1U << 3U,
    VSphere = 1U << 4U,
    Cloud = 1U << 5U,         ///< nothing tells of one in this version
    NetworkFilter = 1U << 6U, ///< libvirt's nwfilter on this VM's interface
    Macvtap = 1U << 7U,
    Wireless = 1U << 8U,
    Bridge = 1U << 9U,
    OpenVswitch = 1U << 10U,
    Uplink = 1U << 11U, ///< hardware, hence a physical switch, may lie between host and VM
};

/// Bits of Ground.
struct Surroundings {
    unsigned present = ~0U;
    bool has(unsigned anyOf) const { return anyOf == 0 || (present & anyOf) != 0; }
};

Surroundings surroundingsOf(const Scene &scene);

} // namespace bothways::facts
