// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "evidence/error_number.h"
#include "probe/echo_ledger.h"

#include <vector>

using namespace bothways;
namespace error_number = bothways::evidence::error_number;
using evidence::EchoOutcome;
using evidence::EchoSample;
using probe::EchoCookie;
using probe::EchoLedger;

namespace {

constexpr qint64 ms = 1'000'000;
constexpr qint64 wall = 1'700'000'000'000'000'000; // realtime runs beside the fake monotonic clock

net::IpAddress ip(const char *text) { return *net::IpAddress::parse(text); }

// A series on a clock that only the test moves; timeout 100 ms.
struct Bench {
    std::vector<EchoSample> heard;
    EchoLedger ledger{ip("10.9.0.10"), 100 * ms, [this](const EchoSample &sample) { heard.push_back(sample); }};

    void send(qint64 at) { ledger.sent(at, wall + at, {}); }
    EchoLedger::Reply answer(int index, qint64 at) const
    {
        EchoLedger::Reply reply;
        reply.sequence = static_cast<std::uint16_t>((index + 1) & 0xffff);
        reply.cookie = {true, index};
        reply.sender = ip("10.9.0.10");
        reply.monotonicNs = at;
        reply.ttl = 64;
        return reply;
    }
    EchoLedger::Error refusal(int index, EchoOutcome outcome, const char *from) const
    {
        EchoLedger::Error error;
        error.sequence = static_cast<std::uint16_t>((index + 1) & 0xffff);
        error.cookie = {true, std::nullopt};
        error.sender = ip(from);
        error.outcome = outcome;
        error.type = 3;
        error.code = 1;
        error.errorNumber = error_number::hostUnreachable;
        return error;
    }
};

} // namespace

TEST_CASE("one request, one reply: no loss; one request, none: all lost")
{
    Bench answered;
    answered.send(0);
    answered.ledger.reply(answered.answer(0, 3 * ms));
    CHECK(answered.ledger.settled());
    const auto good = answered.ledger.finish();
    REQUIRE(good.size() == 1);
    CHECK(good.front().sequence == 1);
    CHECK(good.front().outcome == EchoOutcome::Reply);
    CHECK(good.front().userRttNs == 3 * ms);
    CHECK(good.front().stamps == evidence::Stamps::User);
    CHECK_FALSE(good.front().late);

    Bench silent;
    silent.send(0);
    silent.ledger.expire(100 * ms);
    CHECK_FALSE(silent.ledger.settled()); // the timeout itself is still in time
    silent.ledger.expire(100 * ms + 1);
    CHECK(silent.ledger.settled());
    CHECK(silent.ledger.finish().front().outcome == EchoOutcome::Silence);
    CHECK(silent.heard.size() == 1);
}

TEST_CASE("the best stamps that are there and plausible give the time")
{
    Bench bench;
    for (int i = 0; i < 4; ++i) {
        bench.send(0);
    }
    bench.ledger.left(0, wall + 1 * ms);
    auto reply = bench.answer(0, 5 * ms);
    reply.realtimeNs = wall + 4 * ms;
    bench.ledger.reply(reply);
    reply = bench.answer(1, 5 * ms); // no transmit stamp
    reply.realtimeNs = wall + 4 * ms;
    bench.ledger.reply(reply);
    bench.ledger.left(2, wall - 1); // of another request: older than this one
    reply = bench.answer(2, 5 * ms);
    reply.realtimeNs = wall + 4 * ms;
    bench.ledger.reply(reply);
    bench.ledger.left(3, wall + 1 * ms);
    reply = bench.answer(3, 5 * ms); // the wall clock jumped in between
    reply.realtimeNs = wall + 3'600'000 * ms;
    bench.ledger.reply(reply);
    const auto samples = bench.ledger.finish();
    CHECK(samples[0].stamps == evidence::Stamps::Kernel);
    CHECK(samples[0].rttNs == 3 * ms);
    CHECK(samples[1].stamps == evidence::Stamps::KernelReceive);
    CHECK(samples[1].rttNs == 4 * ms);
    CHECK(samples[2].stamps == evidence::Stamps::KernelReceive);
    CHECK(samples[3].stamps == evidence::Stamps::User);
    CHECK(samples[3].rttNs == 5 * ms);
    for (const auto &sample : samples) {
        CHECK(sample.userRttNs == 5 * ms);
    }
}

TEST_CASE("a late reply is kept, flagged, and told to the sink only once")
{
    Bench bench;
    bench.send(0);
    bench.send(10 * ms);
    bench.ledger.expire(105 * ms);
    REQUIRE(bench.heard.size() == 1);
    CHECK(bench.heard.front().outcome == EchoOutcome::Silence);
    bench.ledger.reply(bench.answer(0, 150 * ms));
    bench.ledger.reply(bench.answer(1, 150 * ms)); // late as well, before anybody looked at the clock
    CHECK(bench.heard.size() == 2);
    evidence::EchoSeries series;
    series.samples = bench.ledger.finish();
    CHECK(series.samples[0].outcome == EchoOutcome::Reply);
    CHECK(series.samples[0].late);
    CHECK(series.samples[0].rttNs == 150 * ms);
    CHECK(series.samples[1].late);
    CHECK(series.received() == 0);
}

TEST_CASE("duplicates and foreign replies are counted apart and change nothing")
{
    Bench bench;
    bench.send(0);
    bench.send(0);
    bench.ledger.reply(bench.answer(0, 1 * ms));
    bench.ledger.reply(bench.answer(0, 2 * ms));
    CHECK(bench.ledger.duplicates() == 1);
    auto stranger = bench.answer(1, 2 * ms);
    stranger.sender = ip("10.9.0.11");
    bench.ledger.reply(stranger);
    auto otherRun = bench.answer(1, 2 * ms);
    otherRun.cookie = {};
    bench.ledger.reply(otherRun);
    bench.ledger.reply(bench.answer(7, 2 * ms)); // never sent
    auto crossed = bench.answer(1, 2 * ms);
    crossed.cookie.index = 0; // sequence of one request, payload of another
    bench.ledger.reply(crossed);
    CHECK(bench.ledger.foreign() == 4);
    CHECK_FALSE(bench.ledger.settled());
    bench.ledger.cancel();
    const auto samples = bench.ledger.finish();
    CHECK(samples[0].rttNs == 1 * ms);
    CHECK(samples[1].outcome == EchoOutcome::Cancelled);
}

TEST_CASE("a reply of ours finds its request across the wrap of the sequence number")
{
    Bench bench;
    for (int i = 0; i < 65540; ++i) {
        bench.send(i);
    }
    auto reply = bench.answer(65537, ms); // sequence 2 on the wire, for the second time
    CHECK(reply.sequence == 2);
    bench.ledger.reply(reply);
    reply = bench.answer(1, ms); // the first time
    bench.ledger.reply(reply);
    reply = bench.answer(65535, ms); // sequence 0
    CHECK(reply.sequence == 0);
    bench.ledger.reply(reply);
    auto shortPayload = bench.answer(65538, ms); // a payload too short to name the request: the newest of that sequence
    shortPayload.cookie.index.reset();
    bench.ledger.reply(shortPayload);
    CHECK(bench.ledger.foreign() == 0);
    CHECK(bench.ledger.duplicates() == 0);
    bench.ledger.cancel();
    const auto samples = bench.ledger.finish();
    REQUIRE(samples.size() == 65540);
    CHECK(samples.back().sequence == 65540);
    for (const std::size_t index : {1U, 65535U, 65537U, 65538U}) {
        CHECK(samples[index].outcome == EchoOutcome::Reply);
    }
    CHECK(samples[2].outcome == EchoOutcome::Cancelled);
}

TEST_CASE("an error settles its request; one that comes late replaces silence; none replaces a reply")
{
    Bench bench;
    for (int i = 0; i < 3; ++i) {
        bench.send(0);
    }
    bench.ledger.error(bench.refusal(0, EchoOutcome::Unreachable, "10.9.0.254"));
    bench.ledger.reply(bench.answer(1, 1 * ms));
    bench.ledger.error(bench.refusal(1, EchoOutcome::Unreachable, "10.9.0.254"));
    bench.ledger.expire(200 * ms);
    bench.ledger.error(bench.refusal(2, EchoOutcome::Unreachable, "10.9.0.254"));
    auto notOurs = bench.refusal(2, EchoOutcome::Prohibited, "10.9.0.254");
    notOurs.cookie = {};
    bench.ledger.error(notOurs);
    const auto samples = bench.ledger.finish();
    CHECK(samples[0].outcome == EchoOutcome::Unreachable);
    CHECK(samples[0].sender == ip("10.9.0.254"));
    CHECK(samples[1].outcome == EchoOutcome::Reply);
    CHECK(samples[2].outcome == EchoOutcome::Unreachable);
    CHECK(bench.heard.size() == 3);
}

TEST_CASE("a refused send keeps its errno, and the filter's own ICMP error adds who")
{
    Bench bench;
    bench.send(0);
    bench.ledger.sendFailed(0, error_number::notPermitted);
    CHECK(bench.ledger.settled());
    bench.ledger.error(bench.refusal(0, EchoOutcome::Prohibited, "10.9.0.1"));
    const auto samples = bench.ledger.finish();
    CHECK(samples[0].outcome == EchoOutcome::SendDenied);
    CHECK(samples[0].errorNumber == error_number::notPermitted);
    CHECK(samples[0].sender == ip("10.9.0.1"));
    CHECK(bench.heard.size() == 1);
}

TEST_CASE("requests that never left wait for the kernel's verdict on the neighbour")
{
    Bench bench;
    bench.send(0);
    bench.send(10 * ms);
    bench.send(20 * ms);
    bench.ledger.left(2, wall + 21 * ms);
    bench.ledger.expire(200 * ms);
    CHECK(bench.ledger.neighbourVerdictBy() == 3'500 * ms);
    bench.ledger.error(bench.refusal(0, EchoOutcome::NeighbourUnresolved, "10.9.0.1"));
    CHECK_FALSE(bench.ledger.neighbourVerdictBy());
    const auto samples = bench.ledger.finish();
    CHECK(samples[0].outcome == EchoOutcome::NeighbourUnresolved);
    CHECK(samples[1].outcome == EchoOutcome::NeighbourUnresolved); // queued behind it
    CHECK(samples[2].outcome == EchoOutcome::Silence);             // this one left
}

TEST_CASE("requests that left need no further wait")
{
    Bench bench;
    bench.send(0);
    bench.ledger.left(0, wall + 1);
    bench.ledger.expire(200 * ms);
    CHECK_FALSE(bench.ledger.neighbourVerdictBy());
}

TEST_CASE("the cookie tells our payload from others', cut off or not")
{
    const EchoCookie::Token token{1, 2, 3, 4, 5, 6, 7, 8};
    EchoCookie cookie(token, 56);
    const auto payload = cookie.payload(70'000);
    REQUIRE(payload.size() == 56);
    const auto whole = cookie.match(payload, true);
    CHECK(whole.ours);
    CHECK(whole.index == 70'000);
    CHECK_FALSE(cookie.match(payload.first(55), true).ours);
    CHECK(cookie.match(payload.first(20), false).index == 70'000);
    CHECK(cookie.match(payload.first(4), false).ours);
    CHECK_FALSE(cookie.match(payload.first(8), false).index);
    CHECK(cookie.match({}, false).ours); // RFC 792 quotes eight bytes, which is the header alone
    EchoCookie other({8, 7, 6, 5, 4, 3, 2, 1}, 56);
    CHECK_FALSE(other.match(payload, true).ours);
    EchoCookie tiny(token, 3);
    CHECK(tiny.match(tiny.payload(5), true).ours);
    CHECK_FALSE(tiny.match(tiny.payload(5), true).index);
}
