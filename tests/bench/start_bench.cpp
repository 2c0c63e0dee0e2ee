// SPDX-License-Identifier: GPL-3.0-or-later
// How long bothways-cli takes to start, and how much memory: see README.md here.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

namespace {

constexpr double mostMilliseconds = 12;
constexpr long mostKibibytes = 12 * 1024;

struct Start {
    double milliseconds = 0;
    long kibibytes = 0;
};

Start start()
{
    posix_spawn_file_actions_t silent;
    posix_spawn_file_actions_init(&silent);
    posix_spawn_file_actions_addopen(&silent, 1, "/dev/null", O_WRONLY, 0);
    char program[] = BOTHWAYS_CLI;
    char option[] = "--version";
    char *words[] = {program, option, nullptr};
    const auto begin = std::chrono::steady_clock::now();
    pid_t child = 0;
    int status = 0;
    rusage used{};
    if (::posix_spawn(&child, program, &silent, nullptr, words, environ) != 0 || ::wait4(child, &status, 0, &used) != child ||
        status != 0) {
        std::fputs("bothways-cli does not start\n", stderr);
        std::exit(2);
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    posix_spawn_file_actions_destroy(&silent);
    return {took.count(), used.ru_maxrss};
}

} // namespace

int main(int argc, char **argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 100;
    std::vector<Start> all;
    for (int i = 0; i < rounds; ++i) {
        all.push_back(start());
    }
    std::sort(all.begin(), all.end(), [](const Start &a, const Start &b) { return a.milliseconds < b.milliseconds; });
    const auto &best = all.front();
    const auto &middle = all[all.size() / 2];
    std::printf("start: quickest %.1f ms, median %.1f ms, %ld KiB\n", best.milliseconds, middle.milliseconds, best.kibibytes);
    return best.milliseconds <= mostMilliseconds && best.kibibytes <= mostKibibytes ? 0 : 1;
}
