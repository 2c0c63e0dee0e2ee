// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/flow_counter.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace bothways::capture {

namespace {

constexpr std::int64_t second = 1'000'000'000;
constexpr std::size_t vlanIds = 4096;

bool isBefore(const net::IpAddress &a, const net::IpAddress &b)
{
    return std::memcmp(a.bytes().data(), b.bytes().data(), a.bytes().size()) < 0;
}

bool isGroup(const net::IpAddress &address) { return address.isMulticast() || address.isBroadcast(); }

std::uint32_t joined(std::uint16_t high, std::uint16_t low) { return static_cast<std::uint32_t>(high) << 16U | low; }

void noteVlan(Pair &pair, const net::LinkHeader &link)
{
    if (link.tagCount == 0) {
        pair.untagged = true;
        return;
    }
    const auto id = link.tags[0].id;
    const auto end = pair.vlans.begin() + pair.vlanCount;
    if (std::find(pair.vlans.begin(), end, id) != end) {
        return;
    }
    if (pair.vlanCount == Pair::mostVlans) {
        pair.moreVlans = true;
        return;
    }
    pair.vlans.at(pair.vlanCount++) = id;
}

} // namespace

PlaceTable::PlaceTable(std::size_t most) : m_slots(std::bit_ceil(most * 2)), m_mask(m_slots.size() - 1) {}

void PlaceTable::insert(std::uint64_t hash, std::uint32_t place)
{
    auto slot = hash & m_mask;
    while (m_slots[slot] != 0) {
        slot = (slot + 1) & m_mask;
    }
    m_slots[slot] = place + 1;
}

bool Flows::hasFault() const
{
    return echo.failed() + handshake.failed() + arp.failed() + neighbour.failed() > 0 ||
           std::any_of(neighbours.begin(), neighbours.end(), [](const Neighbour &each) { return each.isConflict(); });
}

FlowCounter::FlowCounter(const FlowLimits &limits)
    : m_limits(limits), m_questions(limits.questions), m_pairs(limits.pairs), m_neighbours(limits.neighbours), m_vlans(vlanIds)
{
    // Pages are taken when they are written to; and what is in them does not move.
    m_flows.pairs.reserve(limits.pairs);
    m_flows.neighbours.reserve(limits.neighbours);
}

void FlowCounter::add(const Frame &frame)
{
    m_now = frame.time;
    const auto layers = net::decodeLayers(frame.linkType, frame.bytes, frame.originalLength);
    countLink(layers, frame);
    countNetwork(layers);
    if (layers.network == net::Network::Arp) {
        arp(layers);
        return;
    }
    if (layers.network != net::Network::Ip) {
        return;
    }
    const auto place = placeOf(layers.ip.source, layers.ip.destination);
    countPair(place, layers.link, std::max(frame.originalLength, static_cast<std::uint32_t>(frame.bytes.size())));
    switch (layers.transport) {
    case net::Transport::Icmp:
        return icmp(layers, place);
    case net::Transport::Tcp:
        return tcp(layers, place);
    case net::Transport::Udp:
        if (place.pair != nullptr) {
            ++place.pair->ways.at(place.way).udp;
        }
        return;
    default:
        return;
    }
}

void FlowCounter::countLink(const net::Layers &layers, const Frame &frame)
{
    auto &totals = m_flows.totals;
    ++totals.packets;
    totals.captured += frame.bytes.size();
    totals.bytes += std::max<std::uint64_t>(frame.originalLength, frame.bytes.size());
    totals.first = std::min(totals.first, frame.time);
    totals.last = std::max(totals.last, frame.time);
    totals.backwards += frame.time < m_before ? 1 : 0;
    m_before = frame.time;
    if (layers.link.tagCount > 0) {
        ++totals.tagged;
        totals.doubleTagged += layers.link.tagCount > 1 ? 1 : 0;
        ++m_vlans.at(layers.link.tags[0].id);
    }
    totals.cut += layers.trouble == net::Trouble::Cut ? 1 : 0;
    totals.malformed += layers.trouble == net::Trouble::Malformed ? 1 : 0;
    totals.unknownLink += layers.trouble == net::Trouble::UnknownLink ? 1 : 0;
}

void FlowCounter::countNetwork(const net::Layers &layers)
{
    auto &totals = m_flows.totals;
    totals.arp += layers.network == net::Network::Arp ? 1 : 0;
    totals.other += layers.network == net::Network::Other ? 1 : 0;
    if (layers.network != net::Network::Ip) {
        return;
    }
    const bool v4 = layers.ip.source.isV4();
    ++(v4 ? totals.ipv4 : totals.ipv6);
    totals.fragments += layers.ip.isFragment ? 1 : 0;
    switch (layers.transport) {
    case net::Transport::Icmp:
        ++(v4 ? totals.icmp : totals.icmpv6);
        break;
    case net::Transport::Tcp:
        ++totals.tcp;
        break;
    case net::Transport::Udp:
        ++totals.udp;
        break;
    case net::Transport::Other:
        ++totals.otherTransport;
        break;
    case net::Transport::None:
        break;
    }
}

void FlowCounter::countPair(const Place &place, const net::LinkHeader &link, std::uint32_t length)
{
    if (place.pair == nullptr) {
        ++m_flows.leftOut.pairPackets;
        return;
    }
    auto &pair = *place.pair;
    auto &way = pair.ways.at(place.way);
    ++way.packets;
    way.bytes += length;
    pair.first = std::min(pair.first, m_now);
    pair.last = std::max(pair.last, m_now);
    noteVlan(pair, link);
}

FlowCounter::Place FlowCounter::placeOf(const net::IpAddress &from, const net::IpAddress &to)
{
    const bool forward = !isBefore(to, from);
    const auto &a = forward ? from : to;
    const auto &b = forward ? to : from;
    auto &pairs = m_flows.pairs;
    const auto hash = hashOf(a, b, 0);
    auto index = m_pairs.find(hash, [&](std::uint32_t at) { return pairs[at].a == a && pairs[at].b == b; });
    if (index == PlaceTable::none) {
        if (pairs.size() == m_limits.pairs) {
            return {};
        }
        index = static_cast<std::uint32_t>(pairs.size());
        pairs.emplace_back();
        pairs.back().a = a;
        pairs.back().b = b;
        pairs.back().first = m_now;
        pairs.back().last = m_now;
        m_pairs.insert(hash, index);
    }
    const std::uint32_t way = forward ? 0 : 1;
    return {&pairs[index], way, index * 2 + way, index * 2 + 1 - way};
}

void FlowCounter::icmp(const net::Layers &layers, const Place &place)
{
    const auto &ip = layers.ip;
    if (const auto message = net::decodeEcho(ip.family(), ip.payload)) {
        echo(layers, *message, place);
        return;
    }
    if (const auto quotation = net::decodeQuotation(ip.family(), ip.payload)) {
        error(*quotation, ip.source);
        return;
    }
    if (ip.family() != net::Family::v6 || ip.hopLimit != 255) { // RFC 4861, 7.1: what comes from beyond the link is no such thing
        return;
    }
    if (const auto message = net::decodeNeighbour(ip.payload)) {
        if (message->advertisement) {
            advertise(layers, *message);
        } else {
            solicit(layers, *message);
        }
    }
}

void FlowCounter::echo(const net::Layers &layers, const net::IcmpEcho &echo, const Place &place)
{
    const auto &ip = layers.ip;
    const auto number = joined(echo.identifier, echo.sequence);
    if (!echo.request) {
        if (auto *asked = m_questions.find({ip.destination, ip.source, number, Question::Echo})) {
            answer(*asked, Fate::Answered);
        } else {
            addTo(Question::Echo, place.reverse, &Exchanges::stray);
        }
        return;
    }
    if (isGroup(ip.destination)) {
        ++m_flows.totals.groupEchoes;
        return;
    }
    // A copy of the same packet has the same identification and checksum; another request under an old number has not.
    const auto fingerprint = joined(static_cast<std::uint16_t>(ip.identification), layers.icmp.checksum);
    ask({ip.source, ip.destination, number, Question::Echo}, place.owner, fingerprint);
}

void FlowCounter::error(const net::Quotation &quotation, const net::IpAddress &reporter)
{
    noteError(quotation, reporter);
    const auto place = placeOf(quotation.ip.source, quotation.ip.destination);
    if (place.pair != nullptr) {
        ++place.pair->ways.at(place.way).errors;
    }
    const auto &ip = quotation.ip;
    if (quotation.echo && quotation.echo->request) {
        const auto number = joined(quotation.echo->identifier, quotation.echo->sequence);
        if (auto *asked = m_questions.find({ip.source, ip.destination, number, Question::Echo})) {
            answer(*asked, Fate::Rejected);
        }
    } else if (quotation.transport == net::Transport::Tcp) {
        const auto ports = joined(quotation.sourcePort, quotation.destinationPort);
        auto *asked = m_questions.find({ip.source, ip.destination, ports, Question::Handshake});
        if (asked != nullptr && asked->fingerprint == quotation.sequence) {
            answer(*asked, Fate::Rejected);
        }
    }
}

void FlowCounter::noteError(const net::Quotation &quotation, const net::IpAddress &reporter)
{
    auto &errors = m_flows.errors;
    const auto family = quotation.ip.family();
    auto found = std::find_if(errors.begin(), errors.end(), [&](const ErrorKind &each) {
        return each.family == family && each.type == quotation.type && each.code == quotation.code;
    });
    if (found == errors.end()) {
        if (errors.size() == m_limits.errorKinds) {
            ++m_flows.leftOut.errors;
            return;
        }
        errors.push_back({family, quotation.type, quotation.code, 0, reporter, quotation.ip.source, quotation.ip.destination,
                          quotation.ip.protocol, quotation.destinationPort, quotation.mtu});
        found = errors.end() - 1;
    }
    ++found->count;
    if (quotation.mtu != 0) {
        found->mtu = found->mtu == 0 ? quotation.mtu : std::min(found->mtu, quotation.mtu);
    }
}

void FlowCounter::tcp(const net::Layers &layers, const Place &place)
{
    const auto &tcp = layers.tcp;
    const bool syn = (tcp.flags & net::tcp::syn) != 0;
    const bool rst = (tcp.flags & net::tcp::rst) != 0;
    if (!syn && !rst) {
        return;
    }
    const auto &ip = layers.ip;
    if (syn && !rst && (tcp.flags & net::tcp::ack) == 0) {
        const auto ports = joined(tcp.sourcePort, tcp.destinationPort);
        ask({ip.source, ip.destination, ports, Question::Handshake}, place.owner, tcp.sequence);
        return;
    }
    const auto ports = joined(tcp.destinationPort, tcp.sourcePort);
    auto *asked = m_questions.find({ip.destination, ip.source, ports, Question::Handshake});
    const bool fits = asked != nullptr && tcp.acknowledgement == asked->fingerprint + 1;
    if (!rst) {
        if (fits) {
            answer(*asked, Fate::Answered);
        } else {
            addTo(Question::Handshake, place.reverse, &Exchanges::stray);
        }
    } else if (fits && asked->fate == Fate::Waiting) {
        answer(*asked, Fate::Refused);
    }
}

std::array<Exchanges *, 2> FlowCounter::countsOf(Question kind, std::uint32_t owner)
{
    const bool isPair = kind == Question::Echo || kind == Question::Handshake;
    if (isPair) {
        auto *total = kind == Question::Echo ? &m_flows.echo : &m_flows.handshake;
        if (owner == noOwner) {
            return {total, nullptr};
        }
        auto &way = m_flows.pairs[owner / 2].ways.at(owner % 2);
        return {total, kind == Question::Echo ? &way.echo : &way.handshake};
    }
    auto *total = kind == Question::Arp ? &m_flows.arp : &m_flows.neighbour;
    return {total, owner == noOwner ? nullptr : &m_flows.neighbours[owner].resolution};
}

void FlowCounter::addTo(Question kind, std::uint32_t owner, std::uint64_t Exchanges::*counter)
{
    for (auto *counts : countsOf(kind, owner)) {
        if (counts != nullptr) {
            ++(counts->*counter);
        }
    }
}

void FlowCounter::ask(const QuestionKey &key, std::uint32_t owner, std::uint32_t fingerprint)
{
    if (auto *known = m_questions.find(key)) {
        const bool waits = known->fate == Fate::Waiting;
        const bool recent = waits || key.kind == Question::Handshake || m_now - known->last <= second;
        if (known->fingerprint == fingerprint && recent) {
            addTo(key.kind, known->owner, &Exchanges::askedAgain);
            known->last = waits ? m_now : known->last;
            return;
        }
        if (waits) {
            addTo(key.kind, known->owner, &Exchanges::silent);
        }
        m_questions.remove(key);
    }
    endOld();
    addTo(key.kind, owner, &Exchanges::asked);
    m_questions.add({key, m_now, fingerprint, owner, Fate::Waiting});
}

void FlowCounter::endOld()
{
    while (const auto ended = m_questions.takeEnded(m_flows.totals.last)) {
        if (ended->asked.fate == Fate::Waiting) {
            addTo(ended->asked.key.kind, ended->asked.owner, ended->early ? &Exchanges::forgotten : &Exchanges::silent);
        }
    }
}

void FlowCounter::answer(Asked &asked, Fate fate)
{
    const auto kind = asked.key.kind;
    if (asked.fate == Fate::Answered) {
        if (fate == Fate::Answered) {
            addTo(kind, asked.owner, &Exchanges::answeredAgain);
        }
        return;
    }
    if (asked.fate != Fate::Waiting) {
        if (fate != Fate::Answered) {
            return;
        }
        // An answer outweighs what was said before it.
        const auto counter = asked.fate == Fate::Refused ? &Exchanges::refused : &Exchanges::rejected;
        for (auto *counts : countsOf(kind, asked.owner)) {
            if (counts != nullptr) {
                --(counts->*counter);
            }
        }
    }
    asked.fate = fate;
    if (fate == Fate::Answered) {
        addTo(kind, asked.owner, &Exchanges::answered);
        measure(asked);
    } else {
        addTo(kind, asked.owner, fate == Fate::Refused ? &Exchanges::refused : &Exchanges::rejected);
    }
}

void FlowCounter::measure(const Asked &asked)
{
    const auto delay = std::max<std::int64_t>(0, m_now - asked.last); // clocks are set back at times
    for (auto *counts : countsOf(asked.key.kind, asked.owner)) {
        if (counts != nullptr) {
            counts->delay.add(delay);
        }
    }
    if (asked.key.kind == Question::Handshake) {
        m_flows.handshakeSpread.add(delay);
    }
    if (asked.key.kind != Question::Echo) {
        return;
    }
    m_flows.echoSpread.add(delay);
    if (asked.owner == noOwner) {
        return;
    }
    auto &spread = m_flows.pairs[asked.owner / 2].ways.at(asked.owner % 2).echoSpread;
    if (!spread && m_spreads < m_limits.spreads) {
        spread = std::make_unique<Histogram>();
        ++m_spreads;
    }
    if (spread) {
        spread->add(delay);
    }
}

Flows FlowCounter::finish()
{
    const auto last = m_flows.totals.last;
    for (const auto *asked : m_questions.rest()) {
        if (asked->fate == Fate::Waiting) {
            const bool open = last - asked->last < second;
            addTo(asked->key.kind, asked->owner, open ? &Exchanges::open : &Exchanges::silent);
        }
    }
    for (std::size_t id = 0; id < m_vlans.size(); ++id) {
        if (m_vlans[id] > 0) {
            m_flows.vlans.emplace_back(static_cast<std::uint16_t>(id), m_vlans[id]);
        }
    }
    return std::move(m_flows);
}

// ARP and neighbour discovery: who asks for whom, who answers, and who claims which address.

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
