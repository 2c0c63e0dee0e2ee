// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "world/scripted/world_script.h"

#include <QDir>

using namespace bothways;
using namespace Qt::Literals::StringLiterals;

namespace {

const QString folder = QStringLiteral(BOTHWAYS_TEST_DATA "/world");

world::ScriptError refused(const char *lines)
{
    const auto script = world::readScript(u"include healthy.world\n"_s + QLatin1String(lines), folder);
    REQUIRE_FALSE(script.has_value());
    return script.error();
}

} // namespace

TEST_CASE("every machine of the tests is one", "[script]")
{
    const auto names = QDir(folder).entryList({u"*.world"_s});
    REQUIRE(names.size() >= 15);
    for (const auto &name : names) {
        INFO(name.toStdString());
        CHECK(world::readScript(u"include "_s + name, folder).has_value());
    }
}

TEST_CASE("a script is read strictly: an error names its line", "[script]")
{
    const auto wrong = GENERATE("anwsers echo reply\n", "takes guest\n", "takes guest 3 s\n", "takes gest 3s\n",
                                "takes guest 99999999999s\n", "fails guest broken no\n", "hypervisor vbox\n",
                                "hypervisor vbox read {\n", "hypervisor vbox read {\"vms\": 7}\n", "login administrator\n",
                                "lost soon it ended\n", "outage 3s\n", "frame 1s vnet0 0g\n", "frame 1s vnet0\n", "disk full\n",
                                "include nothing.world\n", "session nothing.bothways\n", "session ../guest/vm-busybox.txt\n",
                                "at guest 1\n", "at /no/such/place 1\n", "at /probes/echoes/7/access \"read\"\n", "at /started\n",
                                "at /started {\n", "add /no/such/place 1\n", "text /target/vm\nno end\n", "output\nno end\n");
    INFO(wrong);
    const auto error = refused(wrong);
    CHECK(error.line >= 2);
    CHECK(error.file.isEmpty());
    CHECK_FALSE(error.message.isEmpty());
}

TEST_CASE("a script that includes itself ends", "[script]")
{
    CHECK(refused("include loop.inc\n").message == u"too many scripts in each other"_s);
}

TEST_CASE("a session that the lines spoil is refused with the place", "[script]")
{
    CHECK(refused("at /target/vm 7\n").message.contains(u"evidence.target.vm"_s));
    const auto empty = world::readScript({}, folder);
    CHECK_FALSE(empty.has_value());
}

TEST_CASE("what the lines say is in the script", "[script]")
{
    const auto script = world::readScript(u"include healthy.world\n# a comment\n"
                                          "at /target/vm \"new\"\nadd /host/value/sysctls/value/a~1b \"1\"\n"
                                          "at /probes/echoes/0/value/samples/*/outcome \"silence\"\n"
                                          "takes guest 1500ms\nfails tcp timed-out no answer\noutage 1s 2s\n"
                                          "output\nfirst\nsecond\nend\nlogin user pass word\ndisk 7\nframe 2s vnet0 00ff\n"_s,
                                          folder);
    REQUIRE(script.has_value());
    using world::Step;
    CHECK(script->evidence.target.vm == u"new"_s);
    CHECK(script->evidence.host.value.sysctls.value.value(u"a/b"_s) == u"1"_s);
    CHECK(script->evidence.probes.echoes.front().value.received() == 0);
    CHECK(script->takes.at(Step::Guest) == std::chrono::milliseconds(1500));
    CHECK(script->failures.at(Step::Tcp).access == evidence::Access::TimedOut);
    CHECK(script->failures.at(Step::Tcp).words == u"no answer"_s);
    CHECK(script->outages.size() == 1);
    CHECK(script->guestOutput == QByteArray("first\nsecond\n"));
    CHECK(script->login->password == u"pass word"_s);
    CHECK(script->diskBytes == 7);
    CHECK(script->frames.front().bytes == QByteArray::fromHex("00ff"));
}
