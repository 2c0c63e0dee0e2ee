// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "net/address.h"

using namespace bothways::net;

TEST_CASE("addresses survive a round trip in canonical form")
{
    const auto [text, canonical] = GENERATE(table<const char *, const char *>({
        {"0.0.0.0", "0.0.0.0"},
        {"192.168.122.77", "192.168.122.77"},
        {"255.255.255.255", "255.255.255.255"},
        {"::", "::"},
        {"::1", "::1"},
        {"2001:DB8::0:1", "2001:db8::1"},
        {"fe80:0:0:0:5054:ff:fe77:aa07", "fe80::5054:ff:fe77:aa07"},
        {"1:0:0:2:0:0:0:3", "1:0:0:2::3"},
        {"1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"},
        {"::ffff:10.0.0.1", "::ffff:10.0.0.1"},
    }));
    const auto address = IpAddress::parse(text);
    REQUIRE(address);
    CHECK(address->toString() == canonical);
    CHECK(IpAddress::parse(address->toString()) == address);
}

TEST_CASE("what is no address is refused")
{
    const auto *text = GENERATE("", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1..2.3",
                                ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1%eth0",
                                "1:2:3:4:5:6:7:", "::1.2.3", "1.2.3.4::", "g::", "0x7f.0.0.1");
    CHECK_FALSE(IpAddress::parse(text));
}

TEST_CASE("a prefix keeps its host bits and knows its network")
{
    const auto prefix = Prefix::parse("192.168.122.77/26");
    REQUIRE(prefix);
    CHECK(prefix->network().toString() == "192.168.122.64");
    CHECK(prefix->contains(*IpAddress::parse("192.168.122.127")));
    CHECK_FALSE(prefix->contains(*IpAddress::parse("192.168.122.128")));
    CHECK_FALSE(prefix->contains(*IpAddress::parse("::1")));
    CHECK(Prefix::parse("2001:db8::1/33")->network().toString() == "2001:db8::");
    CHECK(Prefix::parse("0.0.0.0/0")->overlaps(*prefix));
    CHECK(Prefix::parse("10.0.0.1")->length() == 32);
    for (const auto *bad : {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/08", "/8", "::/129"}) {
        CHECK_FALSE(Prefix::parse(bad));
    }
}

TEST_CASE("MAC addresses are read in the four usual forms")
{
    const auto *text = GENERATE("52:54:00:aa:bb:0c", "52-54-00-AA-BB-0C", "5254.00aa.bb0c", "525400AABB0C");
    REQUIRE(MacAddress::parse(text));
    CHECK(MacAddress::parse(text)->toString() == "52:54:00:aa:bb:0c");
}

TEST_CASE("what is no MAC address is refused")
{
    const auto *text = GENERATE("", "52:54:00:aa:bb", "52:54:00:aa:bb:cg", "52-54:00:aa:bb:cc", "52::540:0a:abb:cc",
                                "5254:00aa:bb0c", "52:54:00:aa:bb:cc:", ":52:54:00:aa:bbcc", "525400AABB0", "5254.00aa.bb0cc");
    CHECK_FALSE(MacAddress::parse(text));
}
