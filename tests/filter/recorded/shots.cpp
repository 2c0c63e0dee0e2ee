// SPDX-License-Identifier: GPL-3.0-or-later
#include "shots.h"

#include "filter/packet/hook_packet.h"

#include <array>
#include <optional>

namespace bothways::kernel {
namespace {

const net::MacAddress innerMac({0x52, 0x54, 0, 9, 0, 0x20}); // of the VM in libvirt-clean-traffic

struct Kind {
    std::uint8_t protocol;
    std::uint8_t type = 8; ///< of ICMP, as IPv4 numbers it
    std::uint16_t port = 0;
    std::uint8_t flags = 0x02;
};

constexpr std::array kinds{
    Kind{icmp, 8},     Kind{icmp, 0},      Kind{icmp, 13},     Kind{tcp, 0, 22},       Kind{tcp, 0, 80},
    Kind{tcp, 0, 443}, Kind{tcp, 0, 8080}, Kind{tcp, 0, 9001}, Kind{tcp, 0, 22, 0x10}, Kind{tcp, 0, 25},
    Kind{udp, 0, 53},  Kind{udp, 0, 67},   Kind{udp, 0, 68},   Kind{udp, 0, 5353},     Kind{udp, 0, 5007},
};

struct Road {
    std::optional<Port> from; ///< none: the box itself
    net::IpAddress source;
    net::IpAddress destination;
};

std::vector<Road> roads(const Site &site)
{
    const auto at = [](const char *text) { return *net::IpAddress::parse(text); };
    std::vector<Road> all;
    for (const bool v4 : {true, false}) {
        const auto box = at(v4 ? "10.9.0.10" : "fd09::10");
        const auto gate = v4 ? site.gate4 : site.gate6;
        const auto inner = v4 ? site.inner4 : site.inner6;
        for (const auto *text : v4 ? std::array{"10.9.0.1", "10.9.0.77", "10.9.0.66", "10.9.0.200"}
                                   : std::array{"fd09::1", "fd09::77", "fd09::66", "fd09::200"}) {
            all.push_back({Port::Left, at(text), box});
            all.push_back({Port::Left, at(text), inner});
            all.push_back({Port::BridgeLeft, inner, at(text)});
        }
        all.push_back({Port::BridgeLeft, inner, gate});
        all.push_back({Port::BridgeLeft, at(v4 ? "10.9.0.66" : "fd09::66"), gate});
        all.push_back({Port::BridgeLeft, at(v4 ? "192.168.122.11" : "fd12::11"), gate}); // not whom it says it is
        all.push_back({std::nullopt, box, at(v4 ? "10.9.0.1" : "fd09::1")});
        all.push_back({std::nullopt, box, at(v4 ? "10.9.0.77" : "fd09::77")});
        all.push_back({std::nullopt, gate, inner});
        if (v4) {
            all.push_back({Port::Left, at("10.3.7.9"), box}); // a network of the rulesets of 5,000 rules
        }
    }
    return all;
}

Spec specOf(const Road &road, const Kind &kind, std::uint16_t tag)
{
    const bool v4 = road.destination.isV4();
    Spec spec;
    spec.source = road.source;
    spec.destination = road.destination;
    spec.protocol = kind.protocol == icmp && !v4 ? icmpv6 : kind.protocol;
    spec.tag = tag;
    spec.icmpType = v4 || kind.type == 13 ? kind.type : static_cast<std::uint8_t>(kind.type == 8 ? 128 : 129);
    spec.echoId = tag;
    spec.sourcePort = static_cast<std::uint16_t>(20000 + tag);
    spec.destinationPort = kind.port;
    spec.tcpFlags = kind.flags;
    spec.payload = spec.protocol == icmp || spec.protocol == icmpv6 ? 56 : 0;
    return spec;
}

void fire(const World &world, const Road &road, const Spec &spec)
{
    const auto bytes = packetBytes(spec);
    if (!road.from) {
        world.emit(bytes, 0);
        return;
    }
    const bool inside = *road.from == Port::BridgeLeft;
    world.inject(*road.from, frame({World::boxMac(*road.from), inside ? innerMac : World::farMac(*road.from),
                                    spec.destination.isV4() ? filter::etherIpv4 : filter::etherIpv6},
                                   bytes));
}

/// From one port of the bridge to the other, and questions of ARP from both sides.
std::uint16_t fireFrames(const World &world, const Site &site, std::uint16_t tag, const std::function<void()> &pause)
{
    const auto other = World::farMac(Port::BridgeRight);
    const net::MacAddress group({0x01, 0, 0x5e, 0, 0, 0x09});
    const net::MacAddress all({0xff, 0xff, 0xff, 0xff, 0xff, 0xff});
    const net::MacAddress stranger({0x52, 0x54, 0, 0, 0, 2});
    for (const auto &from :
         {innerMac, stranger, net::MacAddress({0x52, 0x54, 0, 0, 0, 0x95}), net::MacAddress({0x52, 0x54, 0, 9, 0, 0x77})}) {
        for (const auto &kind : kinds) {
            pause();
            for (const bool v4 : {true, false}) {
                const Road road{Port::BridgeLeft, v4 ? site.inner4 : site.inner6,
                                *net::IpAddress::parse(v4 ? "192.168.122.33" : "fd12::33")};
                const auto type = v4 ? filter::etherIpv4 : filter::etherIpv6;
                const auto bytes = packetBytes(specOf(road, kind, tag++));
                world.inject(Port::BridgeLeft, frame({other, from, type}, bytes));
                world.inject(Port::BridgeLeft,
                             frame({kind.port == 53 ? group : World::boxMac(Port::BridgeLeft), from, type}, bytes));
            }
        }
        pause();
        for (const auto &target :
             {site.gate4, *net::IpAddress::parse("192.168.122.33"), *net::IpAddress::parse("10.9.0.99"), site.inner4}) {
            world.inject(Port::BridgeLeft,
                         frame({all, from, filter::etherArp}, packetBytes(ArpSpec{1, from, site.inner4, {}, target})));
            world.inject(Port::Left, frame({all, from, filter::etherArp},
                                           packetBytes(ArpSpec{1, from, *net::IpAddress::parse("10.9.0.1"), {}, target})));
        }
    }
    return tag;
}

} // namespace

int fireAll(const World &world, const Site &site, const std::function<void()> &pause)
{
    std::uint16_t tag = 1;
    for (const auto &road : roads(site)) {
        for (const auto &kind : kinds) {
            fire(world, road, specOf(road, kind, tag++));
        }
        pause();
    }
    return fireFrames(world, site, tag, pause) - 1;
}

void fireFence(const World &world)
{
    const Road road{Port::BridgeRight, *net::IpAddress::parse("198.51.100.1"), *net::IpAddress::parse("198.51.100.2")};
    auto spec = specOf(road, Kind{udp, 0, 9}, fenceTag);
    world.inject(Port::BridgeRight, frame({World::boxMac(Port::BridgeRight), World::farMac(Port::BridgeRight), filter::etherIpv4},
                                          packetBytes(spec)));
}

} // namespace bothways::kernel
