// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"
#include "filter/walk/hook_walk.h"

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
    filter::Packet question; // ARP
    question.source = request.source;
    question.destination = request.destination;
    question.etherType = filter::etherArp;
    question.arpOperation = 1;
    question.inputInterface = "br0";
    question.inputPort = "vnet0";
    filter::Packet six = request;
    six.source = net::IpAddress::fromV6({0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    six.destination = net::IpAddress::fromV6({0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2});
    six.protocol = 58;
    six.icmpType = 128;
    for (auto hook = Hook::Prerouting; hook <= Hook::ArpOutput; hook = static_cast<Hook>(static_cast<int>(hook) + 1)) {
        filter::walk(rules, hook, request);
        filter::blockers(rules, hook, reply);
        filter::walk(rules, hook, six);
        if (!filter::isIp(hook)) {
            filter::walk(rules, hook, question);
        }
    }
}

} // namespace bothways::fuzz
