// SPDX-License-Identifier: GPL-3.0-or-later
#include "../facts/builder.h"
#include "catch.h"
#include "way/way.h"

#include <algorithm>

using namespace bothways;
using namespace bothways::test;
using namespace Qt::Literals::StringLiterals;
using evidence::EchoOutcome;
using evidence::Evidence;
using way::Fault;
using way::From;
using way::Part;
using way::Place;
using way::Result;

namespace {

/// Silence both ways, so that no measurement overrules the model; every setting that it asks for was read.
Evidence silent()
{
    auto evidence = bothWays();
    auto &host = evidence.host.value;
    for (auto &link : host.links.value) {
        if (link.kind == evidence::LinkKind::Bridge) {
            link.bridge = evidence::BridgeOptions{};
        }
    }
    for (const auto &interface : {u"all"_s, u"br0"_s, u"other0"_s}) {
        host.sysctls.value.insert(u"net.ipv4.conf.%1.rp_filter"_s.arg(interface), u"0"_s);
    }
    return evidence;
}

struct Walked {
    explicit Walked(Evidence given) : known(std::move(given)), legs(way::legs(known)) {}
    const way::Leg &leg(From from, Part part) const
    {
        const auto *found = way::find(legs, from, part);
        REQUIRE(found != nullptr);
        return *found;
    }
    facts::Case known;
    std::vector<way::Leg> legs;
};

QString told(const way::Leg &leg)
{
    QString all;
    for (const auto &stage : leg.stages) {
        all += u"%1 %2 %3: %4 %5\n"_s.arg(way::name(stage.place), way::name(stage.kind), way::name(stage.result), stage.text,
                                          stage.wouldTell);
    }
    return all;
}

void setGuest(Evidence &evidence, const QString &name, const QString &value)
{
    evidence.guest.value.facts.sysctls.value.insert(name, value);
}

} // namespace

TEST_CASE("nothing is wrong: all four legs pass, and each tells its stages")
{
    const Walked walked(silent());
    CHECK(walked.legs.size() == 4);
    for (const auto &leg : walked.legs) {
        INFO(told(leg).toStdString());
        CHECK(leg.fate() == Result::Passes);
        CHECK(leg.stages.size() > 4);
    }
    CHECK(walked.leg(From::Host, Part::Reply).source == ip(vmAddress));
    CHECK(walked.leg(From::Vm, Part::Reply).source == ip(hostAddress));
}

TEST_CASE("each fault stops the legs that it concerns, at its stage, and no other")
{
    constexpr unsigned hostRequest = 1;
    constexpr unsigned hostReply = 2;
    constexpr unsigned vmRequest = 4;
    constexpr unsigned vmReply = 8;
    constexpr unsigned toVm = hostRequest | vmReply;
    constexpr unsigned toHost = hostReply | vmRequest;
    struct Case {
        const char *what;
        void (*spoil)(Evidence &);
        Fault fault;
        Place place;
        unsigned legs;
    };
    const Case cases[] = {
        {"no route",
         [](Evidence &e) {
             e.host.value.routes.value.erase(e.host.value.routes.value.begin()), e.host.value.routeAnswers.clear();
         },
         Fault::NoRoute, Place::Host, toVm},
        {"a rule by source takes the replies",
         [](Evidence &e) {
             evidence::PolicyRule rule;
             rule.priority = 1000;
             rule.source = prefix("10.0.0.0/24");
             rule.action = evidence::RuleAction::Table;
             rule.table = 200;
             auto main = rule;
             main.priority = 32766;
             main.source.reset();
             main.table = 254;
             e.host.value.policyRules.value = {rule, main};
             auto away = route("0.0.0.0/0", u"other0"_s);
             away.table = 200;
             e.host.value.routes.value.push_back(away);
         },
         Fault::DivertedByRule, Place::Host, vmReply},
        {"the guest has no route back", [](Evidence &e) { e.guest.value.facts.routes.value.clear(); }, Fault::NoRoute,
         Place::Guest, toHost},
        {"the guest's container network lies over the host's",
         [](Evidence &e) {
             auto &guest = e.guest.value.facts;
             guest.links.value.push_back(link(u"docker0"_s, evidence::LinkKind::Bridge, strangerMac));
             guest.routes.value.push_back(route("10.0.0.0/28", u"docker0"_s));
         },
         Fault::DivertedByRoute, Place::Guest, toHost},
        {"strict reverse path",
         [](Evidence &e) {
             auto &guest = e.guest.value.facts;
             guest.links.value.push_back(link(u"eth1"_s, evidence::LinkKind::Veth, strangerMac));
             guest.routes.value.push_back(route("10.0.0.0/28", u"eth1"_s));
             setGuest(e, u"net.ipv4.conf.eth0.rp_filter"_s, u"1"_s);
         },
         Fault::StrictReversePath, Place::Guest, toVm},
        {"the guest has the host's address, too",
         [](Evidence &e) {
             auto &addresses = e.guest.value.facts.addresses.value;
             addresses.push_back({u"eth0"_s, prefix("10.0.0.1/32"), evidence::AddressScope::Global});
         },
         Fault::Martian, Place::Guest, toVm},
        {"the guest's filter",
         [](Evidence &e) {
             e.guest.value.facts.rulesets = {dump(evidence::RulesetFormat::NftJson, evidence::XtablesFlavour::None,
                                                  nft(u"input"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}))};
         },
         Fault::FilterDrops, Place::Guest, hostRequest},
        {"the host's filter",
         [](Evidence &e) {
             e.host.value.rulesets = {dump(evidence::RulesetFormat::NftJson, evidence::XtablesFlavour::None,
                                           nft(u"input"_s, u"drop"_s, {establishedAccept()}))};
         },
         Fault::FilterDrops, Place::Host, vmRequest},
        {"echo is ignored", [](Evidence &e) { setGuest(e, u"net.ipv4.icmp_echo_ignore_all"_s, u"1"_s); }, Fault::EchoIgnored,
         Place::Guest, hostRequest},
        {"the host's connection table is full",
         [](Evidence &e) {
             e.host.value.conntrack = seen(evidence::Conntrack{64, 64, 3, 0, 0});
         },
         Fault::TableFull, Place::Host, hostRequest | vmRequest},
        {"an IPsec policy",
         [](Evidence &e) {
             e.host.value.transforms = seen(std::vector<evidence::TransformPolicy>{{evidence::TransformDirection::Out,
                                                                                    evidence::TransformAction::Block,
                                                                                    prefix("0.0.0.0/0"),
                                                                                    prefix("10.0.0.10/32"),
                                                                                    0,
                                                                                    {},
                                                                                    1,
                                                                                    0}});
         },
         Fault::Transformed, Place::Host, toVm},
        {"the address is on a port of the bridge",
         [](Evidence &e) {
             e.host.value.links.value.push_back(link(u"enp5s0"_s, evidence::LinkKind::Hardware, "02:00:00:00:05:05", u"br0"_s));
             e.host.value.addresses.value.front().interface = u"enp5s0"_s;
         },
         Fault::AddressOnPort, Place::Between, toVm | toHost},
        {"a port that is blocked",
         [](Evidence &e) { e.host.value.links.value[1].port = evidence::BridgePort{evidence::PortState::Blocking}; },
         Fault::PortState, Place::Between, toVm | toHost},
        {"the bridge is not in its own VLAN",
         [](Evidence &e) {
             e.host.value.links.value[0].bridge->vlanFiltering = true;
             e.host.value.vlans = seen(std::vector<evidence::PortVlans>{{u"port0"_s, 1, 1, true, true}});
         },
         Fault::NotInVlan, Place::Between, toVm | toHost},
        {"the host's address is not its own any more",
         [](Evidence &e) { e.host.value.addresses.value.erase(e.host.value.addresses.value.begin()); }, Fault::NotOurs,
         Place::Host, toHost},
    };
    for (const auto &one : cases) {
        auto evidence = silent();
        one.spoil(evidence);
        const Walked walked(evidence);
        unsigned stopped = 0;
        QString all = QString::fromLatin1(one.what) + u'\n';
        for (const auto &leg : walked.legs) {
            all += u"-- %1 %2\n"_s.arg(way::name(leg.from), way::name(leg.part)) + told(leg);
            const bool here = std::any_of(leg.stages.begin(), leg.stages.end(), [&](const way::Stage &stage) {
                return stage.fault == one.fault && stage.place == one.place && stage.result == Result::Stops;
            });
            const unsigned bit = leg.from == From::Host ? (leg.part == Part::Request ? hostRequest : hostReply)
                                                        : (leg.part == Part::Request ? vmRequest : vmReply);
            stopped |= here ? bit : 0U;
        }
        INFO(all.toStdString());
        CHECK(stopped == one.legs);
    }
}

TEST_CASE("a translation of the host's own sends the VM's ping elsewhere, and the rule is named")
{
    auto evidence = silent();
    evidence.host.value.addresses.value.push_back({u"other0"_s, prefix("203.0.113.5/32"), evidence::AddressScope::Global});
    auto wide = route("0.0.0.0/0", u"eth0"_s);
    wide.nextHops.front().gateway = ip(hostAddress);
    evidence.guest.value.facts.routes.value.push_back(wide);
    evidence.guest.value.echoToHost = seen(echoes("203.0.113.5", vmAddress, EchoOutcome::Silence, evidence::EchoPurpose::Guest));
    evidence.host.value.rulesets = {
        dump(evidence::RulesetFormat::NftJson, evidence::XtablesFlavour::None, emptyNft()),
        dump(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy,
             u"*nat\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n"
             "-A PREROUTING -d 203.0.113.5/32 -j DNAT --to-destination 10.0.0.10\nCOMMIT\n"_s)};
    const Walked walked(evidence);
    const auto &leg = walked.leg(From::Vm, Part::Request);
    INFO(told(leg).toStdString());
    CHECK(leg.destination == ip("203.0.113.5"));
    const auto *stop = leg.stops();
    REQUIRE(stop != nullptr);
    CHECK(stop->fault == Fault::TranslatedAway);
    REQUIRE(stop->object);
    CHECK(facts::statement(*stop->object).contains(u"DNAT"_s));
    CHECK(walked.leg(From::Host, Part::Request).fate() == Result::Passes);
}

TEST_CASE("hooks of IP on the second bridge of a chain stop the request, by port")
{
    auto evidence = silent();
    auto &host = evidence.host.value;
    auto pair = link(u"fwpr0"_s, evidence::LinkKind::Veth, "02:00:00:00:03:01", u"br0"_s);
    pair.peer = u"fwln0"_s;
    auto inner = link(u"fwln0"_s, evidence::LinkKind::Veth, "02:00:00:00:03:02", u"fwbr0"_s);
    inner.peer = u"fwpr0"_s;
    auto bridge = link(u"fwbr0"_s, evidence::LinkKind::Bridge, "02:00:00:00:03:03");
    bridge.bridge = evidence::BridgeOptions{};
    host.links.value.insert(host.links.value.end(),
                            {pair, inner, bridge, link(u"tap0"_s, evidence::LinkKind::Tun, "02:00:00:00:03:04", u"fwbr0"_s)});
    host.fdb.value = {{mac(vmMac), u"fwpr0"_s, u"br0"_s, 0, false}, {mac(vmMac), u"tap0"_s, u"fwbr0"_s, 0, false}};
    host.sysctls.value.insert(u"net.bridge.bridge-nf-call-iptables"_s, u"1"_s);
    host.rulesets = {dump(evidence::RulesetFormat::NftJson, evidence::XtablesFlavour::None, emptyNft()),
                     dump(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy,
                          u"*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:tap0-IN - [0:0]\n"
                          "-A FORWARD -m physdev --physdev-is-bridged --physdev-out tap0 -j tap0-IN\n"
                          "-A tap0-IN -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n"
                          "-A tap0-IN -p tcp -m tcp --dport 22 -j ACCEPT\n-A tap0-IN -j DROP\nCOMMIT\n"_s)};
    const Walked walked(evidence);
    const auto &request = walked.leg(From::Host, Part::Request);
    INFO(told(request).toStdString());
    const auto *stop = request.stops();
    REQUIRE(stop != nullptr);
    CHECK(stop->fault == Fault::BridgedDrop);
    CHECK(stop->place == Place::Between);
    CHECK(facts::statement(*stop->object).contains(u"tap0-IN rule 3"_s));
    CHECK(walked.leg(From::Vm, Part::Request).fate() == Result::Passes);
    CHECK(walked.leg(From::Vm, Part::Reply).fate() == Result::Passes);
}

TEST_CASE("what was seen to arrive passed, whatever the model says, and the stage shows both")
{
    auto evidence = silent();
    evidence.probes.echoes = {seen(echoes(vmAddress, hostAddress, EchoOutcome::Reply))};
    setGuest(evidence, u"net.ipv4.icmp_echo_ignore_all"_s, u"1"_s);
    const Walked walked(evidence);
    const auto &request = walked.leg(From::Host, Part::Request);
    CHECK(request.fate() == Result::Passes);
    CHECK(request.observed);
    CHECK(std::any_of(request.stages.begin(), request.stages.end(),
                      [](const auto &stage) { return stage.fault == Fault::EchoIgnored && !stage.seen.isEmpty(); }));
}

TEST_CASE("without a report of the guest its stages are unknown, and say what would tell")
{
    auto evidence = silent();
    evidence.guest = denied<evidence::Guest>();
    const Walked walked(evidence);
    const auto &request = walked.leg(From::Host, Part::Request);
    CHECK(request.fate() == Result::Unknown);
    for (const auto &leg : walked.legs) {
        for (const auto &stage : leg.stages) {
            CHECK((stage.result != Result::Unknown || !stage.wouldTell.isEmpty()));
        }
    }
}

TEST_CASE("a program at the VM's port is unknown, and named")
{
    auto evidence = silent();
    evidence.host.value.programs =
        seen(std::vector<evidence::AttachedProgram>{{u"port0"_s, evidence::ProgramHook::Egress, u"bpf"_s, u"drop_all"_s, 97, 1}});
    const Walked walked(evidence);
    const auto &request = walked.leg(From::Host, Part::Request);
    CHECK(request.fate() == Result::Unknown);
    CHECK(told(request).contains(u"port0 egress bpf drop_all"_s));
    CHECK(walked.leg(From::Vm, Part::Request).fate() == Result::Passes);
}
