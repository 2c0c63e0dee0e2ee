// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

#include "capture/flow_counter.h"

#include <cstring>

using namespace bothways;
using bothways::capture::FlowCounter;
using bothways::test::flowsOf;
using bothways::test::ip;
using bothways::test::Kept;
using bothways::test::recorded;
using bothways::test::way;

namespace {

constexpr std::int64_t second = 1'000'000'000;

bool isComplete(const capture::Exchanges &all)
{
    return all.asked == all.answered + all.refused + all.rejected + all.silent + all.open + all.forgotten;
}

/// An echo in Ethernet, without checksums: nobody looks at them here.
Kept echo(std::int64_t time, bool request, std::uint16_t sequence, std::uint16_t identification = 0)
{
    Kept frame;
    frame.time = time;
    frame.originalLength = 42;
    frame.bytes = {0,
                   0,
                   0,
                   0,
                   0,
                   2,
                   0,
                   0,
                   0,
                   0,
                   0,
                   1,
                   8,
                   0,
                   0x45,
                   0,
                   0,
                   28,
                   0,
                   0,
                   0,
                   0,
                   64,
                   1,
                   0,
                   0,
                   10,
                   0,
                   0,
                   static_cast<std::uint8_t>(request ? 1 : 2),
                   10,
                   0,
                   0,
                   static_cast<std::uint8_t>(request ? 2 : 1),
                   static_cast<std::uint8_t>(request ? 8 : 0),
                   0,
                   0,
                   0,
                   0,
                   7,
                   0,
                   0};
    const auto put16 = [&frame](std::size_t at, std::uint16_t value) {
        frame.bytes[at] = static_cast<std::uint8_t>(value >> 8U);
        frame.bytes[at + 1] = static_cast<std::uint8_t>(value);
    };
    put16(18, identification);
    put16(40, sequence);
    return frame;
}

capture::Flows counted(const std::vector<Kept> &frames)
{
    FlowCounter counter;
    for (const auto &each : frames) {
        counter.add(each.frame());
    }
    return counter.finish();
}

Kept arp(std::int64_t time, std::uint8_t operation, std::uint8_t senderMac, std::uint8_t sender, std::uint8_t target)
{
    const net::MacAddress mac({2, 0, 0, 0, 0, senderMac});
    const auto from = sender == 0 ? net::IpAddress() : net::IpAddress::fromV4(0x0a000000U + sender);
    const auto to = net::IpAddress::fromV4(0x0a000000U + target);
    const auto built = operation == 1 ? net::buildArpRequest(mac, from, to) : net::buildArpReply(mac, from, {}, to);
    const auto view = built.view();
    Kept frame;
    frame.time = time;
    frame.originalLength = static_cast<std::uint32_t>(view.size());
    frame.bytes.assign(view.begin(), view.end());
    return frame;
}

} // namespace

TEST_CASE("the recorded capture is counted as it was made")
{
    const auto flows = flowsOf(recorded("ethernet.pcap"));
    CHECK(flows.totals.packets == 50);
    CHECK(flows.totals.malformed == 0);
    CHECK(flows.totals.fragments == 8);
    CHECK(flows.totals.tagged == 3);
    CHECK(flows.totals.doubleTagged == 1);
    CHECK(flows.totals.udp == 3);

    // ping -c 2, one of 1,600 bytes, one with -R, two that the guest dropped, and three tagged ones, alike but for their tags.
    const auto &there = way(flows, "10.9.0.1", "10.9.0.10");
    CHECK(there.echo.asked == 7);
    CHECK(there.echo.answered == 4);
    CHECK(there.echo.silent + there.echo.open == 3);
    CHECK(there.echo.silent == 2);
    CHECK(there.echo.askedAgain == 2);
    CHECK(there.echo.delay.least > 0);
    CHECK(there.echo.delay.most < second);
    CHECK(way(flows, "fd09::1", "fd09::10").echo.answered == 3);
    CHECK(way(flows, "10.9.0.10", "10.9.0.1").echo.asked == 0);

    // Ports 80 to 83: taken, dropped, rejected, closed.
    CHECK(there.handshake.asked == 4);
    CHECK(there.handshake.answered == 1);
    CHECK(there.handshake.rejected == 1);
    CHECK(there.handshake.refused == 1);
    CHECK(there.handshake.silent + there.handshake.open == 1);
    CHECK(there.udp == 1);
    CHECK(there.errors == 2);

    REQUIRE(flows.errors.size() == 3);
    CHECK(flows.errors[0].code == 13);
    CHECK(flows.errors[1].destinationPort == 9999);
    CHECK(flows.errors[2].count == 2);
    CHECK(flows.arp.answered >= 1);
    CHECK(flows.arp.silent == 1); // 10.9.0.77, asked for again
    CHECK(flows.neighbour.answered >= 1);
    CHECK(flows.hasFault());
    for (const auto *all : {&flows.echo, &flows.handshake, &flows.arp, &flows.neighbour}) {
        CHECK(isComplete(*all));
    }
    REQUIRE(flows.vlans.size() == 3);
    CHECK(flows.vlans[2] == std::pair<std::uint16_t, std::uint64_t>{100, 1});
}

TEST_CASE("a healthy capture has no fault")
{
    for (const auto *name : {"cooked1.pcap", "cooked2.pcap", "nanoseconds.pcap"}) {
        const auto flows = flowsOf(recorded(name));
        CHECK(flows.echo.asked == 4);
        CHECK(flows.echo.answered == 4);
        CHECK_FALSE(flows.hasFault());
    }
}

TEST_CASE("an answer is measured from the last time its question was asked, and counted once")
{
    const auto flows = counted({echo(0, true, 1), echo(1000, true, 1), echo(5000, false, 1), echo(6000, false, 1),
                                echo(7000, false, 2), echo(8000, true, 3), echo(10 * second, true, 4)});
    CHECK(flows.echo.asked == 3);
    CHECK(flows.echo.askedAgain == 1);
    CHECK(flows.echo.answered == 1);
    CHECK(flows.echo.answeredAgain == 1);
    CHECK(flows.echo.stray == 1);
    CHECK(flows.echo.silent == 1);
    CHECK(flows.echo.open == 1); // the capture ends before an answer could have come
    CHECK(flows.echo.delay.sum == 4000);
}

TEST_CASE("an old number with another identification is another request")
{
    const auto flows = counted({echo(0, true, 1, 100), echo(10, false, 1), echo(20, true, 1, 101), echo(35, false, 1),
                                echo(40, true, 1, 102), echo(2 * second, true, 1, 103), echo(4 * second, true, 9)});
    CHECK(flows.echo.asked == 5);
    CHECK(flows.echo.answered == 2);
    CHECK(flows.echo.answeredAgain == 0);
    CHECK(flows.echo.silent == 2);
    CHECK(isComplete(flows.echo));
    CHECK(flows.echo.delay.most == 15);
}

TEST_CASE("an answer after more than a minute belongs to nothing")
{
    const auto flows = counted({echo(0, true, 1), echo(61 * second, true, 2), echo(62 * second, false, 1)});
    CHECK(flows.echo.silent == 2);
    CHECK(flows.echo.stray == 1);
}

TEST_CASE("a clock that is set back gives no negative delay")
{
    const auto flows = counted({echo(10 * second, true, 1), echo(9 * second, false, 1)});
    CHECK(flows.echo.answered == 1);
    CHECK(flows.echo.delay.least == 0);
    CHECK(flows.totals.backwards == 1);
}

TEST_CASE("ARP: answers, silence, probes, announcements and two owners of one address")
{
    const auto flows = counted({arp(0, 1, 1, 1, 2), arp(10, 2, 2, 2, 1), arp(20, 2, 3, 2, 1), // two answer for 10.0.0.2
                                arp(second, 1, 1, 1, 9), arp(2 * second, 1, 1, 1, 9),         // nobody answers
                                arp(3 * second, 1, 4, 4, 4),                                  // announced
                                arp(3 * second, 1, 5, 0, 5), arp(9 * second, 2, 2, 2, 7)});
    CHECK(flows.arp.asked == 2);
    CHECK(flows.arp.answered == 1);
    CHECK(flows.arp.answeredAgain == 1);
    CHECK(flows.arp.silent == 1);
    CHECK(flows.arp.askedAgain == 1);
    CHECK(flows.arp.stray == 1);
    CHECK(flows.totals.announcements == 1);
    CHECK(flows.totals.addressProbes == 1);
    CHECK(flows.hasFault());
    const auto found =
        std::find_if(flows.neighbours.begin(), flows.neighbours.end(), [](const auto &each) { return each.isConflict(); });
    REQUIRE(found != flows.neighbours.end());
    CHECK(found->address == ip("10.0.0.2"));
    CHECK(found->claimCount == 2);
    CHECK(found->claims[0].mac.toString() == "02:00:00:00:00:02");
    CHECK(found->claims[0].times == 2);
}

TEST_CASE("a flood of pairs, neighbours and questions fills the tables and no more, and what is left out is said")
{
    const capture::FlowLimits limits;
    FlowCounter counter;
    auto frame = echo(0, true, 1);
    auto request = arp(0, 1, 1, 1, 2);
    constexpr std::uint32_t many = 300'000;
    for (std::uint32_t i = 0; i < many; ++i) {
        frame.time = i;
        request.time = i;
        for (int byte = 0; byte < 4; ++byte) {
            frame.bytes[static_cast<std::size_t>(26 + byte)] = static_cast<std::uint8_t>((i + 0x0b000000U) >> (24 - 8 * byte));
            request.bytes[static_cast<std::size_t>(38 + byte)] = static_cast<std::uint8_t>((i + 0x0b000000U) >> (24 - 8 * byte));
        }
        counter.add(frame.frame());
        counter.add(request.frame());
    }
    const auto flows = counter.finish();
    CHECK(flows.totals.packets == 2 * many);
    CHECK(flows.pairs.size() == limits.pairs);
    CHECK(flows.leftOut.pairPackets == many - limits.pairs);
    CHECK(flows.neighbours.size() == limits.neighbours);
    CHECK(flows.leftOut.neighbourPackets == many - limits.neighbours + 1); // 10.0.0.1, who asks, has a place
    CHECK(flows.echo.asked == many);
    CHECK(flows.echo.forgotten + flows.arp.forgotten == 2 * many - limits.questions);
    CHECK(isComplete(flows.echo));
    CHECK(isComplete(flows.arp));
}

TEST_CASE("the share of the unanswered is one of those whose fate was seen")
{
    bothways::capture::Exchanges all;
    CHECK(all.failedShare() == 0);
    all.asked = 1'000'000;
    all.silent = 31'000;
    all.forgotten = 969'000;
    CHECK(all.failedShare() == 1);
    all.answered = 31'000;
    all.forgotten -= 31'000;
    CHECK(all.failedShare() == 0.5);
    all.open = 1000;
    CHECK(all.failedShare() == 0.5);
}
