// SPDX-License-Identifier: GPL-3.0-or-later
#include "packets.h"

#include <algorithm>
#include <cstdlib>

namespace bothways::kernel {
namespace {

using filter::CtState;

bool isPart(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ':' || c == '_';
}

/// The address itself, or one beside it: some belong to a prefix and some do not.
net::IpAddress near(const net::IpAddress &address, Random &random)
{
    auto bytes = address.bytes();
    if (random.chance(40)) {
        const auto first = address.isV4() ? std::size_t{0} : std::size_t{8};
        bytes[address.isV4() ? 3 : 15] = static_cast<std::uint8_t>(random.below(256));
        if (random.chance(20)) {
            bytes[first + static_cast<std::size_t>(random.below(3))] = static_cast<std::uint8_t>(random.below(256));
        }
    }
    if (address.isV4()) {
        return net::IpAddress::fromV4(static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
                                      static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3]);
    }
    return net::IpAddress::fromV6(bytes);
}

} // namespace

PacketsFor::PacketsFor(std::string_view ruleset, Random &random) : m_random(random)
{
    constexpr std::size_t most = 2000;
    for (std::size_t at = 0; at < ruleset.size();) {
        const auto *const start = std::find_if(ruleset.begin() + static_cast<std::ptrdiff_t>(at), ruleset.end(), isPart);
        const auto *const end = std::find_if_not(start, ruleset.end(), isPart);
        const std::string word(start, end);
        at = static_cast<std::size_t>(end - ruleset.begin()) + (end == ruleset.end() ? 0 : 1);
        if (const auto address = net::IpAddress::parse(word)) {
            auto &all = address->isV4() ? m_v4 : m_v6;
            if (all.size() < most) {
                all.push_back(*address);
            }
        } else if (!word.empty() && word.find_first_not_of("0123456789") == std::string::npos && word.size() < 6) {
            m_numbers.push_back(std::min(std::atoi(word.c_str()), 65535));
        } else if (word.size() < 12 && word.find_first_of("0123456789") != std::string::npos) {
            m_names.push_back(word);
        }
    }
    m_v4.push_back(*net::IpAddress::parse("192.168.122.1"));
    m_v6.push_back(*net::IpAddress::parse("fd00::1"));
    m_numbers.insert(m_numbers.end(), {22, 53, 80, 443});
    m_names.insert(m_names.end(), {"lo", "eth0", "eth1", "br0", "wan", "lan"});
}

net::IpAddress PacketsFor::address(bool v4) { return near(m_random.pick(v4 ? m_v4 : m_v6), m_random); }

std::string PacketsFor::interface() { return m_random.pick(m_names); }

int PacketsFor::port() { return m_random.chance(80) ? m_random.pick(m_numbers) : m_random.below(65536); }

void PacketsFor::fillTransport(filter::Packet &packet)
{
    const auto kind = m_random.below(10);
    packet.protocol = kind < 4 ? 6 : kind < 7 ? 17 : kind < 9 ? (packet.source.isV4() ? 1 : 58) : m_random.below(140);
    if (packet.protocol == 6 || packet.protocol == 17) {
        packet.sourcePort = m_random.chance(30) ? port() : 40000;
        packet.destinationPort = port();
        packet.tcpFlags = packet.protocol == 6
                              ? std::optional(static_cast<std::uint8_t>(m_random.chance(70) ? 2 : m_random.below(256)))
                              : std::nullopt;
    } else if (packet.protocol == 1 || packet.protocol == 58) {
        packet.icmpType = packet.protocol == 1 ? m_random.pick(std::vector{0, 3, 8, 11, 13})
                                               : m_random.pick(std::vector{1, 2, 128, 129, 133, 134, 135, 136});
        packet.icmpCode = m_random.chance(80) ? 0 : m_random.below(5);
    }
}

filter::Packet PacketsFor::next(filter::Hook hook)
{
    using filter::Hook;
    filter::Packet packet;
    const bool arp = isArp(hook) || (!isIp(hook) && m_random.chance(15));
    const bool v4 = arp || m_random.chance(60);
    packet.source = address(v4);
    packet.destination = address(v4);
    if (arp) {
        packet.etherType = filter::etherArp;
        packet.arpOperation = 1 + m_random.below(2);
    } else {
        fillTransport(packet);
    }
    const bool in = hook != Hook::Output && hook != Hook::Postrouting && hook != Hook::BridgeOutput && hook != Hook::ArpOutput;
    const bool out = hook != Hook::Prerouting && hook != Hook::Input && hook != Hook::Ingress && hook != Hook::BridgeInput &&
                     hook != Hook::BridgePrerouting && hook != Hook::ArpInput;
    packet.inputInterface = in ? interface() : std::string{};
    packet.outputInterface = out ? interface() : std::string{};
    if (!isIp(hook) || m_random.chance(30)) {
        packet.sourceMac = net::MacAddress::parse("52:54:00:09:00:01");
        packet.destinationMac = net::MacAddress::parse(m_random.chance(80) ? "52:54:00:09:00:10" : "ff:ff:ff:ff:ff:ff");
    }
    packet.ct = m_random.pick(std::vector{CtState::New, CtState::New, CtState::Established, CtState::Related, CtState::Invalid});
    packet.mark = m_random.chance(80) ? 0 : static_cast<std::uint32_t>(m_random.pick(m_numbers));
    packet.ttl = m_random.chance(80) ? 64 : m_random.below(256);
    packet.length = m_random.chance(70) ? 84 : 20 + m_random.below(1400);
    return packet;
}

} // namespace bothways::kernel
