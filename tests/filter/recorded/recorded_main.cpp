// SPDX-License-Identifier: GPL-3.0-or-later
#include "recorded.h"
#include "shots.h"
#include "trace.h"
#include "visit.h"

#include <algorithm>
#include <exception>
#include <iomanip>
#include <iostream>
#include <optional>

#include <net/if.h>
#include <sched.h>

using namespace bothways;
using namespace bothways::kernel;

namespace {

struct Score {
    int compared = 0;
    int stopped = 0;
    int undecided = 0;
    int wrong = 0;
    int usedUp = 0; ///< differ where the answer says that it rests on a limit, which these very packets used up
    std::map<std::string, int> reasons;

    void add(const Score &other)
    {
        compared += other.compared;
        stopped += other.stopped;
        undecided += other.undecided;
        wrong += other.wrong;
        usedUp += other.usedUp;
    }
};

void pinToOneCpu()
{
    // Frames wait in a queue for each CPU: with one CPU they keep their order.
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(::sched_getcpu()), &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

/// All that the kernel shows until the fence has come by; nothing where some of it was lost.
std::optional<std::vector<Visit>> collectOnce(const World &world, const Site &site, Trace &trace)
{
    trace.receive(std::chrono::milliseconds(0));
    trace.reset();
    std::vector<Event> events;
    fireAll(world, site, [&] { // the socket holds only so many events
        const auto more = trace.receive(std::chrono::milliseconds(0));
        events.insert(events.end(), more.begin(), more.end());
    });
    fireFence(world);
    for (int i = 0; i < 300; ++i) {
        const auto more = trace.receive(std::chrono::milliseconds(20));
        events.insert(events.end(), more.begin(), more.end());
        const bool done = std::any_of(more.begin(), more.end(), [](const Event &event) {
            return event.network.size() > 5 && event.network[0] >> 4 == 4 && event.network[4] == fenceTag >> 8 &&
                   event.network[5] == (fenceTag & 0xff);
        });
        if (done) {
            break;
        }
    }
    if (trace.overrun()) {
        return std::nullopt;
    }
    auto visits = visitsOf(events);
    std::erase_if(visits, [](const Visit &visit) { return visit.tag() == fenceTag; });
    return visits;
}

/// A busy machine may read too late: the packets go out again.
std::vector<Visit> collect(const World &world, const Site &site, Trace &trace)
{
    constexpr int tries = 5;
    for (int i = 0; i < tries; ++i) {
        if (auto visits = collectOnce(world, site, trace)) {
            return std::move(*visits);
        }
    }
    throw std::runtime_error("events of the trace were lost, five times over");
}

/// What the machine itself knows beside the packet.
void complete(filter::Packet &packet, const Visit &visit, const Site &site)
{
    packet.ctStatus = (visit.tracked ? *visit.tracked : visit.entry).ctStatus;
    if (filter::isBridge(visit.hook)) {
        packet.inputInterface = packet.inputInterface.empty() ? "" : site.bridge;
        packet.outputInterface = packet.outputInterface.empty() ? "" : site.bridge;
        return;
    }
    const auto source = packet.source.toString();
    const auto near = [&source](const char *prefix) { return source.rfind(prefix, 0) == 0; };
    if (packet.inputInterface == "eth0") {
        packet.reversePath = near("10.9.0.") || near("fd09::");
    } else if (packet.inputInterface == site.bridge) {
        const auto inner = packet.source.isV4() ? site.inner4 : site.inner6;
        packet.reversePath = packet.source == inner ? std::optional(true) : std::nullopt;
    }
}

void judge(const filter::Ruleset &rules, const Visit &visit, const filter::Packet &packet, Score &score)
{
    const auto answer = filter::walk(rules, visit.hook, packet);
    if (answer.verdict == filter::Verdict::Undecided) {
        ++score.undecided;
        const auto &open = answer.undecided;
        ++score.reasons[open.empty() ? "no reason given" : open.front().expression + ": " + open.front().why];
        return;
    }
    ++score.compared;
    score.stopped += visit.passed ? 0 : 1;
    if (visit.passed == (answer.verdict == filter::Verdict::Accept)) {
        return;
    }
    if (!answer.assumptions.empty()) {
        ++score.usedUp;
        return;
    }
    ++score.wrong;
    if (score.wrong <= 5) {
        std::cout << "WRONG at " << name(visit.hook) << ": " << packet.source.toString() << " > " << packet.destination.toString()
                  << " protocol " << packet.protocol << " type " << packet.icmpType.value_or(-1) << " port "
                  << packet.destinationPort.value_or(-1) << " in " << packet.inputInterface << '/' << packet.inputPort << " out "
                  << packet.outputInterface << '/' << packet.outputPort << " ct " << name(packet.ct) << ": the kernel "
                  << (visit.passed ? "lets it pass" : "stops it") << ", the walk says " << name(answer.verdict) << " by "
                  << (answer.rule ? answer.rule->table + ' ' + answer.rule->chain + ": " + answer.rule->text : "nothing") << '\n';
    }
}

Score compareOne(const std::string &ruleset)
{
    const World world;
    const auto site = siteOf(ruleset);
    settle(world, site);
    std::unique_ptr<Nft> nft;
    std::unique_ptr<Trace> trace;
    std::map<std::uint32_t, std::string> names;
    world.box.enter([&] {
        nft = std::make_unique<Nft>();
        trace = std::make_unique<Trace>();
        for (const auto *device : {"lo", "eth0", "eth1", "vnet0", "vnet1", site.bridge}) {
            names[::if_nametoindex(device)] = device;
        }
        load(world, *nft, ruleset);
        if (const auto refusal = nft->run(oracleRules()); !refusal.empty()) {
            throw std::runtime_error(refusal);
        }
    });
    const auto rules = filter::test::readRecorded(ruleset);
    Score score;
    for (const auto &visit : collect(world, site, *trace)) {
        auto packet = packetOf(visit, names);
        if (packet && serviceOf(visit) == 0) {
            complete(*packet, visit, site);
            judge(rules, visit, *packet, score);
        }
    }
    return score;
}

int run(int count, char **names)
{
    lab::require();
    pinToOneCpu();
    Score all;
    std::string refused;
    const std::vector<std::string> given(names, names + count);
    for (const auto &ruleset : given.empty() ? filter::test::recordedNames() : given) {
        Score one;
        try {
            one = compareOne(ruleset);
        } catch (const Refused &error) {
            refused += ruleset + ": " + error.what() + '\n';
            continue;
        }
        std::cout << std::setw(24) << std::left << ruleset << std::right << std::setw(6) << one.compared << " verdicts compared,"
                  << std::setw(5) << one.stopped << " of them stopped," << std::setw(5) << one.undecided << " undecided,"
                  << std::setw(4) << one.usedUp << " at limits that are used up," << std::setw(4) << one.wrong << " wrong\n";
        for (const auto &[reason, times] : one.reasons) {
            std::cout << "    undecided " << times << " times: " << reason << '\n';
        }
        all.add(one);
        if (one.compared < 100) {
            std::cout << "too little to compare: the packets did not arrive\n";
            ++all.wrong;
        }
    }
    std::cout << all.compared << " verdicts of real tools' rulesets compared with the kernel's, " << all.stopped << " stopped, "
              << all.undecided << " undecided, " << all.usedUp << " at limits that are used up, " << all.wrong << " wrong\n";
    if (!refused.empty() && all.wrong == 0) {
        lab::skip("this system's kernel or programs do not take rulesets recorded on Debian 12: " + refused);
    }
    return all.wrong == 0 ? 0 : 1;
}

} // namespace

/// Usage: filter_recorded_test [RULESET...]
int main(int argc, char **argv)
{
    try {
        return run(argc - 1, argv + 1);
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
