// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "catch.h"
#include "session/session.h"
#include "world/scripted/scripted_world.h"

#include <QString>

namespace bothways::test {

/// A machine of tests/data/world, with lines of the test's own, and a plan for the VM that its session is about.
struct Machine {
    explicit Machine(const char *name, const char *more = "")
        : script(scriptOf(QStringLiteral("include %1.world\n%2").arg(QLatin1String(name), QLatin1String(more)))), world(script)
    {
        plan.vm = script.evidence.target.requested;
    }

    static world::Script scriptOf(const QString &text)
    {
        auto script = world::readScript(text, QStringLiteral(BOTHWAYS_TEST_DATA "/world"));
        INFO((script ? QString()
                     : QStringLiteral("%1:%2: %3").arg(script.error().file).arg(script.error().line).arg(script.error().message))
                 .toStdString());
        REQUIRE(script.has_value());
        return std::move(*script);
    }

    tl::expected<evidence::Evidence, session::Error> run(const std::stop_token &stop = {}, const session::EventSink &sink = {})
    {
        return session::run(world, plan, stop, sink);
    }
    evidence::Evidence measured()
    {
        auto evidence = run();
        REQUIRE(evidence.has_value());
        return std::move(*evidence);
    }
    /// How long it has run by its own clock.
    std::chrono::milliseconds passed()
    {
        return std::chrono::duration_cast<std::chrono::milliseconds>(world.clock().now().time_since_epoch());
    }

    world::Script script;
    world::ScriptedWorld world;
    session::Plan plan;
};

} // namespace bothways::test
