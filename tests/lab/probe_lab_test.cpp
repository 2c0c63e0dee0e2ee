// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "lab.h"
#include "probe/linux/echo_ladder.h"
#include "probe/linux/echo_socket.h"
#include "probe/linux/neighbour/neighbour_probe.h"
#include "probe/linux/ping_program.h"
#include "probe/linux/port_probe.h"
#include "probe/linux/rights_probe.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <functional>
#include <set>
#include <thread>
#include <vector>

using namespace bothways;
using namespace std::chrono_literals;
using evidence::Access;
using evidence::EchoOutcome;
using evidence::PortOutcome;
using net::IpAddress;

namespace {

IpAddress ip(const char *text) { return *IpAddress::parse(text); }

const char *nameOf(EchoOutcome outcome)
{
    static constexpr std::array names{
        "Reply",   "Silence",    "Unreachable", "Prohibited", "TimeExceeded", "TooBig", "NeighbourUnresolved",
        "NoRoute", "SendDenied", "SendFailed",  "Cancelled"};
    return names.at(static_cast<std::size_t>(outcome));
}

std::string describe(const evidence::EchoSample &sample)
{
    return std::to_string(sample.sequence) + ' ' + nameOf(sample.outcome) + " errno " + std::to_string(sample.errorNumber) +
           " type " + std::to_string(sample.icmpType.value_or(-1)) + '/' + std::to_string(sample.icmpCode.value_or(-1)) +
           " from " + (sample.sender ? sample.sender->toString() : "nobody") + ' ' + name(sample.stamps).toStdString() +
           (sample.late ? " late" : "");
}

probe::EchoPlan planFor(const char *target, int count = 3)
{
    probe::EchoPlan plan;
    plan.target = ip(target);
    plan.count = count;
    plan.interval = 20ms;
    plan.timeout = 300ms;
    return plan;
}

void openPingSockets(const lab::Namespace &machine) { machine.setSysctl("net.ipv4.ping_group_range", "0 2147483647"); }

evidence::Reading<evidence::EchoSeries> echoFrom(const lab::Namespace &machine, const probe::EchoPlan &plan)
{
    evidence::Reading<evidence::EchoSeries> reading;
    machine.enter([&] { reading = probe::echo(plan, {}); });
    REQUIRE(reading.isRead());
    CHECK(reading.value.samples.size() == static_cast<std::size_t>(plan.count));
    return reading;
}

void checkAll(const evidence::EchoSeries &series, EchoOutcome outcome)
{
    for (const auto &sample : series.samples) {
        INFO(describe(sample));
        CHECK(sample.outcome == outcome);
    }
}

} // namespace

TEST_CASE("replies come with kernel stamps over both kinds of socket, IPv4 and IPv6")
{
    lab::require();
    const lab::Pair pair({true, false});
    const auto [pingSocket, target, source] = GENERATE(table<bool, const char *, const char *>({
        {true, lab::Pair::guestAddress, lab::Pair::hostAddress},
        {false, lab::Pair::guestAddress, lab::Pair::hostAddress},
        {true, lab::Pair::guestAddress6, lab::Pair::hostAddress6},
        {false, lab::Pair::guestAddress6, lab::Pair::hostAddress6},
    }));
    if (pingSocket) {
        openPingSockets(pair.host);
    }
    auto plan = planFor(target, 5);
    plan.timeout = 2s; // nobody waits that long for a reply that comes, but a busy machine may be late
    const auto series = echoFrom(pair.host, plan).value;
    CHECK(series.method == (pingSocket ? evidence::ProbeMethod::PingSocket : evidence::ProbeMethod::RawSocket));
    CHECK(series.source == ip(source));
    CHECK(series.received() == 5);
    CHECK(series.duplicates == 0);
    CHECK(series.foreign == 0);
    for (const auto &sample : series.samples) {
        INFO(describe(sample));
        CHECK(sample.outcome == EchoOutcome::Reply);
        // The kernel turns receive stamps on in a worker of its own: under load the first reply may be faster.
        CHECK((sample.stamps == evidence::Stamps::Kernel || sample.sequence == 1));
        CHECK(sample.sender == ip(target));
        CHECK(sample.ttl == 64);
        REQUIRE(sample.rttNs);
        REQUIRE(sample.userRttNs);
        CHECK(*sample.rttNs > 0);
        CHECK(*sample.rttNs <= *sample.userRttNs);
    }
}

TEST_CASE("a drop in the guest is silence")
{
    lab::require();
    const lab::Pair pair;
    pair.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy accept;\n"
                   " icmp type echo-request drop\n }\n}\n");
    const auto start = std::chrono::steady_clock::now();
    const auto series = echoFrom(pair.host, planFor(lab::Pair::guestAddress)).value;
    checkAll(series, EchoOutcome::Silence);
    // The requests have left, which the transmit stamps tell: there is no neighbour to wait for.
    CHECK(std::chrono::steady_clock::now() - start < 1500ms);
}

TEST_CASE("our own output filter is SendDenied, and a reject there names us as well")
{
    lab::require();
    const lab::Pair pair;
    const auto [verdict, pingSocket] = GENERATE(table<const char *, bool>({{"drop", true},
                                                                           {"drop", false},
                                                                           {"reject with icmpx admin-prohibited", true},
                                                                           {"reject with icmpx admin-prohibited", false}}));
    if (pingSocket) {
        openPingSockets(pair.host);
    }
    pair.host.nft("table inet fw {\n chain output {\n type filter hook output priority 0; policy accept;\n"
                  " icmp type echo-request " +
                  std::string(verdict) + "\n }\n}\n");
    const auto series = echoFrom(pair.host, planFor(lab::Pair::guestAddress)).value;
    checkAll(series, EchoOutcome::SendDenied);
    const auto &sample = series.samples.front();
    CHECK(sample.errorNumber == EPERM);
    if (std::string_view(verdict) != "drop") {
        INFO(describe(sample));
        CHECK(sample.sender == ip(lab::Pair::hostAddress));
        CHECK(sample.icmpType == 3);
        CHECK(sample.icmpCode == 13);
    }
}

TEST_CASE("a reject in the guest is Prohibited or Unreachable, with its sender")
{
    lab::require();
    const lab::Pair pair({true, false});
    const auto [target, reject, outcome, type, code] = GENERATE(table<const char *, const char *, EchoOutcome, int, int>({
        {lab::Pair::guestAddress, "admin-prohibited", EchoOutcome::Prohibited, 3, 13},
        {lab::Pair::guestAddress, "port-unreachable", EchoOutcome::Unreachable, 3, 3},
        {lab::Pair::guestAddress, "host-unreachable", EchoOutcome::Unreachable, 3, 1},
        {lab::Pair::guestAddress6, "admin-prohibited", EchoOutcome::Prohibited, 1, 1},
    }));
    pair.guest.setSysctl("net.ipv4.icmp_ratelimit", "0");
    pair.guest.setSysctl("net.ipv6.icmp.ratelimit", "0");
    pair.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy accept;\n"
                   " icmp type echo-request reject with icmpx " +
                   std::string(reject) + "\n icmpv6 type echo-request reject with icmpx " + std::string(reject) + "\n }\n}\n");
    const auto pingSocket = GENERATE(true, false);
    if (pingSocket) {
        openPingSockets(pair.host);
    }
    const auto series = echoFrom(pair.host, planFor(target)).value;
    checkAll(series, outcome);
    for (const auto &sample : series.samples) {
        INFO(describe(sample));
        CHECK(sample.sender == ip(target));
        CHECK(sample.icmpType == type);
        CHECK(sample.icmpCode == code);
    }
}

TEST_CASE("nobody answers ARP or neighbour discovery: NeighbourUnresolved by our own kernel")
{
    lab::require();
    const lab::Pair pair({true, false});
    const auto *target = GENERATE("10.9.0.66", "fd09::66");
    const auto pingSocket = GENERATE(true, false);
    if (pingSocket) {
        openPingSockets(pair.host);
    }
    const auto series = echoFrom(pair.host, planFor(target)).value;
    checkAll(series, EchoOutcome::NeighbourUnresolved);
    CHECK(series.samples.front().errorNumber == EHOSTUNREACH);
    CHECK(series.samples.front().sender == series.source);
}

TEST_CASE("route errors are NoRoute with their errno")
{
    lab::require();
    const lab::Pair pair({true, false});
    const auto *family = GENERATE("4", "6");
    const auto pingSocket = GENERATE(true, false);
    const auto [type, number] = GENERATE(table<const char *, int>(
        {{"", ENETUNREACH}, {"unreachable", EHOSTUNREACH}, {"prohibit", EACCES}, {"blackhole", EINVAL}}));
    const bool v4 = *family == '4';
    const char *target = v4 ? "192.0.2.7" : "2001:db8::7";
    if (pingSocket) {
        openPingSockets(pair.host);
    }
    if (*type != '\0') {
        pair.host.must("ip -" + std::string(family) + " route add " + type + ' ' + target);
    }
    INFO("route type '" << type << "', " << target);
    const auto series = echoFrom(pair.host, planFor(target)).value;
    checkAll(series, EchoOutcome::NoRoute);
    CHECK(series.samples.front().errorNumber == number);
}

TEST_CASE("an expired TTL and a packet too big are told with the router's address")
{
    lab::require();
    const lab::Namespace host("host");
    const lab::Namespace router("router");
    const lab::Namespace far("far");
    lab::connect(host, "eth0", router, "left");
    lab::connect(router, "right", far, "eth0");
    host.address("eth0", "10.9.1.2/24");
    router.address("left", "10.9.1.1/24");
    router.address("right", "10.9.2.1/24");
    far.address("eth0", "10.9.2.2/24");
    router.setSysctl("net.ipv4.ip_forward", "1");
    host.must("ip route add default via 10.9.1.1");
    far.must("ip route add default via 10.9.2.1");
    SECTION("time exceeded")
    {
        host.setSysctl("net.ipv4.ip_default_ttl", "1");
        const auto series = echoFrom(host, planFor("10.9.2.2", 1)).value;
        checkAll(series, EchoOutcome::TimeExceeded);
        CHECK(series.samples.front().sender == ip("10.9.1.1"));
    }
    SECTION("too big")
    {
        router.must("ip link set right mtu 1300");
        auto plan = planFor("10.9.2.2", 1);
        plan.payloadBytes = 1400;
        const auto series = echoFrom(host, plan).value;
        checkAll(series, EchoOutcome::TooBig);
        CHECK(series.samples.front().sender == ip("10.9.1.1"));
    }
    SECTION("no such host behind the router is the router's word, not our own")
    {
        auto plan = planFor("10.9.2.99", 1);
        plan.timeout = 5000ms;
        const auto series = echoFrom(host, plan).value;
        checkAll(series, EchoOutcome::Unreachable);
        CHECK(series.samples.front().sender == ip("10.9.1.1"));
    }
}

TEST_CASE("a reply after its timeout is late, counted as lost, and still kept")
{
    lab::require();
    const lab::Pair pair;
    openPingSockets(pair.host);
    // The guest does not answer ARP at first: requests wait in the queue until the kernel asks again after a second.
    pair.guest.must("ip link set eth0 arp off");
    auto plan = planFor(lab::Pair::guestAddress, 15);
    plan.interval = 100ms;
    std::vector<evidence::EchoSample> heard;
    evidence::Reading<evidence::EchoSeries> reading;
    {
        const std::jthread mender([&] {
            std::this_thread::sleep_for(500ms);
            pair.guest.must("ip link set eth0 arp on");
        });
        pair.host.enter([&] { reading = probe::echo(plan, {}, [&](const auto &sample) { heard.push_back(sample); }); });
    }
    const auto &samples = reading.value.samples;
    REQUIRE(samples.size() == 15);
    INFO(describe(samples.front()));
    CHECK(samples.front().outcome == EchoOutcome::Reply);
    CHECK(samples.front().late);
    CHECK(samples.front().userRttNs.value_or(0) > 300'000'000);
    CHECK(samples.back().outcome == EchoOutcome::Reply);
    CHECK_FALSE(samples.back().late);
    CHECK(reading.value.received() < reading.value.sent());
    CHECK(heard.size() == 15);
    CHECK(heard.front().outcome == EchoOutcome::Silence); // what was known when its time was over
}

TEST_CASE("two owners of one address both show in the ARP answers")
{
    lab::require();
    const lab::Pair pair({false, true});
    pair.second->must("ip addr add 10.9.0.10/24 dev eth0");
    evidence::Reading<evidence::NeighbourProbe> reading;
    pair.host.enter([&] { reading = probe::neighbour(ip(lab::Pair::guestAddress), QStringLiteral("br0"), 2, 300ms, {}); });
    REQUIRE(reading.isRead());
    CHECK(reading.value.requestsSent == 2);
    std::set<std::string> owners;
    for (const auto &answer : reading.value.answers) {
        owners.insert(answer.mac.toString());
        CHECK(answer.rttNs > 0);
    }
    CHECK(reading.value.answers.size() == 4);
    CHECK(owners == std::set<std::string>{lab::Pair::guestMac, lab::Pair::secondMac});
}

TEST_CASE("neighbour discovery: one owner, none, from an interface without an address, and on no Ethernet")
{
    lab::require();
    const lab::Pair pair({true, false});
    const auto ask = [&](const char *target, const char *interface) {
        evidence::Reading<evidence::NeighbourProbe> reading;
        pair.host.enter([&] { reading = probe::neighbour(ip(target), QLatin1String(interface), 1, 300ms, {}); });
        return reading;
    };
    for (const auto *target : {lab::Pair::guestAddress, lab::Pair::guestAddress6}) {
        const auto found = ask(target, "br0");
        REQUIRE(found.isRead());
        REQUIRE(found.value.answers.size() == 1);
        CHECK(found.value.answers.front().mac.toString() == lab::Pair::guestMac);
    }
    for (const auto *target : {"10.9.0.66", "fd09::66"}) {
        const auto nobody = ask(target, "br0");
        REQUIRE(nobody.isRead());
        CHECK(nobody.value.requestsSent == 1);
        CHECK(nobody.value.answers.empty());
    }
    CHECK(ask(lab::Pair::guestAddress, "lo").access == Access::Absent);
    CHECK(ask(lab::Pair::guestAddress, "nothing").access == Access::Failed);
    pair.host.must("ip addr flush dev br0");
    const auto probed = ask(lab::Pair::guestAddress, "br0");
    REQUIRE(probed.isRead());
    CHECK(probed.value.answers.size() == 1);
}

TEST_CASE("TCP and UDP ports: open, refused, silent, unreachable")
{
    lab::require();
    const lab::Pair pair;
    const auto listener = pair.guest.start({"busybox", "nc", "-ll", "-p", "7001", "-e", "/bin/cat"});
    REQUIRE(lab::eventually([&] { return pair.guest.must("ss -Hltn").find(":7001") != std::string::npos; }));
    pair.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy accept;\n"
                   " tcp dport 7002 drop\n udp dport 7002 drop\n tcp dport 7003 reject with icmpx admin-prohibited\n }\n}\n");
    const auto tcp = [&](const char *target, int port) {
        evidence::Reading<evidence::PortProbe> reading;
        pair.host.enter([&] { reading = probe::tcp(ip(target), port, {}, 300ms, {}); });
        REQUIRE(reading.isRead());
        return reading.value;
    };
    const auto udp = [&](int port) {
        evidence::Reading<evidence::PortProbe> reading;
        pair.host.enter([&] { reading = probe::udp(ip(lab::Pair::guestAddress), port, {}, 300ms, {}); });
        REQUIRE(reading.isRead());
        return reading.value;
    };
    const auto open = tcp(lab::Pair::guestAddress, 7001);
    CHECK(open.outcome == PortOutcome::Open);
    CHECK(open.rttNs.value_or(0) > 0);
    CHECK(tcp(lab::Pair::guestAddress, 7099).outcome == PortOutcome::Refused);
    CHECK(tcp(lab::Pair::guestAddress, 7002).outcome == PortOutcome::Silent);
    const auto prohibited = tcp(lab::Pair::guestAddress, 7003);
    CHECK(prohibited.outcome == PortOutcome::Unreachable);
    CHECK(prohibited.errorNumber == EHOSTUNREACH);
    CHECK(tcp("192.0.2.7", 80).outcome == PortOutcome::Unreachable);
    CHECK(udp(7099).outcome == PortOutcome::Refused);
    CHECK(udp(7002).outcome == PortOutcome::Silent);
    evidence::Reading<evidence::PortProbe> none;
    pair.host.enter([&] { none = probe::tcp(ip(lab::Pair::guestAddress), 0, {}, 300ms, {}); });
    CHECK(none.access == Access::Failed);
}

TEST_CASE("a stop ends every probe within 200 ms and keeps what was measured")
{
    lab::require();
    const lab::Pair pair;
    auto plan = planFor(lab::Pair::guestAddress, 1000);
    plan.interval = 50ms;
    std::stop_source stop;
    int heard = 0;
    evidence::Reading<evidence::EchoSeries> reading;
    std::chrono::steady_clock::time_point stopped;
    pair.host.enter([&] {
        std::jthread stopper([&] {
            std::this_thread::sleep_for(400ms);
            stopped = std::chrono::steady_clock::now();
            stop.request_stop();
        });
        reading = probe::echo(plan, stop.get_token(), [&](const auto &) { ++heard; });
    });
    CHECK(std::chrono::steady_clock::now() - stopped < 200ms);
    REQUIRE(reading.isRead());
    CHECK(reading.value.received() >= 5);
    CHECK(reading.value.samples.size() == static_cast<std::size_t>(heard));

    const auto silent = [&](const std::function<void(std::stop_token)> &probing) {
        std::stop_source source;
        std::jthread stopper([&] {
            std::this_thread::sleep_for(100ms);
            stopped = std::chrono::steady_clock::now();
            source.request_stop();
        });
        pair.host.enter([&] { probing(source.get_token()); });
        CHECK(std::chrono::steady_clock::now() - stopped < 200ms);
    };
    silent([&](std::stop_token token) {
        auto lost = planFor("10.9.0.66", 2);
        lost.timeout = 10000ms;
        checkAll(probe::echo(lost, token).value, EchoOutcome::Cancelled);
    });
    silent([&](std::stop_token token) {
        CHECK(probe::tcp(ip("10.9.0.66"), 80, {}, 10000ms, token).value.outcome == PortOutcome::Cancelled);
    });
    silent([&](std::stop_token token) {
        CHECK(probe::neighbour(ip("10.9.0.66"), QStringLiteral("br0"), 1, 10000ms, token).value.requestsSent == 1);
    });
}

TEST_CASE("the ping program's words become the same outcomes")
{
    lab::require();
    const lab::Pair pair({true, false});
    pair.guest.setSysctl("net.ipv4.icmp_ratelimit", "0");
    const auto over = [&](const char *target) {
        tl::expected<evidence::EchoSeries, probe::SocketProblem> series;
        pair.host.enter([&] {
            auto plan = planFor(target);
            plan.interval = 200ms;
            series = probe::echoOverProgram(probe::bounded(plan), {}, {});
        });
        INFO(target << ": " << (series ? std::string() : series.error().message.toStdString()));
        REQUIRE(series.has_value());
        REQUIRE(series->samples.size() == 3);
        return *series;
    };
    CHECK(over(lab::Pair::guestAddress).received() == 3);
    CHECK(over(lab::Pair::guestAddress6).received() == 3);
    checkAll(over("192.0.2.7"), EchoOutcome::NoRoute);
    pair.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy accept;\n"
                   " icmp type echo-request reject with icmpx admin-prohibited\n icmpv6 type echo-request drop\n }\n}\n");
    const auto prohibited = over(lab::Pair::guestAddress);
    checkAll(prohibited, EchoOutcome::Prohibited);
    CHECK(prohibited.samples.front().sender == ip(lab::Pair::guestAddress));
    checkAll(over(lab::Pair::guestAddress6), EchoOutcome::Silence);
}

TEST_CASE("many probes at once do not take each other's replies")
{
    lab::require();
    const lab::Pair pair({true, true});
    const auto pingSocket = GENERATE(true, false);
    if (pingSocket) {
        openPingSockets(pair.host);
    }
    constexpr std::size_t probes = 24;
    static constexpr std::array targets{lab::Pair::guestAddress, lab::Pair::secondAddress, lab::Pair::guestAddress6,
                                        lab::Pair::secondAddress6};
    std::vector<evidence::Reading<evidence::EchoSeries>> readings(probes);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < probes; ++i) {
            threads.emplace_back([&, i] {
                pair.host.enter([&] {
                    auto plan = planFor(targets.at(i % targets.size()), 20);
                    plan.timeout = 3000ms;
                    readings[i] = probe::echo(plan, {});
                });
            });
        }
    }
    for (const auto &reading : readings) {
        REQUIRE(reading.isRead());
        CHECK(reading.value.received() == 20);
        CHECK(reading.value.duplicates == 0);
        CHECK(reading.value.foreign == 0);
    }
}
