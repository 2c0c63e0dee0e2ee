// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "privilege/launch.h"
#include "privilege/protocol.h"
#include "probe/plan.h"

#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

/// The side of the program that has no rights: starts the helper and asks it. The helper is believed no more than a file is:
/// every answer is bounded, checked and waited for only so long, and one that breaks the protocol is ended.
namespace bothways::privilege {

/// Why an answer is missing.
struct Problem {
    evidence::Access access = evidence::Access::Failed;
    QString message; ///< translated, a whole sentence
};

Problem outOfTime();
/// It answered something that was not asked.
Problem outOfTurn();

/// A dump that the helper read.
struct RulesText {
    evidence::Reading<QByteArray> nftables;       ///< JSON of libnftables
    evidence::Reading<QByteArray> ipTablesNames;  ///< tables of iptables-legacy, a line each
    evidence::Reading<QByteArray> ip6TablesNames; ///< the same of ip6tables-legacy
};

/// One running helper. Requests wait for each other; any thread may ask. Every function blocks its thread, at most until the
/// deadline or about 100 ms after a stop request, which leaves the helper running.
class Helper {
public:
    /// The path where the helper belongs: beside this program. Empty where there is none.
    static QString installed();

    static tl::expected<std::unique_ptr<Helper>, Problem> start(const Launch &how, std::chrono::milliseconds deadline,
                                                                const std::stop_token &stop = {});
    /// With a stream of one's own, for tests of what a hostile helper may say.
    static tl::expected<std::unique_ptr<Helper>, Problem> greet(std::unique_ptr<Link> link, std::chrono::milliseconds deadline,
                                                                const std::stop_token &stop = {});
    ~Helper();
    Helper(const Helper &) = delete;
    Helper &operator=(const Helper &) = delete;

    /// A second one, started as this one was: one that captures does nothing else. It is kept, so that a password is asked for at
    /// most once more, and lives as long as this one.
    tl::expected<std::shared_ptr<Helper>, Problem> another(std::chrono::milliseconds deadline, const std::stop_token &stop = {});

    /// Why it cannot be asked any more; nothing while it can.
    std::optional<Problem> problem();
    const Welcome &abilities() const { return m_abilities; }

    tl::expected<RulesText, Problem> rules(std::chrono::milliseconds deadline, const std::stop_token &stop);
    evidence::Reading<evidence::NeighbourProbe> neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                                          std::chrono::milliseconds wait, const std::stop_token &stop);

    /// Echo requests over a raw socket: a rung of probe::echo(). A stop request leaves the helper as it was, and what was
    /// measured.
    tl::expected<evidence::EchoSeries, probe::SocketProblem> echo(const probe::EchoPlan &plan, const std::stop_token &stop,
                                                                  const probe::SampleSink &sink);
    /// What connection tracking counts; a number that the kernel does not tell is -1.
    evidence::Reading<evidence::Conntrack> conntrack(std::chrono::milliseconds deadline, const std::stop_token &stop);

    // ---- for what streams (capture)

    /// The token of the request, or why it could not be sent.
    tl::expected<std::uint32_t, Problem> ask(const Request &request);
    /// The next message, or nothing when none came in time.
    tl::expected<std::optional<Taken<Reply>>, Problem> hear(std::chrono::milliseconds wait);
    /// What a refusal means.
    static Problem refused(const Failure &failure);

private:
    explicit Helper(std::unique_ptr<Link> link);

    /// Takes one answer; true when it was the last.
    using Taker = std::function<tl::expected<bool, Problem>(Reply &)>;
    tl::expected<void, Problem> converse(const Request &request, std::chrono::milliseconds deadline, const std::stop_token &stop,
                                         const Taker &taker);
    /// Nothing more is said on this link.
    Problem breakOff(Problem problem);
    Problem gone();

    std::optional<Launch> m_launch; ///< none for one that was not started here
    std::mutex m_otherMutex;
    std::shared_ptr<Helper> m_other;

    std::mutex m_mutex;
    std::unique_ptr<Link> m_link; ///< null once broken off
    std::optional<Problem> m_broken;
    std::vector<std::uint8_t> m_input;
    std::size_t m_taken = 0; ///< of m_input
    std::uint32_t m_lastToken = 0;
    std::uint32_t m_abandoned = 0; ///< token up to which nobody waits for answers any more
    Welcome m_abilities;
};

} // namespace bothways::privilege
