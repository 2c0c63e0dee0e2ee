// SPDX-License-Identifier: GPL-3.0-or-later
// Run by rights_outside_test.cpp as user 65534 inside the host's namespace, with bothways-helper beside this program.
#include "catch.h"

#include "helper/support.h"
#include "person.h"
#include "state/file_chooser.h"
#include "wizard/contents.h"
#include "wizard/wizard_program.h"
#include "world/here/here.h"

#include <QTest>

#include <unistd.h>

using namespace Qt::Literals::StringLiterals;
using namespace bothways;
using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

constexpr int longRun = 40'000;
const std::string none = "0000000000000000";
const std::string netRawAndAdmin = "0000000000003000";

struct Window {
    Window()
    {
        application();
        program = std::make_unique<WizardProgram>(liveEngine(bothways::world::here()), files,
                                                  WizardProgram::Opening{.session = {}, .language = u"en"_s});
        REQUIRE(QTest::qWaitForWindowActive(&program->window()));
        REQUIRE(waitFor([&] { return !Person(program->window()).page().isEmpty(); })); // after the first frame
    }
    ~Window() { program->window().close(); }
    Window(const Window &) = delete;
    Window &operator=(const Window &) = delete;

    FileChooser files;
    std::unique_ptr<WizardProgram> program;
};

void expectNoCapability()
{
    const auto own = lab::statusOf("self");
    CHECK(own.at("Uid") == "65534\t65534\t65534\t65534");
    CHECK(own.at("CapPrm") == none);
    CHECK(own.at("CapEff") == none);
    CHECK(own.at("CapInh") == none);
    CHECK(own.at("CapAmb") == none);
}

/// Sees the helper at work while the run goes on.
void diagnoseWithHelper(WizardProgram &program, const Person &person)
{
    person.type(u"typedTarget"_s, u"10.9.0.10"_s);
    person.click(u"diagnoseTyped"_s);
    REQUIRE(waitFor([&] { return program.controller().isRunning(); }));
    std::vector<int> helpers;
    REQUIRE(waitFor([&] {
        helpers = lab::helpersOf(::getpid());
        return !helpers.empty();
    }));
    auto their = lab::statusOf(std::to_string(helpers.front()));
    // It has just begun: on a busy machine it is met before it has dropped the rest.
    CHECK(waitFor([&] {
        their = lab::statusOf(std::to_string(helpers.front()));
        return their.at("CapEff") == netRawAndAdmin;
    }));
    CHECK(their.at("CapPrm") == netRawAndAdmin);
    CHECK(their.at("CapEff") == netRawAndAdmin);
    CHECK(their.at("Uid") == "65534\t65534\t65534\t65534");
    expectNoCapability();
    REQUIRE(waitFor([&] { return !program.controller().isRunning(); }, longRun));
    const auto &causes = program.controller().conclusion()->diagnosis.causes;
    REQUIRE_FALSE(causes.empty());
    CHECK(causes.front().id == diagnosis::CauseClass::HostFirewall);
    CHECK(program.controller().evidence()->rights.value.helped);
    program.window().show(ChapterId::Diagnosis);
    CHECK(person.lead().startsWith(u"Proven"));
}

} // namespace

TEST_CASE("inside: the helper beside the program carries capabilities", "[.][helper-beside]")
{
    const Window window;
    const Person person(window.program->window());
    REQUIRE(waitFor([&] { return person.text(u"unlockNote"_s).contains(u"Nothing more to unlock"); }));
    CHECK_FALSE(person.canUse(u"unlock"_s));
    CHECK(waitFor([&] { return person.read().contains(u"firewall rules: read"); }));
    diagnoseWithHelper(*window.program, person);
}

TEST_CASE("inside: Unlock is granted", "[.][unlock-granted]")
{
    const Window window;
    const Person person(window.program->window());
    REQUIRE(waitFor([&] { return person.canUse(u"unlock"_s); }));
    CHECK(waitFor([&] { return person.read().contains(u"firewall rules: not readable"); }));
    person.click(u"unlock"_s);
    REQUIRE(waitFor([&] { return person.text(u"unlockNote"_s).contains(u"Unlocked until this window closes"); }));
    CHECK(waitFor([&] { return person.read().contains(u"firewall rules: read"); }));
    // One that answers and one that captures meanwhile, started at once, while polkit remembers the password.
    const auto helpers = lab::helpersOf(::getpid());
    REQUIRE(helpers.size() == 2);
    diagnoseWithHelper(*window.program, person);
    // The same ones for every run, without another question.
    window.program->controller().checkAgain();
    REQUIRE(waitFor([&] { return window.program->controller().isRunning(); }));
    REQUIRE(waitFor([&] { return !window.program->controller().isRunning(); }, longRun));
    CHECK(window.program->controller().evidence()->rights.value.helped);
    // And one that was cancelled in the middle.
    window.program->controller().checkAgain();
    QTest::qWait(500);
    window.program->controller().cancel();
    REQUIRE(waitFor([&] { return !window.program->controller().isRunning(); }, longRun));
    CHECK(lab::helpersOf(::getpid()) == helpers);
}

TEST_CASE("inside: Unlock is refused", "[.][unlock-refused]")
{
    const Window window;
    const Person person(window.program->window());
    REQUIRE(waitFor([&] { return person.canUse(u"unlock"_s); }));
    person.click(u"unlock"_s);
    CHECK(waitFor([&] { return person.text(u"unlockNote"_s).contains(u"were not granted"); }));
    CHECK(person.canUse(u"unlock"_s));
    CHECK(waitFor([&] { return person.read().contains(u"firewall rules: not readable"); }));
    CHECK(lab::helpersOf(::getpid()).empty());
    expectNoCapability();
}
