// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/walk/hook_walk.h"
#include "lab.h"
#include "recorded.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <functional>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bothways;
using filter::Hook;

namespace {

/// Microseconds.
struct Sample {
    std::vector<double> values;

    double at(double share)
    {
        std::sort(values.begin(), values.end());
        return values.at(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
    }
    double median() { return at(0.5); }
    double p95() { return at(0.95); }
};

double processMicroseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double microseconds(const timeval &time) { return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec); }

/// Processor time of a program whose output goes nowhere; it runs in the namespace of the calling thread.
double programMicroseconds(std::vector<std::string> words)
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
    if (failed != 0 || ::wait4(pid, &status, 0, &usage) != pid || status != 0) {
        throw std::runtime_error(words[0] + " failed");
    }
    return microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
}

void printPair(const std::string &what, Sample &ours, Sample &theirs)
{
    std::cout << std::fixed << std::setprecision(1) << std::setw(44) << std::left << what << std::right << " ours "
              << std::setw(8) << ours.median() / 1000 << " ms (p95 " << ours.p95() / 1000 << "), theirs " << std::setw(8)
              << theirs.median() / 1000 << " ms (p95 " << theirs.p95() / 1000 << "), ratio " << std::setprecision(2)
              << ours.median() / theirs.median() << ", n " << ours.values.size() << '\n';
}

void requireMany(const filter::Ruleset &rules, const std::string &what)
{
    constexpr int many = 4900;
    if (rules.ruleCount() < many) {
        throw std::runtime_error(what + ": " + std::to_string(rules.ruleCount()) + " rules, not about 5,000");
    }
}

/// Both in turns, so that whatever else the machine does meets both.
void compareReading(const lab::Namespace &machine, int rounds, const std::string &what, const std::vector<std::string> &lister,
                    const std::function<void(filter::Ruleset &)> &read)
{
    Sample ours;
    Sample theirs;
    machine.enter([&] {
        for (int i = 0; i < rounds; ++i) {
            theirs.values.push_back(programMicroseconds(lister));
            const auto start = processMicroseconds();
            filter::Ruleset rules;
            read(rules);
            ours.values.push_back(processMicroseconds() - start);
            requireMany(rules, what);
        }
    });
    printPair(what, ours, theirs);
}

void require(const tl::expected<void, filter::ParseError> &result)
{
    if (!result) {
        throw std::runtime_error(result.error().message);
    }
}

/// Nothing is quick to read: without the recorded rules there is nothing to measure.
std::string recordedRules(const char *name, const char *file)
{
    auto text = filter::test::recordedText(name, file);
    if (text.empty()) {
        throw std::runtime_error(std::string("no recorded rules: ") + name + ' ' + file);
    }
    return text;
}

/// For a program that reads files; gone with the object.
class TextFile {
public:
    explicit TextFile(const std::string &text)
    {
        const int file = ::mkstemp(m_path.data());
        const bool written = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
        if (file >= 0) {
            ::close(file);
        }
        if (!written) {
            throw std::runtime_error("no file can be written");
        }
    }
    ~TextFile() { ::unlink(m_path.c_str()); }
    TextFile(const TextFile &) = delete;
    TextFile &operator=(const TextFile &) = delete;
    TextFile(TextFile &&) = delete;
    TextFile &operator=(TextFile &&) = delete;
    const std::string &path() const { return m_path; }

private:
    std::string m_path = "/tmp/bothways-bench-XXXXXX";
};

filter::Packet packet(const char *source, int protocol, int port)
{
    filter::Packet made;
    made.source = *net::IpAddress::parse(source);
    made.destination = *net::IpAddress::parse(made.source.isV4() ? "10.9.0.10" : "fd09::10");
    made.protocol = protocol;
    made.inputInterface = "eth0";
    if (protocol == 6 || protocol == 17) {
        made.sourcePort = 40000;
        made.destinationPort = port;
    }
    return made;
}

void measureVerdicts(const std::string &name, int rounds)
{
    constexpr int repeats = 200;
    const auto rules = filter::test::readRecorded(name);
    requireMany(rules, name);
    // The first ends before the chains of the networks, the second deep in one of them, the third in the last, the fourth behind
    // all.
    const std::vector<filter::Packet> packets{packet("172.18.9.1", 1, 0), packet("10.25.9.9", 1, 0),
                                              packet("10.49.15.99", 17, 53), packet("10.200.0.1", 1, 0),
                                              packet("10.7.3.3", 6, 85)};
    Sample sample;
    for (int i = 0; i < rounds; ++i) {
        for (const auto &each : packets) {
            const auto start = std::chrono::steady_clock::now();
            std::size_t passed = 0;
            for (int j = 0; j < repeats; ++j) {
                passed += filter::walk(rules, Hook::Input, each).path.size();
            }
            const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
            sample.values.push_back(took.count() / repeats);
            if (passed == 1) {
                std::cout << '\n'; // keeps the walk from being left out
            }
        }
    }
    std::cout << std::fixed << std::setprecision(1) << std::setw(44) << std::left << "one traced verdict, " + name << std::right
              << " median " << sample.median() << " us, p95 " << sample.p95() << " us, n " << sample.values.size() << " x "
              << repeats << '\n';
}

void run(int rounds)
{
    lab::require();
    const lab::Namespace machine("bench");
    utsname system{};
    ::uname(&system);
    std::cout << "kernel " << system.release << ", " << machine.must("nft --version; iptables-legacy --version") << "compiler "
              << __VERSION__
#ifdef NDEBUG
              << ", release\n";
#else
              << ", debug: not what users get\n";
#endif
    const auto text = recordedRules("many-nft", "nft.txt");
    const TextFile file(text);
    compareReading(machine, rounds, "5,000 rules of text, nft -c -f", {"nft", "-c", "-f", file.path()},
                   [&text](filter::Ruleset &rules) { require(rules.addNftText(text)); });
    machine.nft(text);
    const auto json = machine.must("nft -j list ruleset");
    compareReading(machine, rounds, "5,000 rules, nft -j list ruleset", {"nft", "-j", "list", "ruleset"},
                   [&json](filter::Ruleset &rules) { require(rules.addNftJson(json)); });
    const auto loaded = machine.run({"iptables-legacy-restore"}, recordedRules("many-iptables", "iptables-legacy.save"));
    if (!loaded.ok()) {
        throw std::runtime_error(loaded.describe());
    }
    const auto save = machine.must("iptables-legacy-save -c");
    compareReading(machine, rounds, "5,000 rules, iptables-legacy-save -c", {"iptables-legacy-save", "-c"},
                   [&save](filter::Ruleset &rules) { require(rules.addIptablesSave(save, net::Family::v4, "legacy")); });
    measureVerdicts("many-nft", rounds);
    measureVerdicts("many-iptables", rounds);
}

} // namespace

int main(int argc, char **argv)
{
    constexpr int usual = 25;
    try {
        run(argc > 1 ? std::max(1, std::atoi(argv[1])) : usual);
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
