// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "../facts/builder.h"
#include "conclusion/conclusion.h"

/// Cases that several report tests use.
namespace bothways::test {

/// The guest's nft rule drops the host's echo requests.
inline evidence::Evidence guestDrops()
{
    auto evidence = oneWay();
    evidence.tool = {QStringLiteral("bothways"), QStringLiteral("1.2.3"), QStringLiteral("Linux 6.1.0 x86_64")};
    evidence.started = QDateTime::fromString(QStringLiteral("2026-11-23T03:12:00.250Z"), Qt::ISODateWithMs);
    evidence.finished = evidence.started.addMSecs(4500);
    evidence.target.vm = QStringLiteral("db7");
    evidence.target.hypervisor = evidence::HypervisorId::Libvirt;
    evidence.target.mode = evidence::Mode::Nat;
    evidence.guest.value.facts.rulesets = {dump(
        evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, u"accept"_s, {establishedAccept(), icmpDrop(u"echo-request"_s)}))};
    return evidence;
}

inline constexpr qint64 captureBegin = 1'795'399'920'000'000'000; ///< ns since 1970

inline evidence::CapturePoint capturePoint(const QString &name, evidence::PointRole role, int distance)
{
    evidence::CapturePoint point;
    point.name = name;
    point.role = role;
    point.distance = distance;
    point.opened = true;
    point.frames = 30;
    point.fromNs = captureBegin - 1'000'000'000;
    point.toNs = captureBegin + 60'000'000'000;
    return point;
}

/// At the points that are named by their numbers, 9 us apart.
inline evidence::Journey journeyOf(evidence::JourneyKind kind, const char *asker, const char *asked, int sequence,
                                   const std::vector<std::pair<int, evidence::Leg>> &seen)
{
    evidence::Journey journey;
    journey.kind = kind;
    journey.asker = ip(asker);
    journey.asked = ip(asked);
    journey.id = 7;
    journey.sequence = sequence;
    journey.bytes = 84;
    for (const auto &[point, leg] : seen) {
        evidence::Sighting sighting;
        sighting.point = point;
        sighting.leg = leg;
        sighting.timeNs = captureBegin + sequence * 1'000'000'000LL + static_cast<qint64>(journey.sightings.size()) * 9'000;
        const bool back = leg != evidence::Leg::Request;
        sighting.source = back ? journey.asked : journey.asker;
        sighting.destination = back ? journey.asker : journey.asked;
        sighting.sourceMac = mac(hostMac);
        sighting.destinationMac = mac(vmMac);
        sighting.ttl = 64;
        journey.sightings.push_back(sighting);
    }
    return journey;
}

/// Ten echo requests that entered the VM's port and no answer, one that was flooded to another port besides, and the VM's ping,
/// which is answered. Points: 0 br0, 1 vnet0, 2 vnet1, 3 eth0, which could not be opened.
inline evidence::Captures captured()
{
    using evidence::JourneyKind;
    using evidence::Leg;
    using evidence::PointRole;
    evidence::Captures captures;
    captures.points = {capturePoint(u"br0"_s, PointRole::Bridge, 10), capturePoint(u"vnet0"_s, PointRole::Port, 20),
                       capturePoint(u"vnet1"_s, PointRole::OtherPort, 30), capturePoint(u"eth0"_s, PointRole::Uplink, 5)};
    captures.points[3].opened = false;
    captures.points[3].frames = 0;
    captures.points[3].problem = u"the network is down"_s;
    for (int i = 0; i < 10; ++i) {
        std::vector<std::pair<int, Leg>> way{{0, Leg::Request}, {1, Leg::Request}};
        if (i == 0) {
            way.emplace_back(2, Leg::Request);
        }
        captures.journeys.push_back(journeyOf(JourneyKind::Echo, hostAddress, vmAddress, i + 1, way));
    }
    captures.journeys.push_back(journeyOf(JourneyKind::Echo, vmAddress, hostAddress, 20,
                                          {{1, Leg::Request}, {0, Leg::Request}, {0, Leg::Reply}, {1, Leg::Reply}}));
    captures.journeys.push_back(journeyOf(JourneyKind::Arp, hostAddress, vmAddress, 21,
                                          {{0, Leg::Request}, {1, Leg::Request}, {1, Leg::Reply}, {0, Leg::Reply}}));
    return captures;
}

/// Its journeys are told from the captures alone.
inline evidence::Evidence watched(evidence::Captures captures = captured())
{
    auto evidence = guestDrops();
    evidence.probes.echoes.clear();
    evidence.captures = seen(std::move(captures));
    return evidence;
}

/// One in five is lost; 200 ms apart.
inline evidence::EchoSeries timedSeries(int count)
{
    auto series = echoes(vmAddress, hostAddress, evidence::EchoOutcome::Reply);
    series.samples.clear();
    const auto begin = QDateTime::fromString(u"2026-11-23T03:12:00.000Z"_s, Qt::ISODateWithMs);
    for (int i = 0; i < count; ++i) {
        evidence::EchoSample sample;
        sample.sequence = i;
        sample.sentAt = begin.addMSecs(200LL * i);
        const bool lost = i % 5 == 4;
        sample.outcome = lost ? evidence::EchoOutcome::Silence : evidence::EchoOutcome::Reply;
        if (!lost) {
            sample.rttNs = 300'000 + 1'000 * (i % 50);
        }
        series.samples.push_back(sample);
    }
    return series;
}

/// One finding, cause and remedy of every shape a report can show, with `words` in every text of them.
inline conclusion::Conclusion conclusionOf(const QString &words, const evidence::Evidence &evidence)
{
    const auto cells = [&](auto &both, auto cell) {
        cell.detail = words;
        both.hostToVm = cell;
    };
    const auto given = std::make_shared<facts::Case>(evidence);
    conclusion::Conclusion conclusion;
    conclusion.given = given;
    auto &symptom = given->symptom;
    symptom.signature = facts::Signature::OneWay;
    symptom.explanation = words;
    cells(symptom.icmp, facts::IcmpCell{10, 9, 0.1, facts::RttSummary{0.1, 0.2, 0.3, 0.01, 0.3}, {}});
    facts::StateCell state;
    state.works = false;
    state.state = evidence::Worded<facts::CellState>::of(words);
    cells(symptom.tcp, state);
    cells(symptom.arp, state);
    cells(symptom.arpCache, state);

    for (const auto *id : {"PRE-2", "NET-7", "POL-3", "PHY-5"}) {
        checks::Finding finding;
        finding.id = QLatin1String(id);
        finding.status = finding.id == u"PRE-2"_s ? checks::Status::Unknown : checks::Status::Fail;
        finding.summary = words;
        finding.reason = words + u"!"_s;
        finding.evidence = {{words, words, {}}};
        conclusion.findings.push_back(finding);
    }

    facts::RouteObject route;
    route.destination = ip(vmAddress);
    route.wantedInterface = words;
    facts::RuleObject rule;
    rule.rule.table = rule.rule.chain = rule.rule.text = words.toStdString();
    rule.packet.inputInterface = words.toStdString();
    const std::vector<facts::Object> objects{facts::PlainObject{facts::Where::Guest, words},
                                             rule,
                                             facts::SysctlObject{facts::Where::Guest, words, words, words},
                                             route,
                                             facts::LinkObject{facts::Where::Host, words, words, words, {}, words},
                                             facts::ModeObject{facts::ModeFault::User, words, words, words, words, {}},
                                             facts::MtuObject{facts::Where::Host, words, 1400, 1500},
                                             facts::RouterObject{{ip(vmAddress), ip(hostAddress)}}};
    conclusion.diagnosis.status = diagnosis::Status::Fault;
    conclusion.diagnosis.headline = words;
    for (const auto &object : objects) {
        diagnosis::Cause cause;
        cause.object = object;
        cause.grade = diagnosis::Grade::Probable;
        cause.supporting = {{words, words, words, 1.0, checks::Basis::Configuration}};
        cause.opposing = cause.supporting;
        cause.decidedBy = words;
        conclusion.diagnosis.causes.push_back(cause);
    }
    conclusion.diagnosis.causes.back().grade = diagnosis::Grade::RuledOut;

    for (const auto shell : {remedy::Shell::Bash, remedy::Shell::PowerShell}) {
        remedy::Remedy remedy;
        remedy.title = remedy.changes = words;
        remedy.shell = shell;
        remedy.commands = remedy.undo = remedy.verify = {words, words};
        conclusion.remedies.push_back(remedy);
    }
    for (std::size_t i = 0; i < conclusion::dimensions; ++i) {
        auto &rating = conclusion.assessment.ratings[i];
        rating.dimension = static_cast<conclusion::Dimension>(i);
        rating.leftOut = words;
        if (i % 2 == 0) {
            rating.points = 40.0;
            rating.inputs = {{words, words, 12.5, u"%"_s, 40, words, words}};
            rating.missing = {words};
        }
    }
    return conclusion;
}

} // namespace bothways::test
