// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "evidence/session_file.h"
#include "session/session.h"
#include "world/absent.h"
#include "world/recorded.h"

using namespace bothways;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using evidence::Access;

TEST_CASE("a run on a session gives its evidence back, but for the frames, which no session holds", "[world]")
{
    const auto name = GENERATE("healthy", "seed-topology", "stale-neighbour", "vpn-route", "bridge-rule");
    INFO(name);
    const auto recorded = evidence::load(QStringLiteral(BOTHWAYS_DEMOS "/%1.bothways").arg(QLatin1String(name)));
    REQUIRE(recorded.has_value());
    world::RecordedWorld world(*recorded);
    session::Plan plan;
    plan.vm = recorded->target.requested;
    auto again = session::run(world, plan, {});
    REQUIRE(again.has_value());
    CHECK(again->captures.access == Access::Denied);
    // Of when it was and what measured it, and what the frames told.
    again->started = recorded->started;
    again->finished = recorded->finished;
    again->tool = recorded->tool;
    again->told = recorded->told;
    again->captures = recorded->captures;
    CHECK(again->target == recorded->target);
    CHECK(again->inventory == recorded->inventory);
    CHECK(again->guest == recorded->guest);
    CHECK(again->probes.ports == recorded->probes.ports);
    CHECK(again->probes.echoes == recorded->probes.echoes);
    CHECK(again->host == recorded->host);
    CHECK(again->probes.neighbours == recorded->probes.neighbours);
    // "Not worth asking" is said by the run itself, at its own time and in the words of today.
    REQUIRE(again->probes.traces.size() == recorded->probes.traces.size());
    REQUIRE(again->probes.pathMtus.size() == recorded->probes.pathMtus.size());
    for (std::size_t i = 0; i < again->probes.traces.size(); ++i) {
        CHECK(again->probes.traces[i].access == recorded->probes.traces[i].access);
        CHECK(again->probes.traces[i].value == recorded->probes.traces[i].value);
    }
    for (std::size_t i = 0; i < again->probes.pathMtus.size(); ++i) {
        CHECK(again->probes.pathMtus[i].value == recorded->probes.pathMtus[i].value);
    }
    again->probes = recorded->probes;
    CHECK(evidence::toJson(*again) == evidence::toJson(*recorded));
}

TEST_CASE("what a session does not hold is a typed answer", "[world]")
{
    world::RecordedWorld recorded{evidence::Evidence()};
    world::World &world = recorded;
    probe::EchoPlan plan;
    CHECK(world.echo(plan, {}).access == Access::NotTried);
    CHECK(world.tcp({}, 22, {}, 1s, {}).access == Access::NotTried);
    CHECK_FALSE(world.capture({}, {}).has_value());
    CHECK_FALSE(world.sweep({}, {}).has_value());
    CHECK_FALSE(world.appendTo(u"x"_s).has_value());
    CHECK_FALSE(world.unlock({}).problem.isEmpty());
}

TEST_CASE("where nothing can be measured every function says so, and so does whoever would run there", "[world]")
{
    world::AbsentWorld absent;
    world::World &world = absent;
    const auto why = world.cannotMeasure();
    CHECK_FALSE(why.isEmpty());
    CHECK(world.links().access == Access::Absent);
    CHECK(world.addresses().access == Access::Absent);
    CHECK(world.host({}, {}).access == Access::Absent);
    CHECK(world.snapshot({}).access == Access::Absent);
    CHECK(world.elevated({}, {}).rights.access == Access::Absent);
    CHECK(world.hypervisors({}).empty());
    CHECK(world.echo({}, {}).problem == why);
    CHECK(world.neighbour({}, {}, 1, 1s, {}).problem == why);
    CHECK(world.tcp({}, 22, {}, 1s, {}).problem == why);
    CHECK(world.trace({}, {}).problem == why);
    CHECK(world.pathMtu({}, {}).problem == why);
    CHECK(world.sweep({}, {}).error() == why);
    CHECK(world.capture({}, {}).error() == why);
    CHECK(world.appendTo(u"x"_s).error().why == why);
    CHECK(world.unlock({}).problem == why);
    session::Plan plan;
    plan.vm = u"any"_s;
    const auto result = session::run(world, plan, {});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == session::ErrorKind::CouldNotMeasure);
    CHECK(result.error().message == why);
    CHECK(session::listVms(world, {}, {}).problem == why);
    CHECK(session::ping(world, {}, {}, 1s, {}, {}).error().message == why);
}
