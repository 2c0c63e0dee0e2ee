// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "diagnose/closed_loop.h"

#include <chrono>

using namespace bothways::lab;

namespace {

/// The pair's host, and a machine three hops away: host 10.50.0.2 -- near -- 10.50.1.0/24 -- far -- 10.50.2.2 remote.
struct Routed {
    Pair pair;
    Namespace near{"near"};
    Namespace far{"far"};
    Namespace remote{"remote"};

    Routed()
    {
        connect(pair.host, "up0", near, "left");
        connect(near, "right", far, "left");
        connect(far, "right", remote, "eth0");
        pair.host.address("up0", "10.50.0.2/24");
        near.address("left", "10.50.0.1/24");
        near.address("right", "10.50.1.1/24");
        far.address("left", "10.50.1.2/24");
        far.address("right", "10.50.2.1/24");
        remote.address("eth0", "10.50.2.2/24");
        near.setSysctl("net.ipv4.ip_forward", "1");
        far.setSysctl("net.ipv4.ip_forward", "1");
        pair.host.must("ip route add 10.50.0.0/16 via 10.50.0.1");
        near.must("ip route add default via 10.50.1.2");
        far.must("ip route add default via 10.50.1.1");
        remote.must("ip route add default via 10.50.2.1");
    }
};

HowToDiagnose towards(const char *address)
{
    HowToDiagnose how;
    how.vm = address;
    how.guestReport = false;
    return how;
}

} // namespace

TEST_CASE("path: the guest has a smaller MTU than the host", "[path-faults]")
{
    require();
    const Pair pair;
    pair.guest.must("ip link set dev eth0 mtu 1400");
    REQUIRE(pings(pair.host, Pair::guestAddress)); // a small ping tells nothing
    Loop loop{"path-limits/mtu-mismatch", "proven", {"guest", "eth0", "1400"}, {}};
    loop.how.pingWith = {"-s", "1472"};
    closeLoop(pair, loop);
}

TEST_CASE("path: a router swallows large packets", "[path-faults]")
{
    require();
    const Routed lab;
    lab.far.must("ip link set dev right mtu 1300");
    lab.remote.must("ip link set dev eth0 mtu 1300");
    lab.far.nft("table ip quiet {\n chain out {\n type filter hook output priority 0; policy accept;\n"
                " icmp type destination-unreachable drop\n }\n}\n");
    Loop loop{"path-limits/pmtu-blackhole", "probable", {"up0", "1500"}, towards("10.50.2.2")};
    loop.how.pingWith = {"-s", "1472"};
    closeLoop(lab.pair, loop);
}

TEST_CASE("path: a router that tells of its smaller MTU is no fault", "[path-faults]")
{
    require();
    const Routed lab;
    lab.far.must("ip link set dev right mtu 1300");
    lab.remote.must("ip link set dev eth0 mtu 1300");
    const auto start = std::chrono::steady_clock::now();
    const auto diagnosed = diagnose(lab.pair, towards("10.50.2.2"));
    INFO(diagnosed.describe());
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(10));
    CHECK(diagnosed.verdict() == "no-fault");
    CHECK(diagnosed.status("NET-6") == "pass");
    CHECK(diagnosed.status("NET-9") == "pass");
}

TEST_CASE("path: two routers send the packets to each other", "[path-faults]")
{
    require();
    const Routed lab;
    const auto diagnosed = diagnose(lab.pair, towards("10.50.77.9")); // the default route of each leads to the other
    INFO(diagnosed.describe());
    CHECK(diagnosed.topCause() == "routing/loop");
    CHECK(diagnosed.grade() == "proven");
    CHECK(diagnosed.object().find("10.50.0.1") != std::string::npos);
    CHECK(diagnosed.object().find("10.50.1.2") != std::string::npos);
    CHECK(diagnosed.result.exitCode == 1);
    CHECK(diagnosed.status("NET-6") == "fail");
    CHECK(diagnosed.status("NET-9") == "skipped");
    const auto again = replay(diagnosed.session);
    for (const auto *key : {"verdict", "causes", "remedies", "checks"}) {
        CHECK(again.json.value(QLatin1String(key)) == diagnosed.json.value(QLatin1String(key)));
    }
}

TEST_CASE("path: this host's TTL is too small for the hops there are", "[path-faults]")
{
    require();
    const Routed lab;
    lab.pair.host.setSysctl("net.ipv4.ip_default_ttl", "2");
    closeLoop(lab.pair, {"path-limits/ttl-expired", "proven", {"ip_default_ttl"}, towards("10.50.2.2")});
}
