// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// One run of a program whose output goes nowhere.
struct Run {
    double seconds = 0;   ///< wall
    double processor = 0; ///< seconds, user and system
    long memory = 0;      ///< peak, KiB
};

double seconds(const timeval &time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; }

Run measure(std::vector<std::string> words)
{
    std::vector<char *> argv;
    for (auto &word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    const auto start = std::chrono::steady_clock::now();
    pid_t pid = 0;
    const int failed = ::posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    rusage usage{};
    // flows ends with 1, since there are lost pings.
    if (failed != 0 || ::wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        throw std::runtime_error(words[0] + " failed");
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
    return {wall.count(), seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss};
}

double medianOf(std::vector<Run> runs, double Run::*part)
{
    std::sort(runs.begin(), runs.end(), [part](const Run &a, const Run &b) { return a.*part < b.*part; });
    return runs.at(runs.size() / 2).*part;
}

void run(const std::string &cli, std::uint64_t packets, int rounds, bool withTshark)
{
    const auto path =
        (std::filesystem::temp_directory_path() / ("bothways-flows-" + std::to_string(::getpid()) + ".pcap")).string();
    struct Removed {
        const std::string &path;
        ~Removed() { std::filesystem::remove(path); }
    } const removed{path};
    std::FILE *file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) {
        throw std::runtime_error("cannot write " + path);
    }
    bothways::test::MakeOptions options;
    options.packets = packets;
    const auto made = bothways::test::makeCapture(file, options);
    std::fclose(file);
    std::cout << made.packets << " packets, " << std::filesystem::file_size(path) / 1'000'000 << " MB\n";

    std::vector<std::pair<std::string, std::vector<std::string>>> programs{
        {"flows", {cli, "flows", path, "--json", "-"}}, {"tcpdump", {"tcpdump", "-r", path, "-w", "/dev/null"}}};
    if (withTshark) {
        programs.push_back({"tshark", {"tshark", "-r", path, "-Y", "icmp", "-T", "fields", "-e", "icmp.seq"}});
    }
    measure(programs[1].second); // the file is in memory for all
    std::map<std::string, std::vector<Run>> runs;
    for (int i = 0; i < rounds; ++i) {
        for (const auto &[name, words] : programs) {
            if (name != "tshark" || i == 0) {
                runs[name].push_back(measure(words));
            }
        }
    }
    for (const auto &[name, words] : programs) {
        long memory = 0;
        for (const auto &each : runs[name]) {
            memory = std::max(memory, each.memory);
        }
        std::cout << std::fixed << std::setprecision(3) << std::setw(8) << name << " wall " << medianOf(runs[name], &Run::seconds)
                  << " s, processor " << medianOf(runs[name], &Run::processor) << " s, peak " << std::setprecision(1)
                  << static_cast<double>(memory) / 1024 << " MiB, n " << runs[name].size() << "; times flows: wall "
                  << std::setprecision(2) << medianOf(runs[name], &Run::seconds) / medianOf(runs["flows"], &Run::seconds)
                  << ", processor " << medianOf(runs[name], &Run::processor) / medianOf(runs["flows"], &Run::processor) << '\n';
    }
}

} // namespace

int main(int argc, char **argv)
{
    try {
        const auto packets = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000ULL;
        const int rounds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 9;
        const bool withTshark = argc <= 3 || std::string(argv[3]) != "no-tshark";
        run((std::filesystem::path(argv[0]).parent_path() / "bothways-cli").string(), packets, rounds, withTshark);
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
