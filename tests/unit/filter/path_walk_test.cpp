// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

#include "filter/packet/packet_text.h"
#include "filter/walk/exchange.h"

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

Passing passing(std::string_view text)
{
    Passing result(readPacket(text).value());
    result.packet.interfacesKnown = true;
    return result;
}

std::string hooksOf(const PathAnswer &answer)
{
    std::string names;
    for (const auto &step : answer.steps) {
        names += (names.empty() ? "" : " ") + std::string(name(step.hook));
    }
    return names;
}

/// An accepting chain at every hook there is.
std::string everywhere()
{
    std::string json = R"({"nftables":[)";
    int tables = 0;
    const auto table = [&](const char *family, std::initializer_list<const char *> hooks) {
        json += (tables++ == 0 ? "" : ",") + std::string(R"({"table":{"family":")") + family + R"(","name":"t","handle":1}})";
        for (const auto *hook : hooks) {
            json += std::string(R"(,{"chain":{"family":")") + family + R"(","table":"t","name":")" + hook +
                    R"(","handle":1,"type":"filter","hook":")" + hook +
                    R"(","prio":-300,"policy":"accept","dev":["tap0","br0","tap1"]}})";
        }
    };
    table("inet", {"prerouting", "input", "forward", "output", "postrouting"});
    table("bridge", {"prerouting", "input", "forward", "output", "postrouting"});
    table("arp", {"input", "output"});
    table("netdev", {"ingress", "egress"});
    return json + "]}";
}

constexpr auto v4 = net::Family::v4;

} // namespace

TEST_CASE("a packet passes the hooks of bridge, device and IP in the kernel's order")
{
    const auto rules = fromNft(everywhere());
    struct Case {
        Way way;
        const char *packet;
        bool shown;
        const char *hooks;
    };
    const auto each = GENERATE(values<Case>({
        {Way::In, "src=10.0.0.1 dst=10.0.0.2 iif=br0", false, "ingress prerouting input"},
        {Way::In, "src=10.0.0.1 dst=10.0.0.2 iif=br0 physin=tap0", false,
         "ingress bridge-prerouting bridge-input ingress prerouting input"},
        {Way::In, "src=10.0.0.1 dst=10.0.0.2 iif=br0 physin=tap0", true,
         "ingress bridge-prerouting prerouting bridge-input ingress input"},
        {Way::In, "ethertype=arp src=10.0.0.1 dst=10.0.0.2 iif=br0 physin=tap0", true,
         "ingress bridge-prerouting bridge-input ingress arp-input"},
        {Way::Out, "src=10.0.0.1 dst=10.0.0.2 oif=br0", false, "output postrouting egress"},
        {Way::Out, "src=10.0.0.1 dst=10.0.0.2 oif=br0 physout=tap0", true,
         "output postrouting egress bridge-output bridge-postrouting egress"},
        {Way::Out, "ethertype=arp src=10.0.0.1 dst=10.0.0.2 oif=br0 physout=tap0", true,
         "arp-output egress bridge-output bridge-postrouting egress"},
        {Way::Through, "src=10.0.0.1 dst=10.0.0.2 iif=tap1 oif=br0", false, "ingress prerouting forward postrouting egress"},
        {Way::Bridged, "src=10.0.0.1 dst=10.0.0.2 iif=br0 oif=br0 physin=tap0 physout=tap1", false,
         "ingress bridge-prerouting bridge-forward bridge-postrouting egress"},
        {Way::Bridged, "src=10.0.0.1 dst=10.0.0.2 iif=br0 oif=br0 physin=tap0 physout=tap1", true,
         "ingress bridge-prerouting prerouting bridge-forward forward bridge-postrouting postrouting egress"},
    }));
    INFO(each.packet);
    auto packet = passing(each.packet);
    const auto answer = walkPath(rules, each.way, packet, {each.shown, each.shown});
    CHECK(hooksOf(answer) == each.hooks);
    CHECK(answer.verdict == Verdict::Accept);
}

TEST_CASE("the first hook that stops the packet decides, and what lies behind is still told")
{
    const auto rules = fromXtables("*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -j MARK --set-xmark 0x7/0xffffffff\nCOMMIT\n"
                                   "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m mark --mark 0x7 -j DROP\nCOMMIT\n");
    auto packet = passing("src=10.0.0.1 dst=10.0.0.2 iif=eth0");
    const auto answer = walkPath(rules, Way::In, packet);
    CHECK(answer.verdict == Verdict::Drop);
    CHECK_FALSE(answer.canPass);
    REQUIRE(answer.decisive == 1U);
    CHECK(answer.steps[1].hook == Hook::Input);
    CHECK(answer.steps[1].packet.mark == 7);
}

TEST_CASE("a translated address is what later hooks see")
{
    const auto rules =
        fromXtables("*nat\n:PREROUTING ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n"
                    "-A PREROUTING -d 10.0.0.2/32 -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.9.0.9:8080\n"
                    "-A POSTROUTING -o eth1 -j MASQUERADE\nCOMMIT\n"
                    "*filter\n:FORWARD DROP [0:0]\n-A FORWARD -d 10.9.0.9/32 -p tcp -m tcp --dport 8080 -j ACCEPT\nCOMMIT\n");
    auto packet = passing("src=10.0.0.1 dst=10.0.0.2 proto=tcp sport=40000 dport=80 iif=eth0 oif=eth1");
    const auto answer = walkPath(rules, Way::Through, packet);
    CHECK(answer.rerouted);
    CHECK(answer.verdict == Verdict::Undecided); // where 10.9.0.9 is routed is not known
    REQUIRE(answer.steps.size() == 3);
    CHECK(answer.steps[1].answer.verdict == Verdict::Accept);
    CHECK(answer.steps[1].packet.destination.toString() == "10.9.0.9");
    CHECK(answer.steps[1].packet.destinationPort == 8080);
    auto established = passing("src=10.0.0.1 dst=10.0.0.2 proto=tcp sport=40000 dport=80 flags=ack iif=eth0 oif=eth1");
    CHECK(walkPath(rules, Way::Through, established).verdict == Verdict::Drop); // no connection is known that was translated
}

TEST_CASE("what a connection was before its translation can still be asked")
{
    const auto rules = fromXtables(
        "*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -d 10.0.0.2/32 -j DNAT --to-destination 10.9.0.9\nCOMMIT\n"
        "*filter\n:FORWARD ACCEPT [0:0]\n-A FORWARD -m conntrack --ctorigdst 10.0.0.2/32 --ctstate DNAT -j DROP\nCOMMIT\n");
    auto packet = passing("src=10.0.0.1 dst=10.0.0.2 iif=eth0 oif=eth1");
    const auto answer = walkPath(rules, Way::Through, packet);
    CHECK(answer.verdict == Verdict::Drop);
    auto other = passing("src=10.0.0.1 dst=10.9.0.9 iif=eth0 oif=eth1");
    CHECK(walkPath(rules, Way::Through, other).verdict == Verdict::Accept);
}

TEST_CASE("only the first packet of a connection asks the chains of NAT, and only until one of them decides")
{
    const auto rules = fromXtables("*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n"
                                   "-A PREROUTING -d 10.0.0.2/32 -j DNAT --to-destination 10.0.0.3\n"
                                   "-A PREROUTING -d 10.0.0.3/32 -j DROP\nCOMMIT\n");
    const auto verdict = [&](const char *text) { return walk(rules, Hook::Prerouting, readPacket(text).value()).verdict; };
    CHECK(verdict("src=10.0.0.1 dst=10.0.0.2 iif=eth0") == Verdict::Accept);
    CHECK(verdict("src=10.0.0.1 dst=10.0.0.3 iif=eth0") == Verdict::Drop);
    CHECK(verdict("src=10.0.0.1 dst=10.0.0.3 iif=eth0 ct=established") == Verdict::Accept);
    CHECK(verdict("src=10.0.0.1 dst=10.0.0.3 iif=eth0 ct=untracked") == Verdict::Accept);
    CHECK(verdict("src=10.0.0.1 dst=10.0.0.3 iif=eth0 type=3 ct=related") == Verdict::Accept);
    CHECK(verdict("src=10.0.0.1 dst=10.0.0.3 iif=lo") == Verdict::Accept);
}

TEST_CASE("both ways of an exchange: what is new, what is established")
{
    const auto host = fromXtables("*filter\n:INPUT DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n"
                                  "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\nCOMMIT\n");
    const auto guest = fromXtables("*filter\n:INPUT ACCEPT [0:0]\n:OUTPUT DROP [0:0]\n"
                                   "-A INPUT -m conntrack --ctstate ESTABLISHED -j REJECT\n"
                                   "-A OUTPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT\nCOMMIT\n");
    const std::vector<Machine> machines{{&host, Machine::Role::Sender, {}, {"br0", ""}, {}},
                                        {&guest, Machine::Role::Receiver, {"eth0", ""}, {}, {}}};
    const auto crossings = walkExchange(machines, readPacket("src=10.0.0.1 dst=10.0.0.2").value());
    REQUIRE(crossings.size() == 6);
    CHECK(crossings[0].way == Way::Out);
    CHECK(crossings[1].way == Way::In);
    CHECK(crossings[2].turn == Turn::Reply);
    CHECK(crossings[2].machine == 1);
    CHECK(crossings[2].path.verdict == Verdict::Accept);
    CHECK(crossings[3].path.verdict == Verdict::Accept); // the host's rule for established ones
    CHECK(crossings[4].path.verdict == Verdict::Accept);
    CHECK(crossings[5].path.verdict == Verdict::Reject); // the second request is established in the guest
}

TEST_CASE("a request that is not tracked has no reply that is established")
{
    const auto host =
        fromXtables("*raw\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p icmp -j CT --notrack\nCOMMIT\n"
                    "*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n"
                    "-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT\nCOMMIT\n",
                    net::Family::v4, "nft");
    const Ruleset none;
    const std::vector<Machine> machines{{&host, Machine::Role::Sender, {}, {"br0", ""}, {}},
                                        {&none, Machine::Role::Receiver, {"eth0", ""}, {}, {}}};
    const auto crossings = walkExchange(machines, readPacket("src=10.0.0.1 dst=10.0.0.2").value());
    REQUIRE(crossings.size() == 6);
    CHECK(crossings[3].path.verdict == Verdict::Drop);
    REQUIRE(crossings[3].path.steps.size() == 2);
    CHECK(crossings[3].path.steps[1].hook == Hook::Input);
    CHECK(crossings[3].path.steps[1].packet.ct == CtState::Invalid);
}

TEST_CASE("a translated exchange finds its way back")
{
    // The router hides the sender's address; the receiver sees the router's, and the sender its own again.
    const auto router = fromXtables("*nat\n:POSTROUTING ACCEPT [0:0]\n"
                                    "-A POSTROUTING -s 10.0.0.0/24 -o wan -j SNAT --to-source 192.0.2.1\nCOMMIT\n"
                                    "*filter\n:FORWARD DROP [0:0]\n-A FORWARD -s 10.0.0.1/32 -j ACCEPT\n"
                                    "-A FORWARD -d 10.0.0.1/32 -m conntrack --ctstate ESTABLISHED -j ACCEPT\nCOMMIT\n");
    const auto guest =
        fromXtables("*filter\n:OUTPUT ACCEPT [0:0]\n:INPUT DROP [0:0]\n-A INPUT -s 192.0.2.1/32 -j ACCEPT\nCOMMIT\n");
    const auto sender = fromXtables(
        "*filter\n:OUTPUT ACCEPT [0:0]\n:INPUT DROP [0:0]\n-A INPUT -s 198.51.100.7/32 -d 10.0.0.1/32 -j ACCEPT\nCOMMIT\n");
    const std::vector<Machine> machines{{&sender, Machine::Role::Sender, {}, {"eth0", ""}, {}},
                                        {&router, Machine::Role::Router, {"lan", ""}, {"wan", ""}, {}},
                                        {&guest, Machine::Role::Receiver, {"eth0", ""}, {}, {}}};
    const auto crossings = walkExchange(machines, readPacket("src=10.0.0.1 dst=198.51.100.7").value());
    REQUIRE(crossings.size() == 9);
    for (const auto &crossing : crossings) {
        INFO(crossing.machine << ' ' << name(crossing.turn));
        CHECK(crossing.path.verdict == Verdict::Accept);
    }
}

TEST_CASE("what a plain peer answers")
{
    CHECK(replyTo(readPacket("src=10.0.0.1 dst=10.0.0.2").value())->icmpType == 0);
    CHECK(replyTo(readPacket("src=fd00::1 dst=fd00::2").value())->icmpType == 129);
    const auto tcp = replyTo(readPacket("src=10.0.0.1 dst=10.0.0.2 proto=tcp sport=1 dport=22").value());
    REQUIRE(tcp);
    CHECK(tcp->sourcePort == 22);
    CHECK(tcp->destinationPort == 1);
    CHECK(tcp->tcpFlags == 0x12);
    CHECK(replyTo(readPacket("ethertype=arp src=10.0.0.1 dst=10.0.0.2").value())->arpOperation == 2);
    CHECK_FALSE(replyTo(readPacket("src=10.0.0.1 dst=10.0.0.2 type=3").value()));
    CHECK_FALSE(replyTo(readPacket("src=10.0.0.1 dst=10.0.0.2 proto=47").value()));
    CHECK(fromXtables("", v4).isEmpty());
}
