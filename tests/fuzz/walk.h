// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"

#include <cstdint>

namespace bothways::fuzz {

/// The packets of a ping in both directions through every hook; whatever was read must also be walked without harm.
inline void walkEverywhere(const filter::Ruleset &rules)
{
    constexpr std::uint32_t host = 0xc0a87a01;
    constexpr std::uint32_t guest = 0xc0a87a0a;
    filter::Packet request;
    request.source = net::IpAddress::fromV4(host);
    request.destination = net::IpAddress::fromV4(guest);
    request.icmpType = 8;
    request.icmpCode = 0;
    request.inputInterface = "eth0";
    filter::Packet reply = request;
    std::swap(reply.source, reply.destination);
    reply.icmpType = 0;
    reply.ct = filter::CtState::Established;
    using filter::Hook;
    for (const Hook hook :
         {Hook::Prerouting, Hook::Input, Hook::Forward, Hook::Output, Hook::Postrouting, Hook::Ingress, Hook::Egress}) {
        filter::walk(rules, hook, request);
        filter::blockers(rules, hook, reply);
    }
}

} // namespace bothways::fuzz
