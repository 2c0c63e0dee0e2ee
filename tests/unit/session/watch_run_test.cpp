// SPDX-License-Identifier: GPL-3.0-or-later
#include "machine.h"

#include "session/series_read.h"
#include "session/watch_run.h"
#include "world/task.h"

#include <QDir>
#include <QTemporaryDir>

#include <algorithm>

using namespace bothways;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using bothways::test::Machine;

namespace {

struct Watching : Machine {
    explicit Watching(const char *name, const char *more = "") : Machine(name, more)
    {
        how.target = plan;
        how.target.ports = {80};
        how.length = 60s;
        how.series = folder.filePath(u"vm.series"_s);
        how.headline = [](const evidence::Evidence &evidence) { return u"of "_s + evidence.target.vm; };
    }
    session::Watched watched(const std::stop_token &stop = {})
    {
        auto result = session::watch(world, how, stop);
        REQUIRE(result.has_value());
        return std::move(*result);
    }
    std::vector<watch::Record> records() const
    {
        std::vector<watch::Record> all;
        REQUIRE(session::readSeries(how.series, [&](const watch::Record &record) { all.push_back(record); }));
        return all;
    }

    QTemporaryDir folder;
    session::WatchPlan how;
};

int countOf(const watch::Monitor &monitor, watch::What what)
{
    return static_cast<int>(std::count_if(monitor.events().begin(), monitor.events().end(),
                                          [what](const auto &event) { return event.what == what; }));
}

} // namespace

TEST_CASE("a watch of a VM that answers samples once an interval, and keeps it", "[watch-run]")
{
    Watching watching("healthy");
    const auto result = watching.watched();
    CHECK(result.target == u"bw-guest (192.168.122.225)"_s);
    CHECK(result.icmpProblem.isEmpty());
    CHECK(result.fileProblem.isEmpty());
    CHECK(result.monitor.total(watch::Kind::Icmp).counted >= 59);
    CHECK(result.monitor.total(watch::Kind::Icmp).failed == 0);
    CHECK(result.monitor.total(watch::Kind::Tcp).counted >= 59);
    CHECK(result.monitor.raised() == 0);
    CHECK(watching.passed() >= 60s);
    CHECK(watching.passed() < 62s);
    const auto records = watching.records();
    CHECK(std::holds_alternative<watch::Begin>(records.front()));
    CHECK(std::holds_alternative<watch::End>(records.back()));
    CHECK(records.size() >= 120);
}

TEST_CASE("an outage rings, is diagnosed once, and is over when the VM answers again", "[watch-run]")
{
    Watching watching("healthy", "outage 30s 70s\n");
    watching.how.length = 150s;
    const auto result = watching.watched();
    CHECK(countOf(result.monitor, watch::What::Raised) == 2); // echo and connection
    CHECK(countOf(result.monitor, watch::What::Cleared) == 2);
    REQUIRE(countOf(result.monitor, watch::What::Diagnosed) == 1);
    const auto &events = result.monitor.events();
    const auto diagnosed =
        std::find_if(events.begin(), events.end(), [](const auto &event) { return event.what == watch::What::Diagnosed; });
    CHECK(diagnosed->text == u"of bw-guest"_s);
    CHECK(QFile::exists(watching.folder.filePath(diagnosed->file)));
    CHECK_FALSE(result.monitor.alert(watch::Kind::Icmp).raised);
    const auto sinceStart = diagnosed->atMs - watching.script.evidence.started.toMSecsSinceEpoch();
    CHECK(sinceStart > 30'000);
    CHECK(sinceStart < 70'000);
}

TEST_CASE("what rings on is diagnosed again, not more often than was said", "[watch-run]")
{
    Watching watching("healthy", "outage 10s 400s\n");
    watching.how.length = 180s;
    watching.how.diagnoseEvery = 60s;
    CHECK(countOf(watching.watched().monitor, watch::What::Diagnosed) == 3);
}

TEST_CASE("a second watch goes on where the first ended", "[watch-run]")
{
    Watching watching("healthy");
    watching.watched();
    int replayed = 0;
    const auto again = session::watch(watching.world, watching.how, {},
                                      [&](const session::WatchUpdate &update) { replayed += update.replayed ? 1 : 0; });
    REQUIRE(again.has_value());
    CHECK(replayed >= 120);
    CHECK(again->damaged == 0);
}

TEST_CASE("a disk that fills ends the watch and says so", "[watch-run]")
{
    Watching watching("healthy", "disk 2000\n");
    const auto result = watching.watched();
    CHECK(result.fileProblem.contains(u"No space left"_s));
    CHECK(watching.passed() < 60s);
    CHECK(watching.records().size() > 5);
}

TEST_CASE("a stop ends a watch at once, with what it has", "[watch-run]")
{
    Watching watching("healthy");
    watching.how.length.reset();
    std::stop_source stop;
    auto &clock = watching.world.clock();
    const world::Task<void> person(clock, [&] {
        clock.sleep(10s, {});
        stop.request_stop();
    });
    const auto result = watching.watched(stop.get_token());
    CHECK(result.monitor.total(watch::Kind::Icmp).counted >= 10);
    CHECK(watching.passed() < 11s);
}

TEST_CASE("where no echo can be sent the connections are still watched", "[watch-run]")
{
    Watching watching("healthy", "fails echo denied no socket\n");
    const auto result = watching.watched();
    CHECK(result.icmpProblem == u"no socket"_s);
    CHECK(result.monitor.total(watch::Kind::Icmp).failed == 0);
    CHECK(result.monitor.total(watch::Kind::Tcp).counted >= 59);
    CHECK(result.monitor.raised() == 0);
}

TEST_CASE("a diagnosis that cannot be made is recorded with its reason", "[watch-run]")
{
    Watching watching("healthy", "outage 10s 60s\n");
    watching.how.target.interface = u"eth99"_s;
    const auto result = watching.watched();
    const auto &events = result.monitor.events();
    const auto diagnosed =
        std::find_if(events.begin(), events.end(), [](const auto &event) { return event.what == watch::What::Diagnosed; });
    REQUIRE(diagnosed != events.end());
    CHECK(diagnosed->file.isEmpty());
    CHECK(diagnosed->text.contains(u"eth99"_s));
}

TEST_CASE("whoever cannot be found is not watched", "[watch-run]")
{
    Watching watching("healthy");
    SECTION("an unknown VM") { watching.how.target.vm = u"no-such-vm"_s; }
    SECTION("an address that is not this host's") { watching.how.target.hostAddress = net::IpAddress::parse("203.0.113.1"); }
    const auto result = session::watch(watching.world, watching.how, {});
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == session::ErrorKind::WrongUse);
}
