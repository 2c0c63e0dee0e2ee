// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "filter/packet/packet_text.h"

#include <random>

using namespace bothways::filter;
using Kind = PacketError::Kind;

namespace {

Packet read(std::string_view text)
{
    const auto packet = readPacket(text);
    INFO(text);
    REQUIRE(packet);
    return *packet;
}

PacketError refusal(std::string_view text)
{
    const auto packet = readPacket(text);
    INFO(text);
    REQUIRE_FALSE(packet);
    return packet.error();
}

} // namespace

TEST_CASE("a packet is read with every key of the contract")
{
    const auto ping = read("src=192.168.122.1 dst=192.168.122.10 proto=icmp type=echo-request iif=br0 ct=new");
    CHECK(ping.source.toString() == "192.168.122.1");
    CHECK(ping.destination.toString() == "192.168.122.10");
    CHECK(ping.protocol == 1);
    CHECK(ping.icmpType == 8);
    CHECK(ping.icmpCode == 0);
    CHECK(ping.inputInterface == "br0");
    CHECK_FALSE(ping.interfacesKnown);
    CHECK(ping.ct == CtState::New);
    CHECK(ping.ttl == 64);
    CHECK(ping.length == 84);
    const auto full =
        read("src=fd00::1 dst=fd00::2 proto=tcp sport=40000 dport=0x16 flags=syn,ack oif=eth0 iiftype=loopback "
             "smac=52:54:00:00:00:01 dmac=52-54-00-00-00-02 ethertype=ip6 vlan=100 mark=0x10 ttl=63 len=80 ct=invalid "
             "physin=tap0 physout=tap1");
    CHECK(full.sourcePort == 40000);
    CHECK(full.destinationPort == 22);
    CHECK(full.tcpFlags == 0x12);
    CHECK(full.outputInterface == "eth0");
    CHECK(full.inputType == 772);
    CHECK(full.sourceMac->toString() == "52:54:00:00:00:01");
    CHECK(full.destinationMac->toString() == "52:54:00:00:00:02");
    CHECK(full.etherType == etherIpv6);
    CHECK(full.vlan == 100);
    CHECK(full.mark == 0x10);
    CHECK(full.ttl == 63);
    CHECK(full.length == 80);
    CHECK(full.ct == CtState::Invalid);
    CHECK(full.inputPort == "tap0");
    CHECK(full.outputPort == "tap1");
    CHECK(read("src=10.0.0.1 dst=10.0.0.2 proto=47 frag=1480").fragmentOffset == 1480);
    const auto arp = read("ethertype=arp src=10.0.0.1 dst=10.0.0.2 op=reply smac=52:54:00:00:00:01");
    CHECK(arp.payloadType() == etherArp);
    CHECK(arp.arpOperation == 2);
    CHECK(read("ethertype=0x88cc smac=52:54:00:00:00:01").payloadType() == 0x88cc);
}

TEST_CASE("what is not given is as a plain ping or connect would have it")
{
    struct Case {
        const char *text;
        CtState ct;
        int ttl;
        int length;
    };
    const auto each = GENERATE(values<Case>({
        {"src=10.0.0.1 dst=10.0.0.2", CtState::New, 64, 84},
        {"src=fd00::1 dst=fd00::2", CtState::New, 64, 104},
        {"src=10.0.0.1 dst=10.0.0.2 type=echo-reply", CtState::Established, 64, 84},
        {"src=fd00::1 dst=fd00::2 type=echo-reply", CtState::Established, 64, 104},
        {"src=10.0.0.1 dst=10.0.0.2 type=destination-unreachable code=port-unreachable", CtState::Related, 64, -1},
        {"src=fd00::1 dst=fd00::2 type=packet-too-big", CtState::Related, 64, -1},
        {"src=fe80::1 dst=ff02::1:ff00:2 type=nd-neighbor-solicit", CtState::Untracked, 255, -1},
        {"src=fe80::1 dst=ff02::16 type=mld2-listener-report", CtState::Untracked, 1, -1},
        {"src=10.0.0.1 dst=10.0.0.2 proto=tcp dport=22", CtState::New, 64, 60},
        {"src=10.0.0.1 dst=10.0.0.2 flags=syn", CtState::New, 64, 60},
        {"src=10.0.0.1 dst=10.0.0.2 flags=syn,ack", CtState::Established, 64, 60},
        {"src=10.0.0.1 dst=10.0.0.2 proto=tcp flags=ack", CtState::Established, 64, -1},
        {"src=10.0.0.1 dst=10.0.0.2 proto=udp dport=53", CtState::New, 64, -1},
    }));
    INFO(each.text);
    const auto packet = read(each.text);
    CHECK(packet.ct == each.ct);
    CHECK(packet.ttl == each.ttl);
    CHECK(packet.length == each.length);
}

TEST_CASE("an error names the key and the value")
{
    struct Case {
        const char *text;
        Kind kind;
        const char *key;
        const char *value;
        const char *other;
    };
    const auto each = GENERATE(values<Case>({
        {"src=10.0.0.1 dst=10.0.0.2 colour=red", Kind::UnknownKey, "colour", "red", ""},
        {"src=10.0.0.1 src=10.0.0.2", Kind::Twice, "src", "10.0.0.2", ""},
        {"src=10.0.0.1 ping", Kind::NoPair, "", "ping", ""},
        {"src=10.0.0.1", Kind::Missing, "dst", "", ""},
        {"", Kind::Missing, "src", "", ""},
        {"src=10.0.0.256 dst=10.0.0.2", Kind::BadValue, "src", "10.0.0.256", ""},
        {"src= dst=10.0.0.2", Kind::BadValue, "src", "", ""},
        {"src=10.0.0.1 dst=10.0.0.2 proto=256", Kind::BadValue, "proto", "256", ""},
        {"src=10.0.0.1 dst=10.0.0.2 proto=ping", Kind::BadValue, "proto", "ping", ""},
        {"src=10.0.0.1 dst=10.0.0.2 type=packet-too-big", Kind::BadValue, "type", "packet-too-big", ""},
        {"src=10.0.0.1 dst=10.0.0.2 proto=tcp dport=65536", Kind::BadValue, "dport", "65536", ""},
        {"src=10.0.0.1 dst=10.0.0.2 proto=tcp flags=syn,,ack", Kind::BadValue, "flags", "syn,,ack", ""},
        {"src=10.0.0.1 dst=10.0.0.2 iif=a/b", Kind::BadValue, "iif", "a/b", ""},
        {"src=10.0.0.1 dst=10.0.0.2 oif=sixteencharacter", Kind::BadValue, "oif", "sixteencharacter", ""},
        {"src=10.0.0.1 dst=10.0.0.2 smac=52:54", Kind::BadValue, "smac", "52:54", ""},
        {"src=10.0.0.1 dst=10.0.0.2 vlan=4096", Kind::BadValue, "vlan", "4096", ""},
        {"src=10.0.0.1 dst=10.0.0.2 mark=-1", Kind::BadValue, "mark", "-1", ""},
        {"src=10.0.0.1 dst=10.0.0.2 ttl=256", Kind::BadValue, "ttl", "256", ""},
        {"src=10.0.0.1 dst=10.0.0.2 ct=old", Kind::BadValue, "ct", "old", ""},
        {"src=10.0.0.1 dst=10.0.0.2 proto=47 frag=7", Kind::BadValue, "frag", "7", ""},
        {"src=10.0.0.1 dst=fd00::2", Kind::Contradiction, "dst", "fd00::2", "src=10.0.0.1"},
        {"src=10.0.0.1 dst=10.0.0.2 proto=icmp sport=5", Kind::Contradiction, "sport", "5", "proto=icmp"},
        {"src=10.0.0.1 dst=10.0.0.2 dport=5", Kind::Contradiction, "dport", "5", "proto=icmp"},
        {"src=10.0.0.1 dst=10.0.0.2 proto=icmpv6", Kind::Contradiction, "proto", "icmpv6", "src=10.0.0.1"},
        {"src=fd00::1 dst=fd00::2 proto=icmp", Kind::Contradiction, "proto", "icmp", "src=fd00::1"},
        {"src=10.0.0.1 dst=10.0.0.2 proto=udp type=8", Kind::Contradiction, "type", "8", "proto=udp"},
        {"src=10.0.0.1 dst=10.0.0.2 proto=udp flags=syn", Kind::Contradiction, "flags", "syn", "proto=udp"},
        {"src=10.0.0.1 dst=10.0.0.2 ethertype=ip6", Kind::Contradiction, "src", "10.0.0.1", "ethertype=ip6"},
        {"ethertype=0x88cc src=10.0.0.1", Kind::Contradiction, "src", "10.0.0.1", "ethertype=0x88cc"},
        {"ethertype=arp src=10.0.0.1 dst=10.0.0.2 dport=5", Kind::Contradiction, "dport", "5", "ethertype=arp"},
        {"src=10.0.0.1 dst=10.0.0.2 op=request", Kind::Contradiction, "op", "request", "ethertype=ip"},
        {"src=10.0.0.1 dst=10.0.0.2 proto=tcp dport=5 frag=8", Kind::Contradiction, "dport", "5", "frag=8"},
        {"src=10.0.0.1 dst=10.0.0.2 type=time-exceeded id=1", Kind::Contradiction, "id", "1", "type=time-exceeded"},
    }));
    const auto error = refusal(each.text);
    INFO(each.text);
    CHECK(error.kind == each.kind);
    CHECK(error.key == each.key);
    CHECK(error.value == each.value);
    CHECK(error.other == each.other);
    CHECK(refusal(std::string(5000, 'x')).kind == Kind::TooLong);
}

TEST_CASE("what is written is read as the same packet")
{
    // Words that fit and words that do not, in any number and order; only what is read at all is written again.
    static constexpr std::array words{"src=10.0.0.1",
                                      "src=fd00::1",
                                      "dst=10.0.0.2",
                                      "dst=fd00::2",
                                      "proto=icmp",
                                      "proto=icmpv6",
                                      "proto=tcp",
                                      "proto=udp",
                                      "proto=132",
                                      "proto=2",
                                      "type=0",
                                      "type=echo-request",
                                      "type=3",
                                      "type=135",
                                      "type=129",
                                      "code=1",
                                      "sport=1",
                                      "dport=53",
                                      "flags=syn",
                                      "flags=none",
                                      "flags=0xff",
                                      "flags=ack,psh",
                                      "iif=eth0",
                                      "oif=br-1.5",
                                      "iiftype=ether",
                                      "iiftype=7",
                                      "oiftype=none",
                                      "smac=02:00:00:00:00:01",
                                      "dmac=ff:ff:ff:ff:ff:ff",
                                      "ethertype=ip",
                                      "ethertype=arp",
                                      "ethertype=0x88cc",
                                      "vlan=0",
                                      "mark=7",
                                      "ttl=0",
                                      "ttl=255",
                                      "len=0",
                                      "len=1500",
                                      "ct=new",
                                      "ct=established",
                                      "ct=related",
                                      "ct=invalid",
                                      "ct=untracked",
                                      "frag=0",
                                      "frag=1480",
                                      "physin=tap0",
                                      "physout=tap1",
                                      "op=reply",
                                      "op=3",
                                      "id=1",
                                      "seq=2",
                                      "ctdir=reply",
                                      "ctmark=9"};
    std::mt19937 random(7);
    int read = 0;
    for (int i = 0; i < 20000; ++i) {
        std::string text = random() % 2 == 0 ? "src=10.0.0.1 dst=10.0.0.2" : "src=fd00::1 dst=fd00::2";
        for (auto left = random() % 6; left > 0; --left) {
            text += std::string(" ") + words.at(random() % words.size());
        }
        const auto packet = readPacket(text);
        if (!packet) {
            continue;
        }
        ++read;
        const auto written = writePacket(*packet);
        INFO(text << " -> " << written);
        const auto again = readPacket(written);
        REQUIRE(again);
        REQUIRE(*again == *packet);
        REQUIRE(writePacket(*again) == written);
    }
    CHECK(read > 1000);
}
