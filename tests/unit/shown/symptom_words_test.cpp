// SPDX-License-Identifier: GPL-3.0-or-later
// The symptom in words: what was not measured never looks good or bad, and reports and windows say the same.
#include "catch.h"

#include "../conclusion/cases.h"
#include "shown/symptom_words.h"

using namespace bothways;
using namespace bothways::test;
using facts::CellState;
using shown::Mood;

TEST_CASE("a symptom that nobody observed says so in every cell")
{
    for (const auto &row : shown::symptomRows({})) {
        INFO(row.title.toStdString());
        CHECK_FALSE(row.title.isEmpty());
        for (const auto &cell : {row.hostToVm, row.vmToHost}) {
            CHECK(cell.mood == Mood::NotMeasured);
            CHECK(cell.brief == u"not measured"_s);
            CHECK(cell.text.state == u"not measured"_s);
            CHECK(cell.closer.isEmpty());
        }
    }
}

TEST_CASE("pings that were never sent are not measured, with the reason")
{
    facts::IcmpCell none;
    none.detail = u"refused by our own filter (EPERM)"_s;
    const auto cell = shown::cellOf(std::optional(none));
    CHECK(cell.mood == Mood::NotMeasured);
    CHECK(inLine(cell.text) == u"not measured · refused by our own filter (EPERM)"_s);
    CHECK(cell.closer == QStringList{none.detail});
}

TEST_CASE("what is so and how that looks belong together")
{
    const auto rows = shown::symptomRows(conclusion::conclude(guestDrops()).given->symptom);
    CHECK(rows[0].hostToVm.mood == Mood::Bad);
    CHECK(rows[0].hostToVm.text.state.startsWith(u"0 of "_s));
    CHECK(rows[0].vmToHost.mood == Mood::Good);
    CHECK(rows[0].vmToHost.closer.front().startsWith(u"min "_s));
    const auto stateCell = [](CellState state, std::optional<bool> works) {
        facts::StateCell cell;
        cell.state = state;
        cell.works = works;
        cell.detail = u"why"_s;
        return shown::cellOf(std::optional(cell));
    };
    CHECK(stateCell(CellState::Refused, true).mood == Mood::Good);
    CHECK(stateCell(CellState::Unreachable, false).mood == Mood::Bad);
    CHECK(stateCell(CellState::Unreachable, false).brief == u"unreachable"_s);
    CHECK(stateCell(CellState::NotTold, {}).brief == u"not measured"_s);
    CHECK(stateCell(CellState::NotTold, {}).closer == QStringList{u"why"_s});
}
