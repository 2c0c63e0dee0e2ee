// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "helper/support.h"
#include "probe/linux/echo_ladder.h"
#include "probe/linux/socket/icmp_socket.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <map>
#include <thread>

#include <unistd.h>

using namespace bothways;
using namespace bothways::lab;
using namespace bothways::privilege;
using namespace std::chrono_literals;
using evidence::EchoOutcome;
using evidence::EchoSeries;

namespace {

net::IpAddress ip(const char *text) { return *net::IpAddress::parse(text); }

probe::EchoPlan planFor(const char *target, int count = 3)
{
    probe::EchoPlan plan;
    plan.target = ip(target);
    plan.count = count;
    plan.interval = 20ms;
    plan.timeout = 1s;
    return plan;
}

EchoSeries byLadder(Helper &helper, const probe::EchoPlan &plan, const std::stop_token &stop = {})
{
    const auto reading = probe::echo(plan, stop, {}, [&helper](const auto &limited, const auto &token, const auto &sink) {
        return helper.echo(limited, token, sink);
    });
    INFO(reading.problem.toStdString());
    REQUIRE(reading.isRead());
    return reading.value;
}

std::vector<EchoOutcome> outcomes(const EchoSeries &series)
{
    std::vector<EchoOutcome> all;
    for (const auto &sample : series.samples) {
        all.push_back(sample.outcome);
    }
    return all;
}

using Message = std::vector<std::uint8_t>;

/// What the helper tells of these requests, until EchoEnd or a refusal.
std::vector<Reply> told(const Installed &installed, const AskEcho &question)
{
    auto link = launch(installed.launch());
    REQUIRE(link.has_value());
    (*link)->send(encode(1, Request(Hello{})), 2s);
    (*link)->send(encode(2, Request(question)), 2s);
    std::vector<Reply> replies;
    Message input;
    std::array<std::uint8_t, 65536> room{};
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (std::chrono::steady_clock::now() < end) {
        std::size_t count = 0;
        REQUIRE((*link)->receive(room, count, 100ms) == Link::State::Open);
        input.insert(input.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(count));
        for (auto taken = takeReply(input); taken && *taken; taken = takeReply(input)) {
            replies.push_back((*taken)->body);
            input.erase(input.begin(), input.begin() + static_cast<std::ptrdiff_t>((*taken)->size));
            if (std::holds_alternative<EchoEnd>(replies.back()) || std::holds_alternative<Failure>(replies.back())) {
                return replies;
            }
        }
    }
    FAIL("the helper did not end");
    return replies;
}

int count(const std::vector<Reply> &replies, EchoEvent event, int error = 0)
{
    return static_cast<int>(std::count_if(replies.begin(), replies.end(), [&](const Reply &reply) {
        const auto *heard = std::get_if<EchoHeard>(&reply);
        return heard != nullptr && heard->event == event && heard->error == error;
    }));
}

} // namespace

TEST_CASE("echo requests that this user may not send are the helper's: the same series, with the kernel's stamps", "[echo]")
{
    require();
    const Installed installed;
    const Pair pair({true, false});
    asUser(pair.host, [&] {
        auto helper = Helper::start(installed.launch(), 5s);
        REQUIRE(helper.has_value());
        for (const auto *target : {Pair::guestAddress, Pair::guestAddress6}) {
            const auto series = byLadder(**helper, planFor(target));
            CHECK(series.method == evidence::ProbeMethod::HelperRawSocket);
            CHECK(series.target == ip(target));
            CHECK(series.source == ip(ip(target).isV4() ? Pair::hostAddress : Pair::hostAddress6));
            REQUIRE(series.received() == 3);
            CHECK(series.duplicates == 0);
            CHECK(series.foreign == 0);
            for (const auto &sample : series.samples) {
                CHECK(sample.stamps == evidence::Stamps::Kernel);
                CHECK(sample.ttl == 64);
                CHECK(sample.rttNs > 0);
                CHECK(sample.rttNs <= *sample.userRttNs + 1'000'000);
            }
        }
    });
}

TEST_CASE("what is in the way is told by the helper as by the socket of one's own", "[echo]")
{
    require();
    const Installed installed;
    const Pair pair({true, false});
    pair.guest.setSysctl("net.ipv4.icmp_ratelimit", "0");
    pair.host.must("ip route add unreachable 192.0.2.0/24 && ip route add blackhole 198.51.100.0/24");
    pair.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy accept;\n"
                   " icmp type echo-request reject with icmpx admin-prohibited\n icmpv6 type echo-request drop\n }\n}\n");
    pair.host.nft("table inet fw {\n chain out {\n type filter hook output priority 0; policy accept;\n"
                  " ip daddr 10.9.0.77 drop\n }\n}\n");
    static constexpr std::array targets{Pair::guestAddress, Pair::guestAddress6, "10.9.0.66",  "10.9.0.77",
                                        "192.0.2.7",        "198.51.100.7",      "203.0.113.7"};
    std::map<std::string, std::vector<EchoOutcome>> own;
    asSelf(pair.host, [&] {
        for (const auto *target : targets) {
            const auto reading = probe::echo(planFor(target), {});
            REQUIRE(reading.isRead());
            CHECK(reading.value.method == evidence::ProbeMethod::RawSocket);
            own[target] = outcomes(reading.value);
        }
    });
    CHECK(own.at("10.9.0.66") == std::vector(3, EchoOutcome::NeighbourUnresolved));
    CHECK(own.at("10.9.0.77") == std::vector(3, EchoOutcome::SendDenied));
    pair.host.must("ip neigh flush all");
    asUser(pair.host, [&] {
        auto helper = Helper::start(installed.launch(), 5s);
        REQUIRE(helper.has_value());
        for (const auto *target : targets) {
            INFO(target);
            CHECK(outcomes(byLadder(**helper, planFor(target))) == own.at(target));
        }
    });
}

TEST_CASE("size, fragments and hop limit are those that were asked for", "[echo]")
{
    require();
    const Installed installed;
    const Pair pair;
    pair.guest.nft("table inet count {\n chain in {\n type filter hook input priority 0; policy accept;\n"
                   " icmp type echo-request ip ttl 7 counter\n }\n}\n");
    asUser(pair.host, [&] {
        AskEcho question;
        question.target = ip(Pair::guestAddress);
        question.count = 2;
        question.intervalMs = 20;
        question.timeoutMs = 300;
        question.payloadBytes = 3000;
        CHECK(count(told(installed, question), EchoEvent::Reply) == 2);
        question.dontFragment = true;
        auto replies = told(installed, question);
        CHECK(count(replies, EchoEvent::Reply) == 0);
        CHECK(count(replies, EchoEvent::Failed, EMSGSIZE) == 2);
        question.payloadBytes = 1472; // 1500 with both headers
        question.hopLimit = 7;
        replies = told(installed, question);
        CHECK(count(replies, EchoEvent::Sent) == 2);
        CHECK(count(replies, EchoEvent::Reply) == 2);
        question.source = ip("10.9.0.99");
        replies = told(installed, question);
        REQUIRE(replies.size() == 2); // Welcome, and this
        const EchoEnd cannot{static_cast<std::uint8_t>(probe::IcmpStep::Source), EADDRNOTAVAIL, 0, 0};
        REQUIRE(std::holds_alternative<EchoEnd>(replies.back()));
        CHECK(std::get<EchoEnd>(replies.back()) == cannot);
    });
    CHECK(pair.guest.must("nft list ruleset").find("ttl 7 counter packets 2 ") != std::string::npos);
}

TEST_CASE("nobody's address is not pinged, and without the capability nobody's is", "[echo]")
{
    require();
    const Installed installed;
    const Installed bare("cap_net_admin=p");
    const Pair pair;
    asUser(pair.host, [&] {
        AskEcho question;
        const auto refusal = [&](const Installed &with) {
            const auto replies = told(with, question);
            const auto *failure = std::get_if<Failure>(&replies.back());
            return failure == nullptr ? Refusal::System : failure->reason;
        };
        for (const auto *address : {"0.0.0.0", "224.0.0.1", "255.255.255.255", "::", "ff02::1"}) {
            question.target = ip(address);
            CHECK(refusal(installed) == Refusal::BadTarget);
        }
        question.target = ip("10.9.0.255"); // the subnet's broadcast: the kernel refuses it
        const auto replies = told(installed, question);
        CHECK(count(replies, EchoEvent::Failed, EACCES) == 1);
        question.target = ip(Pair::guestAddress);
        CHECK(refusal(bare) == Refusal::NotAllowed);
    });
}

TEST_CASE("a stop in mid-series keeps what was measured, and the helper can be asked again", "[echo]")
{
    require();
    const Installed installed;
    const Pair pair;
    asUser(pair.host, [&] {
        auto helper = Helper::start(installed.launch(), 5s);
        REQUIRE(helper.has_value());
        std::stop_source stop;
        const std::jthread stopper([&stop] {
            std::this_thread::sleep_for(250ms);
            stop.request_stop();
        });
        const auto begin = std::chrono::steady_clock::now();
        const auto series = byLadder(**helper, planFor(Pair::guestAddress, 1000), stop.get_token());
        CHECK(std::chrono::steady_clock::now() - begin < 600ms);
        CHECK(series.sent() < 100);
        CHECK(series.received() >= 5);
        CHECK(byLadder(**helper, planFor(Pair::guestAddress)).received() == 3);
        CHECK((*helper)->rules(5s, {}).has_value());
    });
}

TEST_CASE("a helper that is killed in mid-series: what was measured stands, and the next one hears why", "[echo]")
{
    require();
    const Installed installed;
    const Pair pair;
    asUser(pair.host, [&] {
        auto helper = Helper::start(installed.launch(), 5s);
        REQUIRE(helper.has_value());
        const auto running = helpersOf(::getpid());
        REQUIRE(running.size() == 1);
        const std::jthread killer([pid = running.front()] {
            std::this_thread::sleep_for(250ms);
            ::kill(pid, SIGKILL);
        });
        const auto series = byLadder(**helper, planFor(Pair::guestAddress, 1000));
        CHECK(series.received() >= 5);
        CHECK(series.sent() < 100);
        const auto rules = (*helper)->rules(5s, {});
        REQUIRE_FALSE(rules.has_value());
        CHECK(rules.error().message.contains(QStringLiteral("signal 9")));
    });
}

TEST_CASE("several series at once, and a capture meanwhile; one too many is refused", "[echo]")
{
    require();
    const Installed installed;
    const Pair pair;
    asUser(pair.host, [&] {
        auto link = launch(installed.launch());
        REQUIRE(link.has_value());
        (*link)->send(encode(1, Request(Hello{})), 2s);
        OpenCapture capture;
        capture.devices = {Pair::bridgeName};
        (*link)->send(encode(2, Request(capture)), 2s);
        AskEcho question;
        question.target = ip(Pair::guestAddress);
        question.count = 5;
        question.intervalMs = 20;
        question.timeoutMs = 300;
        for (std::uint32_t token = 3; token <= 7; ++token) {
            (*link)->send(encode(token, Request(question)), 2s);
        }
        std::map<std::uint32_t, int> answered;
        int ends = 0;
        int frames = 0;
        int refused = 0;
        Message input;
        std::array<std::uint8_t, 65536> room{};
        const auto end = std::chrono::steady_clock::now() + 10s;
        while (ends < 4 && std::chrono::steady_clock::now() < end) {
            std::size_t size = 0;
            REQUIRE((*link)->receive(room, size, 100ms) == Link::State::Open);
            input.insert(input.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(size));
            for (auto taken = takeReply(input); taken && *taken; taken = takeReply(input)) {
                const auto &body = (*taken)->body;
                const auto *heard = std::get_if<EchoHeard>(&body);
                answered[(*taken)->token] += heard != nullptr && heard->event == EchoEvent::Reply ? 1 : 0;
                ends += std::holds_alternative<EchoEnd>(body) ? 1 : 0;
                const auto *failure = std::get_if<Failure>(&body);
                refused += failure != nullptr && failure->reason == Refusal::TooMany && (*taken)->token == 7 ? 1 : 0;
                frames += std::holds_alternative<Frames>(body) ? 1 : 0;
                input.erase(input.begin(), input.begin() + static_cast<std::ptrdiff_t>((*taken)->size));
            }
        }
        CHECK(ends == 4);
        CHECK(refused == 1);
        CHECK(frames > 0);
        for (std::uint32_t token = 3; token <= 6; ++token) {
            CHECK(answered[token] == 5);
        }
    });
}

TEST_CASE("the numbers of connection tracking are those that root reads", "[echo]")
{
    require();
    const Installed installed;
    const Pair pair;
    pair.host.nft(
        "table inet fw {\n chain in {\n type filter hook input priority 0; policy accept;\n ct state invalid drop\n }\n}\n");
    CHECK(pings(pair.host, Pair::guestAddress));
    asUser(pair.host, [&] {
        auto helper = Helper::start(installed.launch(), 5s);
        REQUIRE(helper.has_value());
        const auto conntrack = (*helper)->conntrack(5s, {});
        INFO(conntrack.problem.toStdString());
        REQUIRE(conntrack.isRead());
        std::string count;
        std::string most;
        asRoot([&] {
            count = pair.host.sysctl("net.netfilter.nf_conntrack_count");
            most = pair.host.sysctl("net.netfilter.nf_conntrack_max");
        });
        CHECK(std::to_string(conntrack.value.count) == count);
        CHECK(std::to_string(conntrack.value.max) == most);
        CHECK(conntrack.value.count >= 1);
        CHECK(conntrack.value.drop == 0);
        CHECK(conntrack.value.earlyDrop == 0);
        CHECK(conntrack.value.insertFailed == 0);
    });
    const Installed raw("cap_net_raw=p");
    asUser(pair.host, [&] {
        auto helper = Helper::start(raw.launch(), 5s);
        REQUIRE(helper.has_value());
        CHECK((*helper)->conntrack(5s, {}).access == evidence::Access::Denied);
    });
}
