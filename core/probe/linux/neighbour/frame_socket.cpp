// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/neighbour/frame_socket.h"

#include <cerrno>
#include <cstring>

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

namespace bothways::probe {

NeighbourStep FrameSocket::open(const std::string &device, net::Family family)
{
    const auto index = ::if_nametoindex(device.c_str());
    if (index == 0) {
        return NeighbourStep::Interface;
    }
    m_socket = Descriptor(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!m_socket.isOpen()) {
        return NeighbourStep::Socket;
    }
    if (const auto step = readMac(device); step != NeighbourStep::None) {
        return step;
    }
    if (family == net::Family::v6) {
        onlyAdvertisements();
    }
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_ifindex = static_cast<int>(index);
    address.sll_protocol = htons(family == net::Family::v4 ? ETHERTYPE_ARP : ETHERTYPE_IPV6);
    const bool bound = ::bind(m_socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    return bound ? NeighbourStep::None : NeighbourStep::Bind;
}

int FrameSocket::send(net::Bytes frame) const
{
    return ::send(m_socket.get(), frame.data(), frame.size(), MSG_DONTWAIT) == static_cast<ssize_t>(frame.size()) ? 0 : errno;
}

std::optional<net::Bytes> FrameSocket::receive()
{
    for (;;) {
        sockaddr_ll from{};
        socklen_t length = sizeof from;
        const auto size = ::recvfrom(m_socket.get(), m_buffer.data(), m_buffer.size(), MSG_DONTWAIT,
                                     reinterpret_cast<sockaddr *>(&from), &length);
        if (size < 0) {
            return std::nullopt;
        }
        if (from.sll_pkttype != PACKET_OUTGOING) {
            return net::Bytes(m_buffer).first(static_cast<std::size_t>(size));
        }
    }
}

void FrameSocket::enlarge() const
{
    const int room = 1 << 22;
    if (::setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room) != 0) { // CAP_NET_ADMIN
        ::setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    }
}

NeighbourStep FrameSocket::readMac(const std::string &device)
{
    ifreq request{};
    std::strncpy(request.ifr_name, device.c_str(), IFNAMSIZ - 1);
    if (::ioctl(m_socket.get(), SIOCGIFHWADDR, &request) != 0) {
        return NeighbourStep::HardwareAddress;
    }
    if (request.ifr_hwaddr.sa_family != ARPHRD_ETHER) {
        return NeighbourStep::NotEthernet;
    }
    std::array<std::uint8_t, 6> mac{};
    std::memcpy(mac.data(), request.ifr_hwaddr.sa_data, mac.size());
    m_mac = net::MacAddress(mac);
    return NeighbourStep::None;
}

// All IPv6 traffic of the interface would come here otherwise.
void FrameSocket::onlyAdvertisements() const
{
    constexpr int nextHeader = 14 + 6;
    constexpr int icmpType = 14 + 40;
    std::array<sock_filter, 6> program{{{BPF_LD | BPF_B | BPF_ABS, 0, 0, nextHeader},
                                        {BPF_JMP | BPF_JEQ | BPF_K, 0, 3, net::protocol::icmpv6},
                                        {BPF_LD | BPF_B | BPF_ABS, 0, 0, icmpType},
                                        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, net::icmpv6::neighbourAdvertisement},
                                        {BPF_RET | BPF_K, 0, 0, largestFrame},
                                        {BPF_RET | BPF_K, 0, 0, 0}}};
    const sock_fprog filter{program.size(), program.data()};
    ::setsockopt(m_socket.get(), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
}

std::optional<NeighbourClaim> claimIn(net::Bytes frame, net::Family family, const net::MacAddress &own)
{
    const auto ethernet = net::decodeEthernet(frame);
    if (!ethernet) {
        return std::nullopt;
    }
    if (family == net::Family::v4) {
        const auto arp = net::decodeArp(ethernet->payload);
        const bool answers = arp && arp->operation == net::ArpPacket::reply && arp->targetMac == own;
        return answers ? std::optional(NeighbourClaim{arp->senderAddress, arp->senderMac}) : std::nullopt;
    }
    const auto packet = net::decodeIpv6(ethernet->payload);
    // RFC 4861, 7.1.2: from the same link, and intact.
    if (!packet || !packet->complete || packet->nextHeader != net::protocol::icmpv6 || packet->hopLimit != 255 ||
        net::internetChecksum(packet->source, packet->destination, net::protocol::icmpv6, packet->payload) != 0) {
        return std::nullopt;
    }
    const auto message = net::decodeNeighbour(packet->payload);
    if (!message || !message->advertisement) {
        return std::nullopt;
    }
    return NeighbourClaim{message->target, message->linkLayer.value_or(ethernet->source)};
}

} // namespace bothways::probe
