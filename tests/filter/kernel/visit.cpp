// SPDX-License-Identifier: GPL-3.0-or-later
#include "visit.h"

#include <algorithm>
#include <array>

namespace bothways::kernel {
namespace {

using filter::Hook;

constexpr std::array hooks{Hook::Prerouting, Hook::Input, Hook::Forward, Hook::Output, Hook::Postrouting};
constexpr int outermost = 1'000'000;

std::optional<Hook> hookNamed(std::string_view text)
{
    const auto *found = std::find_if(hooks.begin(), hooks.end(), [text](Hook hook) { return name(hook) == text; });
    return found == hooks.end() ? std::nullopt : std::optional(*found);
}

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
        return header.size() >= 2;
    }
    if (packet.protocol == tcp || packet.protocol == udp) {
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

bool isArp(const Event &event) { return event.tableFamily == familyArp; }

} // namespace

std::string oracleRules()
{
    std::string all = std::string("table inet ") + oracleName + " {\n";
    for (const auto hook : hooks) {
        const std::string type = " { type filter hook " + std::string(name(hook)) + " priority ";
        all += " chain first_" + std::string(name(hook)) + type + std::to_string(-outermost) + "\n  meta nftrace set 1\n }\n";
        all += " chain last_" + std::string(name(hook)) + type + std::to_string(outermost) + "\n }\n";
    }
    return all + " chain tracking {\n  ct state new counter\n }\n}\n";
}

std::uint16_t Visit::tag() const
{
    return entry.network.empty() ? std::uint16_t{0} : entry.network[0] >> 4 == 4 ? at16(entry.network, 4) : at16(entry.network, 2);
}

std::vector<Visit> visitsOf(const std::vector<Event> &events)
{
    std::vector<Visit> visits;
    std::map<std::pair<std::uint32_t, bool>, std::size_t> open; // packet and protocol -> visit
    for (const auto &event : events) {
        const std::pair key(event.id, isArp(event));
        const bool ours = event.table == oracleName;
        if (ours && event.chain.starts_with("first_")) {
            const auto hook = hookNamed(std::string_view(event.chain).substr(6));
            if (hook && !event.network.empty()) {
                open[key] = visits.size();
                visits.push_back({*hook, event, {}, false, std::nullopt, event.mark});
            }
            continue;
        }
        const auto found = open.find(key);
        if (found == open.end()) {
            continue;
        }
        auto &visit = visits[found->second];
        visit.ctState = event.ctState ? event.ctState : visit.ctState;
        if (ours) {
            visit.passed = true;
        } else {
            visit.events.push_back(event);
        }
    }
    return visits;
}

std::optional<filter::Packet> packetOf(const Visit &visit, const std::map<std::uint32_t, std::string> &names)
{
    const auto &header = visit.entry.network;
    const bool v4 = !header.empty() && header[0] >> 4 == 4;
    if (header.size() < (v4 ? 20U : 40U)) {
        return std::nullopt;
    }
    filter::Packet packet;
    packet.source = addressAt(header, v4 ? 12 : 8, v4);
    packet.destination = addressAt(header, v4 ? 16 : 24, v4);
    packet.protocol = header[v4 ? 9 : 6];
    packet.ttl = header[v4 ? 8 : 7];
    packet.length = v4 ? at16(header, 2) : at16(header, 4) + 40;
    packet.mark = visit.mark;
    packet.inputInterface = nameAt(names, visit.entry.inputIndex);
    packet.outputInterface = nameAt(names, visit.entry.outputIndex);
    packet.ct = stateOf(visit.ctState);
    if (visit.entry.link.size() >= 14) {
        packet.destinationMac = macAt(visit.entry.link, 0);
        packet.sourceMac = macAt(visit.entry.link, 6);
    }
    return addTransport(packet, visit.entry.transport) ? std::optional(packet) : std::nullopt;
}

} // namespace bothways::kernel
