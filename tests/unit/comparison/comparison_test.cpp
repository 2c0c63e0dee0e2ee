// SPDX-License-Identifier: GPL-3.0-or-later
// Two sessions beside each other: what changed is named, what was not read is never called unchanged or removed.
#include "catch.h"

#include "../conclusion/cases.h"
#include "comparison/comparison.h"
#include "comparison/comparison_words.h"
#include "comparison/statistics.h"
#include "evidence/session_file.h"

#include <algorithm>
#include <cmath>

using namespace bothways;
using namespace bothways::test;
using comparison::Change;
using comparison::Tendency;

namespace {

comparison::Comparison compared(const evidence::Evidence &before, const evidence::Evidence &after)
{
    return comparison::compare(conclusion::conclude(before), conclusion::conclude(after));
}

const comparison::ComparedPart &part(const comparison::Comparison &comparison, const QString &id)
{
    const auto found =
        std::find_if(comparison.parts.begin(), comparison.parts.end(), [&](const auto &each) { return each.id == id; });
    INFO(id.toStdString());
    REQUIRE(found != comparison.parts.end());
    return *found;
}

const comparison::MeasuredTwice &measured(const comparison::Comparison &comparison, const QString &id)
{
    const auto found =
        std::find_if(comparison.measured.begin(), comparison.measured.end(), [&](const auto &each) { return each.id == id; });
    INFO(id.toStdString());
    REQUIRE(found != comparison.measured.end());
    return *found;
}

/// "added inet fw input: - > icmp type ...", one a line.
QStringList lines(const comparison::ComparedPart &part)
{
    QStringList all;
    for (const auto &difference : part.differences) {
        all << u"%1 %2: %3 > %4"_s.arg(comparison::name(difference.change), difference.what, difference.before, difference.after);
    }
    return all;
}

evidence::EchoSeries series(int sent, int answered, double ms, double step = 0.001)
{
    auto all = echoes(vmAddress, hostAddress, evidence::EchoOutcome::Silence);
    all.samples.assign(static_cast<std::size_t>(sent), {});
    for (int i = 0; i < sent; ++i) {
        auto &sample = all.samples[static_cast<std::size_t>(i)];
        sample.outcome = i < answered ? evidence::EchoOutcome::Reply : evidence::EchoOutcome::Silence;
        if (i < answered) {
            sample.rttNs = static_cast<qint64>((ms + i * step) * 1e6);
        }
    }
    return all;
}

evidence::Evidence with(const evidence::EchoSeries &main)
{
    auto evidence = healthy();
    evidence.probes.echoes = {seen(main)};
    return evidence;
}

/// The guest with these iptables rules of its filter table.
evidence::Evidence withIptables(const QString &rules)
{
    auto evidence = healthy();
    evidence.guest.value.facts.rulesets.push_back(dump(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy,
                                                       u"*filter\n:INPUT ACCEPT [5:300]\n"_s + rules + u"COMMIT\n"_s));
    return evidence;
}

QString counted(int packets)
{
    return u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"tcp\", \"field\": \"dport\"}}, \"right\": "
           u"22}}, {\"counter\": {\"packets\": %1, \"bytes\": 9}}, {\"accept\": null}"_s.arg(packets);
}

} // namespace

TEST_CASE("the same session twice has no difference, whatever it is")
{
    const auto demo = evidence::load(QStringLiteral(BOTHWAYS_DEMOS "/seed-topology.bothways"));
    REQUIRE(demo);
    for (const auto &evidence : {healthy(), guestDrops(), bothWays(), evidence::Evidence(), *demo}) {
        const auto comparison = compared(evidence, evidence);
        CHECK_FALSE(comparison.differs());
        CHECK(comparison.sameTarget);
        CHECK(comparison.cautions.isEmpty());
        CHECK(comparison.scoreBefore == comparison.scoreAfter);
        for (const auto &each : comparison.parts) {
            INFO(each.id.toStdString());
            CHECK(each.differences.empty());
        }
    }
}

TEST_CASE("a rule that went: its text, the verdict, the checks and the score")
{
    auto before = guestDrops();
    auto after = before;
    after.guest.value.facts.rulesets = {
        dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, u"accept"_s, {establishedAccept()}))};
    after.probes.echoes = {seen(echoes(vmAddress, hostAddress, evidence::EchoOutcome::Reply))};
    after.started = before.started.addSecs(60);
    const auto comparison = compared(before, after);
    CHECK(comparison.differs());
    CHECK(comparison.verdictChanged);
    CHECK(comparison::headlineOf(comparison) == u"The fault is gone");
    CHECK(lines(part(comparison, u"guest_rules_nftables"_s)) ==
          QStringList{u"removed inet fw input: icmp type echo-request drop > "_s});
    CHECK(part(comparison, u"guest_rules_nftables"_s).same > 0);
    CHECK(part(comparison, u"causes"_s).differences.front().change == Change::Removed);
    const auto checks = lines(part(comparison, u"checks"_s)).join(u'\n');
    CHECK(checks.contains(u"changed NET-7"_s));
    CHECK(checks.contains(u"changed POL-3"_s));
    CHECK(part(comparison, u"host_rules_nftables"_s).differences.empty());
    REQUIRE(comparison.scoreBefore);
    CHECK(*comparison.scoreBefore < *comparison.scoreAfter);
    CHECK(measured(comparison, u"icmp_host_to_vm_loss"_s).tendency == Tendency::Better);
    CHECK(measured(comparison, u"icmp_host_to_vm_rtt"_s).tendency == Tendency::CannotTell); // nothing came back before
    const auto reverse = compared(after, before);
    CHECK(comparison::headlineOf(reverse) == u"A fault is there that was not there before");
    CHECK(reverse.cautions.size() == 1); // the order of time
}

TEST_CASE("rules are compared chain by chain, without their counters, and a moved one is called so")
{
    const auto ruleset = [](const QStringList &rules, const QString &policy = u"accept"_s) {
        auto evidence = healthy();
        evidence.guest.value.facts.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, policy, rules))};
        return evidence;
    };
    const auto differences = [](const evidence::Evidence &before, const evidence::Evidence &after) {
        return lines(part(compared(before, after), u"guest_rules_nftables"_s));
    };
    CHECK(differences(ruleset({counted(1)}), ruleset({counted(99)})).isEmpty());
    CHECK(differences(ruleset({}), ruleset({}, u"drop"_s)) ==
          QStringList{u"changed chain inet fw input: type filter hook input priority 0 policy accept > type filter hook input "
                      u"priority 0 policy drop"_s});
    const auto a = counted(1);
    const auto b = establishedAccept();
    const auto c = icmpDrop(u"echo-request"_s);
    CHECK(differences(ruleset({a, b, c}), ruleset({c, a, b})) ==
          QStringList{u"moved inet fw input: icmp type echo-request drop > icmp type echo-request drop"_s});
    CHECK(differences(ruleset({a, a}), ruleset({a, a, a})).size() == 1); // the same rule once more
    CHECK(differences(ruleset({a, a, a}), ruleset({a})).size() == 2);

    const auto withSet = [&](const QString &elements) {
        auto evidence = ruleset({});
        auto &text = evidence.guest.value.facts.rulesets.front().text.value;
        text.insert(text.lastIndexOf(u']'),
                    u", {\"set\": {\"family\": \"inet\", \"table\": \"fw\", \"name\": \"blocked\", \"type\": "
                    u"\"ipv4_addr\", \"handle\": 9, \"elem\": [%1]}}"_s.arg(elements));
        return evidence;
    };
    CHECK(differences(withSet(u"\"10.0.0.5\", {\"prefix\": {\"addr\": \"10.2.0.0\", \"len\": 24}}"_s),
                      withSet(u"{\"elem\": {\"val\": \"10.0.0.5\", \"timeout\": 60, \"expires\": 7}}, \"10.0.0.6\""_s)) ==
          QStringList{u"removed set inet fw blocked: 10.2.0.0/24:  > "_s, u"added set inet fw blocked: 10.0.0.6:  > "_s});

    const auto iptables = [](const QString &before, const QString &after) {
        return lines(part(compared(withIptables(before), withIptables(after)), u"guest_rules_iptables-legacy"_s));
    };
    CHECK(iptables(u"[1:84] -A INPUT -p icmp -j DROP\n"_s, u"[7:588] -A INPUT -p icmp -j DROP\n"_s).isEmpty());
    CHECK(iptables(u"[1:84] -A INPUT -p icmp -j DROP\n"_s, {}) ==
          QStringList{u"removed filter INPUT: -A INPUT -p icmp -j DROP > "_s});
}

TEST_CASE("what was not read in one of the two cannot be compared")
{
    const auto before = guestDrops();
    auto after = before;
    after.guest = denied<evidence::Guest>();
    for (const auto &comparison : {compared(before, after), compared(after, before)}) {
        for (const auto &each : comparison.parts) {
            if (each.id.startsWith(u"guest_"_s)) {
                INFO(each.id.toStdString());
                CHECK(each.cannot.contains(u"no rights"_s));
                CHECK(each.differences.empty());
            }
        }
        CHECK(part(comparison, u"host_routes"_s).cannot.isEmpty());
        CHECK(comparison::summaryOf(comparison).contains(u"Could not be compared"_s));
    }
    after = before;
    after.guest.value.facts.rulesets.front().text = denied<QString>();
    after.host.value.routes = denied<std::vector<evidence::Route>>();
    const auto comparison = compared(before, after);
    CHECK_FALSE(part(comparison, u"guest_rules_nftables"_s).cannot.isEmpty());
    CHECK(part(comparison, u"guest_rules_nftables"_s).differences.empty());
    CHECK_FALSE(part(comparison, u"host_routes"_s).cannot.isEmpty());
    CHECK(part(comparison, u"host_links"_s).cannot.isEmpty());
    // That there is no such table is known: then its rules came.
    auto absent = withIptables(u"-A INPUT -j DROP\n"_s);
    absent.guest.value.facts.rulesets.back().text = {evidence::Access::Absent, {}, u"test"_s, {}, {}};
    CHECK(lines(part(compared(absent, withIptables(u"-A INPUT -j DROP\n"_s)), u"guest_rules_iptables-legacy"_s))
              .contains(u"added filter INPUT:  > -A INPUT -j DROP"_s));
    // Text that is no ruleset is not an empty ruleset.
    auto broken = before;
    broken.guest.value.facts.rulesets.front().text.value = u"not JSON"_s;
    CHECK_FALSE(part(compared(before, broken), u"guest_rules_nftables"_s).cannot.isEmpty());
}

TEST_CASE("routes, addresses, links, neighbours and settings")
{
    const auto before = healthy();
    auto after = before;
    auto &host = after.host.value;
    host.routes.value.push_back(route("0.0.0.0/0", u"other0"_s));
    host.routes.value.front().nextHops.front().gateway = ip("10.0.0.254");
    host.addresses.value.pop_back();
    host.links.value.front().mtu = 1400;
    host.links.value.front().counters.rxPackets = 77;
    host.neighbours.value.front().state = evidence::NeighbourState::Stale;
    host.sysctls.value[u"net.ipv4.icmp_echo_ignore_all"_s] = u"1"_s;
    host.sysctls.value[u"net.ipv4.conf.new0.rp_filter"_s] = u"1"_s;
    host.policyRules.value.push_back({});
    host.policyRules.value.back().priority = 100;
    host.policyRules.value.back().action = evidence::RuleAction::Table;
    host.policyRules.value.back().table = 7;
    const auto comparison = compared(before, after);
    CHECK(lines(part(comparison, u"host_routes"_s)) ==
          QStringList{u"changed 10.0.0.0/24: unicast dev br0 > unicast via 10.0.0.254 dev br0"_s,
                      u"added default:  > unicast dev other0"_s});
    CHECK(lines(part(comparison, u"host_addresses"_s)) == QStringList{u"removed other0 10.9.0.1/24: global > "_s});
    CHECK(lines(part(comparison, u"host_links"_s)).size() == 1);
    CHECK(part(comparison, u"host_links"_s).differences.front().after.contains(u"mtu 1400"_s));
    CHECK(part(comparison, u"host_neighbours"_s).differences.empty()); // REACHABLE to STALE is no change
    CHECK(lines(part(comparison, u"host_settings"_s)) == QStringList{u"changed net.ipv4.icmp_echo_ignore_all: 0 > 1"_s});
    CHECK(part(comparison, u"host_settings"_s).note.contains(u"1 settings"_s));
    CHECK(lines(part(comparison, u"host_policy_rules"_s)) == QStringList{u"added 100 IPv4:  > table 7"_s});
    host.neighbours.value.front().mac = mac(strangerMac);
    CHECK(part(compared(before, after), u"host_neighbours"_s).differences.size() == 1);
    host.neighbours.value.front() = neighbour(vmAddress, u"br0"_s, nullptr, evidence::NeighbourState::Failed);
    CHECK(part(compared(before, after), u"host_neighbours"_s).differences.size() == 1);
}

TEST_CASE("a check that only one session could judge is not compared")
{
    const auto before = healthy();
    auto after = before;
    after.guest = denied<evidence::Guest>();
    const auto comparison = compared(before, after);
    CHECK(part(comparison, u"checks"_s).note.contains(u"POL-3"_s));
    CHECK_FALSE(lines(part(comparison, u"checks"_s)).join(u'\n').contains(u"POL-3"_s));
}

TEST_CASE("ports and sizes are compared where both asked")
{
    auto before = healthy();
    auto after = before;
    after.probes.ports.front().value.outcome = evidence::PortOutcome::Open;
    auto other = before.probes.ports.front();
    other.value.port = 443;
    after.probes.ports.push_back(other);
    const auto comparison = compared(before, after);
    CHECK(lines(part(comparison, u"probes"_s)) == QStringList{u"changed tcp 22: refused > open"_s});
    CHECK(part(comparison, u"probes"_s).note.contains(u"tcp 443"_s));
    after.probes.ports.clear();
    CHECK_FALSE(part(compared(before, after), u"probes"_s).cannot.isEmpty());
}

TEST_CASE("another VM or another host is said first")
{
    const auto before = healthy();
    auto after = before;
    after.target.vmMac = mac(strangerMac);
    CHECK_FALSE(compared(before, after).sameTarget);
    CHECK(comparison::headlineOf(compared(before, after)).contains(u"Two different machines"_s));
    CHECK(compared(before, after).cautions.front().contains(u"two different VMs"_s));
    after = before;
    after.target.vmMac.reset();
    after.target.vmAddress = after.probes.echoes.front().value.target = ip("10.0.0.11");
    CHECK_FALSE(compared(before, after).sameTarget);
    after = before;
    after.host.value.hostName = u"nine"_s;
    CHECK(compared(before, after).sameTarget); // the other one did not say
    auto named = before;
    named.host.value.hostName = u"eight"_s;
    CHECK_FALSE(compared(named, after).sameTarget);
    // A VM that got a new MAC under its name is the same VM, and the change is in the facts.
    auto renamed = guestDrops();
    renamed.target.vmMac = mac(strangerMac);
    CHECK(compared(guestDrops(), renamed).sameTarget);
}

TEST_CASE("loss and round trips: only what chance does not explain")
{
    struct Row {
        evidence::EchoSeries before;
        evidence::EchoSeries after;
        Tendency loss;
        Tendency times;
    };
    using enum Tendency;
    const std::vector<Row> rows{
        {series(10, 10, 0.3), series(10, 10, 0.3), NotDistinguishable, NotDistinguishable},
        {series(10, 10, 0.3), series(10, 10, 2.5), NotDistinguishable, Worse},
        {series(10, 10, 2.5), series(10, 10, 0.3), NotDistinguishable, Better},
        {series(10, 10, 0.3), series(10, 10, 0.4), NotDistinguishable, NotDistinguishable}, // noise of a quiet link
        {series(10, 10, 0.3), series(10, 9, 0.3), NotDistinguishable, NotDistinguishable},
        {series(10, 10, 0.3), series(10, 2, 0.3), Worse, TooFew},
        {series(10, 0, 0), series(10, 10, 0.3), Better, CannotTell},
        {series(3, 3, 0.3), series(3, 3, 9), TooFew, TooFew},
        {series(3, 0, 0), series(3, 3, 0.3), TooFew, CannotTell},
        {series(100, 95, 0.3), series(100, 94, 0.3), NotDistinguishable, NotDistinguishable},
        {series(100, 95, 20), series(100, 60, 40), Worse, Worse},
    };
    int number = 0;
    for (const auto &row : rows) {
        INFO(number++);
        const auto comparison = compared(with(row.before), with(row.after));
        CHECK(measured(comparison, u"icmp_host_to_vm_loss"_s).tendency == row.loss);
        CHECK(measured(comparison, u"icmp_host_to_vm_rtt"_s).tendency == row.times);
        CHECK_FALSE(measured(comparison, u"icmp_host_to_vm_rtt"_s).sentence.isEmpty());
    }
    auto without = healthy();
    without.probes.echoes.clear();
    CHECK(measured(compared(healthy(), without), u"icmp_host_to_vm_loss"_s).tendency == CannotTell);
}

TEST_CASE("the tests agree with what is printed of them")
{
    // R 4.3: wilcox.test(1:5, 6:10, exact = TRUE), p = 0.007937; effect: each later one is greater.
    const auto apart = comparison::mannWhitney({1, 2, 3, 4, 5}, {6, 7, 8, 9, 10});
    REQUIRE(apart);
    CHECK(apart->probability == Approx(2.0 / 252));
    CHECK(apart->least == Approx(2.0 / 252));
    CHECK(apart->effect == Approx(1));
    // 3 against 3 interleaved: ranks 1 3 5 and 2 4 6, p = 0.7 (20 choices, 14 as far from the mean)
    const auto mixed = comparison::mannWhitney({1, 3, 5}, {2, 4, 6});
    CHECK(mixed->probability == Approx(0.7));
    CHECK(mixed->effect == Approx(1.0 / 3));
    const auto equal = comparison::mannWhitney({1, 1, 1}, {1, 1, 1});
    CHECK(equal->probability == Approx(1));
    CHECK(equal->effect == Approx(0).margin(1e-12));
    CHECK_FALSE(comparison::mannWhitney({}, {1}));
    // The approximation takes over where exact counting ends, and continues it.
    std::vector<double> first;
    std::vector<double> second;
    for (int i = 0; i < 25; ++i) {
        first.push_back(i * 2);
        second.push_back(i * 2 + 9);
    }
    const auto exact = comparison::mannWhitney(first, second);
    first.push_back(29); // in the middle of both
    const auto approximated = comparison::mannWhitney(first, second);
    CHECK(std::abs(exact->probability - approximated->probability) < 0.02);
    // R: fisher.test(matrix(c(8, 2, 1, 5), 2)), p = 0.03497
    CHECK(comparison::fisher(8, 10, 1, 6)->probability == Approx(0.03497).margin(1e-5));
    CHECK(comparison::fisher(10, 10, 0, 10)->probability == Approx(2 / 184756.0));
    CHECK(comparison::fisher(10, 10, 0, 10)->least == Approx(2 / 184756.0));
    CHECK(comparison::fisher(5, 5, 5, 5)->probability == Approx(1));
    CHECK_FALSE(comparison::fisher(0, 0, 1, 1));
    // Wilson 1927: none of ten is 0 to 27.75 %
    for (int of = 1; of < 200; ++of) {
        CHECK(comparison::wilson(0, of).low == 0);
        CHECK(comparison::wilson(of, of).high == 1);
    }
    CHECK(comparison::wilson(0, 10).high == Approx(0.2775).margin(1e-4));
    CHECK(comparison::wilson(10, 10).low == Approx(0.7225).margin(1e-4));
    CHECK(comparison::wilson(0, 0).high == 1);
    CHECK(comparison::median({3, 1, 2}) == 2);
    CHECK(comparison::median({4, 1, 2, 3}) == 2.5);
}

TEST_CASE("a flood of differences is counted, not printed")
{
    const auto before = healthy();
    auto after = before;
    for (int i = 0; i < 1000; ++i) {
        after.host.value.neighbours.value.push_back(neighbour(u"10.1.%1.%2"_s.arg(i / 250).arg(i % 250).toLatin1().constData(),
                                                              u"br0"_s, vmMac, evidence::NeighbourState::Reachable));
    }
    const auto comparison = compared(before, after);
    const auto neighbours = part(comparison, u"host_neighbours"_s);
    CHECK(neighbours.differences.size() == comparison::mostDifferences);
    CHECK(neighbours.leftOut == 800);
    CHECK(comparison::summaryOf(comparison).contains(u"1000"_s));
    // The same entry a hundred thousand times over is compared in no time.
    after = before;
    after.host.value.neighbours.value.assign(100'000, before.host.value.neighbours.value.front());
    CHECK(part(compared(before, after), u"host_neighbours"_s).leftOut ==
          100'000 - 1 - static_cast<int>(comparison::mostDifferences));
}
