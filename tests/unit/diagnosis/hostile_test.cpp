// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/builder.h"
#include "checks/checks.h"
#include "diagnosis/diagnosis.h"
#include "evidence/session_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <ctime>
#include <random>

/// A session file is anybody's: whatever it holds, checks and diagnosis end soon and with an answer.
using namespace bothways;
using namespace bothways::test;
using evidence::Evidence;

namespace {

/// Processor time, so that a busy machine does not fail it; sanitizers cost their share.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif
constexpr double limit = sanitized ? 10.0 : 1.0; ///< seconds

diagnosis::Diagnosis conclude(const Evidence &evidence)
{
    const facts::Case given(evidence);
    return diagnosis::diagnose(checks::runAll(given), given.symptom);
}

double secondsOf(const Evidence &evidence)
{
    const auto start = std::clock();
    const auto result = conclude(evidence);
    const auto end = std::clock();
    CHECK_FALSE(result.headline.isEmpty());
    return static_cast<double>(end - start) / CLOCKS_PER_SEC;
}

/// Everything that a session can hold, filled in: two ends, rules, counters, a libvirt VM.
Evidence full()
{
    auto evidence = oneWay();
    const auto rules = dump(evidence::RulesetFormat::NftJson, {},
                            nft(u"input"_s, u"drop"_s, {establishedAccept(), sourceAccept(u"10.0.0.77"_s)}));
    const auto legacy = dump(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy,
                             u"*filter\n:INPUT ACCEPT [0:0]\n[0:0] -A INPUT -p icmp -m icmp --icmp-type 8 -j DROP\nCOMMIT\n"_s);
    evidence.guest.value.facts.rulesets = {rules, legacy};
    evidence.host.value.rulesets.push_back(legacy);
    evidence::NodeSnapshot snapshot;
    snapshot.rulesets = {rules, legacy};
    snapshot.counters = seen(QMap<QString, qint64>{{u"Icmp.InEchos"_s, 0}, {u"Ip.InReceives"_s, 20}});
    evidence.guest.value.facts.counters = snapshot.counters;
    evidence.guest.value.after = seen(snapshot);
    evidence.hostBefore = seen(snapshot);
    evidence.probes.echoes.push_back(
        seen(echoes("fd00::10", "fd00::1", evidence::EchoOutcome::Silence, evidence::EchoPurpose::V6)));
    evidence.probes.echoes.push_back(
        seen(echoes(vmAddress, "10.7.0.1", evidence::EchoOutcome::Reply, evidence::EchoPurpose::OtherSource)));
    evidence::VmInterface interface;
    interface.mac = mac(vmMac);
    interface.type = evidence::Attachment::Network;
    interface.bridge = u"br0"_s;
    interface.hostDevice = u"port0"_s;
    evidence::Vm vm;
    vm.hypervisor = evidence::HypervisorId::Libvirt;
    vm.name = u"debian"_s;
    vm.state = evidence::VmState::Running;
    vm.interfaces = {interface};
    evidence.inventory = seen(evidence::Inventory{{vm}, {}});
    return evidence;
}

class Mutator {
public:
    explicit Mutator(unsigned seed) : m_random(seed) {}

    /// Changes about one value in `rarity`.
    QJsonValue spoil(const QJsonValue &value, int rarity)
    {
        if (value.isObject()) {
            auto object = value.toObject();
            for (const auto &key : object.keys()) {
                if (chance(rarity)) {
                    chance(2) ? object.remove(key) : void(object.insert(key, odd(object.value(key))));
                } else {
                    object.insert(key, spoil(object.value(key), rarity));
                }
            }
            return object;
        }
        if (value.isArray()) {
            QJsonArray array;
            for (const auto &entry : value.toArray()) {
                if (!chance(rarity)) {
                    array.append(spoil(entry, rarity));
                } else if (chance(2)) {
                    array.append(odd(entry));
                    array.append(entry);
                }
            }
            return array;
        }
        return chance(rarity) ? odd(value) : value;
    }

private:
    bool chance(int oneIn) { return std::uniform_int_distribution<int>(1, oneIn)(m_random) == 1; }

    /// Another value of the same kind, so that most files still load and reach the checks.
    QJsonValue odd(const QJsonValue &value)
    {
        static const QStringList words{QString(),
                                       u"read"_s,
                                       u"denied"_s,
                                       u"absent"_s,
                                       u"failed"_s,
                                       u"silence"_s,
                                       u"reply"_s,
                                       u"10.0.0.10"_s,
                                       u"0.0.0.0/0"_s,
                                       u"::/0"_s,
                                       u"fe80::1"_s,
                                       u"br0"_s,
                                       u"eth0"_s,
                                       u"PERMANENT"_s,
                                       u"FAILED"_s,
                                       u"user"_s,
                                       u"direct"_s,
                                       u"{\"nftables\": [{}]}"_s,
                                       u"*filter\n:INPUT"_s,
                                       u"ff:ff:ff:ff:ff:ff"_s,
                                       u"2026-01-31T12:00:00.000Z"_s,
                                       QString(300, u'%')};
        static const std::vector<double> numbers{0,     1,  -1, 255, 65536, 4294967295.0, -2147483648.0, 9007199254740992.0,
                                                 1e300, 0.5};
        const auto any = [&](const auto &list) {
            return list[std::uniform_int_distribution<qsizetype>(0, static_cast<qsizetype>(std::size(list)) - 1)(m_random)];
        };
        switch (value.type()) {
        case QJsonValue::Bool:
            return !value.toBool();
        case QJsonValue::Double:
            return any(numbers);
        case QJsonValue::String:
            return any(words);
        case QJsonValue::Array:
            return QJsonArray();
        case QJsonValue::Object:
            return QJsonObject();
        default:
            return chance(2) ? QJsonValue(any(words)) : QJsonValue(any(numbers));
        }
    }

    std::mt19937 m_random;
};

} // namespace

TEST_CASE("a spoiled session ends in an answer")
{
    const auto intact = QJsonDocument::fromJson(evidence::toJson(full())).object();
    REQUIRE_FALSE(intact.isEmpty());
    Mutator mutator(20260131);
    int loaded = 0;
    for (int i = 0; i < 2000; ++i) {
        const auto spoiled = mutator.spoil(intact.value(u"evidence"_s), 300 + i * 2).toObject();
        auto document = intact;
        document.insert(u"evidence"_s, spoiled);
        const auto evidence = evidence::fromBytes(QJsonDocument(document).toJson(QJsonDocument::Compact));
        if (!evidence) {
            CHECK_FALSE(evidence.error().message.isEmpty());
            continue;
        }
        ++loaded;
        const auto result = conclude(*evidence);
        REQUIRE_FALSE(result.headline.isEmpty());
        for (const auto &cause : result.causes) {
            REQUIRE(cause.probability >= 0);
            REQUIRE(cause.probability <= 1);
        }
    }
    CHECK(loaded > 500); // else nothing was tried
}

TEST_CASE("a huge session is judged within a second")
{
    auto evidence = full();
    auto &host = evidence.host.value;
    auto &guest = evidence.guest.value.facts;
    constexpr int many = 100'000;
    for (int i = 0; i < many; ++i) {
        const net::IpAddress address = *net::IpAddress::parse("10." + std::to_string(i / 65536) + '.' +
                                                              std::to_string(i / 256 % 256) + '.' + std::to_string(i % 256));
        host.neighbours.value.push_back({address, u"br0"_s, mac(strangerMac), evidence::NeighbourState::Permanent});
        host.routes.value.push_back(route("10.0.0.0/24", u"other0"_s));
        host.addresses.value.push_back({u"br0"_s, prefix("10.0.0.0/8"), evidence::AddressScope::Global});
        host.fdb.value.push_back({mac(strangerMac), u"port0"_s, u"br0"_s, 0, false});
        guest.neighbours.value.push_back({address, u"eth0"_s, mac(strangerMac), evidence::NeighbourState::Permanent});
        guest.routes.value.push_back(route("10.0.0.0/24", u"eth0"_s));
    }
    for (int i = 0; i < 10'000; ++i) {
        host.links.value.push_back(link(u"port%1"_s.arg(i), evidence::LinkKind::Veth, strangerMac, u"br0"_s));
        guest.links.value.push_back(link(u"eth%1"_s.arg(i), evidence::LinkKind::Veth, strangerMac));
    }
    CHECK(secondsOf(evidence) < limit);
}

TEST_CASE("many answers, probes and VMs are judged within a second")
{
    auto evidence = full();
    auto &answers = evidence.probes.neighbours.front().value.answers;
    const auto vm = evidence.inventory.value.vms.front();
    for (int i = 0; i < 10'000; ++i) {
        const auto hex = QString::number(0x100000 + i, 16).toStdString();
        answers.push_back(
            {*net::MacAddress::parse("02:00:00:" + hex.substr(0, 2) + ':' + hex.substr(2, 2) + ':' + hex.substr(4)), 1, {}});
        evidence.inventory.value.vms.push_back(vm);
        auto port = evidence.probes.ports.front();
        port.value.port = i;
        port.value.outcome = evidence::PortOutcome::Silent;
        evidence.probes.ports.push_back(port);
    }
    CHECK(secondsOf(evidence) < limit);
}

TEST_CASE("rules of garbage are unknown, and judged within a second")
{
    auto evidence = full();
    QString garbage;
    for (int i = 0; i < 100'000; ++i) {
        garbage += u"10.%1.%2.%3 saddr {{{[["_s.arg(i / 65536).arg(i / 256 % 256).arg(i % 256);
    }
    evidence.guest.value.facts.rulesets = {
        dump(evidence::RulesetFormat::NftJson, {}, garbage),
        dump(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy, garbage)};
    CHECK(secondsOf(evidence) < limit);
    for (const auto &finding : checks::runAll(facts::Case(evidence), {u"POL-3"_s})) {
        CHECK(finding.status == checks::Status::Unknown);
    }
}

TEST_CASE("a target with nothing filled in is judged like any other")
{
    Evidence evidence;
    evidence.host = seen(evidence::NodeFacts());
    evidence.guest = seen(evidence::Guest());
    evidence.inventory = seen(evidence::Inventory{{evidence::Vm()}, {}});
    evidence.probes.echoes = {seen(evidence::EchoSeries())};
    evidence.probes.neighbours = {seen(evidence::NeighbourProbe())};
    evidence.probes.ports = {seen(evidence::PortProbe())};
    CHECK(conclude(evidence).status == diagnosis::Status::Unexplained);
}
