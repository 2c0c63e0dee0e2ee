// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "frames.h"

#include "capture/journeys.h"

using namespace bothways;
using namespace bothways::test;
using capture::JourneyFollower;
using evidence::JourneyKind;
using evidence::Leg;

namespace {

constexpr std::int64_t ms = 1'000'000;
constexpr std::int64_t start = 1'700'000'000'000 * ms;
constexpr int bridge = 0;
constexpr int port = 1;
constexpr int uplink = 2;

capture::Interest vm() { return {{ip("10.9.0.10")}, {}}; }

std::vector<std::pair<int, Leg>> seen(const evidence::Journey &journey)
{
    std::vector<std::pair<int, Leg>> list;
    for (const auto &sighting : journey.sightings) {
        list.emplace_back(sighting.point, sighting.leg);
    }
    return list;
}

} // namespace

TEST_CASE("an echo is followed over two points and back", "[journeys]")
{
    JourneyFollower follower(vm());
    const Ends out;
    for (std::uint16_t sequence = 1; sequence <= 3; ++sequence) {
        const auto at = start + sequence * 1000 * ms;
        follower.add(echoFrame(at, out, true, sequence).frame(), bridge);
        follower.add(echoFrame(at + 10, out, true, sequence).frame(), port);
        follower.add(echoFrame(at + 20, out.back(), false, sequence).frame(), port);
        follower.add(echoFrame(at + 30, out.back(), false, sequence).frame(), bridge);
    }
    const auto captures = follower.result();
    REQUIRE(captures.journeys.size() == 3);
    CHECK(captures.journeys[1].sequence == 2);
    CHECK(captures.journeys[1].id == 7);
    CHECK(captures.journeys[1].bytes == 20 + 8 + 56);
    CHECK(
        seen(captures.journeys[1]) ==
        std::vector<std::pair<int, Leg>>{{bridge, Leg::Request}, {port, Leg::Request}, {port, Leg::Reply}, {bridge, Leg::Reply}});
    CHECK(captures.journeys[1].asker == ip("10.9.0.1"));
    CHECK(follower.tally(port).frames == 6);
    CHECK(follower.tally(port).badChecksums == 0);
}

TEST_CASE("points that are read one after the other give the same journeys as those that are read in step", "[journeys]")
{
    const Ends out;
    JourneyFollower follower(vm());
    for (std::uint16_t sequence = 1; sequence <= 50; ++sequence) {
        follower.add(echoFrame(start + sequence * ms + 30, out.back(), false, sequence).frame(), port);
        follower.add(arpFrame(start + sequence * 1000 * ms + 2000, out, true).frame(), port);
    }
    for (std::uint16_t sequence = 1; sequence <= 50; ++sequence) {
        follower.add(echoFrame(start + sequence * ms, out, true, sequence).frame(), bridge);
        follower.add(arpFrame(start + sequence * 1000 * ms, out, true).frame(), bridge);
    }
    const auto captures = follower.result();
    REQUIRE(captures.journeys.size() == 100);
    for (const auto &journey : captures.journeys) {
        INFO(journey.sequence);
        REQUIRE(journey.sightings.size() == 2);
        CHECK(journey.sightings.front().point == bridge);
        CHECK(journey.asker == ip("10.9.0.1"));
    }
}

TEST_CASE("behind a NAT an echo, a SYN and a datagram are known again by what they carry", "[journeys]")
{
    const Ends inside{"10.9.0.10", "198.51.100.7"};
    const Ends outside{"203.0.113.2", "198.51.100.7"};
    JourneyFollower follower(vm());
    SECTION("echo, with another identifier outside")
    {
        follower.add(echoFrame(start, inside, true, 5, 7).frame(), port);
        follower.add(echoFrame(start + 50, outside, true, 5, 4711).frame(), uplink);
        follower.add(echoFrame(start + 2 * ms, outside.back(), false, 5, 4711).frame(), uplink);
        follower.add(echoFrame(start + 3 * ms, inside.back(), false, 5, 7).frame(), port);
    }
    SECTION("SYN, with another port outside")
    {
        follower.add(tcpFrame(start, inside, 40000, 443, 1000, 0, net::tcp::syn).frame(), port);
        follower.add(tcpFrame(start + 50, outside, 61000, 443, 1000, 0, net::tcp::syn).frame(), uplink);
        follower.add(tcpFrame(start + 2 * ms, outside.back(), 443, 61000, 77, 1001, net::tcp::syn | net::tcp::ack).frame(),
                     uplink);
        follower.add(tcpFrame(start + 3 * ms, inside.back(), 443, 40000, 77, 1001, net::tcp::syn | net::tcp::ack).frame(), port);
    }
    SECTION("datagram")
    {
        const std::vector<std::uint8_t> question(30, 0x11);
        follower.add(udpFrame(start, inside, 40000, 53, question).frame(), port);
        follower.add(udpFrame(start + 50, outside, 61000, 53, question).frame(), uplink);
        follower.add(udpFrame(start + 2 * ms, outside.back(), 53, 61000, std::vector<std::uint8_t>(40, 1)).frame(), uplink);
        follower.add(udpFrame(start + 3 * ms, inside.back(), 53, 40000, std::vector<std::uint8_t>(40, 1)).frame(), port);
    }
    const auto captures = follower.result();
    REQUIRE(captures.journeys.size() == 1);
    CHECK(captures.journeys[0].asker == ip("10.9.0.10"));
    CHECK(
        seen(captures.journeys[0]) ==
        std::vector<std::pair<int, Leg>>{{port, Leg::Request}, {uplink, Leg::Request}, {uplink, Leg::Reply}, {port, Leg::Reply}});
}

TEST_CASE("the clock of the machine of interest is compared by what comes to it and what leaves it", "[journeys]")
{
    JourneyFollower follower(vm());
    const Ends out;
    follower.add(echoFrame(start, out, true, 1).frame(), bridge);
    follower.add(echoFrame(start + 10, out, true, 1).frame(), port);
    follower.add(echoFrame(start + ms, out.back(), true, 2).frame(), port); // the VM asks
    follower.add(echoFrame(start + ms + 10, out.back(), true, 2).frame(), bridge);
    constexpr std::int64_t hour = 3'600'000 * ms;
    const auto comes = follower.compare(echoFrame(start + hour + 30, out, true, 1).frame());
    REQUIRE(comes);
    CHECK_FALSE(comes->leaving);
    CHECK(comes->time == hour + 20);
    const auto leaves = follower.compare(echoFrame(start + ms + hour - 20, out.back(), true, 2).frame());
    REQUIRE(leaves);
    CHECK(leaves->leaving);
    CHECK(leaves->time == hour - 20);
    CHECK_FALSE(follower.compare(echoFrame(start, out, true, 3).frame()));
}

TEST_CASE("two pings that carry the same are not taken for one behind a NAT", "[journeys]")
{
    // As Windows pings: the same payload and sequence from two machines to one.
    JourneyFollower follower(capture::Interest{});
    follower.add(echoFrame(start, {"10.9.0.10", "198.51.100.7"}, true, 5, 1).frame(), port);
    follower.add(echoFrame(start + 10, {"10.9.0.11", "198.51.100.7"}, true, 5, 1).frame(), port);
    follower.add(echoFrame(start + 50, {"203.0.113.2", "198.51.100.7"}, true, 5, 1).frame(), uplink);
    CHECK(follower.result().journeys.size() == 3);
}

TEST_CASE("a tag that is added on the way does not make another packet", "[journeys]")
{
    JourneyFollower follower(vm());
    Ends tagged;
    tagged.vlan = 100;
    follower.add(echoFrame(start, {}, true, 1).frame(), bridge);
    follower.add(echoFrame(start + 10, tagged, true, 1).frame(), port);
    const auto captures = follower.result();
    REQUIRE(captures.journeys.size() == 1);
    CHECK_FALSE(captures.journeys[0].sightings[0].vlan);
    CHECK(captures.journeys[0].sightings[1].vlan == 100);
}

TEST_CASE("an ICMP error is attached to the packet that it quotes", "[journeys]")
{
    JourneyFollower follower(vm());
    const auto request = echoFrame(start, {}, true, 9);
    const auto syn = tcpFrame(start + ms, {}, 40000, 443, 1000, 0, net::tcp::syn);
    follower.add(request.frame(), bridge);
    follower.add(syn.frame(), bridge);
    const Ends router{"10.9.0.254", "10.9.0.1", 0x54, 1};
    follower.add(errorFrame(start + 2 * ms, router, 11, 0, request).frame(), bridge);
    follower.add(errorFrame(start + 3 * ms, router, 3, 13, syn).frame(), bridge);
    // About nothing that was seen.
    follower.add(errorFrame(start + 4 * ms, router, 3, 1, echoFrame(start, {}, true, 1000)).frame(), bridge);
    const auto captures = follower.result();
    REQUIRE(captures.journeys.size() == 2);
    for (const auto &journey : captures.journeys) {
        REQUIRE(journey.sightings.size() == 2);
        CHECK(journey.sightings[1].leg == Leg::Error);
        CHECK(journey.sightings[1].source == ip("10.9.0.254"));
        CHECK_FALSE(journey.sightings[1].quotesReply);
    }
    CHECK(captures.journeys[0].sightings[1].icmpType == 11);
    CHECK(captures.journeys[1].sightings[1].icmpCode == 13);
}

TEST_CASE("a connection that was open is no journey when it is reset, a refused SYN is", "[journeys]")
{
    JourneyFollower follower(vm());
    const Ends out;
    follower.add(tcpFrame(start, out.back(), 443, 40000, 1, 5000, net::tcp::rst | net::tcp::ack).frame(), bridge);
    CHECK(follower.result().journeys.empty());
    follower.add(tcpFrame(start + ms, out, 40001, 22, 7000, 0, net::tcp::syn).frame(), bridge);
    follower.add(tcpFrame(start + 2 * ms, out.back(), 22, 40001, 0, 7001, net::tcp::rst | net::tcp::ack).frame(), bridge);
    const auto captures = follower.result();
    REQUIRE(captures.journeys.size() == 1);
    CHECK(seen(captures.journeys[0]) == std::vector<std::pair<int, Leg>>{{bridge, Leg::Request}, {bridge, Leg::Refusal}});
}

TEST_CASE("two owners of an address both show in the ARP journey and in who spoke where", "[journeys]")
{
    JourneyFollower follower(vm());
    const Ends asks;
    Ends thief = asks.back();
    thief.sourceMac = 0x66;
    follower.add(arpFrame(start, asks, true).frame(), bridge);
    follower.add(arpFrame(start + 100, asks.back(), false).frame(), bridge);
    follower.add(arpFrame(start + 200, thief, false).frame(), bridge);
    const auto captures = follower.result();
    REQUIRE(captures.journeys.size() == 1);
    CHECK(captures.journeys[0].kind == JourneyKind::Arp);
    CHECK(captures.journeys[0].sightings.size() == 3);
    const auto owners = std::count_if(captures.uses.begin(), captures.uses.end(),
                                      [](const auto &use) { return use.claimed && use.address == ip("10.9.0.10"); });
    CHECK(owners == 2);
}

TEST_CASE("two ARP requests one upon the other get an answer each, and one that was lost keeps none", "[journeys]")
{
    JourneyFollower follower(vm());
    const Ends asks;
    follower.add(arpFrame(start, asks, true).frame(), bridge);
    follower.add(arpFrame(start + 400'000, asks, true).frame(), bridge);
    follower.add(arpFrame(start + 20 * ms, asks.back(), false).frame(), bridge);
    follower.add(arpFrame(start + 21 * ms, asks.back(), false).frame(), bridge);
    follower.add(arpFrame(start + 1000 * ms, asks, true).frame(), bridge); // lost
    follower.add(arpFrame(start + 2000 * ms, asks, true).frame(), bridge);
    follower.add(arpFrame(start + 2001 * ms, asks.back(), false).frame(), bridge);
    const auto captures = follower.result();
    REQUIRE(captures.journeys.size() == 4);
    for (const std::size_t answered : {0U, 1U, 3U}) {
        CHECK(captures.journeys[answered].sightings.size() == 2);
    }
    CHECK(captures.journeys[2].sightings.size() == 1);
}

TEST_CASE("a wrong ICMP checksum is counted, and a frame that was cut off is not judged", "[journeys]")
{
    JourneyFollower follower(vm());
    auto broken = echoFrame(start, {}, true, 1);
    broken.bytes.back() ^= 1U;
    follower.add(broken.frame(), port);
    auto cut = echoFrame(start, {}, true, 2);
    cut.bytes.resize(60);
    follower.add(cut.frame(), port);
    auto malformed = echoFrame(start, {}, true, 3);
    malformed.bytes[14] = 0x41; // a header shorter than a header
    follower.add(malformed.frame(), port);
    const auto tally = follower.tally(port);
    CHECK(tally.frames == 3);
    CHECK(tally.badChecksums == 1);
    CHECK(tally.malformed == 1);
}

TEST_CASE("memory is bounded: what does not fit is counted, and strangers do not push out the VM", "[journeys]")
{
    capture::JourneyLimits limits;
    limits.journeys = 20;
    limits.others = 10;
    limits.sightings = 4;
    JourneyFollower follower(vm(), limits);
    const Ends strangers{"10.9.0.77", "10.9.0.78"};
    for (std::uint16_t sequence = 0; sequence < 1000; ++sequence) {
        follower.add(echoFrame(start + sequence, strangers, true, sequence).frame(), bridge);
    }
    for (std::uint16_t sequence = 0; sequence < 20; ++sequence) {
        follower.add(echoFrame(start + sequence, {}, true, sequence).frame(), bridge);
    }
    Ends looping;
    for (looping.ttl = 60; looping.ttl > 1; --looping.ttl) {
        follower.add(echoFrame(start + 100, looping, true, 3).frame(), bridge);
    }
    const auto captures = follower.result();
    CHECK(captures.journeys.size() == 20);
    CHECK(captures.leftOut == 990);
    for (const auto &journey : captures.journeys) {
        CHECK(journey.sightings.size() <= 4);
    }
}
