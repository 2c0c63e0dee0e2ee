// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/builder.h"
#include "checks/checks.h"
#include "checks/finding/outcomes.h"
#include "diagnosis/catalogue.h"
#include "diagnosis/diagnosis.h"

#include <algorithm>
#include <functional>
#include <set>

using namespace bothways;
using namespace bothways::test;
using diagnosis::Grade;
using evidence::EchoOutcome;
using evidence::Evidence;

namespace {

diagnosis::Diagnosis diagnose(const Evidence &evidence)
{
    const facts::Case given(evidence);
    return diagnosis::diagnose(checks::runAll(given), given.symptom);
}

QString summary(const diagnosis::Diagnosis &result)
{
    QStringList lines{diagnosis::name(result.status) + u' ' + result.headline};
    for (const auto &cause : result.causes) {
        if (cause.grade != Grade::RuledOut) {
            lines
                << u"%1/%2 %3 %4"_s.arg(name(cause.id), name(cause.variant), diagnosis::name(cause.grade)).arg(cause.probability);
        }
    }
    return lines.join(u'\n');
}

std::vector<diagnosis::Cause> named(const diagnosis::Diagnosis &result)
{
    std::vector<diagnosis::Cause> causes;
    std::copy_if(result.causes.begin(), result.causes.end(), std::back_inserter(causes),
                 [](const auto &cause) { return cause.grade == Grade::Proven || cause.grade == Grade::Probable; });
    return causes;
}

struct Fault {
    const char *name;
    Evidence (*make)();
    const char16_t *cause;
    const char16_t *variant;
};

void guestRules(Evidence &evidence, const QString &text, evidence::RulesetFormat format = evidence::RulesetFormat::NftJson,
                evidence::XtablesFlavour flavour = evidence::XtablesFlavour::None)
{
    evidence.guest.value.facts.rulesets.push_back(dump(format, flavour, text));
}

Evidence secondSource()
{
    auto evidence = oneWay();
    evidence.target.hostAddressGiven = true;
    evidence.target.hostAddress = ip("10.7.0.1");
    evidence.host.value.addresses.value.push_back({u"br0"_s, prefix("10.7.0.1/32"), evidence::AddressScope::Global});
    evidence.host.value.routeAnswers.front().value.from = ip("10.7.0.1");
    evidence.probes.echoes = {seen(echoes(vmAddress, "10.7.0.1", EchoOutcome::Silence)),
                              seen(echoes(vmAddress, hostAddress, EchoOutcome::Reply, evidence::EchoPurpose::OtherSource))};
    evidence.guest.value.facts.links.value.push_back(link(u"eth1"_s, evidence::LinkKind::Veth, "02:00:00:00:00:11"));
    evidence.guest.value.facts.routes.value.push_back(route("10.7.0.0/24", u"eth1"_s));
    evidence.guest.value.facts.sysctls.value[u"net.ipv4.conf.all.rp_filter"_s] = u"1"_s;
    return evidence;
}

Evidence wrongNeighbour()
{
    auto evidence = bothWays();
    evidence.host.value.neighbours.value = {neighbour(vmAddress, u"br0"_s, strangerMac, evidence::NeighbourState::Permanent)};
    return evidence;
}

Evidence duplicateAddress()
{
    auto evidence = bothWays();
    evidence.probes.neighbours.front().value.answers.push_back({mac(strangerMac), 210000, {}});
    evidence.host.value.neighbours.value = {neighbour(vmAddress, u"br0"_s, strangerMac, evidence::NeighbourState::Reachable)};
    return evidence;
}

Evidence overlappingRoute()
{
    auto evidence = bothWays(EchoOutcome::NeighbourUnresolved);
    auto &host = evidence.host.value;
    host.routes.value.push_back(route("10.0.0.0/25", u"other0"_s));
    auto &answer = host.routeAnswers.front().value;
    answer.interface = u"other0"_s;
    answer.source = ip("10.9.0.1");
    answer.matched = prefix("10.0.0.0/25");
    evidence.probes.echoes.front().value.source = ip("10.9.0.1");
    evidence.target.hostAddress = ip("10.9.0.1");
    evidence.target.interface = u"other0"_s;
    host.neighbours.value = {neighbour(vmAddress, u"other0"_s, nullptr, evidence::NeighbourState::Failed)};
    evidence.probes.neighbours.front().value.interface = u"other0"_s;
    evidence.probes.neighbours.front().value.answers.clear();
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Unreachable;
    return evidence;
}

Evidence linkDown()
{
    auto evidence = bothWays(EchoOutcome::NeighbourUnresolved);
    evidence.host.value.links.value[1].carrier = false;
    evidence.host.value.fdb.value.clear();
    evidence.host.value.neighbours.value = {neighbour(vmAddress, u"br0"_s, nullptr, evidence::NeighbourState::Failed)};
    evidence.guest.value.facts.links.value.front().up = false;
    evidence.guest.value.facts.links.value.front().carrier = false;
    evidence.guest.value.facts.routes.value.clear();
    evidence.probes.neighbours.front().value.answers.clear();
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Unreachable;
    return evidence;
}

Evidence noAddress()
{
    auto evidence = bothWays(EchoOutcome::NeighbourUnresolved);
    evidence.guest.value.facts.addresses.value.clear();
    evidence.guest.value.facts.routes.value.clear();
    evidence.host.value.neighbours.value = {neighbour(vmAddress, u"br0"_s, nullptr, evidence::NeighbourState::Failed)};
    evidence.probes.neighbours.front().value.answers.clear();
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Unreachable;
    return evidence;
}

Evidence guestGone(bool withReport)
{
    auto evidence = linkDown();
    evidence.host.value.links.value.erase(evidence.host.value.links.value.begin() + 1);
    evidence.host.value.links.value.front().carrier = false;
    evidence.guest = withReport ? seen(healthyGuest()) : evidence::Reading<evidence::Guest>();
    if (!withReport) {
        evidence.target.vmMac.reset();
    }
    return evidence;
}

const std::vector<Fault> &faults()
{
    static const std::vector<Fault> all{
        {"guest nft drop",
         [] {
             auto e = oneWay();
             guestRules(e, nft(u"input"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}));
             return e;
         },
         u"guest-firewall", u"input-drops-request"},
        {"guest nft policy drop with established accept",
         [] {
             auto e = oneWay();
             guestRules(e, nft(u"input"_s, u"drop"_s, {establishedAccept()}));
             return e;
         },
         u"guest-firewall", u"input-drops-request"},
        {"guest iptables-legacy drop in a jumped chain",
         [] {
             auto e = oneWay();
             guestRules(e,
                        u"*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:icmp_in - [0:0]\n"
                        "[0:0] -A INPUT -p icmp -j icmp_in\n[0:0] -A icmp_in -p icmp -m icmp --icmp-type 8 -j DROP\nCOMMIT\n"_s,
                        evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy);
             return e;
         },
         u"guest-firewall", u"input-drops-request"},
        {"guest drops the reply on output",
         [] {
             auto e = oneWay();
             guestRules(e, nft(u"output"_s, u"accept"_s, {icmpDrop(u"echo-reply"_s)}));
             return e;
         },
         u"guest-firewall", u"output-drops-reply"},
        {"guest allows another source only",
         [] {
             auto e = oneWay();
             guestRules(e, nft(u"input"_s, u"drop"_s, {establishedAccept(), sourceAccept(u"10.0.0.77"_s)}));
             return e;
         },
         u"guest-firewall", u"allows-other-source-only"},
        {"guest ignores echo",
         [] {
             auto e = oneWay();
             e.guest.value.facts.sysctls.value[u"net.ipv4.icmp_echo_ignore_all"_s] = u"1"_s;
             return e;
         },
         u"path-limits", u"echo-ignored"},
        {"host output drop",
         [] {
             auto e = oneWay(EchoOutcome::SendDenied);
             e.host.value.rulesets = {
                 dump(evidence::RulesetFormat::NftJson, {}, nft(u"output"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}))};
             return e;
         },
         u"host-firewall", u"output-drops-request"},
        {"host input drops the reply",
         [] {
             auto e = oneWay();
             e.host.value.rulesets = {
                 dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, u"accept"_s, {icmpDrop(u"echo-reply"_s)}))};
             return e;
         },
         u"host-firewall", u"input-drops-reply"},
        {"guest strict rp_filter with a second host source", secondSource, u"routing", u"asymmetric-rp-filter"},
        {"permanent wrong neighbour on the host", wrongNeighbour, u"neighbour-state", u"stale-permanent"},
        {"duplicate address", duplicateAddress, u"address-plan", u"duplicate-ip"},
        {"more specific route into another interface", overlappingRoute, u"routing", u"overlapping-prefix"},
        {"guest link down", linkDown, u"resources", u"link-down"},
        {"guest without an address", noAddress, u"address-plan", u"no-address"},
    };
    return all;
}

} // namespace

TEST_CASE("each lab fault is proven, alone, and names its object")
{
    for (const auto &fault : faults()) {
        const auto result = diagnose(fault.make());
        INFO(fault.name << '\n' << summary(result).toStdString());
        const auto causes = named(result);
        REQUIRE(causes.size() == 1);
        CHECK(name(causes.front().id) == QString::fromUtf16(fault.cause));
        CHECK(name(causes.front().variant) == QString::fromUtf16(fault.variant));
        CHECK(causes.front().grade == Grade::Proven);
        CHECK(causes.front().object);
        CHECK(causes.front().probability > 0.9);
        CHECK(result.causes.front().id == causes.front().id);
        CHECK(result.status == diagnosis::Status::Fault);
    }
}

TEST_CASE("the rule is named with table, chain and handle")
{
    const auto result = diagnose(faults().front().make());
    INFO(summary(result).toStdString());
    REQUIRE(result.causes.front().object);
    const auto *object = std::get_if<facts::RuleObject>(&*result.causes.front().object);
    REQUIRE(object);
    CHECK(object->rule.table == "fw");
    CHECK(object->rule.chain == "input");
    CHECK(object->rule.handle == 5);
    CHECK(object->where == facts::Where::Guest);
}

TEST_CASE("a healthy pair has no fault")
{
    const auto result = diagnose(healthy());
    INFO(summary(result).toStdString());
    CHECK(result.status == diagnosis::Status::NoFault);
    CHECK(std::all_of(result.causes.begin(), result.causes.end(),
                      [](const auto &cause) { return cause.grade == Grade::RuledOut; }));
}

TEST_CASE("a healthy pair behind a filter that lets echo in and no TCP has no fault")
{
    auto evidence = healthy();
    evidence.guest.value.facts.rulesets = {
        dump(evidence::RulesetFormat::NftJson, {},
             nft(u"input"_s, u"drop"_s,
                 {establishedAccept(), u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"icmp\", "
                                       "\"field\": \"type\"}}, \"right\": \"echo-request\"}}, {\"accept\": null}"_s}))};
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Silent;
    const auto result = diagnose(evidence);
    INFO(summary(result).toStdString());
    CHECK(result.status == diagnosis::Status::NoFault);
    CHECK(result.headline == u"Ping works both ways: no fault was found."_s);
    CHECK(named(result).empty());
}

TEST_CASE("TCP that is silent for no reason in the rules is unexplained, and says what would decide")
{
    auto evidence = healthy();
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Silent;
    CHECK(diagnose(evidence).status == diagnosis::Status::Unexplained);

    evidence.guest = denied<evidence::Guest>();
    const auto result = diagnose(evidence);
    INFO(summary(result).toStdString());
    CHECK(result.status == diagnosis::Status::Unexplained);
    REQUIRE_FALSE(result.causes.empty());
    CHECK(result.causes.front().id == diagnosis::CauseClass::GuestFirewall);
    CHECK(result.causes.front().variant == diagnosis::Variant::GuestPortsClosed);
    CHECK(result.causes.front().grade == Grade::Possible);
    CHECK_FALSE(result.causes.front().decidedBy.isEmpty());
    for (const auto &cause : result.causes) {
        CHECK((name(cause.variant) != u"input-drops-request"_s || cause.grade == Grade::RuledOut));
    }
}

TEST_CASE("what this platform cannot have is never listed")
{
    const auto lists = [](const Evidence &evidence, const QString &variant) {
        const auto causes = diagnose(evidence).causes;
        return std::any_of(causes.begin(), causes.end(), [&](const auto &cause) { return name(cause.variant) == variant; });
    };
    std::vector<Evidence> all{healthy(), Evidence(), guestGone(false), guestGone(true)};
    std::transform(faults().begin(), faults().end(), std::back_inserter(all), [](const Fault &fault) { return fault.make(); });
    for (auto evidence : all) {
        for (const bool seenGuest : {true, false}) {
            if (!seenGuest) {
                evidence.guest = denied<evidence::Guest>();
            }
            for (const auto &variant : {u"profile-public"_s, u"port-acl"_s, u"security-policy"_s, u"security-group"_s, u"nacl"_s,
                                        u"nwfilter"_s, u"spoof-guard"_s}) {
                CHECK_FALSE(lists(evidence, variant));
            }
        }
    }
    auto windows = oneWay();
    windows.guest.value.facts.os = evidence::Os::Windows;
    windows.guest.value.facts.rulesets = {{evidence::RulesetFormat::WindowsJson, {}, seen(QString())}};
    CHECK(lists(windows, u"profile-public"_s));
    CHECK_FALSE(lists(windows, u"echo-ignored"_s));
}

TEST_CASE("what nothing speaks for is one line a class, and none where all was read")
{
    auto evidence = bothWays();
    const auto unsupported = [](const diagnosis::Diagnosis &result) {
        std::vector<diagnosis::Cause> causes;
        std::copy_if(result.causes.begin(), result.causes.end(), std::back_inserter(causes),
                     [](const auto &cause) { return cause.grade == Grade::Possible && cause.supporting.empty(); });
        return causes;
    };
    CHECK(unsupported(diagnose(evidence)).empty());
    evidence.guest = denied<evidence::Guest>();
    evidence.rights = denied<evidence::Rights>();
    evidence.probes.neighbours = {denied<evidence::NeighbourProbe>()};
    const auto open = unsupported(diagnose(evidence));
    CHECK_FALSE(open.empty());
    for (const auto &cause : open) {
        CHECK_FALSE(cause.variant);
        CHECK_FALSE(cause.decidedBy.isEmpty());
        CHECK(std::count_if(open.begin(), open.end(), [&](const auto &other) { return other.id == cause.id; }) == 1);
    }
}

TEST_CASE("the headline names the place once")
{
    const auto headline = diagnose(faults().front().make()).headline;
    CHECK(headline == u"The guest's packet filter drops the echo request (inet fw input handle 5)"_s);
}

TEST_CASE("counters of the guest speak in the verdict")
{
    auto evidence = faults().front().make();
    evidence.guest.value.facts.counters = seen(QMap<QString, qint64>{{u"Ip.InReceives"_s, 5}, {u"Icmp.InEchos"_s, 0}});
    evidence::NodeSnapshot after;
    after.counters = seen(QMap<QString, qint64>{{u"Ip.InReceives"_s, 18}, {u"Icmp.InEchos"_s, 0}});
    evidence.guest.value.after = seen(after);
    const auto result = diagnose(evidence);
    const auto &reasons = result.causes.front().supporting;
    CHECK(std::any_of(reasons.begin(), reasons.end(), [](const auto &reason) { return reason.basis == checks::Basis::Counter; }));
}

TEST_CASE("a guest that is gone yields no invented cause")
{
    for (const bool withReport : {false, true}) {
        const auto result = diagnose(guestGone(withReport));
        INFO(summary(result).toStdString());
        CHECK(result.status == diagnosis::Status::Unexplained);
        CHECK(named(result).empty());
    }
}

TEST_CASE("two faults at once are both found")
{
    auto evidence = oneWay(EchoOutcome::SendDenied);
    evidence.host.value.rulesets = {
        dump(evidence::RulesetFormat::NftJson, {}, nft(u"output"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}))};
    guestRules(evidence, nft(u"input"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}));
    const auto result = diagnose(evidence);
    INFO(summary(result).toStdString());
    const auto causes = named(result);
    REQUIRE(causes.size() == 2);
    CHECK_FALSE(causes[0].second);
    CHECK(causes[1].second);
    CHECK(causes[0].id != causes[1].id);
    CHECK(causes[0].probability > 0.9);
}

TEST_CASE("two rules in one base chain are one fault: an accept before the first passes both")
{
    auto evidence = oneWay();
    guestRules(evidence, nft(u"input"_s, u"drop"_s, {icmpDrop(u"echo-request"_s), icmpDrop(u"echo-request"_s)}));
    CHECK(named(diagnose(evidence)).size() == 1);
}

TEST_CASE("without rights no wrong cause is named")
{
    for (const auto &fault : faults()) {
        auto evidence = fault.make();
        evidence.rights = seen(evidence::Rights{1000, false, false, true, true, u"0 2147483647"_s, {}, false, {}});
        for (auto &rules : evidence.host.value.rulesets) {
            rules.text = denied<QString>();
        }
        for (auto &probe : evidence.probes.neighbours) {
            probe = denied<evidence::NeighbourProbe>();
        }
        for (const bool withGuest : {true, false}) {
            if (!withGuest) {
                evidence.guest = denied<evidence::Guest>();
                evidence.target.vmMac.reset();
            }
            const auto result = diagnose(evidence);
            INFO(fault.name << (withGuest ? " with" : " without") << " guest\n" << summary(result).toStdString());
            for (const auto &cause : named(result)) {
                CHECK(name(cause.id) == QString::fromUtf16(fault.cause));
                CHECK(name(cause.variant) == QString::fromUtf16(fault.variant));
            }
        }
    }
}

TEST_CASE("a healthy pair of which something cannot be read never gets a fault")
{
    const std::vector<std::function<void(Evidence &)>> removals{
        [](Evidence &e) { e.rights = denied<evidence::Rights>(); },
        [](Evidence &e) { e.inventory = denied<evidence::Inventory>(); },
        [](Evidence &e) { e.host = denied<evidence::NodeFacts>(); },
        [](Evidence &e) { e.host.value.links = denied<std::vector<evidence::Link>>(); },
        [](Evidence &e) { e.host.value.addresses = denied<std::vector<evidence::InterfaceAddress>>(); },
        [](Evidence &e) { e.host.value.routes = denied<std::vector<evidence::Route>>(); },
        [](Evidence &e) { e.host.value.neighbours = denied<std::vector<evidence::Neighbour>>(); },
        [](Evidence &e) { e.host.value.fdb = denied<std::vector<evidence::FdbEntry>>(); },
        [](Evidence &e) { e.host.value.routeAnswers = {denied<evidence::RouteAnswer>()}; },
        [](Evidence &e) {
            e.host.value.rulesets = {{evidence::RulesetFormat::NftJson, {}, denied<QString>()}};
        },
        [](Evidence &e) { e.guest = denied<evidence::Guest>(); },
        [](Evidence &e) {
            e.guest.value.facts.rulesets = {{evidence::RulesetFormat::NftJson, {}, denied<QString>()}};
        },
        [](Evidence &e) { e.guest.value.facts.routes = denied<std::vector<evidence::Route>>(); },
        [](Evidence &e) { e.guest.value.facts.links = denied<std::vector<evidence::Link>>(); },
        [](Evidence &e) { e.guest.value.facts.addresses = denied<std::vector<evidence::InterfaceAddress>>(); },
        [](Evidence &e) { e.guest.value.facts.sysctls = denied<QMap<QString, QString>>(); },
        [](Evidence &e) { e.guest.value.echoToHost = denied<evidence::EchoSeries>(); },
        [](Evidence &e) { e.probes.echoes.front() = denied<evidence::EchoSeries>(); },
        [](Evidence &e) { e.probes.neighbours.front() = denied<evidence::NeighbourProbe>(); },
        [](Evidence &e) { e.probes.ports.front() = denied<evidence::PortProbe>(); },
    };
    for (std::size_t i = 0; i < removals.size(); ++i) {
        for (std::size_t j = i; j < removals.size(); ++j) {
            auto evidence = healthy();
            removals[i](evidence);
            removals[j](evidence);
            const auto result = diagnose(evidence);
            INFO("removed " << i << " and " << j << '\n' << summary(result).toStdString());
            CHECK(result.status != diagnosis::Status::Fault);
        }
    }
}

TEST_CASE("nothing at all gives an honest answer")
{
    const auto result = diagnose(Evidence());
    CHECK(result.status == diagnosis::Status::Unexplained);
    CHECK(named(result).empty());
    CHECK_FALSE(result.headline.isEmpty());
}

TEST_CASE("the same evidence gives the same diagnosis")
{
    for (const auto &fault : faults()) {
        CHECK(summary(diagnose(fault.make())) == summary(diagnose(fault.make())));
    }
}

TEST_CASE("every outcome is weighed somewhere")
{
    std::set<checks::Outcome> weighed;
    for (const auto &known : diagnosis::catalogue()) {
        for (const auto &cause : known.causes) {
            diagnosis::forEachWeight(cause, [&](const diagnosis::Weight &weight) { weighed.insert(weight.outcome); });
        }
    }
    for (const auto &entry : checks::outcomeTable) {
        // Told only: that there is no route over IPv6 is no fault of a pair that IPv4 joins.
        if (entry.outcome != checks::Outcome::NoRoute6) {
            INFO(entry.word);
            CHECK(weighed.contains(entry.outcome));
        }
    }
}

TEST_CASE("the catalogue has a cause once, by a word of its own in its class")
{
    CHECK(diagnosis::catalogue().size() == 12);
    QStringList words;
    for (const auto &known : diagnosis::catalogue()) {
        CHECK(&diagnosis::entryOf(known.id) == &known);
        for (const auto &cause : known.causes) {
            words << name(known.id) + u'/' + name(cause.variant);
            INFO(words.back().toStdString());
            CHECK(&diagnosis::entryOf(cause.variant) == &cause);
            CHECK(diagnosis::classOf(cause.variant) == known.id);
            CHECK(cause.prior > 0);
            CHECK(cause.signatures != 0);
            // Two weights of one outcome for one cause would count it twice.
            std::set<checks::Outcome> own;
            for (const auto &weight : cause.weights) {
                CHECK(own.insert(weight.outcome).second);
            }
        }
    }
    CHECK(words.removeDuplicates() == 0);
}

TEST_CASE("a check reports only what is its own")
{
    for (const auto &fault : faults()) {
        for (const auto &finding : checks::runAll(facts::Case(fault.make()))) {
            for (const auto &observation : finding.observations) {
                INFO(fault.name << ' ' << name(observation.outcome).toStdString());
                CHECK(name(checks::checkOf(observation.outcome)) == finding.id);
            }
        }
    }
}

TEST_CASE("an answer that this host gave itself is none of the VM's")
{
    auto evidence = healthy();
    auto &answer = evidence.host.value.routeAnswers.front().value;
    answer.type = evidence::RouteType::Local;
    answer.interface = u"lo"_s;
    answer.table = 255;
    const facts::Case given(evidence);
    CHECK_FALSE(given.symptom.icmp.hostToVm);
    const auto result = diagnosis::diagnose(checks::runAll(given), given.symptom);
    CHECK(result.status != diagnosis::Status::NoFault);
}
