// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "diagnose/closed_loop.h"

using namespace bothways::lab;

TEST_CASE("host: output drops the echo request", "[host-faults]")
{
    require();
    const Pair pair;
    pair.host.nft("table inet egress {\n"
                  "  chain out {\n"
                  "    type filter hook output priority 0; policy accept;\n"
                  "    ip daddr 10.9.0.0/24 icmp type echo-request drop\n"
                  "  }\n"
                  "}\n");
    closeLoop(pair, {"host-firewall/output-drops-request", "proven", {"inet", "egress", "out", "handle"}, {}});
}

TEST_CASE("host: input drops the reply", "[host-faults]")
{
    require();
    const Pair pair;
    pair.host.nft("table ip strict {\n"
                  "  chain input {\n"
                  "    type filter hook input priority 0; policy accept;\n"
                  "    iifname \"br0\" icmp type echo-reply drop\n"
                  "  }\n"
                  "}\n");
    closeLoop(pair, {"host-firewall/input-drops-reply", "proven", {"ip", "strict", "input", "handle"}, {}});
}

TEST_CASE("host: a permanent neighbour entry names another MAC", "[host-faults]")
{
    require();
    const Pair pair;
    pair.host.must("ip neigh replace 10.9.0.10 lladdr 02:00:00:00:be:ef dev br0 nud permanent");
    closeLoop(pair, {"neighbour-state/stale-permanent", "proven", {"10.9.0.10", "02:00:00:00:be:ef"}, {}});
}

TEST_CASE("host: another machine has the VM's address", "[host-faults]")
{
    require();
    PairOptions options;
    options.secondGuest = true;
    const Pair pair(options);
    pair.second->must("ip addr add 10.9.0.10/24 dev eth0");
    pair.second->nft("table ip mute {\n chain input {\n type filter hook input priority 0; policy accept;\n icmp type "
                     "echo-request drop\n }\n}\n");
    // The cache as it is after the other one spoke last.
    pair.host.must(std::string("ip neigh replace 10.9.0.10 lladdr ") + Pair::secondMac + " dev br0 nud reachable");
    Loop loop{"address-plan/duplicate-ip", "proven", {"10.9.0.10", Pair::secondMac}, {}};
    loop.faultMayHeal = true;
    closeLoop(pair, loop);
}

TEST_CASE("host: a more specific route leads into another interface", "[host-faults]")
{
    require();
    const Pair pair;
    const Namespace elsewhere("elsewhere");
    connect(pair.host, "vpn0", elsewhere, "eth0");
    pair.host.address("vpn0", "10.200.0.1/24");
    pair.host.must("ip route add 10.9.0.8/29 dev vpn0 metric 50");
    closeLoop(pair, {"routing/overlapping-prefix", "proven", {"10.9.0.8/29", "vpn0"}, {}});
}

TEST_CASE("host: a policy rule sends the VM's packets through another table", "[host-faults]")
{
    require();
    const Pair pair;
    const Namespace elsewhere("elsewhere");
    connect(pair.host, "vpn0", elsewhere, "eth0");
    pair.host.address("vpn0", "10.200.0.1/24");
    pair.host.must("ip route add 10.9.0.0/24 dev vpn0 table 77 && ip rule add pref 1000 to 10.9.0.0/24 lookup 77");
    closeLoop(pair, {"routing/policy-rule", "proven", {"77", "vpn0"}, {}});
}
