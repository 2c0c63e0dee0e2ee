// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "net/packet.h"

#include <string>
#include <vector>

using namespace bothways::net;

namespace {

std::vector<std::uint8_t> bytesOf(std::string_view hex)
{
    std::vector<std::uint8_t> bytes;
    std::string pair;
    for (const char c : hex) {
        if (c == ' ' || c == '\n') {
            continue;
        }
        pair += c;
        if (pair.size() == 2) {
            bytes.push_back(static_cast<std::uint8_t>(std::stoi(pair, nullptr, 16)));
            pair.clear();
        }
    }
    return bytes;
}

std::string hexOf(Bytes bytes)
{
    static constexpr auto digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) {
        text += digits[byte >> 4U];
        text += digits[byte & 0x0fU];
    }
    return text;
}

IpAddress ip(const char *text) { return *IpAddress::parse(text); }
MacAddress mac(const char *text) { return *MacAddress::parse(text); }

// "ping -c1 10.9.0.10" from 10.9.0.1, then the guest's admin-prohibited answer to it; addresses of the lab.
constexpr auto echoPacket = "4500 0024 1c46 4000 4001 0a69 0a09 0001 0a09 000a 0800 5435 1234 0001 6162 6364 6566 6768";
constexpr auto prohibited = "030d fcf2 0000 0000 4500 0024 1c46 4000 4001 0a69 0a09 0001 0a09 000a 0800 5435 1234 0001 6162 6364";
constexpr auto advertisement = "8800 0000 6000 0000 fd09 0000 0000 0000 0000 0000 0000 0010 0201 5254 0009 0010";

// Every decoder at once: none may read outside, whatever the bytes. (The sanitizer builds see to the "outside".)
void decodeAll(Bytes bytes)
{
    decodeEthernet(bytes);
    decodeArp(bytes);
    decodeIpv4(bytes);
    decodeIpv6(bytes);
    decodeIcmp(bytes);
    decodeNeighbour(bytes);
    for (const auto family : {Family::v4, Family::v6}) {
        decodeEcho(family, bytes);
        decodeIcmpError(family, bytes);
    }
}

} // namespace

TEST_CASE("the internet checksum is that of RFC 1071")
{
    CHECK(internetChecksum(bytesOf("0001 f203 f4f5 f6f7")) == 0x220d); // the RFC's own example, complemented
    CHECK(internetChecksum(bytesOf("01")) == 0xfeff);
    CHECK(internetChecksum({}) == 0xffff);
    auto header = bytesOf("4500 0024 1c46 4000 4001 0000 0a09 0001 0a09 000a");
    const auto sum = internetChecksum(header);
    header[10] = static_cast<std::uint8_t>(sum >> 8U);
    header[11] = static_cast<std::uint8_t>(sum & 0xffU);
    CHECK(internetChecksum(header) == 0);
}

TEST_CASE("an ARP request is built byte by byte and read back")
{
    const auto frame = buildArpRequest(mac("52:54:00:09:00:01"), ip("10.9.0.1"), ip("10.9.0.10"));
    CHECK(hexOf(frame.view()) == "ffffffffffff52540009000108060001080006040001"
                                 "5254000900010a0900010000000000000a09000a");
    const auto ethernet = decodeEthernet(frame.view());
    REQUIRE(ethernet);
    CHECK(ethernet->type == ethertype::arp);
    const auto arp = decodeArp(ethernet->payload);
    REQUIRE(arp);
    CHECK(arp->operation == ArpPacket::request);
    CHECK(arp->senderMac == mac("52:54:00:09:00:01"));
    CHECK(arp->senderAddress == ip("10.9.0.1"));
    CHECK(arp->targetAddress == ip("10.9.0.10"));
    for (std::size_t size = 0; size < ethernet->payload.size(); ++size) {
        CHECK_FALSE(decodeArp(ethernet->payload.first(size)));
    }
}

TEST_CASE("an ARP reply goes to the asker, and padding behind a packet does not disturb")
{
    const auto frame = buildArpReply(mac("52:54:00:09:00:10"), ip("10.9.0.10"), mac("52:54:00:09:00:01"), ip("10.9.0.1"));
    std::vector<std::uint8_t> padded(frame.view().begin(), frame.view().end());
    padded.resize(60);
    const auto ethernet = decodeEthernet(padded);
    REQUIRE(ethernet);
    CHECK(ethernet->destination == mac("52:54:00:09:00:01"));
    const auto arp = decodeArp(ethernet->payload);
    REQUIRE(arp);
    CHECK(arp->operation == ArpPacket::reply);
    CHECK(arp->senderMac == mac("52:54:00:09:00:10"));
}

TEST_CASE("ARP of other hardware or protocols is refused")
{
    const auto frame = buildArpRequest(mac("52:54:00:09:00:01"), ip("10.9.0.1"), ip("10.9.0.10"));
    const auto at = GENERATE(0, 1, 2, 3, 4, 5);
    std::vector<std::uint8_t> arp(frame.view().begin() + 14, frame.view().end());
    arp[static_cast<std::size_t>(at)] ^= 0x40U;
    CHECK_FALSE(decodeArp(arp));
}

TEST_CASE("an IPv4 header is read with its payload, whole or cut off")
{
    const auto bytes = bytesOf(echoPacket);
    const auto whole = decodeIpv4(bytes);
    REQUIRE(whole);
    CHECK(whole->source == ip("10.9.0.1"));
    CHECK(whole->destination == ip("10.9.0.10"));
    CHECK(whole->protocol == protocol::icmp);
    CHECK(whole->ttl == 64);
    CHECK(whole->doNotFragment);
    CHECK_FALSE(whole->moreFragments);
    CHECK(whole->complete);
    CHECK(whole->payload.size() == 16);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto part = decodeIpv4(Bytes(bytes).first(size));
        CHECK(part.has_value() == (size >= 20));
        if (part) {
            CHECK_FALSE(part->complete);
            CHECK(part->payload.size() == size - 20);
        }
    }
    auto padded = bytes;
    padded.resize(46);
    CHECK(decodeIpv4(padded)->payload.size() == 16);
}

TEST_CASE("an IPv4 header that contradicts itself is refused")
{
    auto bytes = bytesOf(echoPacket);
    SECTION("version") { bytes[0] = 0x55; }
    SECTION("header length below its minimum") { bytes[0] = 0x44; }
    SECTION("header longer than the packet") { bytes[0] = 0x4f; }
    SECTION("total length below the header") { bytes[3] = 19; }
    CHECK_FALSE(decodeIpv4(bytes));
}

TEST_CASE("an echo request is built with a correct checksum and read back")
{
    const auto payload = bytesOf("6162 6364 6566 6768");
    std::array<std::uint8_t, 64> buffer{};
    const auto size = buildEchoRequest(Family::v4, 0x1234, 1, payload, buffer);
    REQUIRE(size == 16);
    const auto message = Bytes(buffer).first(size);
    CHECK(hexOf(message) == "08005435123400016162636465666768");
    CHECK(internetChecksum(message) == 0);
    const auto echo = decodeEcho(Family::v4, message);
    REQUIRE(echo);
    CHECK(echo->request);
    CHECK(echo->identifier == 0x1234);
    CHECK(echo->sequence == 1);
    CHECK(echo->payload.size() == 8);
    CHECK_FALSE(decodeEcho(Family::v6, message));
    for (std::size_t cut = 0; cut < icmpHeaderSize; ++cut) {
        CHECK_FALSE(decodeEcho(Family::v4, message.first(cut)));
    }
    CHECK(buildEchoRequest(Family::v4, 1, 1, payload, std::span(buffer).first(15)) == 0);
    CHECK(buildEchoRequest(Family::v6, 0x1234, 1, payload, buffer) == 16);
    CHECK(decodeEcho(Family::v6, Bytes(buffer).first(16)));
}

TEST_CASE("an ICMP error gives the packet it quotes")
{
    const auto bytes = bytesOf(prohibited);
    const auto error = decodeIcmpError(Family::v4, bytes);
    REQUIRE(error);
    CHECK(error->type == 3);
    CHECK(error->code == 13);
    CHECK(error->mtu == 0);
    CHECK(error->quoted.source == ip("10.9.0.1"));
    CHECK(error->quoted.destination == ip("10.9.0.10"));
    CHECK(error->quoted.protocol == protocol::icmp);
    const auto echo = decodeEcho(Family::v4, error->quoted.payload);
    REQUIRE(echo);
    CHECK(echo->identifier == 0x1234);
    CHECK(echo->payload.size() == 4);
    for (std::size_t size = 0; size < 28; ++size) {
        CHECK_FALSE(decodeIcmpError(Family::v4, Bytes(bytes).first(size)));
    }
    CHECK_FALSE(decodeIcmpError(Family::v4, Bytes(bytesOf(echoPacket)).subspan(20)));
}

TEST_CASE("the MTU comes out of the two messages that carry one")
{
    auto bytes = bytesOf(prohibited);
    bytes[1] = 4;
    bytes[6] = 0x05;
    bytes[7] = 0x14;
    CHECK(decodeIcmpError(Family::v4, bytes)->mtu == 1300);
    auto tooBig = bytesOf("0200 0000 0000 0500 6000 0000 0008 3a40 fd09 0000 0000 0000 0000 0000 0000 0001"
                          "fd09 0000 0000 0000 0000 0000 0000 0010 8000 0000 1234 0001");
    const auto error = decodeIcmpError(Family::v6, tooBig);
    REQUIRE(error);
    CHECK(error->mtu == 1280);
    CHECK(error->quoted.protocol == protocol::icmpv6);
    CHECK(decodeEcho(Family::v6, error->quoted.payload)->sequence == 1);
    for (std::size_t size = 0; size < 48; ++size) {
        CHECK_FALSE(decodeIcmpError(Family::v6, Bytes(tooBig).first(size)));
    }
}

TEST_CASE("a neighbour solicitation goes to the solicited-node group with a valid checksum")
{
    const auto frame = buildNeighbourSolicitation(mac("52:54:00:09:00:01"), ip("fd09::1"), ip("fd09::5054:ff:fe09:10"));
    CHECK(hexOf(frame.view().first(54)) == "3333ff090010"
                                           "525400090001"
                                           "86dd"
                                           "60000000"
                                           "0020"
                                           "3a"
                                           "ff"
                                           "fd090000000000000000000000000001"
                                           "ff0200000000000000000001ff090010");
    const auto packet = decodeIpv6(frame.view().subspan(14));
    REQUIRE(packet);
    CHECK(packet->complete);
    CHECK(packet->hopLimit == 255);
    CHECK(internetChecksum(packet->source, packet->destination, protocol::icmpv6, packet->payload) == 0);
    const auto message = decodeNeighbour(packet->payload);
    REQUIRE(message);
    CHECK_FALSE(message->advertisement);
    CHECK(message->target == ip("fd09::5054:ff:fe09:10"));
    CHECK(message->linkLayer == mac("52:54:00:09:00:01"));
}

TEST_CASE("a solicitation from the unspecified address carries no link-layer option")
{
    const auto frame = buildNeighbourSolicitation(mac("52:54:00:09:00:01"), IpAddress(), ip("fd09::10"));
    const auto packet = decodeIpv6(frame.view().subspan(14));
    REQUIRE(packet);
    CHECK(packet->source == ip("::"));
    CHECK(packet->payload.size() == 24);
    CHECK(internetChecksum(packet->source, packet->destination, protocol::icmpv6, packet->payload) == 0);
    CHECK_FALSE(decodeNeighbour(packet->payload)->linkLayer);
}

TEST_CASE("a neighbour advertisement gives flags, target and address")
{
    const auto bytes = bytesOf(advertisement);
    const auto message = decodeNeighbour(bytes);
    REQUIRE(message);
    CHECK(message->advertisement);
    CHECK(message->solicited);
    CHECK(message->override);
    CHECK_FALSE(message->router);
    CHECK(message->target == ip("fd09::10"));
    CHECK(message->linkLayer == mac("52:54:00:09:00:10"));
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto part = decodeNeighbour(Bytes(bytes).first(size));
        CHECK(part.has_value() == (size == 24)); // without the option it is whole too
    }
}

TEST_CASE("a neighbour message that RFC 4861 tells to discard is refused")
{
    auto bytes = bytesOf(advertisement);
    SECTION("option of length 0") { bytes[25] = 0; }
    SECTION("option longer than the packet") { bytes[25] = 2; }
    SECTION("multicast target") { bytes[8] = 0xff; }
    SECTION("code") { bytes[1] = 1; }
    SECTION("another type") { bytes[0] = 134; }
    CHECK_FALSE(decodeNeighbour(bytes));
}

TEST_CASE("groups map to their MAC addresses")
{
    CHECK(solicitedNodeAddress(ip("fe80::2aa:ff:fe28:9c5a")) == ip("ff02::1:ff28:9c5a")); // RFC 4861's example
    CHECK(multicastMac(ip("ff02::1:ff28:9c5a")) == mac("33:33:ff:28:9c:5a"));
    CHECK(multicastMac(ip("239.129.2.3")) == mac("01:00:5e:01:02:03"));
}

TEST_CASE("no decoder reads outside of its bytes")
{
    std::uint32_t state = 12345; // fixed: a failure must come back
    for (int round = 0; round < 20000; ++round) {
        std::vector<std::uint8_t> bytes(static_cast<std::size_t>(round % 97));
        for (auto &byte : bytes) {
            state = state * 1664525U + 1013904223U;
            byte = static_cast<std::uint8_t>(state >> 24U);
        }
        if (!bytes.empty()) {
            static constexpr std::array<std::uint8_t, 6> starts{0x45, 0x60, 0x03, 0x88, 0x08, 0x00};
            bytes[0] = starts.at(static_cast<std::size_t>(round) % starts.size());
        }
        decodeAll(bytes);
    }
    SUCCEED();
}
