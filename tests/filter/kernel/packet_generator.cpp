// SPDX-License-Identifier: GPL-3.0-or-later
#include "packet_generator.h"

namespace bothways::kernel {
namespace {

constexpr std::uint8_t flagSyn = 0x02;
constexpr std::uint8_t flagRst = 0x04;
constexpr std::uint8_t flagAck = 0x10;

net::IpAddress address(bool v4, int network, std::string_view host)
{
    const auto text = v4 ? "10." + std::to_string(network) + ".0." : "fd0" + std::to_string(network) + "::";
    return net::IpAddress::parse(text + std::string(host)).value();
}

int networkOf(Port port) { return port == Port::Left ? 9 : port == Port::Right ? 8 : 7; }

Port otherThan(Random &random, Port port)
{
    const auto other = random.pick(std::vector{Port::Left, Port::Right, Port::BridgeLeft});
    return networkOf(other) == networkOf(port) ? (port == Port::Left ? Port::Right : Port::Left) : other;
}

std::uint16_t etherTypeOf(const Shot &shot)
{
    return shot.arp ? net::ethertype::arp : shot.spec.destination.isV4() ? net::ethertype::ipv4 : net::ethertype::ipv6;
}

/// A frame for the box, or from one side of its bridge to the other.
void address(Shot &shot, bool across)
{
    const auto other = shot.port == Port::BridgeLeft ? Port::BridgeRight : Port::BridgeLeft;
    shot.link.source = World::farMac(shot.port);
    shot.link.destination = across ? World::farMac(other) : World::boxMac(shot.port);
    shot.link.etherType = etherTypeOf(shot);
}

/// Where a packet comes from and goes to.
void chooseWay(Random &random, Shot &shot, bool v4)
{
    const auto peer = [&](int network) { return address(v4, network, random.pick(Texts{"1", "1", "1", "2", "77", "200"})); };
    shot.port = random.pick(std::vector{Port::Left, Port::Left, Port::Right, Port::BridgeLeft});
    const int near = networkOf(shot.port);
    auto &spec = shot.spec;
    switch (random.below(8)) {
    case 0:
    case 1:
        spec.source = peer(near);
        spec.destination = address(v4, near, "10");
        break;
    case 2:
    case 3:
        shot.local = true;
        spec.source = address(v4, near, "10");
        spec.destination = random.chance(95) ? peer(near) : address(v4, 9, "10"); // seldom to itself
        shot.mark = random.chance(30) ? static_cast<std::uint32_t>(random.below(4)) : 0U;
        break;
    case 4:
    case 5:
        spec.source = peer(near);
        spec.destination = peer(networkOf(otherThan(random, shot.port)));
        break;
    default:
        shot.port = random.chance(60) ? Port::BridgeLeft : Port::BridgeRight;
        spec.source = address(v4, 7, shot.port == Port::BridgeLeft ? "1" : "2");
        spec.destination = address(v4, 7, shot.port == Port::BridgeLeft ? "2" : "1");
        address(shot, true);
        shot.link.vlan = random.chance(20) ? 5 : -1;
        return;
    }
    address(shot, false);
}

/// A question for the box or across its bridge, or an answer to one that it never asked.
void chooseArp(Random &random, Shot &shot)
{
    shot.port = random.pick(std::vector{Port::Left, Port::Left, Port::Right, Port::BridgeLeft, Port::BridgeRight});
    const int near = networkOf(shot.port);
    ArpSpec arp;
    arp.operation = random.chance(75) ? 1 : 2;
    arp.senderMac = World::farMac(shot.port);
    arp.sender = address(true, near, shot.port == Port::BridgeRight ? "2" : random.pick(Texts{"1", "1", "77"}));
    arp.target = address(true, near, random.pick(Texts{"10", "10", "2", "77"}));
    shot.arp = arp;
    address(shot, shot.port >= Port::BridgeLeft && random.chance(30));
    if (arp.operation == 1) {
        shot.link.destination = net::MacAddress({0xff, 0xff, 0xff, 0xff, 0xff, 0xff});
    } else {
        shot.arp->targetMac = shot.link.destination;
    }
}

void chooseProtocol(Random &random, Spec &spec, bool v4, int number)
{
    static const std::vector<std::uint16_t> ports{22, 53, 80, 85, 443, 7777};
    static const std::vector<std::uint8_t> others{50, 99, 132, 136}; // ESP, any, SCTP, UDP-Lite. GRE is tracked by keys
    spec.sourcePort = static_cast<std::uint16_t>((random.chance(50) ? 30000 : 10000) + number);
    spec.destinationPort = random.pick(ports);
    switch (random.below(3)) {
    case 0:
        spec.protocol = v4 ? icmp : icmpv6;
        spec.icmpType = v4 ? 8 : 128;
        spec.echoId = static_cast<std::uint16_t>(number);
        if (random.chance(20)) {
            spec.icmpType = v4 ? 0 : 129; // a reply nobody asked for
        } else if (random.chance(10)) {
            spec.icmpCode = 1;
        }
        break;
    case 1:
        spec.protocol = tcp;
        spec.tcpFlags = random.pick(std::vector<std::uint8_t>{flagSyn, flagSyn, flagSyn, flagSyn, flagAck, flagRst,
                                                              static_cast<std::uint8_t>(flagSyn | flagAck), 0x11, 0x29});
        break;
    default:
        spec.protocol = random.chance(80) ? udp : random.pick(others);
        break;
    }
}

/// Where an address lives.
Port portTo(const net::IpAddress &destination)
{
    const int network = destination.isV4() ? destination.bytes()[1] : destination.bytes()[1] & 15;
    return network == 9 ? Port::Left : network == 8 ? Port::Right : Port::BridgeLeft;
}

/// The other side's answer, coming the other way.
Shot answerTo(const Shot &shot)
{
    Shot back = shot;
    auto &spec = back.spec;
    std::swap(spec.source, spec.destination);
    std::swap(spec.sourcePort, spec.destinationPort);
    back.mark = 0;
    back.local = false;
    const bool across =
        shot.link.destination == World::farMac(Port::BridgeLeft) || shot.link.destination == World::farMac(Port::BridgeRight);
    if (across) {
        back.port = shot.port == Port::BridgeLeft ? Port::BridgeRight : Port::BridgeLeft;
    } else if (!shot.local) { // it was sent through the box, or to the box, which answers itself
        back.port = portTo(shot.spec.destination);
    }
    address(back, across);
    if (spec.protocol == icmp || spec.protocol == icmpv6) {
        spec.icmpType = spec.protocol == icmp ? 0 : 129;
    }
    if (spec.protocol == tcp && spec.tcpFlags == flagSyn) {
        spec.tcpFlags = flagSyn | flagAck;
        spec.tcpAcknowledged = 2;
    }
    return back;
}

bool goesToBox(const Shot &shot)
{
    const auto text = shot.spec.destination.toString();
    return text.ends_with(".10") || text.ends_with("::10");
}

} // namespace

Buffer Shot::bytes() const
{
    const auto packet = arp ? packetBytes(*arp) : packetBytes(spec);
    return local ? packet : frame(link, packet);
}

void fire(const World &world, const Shot &shot)
{
    if (shot.local) {
        world.emit(shot.bytes(), shot.mark);
    } else {
        world.inject(shot.port, shot.bytes());
    }
}

std::string describe(const Shot &shot)
{
    return (shot.local ? "from the box, mark " + std::to_string(shot.mark)
                       : std::string("into ") + World::boxNames[static_cast<std::size_t>(shot.port)]) +
           ": " + hexadecimal(shot.bytes());
}

std::vector<Shot> generateShots(Random &random, int count)
{
    std::vector<Shot> shots;
    while (static_cast<int>(shots.size()) < count) {
        const auto number = static_cast<int>(shots.size()) + 1;
        const auto *const earlierOne = shots.empty() ? nullptr : &shots[static_cast<std::size_t>(random.below(number - 1))];
        if (earlierOne != nullptr && !earlierOne->arp && random.chance(25)) {
            const auto earlier = *earlierOne;
            auto next = goesToBox(earlier) || random.chance(30) ? earlier : answerTo(earlier);
            next.spec.tag = static_cast<std::uint16_t>(number);
            shots.push_back(next);
            continue;
        }
        Shot shot;
        if (random.chance(8)) {
            chooseArp(random, shot);
            shots.push_back(shot);
            continue;
        }
        const bool v4 = random.chance(65);
        chooseWay(random, shot, v4);
        chooseProtocol(random, shot.spec, v4, number);
        shot.spec.ttl = static_cast<std::uint8_t>(random.pick(std::vector<int>{33, 64, 64, 128}));
        shot.spec.payload = static_cast<std::size_t>(random.below(80));
        shot.spec.tag = static_cast<std::uint16_t>(number);
        shots.push_back(shot);
    }
    return shots;
}

Shot fence()
{
    Shot shot;
    shot.spec.source = address(true, 9, "99");
    shot.spec.destination = address(true, 9, "10");
    shot.spec.protocol = udp;
    shot.spec.sourcePort = 9;
    shot.spec.destinationPort = 9;
    shot.spec.tag = fenceTag;
    address(shot, false);
    return shot;
}

} // namespace bothways::kernel
