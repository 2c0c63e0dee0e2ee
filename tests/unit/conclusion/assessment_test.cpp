// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/builder.h"
#include "conclusion/assessment.h"
#include "evidence/session_file.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace bothways;
using namespace bothways::test;
using conclusion::Dimension;
using evidence::EchoOutcome;
using evidence::PortOutcome;

namespace {

constexpr double margin = 0.01;

const conclusion::Rating rating(const evidence::Evidence &evidence, Dimension dimension)
{
    return conclusion::assess(facts::Case(evidence)).of(dimension);
}

/// -1 where it was left out.
double points(const evidence::Evidence &evidence, Dimension dimension) { return rating(evidence, dimension).points.value_or(-1); }

const conclusion::Input *input(const conclusion::Rating &rating, const QString &id)
{
    const auto found = std::find_if(rating.inputs.begin(), rating.inputs.end(), [&](const auto &each) { return each.id == id; });
    return found == rating.inputs.end() ? nullptr : &*found;
}

evidence::EchoSeries &ahead(evidence::Evidence &evidence) { return evidence.probes.echoes.front().value; }
evidence::EchoSeries &back(evidence::Evidence &evidence) { return evidence.guest.value.echoToHost.value; }

/// So many of a hundred answered, in this direction.
void answer(evidence::EchoSeries &series, int count)
{
    series.samples.assign(100, {});
    for (int i = 0; i < 100; ++i) {
        auto &sample = series.samples[static_cast<std::size_t>(i)];
        sample.sequence = i;
        sample.outcome = i < count ? EchoOutcome::Reply : EchoOutcome::Silence;
        if (i < count) {
            sample.rttNs = 300'000;
        }
    }
}

void take(evidence::EchoSeries &series, double ms)
{
    for (auto &sample : series.samples) {
        sample.outcome = EchoOutcome::Reply;
        sample.rttNs = static_cast<qint64>(ms * 1e6);
    }
}

/// The outcomes of TCP ports from 1 on.
void ports(evidence::Evidence &evidence, const std::vector<PortOutcome> &outcomes)
{
    evidence.probes.ports.clear();
    for (const auto outcome : outcomes) {
        evidence::PortProbe probe;
        probe.protocol = evidence::ProbeProtocol::Tcp;
        probe.target = ip(vmAddress);
        probe.port = static_cast<int>(evidence.probes.ports.size()) + 1;
        probe.outcome = outcome;
        evidence.probes.ports.push_back(seen(probe));
    }
}

evidence::PathMtu mtuSearch(int carried, int unanswered, int interfaceMtu = 1500)
{
    evidence::PathMtu mtu;
    mtu.target = ip(vmAddress);
    mtu.interface = u"br0"_s;
    mtu.interfaceMtu = interfaceMtu;
    mtu.largestAnswered = carried;
    mtu.smallestUnanswered = unanswered;
    return mtu;
}

QString echoAccept(const QString &source)
{
    const auto from = source.isEmpty()
                          ? QString()
                          : u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"ip\", \"field\": "
                            u"\"saddr\"}}, \"right\": \"%1\"}}, "_s.arg(source);
    return from +
           u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"icmp\", \"field\": \"type\"}}, \"right\": "
           u"\"echo-request\"}}, {\"accept\": null}"_s;
}

/// Both machines with these rules on their way in.
evidence::Evidence filtered(const QString &policy, const QStringList &rules)
{
    auto evidence = healthy();
    const auto text = nft(u"input"_s, policy, rules);
    evidence.guest.value.facts.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, text)};
    evidence.host.value.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, text)};
    return evidence;
}

evidence::Link counted(evidence::Link link, qint64 packets, qint64 errors)
{
    link.counters.rxPackets = packets;
    link.counters.rxErrors = errors;
    return link;
}

/// So many packets of a thousand had errors on the host's bridge while it was probed.
void errors(evidence::Evidence &evidence, qint64 count)
{
    const auto bridge = evidence.host.value.links.value.front();
    evidence.hostBefore = seen(evidence::NodeSnapshot{});
    evidence.hostBefore.value.links = seen(std::vector{counted(bridge, 5, 7)});
    evidence.host.value.links.value.front() = counted(bridge, 5 + 1000 - count, 7 + count);
}

} // namespace

TEST_CASE("reachability: the alert of the source stands at half the points")
{
    struct Row {
        int answered;
        double points;
    };
    for (const auto &row : {Row{0, 0}, Row{1, 50.0 / 90}, Row{45, 25}, Row{89, 49.44}, Row{90, 50}, Row{91, 55}, Row{95, 75},
                            Row{99, 95}, Row{100, 100}}) {
        auto evidence = healthy();
        answer(ahead(evidence), row.answered);
        INFO(row.answered);
        CHECK(points(evidence, Dimension::Reachability) == Approx(row.points).margin(margin));
    }
}

TEST_CASE("reachability: the worse direction counts, what was not measured is named and not assumed")
{
    CHECK(points(oneWay(), Dimension::Reachability) == 0);
    auto evidence = healthy();
    evidence.guest.value.echoToHost = denied<evidence::EchoSeries>();
    const auto oneSide = rating(evidence, Dimension::Reachability);
    CHECK(oneSide.points == 100);
    CHECK(oneSide.inputs.size() == 1);
    CHECK(oneSide.missing.size() == 1);
    evidence.probes.echoes.clear();
    const auto nothing = rating(evidence, Dimension::Reachability);
    CHECK_FALSE(nothing.points);
    CHECK_FALSE(nothing.leftOut.isEmpty());
    // A run that was stopped at once has sent nothing whose fate is known.
    evidence.probes.echoes = {seen(echoes(vmAddress, hostAddress, EchoOutcome::Cancelled))};
    CHECK_FALSE(rating(evidence, Dimension::Reachability).points);
    // IPv6 counts as much as IPv4.
    evidence = healthy();
    evidence.probes.echoes.push_back(seen(echoes("fd00::10", "fd00::1", EchoOutcome::Silence, evidence::EchoPurpose::V6)));
    CHECK(points(evidence, Dimension::Reachability) == 50);
}

TEST_CASE("handshakes: failures count, refusals do not, and ports that a rule closes only where none answers")
{
    auto evidence = healthy();
    const auto rate = [&](const std::vector<PortOutcome> &outcomes) {
        ports(evidence, outcomes);
        return points(evidence, Dimension::Handshakes);
    };
    std::vector<PortOutcome> twenty(20, PortOutcome::Open);
    CHECK(rate(twenty) == 100);
    twenty.front() = PortOutcome::Silent; // 5 %
    CHECK(rate(twenty) == Approx(50));
    twenty.back() = PortOutcome::Unreachable; // 10 %
    CHECK(rate(twenty) == Approx(50 - 50.0 * 5 / 95).margin(margin));
    CHECK(rate({PortOutcome::Open, PortOutcome::Failed}) == Approx(50 - 50.0 * 45 / 95).margin(margin));
    CHECK(rate({PortOutcome::Denied}) == 0);
    CHECK(rate({PortOutcome::Open, PortOutcome::Refused, PortOutcome::Cancelled}) == 100);
    CHECK(rate({PortOutcome::Refused, PortOutcome::Refused}) == -1);
    CHECK(rate({PortOutcome::Cancelled}) == -1);
    CHECK(rate({}) == -1);
    CHECK_FALSE(rating(evidence, Dimension::Handshakes).leftOut.isEmpty());
    // The guest's filter closes all but what is answered: port 1 is open by a rule of its own.
    evidence.guest.value.facts.rulesets = {
        dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, u"drop"_s, {establishedAccept()}))};
    CHECK(rate({PortOutcome::Silent}) == 0);
    CHECK(rate({PortOutcome::Open, PortOutcome::Silent}) == 100);
}

TEST_CASE("latency: the two times of the source are the ends of the scale")
{
    struct Row {
        double ms;
        double points;
    };
    for (const auto &row :
         {Row{0.1, 100}, Row{10, 100}, Row{19, 95}, Row{100, 50}, Row{300, 25}, Row{499, 0.125}, Row{500, 0}, Row{9000, 0}}) {
        auto evidence = healthy();
        take(ahead(evidence), row.ms);
        take(back(evidence), row.ms); // alike, so that symmetry costs nothing
        INFO(row.ms);
        CHECK(points(evidence, Dimension::Latency) == Approx(row.points).margin(margin));
    }
    auto evidence = healthy();
    take(ahead(evidence), 50);
    take(back(evidence), 1);
    const auto uneven = rating(evidence, Dimension::Latency);
    REQUIRE(input(uneven, u"rtt_symmetry"_s) != nullptr);
    CHECK(input(uneven, u"rtt_symmetry"_s)->value == Approx(5)); // 1 ms is taken for 10
    CHECK(*uneven.points == Approx(50));
    CHECK(points(bothWays(), Dimension::Latency) == -1);
    const auto half = rating(oneWay(), Dimension::Latency);
    CHECK(half.points == 100);
    CHECK(half.missing.size() == 1);
    CHECK(input(half, u"rtt_symmetry"_s) == nullptr);
}

TEST_CASE("path: MTUs that agree, packets that arrive whole, and those that vanish")
{
    auto evidence = healthy();
    const auto agreed = rating(evidence, Dimension::Path);
    CHECK(agreed.points == 100);
    CHECK(agreed.missing.size() == 1);
    evidence.guest.value.facts.links.value.front().mtu = 1455; // 97 %
    CHECK(points(evidence, Dimension::Path) == Approx(50));
    evidence.guest.value.facts.links.value.front().mtu = 750;
    CHECK(points(evidence, Dimension::Path) == 0);

    evidence = healthy();
    evidence.probes.pathMtus = {seen(mtuSearch(1500, 0))};
    CHECK(points(evidence, Dimension::Path) == 100);
    evidence.probes.pathMtus = {seen(mtuSearch(1400, 1401))}; // nobody says so
    CHECK(points(evidence, Dimension::Path) == 0);
    evidence.probes.pathMtus.front().value.notices = {{ip("10.0.0.254"), 1400, 1500}};
    CHECK(points(evidence, Dimension::Path) == Approx(50 * (1400.0 / 15 - 50) / 47).margin(margin));
    evidence.probes.pathMtus.front().value.cutShort = true; // then the search found nothing out
    CHECK(input(rating(evidence, Dimension::Path), u"largest_packet"_s) == nullptr);

    const auto fails = [&](qint64 count) {
        auto counting = healthy();
        counting.hostBefore = seen(evidence::NodeSnapshot{});
        counting.hostBefore.value.counters = seen(QMap<QString, qint64>{{u"Ip.ReasmFails"_s, 40}});
        counting.host.value.counters.value.insert(u"Ip.ReasmFails"_s, 40 + count);
        return points(counting, Dimension::Path);
    };
    CHECK(fails(0) == 100);
    CHECK(fails(1) == 50);
    CHECK(fails(10) == 0);
    CHECK(fails(-40) == 100); // started anew in between: nothing known

    evidence = healthy();
    evidence.host = denied<evidence::NodeFacts>();
    evidence.guest = denied<evidence::Guest>();
    CHECK(points(evidence, Dimension::Path) == -1);
}

TEST_CASE("policy: what is let in beyond the pair's echo costs points")
{
    const auto open = rating(healthy(), Dimension::Policy);
    CHECK(open.points == 0); // no filter at all
    CHECK(open.inputs.size() == 12);
    CHECK(points(filtered(u"accept"_s, {}), Dimension::Policy) == 0);
    CHECK(points(filtered(u"drop"_s, {establishedAccept()}), Dimension::Policy) == 100);
    const auto tight = filtered(u"drop"_s, {establishedAccept(), echoAccept(u"10.0.0.1"_s), echoAccept(u"10.0.0.10"_s)});
    CHECK(points(tight, Dimension::Policy) == 100);
    CHECK(points(filtered(u"drop"_s, {echoAccept({})}), Dimension::Policy) == 90);
    CHECK(points(filtered(u"drop"_s, {u"{\"accept\": null}"_s}), Dimension::Policy) == 0);
    // Everything, but from the other end only: its TCP and UDP.
    CHECK(points(filtered(u"drop"_s, {sourceAccept(u"10.0.0.1"_s), sourceAccept(u"10.0.0.10"_s)}), Dimension::Policy) == 80);
    // The very neighbours, but not the world: half of what others are asked with.
    const auto nearby = filtered(u"drop"_s, {u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"ip\", "
                                             u"\"field\": \"saddr\"}}, \"right\": {\"prefix\": {\"addr\": \"10.0.0.0\", \"len\": "
                                             u"24}}}}, {\"accept\": null}"_s});
    CHECK(points(nearby, Dimension::Policy) == 40);
    // Only the echo is forbidden: the wide rest still costs.
    CHECK(points(filtered(u"accept"_s, {icmpDrop(u"echo-request"_s)}), Dimension::Policy) == 10);
    const auto named = rating(filtered(u"drop"_s, {echoAccept({})}), Dimension::Policy);
    REQUIRE(input(named, u"guest_echo_others"_s) != nullptr);
    CHECK(input(named, u"guest_echo_others"_s)->source.contains(u"inet fw input: icmp type echo-request accept"));
}

TEST_CASE("policy: rules that were not read, or cannot be evaluated, are not rated")
{
    auto evidence = filtered(u"drop"_s, {establishedAccept()});
    evidence.guest = denied<evidence::Guest>();
    const auto hostOnly = rating(evidence, Dimension::Policy);
    CHECK(hostOnly.points == 100);
    CHECK(hostOnly.missing.size() == 1);
    evidence.host.value.rulesets.front().text = denied<QString>();
    CHECK(points(evidence, Dimension::Policy) == -1);
    CHECK_FALSE(rating(evidence, Dimension::Policy).leftOut.isEmpty());
    // A statement that nobody knows might let anything in.
    const auto unknown = rating(filtered(u"drop"_s, {u"{\"match\": {\"op\": \"==\", \"left\": {\"meta\": {\"key\": "
                                                     u"\"frobnication\"}}, \"right\": 1}}, {\"accept\": null}"_s}),
                                Dimension::Policy);
    CHECK_FALSE(unknown.points);
    CHECK(unknown.missing.size() == 12);
    evidence = healthy();
    evidence.target.hostAddress.reset();
    evidence.probes.echoes.clear();
    evidence.target.vmAddress.reset();
    CHECK(points(evidence, Dimension::Policy) == -1);
}

TEST_CASE("headroom: tables near their limits and packets with errors")
{
    CHECK(points(healthy(), Dimension::Headroom) == -1);
    auto evidence = healthy();
    const auto conntrack = [&](qint64 count, qint64 most) {
        evidence.host.value.conntrack = seen(evidence::Conntrack{count, most, 0, 0, 0});
        return points(evidence, Dimension::Headroom);
    };
    CHECK(conntrack(0, 1000) == 100);
    CHECK(conntrack(500, 1000) == 100);
    CHECK(conntrack(650, 1000) == Approx(75));
    CHECK(conntrack(800, 1000) == Approx(50));
    CHECK(conntrack(1000, 1000) == 0);
    CHECK(conntrack(2000, 1000) == 0);
    CHECK(conntrack(9, 0) == -1); // a limit of nothing is no limit

    evidence = healthy();
    evidence.host.value.sysctls.value.insert(u"net.ipv4.neigh.default.gc_thresh3"_s, u"1"_s);
    CHECK(points(evidence, Dimension::Headroom) == 0);
    evidence.host.value.neighbours.value.front().state = evidence::NeighbourState::Permanent; // not counted by the kernel
    CHECK(points(evidence, Dimension::Headroom) == 100);

    for (const auto &[count, expected] : {std::pair{0, 100.0}, {5, 75.0}, {10, 50.0}, {55, 25.0}, {100, 0.0}, {1000, 0.0}}) {
        auto erring = healthy();
        errors(erring, count);
        INFO(count);
        CHECK(points(erring, Dimension::Headroom) == Approx(expected).margin(margin));
    }
}

TEST_CASE("the score is the weighted mean of what was measured")
{
    int all = 0;
    for (std::size_t i = 0; i < conclusion::dimensions; ++i) {
        all += conclusion::weightOf(static_cast<Dimension>(i));
    }
    CHECK(all == 100);
    CHECK_FALSE(conclusion::assess(facts::Case(evidence::Evidence())).score());
    for (const auto &rating : conclusion::assess(facts::Case(evidence::Evidence())).ratings) {
        CHECK_FALSE(rating.leftOut.isEmpty());
        CHECK(rating.inputs.empty());
    }
    // Reachability 100 (40), latency 100 (15), path 100 (10), policy 0 (10); nothing of handshakes and headroom.
    CHECK(conclusion::assess(facts::Case(healthy())).score() == 87);
    const auto before = conclusion::assess(facts::Case(oneWay())); // latency of one direction only
    CHECK(before.score() == 33);                                   // (0 * 40 + 100 * 15 + 100 * 10 + 0 * 10) / 75
    auto later = healthy();
    ports(later, {PortOutcome::Open});
    const auto after = conclusion::assess(facts::Case(later));
    CHECK(after.score() == 89);
    CHECK(after.scoreBeside(before) == 87); // without the handshakes, which were not measured before
    CHECK(before.scoreBeside(after) == 33);
    CHECK_FALSE(before.scoreBeside(conclusion::assess(facts::Case(evidence::Evidence()))));
}

TEST_CASE("nothing but perfection is 100, nothing but failure 0")
{
    CHECK(conclusion::wholePoints(0) == 0);
    CHECK(conclusion::wholePoints(0.2) == 1);
    CHECK(conclusion::wholePoints(49.5) == 50);
    CHECK(conclusion::wholePoints(99.8) == 99);
    CHECK(conclusion::wholePoints(100) == 100);
}

TEST_CASE("what gets worse never gains points")
{
    std::mt19937 random(7); // NOLINT(cert-msc51-cpp): the same numbers each time
    const auto below = [&](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
    for (int run = 0; run < 60; ++run) {
        auto evidence = healthy();
        auto worse = evidence;
        int less = below(100);
        int more = below(100);
        if (less > more) {
            std::swap(less, more);
        }
        SECTION("answers of run " + std::to_string(run))
        {
            answer(ahead(evidence), more);
            answer(ahead(worse), less);
            CHECK(points(worse, Dimension::Reachability) <= points(evidence, Dimension::Reachability));
        }
        SECTION("times of run " + std::to_string(run))
        {
            const double faster = below(600);
            take(ahead(evidence), less + faster);
            take(back(evidence), faster);
            take(ahead(worse), more + faster); // the slower direction gets slower still
            take(back(worse), faster);
            CHECK(points(worse, Dimension::Latency) <= points(evidence, Dimension::Latency));
        }
        SECTION("entries of run " + std::to_string(run))
        {
            evidence.host.value.conntrack = seen(evidence::Conntrack{less, 100, 0, 0, 0});
            worse.host.value.conntrack = seen(evidence::Conntrack{more, 100, 0, 0, 0});
            CHECK(points(worse, Dimension::Headroom) <= points(evidence, Dimension::Headroom));
        }
        SECTION("rules of run " + std::to_string(run))
        {
            const QStringList accepts{establishedAccept(), echoAccept({}), sourceAccept(u"10.0.0.1"_s),
                                      sourceAccept(u"10.0.0.10"_s), u"{\"accept\": null}"_s};
            QStringList some;
            for (const auto &rule : accepts) {
                if (below(1) == 1) {
                    some << rule;
                }
            }
            CHECK(points(filtered(u"drop"_s, some + QStringList{accepts.at(below(4))}), Dimension::Policy) <=
                  points(filtered(u"drop"_s, some), Dimension::Policy));
        }
    }
}

TEST_CASE("numbers of a hostile session stay points")
{
    auto evidence = healthy();
    constexpr auto most = std::numeric_limits<qint64>::max();
    constexpr auto least = std::numeric_limits<qint64>::min();
    evidence.host.value.conntrack = seen(evidence::Conntrack{most, 1, most, most, most});
    evidence.host.value.sysctls.value.insert(u"net.ipv4.neigh.default.gc_thresh3"_s, u"-1"_s);
    errors(evidence, 0);
    evidence.hostBefore.value.links.value.front().counters = {least, least, least, least, least, least};
    evidence.host.value.links.value.front().counters = {most, most, most, most, most, most};
    evidence.probes.pathMtus = {seen(mtuSearch(std::numeric_limits<int>::max(), -1, 1))};
    for (auto &sample : ahead(evidence).samples) {
        sample.rttNs = most;
    }
    for (const auto &rating : conclusion::assess(facts::Case(evidence)).ratings) {
        if (rating.points) {
            CHECK(*rating.points >= 0);
            CHECK(*rating.points <= 100);
        }
        for (const auto &each : rating.inputs) {
            CHECK(std::isfinite(each.value));
        }
    }
}

TEST_CASE("the recorded case: one way, and what else was measured")
{
    const auto evidence = evidence::load(QStringLiteral(BOTHWAYS_DEMOS "/seed-topology.bothways"));
    REQUIRE(evidence);
    const auto assessment = conclusion::assess(facts::Case(*evidence));
    CHECK(assessment.of(Dimension::Reachability).points == 0);
    CHECK(assessment.of(Dimension::Handshakes).points == 100); // port 80 is open, the others refuse
    CHECK(assessment.of(Dimension::Path).points == 100);
    CHECK(assessment.of(Dimension::Headroom).points == 100);
    REQUIRE(assessment.of(Dimension::Policy).points);
    CHECK(*assessment.of(Dimension::Policy).points < 100); // its security group lets in TCP of the whole subnet
    for (const auto &rating : assessment.ratings) {
        for (const auto &each : rating.inputs) {
            INFO(each.id.toStdString());
            CHECK_FALSE(each.title.isEmpty());
            CHECK_FALSE(each.formula.isEmpty());
            CHECK_FALSE(each.source.isEmpty());
        }
    }
}
