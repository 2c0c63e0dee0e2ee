// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/trace.h"

#include "probe/icmp_outcome.h"
#include "probe/linux/socket/kernel_clock.h"
#include "probe/linux/trace_way.h"
#include "words/text.h"

#include <algorithm>
#include <map>

namespace bothways::probe {

using evidence::Access;
using evidence::EchoOutcome;
using evidence::PathTrace;
using evidence::Reading;
using evidence::TraceHop;

namespace {

constexpr int window = 5;       // TTLs on the way at a time
constexpr int requestsEach = 2; // before a hop counts as silent
constexpr int sightingsOfLoop = 3;
constexpr int mostHopsEver = 64;

class TraceRun {
public:
    TraceRun(TraceWay &way, const TracePlan &plan)
        : m_way(way), m_last(std::clamp(plan.mostHops, 1, mostHopsEver)), m_waitNs(nanoseconds(plan.wait))
    {}

    void run(PathTrace &trace, qint64 endNs, const std::stop_token &stop)
    {
        while (!over()) {
            const qint64 now = monotonicNs();
            if (stop.stop_requested() || now >= endNs) {
                trace.cutShort = true;
                break;
            }
            repeat(now);
            sendMore();
            if (!hear()) {
                wait(std::min(now + sliceNs, endNs));
            }
        }
        for (auto &work : m_work) {
            if (work.hop.ttl <= m_last) {
                if (!work.settled) {
                    work.hop.outcome = EchoOutcome::Cancelled;
                }
                trace.hops.push_back(work.hop);
            }
        }
        trace.reached = !trace.hops.empty() && trace.hops.back().outcome == EchoOutcome::Reply;
    }

private:
    struct Work {
        TraceHop hop;
        qint64 sentNs = 0;
        bool settled = false;
    };

    std::size_t leading() const
    {
        const auto open = std::find_if(m_work.begin(), m_work.end(), [](const Work &work) { return !work.settled; });
        return static_cast<std::size_t>(open - m_work.begin());
    }
    bool over() const { return leading() >= static_cast<std::size_t>(m_last); }

    void sendMore()
    {
        while (m_work.size() < static_cast<std::size_t>(m_last) && m_work.size() < leading() + window) {
            Work work;
            work.hop.ttl = static_cast<int>(m_work.size()) + 1;
            m_work.push_back(work);
            send(m_work.back());
        }
    }

    void send(Work &work)
    {
        work.sentNs = monotonicNs();
        ++work.hop.requests;
        if (const int error = m_way.send(work.hop.ttl); error != 0) {
            work.hop.errorNumber = error;
            settle(work, outcomeOfSendError(error));
        }
    }

    void repeat(qint64 now)
    {
        for (auto &work : m_work) {
            if (work.settled || work.hop.ttl > m_last || now < work.sentNs + m_waitNs) {
                continue;
            }
            if (work.hop.requests < requestsEach) {
                send(work);
            } else {
                settle(work, EchoOutcome::Silence);
            }
        }
    }

    /// The trace need not go beyond a hop at which something else than an expired TTL was heard.
    void settle(Work &work, EchoOutcome outcome)
    {
        work.settled = true;
        work.hop.outcome = outcome;
        if (outcome == EchoOutcome::Silence) {
            endBehindSilence();
        } else if (outcome != EchoOutcome::TimeExceeded || isLoop(work.hop)) {
            m_last = std::min(m_last, work.hop.ttl);
        }
    }

    bool isLoop(const TraceHop &hop) { return hop.sender && ++m_sightings[*hop.sender] >= sightingsOfLoop; }

    void endBehindSilence()
    {
        const auto end = leading();
        int row = 0;
        for (std::size_t i = 0; i < end; ++i) {
            row = m_work[i].hop.outcome == EchoOutcome::Silence ? row + 1 : 0;
            if (row == window) {
                m_last = std::min(m_last, m_work[i].hop.ttl);
            }
        }
    }

    bool hear()
    {
        bool any = false;
        while (const auto answer = m_way.hear()) {
            any = true;
            const auto place = static_cast<std::size_t>(answer->ttl) - 1;
            if (place >= m_work.size() || m_work[place].settled) {
                continue;
            }
            auto &work = m_work[place];
            work.hop.sender = answer->sender;
            work.hop.icmpType = answer->icmpType;
            work.hop.icmpCode = answer->icmpCode;
            work.hop.errorNumber = answer->errorNumber;
            work.hop.rttNs = monotonicNs() - work.sentNs;
            settle(work, answer->outcome);
        }
        return any;
    }

    void wait(qint64 until) const
    {
        auto items = m_way.waiting();
        const timespec time{0, std::clamp<qint64>(until - monotonicNs(), 0, sliceNs)};
        ::ppoll(items.data(), items.size(), &time, nullptr);
    }

    TraceWay &m_way;
    int m_last;
    qint64 m_waitNs;
    std::vector<Work> m_work;
    std::map<net::IpAddress, int> m_sightings;
};

} // namespace

Reading<PathTrace> trace(const TracePlan &plan, const std::stop_token &stop)
{
    const auto source = QStringLiteral("traceroute");
    std::unique_ptr<TraceWay> way;
    if (plan.protocol == evidence::ProbeProtocol::Icmp) {
        auto opened = icmpWay(plan);
        if (!opened) {
            return Reading<PathTrace>::missing(opened.error().denied ? Access::Denied : Access::Failed, source,
                                               opened.error().message);
        }
        way = std::move(*opened);
    } else {
        way = portWay(plan);
    }
    PathTrace trace;
    trace.protocol = plan.protocol;
    trace.target = plan.target;
    trace.method = way->method();
    trace.port = way->port();
    trace.source = sourceTowards(plan.target, plan.source, way->scope());
    const qint64 end =
        monotonicNs() + nanoseconds(std::clamp(plan.deadline, std::chrono::milliseconds(1), std::chrono::milliseconds(60'000)));
    TraceRun(*way, plan).run(trace, end, stop);
    return Reading<PathTrace>::read(std::move(trace), source);
}

} // namespace bothways::probe
