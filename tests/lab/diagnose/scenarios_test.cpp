// SPDX-License-Identifier: GPL-3.0-or-later
// Faults told by small text files (scenario.h), each found, named, mended word for word and undone; a table of all is printed.
//   BOTHWAYS_SCENARIOS   "all", a name, or a part of a name; otherwise a third of them, which changes with the day
//   BOTHWAYS_SHARE       "2/4": every fourth of those, from the second
#include "catch.h"

#include "diagnose/scenario.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iomanip>
#include <iostream>

using namespace bothways::lab;

namespace {

std::vector<std::string> all()
{
    std::vector<std::string> paths;
    for (const auto &entry : std::filesystem::directory_iterator(BOTHWAYS_SCENARIO_FOLDER)) {
        paths.push_back(entry.path().string());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::vector<std::string> wanted()
{
    const auto *asked = std::getenv("BOTHWAYS_SCENARIOS");
    const std::string which = asked == nullptr ? "" : asked;
    const auto paths = all();
    const auto day =
        std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch()).count() / 24;
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const bool turn =
            which.empty() ? i % 3 == static_cast<std::size_t>(day % 3)
                          : which == "all" || std::filesystem::path(paths[i]).stem().string().find(which) != std::string::npos;
        if (turn) {
            chosen.push_back(paths[i]);
        }
    }
    std::size_t share = 1;
    std::size_t shares = 1;
    if (const auto *text = std::getenv("BOTHWAYS_SHARE")) {
        share = std::strtoul(text, nullptr, 10);
        shares = std::strtoul(std::string(text).substr(std::string(text).find('/') + 1).c_str(), nullptr, 10);
    }
    std::vector<std::string> mine;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (i % shares == share - 1) {
            mine.push_back(chosen[i]);
        }
    }
    return mine;
}

void print(const Scenario &scenario, const Outcome &outcome)
{
    std::cout << std::left << std::setw(42) << scenario.name << ' ';
    if (outcome.skipped) {
        std::cout << "not here: the kernel lacks it\n";
        return;
    }
    std::cout << std::setw(44) << (outcome.told.empty() ? "no fault" : outcome.told) << ' ' << std::setw(9) << outcome.grade
              << ' ' << std::setw(32) << outcome.stage << ' ' << (outcome.mended ? "mended " : "-      ")
              << (outcome.undone ? "undone " : "-      ") << std::fixed << std::setprecision(1) << outcome.seconds << " s  "
              << (outcome.faults.empty() ? "ok" : "WRONG") << "  " << outcome.object.substr(0, 80) << '\n';
    for (const auto &fault : outcome.faults) {
        std::cout << "    ! " << fault << '\n';
    }
    std::cout.flush();
}

} // namespace

TEST_CASE("scenarios: each fault is found, mended and undone", "[scenarios]")
{
    require();
    const auto paths = wanted();
    REQUIRE_FALSE(paths.empty());
    for (const auto &path : paths) {
        const auto scenario = readScenario(path);
        Outcome outcome;
        try {
            outcome = play(scenario);
        } catch (const std::exception &error) {
            outcome.faults.push_back(error.what()); // the others are played all the same
        }
        print(scenario, outcome);
        INFO(scenario.name << ": " << scenario.title);
        CHECK(outcome.faults.empty());
    }
}
