// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/builder.h"
#include "checks/checks.h"
#include "diagnosis/diagnosis.h"

#include <algorithm>

using namespace bothways;
using namespace bothways::test;
using checks::Finding;
using checks::Status;
using diagnosis::Grade;
using evidence::EchoOutcome;
using evidence::Evidence;

namespace {

Finding findingOf(const Evidence &evidence, const QString &id)
{
    const auto findings = checks::runAll(facts::Case(evidence), {id});
    REQUIRE(findings.size() == 1);
    return findings.front();
}

diagnosis::Diagnosis diagnose(const Evidence &evidence)
{
    const facts::Case given(evidence);
    return diagnosis::diagnose(checks::runAll(given), given.symptom);
}

/// "class/variant grade object" of the first cause that is not ruled out.
std::string top(const Evidence &evidence)
{
    const auto result = diagnose(evidence);
    for (const auto &cause : result.causes) {
        if (cause.grade != Grade::RuledOut) {
            return (name(cause.id) + u'/' + name(cause.variant) + u' ' + diagnosis::name(cause.grade) + u' ' +
                    (cause.object ? facts::describe(*cause.object) : QString()))
                .toStdString();
        }
    }
    return diagnosis::name(result.status).toStdString();
}

evidence::PathMtu searched(int largest, int smallestUnanswered)
{
    evidence::PathMtu mtu;
    mtu.target = ip(vmAddress);
    mtu.source = ip(hostAddress);
    mtu.interface = u"br0"_s;
    mtu.interfaceMtu = 1500;
    mtu.method = evidence::ProbeMethod::RawSocket;
    mtu.largestAnswered = largest;
    mtu.smallestUnanswered = smallestUnanswered;
    mtu.refusedHere = 1501;
    return mtu;
}

Evidence withMtu(const evidence::PathMtu &mtu)
{
    auto evidence = healthy();
    evidence.probes.pathMtus = {seen(mtu)};
    return evidence;
}

void behindRouter(Evidence &evidence) { evidence.host.value.routeAnswers.front().value.gateway = ip("10.0.0.254"); }

evidence::TraceHop expired(int ttl, const char *router)
{
    return {ttl, EchoOutcome::TimeExceeded, ip(router), 200000, 11, 0, 113, 1};
}

evidence::PathTrace traced(const std::vector<evidence::TraceHop> &hops)
{
    evidence::PathTrace trace;
    trace.protocol = evidence::ProbeProtocol::Icmp;
    trace.target = ip(vmAddress);
    trace.method = evidence::ProbeMethod::RawSocket;
    trace.hops = hops;
    trace.reached = !hops.empty() && hops.back().outcome == EchoOutcome::Reply;
    return trace;
}

Evidence ttlRunsOut(const char *router)
{
    auto evidence = bothWays(EchoOutcome::TimeExceeded);
    for (auto &sample : evidence.probes.echoes.front().value.samples) {
        sample.sender = ip(router);
        sample.icmpType = 11;
        sample.icmpCode = 0;
    }
    evidence.probes.neighbours.clear();
    evidence.host.value.neighbours.value.clear();
    evidence.host.value.fdb.value.clear();
    evidence.target.vmMac.reset();
    behindRouter(evidence);
    return evidence;
}

} // namespace

TEST_CASE("what fits through whole is no fault, and neither is a smaller MTU that a router tells of")
{
    const auto whole = withMtu(searched(1500, 0));
    CHECK(findingOf(whole, u"NET-9"_s).status == Status::Pass);
    CHECK(facts::Case(whole).symptom.signature == facts::Signature::Healthy);
    CHECK(top(whole) == "no-fault");

    auto mtu = searched(1300, 1301);
    mtu.notices = {{ip("10.0.0.254"), 1300, 1500}};
    auto told = withMtu(mtu);
    behindRouter(told);
    const auto finding = findingOf(told, u"NET-9"_s);
    CHECK(finding.status == Status::Pass);
    CHECK(finding.summary.contains(u"10.0.0.254"_s));
    CHECK(top(told) == "no-fault");
}

TEST_CASE("a guest with a smaller MTU is named with it, or the host's own where the guest was not read")
{
    auto evidence = withMtu(searched(1404, 1405));
    evidence.guest.value.facts.links.value.front().mtu = 1400;
    CHECK(facts::Case(evidence).symptom.signature == facts::Signature::Partial);
    const auto finding = findingOf(evidence, u"NET-9"_s);
    CHECK(finding.status == Status::Fail);
    CHECK(top(evidence) == "path-limits/mtu-mismatch proven guest: eth0 mtu 1400");

    evidence.guest = denied<evidence::Guest>();
    CHECK(top(evidence) == "path-limits/mtu-mismatch probable host: br0 mtu 1500");

    auto port = withMtu(searched(1404, 1405));
    port.host.value.links.value[1].mtu = 1400;
    CHECK(top(port) == "path-limits/mtu-mismatch proven host: port0 mtu 1400");
}

TEST_CASE("large packets that vanish behind a router are a black hole, also where another router told of its own limit")
{
    auto mtu = searched(1300, 1301);
    auto evidence = withMtu(mtu);
    behindRouter(evidence);
    CHECK(top(evidence) == "path-limits/pmtu-blackhole probable host: br0 mtu 1500");

    mtu.notices = {{ip("10.0.0.254"), 1400, 1500}};
    evidence.probes.pathMtus = {seen(mtu)};
    CHECK(top(evidence) == "path-limits/pmtu-blackhole probable host: br0 mtu 1500");
}

TEST_CASE("a jumbo guest behind a host of 1500 is warned of; what was not measured is neither good nor bad")
{
    auto jumbo = withMtu(searched(1500, 0));
    jumbo.guest.value.facts.links.value.front().mtu = 9000;
    CHECK(findingOf(jumbo, u"NET-9"_s).status == Status::Warn);
    CHECK(top(jumbo) == "no-fault");

    auto cut = searched(1300, 1400);
    cut.cutShort = true;
    CHECK(findingOf(withMtu(cut), u"NET-9"_s).status == Status::Unknown);
    CHECK(top(withMtu(cut)) == "no-fault");
    CHECK(findingOf(withMtu(searched(0, 0)), u"NET-9"_s).status == Status::Unknown);

    auto refused = healthy();
    refused.probes.pathMtus = {denied<evidence::PathMtu>()};
    refused.probes.pathMtus.front().value.target = ip(vmAddress);
    CHECK(findingOf(refused, u"NET-9"_s).status == Status::Unknown);
    refused.probes.pathMtus.front().access = evidence::Access::NotTried;
    CHECK(findingOf(refused, u"NET-9"_s).status == Status::Skipped);
    CHECK(findingOf(refused, u"NET-9"_s).reason.contains(u"no rights"_s));
}

TEST_CASE("a session of before the path was probed says so")
{
    CHECK(findingOf(healthy(), u"NET-9"_s).status == Status::Skipped);
    auto routed = healthy();
    behindRouter(routed);
    CHECK(findingOf(routed, u"NET-6"_s).status == Status::Skipped);
    CHECK(top(routed) == "no-fault");
}

TEST_CASE("a loop is named by both its routers, proven where one of them says of the pings that their TTL ran out")
{
    auto evidence = ttlRunsOut("10.0.5.2");
    evidence.probes.traces = {
        seen(traced({expired(1, "10.0.0.254"), expired(2, "10.0.5.2"), expired(3, "10.0.5.1"), expired(4, "10.0.5.2")}))};
    const auto finding = findingOf(evidence, u"NET-6"_s);
    CHECK(finding.status == Status::Fail);
    CHECK(top(evidence) == "routing/loop proven routers: 10.0.5.2, 10.0.5.1");

    // A silent hop within it, and pings that only end in silence.
    auto silent = ttlRunsOut("10.0.5.2");
    for (auto &sample : silent.probes.echoes.front().value.samples) {
        sample = {};
    }
    silent.probes.traces = {seen(traced({expired(1, "10.0.0.254"),
                                         {2, EchoOutcome::Silence, {}, {}, {}, {}, 0, 2},
                                         expired(3, "10.0.5.1"),
                                         expired(4, "10.0.0.254")}))};
    CHECK(top(silent) == "routing/loop probable routers: 10.0.0.254, 10.0.5.1");

    // One router that answers for two hops in a row is none: a router that drops what it should forward does that.
    auto twice = ttlRunsOut("10.0.0.254");
    twice.probes.traces = {seen(traced({expired(1, "10.0.0.254"), expired(2, "10.0.0.254")}))};
    CHECK(top(twice).find("loop") == std::string::npos);
}

TEST_CASE("a TTL that runs out is named by its router, and by this host's own where that is too small")
{
    auto evidence = ttlRunsOut("10.0.5.2");
    CHECK(top(evidence) == "path-limits/ttl-expired probable router: 10.0.5.2");
    evidence.probes.traces = {seen(traced(
        {expired(1, "10.0.0.254"), expired(2, "10.0.5.2"), {3, EchoOutcome::Reply, ip(vmAddress), 300000, {}, {}, 0, 1}}))};
    evidence.host.value.sysctls.value[u"net.ipv4.ip_default_ttl"_s] = u"2"_s;
    CHECK(top(evidence) == "path-limits/ttl-expired proven host: net.ipv4.ip_default_ttl=2");
    evidence.host.value.sysctls.value[u"net.ipv4.ip_default_ttl"_s] = u"64"_s;
    CHECK(top(evidence) == "path-limits/ttl-expired probable router: 10.0.5.2");
}

TEST_CASE("what a trace tells without a fault: arrival, a refusal, silence, and an untouched TTL")
{
    auto evidence = healthy();
    behindRouter(evidence);
    const auto status = [&](const std::vector<evidence::TraceHop> &hops) {
        evidence.probes.traces = {seen(traced(hops))};
        return findingOf(evidence, u"NET-6"_s).status;
    };
    const evidence::TraceHop arrived{2, EchoOutcome::Reply, ip(vmAddress), 300000, {}, {}, 0, 1};
    const evidence::TraceHop silent{2, EchoOutcome::Silence, {}, {}, {}, {}, 0, 2};
    CHECK(status({expired(1, "10.0.0.254"), arrived}) == Status::Pass);
    CHECK(status({expired(1, "10.0.0.254"), {2, EchoOutcome::Prohibited, ip("10.0.5.2"), 300000, 3, 13, 113, 1}}) ==
          Status::Fail);
    CHECK(status({expired(1, "10.0.0.254"), silent}) == Status::Warn);
    CHECK(status({silent}) == Status::Unknown);
    CHECK(status({}) == Status::Unknown);

    auto near = healthy();
    CHECK(findingOf(near, u"NET-6"_s).status == Status::Skipped);
    for (auto &sample : near.probes.echoes.front().value.samples) {
        sample.ttl = 64;
    }
    CHECK(findingOf(near, u"NET-6"_s).status == Status::Pass);
    for (auto &sample : near.probes.echoes.front().value.samples) {
        sample.ttl = 63;
    }
    CHECK(findingOf(near, u"NET-6"_s).status == Status::Warn);
}

TEST_CASE("a search in which nothing was answered, and nobody said why, is unknown", "[path]")
{
    auto evidence = healthy();
    evidence.probes.pathMtus = {seen(searched(0, 256))}; // as no search ends, but a file may say
    CHECK(findingOf(evidence, u"NET-9"_s).status == Status::Unknown);
}

TEST_CASE("sizes in the middle that are lost are a finding, whatever the largest packet does")
{
    auto mtu = searched(1500, 0);
    const auto sampled = [&](int size, int sent, int answered) { mtu.sizes.push_back({size, sent, answered}); };
    sampled(84, 4, 4);
    sampled(540, 4, 0);
    sampled(1028, 4, 0);
    sampled(1428, 4, 4);
    sampled(1500, 4, 4);
    const auto evidence = withMtu(mtu);
    const auto finding = findingOf(evidence, u"NET-9"_s);
    CHECK(finding.status == Status::Fail);
    CHECK(finding.summary.contains(u"540"_s));
    CHECK(finding.summary.contains(u"1028"_s));
    CHECK(top(evidence) == "path-limits/sizes-filtered probable ");
    CHECK(facts::Case(evidence).symptom.signature == facts::Signature::Partial);

    // What was asked for once, or answered now and then, is no gap.
    mtu.sizes = {{84, 4, 4}, {540, 1, 0}, {1028, 4, 1}, {1500, 4, 4}};
    CHECK(findingOf(withMtu(mtu), u"NET-9"_s).status == Status::Pass);
    // Nor is a limit.
    mtu.sizes = {{84, 4, 4}, {1428, 4, 0}, {1500, 4, 0}};
    CHECK(findingOf(withMtu(mtu), u"NET-9"_s).status == Status::Pass);
}

TEST_CASE("a search that contradicts itself, or an MTU that is not known, accuses no interface")
{
    auto mtu = searched(700, 701);
    mtu.sizes = {{84, 4, 0}, {540, 4, 0}, {1500, 4, 0}}; // the bridge went down between the two
    CHECK(findingOf(withMtu(mtu), u"NET-9"_s).status == Status::Unknown);
    mtu.sizes = {{84, 4, 4}, {1500, 4, 3}};
    CHECK(findingOf(withMtu(mtu), u"NET-9"_s).status == Status::Unknown);
    mtu.sizes = {{84, 4, 4}, {540, 4, 3}, {1500, 4, 0}};
    CHECK(findingOf(withMtu(mtu), u"NET-9"_s).status == Status::Fail);

    mtu.interfaceMtu = 0;
    const auto evidence = withMtu(mtu);
    CHECK(findingOf(evidence, u"NET-9"_s).status == Status::Fail);
    for (const auto &cause : diagnose(evidence).causes) {
        CHECK_FALSE((cause.object && facts::describe(*cause.object).contains(u"mtu 0"_s)));
        CHECK(cause.grade != Grade::Proven);
    }
}
