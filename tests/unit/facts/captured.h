// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "builder.h"
#include "evidence/utc.h"

#include <utility>
#include <vector>

/// Captures added to the evidence of builder.h: br0 and the VM's port port0 were listened at, and other0, which leads elsewhere.
namespace bothways::test {

inline constexpr qint64 captureBegin = 1'700'000'000'000'000'000;
inline constexpr qint64 captureSecond = 1'000'000'000;

class Captured {
public:
    /// Where a leg was seen, in this order.
    using Seen = std::vector<std::pair<int, evidence::Leg>>;

    explicit Captured(evidence::Evidence &evidence) : m_evidence(evidence)
    {
        m_evidence.captures = seen(evidence::Captures());
        bridge = point(u"br0"_s, evidence::PointRole::Bridge, 10);
        port = point(u"port0"_s, evidence::PointRole::Port, 20);
    }

    int bridge = 0;
    int port = 0;

    int point(const QString &name, evidence::PointRole role, int distance = 20)
    {
        evidence::CapturePoint point;
        point.name = name;
        point.role = role;
        point.distance = distance;
        point.opened = true;
        point.fromNs = captureBegin - captureSecond;
        point.toNs = captureBegin + 60 * captureSecond;
        all().points.push_back(point);
        return static_cast<int>(all().points.size() - 1);
    }
    evidence::CapturePoint &at(int index) { return all().points[static_cast<std::size_t>(index)]; }

    evidence::Journey &journey(evidence::JourneyKind kind, const char *from, const char *to, const Seen &places, int sequence = 1)
    {
        evidence::Journey journey;
        journey.kind = kind;
        journey.asker = ip(from);
        journey.asked = ip(to);
        journey.id = 7;
        journey.sequence = sequence;
        journey.bytes = 84;
        const bool fromHost = journey.asker != ip(vmAddress);
        for (const auto &[place, leg] : places) {
            evidence::Sighting sighting;
            sighting.point = place;
            sighting.leg = leg;
            sighting.timeNs = captureBegin + sequence * 100'000'000LL + static_cast<qint64>(journey.sightings.size()) * 1000;
            const bool asks = leg == evidence::Leg::Request;
            sighting.source = asks ? journey.asker : journey.asked;
            sighting.destination = asks ? journey.asked : journey.asker;
            sighting.sourceMac = mac(asks == fromHost ? hostMac : vmMac);
            sighting.destinationMac = mac(asks == fromHost ? vmMac : hostMac);
            sighting.ttl = kind == evidence::JourneyKind::Arp ? 0 : 64;
            journey.sightings.push_back(sighting);
        }
        all().journeys.push_back(journey);
        return all().journeys.back();
    }

    /// Every request of the main series was seen there.
    void echoes(const Seen &places)
    {
        auto &samples = m_evidence.probes.echoes.front().value.samples;
        for (auto &sample : samples) {
            sample.sentAt = evidence::utc(captureBegin / 1'000'000 + sample.sequence * 100);
            if (!places.empty()) {
                journey(evidence::JourneyKind::Echo, hostAddress, vmAddress, places, sample.sequence);
            }
        }
    }

    void use(const char *address, const char *macAddress, int place, qint64 frames, qint64 firstNs = 0, bool claimed = false,
             std::optional<int> vlan = std::nullopt)
    {
        evidence::MacUse use;
        use.mac = mac(macAddress);
        use.address = ip(address);
        use.point = place;
        use.vlan = vlan;
        use.claimed = claimed;
        use.frames = frames;
        use.firstNs = captureBegin + firstNs;
        use.lastNs = captureBegin + captureSecond;
        use.ttl = claimed ? 0 : 64;
        all().uses.push_back(use);
    }

    evidence::Captures &all() { return m_evidence.captures.value; }

private:
    evidence::Evidence &m_evidence;
};

} // namespace bothways::test
