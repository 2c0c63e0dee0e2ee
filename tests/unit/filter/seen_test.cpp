// SPDX-License-Identifier: GPL-3.0-or-later
// What the kernel of each hook sees of frames, fragments and addresses, and what nobody told the walk of them.
#include "catch.h"

#include "support.h"

#include "filter/packet/packet_text.h"

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

Verdict dropping(const std::string &conditions, const std::string &packetText, std::string_view flavour = "legacy")
{
    const auto rules = fromXtables("*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT " +
                                       conditions + " -j DROP\nCOMMIT\n",
                                   net::Family::v4, flavour);
    const auto packet = readPacket("src=192.168.122.1 " + packetText);
    REQUIRE(packet);
    return walk(rules, Hook::Input, *packet).verdict;
}

Verdict droppingInNft(const std::string &expression, const std::string &packetText)
{
    const auto packet = readPacket("src=192.168.122.1 " + packetText);
    REQUIRE(packet);
    return walk(fromNft(inputRules("accept", {expression})), Hook::Input, *packet).verdict;
}

} // namespace

TEST_CASE("the kind of a frame is told by the frame")
{
    struct Case {
        const char *kind;
        const char *packet;
        Verdict verdict;
    };
    const auto each = GENERATE(values<Case>({
        {"broadcast", "dst=192.168.122.10 dmac=ff:ff:ff:ff:ff:ff", Verdict::Drop},
        {"multicast", "dst=192.168.122.10 dmac=01:00:5e:00:00:01", Verdict::Drop},
        {"unicast", "dst=192.168.122.10 dmac=ff:ff:ff:ff:ff:ff", Verdict::Accept},
        {"unicast", "dst=192.168.122.10 dmac=52:54:00:00:00:01", Verdict::Drop},
        {"multicast", "dst=224.0.0.251 proto=udp dmac=52:54:00:00:00:01", Verdict::Accept},
        {"multicast", "dst=224.0.0.251 proto=udp", Verdict::Drop},
        {"unicast", "dst=192.168.122.10", Verdict::Drop},
        {"broadcast", "dst=192.168.122.10", Verdict::Accept},
        {"broadcast", "dst=192.168.122.255", Verdict::Undecided},
        {"unicast", "dst=192.168.122.255", Verdict::Undecided},
        {"broadcast", "dst=192.168.122.255 dmac=ff:ff:ff:ff:ff:ff", Verdict::Drop},
        {"broadcast", "dst=192.168.122.255 pkttype=broadcast", Verdict::Drop},
        {"broadcast", "dst=192.168.122.255 dsttype=local", Verdict::Accept},
    }));
    INFO(each.kind << ' ' << each.packet);
    CHECK(dropping("-m pkttype --pkt-type " + std::string(each.kind), each.packet) == each.verdict);
    const auto *name = std::string_view(each.kind) == "unicast" ? "host" : each.kind;
    CHECK(droppingInNft(R"({"match": {"op": "==", "left": {"meta": {"key": "pkttype"}}, "right": ")" + std::string(name) +
                            R"("}}, {"drop": null})",
                        each.packet) == each.verdict);
}

TEST_CASE("the kind of an address is what the machine's routes say, which an address alone does not always tell")
{
    struct Case {
        const char *kind;
        const char *packet;
        Verdict verdict;
    };
    const auto each = GENERATE(values<Case>({
        {"LOCAL", "dst=192.168.122.10", Verdict::Drop},
        {"LOCAL", "dst=192.168.122.255", Verdict::Undecided},
        {"LOCAL", "dst=192.168.122.127", Verdict::Undecided},
        {"LOCAL", "dst=192.168.122.0", Verdict::Undecided},
        {"LOCAL", "dst=192.168.122.255 dsttype=local", Verdict::Drop},
        {"LOCAL", "dst=192.168.122.255 dsttype=broadcast", Verdict::Accept},
        {"BROADCAST", "dst=192.168.122.255", Verdict::Undecided},
        {"BROADCAST", "dst=192.168.122.255 dsttype=broadcast", Verdict::Drop},
        {"BROADCAST", "dst=255.255.255.255", Verdict::Drop},
        {"BROADCAST", "dst=192.168.122.10", Verdict::Accept},
        {"MULTICAST", "dst=192.168.122.10", Verdict::Accept},
        {"MULTICAST", "dst=192.168.122.255", Verdict::Accept},
        {"MULTICAST", "dst=224.0.0.1", Verdict::Drop},
        {"BROADCAST,MULTICAST", "dst=192.168.122.10", Verdict::Accept},
        {"MULTICAST,LOCAL", "dst=192.168.122.10", Verdict::Drop},
    }));
    INFO(each.kind << ' ' << each.packet);
    CHECK(dropping("-m addrtype --dst-type " + std::string(each.kind), each.packet) == each.verdict);
    const bool known = each.verdict == Verdict::Undecided;
    const auto inverted = known ? Verdict::Undecided : each.verdict == Verdict::Drop ? Verdict::Accept : Verdict::Drop;
    CHECK(dropping("-m addrtype ! --dst-type " + std::string(each.kind), each.packet) == inverted);
    // A unicast source is neither, whatever the routes say of it.
    CHECK(dropping("-m addrtype --src-type MULTICAST", each.packet) == Verdict::Accept);
}

TEST_CASE("later fragments are seen by each program as its kernel module does")
{
    struct Case {
        const char *conditions;
        const char *packet;
        Verdict legacy;
        Verdict nft;
    };
    const auto each = GENERATE(values<Case>({
        {"-p tcp -m tcp --dport 22", "frag=8", Verdict::Drop, Verdict::Undecided},
        {"-p tcp -m tcp --dport 22", "frag=16", Verdict::Accept, Verdict::Undecided},
        {"-p tcp -m tcp", "frag=8", Verdict::Drop, Verdict::Undecided},
        {"-p tcp -m tcp", "frag=16", Verdict::Accept, Verdict::Undecided},
        {"-p tcp --dport 22", "frag=8", Verdict::Drop, Verdict::Undecided},
        {"-s 10.0.0.1/32 -p tcp -m tcp", "frag=8", Verdict::Accept, Verdict::Accept},
        {"-p tcp", "frag=16", Verdict::Drop, Verdict::Drop},
        {"-p tcp -m multiport --dports 22", "frag=16", Verdict::Accept, Verdict::Undecided},
        {"-p udp -m udp", "frag=16", Verdict::Accept, Verdict::Accept},
    }));
    INFO(each.conditions << ' ' << each.packet);
    const auto packet = "dst=192.168.122.10 proto=tcp " + std::string(each.packet);
    CHECK(dropping(each.conditions, packet) == each.legacy);
    CHECK(dropping(each.conditions, packet, "nft") == each.nft);
}

TEST_CASE("nft looks at what stands at the place of a port, also in a later fragment")
{
    const std::string port =
        R"({"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 22}}, {"drop": null})";
    CHECK(droppingInNft(port, "dst=192.168.122.10 proto=tcp frag=16") == Verdict::Undecided);
    CHECK(droppingInNft(port, "dst=192.168.122.10 proto=udp frag=16") == Verdict::Accept);
    CHECK(droppingInNft(port, "dst=192.168.122.10 proto=tcp dport=22 frag=0") == Verdict::Drop);
    const std::string protocol =
        R"({"match": {"op": "==", "left": {"meta": {"key": "l4proto"}}, "right": "tcp"}}, {"drop": null})";
    CHECK(droppingInNft(protocol, "dst=192.168.122.10 proto=tcp frag=16") == Verdict::Drop);
}

TEST_CASE("a redirection drops where the interface has no address, of which the packet says nothing")
{
    const auto rules = fromXtables("*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n"
                                   "-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080\n"
                                   "-A OUTPUT -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080\nCOMMIT\n");
    const auto web = readPacket("src=192.168.122.1 dst=192.168.122.10 proto=tcp dport=80 iif=eth0");
    const auto answer = walk(rules, Hook::Prerouting, *web);
    CHECK(answer.verdict == Verdict::Undecided);
    CHECK(answer.canPass);
    REQUIRE_FALSE(answer.undecided.empty());
    CHECK(answer.undecided.front().why.find("address") != std::string::npos);
    const auto local = readPacket("src=192.168.122.1 dst=192.168.122.10 proto=tcp dport=80 oif=eth0");
    CHECK(walk(rules, Hook::Output, *local).verdict == Verdict::Accept); // to 127.0.0.1
}

TEST_CASE("a pair of MAC and address is asked of ARP too by one ebtables, and of IPv4 only by the other")
{
    const auto verdict = [](std::string_view flavour, const std::string &option, const std::string &packetText) {
        Ruleset rules;
        const auto text = "*filter\n:INPUT ACCEPT\n:FORWARD ACCEPT\n:OUTPUT ACCEPT\n-A FORWARD " + option + " -j DROP\n";
        REQUIRE(rules.addEbtablesSave(text, flavour).has_value());
        return walk(rules, Hook::BridgeForward, *readPacket(packetText)).verdict;
    };
    const std::string pair = "--among-src 52:54:0:0:0:1=10.0.0.1,";
    const std::string ip = "src=10.0.0.1 dst=10.0.0.2 smac=52:54:00:00:00:01";
    const std::string arp = "ethertype=arp src=10.0.0.1 dst=10.0.0.2 smac=52:54:00:00:00:01";
    const std::string otherArp = "ethertype=arp src=10.0.0.9 dst=10.0.0.2 smac=52:54:00:00:00:01";
    const std::string otherIp = "src=10.0.0.9 dst=10.0.0.2 smac=52:54:00:00:00:01";
    for (const auto *flavour : {"legacy", "nft"}) {
        const auto legacy = std::string_view(flavour) == "legacy";
        INFO(flavour);
        CHECK(verdict(flavour, pair, ip) == Verdict::Drop);
        CHECK(verdict(flavour, pair, otherIp) == Verdict::Accept);
        CHECK(verdict(flavour, pair, arp) == (legacy ? Verdict::Drop : Verdict::Accept));
        CHECK(verdict(flavour, "! " + pair, otherIp) == Verdict::Drop);
        CHECK(verdict(flavour, "! " + pair, otherArp) == (legacy ? Verdict::Drop : Verdict::Accept));
        CHECK(verdict(flavour, "--among-src 52:54:0:0:0:1,", arp) == Verdict::Drop);
    }
}
