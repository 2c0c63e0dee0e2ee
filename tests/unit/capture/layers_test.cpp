// SPDX-License-Identifier: GPL-3.0-or-later
// The decoder on what tcpdump recorded (tests/data/capture/record), and on everything near it.
#include "catch.h"

#include "support.h"

#include <algorithm>
#include <functional>

using namespace bothways;
using namespace bothways::net;
using bothways::test::ip;
using bothways::test::Kept;
using bothways::test::recorded;

namespace {

std::vector<Kept> having(const std::vector<Kept> &frames, const std::function<bool(const Layers &)> &condition)
{
    std::vector<Kept> found;
    std::copy_if(frames.begin(), frames.end(), std::back_inserter(found),
                 [&](const Kept &each) { return condition(each.layers()); });
    return found;
}

bool isTcp(const Layers &layers) { return layers.transport == Transport::Tcp; }
bool isUdp(const Layers &layers) { return layers.transport == Transport::Udp; }
bool isIcmp(const Layers &layers) { return layers.transport == Transport::Icmp; }
bool isTagged(const Layers &layers) { return layers.link.tagCount > 0; }
bool isFragment(const Layers &layers) { return layers.network == Network::Ip && layers.ip.isFragment; }

bool isEcho(const Layers &layers) { return isIcmp(layers) && decodeEcho(layers.ip.family(), layers.ip.payload).has_value(); }

} // namespace

TEST_CASE("everything recorded is decoded to its end")
{
    const auto *const name = GENERATE("ethernet.pcap", "cooked1.pcap", "cooked2.pcap", "raw.pcap", "nanoseconds.pcap");
    const auto file = recorded(name);
    REQUIRE(file.problem.empty());
    REQUIRE_FALSE(file.frames.empty());
    for (const auto &each : file.frames) {
        const auto layers = each.layers();
        CHECK(layers.trouble == Trouble::None);
        CHECK((layers.network == Network::Arp || layers.network == Network::Ip));
    }
}

TEST_CASE("an ARP exchange and an echo in Ethernet")
{
    const auto file = recorded("ethernet.pcap");
    const auto arp = having(file.frames, [](const Layers &layers) { return layers.network == Network::Arp; });
    REQUIRE(arp.size() >= 2);
    const auto request = arp[0].layers();
    CHECK(request.arp.operation == ArpPacket::request);
    CHECK(request.link.destination.toString() == "ff:ff:ff:ff:ff:ff");
    CHECK(request.arp.targetAddress == ip("10.9.0.10"));
    CHECK(arp[1].layers().arp.senderMac.toString() == "52:54:00:09:00:10");

    const auto echoes = having(file.frames, isEcho);
    const auto first = echoes.at(0).layers();
    CHECK(first.ip.source == ip("10.9.0.1"));
    CHECK(first.ip.destination == ip("10.9.0.10"));
    CHECK(first.ip.hopLimit == 64);
    CHECK(first.ip.length == 84);
    CHECK(first.icmp.type == icmp::echoRequest);
    const auto echo = decodeEcho(Family::v4, first.ip.payload);
    CHECK(echo->sequence == 1);
    CHECK(echo->payload.size() == 56);
    CHECK(internetChecksum(first.ip.payload) == 0);
    // ping -R: a header with options
    const auto withOptions = having(echoes, [](const Layers &layers) { return layers.ip.length == 124; });
    REQUIRE(withOptions.size() == 2);
    CHECK(internetChecksum(withOptions[0].layers().ip.payload) == 0);
}

TEST_CASE("fragments of both families, of which only the first has a message")
{
    const auto fragments = having(recorded("ethernet.pcap").frames, isFragment);
    REQUIRE(fragments.size() == 8); // a request and a reply of 1,600 bytes, each in two, IPv4 and IPv6
    for (const auto &each : fragments) {
        const auto layers = each.layers();
        CHECK((layers.transport == Transport::Icmp) == (layers.ip.fragmentOffset == 0));
        CHECK(layers.ip.moreFragments == (layers.ip.fragmentOffset == 0));
        CHECK(layers.ip.identification != 0);
        CHECK(layers.ip.protocol == (layers.ip.source.isV4() ? protocol::icmp : protocol::icmpv6));
    }
    CHECK(fragments[0].layers().ip.identification == fragments[1].layers().ip.identification);
    CHECK(fragments[1].layers().ip.fragmentOffset == 1480);
    CHECK(fragments[5].layers().ip.fragmentOffset == 1448);
}

TEST_CASE("TCP and UDP, behind an IPv6 destination option too")
{
    const auto file = recorded("ethernet.pcap");
    const auto tcp = having(file.frames, isTcp);
    REQUIRE(tcp.size() >= 4);
    CHECK(tcp[0].layers().tcp.flags == tcp::syn);
    CHECK(tcp[0].layers().tcp.destinationPort == 80);
    CHECK(tcp[1].layers().tcp.flags == (tcp::syn | tcp::ack));
    CHECK(tcp[1].layers().tcp.acknowledgement == tcp[0].layers().tcp.sequence + 1);
    CHECK(tcp[1].layers().tcp.payload.empty());

    const auto udp = having(file.frames, isUdp);
    REQUIRE(udp.size() == 3);
    CHECK(std::string(udp[0].layers().udp.payload.begin(), udp[0].layers().udp.payload.end()) == "bothways");
    CHECK(udp[0].layers().udp.length == 16);
    const auto optioned = udp[2].layers();
    CHECK(optioned.ip.source.isV6());
    CHECK(optioned.ip.protocol == protocol::udp);
    CHECK(optioned.udp.destinationPort == 9998);
    CHECK(std::string(optioned.udp.payload.begin(), optioned.udp.payload.end()) == "option");
}

TEST_CASE("ICMP errors quote what they are about")
{
    const auto file = recorded("ethernet.pcap");
    std::vector<Quotation> quoted;
    for (const auto &each : having(file.frames, isIcmp)) {
        const auto layers = each.layers();
        if (const auto quotation = decodeQuotation(layers.ip.family(), layers.ip.payload)) {
            quoted.push_back(*quotation);
        }
    }
    REQUIRE(quoted.size() == 4); // a rejected SYN, and three datagrams to closed ports
    CHECK(quoted[0].type == icmp::destinationUnreachable);
    CHECK(quoted[0].code == 13); // communication administratively prohibited
    CHECK(quoted[0].transport == Transport::Tcp);
    CHECK(quoted[0].destinationPort == 82);
    CHECK(quoted[0].ip.destination == ip("10.9.0.10"));
    CHECK(quoted[1].transport == Transport::Udp);
    CHECK(quoted[1].destinationPort == 9999);
    CHECK(quoted[2].ip.source == ip("fd09::1"));
    CHECK(quoted[2].type == icmpv6::destinationUnreachable);
    CHECK(quoted[3].destinationPort == 9998); // behind an extension header
}

TEST_CASE("VLAN tags: one, two, and one with a priority only")
{
    const auto tagged = having(recorded("ethernet.pcap").frames, isTagged);
    REQUIRE(tagged.size() == 3);
    const auto one = tagged[0].layers();
    CHECK(one.link.tagCount == 1);
    CHECK(one.link.tags[0] == VlanTag{10, 1, false, false});
    const auto two = tagged[1].layers();
    CHECK(two.link.tagCount == 2);
    CHECK(two.link.tags[0] == VlanTag{100, 0, false, true});
    CHECK(two.link.tags[1] == VlanTag{20, 1, false, false});
    CHECK(tagged[2].layers().link.tags[0] == VlanTag{0, 7, false, false});
    for (const auto &each : tagged) {
        CHECK(each.layers().link.etherType == ethertype::ipv4);
        CHECK(isEcho(each.layers()));
    }
}

TEST_CASE("cooked captures say who sent it, and raw ones have no link header")
{
    for (const auto *name : {"cooked1.pcap", "cooked2.pcap"}) {
        const auto echoes = having(recorded(name).frames, isEcho);
        REQUIRE(echoes.size() == 8);
        const auto request = echoes[0].layers();
        CHECK(request.link.direction == CookedDirection::Outgoing);
        CHECK(request.link.source.toString() == "52:54:00:09:00:01");
        CHECK(echoes[1].layers().link.direction == CookedDirection::ToUs);
        CHECK((request.link.interfaceIndex != 0) == (name[6] == '2'));
    }
    const auto raw = recorded("raw.pcap");
    CHECK(isEcho(raw.frames.at(0).layers()));
    CHECK(raw.frames.at(0).layers().ip.destination == ip("10.8.0.2"));
}

TEST_CASE("a frame that the capture cut off is not malformed, one that ends by itself is")
{
    const auto cut = recorded("cut.pcap");
    for (const auto &each : cut.frames) {
        REQUIRE(each.bytes.size() == 40);
        const auto layers = each.layers();
        // 26 bytes of IP: whole header and 6 bytes of ICMP with IPv4, less than a header with IPv6
        CHECK(layers.trouble == Trouble::Cut);
        CHECK((layers.network == Network::Ip) == (layers.link.etherType == ethertype::ipv4));
        CHECK(decodeLayers(each.linkType, each.bytes, 40).trouble == Trouble::Malformed);
    }
    const auto whole = recorded("ethernet.pcap");
    for (const auto &each : whole.frames) {
        for (std::size_t size = 0; size < std::min<std::size_t>(each.bytes.size(), 14); ++size) {
            const auto part = Bytes(each.bytes).first(size);
            CHECK(decodeLayers(each.linkType, part, static_cast<std::uint32_t>(size)).trouble == Trouble::Malformed);
            CHECK(decodeLayers(each.linkType, part, each.originalLength).trouble == Trouble::Cut);
        }
    }
}

TEST_CASE("what contradicts itself is malformed, and an unknown link type is said to be one")
{
    auto echo = having(recorded("ethernet.pcap").frames, isEcho).at(0);
    const auto troubleWith = [&echo](std::size_t at, std::uint8_t value) {
        auto bytes = echo.bytes;
        bytes.at(at) = value;
        return decodeLayers(LinkType::Ethernet, bytes, static_cast<std::uint32_t>(bytes.size())).trouble;
    };
    CHECK(troubleWith(14, 0x44) == Trouble::Malformed); // header shorter than a header
    CHECK(troubleWith(14, 0x65) == Trouble::Malformed); // version
    CHECK(troubleWith(16, 0x01) == Trouble::Malformed); // longer than the frame
    CHECK(troubleWith(17, 19) == Trouble::Malformed);   // shorter than its header
    CHECK(decodeLayers(static_cast<LinkType>(147), echo.bytes, 98).trouble == Trouble::UnknownLink);
    // IPv6 extension headers without end
    std::vector<std::uint8_t> chain(14 + 40 + 17 * 8, 0);
    chain[12] = 0x86;
    chain[13] = 0xdd;
    chain[14] = 0x60;
    chain[19] = 17 * 8;
    CHECK(decodeLayers(LinkType::Ethernet, chain, static_cast<std::uint32_t>(chain.size())).trouble == Trouble::Malformed);
    // tags without end
    std::vector<std::uint8_t> tags(12);
    for (int i = 0; i < 12; ++i) {
        tags.insert(tags.end(), {0x81, 0x00, 0x00, 0x01});
    }
    CHECK(decodeLayers(LinkType::Ethernet, tags, static_cast<std::uint32_t>(tags.size())).trouble == Trouble::Malformed);
}
