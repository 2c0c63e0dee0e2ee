// SPDX-License-Identifier: GPL-3.0-or-later
#include "lab.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bothways;

namespace {

/// Wall time of a program whose output goes nowhere; it runs in the namespace of the calling thread.
double wallSeconds(std::vector<std::string> words)
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
    // fping ends with 1 where not all answer.
    if (failed != 0 || ::waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        throw std::runtime_error(words[0] + " failed");
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double at(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

/// Both in turns, so that whatever else the machine does meets both; the neighbour table is emptied before each.
void compare(const std::string &what, const lab::Namespace &machine, const std::string &cli, int rounds)
{
    std::vector<double> ours;
    std::vector<double> theirs;
    std::vector<double> ratios;
    for (int i = 0; i < rounds; ++i) {
        machine.must("ip neigh flush all");
        machine.enter([&] { theirs.push_back(wallSeconds({"fping", "-q", "-c1", "-i", "0", "-g", "10.77.0.0/22"})); });
        machine.must("ip neigh flush all");
        machine.enter([&] { ours.push_back(wallSeconds({cli, "sweep", "10.77.0.0/22", "--json", "-"})); });
        ratios.push_back(ours.back() / theirs.back());
    }
    std::cout << std::fixed << std::setprecision(3) << std::setw(44) << std::left << what << std::right << " sweep "
              << at(ours, 0.5) << " s (p95 " << at(ours, 0.95) << "), fping " << at(theirs, 0.5) << " s (p95 " << at(theirs, 0.95)
              << "), ratio of each pair: median " << std::setprecision(2) << at(ratios, 0.5) << ", p95 " << at(ratios, 0.95)
              << ", n " << rounds << '\n';
}

void run(const std::string &cli, int rounds)
{
    lab::require();
    {
        const lab::Namespace alone("alone");
        alone.must("ip addr add 10.77.0.1/32 dev lo && ip route add local 10.77.0.0/22 dev lo");
        compare("1,022 addresses, all our own", alone, cli, rounds);
    }
    const lab::Namespace host("sweeper");
    const lab::Namespace guest("many");
    lab::connect(host, "eth0", guest, "eth0");
    host.address("eth0", "10.77.0.1/22");
    guest.address("eth0", "10.77.0.2/22");
    compare("1,022 addresses on a link, 2 live", host, cli, rounds);
    guest.must("ip route add local 10.77.1.0/24 dev eth0 && ip route add local 10.77.2.0/25 dev eth0");
    compare("1,022 addresses on a link, 386 live", host, cli, rounds);
    guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy accept;\n"
              " ip daddr 10.77.2.0/26 icmp type echo-request drop\n }\n}\n");
    compare("the same, 64 of them firewalled", host, cli, rounds);
}

} // namespace

int main(int argc, char **argv)
{
    constexpr int usual = 15;
    try {
        run((std::filesystem::path(argv[0]).parent_path() / "bothways-cli").string(),
            argc > 1 ? std::max(1, std::atoi(argv[1])) : usual);
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
