// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "diagnose/closed_loop.h"

/// Faults that only show where a packet is followed from one end to the other and back.
using namespace bothways::lab;

namespace {

constexpr const char *vm = "10.61.7.44";
constexpr const char *hostAddress = "10.61.7.1";

/// Host 10.61.7.1 on bridge brq, guest 10.61.7.44 behind its port tapq.
struct Bridged {
    Bridged() : host("host"), guest("guest")
    {
        host.bridge("brq");
        host.address("brq", "10.61.7.1/24");
        connect(host, "tapq", guest, "ens3", "brq");
        guest.address("ens3", "10.61.7.44/24");
    }
    Site site() const { return {host, guest}; }
    Namespace host;
    Namespace guest;
};

/// The host is .1 of `prefix`, the router .2 and 172.29.8.1, the guest 172.29.8.44.
struct Routed {
    explicit Routed(const std::string &prefix) : host("host"), router("router"), guest("guest")
    {
        connect(host, "lan0", router, "eth0");
        connect(router, "eth1", guest, "ens3");
        host.address("lan0", prefix + ".1/24");
        router.address("eth0", prefix + ".2/24");
        router.address("eth1", "172.29.8.1/24");
        guest.address("ens3", "172.29.8.44/24");
        host.must("ip route add 172.29.8.0/24 via " + prefix + ".2");
        guest.must("ip route add default via 172.29.8.1");
        router.setSysctl("net.ipv4.ip_forward", "1");
    }
    Site site() const { return {host, guest}; }
    Namespace host;
    Namespace router;
    Namespace guest;
};

HowToDiagnose pinged(const char *target, const char *reportPings, bool back = false)
{
    HowToDiagnose how;
    how.vm = target;
    how.reportPings = reportPings;
    how.back = back;
    return how;
}

void dropTunnel(const Namespace &host)
{
    host.must("ip tuntap add tunvpn mode tun; ip link set tunvpn up; ip addr add 10.8.0.2/24 dev tunvpn");
}

} // namespace

TEST_CASE("way: a rule by source takes the host's replies into a tunnel", "[way-faults]")
{
    require();
    const Bridged lab;
    dropTunnel(lab.host);
    lab.host.must("ip rule add pref 1000 from 10.61.7.0/24 lookup 200; ip route add default dev tunvpn table 200");
    CHECK(pings(lab.host, vm));
    closeLoop(lab.site(), {"routing/policy-rule", "proven", {"rule 1000", "10.61.7.0/24", "200"}, pinged(vm, hostAddress, true)});
    HowToDiagnose blind = pinged(vm, hostAddress);
    blind.guestReport = false;
    const auto diagnosed = diagnose(lab.site(), blind);
    INFO(diagnosed.describe());
    CHECK(diagnosed.verdict() != "no-fault");
}

TEST_CASE("way: a rule leads into a table with a blackhole", "[way-faults]")
{
    require();
    const Bridged lab;
    lab.host.must("ip rule add pref 300 to 10.61.7.44 lookup 77; ip route add blackhole 10.61.0.0/16 table 77");
    closeLoop(lab.site(), {"routing/policy-rule", "proven", {"rule 300", "blackhole"}, pinged(vm, hostAddress)});
}

TEST_CASE("way: a translation sends the VM's ping of the host's other address back to the VM", "[way-faults]")
{
    require();
    const Bridged lab;
    lab.host.must("ip link add wan0 type veth peer name wan1; ip link set wan0 up; ip link set wan1 up;"
                  "ip addr add 203.0.113.5/24 dev wan0;"
                  "iptables -t nat -A PREROUTING -d 203.0.113.5 -j DNAT --to 10.61.7.44;"
                  "iptables -t nat -A POSTROUTING -s 10.61.7.44 -o wan0 -j SNAT --to 203.0.113.5");
    lab.guest.must("ip route add default via 10.61.7.1");
    closeLoop(lab.site(),
              {"host-firewall/nat-rewrites", "proven", {"PREROUTING", "203.0.113.5"}, pinged(vm, "203.0.113.5", true)});
    HowToDiagnose blind = pinged(vm, hostAddress);
    blind.guestReport = false;
    const auto diagnosed = diagnose(lab.site(), blind);
    INFO(diagnosed.describe());
    CHECK(diagnosed.topCause() == "host-firewall/nat-rewrites");
}

TEST_CASE("way: the host's address was left on a port of the bridge", "[way-faults]")
{
    require();
    const Bridged lab;
    const Namespace other("other");
    connect(lab.host, "enp5s0", other, "eth0", "brq");
    other.address("eth0", "10.61.7.9/24");
    lab.host.must("ip addr del 10.61.7.1/24 dev brq; ip addr add 10.61.7.1/24 dev enp5s0; ip route add default via 10.61.7.9");
    closeLoop(lab.site(), {"network-mode/address-on-port", "proven", {"10.61.7.1/24", "enp5s0", "brq"}, pinged(vm, hostAddress)});
    HowToDiagnose blind = pinged(vm, hostAddress);
    blind.guestReport = false;
    const auto diagnosed = diagnose(lab.site(), blind);
    INFO(diagnosed.describe());
    CHECK(diagnosed.topCause() == "network-mode/address-on-port");
}

TEST_CASE("way: the guest's container network lies over the host's, behind a router", "[way-faults]")
{
    require();
    const Routed lab("172.18.5");
    lab.guest.bridge("br-5f0c9e1d2a3b");
    lab.guest.address("br-5f0c9e1d2a3b", "172.18.0.1/16");
    closeLoop(
        lab.site(),
        {"routing/overlapping-prefix", "proven", {"172.18.0.0/16", "br-5f0c9e1d2a3b"}, pinged("172.29.8.44", "172.18.5.1")});
    auto named = pinged("172.29.8.44", "172.18.5.1");
    named.arguments = {"--interface", "lan0"};
    const auto diagnosed = diagnose(lab.site(), named);
    INFO(diagnosed.describe());
    CHECK(diagnosed.topCause() == "routing/overlapping-prefix");
}

TEST_CASE("way: a filter on the second bridge of a chain", "[way-faults]")
{
    require();
    const Namespace host("host");
    const Namespace guest("guest");
    host.bridge("vmbr0");
    host.address("vmbr0", "10.61.7.1/24");
    host.bridge("fwbr100i0");
    host.must("ip link add fwln100i0 type veth peer name fwpr100p0;"
              "ip link set fwln100i0 master fwbr100i0 up; ip link set fwpr100p0 master vmbr0 up");
    connect(host, "tap100i0", guest, "ens3", "fwbr100i0");
    guest.address("ens3", "10.61.7.44/24");
    if (!host.sh("sysctl -w net.bridge.bridge-nf-call-iptables=1").ok()) {
        skip("this kernel has no br_netfilter");
    }
    host.must("iptables -N PVEFW-FORWARD; iptables -N tap100i0-IN; iptables -A FORWARD -j PVEFW-FORWARD;"
              "iptables -A PVEFW-FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT;"
              "iptables -A PVEFW-FORWARD -m physdev --physdev-is-bridged --physdev-out tap100i0 -j tap100i0-IN;"
              "iptables -A tap100i0-IN -p udp --dport 68 -j ACCEPT; iptables -A tap100i0-IN -p tcp --dport 22 -j ACCEPT;"
              "iptables -A tap100i0-IN -j DROP");
    closeLoop({host, guest},
              {"vswitch-filter/bridge-nf-forward-drop", "proven", {"tap100i0-IN", "rule 3"}, pinged(vm, hostAddress)});
}

TEST_CASE("way: a healthy pair raises no alarm, bridged and routed, with a report and without", "[way-faults]")
{
    require();
    const Bridged bridged;
    const Routed routed("10.61.7");
    for (const bool report : {true, false}) {
        for (const auto &[site, target] : {std::pair{bridged.site(), vm}, std::pair{routed.site(), "172.29.8.44"}}) {
            auto how = pinged(target, hostAddress);
            how.guestReport = report;
            const auto diagnosed = diagnose(site, how);
            INFO(diagnosed.describe());
            CHECK(diagnosed.topCause().empty());
            CHECK(diagnosed.verdict() == "no-fault");
        }
    }
}
