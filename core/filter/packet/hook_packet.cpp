// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/packet/hook_packet.h"

namespace bothways::filter {
std::string_view name(Hook hook)
{
    switch (hook) {
    case Hook::Prerouting:
        return "prerouting";
    case Hook::Input:
        return "input";
    case Hook::Forward:
        return "forward";
    case Hook::Output:
        return "output";
    case Hook::Postrouting:
        return "postrouting";
    case Hook::Ingress:
        return "ingress";
    case Hook::Egress:
        return "egress";
    case Hook::BridgePrerouting:
        return "bridge-prerouting";
    case Hook::BridgeInput:
        return "bridge-input";
    case Hook::BridgeForward:
        return "bridge-forward";
    case Hook::BridgeOutput:
        return "bridge-output";
    case Hook::BridgePostrouting:
        return "bridge-postrouting";
    case Hook::ArpInput:
        return "arp-input";
    case Hook::ArpOutput:
        return "arp-output";
    }
    return {};
}

std::string_view name(CtState state)
{
    switch (state) {
    case CtState::New:
        return "new";
    case CtState::Established:
        return "established";
    case CtState::Related:
        return "related";
    case CtState::Invalid:
        return "invalid";
    case CtState::Untracked:
        return "untracked";
    }
    return {};
}

} // namespace bothways::filter
