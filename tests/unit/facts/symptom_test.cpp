// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "builder.h"
#include "facts/case.h"

#include <cmath>

using namespace bothways;
using namespace bothways::facts;
using namespace bothways::test;
using evidence::EchoOutcome;

TEST_CASE("RTT statistics are those of iputils, p95 by nearest rank")
{
    evidence::EchoSeries series;
    for (const qint64 ms : {1, 2, 3, 4}) {
        evidence::EchoSample sample;
        sample.outcome = EchoOutcome::Reply;
        sample.rttNs = ms * 1000000;
        series.samples.push_back(sample);
    }
    series.samples.push_back({});
    const auto rtt = summarise(series);
    REQUIRE(rtt);
    CHECK(std::abs(rtt->min - 1) < 1e-6);
    CHECK(std::abs(rtt->avg - 2.5) < 1e-6);
    CHECK(std::abs(rtt->max - 4) < 1e-6);
    CHECK(std::abs(rtt->mdev - 1.118034) < 1e-6);
    CHECK(std::abs(rtt->p95 - 4) < 1e-6);
    CHECK_FALSE(summarise(evidence::EchoSeries{}));
}

TEST_CASE("signatures follow from what was observed")
{
    CHECK(Case(healthy()).symptom.signature == Signature::Healthy);
    CHECK(Case(oneWay()).symptom.signature == Signature::OneWay);
    CHECK(Case(oneWay(EchoOutcome::SendDenied)).symptom.signature == Signature::OneWay);
    CHECK(Case(bothWays()).symptom.signature == Signature::BothWays);

    auto unseen = oneWay();
    unseen.guest = denied<evidence::Guest>();
    CHECK(Case(unseen).symptom.signature == Signature::Unobserved);

    auto elsewhere = oneWay();
    elsewhere.guest.value.echoSource = ip("10.0.5.10");
    CHECK(Case(elsewhere).symptom.signature == Signature::WrongAddress);

    auto user = oneWay();
    user.target.mode = evidence::Mode::User;
    CHECK(Case(user).symptom.signature == Signature::WrongAddress);

    auto lossy = healthy();
    for (int i = 0; i < 4; ++i) {
        lossy.probes.echoes.front().value.samples[static_cast<std::size_t>(i)].outcome = EchoOutcome::Silence;
    }
    CHECK(Case(lossy).symptom.signature == Signature::Partial);

    auto filtered = healthy();
    filtered.probes.ports.front().value.outcome = evidence::PortOutcome::Silent;
    CHECK(Case(filtered).symptom.signature == Signature::AboveIcmp);
}

TEST_CASE("a report that is older than the fault proves nothing")
{
    auto evidence = oneWay(EchoOutcome::NeighbourUnresolved);
    evidence.probes.neighbours.front().value.answers.clear();
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Unreachable;
    CHECK(Case(evidence).symptom.signature == Signature::Unobserved);
}

TEST_CASE("cancelled requests are neither lost nor answered")
{
    auto evidence = healthy();
    for (int i = 5; i < 10; ++i) {
        evidence.probes.echoes.front().value.samples[static_cast<std::size_t>(i)].outcome = EchoOutcome::Cancelled;
    }
    const auto symptom = Case(evidence).symptom;
    REQUIRE(symptom.icmp.hostToVm);
    CHECK(symptom.icmp.hostToVm->sent == 5);
    CHECK(std::abs(symptom.icmp.hostToVm->loss - 0) < 1e-6);
    CHECK(symptom.signature == Signature::Healthy);
}
