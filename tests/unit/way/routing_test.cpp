// SPDX-License-Identifier: GPL-3.0-or-later
#include "../facts/builder.h"
#include "catch.h"
#include "way/routing.h"

using namespace bothways;
using namespace bothways::test;
using namespace Qt::Literals::StringLiterals;
using evidence::PolicyRule;
using way::Routing;
using Kind = Routing::Kind;

namespace {

PolicyRule rule(quint32 priority, quint32 table)
{
    PolicyRule made;
    made.priority = priority;
    made.action = evidence::RuleAction::Table;
    made.table = table;
    return made;
}

/// main: 10.61.7.0/24 brq, default via 10.61.7.254; table 200: default tun0; table 7: blackhole; table 8: throw, then nothing.
evidence::NodeFacts machine(std::vector<PolicyRule> added)
{
    evidence::NodeFacts facts;
    facts.os = evidence::Os::Linux;
    auto link1 = link(u"brq"_s, evidence::LinkKind::Bridge, hostMac);
    auto vrf = link(u"blue"_s, evidence::LinkKind::Vrf, hostMac);
    vrf.table = 77;
    facts.links = seen(std::vector{link1, vrf, link(u"eth9"_s, evidence::LinkKind::Hardware, hostMac, u"blue"_s)});
    facts.addresses =
        seen(std::vector<evidence::InterfaceAddress>{{u"brq"_s, prefix("10.61.7.1/24"), evidence::AddressScope::Global},
                                                     {u"tun0"_s, prefix("10.8.0.2/32"), evidence::AddressScope::Global}});
    auto wide = route("0.0.0.0/0", u"brq"_s);
    wide.nextHops.front().gateway = ip("10.61.7.254");
    auto own = route("10.61.7.1/32", u"brq"_s);
    own.type = evidence::RouteType::Local;
    own.table = 255;
    auto tunnel = route("0.0.0.0/0", u"tun0"_s);
    tunnel.table = 200;
    auto black = route("10.61.0.0/16", u"x"_s);
    black.type = evidence::RouteType::Blackhole;
    black.nextHops.clear();
    black.table = 7;
    auto thrown = black;
    thrown.type = evidence::RouteType::Throw;
    thrown.table = 8;
    auto better = route("10.61.7.0/24", u"wlan0"_s);
    better.metric = 50;
    auto direct = route("10.61.7.0/24", u"brq"_s);
    direct.preferredSource = ip("10.61.7.1");
    facts.routes = seen(std::vector{wide, own, tunnel, black, thrown, better, direct, [] {
                                        auto inVrf = route("10.61.0.0/16", u"eth9"_s);
                                        inVrf.table = 77;
                                        return inVrf;
                                    }()});
    std::vector<PolicyRule> rules{rule(0, 255), rule(32766, 254), rule(32767, 253)};
    rules.insert(rules.end(), added.begin(), added.end());
    facts.policyRules = seen(rules);
    return facts;
}

way::RoutedPacket toVm(std::optional<net::IpAddress> source = std::nullopt) { return {ip("10.61.7.44"), source, {}, 0, 0, 1}; }

} // namespace

TEST_CASE("without rules of its own a machine sends by the longest prefix and the lowest metric")
{
    const auto facts = machine({});
    const auto close = way::routeOf(facts, toVm());
    CHECK(close.kind == Kind::Sent);
    CHECK(close.interface == u"brq"_s);
    CHECK(close.source == ip("10.61.7.1"));
    CHECK_FALSE(close.gateway);
    CHECK_FALSE(close.hasOwnRule());
    const auto wide = way::routeOf(facts, {ip("198.51.100.9"), std::nullopt, {}, 0, 0, 1});
    CHECK(wide.gateway == ip("10.61.7.254"));
    CHECK(wide.source == ip("10.61.7.1")); // the first address of its interface
    CHECK(way::routeOf(facts, {ip("10.61.7.1"), std::nullopt, {}, 0, 0, 1}).kind == Kind::Local);
}

TEST_CASE("a rule by source meets a bound reply, and not a packet whose source is yet to be chosen")
{
    auto bySource = rule(1000, 200);
    bySource.source = prefix("10.61.7.0/24");
    const auto facts = machine({bySource});
    CHECK(way::routeOf(facts, toVm()).interface == u"brq"_s);
    const auto reply = way::routeOf(facts, toVm(ip("10.61.7.1")));
    CHECK(reply.kind == Kind::Sent);
    CHECK(reply.interface == u"tun0"_s);
    CHECK(reply.hasOwnRule());
    REQUIRE(reply.rule);
    CHECK(reply.rule->priority == 1000);
    CHECK(reply.source == ip("10.61.7.1"));
}

TEST_CASE("selectors of a rule are held against the packet one by one")
{
    struct Case {
        const char *what;
        void (*set)(PolicyRule &);
        const char *interface; ///< of the answer; empty: not known
    };
    const Case cases[] = {
        {"everything", [](PolicyRule &) {}, "tun0"},
        {"destination", [](PolicyRule &r) { r.destination = prefix("10.61.7.44/32"); }, "tun0"},
        {"another destination", [](PolicyRule &r) { r.destination = prefix("10.99.0.0/16"); }, "brq"},
        {"own packets come in by lo", [](PolicyRule &r) { r.inputInterface = u"lo"_s; }, "tun0"},
        {"another input", [](PolicyRule &r) { r.inputInterface = u"brq"_s; }, "brq"},
        {"an output that is not bound", [](PolicyRule &r) { r.outputInterface = u"tun0"_s; }, "brq"},
        {"a mark that it lacks", [](PolicyRule &r) { r.mark = 5; }, "brq"},
        {"not a mark", [](PolicyRule &r) { r.mark = 5, r.inverted = true; }, "tun0"},
        {"a mark of which no bit counts", [](PolicyRule &r) { r.mark = 5, r.markMask = 0; }, "tun0"},
        {"another protocol", [](PolicyRule &r) { r.protocol = 6; }, "brq"},
        {"ports",
         [](PolicyRule &r) {
             r.destinationPorts = evidence::NumberRange{22, 22};
         },
         "brq"},
        {"a type of service", [](PolicyRule &r) { r.tos = 8; }, "brq"},
        {"its user",
         [](PolicyRule &r) {
             r.users = evidence::NumberRange{0, 0};
         },
         "tun0"},
        {"another user",
         [](PolicyRule &r) {
             r.users = evidence::NumberRange{1000, 1000};
         },
         "brq"},
        {"a tunnel's id", [](PolicyRule &r) { r.others = {u"tun_id"_s}; }, "brq"},
        {"the table of a VRF", [](PolicyRule &r) { r.others = {u"l3mdev"_s}; }, "brq"},
        {"something new", [](PolicyRule &r) { r.others = {u"attribute 30"_s}; }, ""},
        {"a jump", [](PolicyRule &r) { r.action = evidence::RuleAction::Goto; }, ""},
        {"nothing", [](PolicyRule &r) { r.action = evidence::RuleAction::Nop; }, "brq"},
        {"no default route", [](PolicyRule &r) { r.suppressPrefixLength = 0; }, "brq"},
    };
    for (const auto &one : cases) {
        INFO(one.what);
        auto added = rule(500, 200);
        one.set(added);
        const auto routing = way::routeOf(machine({added}), toVm());
        CHECK(routing.interface.toStdString() == one.interface);
        CHECK((routing.kind == Kind::Unknown) == (*one.interface == '\0'));
        CHECK(routing.open.isEmpty() == (*one.interface != '\0'));
    }
}

TEST_CASE("a rule by user is open where the program's user is not known")
{
    auto byUser = rule(500, 200);
    byUser.users = evidence::NumberRange{1000, 1000};
    auto packet = toVm();
    packet.user.reset();
    CHECK(way::routeOf(machine({byUser}), packet).kind == Kind::Unknown);
}

TEST_CASE("rules and routes that throw packets away are named")
{
    const auto black = way::routeOf(machine({rule(500, 7)}), toVm());
    CHECK(black.kind == Kind::Refused);
    REQUIRE(black.route);
    CHECK(black.route->type == evidence::RouteType::Blackhole);
    CHECK(black.hasOwnRule());
    CHECK(way::routeOf(machine({rule(500, 8)}), toVm()).interface == u"brq"_s); // throw: the next rule
    auto prohibits = rule(500, 0);
    prohibits.action = evidence::RuleAction::Prohibit;
    const auto refused = way::routeOf(machine({prohibits}), toVm());
    CHECK(refused.kind == Kind::Refused);
    CHECK_FALSE(refused.route);
}

TEST_CASE("a packet that comes in through a VRF is routed by its table")
{
    auto vrf = rule(1000, 0);
    vrf.others = {u"l3mdev"_s};
    const auto facts = machine({vrf});
    CHECK(way::routeOf(facts, {ip("10.61.7.44"), ip("10.61.9.9"), u"eth9"_s, 0, 0, 1}).interface == u"eth9"_s);
    CHECK(way::routeOf(facts, {ip("10.61.7.44"), ip("10.61.9.9"), u"brq"_s, 0, 0, 1}).interface == u"brq"_s);
}

TEST_CASE("what was not read is not known, and the kernel's own answer stands above our reading")
{
    auto facts = machine({});
    facts.policyRules = denied<std::vector<PolicyRule>>();
    CHECK(way::routeOf(facts, toVm()).kind == Kind::Unknown);
    evidence::RouteAnswer answer;
    answer.destination = ip("10.61.7.44");
    answer.type = evidence::RouteType::Unicast;
    answer.interface = u"eth5"_s;
    facts.routeAnswers = {seen(answer)};
    CHECK(way::routeOf(facts, toVm()).interface == u"eth5"_s);
    CHECK(way::routeOf(facts, toVm(ip("10.61.7.1"))).kind == Kind::Unknown); // another question
    auto read = machine({});
    read.routeAnswers = {seen(answer)};
    const auto differs = way::routeOf(read, toVm());
    CHECK(differs.interface == u"eth5"_s);
    CHECK(differs.byKernel);
    CHECK_FALSE(way::agree(way::routeOf(machine({}), toVm()), differs));
}
