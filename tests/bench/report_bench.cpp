// SPDX-License-Identifier: GPL-3.0-or-later
#include "../unit/facts/builder.h"
#include "recorded.h"

#include "conclusion/conclusion.h"
#include "evidence/session_file.h"
#include "report/writers.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bothways;

namespace {

constexpr int leastRules = 4900;
constexpr double mostBesideReading = 2; ///< the whole report, beside reading both rulesets once
constexpr double leastGain = 2;         ///< beside an earlier program

/// Milliseconds of processor time.
double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

double processMilliseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double milliseconds(const timeval &time)
{
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

double programMilliseconds(std::vector<std::string> words)
{
    std::vector<char *> argv;
    for (auto &word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    pid_t pid = 0;
    const int failed = ::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    rusage usage{};
    // It ends with 1, since there is a fault.
    if (failed != 0 || ::wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        throw std::runtime_error(words[0] + " failed");
    }
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}

filter::Ruleset read(const std::string &json)
{
    filter::Ruleset rules;
    if (const auto added = rules.addNftJson(json); !added) {
        throw std::runtime_error(added.error().message);
    }
    return rules;
}

bool besideReading(const evidence::Evidence &evidence, const std::string &json, int rounds)
{
    std::vector<double> reading;
    std::vector<double> reporting;
    for (int i = 0; i < rounds; ++i) {
        const auto start = processMilliseconds();
        for (int machine = 0; machine < 2; ++machine) {
            read(json);
        }
        const auto between = processMilliseconds();
        if (report::toHtml(conclusion::conclude(evidence)).isEmpty()) {
            throw std::runtime_error("no report");
        }
        reading.push_back(between - start);
        reporting.push_back(processMilliseconds() - between);
    }
    const double ratio = median(reporting) / median(reading);
    std::cout << std::fixed << std::setprecision(1) << "HTML report, two rulesets of 5,000 rules: " << median(reporting)
              << " ms, reading both once " << median(reading) << " ms, ratio " << std::setprecision(2) << ratio << ", n "
              << rounds << '\n';
    return ratio <= mostBesideReading;
}

bool besideEarlier(const evidence::Evidence &evidence, const std::string &ours, const std::string &earlier, int rounds)
{
    const QTemporaryDir folder;
    const auto session = folder.filePath(QStringLiteral("two-rulesets.bothways"));
    if (const auto saved = evidence::save(evidence, session); !saved) {
        throw std::runtime_error(saved.error().message.toStdString());
    }
    const auto page = folder.filePath(QStringLiteral("report.html")).toStdString();
    const auto run = [&](const std::string &program) {
        return programMilliseconds({program, "diagnose", "--session", session.toStdString(), "--html", page});
    };
    std::vector<double> now;
    std::vector<double> before;
    for (int i = 0; i < rounds; ++i) {
        before.push_back(run(earlier));
        now.push_back(run(ours));
    }
    const double ratio = median(before) / median(now);
    std::cout << std::fixed << std::setprecision(1) << "bothways-cli --html: " << median(now) << " ms, " << earlier << ' '
              << median(before) << " ms, " << std::setprecision(2) << ratio << " times as fast, n " << rounds << '\n';
    return ratio >= leastGain;
}

bool run(int rounds, const std::string &ours, const std::string &earlier)
{
    const auto json = filter::test::recordedText("many-nft", "nft.json");
    if (json.empty() || read(json).ruleCount() < leastRules) {
        throw std::runtime_error("the recorded ruleset many-nft is not there, or has not about 5,000 rules");
    }
    auto evidence = test::oneWay();
    const auto dump = test::dump(evidence::RulesetFormat::NftJson, {}, QString::fromStdString(json));
    evidence.host.value.rulesets = {dump};
    evidence.guest.value.facts.rulesets = {dump};
#ifndef NDEBUG
    std::cout << "debug: not what users get\n";
#endif
    const bool fine = besideReading(evidence, json, rounds);
    return (earlier.empty() || besideEarlier(evidence, ours, earlier, rounds)) && fine;
}

} // namespace

int main(int argc, char **argv)
{
    constexpr int usual = 15;
    const QCoreApplication application(argc, argv);
    try {
        const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : usual;
        const auto ours = std::filesystem::path(argv[0]).parent_path() / "bothways-cli";
        return run(rounds, ours.string(), argc > 2 ? argv[2] : "") ? 0 : 1;
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
