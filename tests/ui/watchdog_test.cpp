// SPDX-License-Identifier: GPL-3.0-or-later
// The GUI thread never blocks for longer than 50 ms: while a session is opened and all pages are looked at, in both languages.
#include "catch.h"
#include "person.h"
#include "support.h"
#include "watchdog.h"
#include "wizard/contents.h"

#include <QTest>
#include <QTimer>

#include <ctime>
#include <thread>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

/// Of this thread.
std::chrono::nanoseconds processorTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void sleepOnce(int milliseconds)
{
    QTimer::singleShot(5, [milliseconds] { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); });
    serve(milliseconds + 60);
}

void settle() { serve(150); }

} // namespace

TEST_CASE("the watchdog sees work and waiting, and no idle time", "[watchdog]")
{
    application();
    Watchdog watchdog;
    watchdog.step(u"nothing"_s);
    serve(200);
    INFO(watchdog.report(0));
    CHECK(watchdog.beats() > 10);
    CHECK(watchdog.longest() < 20);
    watchdog.step(u"asleep"_s);
    sleepOnce(80);
    CHECK(watchdog.longerThan(70).size() == 1);
    CHECK(watchdog.longerThan(70).front().step == u"asleep");
    CHECK_FALSE(watchdog.longerThan(70).front().events.isEmpty());
    watchdog.step(u"at work"_s);
    QTimer::singleShot(5, [] {
        const auto until = processorTime() + std::chrono::milliseconds(150);
        while (processorTime() < until) {
        }
    });
    serveUntil([&] { return watchdog.longerThan(100).size() == 1; });
    CHECK(watchdog.longerThan(100).size() == 1);
    watchdog.step(u"the test itself"_s);
    {
        const Watchdog::Pause pause(watchdog);
        sleepOnce(120);
    }
    CHECK(watchdog.longerThan(70).size() == 2);
}

TEST_CASE("a session is opened and every page looked at, and nothing blocks the window for 50 ms", "[watchdog]")
{
    const auto *const language = GENERATE("en", "zh_CN");
    INFO(language);
    const Wizard wizard(engineGiving(mended()));
    wizard.language->set(QString::fromLatin1(language));
    wizard.window->resize(1280, 800);
    settle();
    Watchdog watchdog;
    watchdog.act(u"open"_s, [&] { wizard.controller->openSession(u":/demos/seed-topology.bothways"_s); });
    REQUIRE(serveUntil([&] { return wizard.controller->conclusion() != nullptr; }));
    settle();
    for (int round = 1; round <= 2; ++round) { // what is made once is made the first time
        for (const auto &chapter : chapters()) {
            watchdog.act(u"page %1, time %2"_s.arg(QString::fromUtf8(chapter.title)).arg(round),
                         [&] { wizard.window->show(chapter.id); });
            settle();
        }
    }
    watchdog.act(u"smaller"_s, [&] { wizard.window->resize(1024, 700); });
    settle();
    watchdog.act(u"settings"_s, [&] { QTest::keyClick(wizard.window->windowHandle(), Qt::Key_Comma, Qt::ControlModifier); });
    settle();
    watchdog.act(u"another session"_s, [&] { wizard.controller->openSession(u":/demos/seed-topology.bothways"_s); });
    settle();
    INFO(watchdog.report(longestBlock));
    if (qEnvironmentVariableIsSet("BOTHWAYS_STRETCHES")) {
        std::fputs(watchdog.report(longestBlock).c_str(), stdout);
    }
    CHECK(watchdog.beats() > 100);
    CHECK(watchdog.longerThan(longestBlock).empty());
}
