// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "evidence/error_number.h"
#include "probe/ping_output.h"

#include <string>

using namespace bothways;
namespace error_number = bothways::evidence::error_number;
using net::Family;
using probe::parsePingLine;
using probe::PingLine;

namespace {

net::IpAddress ip(const char *text) { return *net::IpAddress::parse(text); }

} // namespace

TEST_CASE("replies of iputils and BusyBox are read")
{
    struct Case {
        const char *line;
        Family family;
        const char *sender;
        int sequence;
        qint64 rttNs;
        bool duplicate;
    };
    // Recorded from iputils 20221126 and BusyBox 1.35 in the lab.
    const auto expected = GENERATE(values<Case>({
        {"64 bytes from 10.9.0.10: icmp_seq=1 ttl=64 time=0.045 ms", Family::v4, "10.9.0.10", 1, 45'000, false},
        {"64 bytes from 10.9.0.10: icmp_seq=12 ttl=64 time=1034 ms", Family::v4, "10.9.0.10", 12, 1'034'000'000, false},
        {"[1763867378.123456] 64 bytes from 10.9.0.10: icmp_seq=2 ttl=64 time=12.3 ms", Family::v4, "10.9.0.10", 2, 12'300'000,
         false},
        {"64 bytes from 10.9.0.10: icmp_seq=1 ttl=64 time=0.061 ms (DUP!)", Family::v4, "10.9.0.10", 1, 61'000, true},
        {"64 bytes from guest (10.9.0.10): icmp_seq=1 ttl=64 time=0.061 ms", Family::v4, "10.9.0.10", 1, 61'000, false},
        {"64 bytes from fd09::10: icmp_seq=3 ttl=64 time=0.070 ms", Family::v6, "fd09::10", 3, 70'000, false},
        {"64 bytes from fe80::10%br0: icmp_seq=3 ttl=64 time=0.070 ms", Family::v6, "fe80::10", 3, 70'000, false},
        {"64 bytes from 10.9.0.10: seq=0 ttl=64 time=0.123 ms", Family::v4, "10.9.0.10", 0, 123'000, false},
    }));
    INFO(expected.line);
    const auto line = parsePingLine(expected.line, expected.family);
    REQUIRE(line);
    CHECK(line->kind == PingLine::Kind::Reply);
    CHECK(line->sender == ip(expected.sender));
    CHECK(line->sequence == expected.sequence);
    CHECK(line->ttl == 64);
    CHECK(line->rttNs == expected.rttNs);
    CHECK(line->duplicate == expected.duplicate);
}

TEST_CASE("errors are read with who and what")
{
    struct Case {
        const char *line;
        Family family;
        const char *sender;
        int type;
        int code;
    };
    const auto expected = GENERATE(values<Case>({
        {"From 10.9.0.1 icmp_seq=1 Destination Host Unreachable", Family::v4, "10.9.0.1", 3, 1},
        {"From 10.9.0.10 icmp_seq=1 Packet filtered", Family::v4, "10.9.0.10", 3, 13},
        {"From 10.9.0.10 icmp_seq=2 Destination Port Unreachable", Family::v4, "10.9.0.10", 3, 3},
        {"From 10.9.1.1 icmp_seq=1 Frag needed and DF set (mtu = 1300)", Family::v4, "10.9.1.1", 3, 4},
        {"From 10.9.1.1 icmp_seq=1 Time to live exceeded", Family::v4, "10.9.1.1", 11, 0},
        {"From 10.9.1.1 icmp_seq=1 Destination Net Unreachable for Type of Service", Family::v4, "10.9.1.1", 3, 11},
        {"From fd09::1 icmp_seq=1 Destination unreachable: Address unreachable", Family::v6, "fd09::1", 1, 3},
        {"From fd09::10 icmp_seq=1 Destination unreachable: Administratively prohibited", Family::v6, "fd09::10", 1, 1},
        {"From fe80::10%br0 icmp_seq=1 Destination unreachable: No route", Family::v6, "fe80::10", 1, 0},
        {"From fd09::1 icmp_seq=1 Packet too big: mtu=1280", Family::v6, "fd09::1", 2, 0},
    }));
    INFO(expected.line);
    const auto line = parsePingLine(expected.line, expected.family);
    REQUIRE(line);
    CHECK(line->kind == PingLine::Kind::Error);
    CHECK(line->sender == ip(expected.sender));
    CHECK(line->icmpType == expected.type);
    CHECK(line->icmpCode == expected.code);
}

TEST_CASE("the program's own errors become errno values")
{
    const auto [text, number, fatal] = GENERATE(table<const char *, int, bool>({
        {"ping: sendmsg: Operation not permitted", error_number::notPermitted, false},
        {"ping: connect: Network is unreachable", error_number::networkUnreachable, true},
        {"ping: connect: No route to host", error_number::hostUnreachable, true},
        {"ping: connect: Invalid argument", error_number::invalidArgument, true},
        {"ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules", error_number::accessDenied,
         true},
        {"ping: local error: message too long, mtu=1500", error_number::messageTooLong, false},
    }));
    INFO(text);
    const auto line = parsePingLine(text, Family::v4);
    REQUIRE(line);
    CHECK(line->kind == PingLine::Kind::SendError);
    CHECK(line->errorNumber == number);
    CHECK(line->fatal == fatal);
}

TEST_CASE("anything else is nothing")
{
    const auto *line =
        GENERATE("", "PING 10.9.0.10 (10.9.0.10) 56(84) bytes of data.", "--- 10.9.0.10 ping statistics ---",
                 "3 packets transmitted, 3 received, 0% packet loss, time 402ms",
                 "rtt min/avg/max/mdev = 0.045/0.061/0.080/0.014 ms", "64 bytes from ",
                 "64 bytes from 10.9.0.10: icmp_seq= ttl=64 time=1 ms", "64 bytes from 10.9.0.10: icmp_seq=1 ttl=999 time=1 ms",
                 "64 bytes from nobody: icmp_seq=1 ttl=64 time=1 ms", "64 bytes from 10.9.0.10: icmp_seq=1 ttl=64 time=1 ms x",
                 "64 bytes from 10.9.0.10: icmp_seq=99999999999 ttl=64 time=1 ms", "From 10.9.0.1 icmp_seq=1 ",
                 "From 10.9.0.1 icmp_seq=1 Something new", "From  icmp_seq=1 Packet filtered",
                 "64 bytes from 10.9.0.10: icmp_seq=-1 ttl=64 time=1 ms", "ping: 10.9.0.999: Name or service not known");
    INFO(line);
    CHECK_FALSE(parsePingLine(line, Family::v4));
}

TEST_CASE("a cut or overlong line does no harm")
{
    const std::string whole = "[1763867378.123456] 64 bytes from 10.9.0.10: icmp_seq=2 ttl=64 time=12.3 ms (DUP!)";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        parsePingLine(std::string_view(whole).substr(0, size), Family::v4);
        parsePingLine(std::string_view(whole).substr(size), Family::v6);
    }
    CHECK_FALSE(parsePingLine(std::string(100'000, '9'), Family::v4));
    CHECK_FALSE(parsePingLine("64 bytes from 10.9.0.10: icmp_seq=1 ttl=64 time=" + std::string(400, '9') + " ms", Family::v4));
    CHECK(parsePingLine("64 bytes from 10.9.0.10: icmp_seq=1 ttl=64 time=0." + std::string(300, '9') + " ms", Family::v4));
}
