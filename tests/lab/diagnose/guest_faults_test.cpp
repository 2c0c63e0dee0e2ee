// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "diagnose/closed_loop.h"

using namespace bothways::lab;

TEST_CASE("guest: an nft rule drops the echo request", "[guest-faults]")
{
    require();
    const Pair pair;
    pair.guest.nft("table inet fw {\n"
                   "  chain input {\n"
                   "    type filter hook input priority 0; policy accept;\n"
                   "    ct state established,related accept\n"
                   "    icmp type echo-request drop\n"
                   "    tcp dport 22 accept\n"
                   "  }\n"
                   "}\n");
    closeLoop(pair, {"guest-firewall/input-drops-request", "proven", {"inet", "fw", "input", "handle", "echo-request"}, {}});
}

TEST_CASE("guest: an nft policy drops what is not established", "[guest-faults]")
{
    require();
    const Pair pair;
    pair.guest.nft("table inet filter {\n"
                   "  chain input {\n"
                   "    type filter hook input priority 0; policy drop;\n"
                   "    iif \"lo\" accept\n"
                   "    ct state established,related accept\n"
                   "  }\n"
                   "}\n");
    closeLoop(pair, {"guest-firewall/input-drops-request", "proven", {"inet", "filter", "input", "policy drop"}, {}});
}

TEST_CASE("guest: an iptables-legacy rule in a jumped chain drops the echo request", "[guest-faults]")
{
    require();
    const Pair pair;
    pair.guest.must("iptables-legacy -N HARDEN\n"
                    "iptables-legacy -A HARDEN -p icmp --icmp-type echo-request -m comment --comment 'no ping' -j DROP\n"
                    "iptables-legacy -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n"
                    "iptables-legacy -A INPUT -j HARDEN\n");
    closeLoop(pair, {"guest-firewall/input-drops-request", "proven", {"HARDEN"}, {}});
}

TEST_CASE("guest: the reply is dropped on output", "[guest-faults]")
{
    require();
    const Pair pair;
    pair.guest.nft("table ip quiet {\n"
                   "  chain out {\n"
                   "    type filter hook output priority 0; policy accept;\n"
                   "    icmp type echo-reply drop\n"
                   "  }\n"
                   "}\n");
    closeLoop(pair, {"guest-firewall/output-drops-reply", "proven", {"ip", "quiet", "out"}, {}});
}

TEST_CASE("guest: only another source is allowed", "[guest-faults]")
{
    require();
    const Pair pair;
    pair.guest.nft("table inet fw {\n"
                   "  set mgmt { type ipv4_addr; elements = { 10.9.0.5, 10.9.0.6 } }\n"
                   "  chain input {\n"
                   "    type filter hook input priority 0; policy drop;\n"
                   "    iif \"lo\" accept\n"
                   "    ct state established,related accept\n"
                   "    ip saddr @mgmt icmp type echo-request accept\n"
                   "  }\n"
                   "}\n");
    closeLoop(pair, {"guest-firewall/allows-other-source-only", "proven", {"inet", "fw", "input"}, {}});
}

TEST_CASE("guest: the kernel ignores echo requests", "[guest-faults]")
{
    require();
    const Pair pair;
    pair.guest.setSysctl("net.ipv4.icmp_echo_ignore_all", "1");
    closeLoop(pair, {"path-limits/echo-ignored", "proven", {"icmp_echo_ignore_all"}, {}});
}

TEST_CASE("guest: strict reverse-path filtering drops a second source of the host", "[guest-faults]")
{
    require();
    const Pair pair;
    // The guest knows the second source by another NIC, so what comes from it by the first one is taken for spoofed.
    pair.host.bridge("br1");
    pair.host.address("br1", "10.8.0.1/24");
    connect(pair.host, "vnet8", pair.guest, "eth1", "br1");
    pair.guest.address("eth1", "10.8.0.10/24");
    pair.guest.setSysctl("net.ipv4.conf.all.rp_filter", "1");
    pair.guest.setSysctl("net.ipv4.conf.eth0.rp_filter", "1");
    Loop loop{"routing/asymmetric-rp-filter", "proven", {"rp_filter"}, {}};
    loop.how.hostAddress = "10.8.0.1";
    closeLoop(pair, loop);
}
