// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/vm.h"

#include <algorithm>

namespace bothways::evidence {

Worded<Mode> modeOf(const VmInterface &interface, const Inventory &inventory)
{
    switch (interface.type.value()) {
    case Attachment::Network: {
        const auto network = std::find_if(inventory.networks.begin(), inventory.networks.end(),
                                          [&](const auto &candidate) { return candidate.name == interface.network; });
        if (network == inventory.networks.end()) {
            return Mode::Unknown;
        }
        return network->forwardMode == ForwardMode::Bridge ? Mode::Bridged : Worded<Mode>::of(network->forwardMode.word());
    }
    case Attachment::Bridge:
        return Mode::Bridged;
    case Attachment::Direct:
        return Mode::Macvtap;
    default: // the others are called alike, as attachment and as mode
        return Worded<Mode>::of(interface.type.word());
    }
}

} // namespace bothways::evidence
