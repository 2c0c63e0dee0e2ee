// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "lab.h"
#include "probe/linux/path_mtu.h"
#include "probe/linux/trace.h"

#include <chrono>
#include <thread>

using namespace bothways;
using namespace std::chrono_literals;
using evidence::Access;
using evidence::EchoOutcome;
using net::IpAddress;

namespace {

IpAddress ip(const char *text) { return *IpAddress::parse(text); }

/// host .2 -- 10.9.1.0/24 -- .1 first .1 -- 10.9.2.0/24 -- .2 second .1 -- 10.9.3.0/24 -- .2 far; likewise fd09:1::/64 ...
struct Chain {
    lab::Namespace host{"host"};
    lab::Namespace first{"first"};
    lab::Namespace second{"second"};
    lab::Namespace far{"far"};

    Chain()
    {
        lab::connect(host, "eth0", first, "left");
        lab::connect(first, "right", second, "left");
        lab::connect(second, "right", far, "eth0");
        for (const auto &[machine, device, v4, v6] :
             std::initializer_list<std::tuple<lab::Namespace *, const char *, const char *, const char *>>{
                 {&host, "eth0", "10.9.1.2/24", "fd09:1::2/64"},
                 {&first, "left", "10.9.1.1/24", "fd09:1::1/64"},
                 {&first, "right", "10.9.2.1/24", "fd09:2::1/64"},
                 {&second, "left", "10.9.2.2/24", "fd09:2::2/64"},
                 {&second, "right", "10.9.3.1/24", "fd09:3::1/64"},
                 {&far, "eth0", "10.9.3.2/24", "fd09:3::2/64"}}) {
            machine->must(std::string("ip addr add ") + v4 + " dev " + device + " && ip -6 addr add " + v6 + " dev " + device +
                          " nodad");
        }
        for (auto *router : {&first, &second}) {
            router->setSysctl("net.ipv4.ip_forward", "1");
            router->setSysctl("net.ipv6.conf.all.forwarding", "1");
            router->setSysctl("net.ipv4.icmp_ratelimit", "0");
            router->setSysctl("net.ipv6.icmp.ratelimit", "0");
        }
        far.setSysctl("net.ipv4.icmp_ratelimit", "0");
        far.setSysctl("net.ipv6.icmp.ratelimit", "0");
        host.must("ip route add default via 10.9.1.1 && ip -6 route add default via fd09:1::1");
        first.must("ip route add default via 10.9.2.2 && ip -6 route add default via fd09:2::2");
        second.must("ip route add 10.9.1.0/24 via 10.9.2.1 && ip -6 route add fd09:1::/64 via fd09:2::1");
        far.must("ip route add default via 10.9.3.1 && ip -6 route add default via fd09:3::1");
        for (const auto *machine : {&host, &first, &second, &far}) {
            REQUIRE(lab::eventually([&] { return machine->must("ip -6 addr show tentative").empty(); }));
        }
    }
};

void openPingSockets(const lab::Namespace &machine) { machine.setSysctl("net.ipv4.ping_group_range", "0 2147483647"); }

evidence::PathTrace traceFrom(const lab::Namespace &machine, const char *target, evidence::ProbeProtocol protocol, int port = 0)
{
    evidence::Reading<evidence::PathTrace> reading;
    probe::TracePlan plan;
    plan.target = ip(target);
    plan.protocol = protocol;
    plan.port = port;
    plan.wait = 300ms;
    machine.enter([&] { reading = probe::trace(plan, {}); });
    INFO(reading.problem.toStdString());
    REQUIRE(reading.isRead());
    return reading.value;
}

std::string described(const evidence::PathTrace &trace)
{
    std::string lines;
    for (const auto &hop : trace.hops) {
        lines += std::to_string(hop.ttl) + ' ' + std::to_string(static_cast<int>(hop.outcome)) + ' ' +
                 (hop.sender ? hop.sender->toString() : "-") + " errno " + std::to_string(hop.errorNumber) + '\n';
    }
    return lines;
}

evidence::PathMtu mtuFrom(const lab::Namespace &machine, const char *target)
{
    evidence::Reading<evidence::PathMtu> reading;
    probe::PathMtuPlan plan;
    plan.target = ip(target);
    plan.deadline = 10s; // a busy machine; no size that is missing is waited for so long
    machine.enter([&] { reading = probe::pathMtu(plan, {}); });
    INFO(reading.problem.toStdString());
    REQUIRE(reading.isRead());
    CHECK_FALSE(reading.value.cutShort);
    return reading.value;
}

const auto dropErrors = "table inet fw {\n chain output {\n type filter hook output priority 0; policy accept;\n"
                        " icmp type { destination-unreachable, time-exceeded } drop\n"
                        " icmpv6 type { packet-too-big, time-exceeded } drop\n }\n}\n";

} // namespace

TEST_CASE("each router on the way is named, by ICMP, UDP and TCP, over IPv4 and IPv6, with and without rights")
{
    lab::require();
    const Chain chain;
    if (GENERATE(false, true)) {
        openPingSockets(chain.host);
    }
    for (const auto protocol : {evidence::ProbeProtocol::Icmp, evidence::ProbeProtocol::Udp, evidence::ProbeProtocol::Tcp}) {
        for (const bool v6 : {false, true}) {
            const auto trace = traceFrom(chain.host, v6 ? "fd09:3::2" : "10.9.3.2", protocol);
            INFO(name(trace.protocol).toStdString() << ' ' << name(trace.method).toStdString() << '\n' << described(trace));
            REQUIRE(trace.hops.size() == 3);
            CHECK(trace.reached);
            CHECK_FALSE(trace.cutShort);
            CHECK(trace.source == ip(v6 ? "fd09:1::2" : "10.9.1.2"));
            CHECK(trace.hops[0].outcome == EchoOutcome::TimeExceeded);
            CHECK(trace.hops[0].sender == ip(v6 ? "fd09:1::1" : "10.9.1.1"));
            CHECK(trace.hops[0].icmpType == (v6 ? 3 : 11));
            CHECK(trace.hops[0].icmpCode == 0);
            CHECK(trace.hops[0].rttNs.value_or(0) > 0);
            CHECK(trace.hops[1].sender == ip(v6 ? "fd09:2::2" : "10.9.2.2"));
            CHECK(trace.hops[2].outcome == EchoOutcome::Reply);
            CHECK(trace.hops[2].sender == ip(v6 ? "fd09:3::2" : "10.9.3.2"));
        }
    }
}

TEST_CASE("a silent router leaves a gap, a router that refuses ends the trace, and so does a loop")
{
    lab::require();
    const Chain chain;
    SECTION("silent")
    {
        chain.first.nft(dropErrors);
        const auto trace = traceFrom(chain.host, "10.9.3.2", evidence::ProbeProtocol::Icmp);
        INFO(described(trace));
        REQUIRE(trace.hops.size() == 3);
        CHECK(trace.hops[0].outcome == EchoOutcome::Silence);
        CHECK(trace.hops[0].requests == 2);
        CHECK(trace.hops[1].sender == ip("10.9.2.2"));
        CHECK(trace.reached);
    }
    SECTION("refused")
    {
        chain.second.must("ip route add prohibit 10.9.3.2/32");
        const auto trace = traceFrom(chain.host, "10.9.3.2", evidence::ProbeProtocol::Icmp);
        INFO(described(trace));
        REQUIRE(trace.hops.size() == 2);
        CHECK(trace.hops[1].outcome == EchoOutcome::Prohibited);
        CHECK(trace.hops[1].sender == ip("10.9.2.2"));
        CHECK_FALSE(trace.reached);
    }
    SECTION("loop")
    {
        chain.second.must("ip route add 10.9.4.0/24 via 10.9.2.1");
        const auto trace = traceFrom(chain.host, "10.9.4.9", evidence::ProbeProtocol::Udp);
        INFO(described(trace));
        REQUIRE(trace.hops.size() == 5);
        CHECK(trace.hops[0].sender == ip("10.9.1.1"));
        CHECK(trace.hops[1].sender == ip("10.9.2.2"));
        CHECK(trace.hops[2].sender == ip("10.9.1.1")); // Linux answers from the side that the packet first came from
        CHECK_FALSE(trace.reached);
    }
    SECTION("nobody there, and the target drops echoes: five silent hops are enough")
    {
        chain.far.nft("table inet fw {\n chain in {\n type filter hook input priority 0; policy accept;\n"
                      " icmp type echo-request drop\n }\n}\n");
        const auto trace = traceFrom(chain.host, "10.9.3.2", evidence::ProbeProtocol::Icmp);
        INFO(described(trace));
        CHECK(trace.hops.size() == 7);
        CHECK_FALSE(trace.reached);
        CHECK(traceFrom(chain.host, "10.9.3.2", evidence::ProbeProtocol::Udp).reached);
    }
    SECTION("our own machine: no route, and our own filter")
    {
        chain.host.must("ip route del default");
        const auto lost = traceFrom(chain.host, "10.9.3.2", evidence::ProbeProtocol::Icmp);
        REQUIRE(lost.hops.size() == 1);
        CHECK(lost.hops[0].outcome == EchoOutcome::NoRoute);
        chain.host.nft("table inet fw {\n chain out {\n type filter hook output priority 0; policy drop;\n }\n}\n");
        const auto denied = traceFrom(chain.host, "10.9.1.1", evidence::ProbeProtocol::Icmp);
        REQUIRE(denied.hops.size() == 1);
        CHECK(denied.hops[0].outcome == EchoOutcome::SendDenied);
    }
}

TEST_CASE("a trace ends soon after its stop and keeps what it has")
{
    lab::require();
    const Chain chain;
    chain.first.nft(dropErrors);
    chain.far.nft("table inet fw {\n chain in {\n type filter hook input priority 0; policy drop;\n }\n}\n");
    std::stop_source stop;
    std::chrono::steady_clock::time_point stopped;
    evidence::Reading<evidence::PathTrace> reading;
    chain.host.enter([&] {
        std::jthread stopper([&] {
            std::this_thread::sleep_for(300ms);
            stopped = std::chrono::steady_clock::now();
            stop.request_stop();
        });
        probe::TracePlan plan;
        plan.target = ip("10.9.3.2");
        reading = probe::trace(plan, stop.get_token());
    });
    CHECK(std::chrono::steady_clock::now() - stopped < 200ms);
    REQUIRE(reading.isRead());
    CHECK(reading.value.cutShort);
    REQUIRE(reading.value.hops.size() >= 2);
    CHECK(reading.value.hops[0].outcome == EchoOutcome::Cancelled);
    CHECK(reading.value.hops[1].sender == ip("10.9.2.2"));
}

TEST_CASE("path MTU on one link: whole, a guest with a smaller one, jumbo frames, and nobody who answers")
{
    lab::require();
    const lab::Pair pair({true, false});
    if (GENERATE(false, true)) {
        openPingSockets(pair.host);
    }
    const bool v6 = GENERATE(false, true);
    const char *target = v6 ? lab::Pair::guestAddress6 : lab::Pair::guestAddress;
    const auto whole = mtuFrom(pair.host, target);
    CHECK(whole.interface == QLatin1String("br0"));
    CHECK(whole.interfaceMtu == 1500);
    CHECK(whole.largestAnswered == 1500);
    CHECK(whole.smallestUnanswered == 0);
    CHECK(whole.refusedHere == 1501);
    CHECK(whole.notices.empty());
    REQUIRE(whole.sizes.size() >= 6);
    for (const auto &size : whole.sizes) {
        INFO(size.size);
        CHECK(size.sent == 4);
        CHECK(size.answered == 4);
    }

    pair.guest.must("ip link set eth0 mtu 1400");
    const auto start = std::chrono::steady_clock::now();
    const auto small = mtuFrom(pair.host, target);
    CHECK(std::chrono::steady_clock::now() - start < 4s);
    // A veth takes four bytes more than its MTU: room for a VLAN tag.
    CHECK(small.largestAnswered == 1404);
    CHECK(small.smallestUnanswered == 1405);
    CHECK(small.notices.empty());
    CHECK(small.sizes.back().size == 1500);
    CHECK(small.sizes.back().answered == 0);
    CHECK(small.sizes.front().answered == 4);

    pair.guest.must("ip link set eth0 mtu 9000");
    pair.host.must("ip link set vnet0 mtu 9000 && ip link set br0 mtu 9000");
    CHECK(mtuFrom(pair.host, target).largestAnswered == 9000);

    pair.guest.nft("table inet fw {\n chain in {\n type filter hook input priority 0; policy accept;\n"
                   " icmp type echo-request drop\n icmpv6 type echo-request drop\n }\n}\n");
    const auto nobody = mtuFrom(pair.host, target);
    CHECK(nobody.largestAnswered == 0);
    CHECK(nobody.sizes.empty());
}

TEST_CASE("path MTU behind routers: one that says so, and one that swallows large packets in silence")
{
    lab::require();
    const Chain chain;
    openPingSockets(chain.host);
    const bool v6 = GENERATE(false, true);
    const char *target = v6 ? "fd09:3::2" : "10.9.3.2";
    chain.second.must("ip link set right mtu 1300");
    const auto told = mtuFrom(chain.host, target);
    CHECK(told.largestAnswered == 1300);
    CHECK(told.smallestUnanswered == 1301);
    REQUIRE(told.notices.size() == 1);
    CHECK(told.notices[0].sender == ip(v6 ? "fd09:2::2" : "10.9.2.2"));
    CHECK(told.notices[0].mtu == 1300);
    CHECK(told.notices[0].size == 1500);

    chain.second.nft(dropErrors);
    const auto silent = mtuFrom(chain.host, target);
    CHECK(silent.largestAnswered == 1300);
    CHECK(silent.smallestUnanswered == 1301);
    CHECK(silent.notices.empty());
}
