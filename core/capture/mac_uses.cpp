// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/mac_uses.h"

#include "capture/questions.h"

#include <algorithm>

namespace bothways::capture {

void MacUses::add(const net::Layers &layers, const Frame &frame, int point)
{
    if (!layers.link.hasAddresses) {
        return;
    }
    if (layers.network == net::Network::Arp) {
        const auto &sender = layers.arp.senderAddress;
        const bool probe = sender.isUnspecified(); // RFC 5227: asks for an address without claiming it
        note({layers.arp.senderMac, probe ? std::nullopt : std::optional(sender), !probe}, layers, frame, point);
    } else if (layers.network == net::Network::Ip) {
        const auto &ip = layers.ip;
        const bool maybe = layers.transport == net::Transport::Icmp && ip.family() == net::Family::v6 && ip.hopLimit == 255;
        const auto message = maybe ? net::decodeNeighbour(ip.payload) : std::nullopt;
        if (message && message->advertisement && message->linkLayer) {
            note({*message->linkLayer, message->target, true}, layers, frame, point);
        } else {
            note({layers.link.source, ip.source, false}, layers, frame, point);
        }
    }
}

void MacUses::note(const Speaker &speaker, const net::Layers &layers, const Frame &frame, int point)
{
    const auto vlan = layers.link.tagCount > 0 ? std::optional<int>(layers.link.tags[0].id) : std::nullopt;
    const int ttl = layers.network == net::Network::Ip ? layers.ip.hopLimit : 0;
    std::uint64_t mac = 0;
    for (const auto byte : speaker.mac.bytes()) {
        mac = mac << 8U | byte;
    }
    const auto hash = hashOf(speaker.address.value_or(net::IpAddress()), net::IpAddress(), mac);
    const auto [begin, end] = m_places.equal_range(hash);
    const auto known = std::find_if(begin, end, [&](const auto &entry) {
        const auto &use = m_uses[entry.second];
        return use.mac == speaker.mac && use.point == point && use.address == speaker.address && use.vlan == vlan &&
               use.claimed == speaker.claimed;
    });
    if (known != end) {
        auto &use = m_uses[known->second];
        ++use.frames;
        use.firstNs = std::min<qint64>(use.firstNs, frame.time);
        use.lastNs = std::max<qint64>(use.lastNs, frame.time);
        use.ttl = ttl != 0 ? ttl : use.ttl;
    } else if (m_uses.size() < m_most) {
        m_places.emplace(hash, static_cast<std::uint32_t>(m_uses.size()));
        m_uses.push_back({speaker.mac, speaker.address, point, vlan, speaker.claimed, 1, frame.time, frame.time, ttl});
    }
}

} // namespace bothways::capture
