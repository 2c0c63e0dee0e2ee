// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "conclusion/conclusion.h"
#include "evidence/session_file.h"
#include "models/cause_model.h"
#include "models/finding_model.h"
#include "models/journey_model.h"
#include "models/vm_model.h"
#include "shown/journey_timeline.h"
#include "support.h"
#include "wizard/rail.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace Qt::Literals::StringLiterals;
namespace ui = bothways::ui;
namespace evidence = bothways::evidence;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;

} // namespace

TEST_CASE("the table of VMs shows what the inventory holds", "[models]")
{
    ui::test::application();
    ui::VmModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    CHECK(model.rowCount() == 0);
    model.setInventory(ui::test::inventory());
    REQUIRE(model.rowCount() == 1);
    const auto at = [&](int column) { return model.index(0, column).data().toString(); };
    CHECK(at(ui::VmModel::Name) == u"db7");
    CHECK(at(ui::VmModel::State) == u"running");
    CHECK(at(ui::VmModel::Hypervisor) == u"libvirt");
    CHECK(at(ui::VmModel::Mode) == u"NAT “default”");
    CHECK(at(ui::VmModel::Addresses) == u"192.168.122.77");
    CHECK(at(ui::VmModel::Mac) == u"52:54:00:77:aa:07");
    CHECK(model.vm(model.index(0, 0))->name == u"db7");
    CHECK(model.vm({}) == nullptr);
}

TEST_CASE("of many addresses the table shows one that can be typed and how many more there are; the tool tip has all", "[models]")
{
    ui::test::application();
    ui::VmModel model;
    auto inventory = ui::test::inventory();
    auto &addresses = inventory.vms.front().interfaces.front().addresses;
    addresses.insert(addresses.begin(),
                     {evidence::VmAddress{.prefix = *bothways::net::Prefix::parse("fe80::5054:ff:fe77:aa07/64"),
                                          .source = evidence::AddressSource::Agent},
                      evidence::VmAddress{.prefix = *bothways::net::Prefix::parse("2001:db8::7/64"),
                                          .source = evidence::AddressSource::Agent}});
    model.setInventory(inventory);
    const auto cell = model.index(0, ui::VmModel::Addresses);
    CHECK(cell.data().toString() == u"192.168.122.77 +2");
    for (const auto *address : {"2001:db8::7", "192.168.122.77", "fe80::5054:ff:fe77:aa07"}) {
        CHECK(cell.data(Qt::ToolTipRole).toString().contains(QLatin1String(address)));
        CHECK(cell.data(Qt::AccessibleTextRole).toString().contains(QLatin1String(address)));
    }
}

TEST_CASE("a refresh with the same VMs keeps the rows, another set resets them", "[models]")
{
    ui::test::application();
    ui::VmModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    model.setInventory(ui::test::inventory());
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    auto inventory = ui::test::inventory();
    model.setInventory(inventory);
    CHECK(changes.isEmpty());
    inventory.vms.front().state = evidence::VmState::Paused;
    model.setInventory(inventory);
    CHECK(resets.isEmpty());
    CHECK(changes.size() == 1);
    inventory.vms.clear();
    model.setInventory(inventory);
    CHECK(resets.size() == 1);
    CHECK(model.rowCount() == 0);
}

TEST_CASE("a tool tip of the table cannot be markup", "[models]")
{
    ui::test::application();
    ui::VmModel model;
    model.setInventory(ui::test::inventory(u"<img src='http://example.invalid/x'>"_s));
    CHECK(model.index(0, 0).data().toString() == u"<img src='http://example.invalid/x'>");
    CHECK_FALSE(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(u"<img"));
}

TEST_CASE("the checks of a chapter are all listed, with and without results", "[models]")
{
    ui::test::application();
    std::size_t listed = 0;
    const auto conclusion = bothways::conclusion::conclude(ui::test::guestDropsEcho());
    for (const auto chapter :
         {bothways::checks::Chapter::Preparation, bothways::checks::Chapter::Physical, bothways::checks::Chapter::DataLink,
          bothways::checks::Chapter::Network, bothways::checks::Chapter::Transport, bothways::checks::Chapter::Policy}) {
        ui::FindingModel model(chapter);
        const QAbstractItemModelTester tester(&model, fatal);
        listed += static_cast<std::size_t>(model.rowCount());
        REQUIRE(model.rowCount() > 0);
        CHECK(model.state(0) == ui::style::State::Open);
        CHECK(model.finding(model.index(0)) == nullptr);
        model.setFindings(conclusion.findings);
        for (int row = 0; row < model.rowCount(); ++row) {
            CHECK(model.finding(model.index(row)) != nullptr);
            CHECK(model.state(row) != ui::style::State::Open);
            CHECK_FALSE(model.index(row).data(Qt::AccessibleTextRole).toString().isEmpty());
        }
        model.setRunning(true);
        CHECK(model.state(0) == ui::style::State::Running);
    }
    CHECK(listed == bothways::checks::table().size());
}

TEST_CASE("causes keep the order of the diagnosis", "[models]")
{
    ui::test::application();
    ui::CauseModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    const auto diagnosis = bothways::conclusion::conclude(ui::test::guestDropsEcho()).diagnosis;
    model.setCauses(diagnosis.causes);
    REQUIRE(model.rowCount() == static_cast<int>(diagnosis.causes.size()));
    REQUIRE(model.rowCount() > 0);
    CHECK(model.cause(model.index(0))->id == diagnosis.causes.front().id);
    CHECK(model.index(0).data(ui::CauseModel::ProbabilityRole).toDouble() == Approx(diagnosis.causes.front().probability));
    model.setCauses({});
    CHECK(model.rowCount() == 0);
}

TEST_CASE("journeys of one kind and fate are a row", "[models]")
{
    ui::test::application();
    ui::JourneyModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    CHECK(model.rowCount() == 0);
    const auto recorded = evidence::load(u":/demos/seed-topology.bothways"_s);
    REQUIRE(recorded);
    const auto journeys = bothways::shown::journeysOf(bothways::facts::Case(*recorded));
    REQUIRE_FALSE(journeys.groups.empty());
    model.setGroups(journeys.groups);
    REQUIRE(model.rowCount() == static_cast<int>(journeys.groups.size()));
    for (int row = 0; row < model.rowCount(); ++row) {
        CHECK(model.group(model.index(row)) != nullptr);
        CHECK_FALSE(model.index(row).data(Qt::AccessibleTextRole).toString().isEmpty());
    }
    CHECK(model.group({}) == nullptr);
    model.setGroups({});
    CHECK(model.rowCount() == 0);
}

TEST_CASE("the rail says each state in words", "[models]")
{
    ui::test::application();
    ui::RailModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    model.setState(1, ui::style::State::Failed);
    CHECK(model.index(1).data(Qt::AccessibleTextRole).toString().contains(ui::style::word(ui::style::State::Failed)));
    CHECK(model.index(0).data(Qt::AccessibleTextRole).toString().contains(ui::style::word(ui::style::State::Open)));
}
