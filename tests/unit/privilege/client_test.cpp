// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "privilege/helper.h"
#include "privilege/helper_capture.h"
#include "probe/linux/socket/icmp_socket.h"

#include <QString>

#include <deque>
#include <limits>
#include <thread>

using namespace bothways;
using namespace bothways::privilege;
using namespace std::chrono_literals;
using evidence::Access;

namespace {

using Message = std::vector<std::uint8_t>;

/// A helper that says what it was told to say, whatever it is asked; then it is silent or gone.
class Scripted final : public Link {
public:
    Scripted(std::deque<Message> lines, bool leaves) : m_lines(std::move(lines)), m_leaves(leaves) {}
    State receive(std::span<std::uint8_t> room, std::size_t &count, std::chrono::milliseconds wait) override
    {
        count = 0;
        if (m_lines.empty()) {
            std::this_thread::sleep_for(m_leaves ? 0ms : wait);
            return m_leaves ? State::Closed : State::Open;
        }
        auto &line = m_lines.front();
        count = std::min(line.size(), room.size());
        std::copy_n(line.begin(), count, room.begin());
        line.erase(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(count));
        if (line.empty()) {
            m_lines.pop_front();
        }
        return State::Open;
    }
    State send(net::Bytes /*bytes*/, std::chrono::milliseconds /*wait*/) override { return State::Open; }
    Ending ending() override { return {true, -1, 11}; }

private:
    std::deque<Message> m_lines;
    bool m_leaves;
};

Message said(std::uint32_t token, const Reply &reply) { return encode(token, reply); }
Message welcome() { return said(1, Welcome{true, true, true, true}); }

auto greet(std::deque<Message> lines, bool leaves = false)
{
    return Helper::greet(std::make_unique<Scripted>(std::move(lines), leaves), 300ms);
}

RulesPart part(bool last, std::size_t size = 1)
{
    return {RulesKind::NftJson, RulesAccess::Read, last, 0, std::vector<std::uint8_t>(size, ' ')};
}

/// The problem of reading the rules from a helper that goes on like this after its welcome.
Problem rulesProblem(std::deque<Message> lines, bool leaves = false)
{
    lines.push_front(welcome());
    auto helper = greet(std::move(lines), leaves);
    REQUIRE(helper.has_value());
    const auto rules = (*helper)->rules(300ms, {});
    REQUIRE_FALSE(rules.has_value());
    // It stays so, at once.
    const auto again = (*helper)->rules(10s, {});
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().message == rules.error().message);
    return rules.error();
}

struct Nobody final : capture::LiveSink {
    void frame(const capture::Frame & /*frame*/) override { ++frames; }
    void changed(const capture::LiveChange & /*change*/) override {}
    int frames = 0;
};

} // namespace

TEST_CASE("programs that are no helper give a clear error, in time")
{
    const auto problem = [](const char *program) { return Helper::start({program, false}, 300ms).error(); };
    CHECK(problem("/bin/true").message.contains(QStringLiteral("ended with status 0")));
    CHECK(problem("/bin/false").message.contains(QStringLiteral("ended with status 1")));
    CHECK(problem("/bin/cat").access == Access::TimedOut); // reads, and never answers
    CHECK(problem("/nonexistent/bothways-helper").message.contains(QStringLiteral("could not be started")));
    CHECK(problem("/etc/passwd").message.contains(QStringLiteral("could not be started")));
}

TEST_CASE("a greeting that is none is not believed")
{
    CHECK(greet({Message(100, 'x')}).error().message.contains(QStringLiteral("no helper says")));
    CHECK(greet({said(1, Done{})}).error().message.contains(QStringLiteral("not asked")));
    CHECK(greet({said(2, Welcome{})}).error().message.contains(QStringLiteral("not asked")));
    CHECK(greet({}).error().access == Access::TimedOut);
    CHECK(greet({}, true).error().message.contains(QStringLiteral("signal 11")));
    CHECK(greet({said(1, Failure{Refusal::BadMessage, 0, "no"})}).error().message.contains(QStringLiteral("refused: no")));
    auto huge = welcome();
    huge.at(12) = 0x7f;
    CHECK(greet({huge}).error().message.contains(QStringLiteral("longer than any")));
}

TEST_CASE("a hostile helper is ended; the caller gets an error and its time back")
{
    CHECK(rulesProblem({}).access == Access::TimedOut);
    CHECK(rulesProblem({}, true).message.contains(QStringLiteral("signal 11")));
    CHECK(rulesProblem({said(7, part(true))}).message.contains(QStringLiteral("not asked")));
    CHECK(rulesProblem({said(2, NeighbourEnd{})}).message.contains(QStringLiteral("not asked")));
    CHECK(rulesProblem({said(2, part(true)), said(2, part(true))}).message.contains(QStringLiteral("not asked")));
    CHECK(rulesProblem({said(2, part(false)), Message(50, 0)}).message.contains(QStringLiteral("no helper says")));
    std::deque<Message> endless;
    for (int i = 0; i < 40; ++i) {
        endless.push_back(said(2, part(false, std::size_t{1000} * 1000)));
    }
    CHECK_FALSE(rulesProblem(endless).message.isEmpty()); // 32 MB are read, then no more
}

TEST_CASE("a dump that does not end is not taken for a whole one")
{
    auto helper = greet({welcome(), said(2, part(false)), said(2, Done{})});
    REQUIRE(helper.has_value());
    const auto rules = (*helper)->rules(300ms, {});
    REQUIRE(rules.has_value());
    CHECK(rules->nftables.access == Access::Failed);
    CHECK(rules->ipTablesNames.access == Access::Failed);
}

TEST_CASE("a stop request is seen soon")
{
    auto helper = greet({welcome()});
    REQUIRE(helper.has_value());
    std::stop_source stop;
    const std::jthread stopper([&stop] {
        std::this_thread::sleep_for(50ms);
        stop.request_stop();
    });
    const auto begin = std::chrono::steady_clock::now();
    CHECK_FALSE((*helper)->rules(60s, stop.get_token()).has_value());
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
}

TEST_CASE("after a stop the helper can be asked again; answers that nobody waits for are passed over")
{
    const auto late = said(2, part(true));
    auto helper = greet({welcome(), late, said(2, Done{}), said(3, ConntrackNumbers{5, 6, 0, 0, 0})});
    REQUIRE(helper.has_value());
    std::stop_source stopped;
    stopped.request_stop();
    CHECK_FALSE((*helper)->rules(10s, stopped.get_token()).has_value());
    CHECK_FALSE((*helper)->problem().has_value());
    const auto conntrack = (*helper)->conntrack(1s, {});
    REQUIRE(conntrack.isRead());
    CHECK(conntrack.value.count == 5);
    CHECK(conntrack.value.max == 6);
}

namespace {

probe::EchoPlan twoEchoes()
{
    probe::EchoPlan plan;
    plan.target = *net::IpAddress::parse("10.0.0.10");
    plan.count = 2;
    plan.interval = 10ms;
    plan.timeout = 100ms;
    return plan;
}

EchoHeard heard(EchoEvent event, std::uint16_t index, std::int64_t monotonicNs = 1000)
{
    EchoHeard one;
    one.event = event;
    one.index = index;
    one.monotonicNs = monotonicNs;
    one.realtimeNs = event == EchoEvent::Reply ? 0 : 1'700'000'000'000'000'000;
    one.sender = *net::IpAddress::parse("10.0.0.10");
    one.hopLimit = 63;
    return one;
}

/// The series that a helper gives which tells this of it; it goes afterwards.
tl::expected<evidence::EchoSeries, probe::SocketProblem> echo(const std::vector<Reply> &told)
{
    std::deque<Message> lines{welcome()};
    for (const auto &one : told) {
        lines.push_back(said(2, one));
    }
    auto helper = greet(std::move(lines), true);
    REQUIRE(helper.has_value());
    return (*helper)->echo(twoEchoes(), {}, {});
}

} // namespace

TEST_CASE("what happened to echo requests becomes the series that this process would have measured itself")
{
    const auto series = echo({heard(EchoEvent::Sent, 0, 1000), heard(EchoEvent::Reply, 0, 501'000),
                              heard(EchoEvent::Sent, 1, 2000), EchoEnd{0, 0, 2, 3}});
    REQUIRE(series.has_value());
    CHECK(series->method == evidence::ProbeMethod::HelperRawSocket);
    REQUIRE(series->sent() == 2);
    CHECK(series->received() == 1);
    CHECK(series->samples.at(0).rttNs == 500'000);
    CHECK(series->samples.at(0).ttl == 63);
    CHECK(series->samples.at(1).outcome == evidence::EchoOutcome::Silence);
    CHECK(series->foreign == 3);
}

TEST_CASE("what a helper cannot have seen ends it; what was measured before stands")
{
    const auto sent = heard(EchoEvent::Sent, 0);
    const auto broken = [&](const Reply &last) {
        const auto series = echo({sent, heard(EchoEvent::Reply, 0, 2000), last, heard(EchoEvent::Sent, 1)});
        return series.has_value() && series->sent() == 1 && series->received() == 1;
    };
    CHECK(broken(heard(EchoEvent::Sent, 0)));                                           // twice
    CHECK(broken(heard(EchoEvent::Reply, 1)));                                          // to nothing
    CHECK(broken(heard(EchoEvent::Failed, 7)));                                         // of nothing
    CHECK(broken(heard(EchoEvent::Sent, 1, std::numeric_limits<std::int64_t>::max()))); // to come
    CHECK(broken(Done{}));
    CHECK(broken(Counters{}));
    // And with nothing measured there is a reason.
    const auto none = echo({heard(EchoEvent::Reply, 0)});
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().message.contains(QStringLiteral("not asked")));
    CHECK(none.error().denied); // the next rung may do
    const auto refused = echo({Failure{Refusal::NotAllowed, 0, "no"}});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message.contains(QStringLiteral("refused: no")));
    const auto source = echo({EchoEnd{static_cast<std::uint8_t>(probe::IcmpStep::Source), 99, 0, 0}});
    REQUIRE_FALSE(source.has_value());
    CHECK(source.error().message.contains(QStringLiteral("source address")));
    CHECK_FALSE(source.error().denied);
}

TEST_CASE("a capture keeps what came before the helper broke off")
{
    Frames frames;
    const Message bytes(60, 1);
    appendFrame(frames.records, {0, 1, 60, Bytes(bytes)});
    appendFrame(frames.records, {0, 2, 60, Bytes(bytes)});
    Frames beyond;
    appendFrame(beyond.records, {3, 1, 60, Bytes(bytes)});
    for (const auto &last : {said(9, frames), said(2, beyond), said(2, PointChanged{2, PointStatus::Open, 1, true, ""}),
                             said(2, Counters{{{5, 1, 1}}}), said(2, NeighbourEnd{}), Message(20, 0)}) {
        auto helper = greet({welcome(), said(2, frames), last});
        REQUIRE(helper.has_value());
        auto source = captureBy(std::move(*helper), {"eth0", "eth1"}, {});
        REQUIRE(source.has_value());
        Nobody sink;
        auto result = (*source)->read(sink, 10ms);
        for (int i = 0; i < 10 && result; ++i) {
            result = (*source)->read(sink, 10ms);
        }
        CHECK_FALSE(result.has_value());
        CHECK(sink.frames == 2);
    }
}
