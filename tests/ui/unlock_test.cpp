// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "support.h"

#include <QPushButton>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::Literals::StringLiterals;
using namespace bothways;
using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

evidence::Reading<evidence::Rights> rights(bool helped)
{
    evidence::Rights rights;
    rights.effectiveUser = 1000;
    rights.pingSocket = true;
    rights.rawSockets = helped;
    rights.administration = helped;
    rights.helped = helped;
    return evidence::Reading<evidence::Rights>::read(rights, u"test"_s);
}

/// As an ordinary user's: unlocking gives `answer`, after the person at the other dialog let it.
struct UnlockingPerson {
    std::atomic<bool> answered = false;
    std::atomic<int> asked = 0;
    std::atomic<bool> granted = true;
    std::atomic<bool> planned = false; ///< a run had the helper
    Engine engine()
    {
        auto engine = engineGiving(guestDropsEcho());
        engine.run = [this, run = engine.run](const session::Plan &plan, const std::stop_token &stop,
                                              const session::EventSink &sink) {
            planned = plan.helper != nullptr;
            return run(plan, stop, sink);
        };
        engine.rights = [](const auto &helper) { return rights(helper != nullptr); };
        engine.cannotUnlock = [](const evidence::Rights &now) { return now.helped ? u"Nothing more to unlock."_s : QString(); };
        engine.unlock = [this](const std::stop_token &stop) -> world::Unlocked {
            ++asked;
            while (!answered && !stop.stop_requested()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            }
            if (!granted) {
                return {nullptr, u"The rights for the helper were not granted."_s};
            }
            // The wizard only hands it on: any address will do for it.
            return {std::shared_ptr<privilege::Helper>(std::shared_ptr<int>(std::make_shared<int>()),
                                                       reinterpret_cast<privilege::Helper *>(&asked)),
                    {}};
        };
        return engine;
    }
};

bool waitsFor(const Wizard &wizard, const QString &words)
{
    return waitFor([&] { return wizard.textOf("unlockNote").contains(words); });
}

} // namespace

TEST_CASE("Unlock asks, waits without holding the window, and says what it added", "[wizard][unlock]")
{
    UnlockingPerson world;
    Wizard wizard(world.engine());
    const auto *unlock = wizard.find<QPushButton>("unlock");
    REQUIRE(waitFor([&] { return unlock->isEnabled(); }));
    CHECK(unlock->accessibleName().contains(u"Unlock"));
    CHECK(unlock->accessibleDescription().contains(u"password"));
    CHECK(wizard.textOf("unlockNote").contains(u"administrator"));
    wizard.click("unlock");
    CHECK(waitsFor(wizard, u"Waiting for the password"_s));
    CHECK_FALSE(unlock->isEnabled());
    QTest::qWait(50); // the window lives meanwhile
    world.answered = true;
    CHECK(waitsFor(wizard, u"Unlocked until this window closes: ARP on the wire, captures, this host’s firewall rules"_s));
    CHECK_FALSE(unlock->isEnabled());
    CHECK(world.asked == 1);
    wizard.diagnose();
    CHECK(world.planned);
}

TEST_CASE("Unlock works by keyboard, and the keyboard is somewhere afterwards", "[wizard][unlock]")
{
    UnlockingPerson world;
    world.answered = true;
    Wizard wizard(world.engine());
    auto *unlock = wizard.find<QPushButton>("unlock");
    REQUIRE(waitFor([&] { return unlock->isEnabled(); }));
    CHECK((unlock->focusPolicy() & Qt::TabFocus) != 0);
    unlock->setFocus();
    QTest::keyClick(unlock, Qt::Key_Space);
    CHECK(waitsFor(wizard, u"Unlocked"_s));
    REQUIRE(QApplication::focusWidget() != nullptr);
    CHECK(QApplication::focusWidget()->isEnabled());
}

TEST_CASE("a refusal is told, and Unlock can be tried again", "[wizard][unlock]")
{
    UnlockingPerson world;
    world.answered = true;
    world.granted = false;
    Wizard wizard(world.engine());
    const auto *unlock = wizard.find<QPushButton>("unlock");
    REQUIRE(waitFor([&] { return unlock->isEnabled(); }));
    wizard.click("unlock");
    CHECK(waitsFor(wizard, u"were not granted"_s));
    CHECK(unlock->isEnabled());
    wizard.diagnose();
    CHECK_FALSE(world.planned);
    wizard.window->show(ChapterId::Start);
    world.granted = true;
    wizard.click("unlock");
    CHECK(waitsFor(wizard, u"Unlocked"_s));
    CHECK(world.asked == 2);
}

TEST_CASE("where nothing is to be added Unlock is disabled, with the reason", "[wizard][unlock]")
{
    const Wizard wizard(engineGiving(guestDropsEcho()));
    REQUIRE(waitsFor(wizard, u"Nothing to unlock here."_s));
    CHECK_FALSE(wizard.find<QPushButton>("unlock")->isEnabled());
}

TEST_CASE("a window that is closed while somebody should type ends at once", "[wizard][unlock]")
{
    UnlockingPerson world;
    const auto begin = std::chrono::steady_clock::now();
    {
        Wizard wizard(world.engine());
        REQUIRE(waitFor([&] { return wizard.find<QPushButton>("unlock")->isEnabled(); }));
        wizard.click("unlock");
        REQUIRE(waitFor([&] { return world.asked == 1; }));
    }
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}
