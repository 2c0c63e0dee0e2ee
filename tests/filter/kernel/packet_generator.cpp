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

/// Where a packet comes from and goes to.
void chooseWay(Random &random, Shot &shot, bool v4)
{
    const auto peer = [&](int network) { return address(v4, network, random.pick(Texts{"1", "1", "1", "2", "77", "200"})); };
    const bool left = random.chance(60);
    const int near = left ? 9 : 8;
    shot.port = left ? Port::Left : Port::Right;
    switch (random.below(3)) {
    case 0:
        shot.spec.source = peer(near);
        shot.spec.destination = address(v4, near, "10");
        break;
    case 1:
        shot.local = true;
        shot.spec.source = address(v4, near, "10");
        shot.spec.destination = peer(near);
        shot.mark = random.chance(30) ? static_cast<std::uint32_t>(random.below(4)) : 0U;
        break;
    default:
        shot.spec.source = peer(near);
        shot.spec.destination = peer(near == 9 ? 8 : 9);
        break;
    }
}

void chooseProtocol(Random &random, Spec &spec, bool v4, int number)
{
    static const std::vector<std::uint16_t> ports{22, 53, 80, 85, 443, 7777};
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
        spec.protocol = udp;
        break;
    }
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
    if (!shot.local) { // it was sent through the box, or to the box, which answers itself
        back.port = shot.port == Port::Left ? Port::Right : Port::Left;
    }
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
    const auto packet = packetBytes(spec);
    return local ? packet
                 : frame(World::boxMac(port), World::farMac(port),
                         spec.destination.isV4() ? net::ethertype::ipv4 : net::ethertype::ipv6, packet);
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
        const bool again = !shots.empty() && random.chance(25);
        if (again) {
            const auto &earlier = random.pick(shots);
            auto next = goesToBox(earlier) || random.chance(30) ? earlier : answerTo(earlier);
            next.spec.tag = static_cast<std::uint16_t>(number);
            shots.push_back(next);
            continue;
        }
        Shot shot;
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
    return shot;
}

} // namespace bothways::kernel
