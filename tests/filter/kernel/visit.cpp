// SPDX-License-Identifier: GPL-3.0-or-later
#include "visit.h"

#include <algorithm>
#include <array>

namespace bothways::kernel {
namespace {

using filter::Hook;

struct Place {
    std::string_view family;
    std::string_view name;
    Hook hook;
    std::string_view device{};
};

constexpr std::array places{Place{"inet", "prerouting", Hook::Prerouting},
                            Place{"inet", "input", Hook::Input},
                            Place{"inet", "forward", Hook::Forward},
                            Place{"inet", "output", Hook::Output},
                            Place{"inet", "postrouting", Hook::Postrouting},
                            Place{"bridge", "prerouting", Hook::BridgePrerouting},
                            Place{"bridge", "input", Hook::BridgeInput},
                            Place{"bridge", "forward", Hook::BridgeForward},
                            Place{"bridge", "output", Hook::BridgeOutput},
                            Place{"bridge", "postrouting", Hook::BridgePostrouting},
                            Place{"arp", "input", Hook::ArpInput},
                            Place{"arp", "output", Hook::ArpOutput},
                            Place{"netdev", "ingress", Hook::Ingress, "eth0"},
                            Place{"netdev", "ingress", Hook::Ingress, "vnet0"},
                            Place{"netdev", "egress", Hook::Egress, "eth0"},
                            Place{"netdev", "egress", Hook::Egress, "vnet0"}};
constexpr int outermost = 1'000'000;
constexpr int behindTracking = -199;

std::string_view familyText(std::uint8_t family)
{
    switch (family) {
    case familyArp:
        return "arp";
    case familyBridge:
        return "bridge";
    case familyNetdev:
        return "netdev";
    default:
        return "inet";
    }
}

std::string chainName(const char *kind, const Place &place)
{
    return kind + std::string("_") + std::string(place.name) + std::string(place.device);
}

const Place *placeNamed(const char *kind, const Event &event)
{
    const auto *found = std::find_if(places.begin(), places.end(), [&](const Place &each) {
        return each.family == familyText(event.tableFamily) && chainName(kind, each) == event.chain;
    });
    return found == places.end() ? nullptr : found;
}

std::string chain(const char *kind, const Place &place, int priority, const char *rule)
{
    const auto device = place.device.empty() ? std::string{} : " device \"" + std::string(place.device) + '"';
    return " chain " + chainName(kind, place) + " {\n  type filter hook " + std::string(place.name) + device + " priority " +
           std::to_string(priority) + "; policy accept;\n" + rule + " }\n";
}

bool tracks(Hook hook) { return hook == Hook::Prerouting || hook == Hook::Output; }

std::uint16_t at16(const Buffer &bytes, std::size_t at)
{
    return at + 1 < bytes.size() ? static_cast<std::uint16_t>(bytes[at] << 8 | bytes[at + 1]) : std::uint16_t{0};
}

net::IpAddress addressAt(const Buffer &header, std::size_t at, bool v4)
{
    std::array<std::uint8_t, 16> bytes{};
    std::copy_n(header.begin() + static_cast<std::ptrdiff_t>(at), v4 ? 4 : 16, bytes.begin());
    return v4 ? net::IpAddress::fromV4(static_cast<std::uint32_t>(at16(header, at)) << 16 | at16(header, at + 2))
              : net::IpAddress::fromV6(bytes);
}

net::MacAddress macAt(const Buffer &header, std::size_t at)
{
    std::array<std::uint8_t, 6> bytes{};
    std::copy_n(header.begin() + static_cast<std::ptrdiff_t>(at), 6, bytes.begin());
    return net::MacAddress(bytes);
}

std::string nameAt(const std::map<std::uint32_t, std::string> &names, std::uint32_t index)
{
    const auto found = names.find(index);
    return found == names.end() ? std::string{} : found->second;
}

bool addTransport(filter::Packet &packet, const Buffer &header)
{
    if (packet.protocol == icmp || packet.protocol == icmpv6) {
        packet.icmpType = header.empty() ? 0 : header[0];
        packet.icmpCode = header.size() < 2 ? 0 : header[1];
        packet.icmpId = at16(header, 4);
        packet.icmpSequence = at16(header, 6);
        return header.size() >= 2;
    }
    constexpr int sctp = 132;
    constexpr int udplite = 136;
    if (packet.protocol == tcp || packet.protocol == udp || packet.protocol == sctp || packet.protocol == udplite) {
        packet.sourcePort = at16(header, 0);
        packet.destinationPort = at16(header, 2);
        if (packet.protocol == tcp && header.size() > 13) {
            packet.tcpFlags = header[13];
        }
        return header.size() >= (packet.protocol == tcp ? 14U : 8U);
    }
    return true;
}

filter::CtState stateOf(const std::optional<std::uint32_t> &bits)
{
    switch (bits.value_or(1)) {
    case 2:
        return filter::CtState::Established;
    case 4:
        return filter::CtState::Related;
    case 8:
        return filter::CtState::New;
    case 64:
        return filter::CtState::Untracked;
    default:
        return filter::CtState::Invalid;
    }
}

/// RFC 8200: hop-by-hop, routing, fragment, destination options. What follows them is not in the trace.
bool isExtension(std::uint8_t protocol) { return protocol == 0 || protocol == 43 || protocol == 44 || protocol == 60; }

/// What conntrack thinks of the packet: at the end of the hooks where it looks, before the rules of the others.
void addConnection(filter::Packet &packet, const Visit &visit)
{
    // An ICMP error that the kernel makes belongs to the connection of what it quotes, from the beginning (nf_ct_attach()).
    const bool attached = stateOf(visit.entry.ctState) != filter::CtState::Invalid;
    const bool before = attached || packet.inputInterface == "lo"; // on loopback conntrack has seen it on its way out
    const bool unseen = tracks(visit.hook) && !visit.tracked && !before;
    const auto &event = tracks(visit.hook) && visit.tracked ? *visit.tracked : visit.entry;
    packet.ct = unseen ? filter::CtState::New : stateOf(event.ctState);
    if (event.ctDirection && !unseen) {
        packet.ctDirection = static_cast<filter::CtDirection>(*event.ctDirection);
    }
}

void addInterfaces(filter::Packet &packet, const Visit &visit, const std::map<std::uint32_t, std::string> &names)
{
    const bool bridge = isBridge(visit.hook);
    const auto in = nameAt(names, visit.entry.inputIndex);
    const auto out = nameAt(names, visit.entry.outputIndex);
    (bridge ? packet.inputPort : packet.inputInterface) = in;
    (bridge ? packet.outputPort : packet.outputInterface) = out;
    if (bridge) {
        packet.inputInterface = in.empty() ? "" : "br0";
        packet.outputInterface = out.empty() ? "" : "br0";
    } else if (!in.empty()) {
        packet.inputType = visit.entry.inputType;
    }
    if (!bridge && !out.empty()) {
        packet.outputType = visit.entry.outputType;
    }
}

void addLink(filter::Packet &packet, const Buffer &header)
{
    constexpr std::size_t plain = 14;
    constexpr std::size_t tagged = 18;
    if (header.size() < plain) {
        return;
    }
    packet.destinationMac = macAt(header, 0);
    packet.sourceMac = macAt(header, 6);
    if (header.size() >= tagged && at16(header, 12) == filter::etherVlan) {
        packet.vlan = static_cast<std::uint16_t>(at16(header, 14) & 0xfff);
        packet.etherType = at16(header, 16);
    }
}

bool isArp(const Buffer &network)
{
    static constexpr std::array<std::uint8_t, 6> start{0, 1, 8, 0, 6, 4};
    return network.size() >= 28 && std::equal(start.begin(), start.end(), network.begin());
}

/// RFC 826.
void addArp(filter::Packet &packet, const Buffer &message)
{
    packet.etherType = filter::etherArp;
    packet.arpOperation = at16(message, 6);
    packet.arpSenderMac = macAt(message, 8);
    packet.source = addressAt(message, 14, true);
    packet.arpTargetMac = macAt(message, 18);
    packet.destination = addressAt(message, 24, true);
    packet.length = static_cast<int>(message.size());
}

/// The kernel makes a packet's number of its place in memory, which the next packet may get.
bool isAnother(const Visit &visit, const Event &event)
{
    const auto &a = visit.entry.network;
    const auto &b = event.network;
    return !a.empty() && !b.empty() &&
           (a[0] >> 4 != b[0] >> 4 || at16(a, a[0] >> 4 == 4 ? 4 : 2) != at16(b, a[0] >> 4 == 4 ? 4 : 2));
}

/// By what no rule changes on the way through a hook: the identification, and the addresses, of which NAT replaces one.
bool isSame(const Visit &visit, const LegacyEvent &event, bool both)
{
    const auto &a = visit.entry.network;
    const auto &b = event.packet;
    if (visit.hook != event.hook || a.empty() || isArp(a) || a[0] >> 4 != (event.v4 ? 4 : 6) ||
        a.size() < (event.v4 ? 20U : 40U) || b.size() < a.size()) {
        return false;
    }
    const auto equal = [&](std::ptrdiff_t from, std::ptrdiff_t size) {
        return std::equal(a.begin() + from, a.begin() + from + size, b.begin() + from);
    };
    const std::ptrdiff_t size = event.v4 ? 4 : 16;
    const std::ptrdiff_t source = event.v4 ? 12 : 8;
    const std::size_t tag = event.v4 ? 4 : 2;
    const bool from = equal(source, size);
    const bool to = equal(source + size, size);
    return (both ? from && to : from || to) && at16(a, tag) == at16(b, tag);
}

} // namespace

std::string oracleRules()
{
    std::string all;
    for (const auto *family : {"inet", "bridge", "arp", "netdev"}) {
        all += std::string("table ") + family + ' ' + oracleName + " {\n";
        for (const auto &place : places) {
            if (place.family == family) {
                all += chain("first", place, -outermost, "  meta nftrace set 1\n") + chain("last", place, outermost, "");
                all += tracks(place.hook) ? chain("tracked", place, behindTracking, "") : "";
            }
        }
        all += std::string(family) == "inet" ? " chain tracking {\n  ct state new counter\n }\n}\n" : "}\n";
    }
    return all;
}

std::uint32_t Visit::status() const { return (tracked ? *tracked : entry).ctStatus.value_or(0); }

std::uint16_t Visit::tag() const
{
    if (entry.network.empty() || isArp(entry.network)) {
        return 0;
    }
    return at16(entry.network, entry.network[0] >> 4 == 4 ? 4 : 2);
}

std::vector<Visit> visitsOf(const std::vector<Event> &events)
{
    std::vector<Visit> visits;
    std::map<std::pair<std::uint32_t, std::string_view>, std::size_t> open; // packet and family of hooks -> visit
    for (const auto &event : events) {
        const std::pair key(event.id, familyText(event.tableFamily));
        const bool ours = event.table == oracleName;
        if (const auto *place = ours ? placeNamed("first", event) : nullptr) {
            if (!event.network.empty()) {
                open[key] = visits.size();
                visits.push_back({place->hook, event, std::nullopt, {}, {}, false});
            }
            continue;
        }
        const auto found = open.find(key);
        if (found == open.end()) {
            continue;
        }
        auto &visit = visits[found->second];
        if (isAnother(visit, event)) {
            open.erase(found);
            continue;
        }
        if (!ours) {
            visit.events.push_back(event);
        } else if (placeNamed("tracked", event) != nullptr) {
            visit.tracked = visit.tracked ? visit.tracked : event; // headers and connection come with the first event of a chain
        } else {
            visit.passed = true;
        }
    }
    return visits;
}

void addLegacy(std::vector<Visit> &visits, const std::vector<LegacyEvent> &events)
{
    for (const auto &event : events) {
        auto found = std::find_if(visits.begin(), visits.end(), [&](const Visit &visit) { return isSame(visit, event, true); });
        if (found == visits.end()) {
            found = std::find_if(visits.begin(), visits.end(), [&](const Visit &visit) { return isSame(visit, event, false); });
        }
        if (found != visits.end()) {
            found->legacy.push_back(event);
        }
    }
}

std::uint8_t serviceOf(const Visit &visit)
{
    const auto &header = visit.entry.network;
    if (header.size() < 2 || isArp(header)) {
        return 0;
    }
    return header[0] >> 4 == 4 ? header[1] : static_cast<std::uint8_t>(header[0] << 4 | header[1] >> 4);
}

std::optional<filter::Packet> packetOf(const Visit &visit, const std::map<std::uint32_t, std::string> &names)
{
    const auto &header = visit.entry.network;
    const bool v4 = !header.empty() && header[0] >> 4 == 4;
    if (isArp(header)) {
        filter::Packet packet;
        addArp(packet, header);
        packet.mark = visit.entry.mark;
        addInterfaces(packet, visit, names);
        addLink(packet, visit.entry.link);
        return packet;
    }
    if (header.size() < (v4 ? 20U : 40U)) {
        return std::nullopt;
    }
    const std::uint8_t protocol = header[v4 ? 9 : 6];
    if (!v4 && isExtension(protocol)) {
        return std::nullopt;
    }
    filter::Packet packet;
    packet.source = addressAt(header, v4 ? 12 : 8, v4);
    packet.destination = addressAt(header, v4 ? 16 : 24, v4);
    packet.protocol = protocol;
    packet.ttl = header[v4 ? 8 : 7];
    packet.length = v4 ? at16(header, 2) : at16(header, 4) + 40;
    packet.mark = visit.entry.mark;
    addInterfaces(packet, visit, names);
    addConnection(packet, visit);
    addLink(packet, visit.entry.link);
    return addTransport(packet, visit.entry.transport) ? std::optional(packet) : std::nullopt;
}

} // namespace bothways::kernel
