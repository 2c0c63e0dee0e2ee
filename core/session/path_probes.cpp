// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/path_probes.h"

#include "words/text.h"
#include "world/task.h"

#include <algorithm>
#include <memory>

namespace bothways::session {

using namespace std::chrono_literals;
using evidence::Access;
using evidence::EchoOutcome;
using evidence::EchoSeries;
using evidence::PathMtu;
using evidence::PathTrace;
using evidence::Reading;

namespace {

constexpr auto traceDeadline = 5s;
constexpr auto mtuDeadline = 4s;

template <typename T>
Reading<T> notTried(const net::IpAddress &target, const char *source, const QString &why)
{
    auto reading = Reading<T>::missing(Access::NotTried, QLatin1String(source), why);
    reading.value.target = target;
    return reading;
}

bool behindRouter(const evidence::Evidence &evidence, const EchoSeries &series)
{
    const auto &answers = evidence.host.value.routeAnswers;
    const bool gateway = std::any_of(answers.begin(), answers.end(), [&](const auto &answer) {
        return answer.isRead() && answer.value.destination == series.target && answer.value.gateway;
    });
    // Whoever complains is on the way, whatever the route says.
    return gateway || std::any_of(series.samples.begin(), series.samples.end(), [&](const auto &sample) {
               const bool complaint = sample.outcome == EchoOutcome::TimeExceeded || sample.outcome == EchoOutcome::Unreachable ||
                                      sample.outcome == EchoOutcome::Prohibited;
               return complaint && sample.sender && sample.sender != series.target && sample.sender != series.source;
           });
}

/// Everything about one target, asked side by side.
class PathRun {
public:
    PathRun(world::World &world, const EchoSeries &series, const std::optional<net::IpAddress> &source, bool routed,
            const std::stop_token &stop)
        : m_world(world), m_series(series), m_source(source), m_routed(routed), m_stop(stop)
    {
        if (routed) {
            m_icmp = trace(evidence::ProbeProtocol::Icmp);
            m_udp = trace(evidence::ProbeProtocol::Udp);
        }
        if (series.received() > 0) {
            m_mtu = world::beside(m_world.clock(), [this] {
                probe::PathMtuPlan plan;
                plan.target = m_series.target;
                plan.source = m_source;
                plan.interface = m_series.interface;
                plan.deadline = mtuDeadline;
                return m_world.pathMtu(plan, m_stop);
            });
        }
    }

    void store(evidence::Probes &probes)
    {
        if (m_routed) {
            probes.traces.push_back(m_icmp->get());
            probes.traces.push_back(m_udp->get());
        } else {
            probes.traces.push_back(
                notTried<PathTrace>(m_series.target, "traceroute",
                                    translate("session", "The VM is on this host's own link: there is no router on the way.")));
        }
        probes.pathMtus.push_back(m_mtu ? m_mtu->get()
                                        : notTried<PathMtu>(m_series.target, "path MTU search",
                                                            translate("session", "Not even a small echo is answered, so "
                                                                                 "the silence of a large one tells nothing.")));
    }

private:
    std::unique_ptr<world::Task<Reading<PathTrace>>> trace(evidence::ProbeProtocol protocol)
    {
        return world::beside(m_world.clock(), [this, protocol] {
            probe::TracePlan plan;
            plan.protocol = protocol;
            plan.target = m_series.target;
            plan.source = m_source;
            plan.interface = m_series.interface;
            plan.deadline = traceDeadline;
            return m_world.trace(plan, m_stop);
        });
    }

    world::World &m_world;
    const EchoSeries &m_series;
    std::optional<net::IpAddress> m_source;
    bool m_routed;
    const std::stop_token &m_stop;
    std::unique_ptr<world::Task<Reading<PathTrace>>> m_icmp;
    std::unique_ptr<world::Task<Reading<PathTrace>>> m_udp;
    std::unique_ptr<world::Task<Reading<PathMtu>>> m_mtu;
};

} // namespace

void probePath(world::World &world, evidence::Evidence &evidence, const std::optional<net::IpAddress> &source,
               const std::stop_token &stop)
{
    if (stop.stop_requested()) {
        return;
    }
    std::vector<std::unique_ptr<PathRun>> runs;
    for (const auto &echo : evidence.probes.echoes) {
        const auto &series = echo.value;
        const bool asked = series.purpose == evidence::EchoPurpose::Main || series.purpose == evidence::EchoPurpose::V6;
        if (echo.isRead() && asked) {
            const auto from = source && source->family() == series.target.family() ? source : std::nullopt;
            runs.push_back(std::make_unique<PathRun>(world, series, from, behindRouter(evidence, series), stop));
        }
    }
    for (auto &run : runs) {
        run->store(evidence.probes);
    }
}

} // namespace bothways::session
