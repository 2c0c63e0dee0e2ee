// SPDX-License-Identifier: GPL-3.0-or-later
#include "run.h"

#include "compare.h"
#include "filter/walk/path_walk.h"
#include "netlink.h"
#include "packet_generator.h"
#include "subject.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <stdexcept>

#include <net/if.h>
#include <sched.h>

namespace bothways::kernel {
namespace {

constexpr int mostShown = 5;

struct Score {
    int rulesets = 0;
    int compared = 0;
    int stopped = 0;
    int disagreements = 0;
    int undecided = 0;
    int partial = 0;
    int ways = 0;                          ///< of packets through several hooks
    std::map<std::string, int> reasons;    ///< why undecided
    std::map<std::string, int> notCounted; ///< why not compared
    std::map<std::string, int> visits;     ///< by hook
};

class Comparison {
public:
    explicit Comparison(const Options &options) : m_options(options) {}
    bool run();

private:
    void one(int number);
    std::vector<Visit> send(const std::vector<Shot> &shots);
    void judge(int number, const Visit &visit, const std::vector<Shot> &shots);
    void judgeWay(int number, const std::vector<const Visit *> &way, const std::vector<Shot> &shots);
    void judgeWays(int number, const std::vector<Visit> &visits, const std::vector<Shot> &shots);
    void count(int number, const Visit &visit, const filter::Packet &packet, const filter::Answer &answer,
               const std::vector<Shot> &shots);
    void checkSight(const Visit &visit, const filter::Answer &answer) const;
    std::string excluded(const Visit &visit, const std::vector<Shot> &shots) const;
    void show(int number, const Visit &visit, const filter::Packet &packet, const Finding &finding,
              const std::vector<Shot> &shots) const;
    void report(std::chrono::steady_clock::duration took) const;

    Options m_options;
    World m_world;
    std::unique_ptr<Subject> m_subject;
    std::unique_ptr<Trace> m_trace;
    std::unique_ptr<LegacyTrace> m_legacyTrace;
    std::map<std::uint32_t, std::string> m_names;
    Score m_score;
    bool m_finished = false; ///< a fault of the kernel ends our thread and leaves the program
};

void pinToOneCpu()
{
    // Frames wait in a queue for each CPU: with one CPU they keep their order.
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(::sched_getcpu()), &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

std::vector<Visit> Comparison::send(const std::vector<Shot> &shots)
{
    m_trace->receive(std::chrono::milliseconds(0));
    m_trace->reset();
    m_legacyTrace->receive();
    m_legacyTrace->reset();
    for (const auto &shot : shots) {
        fire(m_world, shot);
    }
    fire(m_world, fence());
    std::vector<Event> events;
    for (int i = 0; i < 200; ++i) {
        const auto more = m_trace->receive(std::chrono::milliseconds(20));
        events.insert(events.end(), more.begin(), more.end());
        auto visits = visitsOf(events);
        const bool done = std::any_of(visits.begin(), visits.end(), [](const Visit &visit) { return visit.tag() == fenceTag; });
        if (done) {
            std::erase_if(visits, [](const Visit &visit) { return visit.tag() == fenceTag; });
            addLegacy(visits, m_legacyTrace->receive());
            return visits;
        }
    }
    throw std::runtime_error("the fence did not arrive");
}

void Comparison::show(int number, const Visit &visit, const filter::Packet &packet, const Finding &finding,
                      const std::vector<Shot> &shots) const
{
    std::cout << "\nDISAGREEMENT: --seed " << m_options.seed << " --first " << number << " --rulesets 1 --packets "
              << m_options.packets << "\n"
              << m_subject->text() << "hook " << name(visit.hook) << " packet " << describe(packet) << '\n';
    const auto tag = visit.tag();
    if (tag >= 1 && tag <= shots.size()) {
        std::cout << "sent " << describe(shots[tag - 1U]) << '\n';
    }
    std::cout << "kernel: " << finding.kernel << "walk: " << finding.walk << std::flush;
}

/// Why the visit is none to compare; empty: it is one.
std::string Comparison::excluded(const Visit &visit, const std::vector<Shot> &shots) const
{
    const bool ours = visit.tag() >= 1 && visit.tag() <= shots.size();
    if (m_subject->hasXtables() && isIp(visit.hook) && !ours) {
        return "the kernel's own packets where legacy tables are: their trace names no packet";
    }
    if (serviceOf(visit) != 0) {
        return "a type of service, which the walk's packet does not have";
    }
    constexpr std::uint32_t confirmed = 0x8; // IPS_CONFIRMED
    const auto seen = visit.tracked ? visit.tracked->ctState : visit.entry.ctState;
    if (seen == 8U && (visit.status() & confirmed) != 0) {
        return "a connection still new, whose mark an earlier packet may have set";
    }
    constexpr std::uint32_t translated = 0x30; // IPS_NAT_MASK
    const bool translates = isIp(visit.hook) && visit.hook != filter::Hook::Forward;
    return translates && (visit.status() & translated) != 0 ? "a connection that an earlier packet had translated" : "";
}

void Comparison::judge(int number, const Visit &visit, const std::vector<Shot> &shots)
{
    const auto packet = packetOf(visit, m_names);
    const auto reason = packet ? excluded(visit, shots) : "headers cut short";
    if (!reason.empty()) {
        ++m_score.notCounted[reason];
        return;
    }
    constexpr std::uint32_t sourceDone = 0x80; // IPS_SRC_NAT_DONE: the chains of NAT are not asked again
    constexpr std::uint32_t destinationDone = 0x100;
    filter::Passing passing(*packet);
    if (visit.hook != filter::Hook::Prerouting && visit.hook != filter::Hook::Output) { // an earlier hook may have set it
        passing.blurred.set(static_cast<std::size_t>(filter::Key::CtMark));
    }
    passing.connection.source.decided = (visit.status() & sourceDone) != 0;
    passing.connection.destination.decided = (visit.status() & destinationDone) != 0;
    count(number, visit, *packet, filter::walk(m_subject->rules(), visit.hook, passing), shots);
}

void Comparison::count(int number, const Visit &visit, const filter::Packet &packet, const filter::Answer &answer,
                       const std::vector<Shot> &shots)
{
    if (visit.events.empty() && !answer.rule && visit.passed && answer.verdict == filter::Verdict::Accept) {
        return; // no rules at this hook
    }
    const auto finding = compare(*m_subject, visit, answer);
    if (finding.kind == Finding::Kind::Undecided) {
        ++m_score.undecided;
        ++m_score.reasons[finding.reason];
        return;
    }
    ++m_score.compared;
    ++m_score.visits[std::string(name(visit.hook))];
    m_score.stopped += finding.stopped ? 1 : 0;
    m_score.partial += finding.partial ? 1 : 0;
    constexpr int often = 100;
    if (finding.kind == Finding::Kind::Agreement && !finding.partial && answer.rule && m_score.compared < often) {
        checkSight(visit, answer);
    }
    if (finding.kind == Finding::Kind::Disagreement && ++m_score.disagreements <= mostShown) {
        show(number, visit, packet, finding, shots);
    }
}

/// A comparison that cannot see a difference is none: twist a right answer.
void Comparison::checkSight(const Visit &visit, const filter::Answer &answer) const
{
    auto wrongVerdict = answer;
    wrongVerdict.verdict = answer.verdict == filter::Verdict::Accept ? filter::Verdict::Drop : filter::Verdict::Accept;
    auto wrongRule = answer;
    wrongRule.rule->chain += '?';
    for (const auto &wrong : {wrongVerdict, wrongRule}) {
        if (compare(*m_subject, visit, wrong).kind != Finding::Kind::Disagreement) {
            throw std::runtime_error("the comparison takes a wrong answer for right");
        }
    }
}

/// One packet's way through all hooks of IP, with what each hook did to it carried on to the next by the walk itself.
void Comparison::judgeWay(int number, const std::vector<const Visit *> &way, const std::vector<Shot> &shots)
{
    using filter::Hook;
    auto packet = packetOf(*way.front(), m_names);
    const bool whole = std::all_of(way.begin(), way.end(), [&](const Visit *visit) { return excluded(*visit, shots).empty(); });
    const bool starts = way.front()->hook == Hook::Prerouting || way.front()->hook == Hook::Output;
    constexpr std::uint32_t done = 0x180; // of an earlier packet, by rules that the walk was not shown
    if (!packet || !whole || !starts || packet->inputInterface == "lo" || packet->outputInterface == "lo" ||
        (way.front()->status() & done) != 0) {
        return;
    }
    auto kind = packet->inputInterface.empty() ? filter::Way::Out : filter::Way::In;
    for (const auto *visit : way) {
        if (visit->hook == Hook::Forward) {
            const auto there = packetOf(*visit, m_names);
            kind = filter::Way::Through;
            packet->outputInterface = there ? there->outputInterface : "";
        }
    }
    filter::Passing passing(*packet);
    const auto answer = filter::walkPath(m_subject->rules(), kind, passing);
    for (const auto *visit : way) {
        const auto step = std::find_if(answer.steps.begin(), answer.steps.end(),
                                       [visit](const filter::Step &each) { return each.hook == visit->hook; });
        if (step != answer.steps.end() && visit != way.front()) {
            count(number, *visit, step->packet, step->answer, shots);
        }
    }
    ++m_score.ways;
}

void Comparison::judgeWays(int number, const std::vector<Visit> &visits, const std::vector<Shot> &shots)
{
    std::map<std::pair<int, std::uint16_t>, std::vector<const Visit *>> ways; // the kernel's own answers may have a shot's number
    for (const auto &visit : visits) {
        const auto tag = visit.tag();
        if (isIp(visit.hook) && tag >= 1 && tag <= shots.size()) {
            ways[{visit.entry.network[0] >> 4, tag}].push_back(&visit);
        }
    }
    for (const auto &[key, way] : ways) {
        judgeWay(number, way, shots);
    }
}

void Comparison::one(int number)
{
    Random random(m_options.seed * 1'000'003 + static_cast<std::uint64_t>(number));
    m_subject->load(random);
    forgetConnections(); // the packets of all rulesets are alike
    const auto shots = generateShots(random, m_options.packets);
    const auto visits = send(shots);
    if (m_trace->overrun() || m_legacyTrace->overrun()) {
        ++m_score.notCounted["a whole ruleset: the trace was too long for its buffer"];
        return;
    }
    ++m_score.rulesets;
    for (const auto &visit : visits) {
        judge(number, visit, shots);
    }
    judgeWays(number, visits, shots);
}

void print(const char *title, const std::map<std::string, int> &counts)
{
    if (!counts.empty()) {
        std::cout << title << '\n';
    }
    for (const auto &[what, count] : counts) {
        std::cout << "  " << count << "  " << what << '\n';
    }
}

void Comparison::report(std::chrono::steady_clock::duration took) const
{
    const auto seconds = std::chrono::duration<double>(took).count();
    print("compared at:", m_score.visits);
    print("undecided:", m_score.reasons);
    print("not compared:", m_score.notCounted);
    print("statements that nft or the kernel refuses:", m_subject->refused());
    std::cout << m_score.compared << " comparisons over " << m_score.rulesets << " of " << m_options.rulesets << " rulesets, "
              << m_score.stopped << " stopped, " << m_score.partial << " with part of the way, " << m_score.ways
              << " whole ways, " << m_score.undecided << " undecided, " << m_score.disagreements << " disagreements; " << seconds
              << " s, " << static_cast<int>(m_score.compared / seconds) << " comparisons/s; seed " << m_options.seed << '\n';
}

bool Comparison::run()
{
    std::cout << "--seed " << m_options.seed << std::endl;
    const auto start = std::chrono::steady_clock::now();
    m_world.box.enter([this] {
        pinToOneCpu();
        m_subject = std::make_unique<Subject>(m_world.box);
        m_legacyTrace = std::make_unique<LegacyTrace>();
        m_trace = std::make_unique<Trace>();
        for (const auto *device : {"lo", "eth0", "eth1", "br0", "vnet0", "vnet1"}) {
            m_names[::if_nametoindex(device)] = device;
        }
        for (int i = 0; i < m_options.rulesets; ++i) {
            one(m_options.first + i);
        }
        m_finished = true;
    });
    report(std::chrono::steady_clock::now() - start);
    if (!m_finished) {
        std::cout << "FAILED: the run ended before its last ruleset; the kernel's log may say why\n";
    }
    return m_finished && m_score.disagreements == 0 && m_score.compared > m_options.rulesets * m_options.packets / 4;
}

} // namespace

bool run(const Options &options) { return Comparison(options).run(); }

} // namespace bothways::kernel
