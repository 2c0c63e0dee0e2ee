// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnose/tagged_pings.h"

#include "net/packet.h"

#include <array>
#include <chrono>
#include <vector>

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bothways::lab {

namespace {

void put16(std::vector<std::uint8_t> &bytes, std::uint16_t value)
{
    bytes.push_back(static_cast<std::uint8_t>(value >> 8U));
    bytes.push_back(static_cast<std::uint8_t>(value & 0xffU));
}

void set16(std::vector<std::uint8_t> &bytes, std::size_t at, std::uint16_t value)
{
    bytes[at] = static_cast<std::uint8_t>(value >> 8U);
    bytes[at + 1] = static_cast<std::uint8_t>(value & 0xffU);
}

std::vector<std::uint8_t> taggedEcho(std::uint16_t vlan, const std::string &source, const std::string &destination,
                                     const std::string &mac, std::uint16_t sequence)
{
    std::vector<std::uint8_t> frame;
    const auto append = [&](const auto &bytes, std::size_t count) {
        frame.insert(frame.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
    };
    append(net::MacAddress::parse(mac).value().bytes(), 6);
    append(net::MacAddress::parse("02:00:00:00:07:07").value().bytes(), 6);
    put16(frame, 0x8100);
    put16(frame, vlan);
    put16(frame, net::ethertype::ipv4);
    const auto ipAt = frame.size();
    const std::array<std::uint8_t, 12> header{0x45, 0, 0, 20 + 8 + 16, 0, 0, 0, 0, 64, net::protocol::icmp, 0, 0};
    append(header, header.size());
    append(net::IpAddress::parse(source).value().bytes(), 4);
    append(net::IpAddress::parse(destination).value().bytes(), 4);
    set16(frame, ipAt + 10, net::internetChecksum(net::Bytes(frame).subspan(ipAt)));
    const auto icmpAt = frame.size();
    put16(frame, std::uint16_t{net::icmp::echoRequest} << 8U);
    put16(frame, 0);
    put16(frame, 0x7a67); // identifier
    put16(frame, sequence);
    for (std::uint8_t i = 0; i < 16; ++i) {
        frame.push_back(static_cast<std::uint8_t>(sequence * 16 + i));
    }
    set16(frame, icmpAt + 2, net::internetChecksum(net::Bytes(frame).subspan(icmpAt)));
    return frame;
}

} // namespace

TaggedPings::TaggedPings(const Namespace &machine, std::string interface, std::uint16_t vlan, std::string source,
                         std::string destination, std::string destinationMac)
{
    int socket = -1;
    unsigned index = 0;
    machine.enter([&] {
        socket = ::socket(AF_PACKET, SOCK_RAW, 0);
        index = ::if_nametoindex(interface.c_str());
    });
    m_thread = std::jthread([=](const std::stop_token &stop) {
        sockaddr_ll to{};
        to.sll_family = AF_PACKET;
        to.sll_ifindex = static_cast<int>(index);
        for (std::uint16_t sequence = 1; !stop.stop_requested() && sequence < 600; ++sequence) {
            const auto frame = taggedEcho(vlan, source, destination, destinationMac, sequence);
            ::sendto(socket, frame.data(), frame.size(), 0, reinterpret_cast<const sockaddr *>(&to), sizeof to);
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
        }
        ::close(socket);
    });
}

TaggedPings::~TaggedPings() = default;

} // namespace bothways::lab
