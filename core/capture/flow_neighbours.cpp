// SPDX-License-Identifier: GPL-3.0-or-later
// ARP and neighbour discovery: who asks for whom, who answers, and who claims which address.
#include "capture/flow_counter.h"

#include <algorithm>

namespace bothways::capture {

namespace {

/// An address means something else in another VLAN.
std::uint32_t vlanOf(const net::LinkHeader &link)
{
    if (link.tagCount == 0) {
        return 0;
    }
    return link.tagCount == 1 ? link.tags[0].id : static_cast<std::uint32_t>(link.tags[0].id) << 12U | link.tags[1].id;
}

} // namespace

void FlowCounter::arp(const net::Layers &layers)
{
    const auto &arp = layers.arp;
    const auto vlan = vlanOf(layers.link);
    if (arp.senderAddress.isUnspecified()) {
        ++m_flows.totals.addressProbes;
        return;
    }
    claim(arp.senderAddress, vlan, arp.senderMac);
    if (arp.senderAddress == arp.targetAddress) {
        ++m_flows.totals.announcements;
    } else if (arp.operation == net::ArpPacket::request) {
        resolve(Question::Arp, arp.senderAddress, arp.targetAddress, vlan);
    } else if (arp.operation == net::ArpPacket::reply) {
        resolved(Question::Arp, arp.targetAddress, arp.senderAddress, vlan);
    }
}

void FlowCounter::solicit(const net::Layers &layers, const net::NeighbourMessage &message)
{
    const auto vlan = vlanOf(layers.link);
    if (layers.ip.source.isUnspecified()) {
        ++m_flows.totals.addressProbes;
        return;
    }
    if (message.linkLayer) {
        claim(layers.ip.source, vlan, *message.linkLayer);
    }
    resolve(Question::Neighbour, layers.ip.source, message.target, vlan);
}

void FlowCounter::advertise(const net::Layers &layers, const net::NeighbourMessage &message)
{
    const auto vlan = vlanOf(layers.link);
    if (message.linkLayer) {
        claim(message.target, vlan, *message.linkLayer);
    }
    if (message.solicited) {
        resolved(Question::Neighbour, layers.ip.destination, message.target, vlan);
    } else {
        ++m_flows.totals.announcements;
    }
}

std::uint32_t FlowCounter::neighbourOf(const net::IpAddress &address, std::uint32_t vlan)
{
    auto &all = m_flows.neighbours;
    const auto hash = hashOf(address, address, vlan);
    auto index = m_neighbours.find(hash, [&](std::uint32_t at) { return all[at].address == address && all[at].vlan == vlan; });
    if (index == PlaceTable::none) {
        if (all.size() == m_limits.neighbours) {
            ++m_flows.leftOut.neighbourPackets;
            return noOwner;
        }
        index = static_cast<std::uint32_t>(all.size());
        all.emplace_back();
        all.back().address = address;
        all.back().vlan = vlan;
        m_neighbours.insert(hash, index);
    }
    return index;
}

void FlowCounter::claim(const net::IpAddress &address, std::uint32_t vlan, const net::MacAddress &mac)
{
    const auto index = neighbourOf(address, vlan);
    if (index == noOwner) {
        return;
    }
    auto &neighbour = m_flows.neighbours[index];
    auto *end = neighbour.claims.data() + neighbour.claimCount;
    auto *found = std::find_if(neighbour.claims.data(), end, [&mac](const Claim &each) { return each.mac == mac; });
    if (found == end) {
        if (neighbour.claimCount == Neighbour::mostClaims) {
            neighbour.moreClaims = true;
            return;
        }
        ++neighbour.claimCount;
        *found = {mac, 0, m_now, m_now};
    }
    ++found->times;
    found->last = std::max(found->last, m_now);
}

void FlowCounter::resolve(Question kind, const net::IpAddress &asker, const net::IpAddress &asked, std::uint32_t vlan)
{
    ask({asker, asked, vlan, kind}, neighbourOf(asked, vlan), 0);
}

void FlowCounter::resolved(Question kind, const net::IpAddress &asker, const net::IpAddress &asked, std::uint32_t vlan)
{
    if (auto *question = m_questions.find({asker, asked, vlan, kind})) {
        answer(*question, Fate::Answered);
    } else {
        addTo(kind, neighbourOf(asked, vlan), &Exchanges::stray);
    }
}

} // namespace bothways::capture
