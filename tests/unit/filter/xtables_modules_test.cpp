// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

#include "filter/model/model.h"

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

struct Case {
    const char *rule;
    const char *packet;
    Verdict verdict;
};

std::string table(const std::string &rule, const std::string &name = "filter", const std::string &chain = "INPUT")
{
    return "*" + name + "\n:" + chain + " ACCEPT [0:0]\n[7:588] -A " + chain + " " + rule + "\nCOMMIT\n";
}

} // namespace

TEST_CASE("iptables' modules for ports and headers match as the kernel's do")
{
    const auto each = GENERATE(values<Case>({
        {"-p tcp -m multiport --ports 22,80:90 -j DROP", "proto=tcp sport=85 dport=5000", Verdict::Drop},
        {"-p tcp -m multiport --ports 22,80:90 -j DROP", "proto=tcp sport=5000 dport=22", Verdict::Drop},
        {"-p tcp -m multiport ! --ports 22 -j DROP", "proto=tcp sport=5000 dport=22", Verdict::Accept},
        {"-p tcp -m multiport ! --ports 22 -j DROP", "proto=tcp sport=5000 dport=23", Verdict::Drop},
        {"-p tcp -m multiport --ports 22 -j DROP", "proto=tcp dport=23", Verdict::Undecided},
        {"-p tcp -m multiport --dports 22 -j DROP", "proto=icmp", Verdict::Accept},
        {"-p tcp -m multiport ! --dports 22,23 -j DROP", "proto=tcp dport=24", Verdict::Drop},
        {"-p udp -m multiport --source-ports 67:68 -j DROP", "proto=udp sport=67 dport=1", Verdict::Drop},
        {"-p udp -m udp --sport 67:68 --dport 1: -j DROP", "proto=udp sport=68 dport=9", Verdict::Drop},
        {"-p udp -m udp --sport :66 -j DROP", "proto=udp sport=67 dport=9", Verdict::Accept},
        {"-p tcp -m tcp --syn -j DROP", "proto=tcp dport=9 flags=0x12", Verdict::Accept},
        {"-p tcp -m tcp --tcp-flags NONE NONE -j DROP", "proto=tcp dport=9", Verdict::Drop},
        {"-p tcp -m tcp --tcp-option 5 -j DROP", "proto=tcp dport=9", Verdict::Undecided},
        {"-p tcp -m tcp --tcp-option 5 -j DROP", "proto=icmp", Verdict::Accept},
        {"-p icmp -m icmp --icmp-type host-unreachable -j DROP", "proto=icmp type=3 code=1", Verdict::Drop},
        {"-p icmp -m icmp --icmp-type destination-unreachable -j DROP", "proto=icmp type=3 code=9", Verdict::Drop},
        {"-p icmp -m icmp ! --icmp-type any -j DROP", "proto=icmp", Verdict::Accept},
        {"-p icmp -m icmp -j DROP", "proto=icmp", Verdict::Drop},
        {"-m iprange --src-range 192.168.122.0-192.168.122.9 -j DROP", "proto=icmp", Verdict::Drop},
        {"-m iprange ! --dst-range 192.168.122.70-192.168.122.80 -j DROP", "proto=icmp", Verdict::Accept},
        {"-m ttl --ttl-lt 64 -j DROP", "ttl=63", Verdict::Drop},
        {"-m ttl --ttl-gt 64 -j DROP", "ttl=64", Verdict::Accept},
        {"-m ttl ! --ttl-eq 64 -j DROP", "ttl=64", Verdict::Accept},
        {"-m length --length 84 -j DROP", "proto=icmp", Verdict::Drop},
        {"-m length ! --length 100:65535 -j DROP", "len=100", Verdict::Accept},
        {"-m tos --tos 0x10/0x3f -j DROP", "proto=icmp", Verdict::Accept},
        {"-m tos ! --tos 0x10/0x3f -j DROP", "proto=icmp", Verdict::Drop},
        {"-m dscp --dscp 0x00 -j DROP", "proto=icmp", Verdict::Drop},
        {"-m dscp --dscp-class EF -j DROP", "proto=icmp", Verdict::Accept},
        {"-m ecn --ecn-ip-ect 2 -j DROP", "proto=icmp", Verdict::Accept},
        {"-p tcp -m ecn --ecn-tcp-ece -j DROP", "proto=tcp dport=9", Verdict::Accept},
        {"-p ah -m ah --ahspi 500 -j DROP", "proto=icmp", Verdict::Accept},
        {"-p esp -m esp --espspi 1:500 -j DROP", "proto=50", Verdict::Undecided},
        {"-f -j DROP", "proto=icmp frag=1480", Verdict::Drop},
        {"-s 10.0.0.0/8,192.168.122.1 -j DROP", "proto=icmp", Verdict::Drop},
        {"-s 10.0.0.0/8,192.168.122.2 -j DROP", "proto=icmp", Verdict::Accept},
        {"-p icmp --icmp-type 8 -j DROP", "proto=icmp", Verdict::Drop}, // as a person writes it
        {"--protocol tcp ! --dport 22 -j DROP", "proto=tcp dport=22", Verdict::Accept},
        {"--in-interface eth0 --src 192.168.122.1 --dport 22 -j DROP", "proto=tcp dport=22", Verdict::Undecided},
    }));
    INFO(each.rule << " | " << each.packet);
    CHECK(walk(fromXtables(table(each.rule)), Hook::Input, packet(each.packet)).verdict == each.verdict);
}

TEST_CASE("iptables' modules for connections and limits match as the kernel's do")
{
    const auto each = GENERATE(values<Case>({
        {"-m conntrack --ctstate DNAT -j DROP", "ctstatus=0x28", Verdict::Drop},
        {"-m conntrack --ctstate SNAT,INVALID -j DROP", "ctstatus=0x28", Verdict::Accept},
        {"-m conntrack ! --ctstate DNAT -j DROP", "ctstatus=0", Verdict::Drop},
        {"-m conntrack ! --ctstate DNAT -j DROP", "ct=invalid", Verdict::Drop},
        {"-m conntrack --ctstatus CONFIRMED,ASSURED -j DROP", "ctstatus=0x8", Verdict::Drop},
        {"-m conntrack --ctstatus NONE -j DROP", "ctstatus=0x8", Verdict::Accept},
        {"-m conntrack ! --ctstatus ASSURED -j DROP", "ctstatus=0x8", Verdict::Drop},
        {"-m conntrack ! --ctstatus ASSURED -j DROP", "ct=untracked", Verdict::Accept},
        {"-m conntrack --ctstate INVALID,UNTRACKED --ctdir REPLY -j DROP", "ct=untracked", Verdict::Drop},
        {"-m conntrack --ctdir REPLY -j DROP", "proto=icmp", Verdict::Accept},
        {"-m conntrack --ctdir ORIGINAL -j DROP", "proto=icmp", Verdict::Drop},
        {"-m conntrack --ctproto 1 -j DROP", "proto=icmp", Verdict::Drop},
        {"-m state ! --state NEW,UNTRACKED -j DROP", "proto=icmp", Verdict::Accept},
        {"-m connmark --mark 0x1/0x1 -j DROP", "ctmark=3", Verdict::Drop},
        {"-m connmark ! --mark 0x1/0x1 -j DROP", "ct=invalid", Verdict::Accept},
        {"-m mark ! --mark 0x1 -j DROP", "mark=1", Verdict::Accept},
        {"-m hashlimit --hashlimit-above 10/sec --hashlimit-burst 5 --hashlimit-mode srcip --hashlimit-name x -j DROP",
         "proto=icmp", Verdict::Accept},
        {"-m hashlimit --hashlimit-upto 10/sec --hashlimit-burst 5 --hashlimit-name x -j DROP", "proto=icmp", Verdict::Drop},
        {"-p tcp -m connlimit --connlimit-above 3 --connlimit-mask 32 --connlimit-saddr -j DROP", "proto=tcp dport=9",
         Verdict::Accept},
        {"-m connlimit --connlimit-above 0 --connlimit-mask 32 --connlimit-saddr -j DROP", "proto=tcp dport=9", Verdict::Drop},
        {"-m recent --set --name x --mask 255.255.255.255 --rsource -j DROP", "proto=icmp", Verdict::Drop},
        {"-m recent ! --set --name x --mask 255.255.255.255 --rsource -j DROP", "proto=icmp", Verdict::Accept},
        {"-m recent --update --seconds 30 --hitcount 6 --name x --rsource -j DROP", "proto=icmp", Verdict::Accept},
        {"-m recent --rcheck --seconds 30 --name x --rsource -j DROP", "proto=icmp", Verdict::Undecided},
        {"-m quota --quota 1000 -j DROP", "proto=icmp", Verdict::Drop},
        {"-m quota --quota 0 -j DROP", "proto=icmp", Verdict::Accept},
        {"-m statistic --mode random --probability 0.5 -j DROP", "proto=icmp", Verdict::Undecided},
        {"-m string --string \"-j ACCEPT\" --algo bm --to 65535 -j DROP", "proto=icmp", Verdict::Undecided},
        {"-m time --timestart 08:00:00 --timestop 17:00:00 -j DROP", "proto=icmp", Verdict::Undecided},
    }));
    INFO(each.rule << " | " << each.packet);
    const auto answer = walk(fromXtables(table(each.rule)), Hook::Input, packet(each.packet));
    CHECK(answer.verdict == each.verdict);
}

TEST_CASE("iptables' modules for addresses and interfaces match as the kernel's do")
{
    const auto each = GENERATE(values<Case>({
        {"-m addrtype --dst-type BROADCAST,LOCAL -j DROP", "proto=icmp", Verdict::Drop},
        {"-m addrtype ! --dst-type LOCAL -j DROP", "proto=icmp", Verdict::Accept},
        {"-m addrtype --dst-type MULTICAST -j DROP", "dst=224.0.0.1", Verdict::Drop},
        {"-m addrtype --src-type LOCAL --limit-iface-in -j DROP", "proto=icmp", Verdict::Undecided},
        {"-m mac ! --mac-source 52:54:00:11:22:33 -j DROP", "smac=52:54:00:11:22:34", Verdict::Drop},
        {"-m physdev --physdev-in vnet+ -j DROP", "iif=br0 physin=vnet7", Verdict::Drop},
        {"-m physdev --physdev-in vnet+ -j DROP", "iif=br0", Verdict::Accept},
        {"-m physdev ! --physdev-in vnet0 -j DROP", "iif=eth0", Verdict::Drop},
        {"-m physdev --physdev-in + -j DROP", "iif=eth0", Verdict::Accept},
        {"-m physdev ! --physdev-out vnet0 -j DROP", "iif=br0 physin=vnet1", Verdict::Accept},
        {"-m physdev ! --physdev-out vnet0 -j DROP", "iif=eth0", Verdict::Drop},
        {"-m physdev ! --physdev-out vnet0 -j DROP", "iif=br0 physin=vnet1 physout=vnet2", Verdict::Drop},
        {"-m physdev --physdev-is-bridged -j DROP", "iif=br0 physin=vnet1 physout=vnet0", Verdict::Drop},
        {"-m physdev ! --physdev-is-bridged -j DROP", "iif=br0 physin=vnet1 physout=vnet0", Verdict::Accept},
        {"-m physdev ! --physdev-is-in -j DROP", "iif=eth0", Verdict::Drop},
        {"-m pkttype --pkt-type multicast -j DROP", "dst=224.0.0.1", Verdict::Drop},
        {"-m rpfilter --invert -j DROP", "reverse=1", Verdict::Accept},
        {"-m rpfilter --invert -j DROP", "reverse=0", Verdict::Drop},
        {"-m rpfilter --loose --invert -j DROP", "reverse=0", Verdict::Undecided},
        {"-m rpfilter --loose --invert -j DROP", "reverse=1", Verdict::Accept},
        {"-m rpfilter --invert -j DROP", "iif=lo", Verdict::Accept},
        {"-m rpfilter -j ACCEPT", "proto=icmp", Verdict::Accept},
        {"-m owner --uid-owner 0 -j DROP", "proto=icmp", Verdict::Undecided},
        {"-i eth+ -j DROP", "iif=lo", Verdict::Accept},
        {"! -i + -j DROP", "proto=icmp", Verdict::Accept},
        {"! -o eth0 -j DROP", "proto=icmp", Verdict::Drop},
    }));
    INFO(each.rule << " | " << each.packet);
    CHECK(walk(fromXtables(table(each.rule)), Hook::Input, packet(each.packet)).verdict == each.verdict);
}

TEST_CASE("ip6tables' modules know that a plain packet has no extension headers")
{
    const auto each = GENERATE(values<Case>({
        {"-m rt --rt-type 0 -j DROP", "proto=icmpv6", Verdict::Accept},
        {"-m rt ! --rt-type 0 -j DROP", "proto=icmpv6", Verdict::Accept},
        {"-m frag --fragfirst -j DROP", "proto=icmpv6", Verdict::Accept},
        {"-m frag --fragfirst -j DROP", "proto=icmpv6 frag=0", Verdict::Undecided},
        {"-m hbh -j DROP", "proto=icmpv6", Verdict::Accept},
        {"-m ah -j DROP", "proto=icmpv6", Verdict::Accept},
        {"-m ipv6header --header proto -j DROP", "proto=icmpv6", Verdict::Drop},
        {"-m ipv6header ! --header proto -j DROP", "proto=icmpv6", Verdict::Accept},
        {"-m ipv6header --header frag,esp --soft -j DROP", "proto=icmpv6", Verdict::Accept},
        {"-m ipv6header ! --header frag,esp --soft -j DROP", "proto=icmpv6", Verdict::Drop},
        {"-m hl --hl-eq 255 -j DROP", "proto=icmpv6 ttl=255", Verdict::Drop},
        {"-p ipv6-icmp -m icmp6 --icmpv6-type 1/3 -j DROP", "proto=icmpv6 type=1 code=3", Verdict::Drop},
        {"-p ipv6-icmp -m icmp6 --icmpv6-type neighbour-solicitation -j DROP", "proto=icmpv6 type=135", Verdict::Drop},
        {"-m addrtype --dst-type UNICAST -j DROP", "proto=icmpv6", Verdict::Drop},
        {"-m addrtype --dst-type MULTICAST -j DROP", "proto=icmpv6", Verdict::Accept},
        {"-m addrtype --dst-type LOCAL -j DROP", "proto=icmpv6", Verdict::Drop},
        {"-m addrtype ! --src-type UNICAST,LOCAL -j DROP", "proto=icmpv6", Verdict::Undecided},
        {"-s fd00::/8 -j DROP", "proto=icmpv6", Verdict::Drop},
    }));
    INFO(each.rule << " | " << each.packet);
    const auto rules = fromXtables(table(each.rule), net::Family::v6);
    CHECK(walk(rules, Hook::Input, packet("src=fd00::1 dst=fd00::2 " + std::string(each.packet))).verdict == each.verdict);
}

TEST_CASE("iptables' targets say what they change")
{
    const auto with = [](const std::string &rules, const char *what) {
        return walk(fromXtables("*mangle\n:INPUT ACCEPT\n" + rules +
                                "COMMIT\n*filter\n:INPUT DROP\n-A INPUT -m mark --mark 0x5 -j "
                                "ACCEPT\nCOMMIT\n"),
                    Hook::Input, packet(what))
            .verdict;
    };
    CHECK(with("-A INPUT -j MARK --set-xmark 0x5/0xffffffff\n", "mark=9") == Verdict::Accept);
    CHECK(with("-A INPUT -j MARK --set-mark 0x5/0x1\n", "mark=4") == Verdict::Accept);
    CHECK(with("-A INPUT -j MARK --set-mark 0x4/0x1\n", "mark=1") == Verdict::Drop);
    CHECK(with("-A INPUT -j MARK --and-mark 0xd\n", "mark=7") == Verdict::Accept);
    CHECK(with("-A INPUT -j MARK --or-mark 0x1\n", "mark=4") == Verdict::Accept);
    CHECK(with("-A INPUT -j MARK --xor-mark 0x2\n", "mark=7") == Verdict::Accept);
    CHECK(with("-A INPUT -j CONNMARK --restore-mark --nfmask 0xff --ctmask 0xff\n", "mark=5") == Verdict::Undecided);
    CHECK(with("-A INPUT -j CONNMARK --save-mark --nfmask 0xff --ctmask 0xff\n", "mark=5") == Verdict::Accept);
    CHECK(with("-A INPUT -j SET --map-set x src --map-mark\n", "mark=5") == Verdict::Undecided);
    CHECK(with("-A INPUT -j HMARK --hmark-tuple src --hmark-mod 2 --hmark-rnd 1\n", "mark=5") == Verdict::Undecided);
    CHECK(with("-A INPUT -j TOS --set-tos 0x10/0x3f\n-A INPUT -m tos ! --tos 0x10/0x3f -j DROP\n", "mark=5") ==
          Verdict::Undecided);
    CHECK(with("-A INPUT -j TPROXY --on-port 1\n", "mark=5") == Verdict::Undecided);
}

TEST_CASE("iptables' translations keep what they translate to")
{
    struct Nated {
        const char *chain;
        const char *target;
        Nat::Kind kind;
        bool toAddress;
        const char *address;
        int port;
    };
    const auto each = GENERATE(values<Nated>({
        {"PREROUTING", "DNAT --to-destination 10.0.0.1:80", Nat::Kind::Destination, true, "10.0.0.1", 80},
        {"PREROUTING", "DNAT --to-destination :8080 --random", Nat::Kind::Destination, false, "", 8080},
        {"PREROUTING", "DNAT --to-destination 10.0.0.1-10.0.0.9", Nat::Kind::Destination, true, "", 0},
        {"PREROUTING", "REDIRECT --to-ports 3128", Nat::Kind::Redirect, true, "", 3128},
        {"PREROUTING", "NETMAP --to 10.0.0.0/24", Nat::Kind::Destination, true, "", 0},
        {"POSTROUTING", "NETMAP --to 10.0.0.0/24", Nat::Kind::Source, true, "", 0},
        {"POSTROUTING", "SNAT --to-source 10.0.0.1:1024-65535", Nat::Kind::Source, true, "10.0.0.1", 0},
        {"POSTROUTING", "MASQUERADE --to-ports 1024-65535", Nat::Kind::Masquerade, true, "", 0},
    }));
    INFO(each.target);
    const auto rules = fromXtables(table(std::string("-j ") + each.target, "nat", each.chain));
    const auto *nat = std::get_if<Nat>(&rules.tables().at(0).chains.at(0).rules.at(0).statements.at(0));
    REQUIRE(nat != nullptr);
    CHECK(nat->kind == each.kind);
    CHECK(nat->toAddress == each.toAddress);
    CHECK((nat->address ? nat->address->toString() : std::string{}) == each.address);
    CHECK(nat->port.value_or(0) == each.port);
}

TEST_CASE("an assumption about a limit is said")
{
    const auto rules = fromXtables(table("-m limit --limit 3/min -j DROP"));
    const auto answer = walk(rules, Hook::Input, packet("proto=icmp"));
    REQUIRE(answer.assumptions.size() == 1);
    CHECK(answer.assumptions.front().expression == "-m limit --limit 3/min");
}
