// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/neighbour_frames.h"

#include "net/packet.h"
#include "probe/descriptor.h"
#include "probe/socket_address.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <string_view>

#include <ifaddrs.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <poll.h>
#include <sys/ioctl.h>

namespace bothways::probe {

namespace {

constexpr std::int64_t requestIntervalNs = 200'000'000;
constexpr std::int64_t longestPauseNs = 50'000'000;
constexpr std::size_t mostAnswers = 1000;
constexpr std::size_t largestFrame = 2048;

std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::int64_t sinceEpochNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

struct Device {
    unsigned index = 0;
    net::MacAddress mac;
};

/// Ethernet frames of one protocol on one interface; packet(7).
class FrameSocket {
public:
    NeighbourStep open(const std::string &device, const net::IpAddress &target)
    {
        m_device.index = ::if_nametoindex(device.c_str());
        if (m_device.index == 0) {
            return NeighbourStep::Interface;
        }
        m_socket = Descriptor(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (!m_socket.isOpen()) {
            return NeighbourStep::Socket;
        }
        if (const auto step = readMac(device); step != NeighbourStep::None) {
            return step;
        }
        if (target.isV6()) {
            onlyAdvertisements();
        }
        sockaddr_ll address{};
        address.sll_family = AF_PACKET;
        address.sll_ifindex = static_cast<int>(m_device.index);
        address.sll_protocol = htons(target.isV4() ? ETHERTYPE_ARP : ETHERTYPE_IPV6);
        const bool bound = ::bind(m_socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
        return bound ? NeighbourStep::None : NeighbourStep::Bind;
    }

    const Device &device() const { return m_device; }
    int descriptor() const { return m_socket.get(); }

    /// errno, or 0.
    int send(net::Bytes frame) const
    {
        return ::send(m_socket.get(), frame.data(), frame.size(), MSG_DONTWAIT) == static_cast<ssize_t>(frame.size()) ? 0 : errno;
    }

    /// The next frame that came in, or nothing.
    std::optional<net::Bytes> receive()
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

private:
    NeighbourStep readMac(const std::string &device)
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
        m_device.mac = net::MacAddress(mac);
        return NeighbourStep::None;
    }

    // All IPv6 traffic of the interface would come here otherwise.
    void onlyAdvertisements() const
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

    Descriptor m_socket;
    Device m_device;
    std::array<std::uint8_t, largestFrame> m_buffer{};
};

int prefixLengthOf(const net::IpAddress &mask)
{
    int length = 0;
    while (length < mask.width() && (mask.bytes().at(static_cast<std::size_t>(length / 8)) & 0x80U >> (length % 8)) != 0) {
        ++length;
    }
    return length;
}

/// The address to ask with: one whose subnet holds the target; for IPv6 else the link-local one; else any of the interface; else
/// none, which makes the request a probe (RFC 5227) or a duplicate-address solicitation.
net::IpAddress senderAddress(const std::string &device, const net::IpAddress &target)
{
    ifaddrs *first = nullptr;
    if (::getifaddrs(&first) != 0) {
        return {};
    }
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> list(first, &::freeifaddrs);
    net::IpAddress best;
    int rank = 0;
    for (const ifaddrs *entry = first; entry != nullptr; entry = entry->ifa_next) {
        const std::string_view label(entry->ifa_name);
        const auto address = fromSocketAddress(entry->ifa_addr);
        // The kernel gives an IPv4 address' label, which may be "eth0:1".
        if (!address || label.substr(0, label.find(':')) != device || address->family() != target.family()) {
            continue;
        }
        const auto mask = fromSocketAddress(entry->ifa_netmask);
        const bool near = mask && net::Prefix(*address, prefixLengthOf(*mask)).contains(target);
        const int itsRank = near ? 3 : address->isV6() && address->isLinkLocal() ? 2 : 1;
        if (itsRank > rank) {
            rank = itsRank;
            best = *address;
        }
    }
    return best;
}

/// The owner's MAC, if the frame answers our question for `target`.
std::optional<net::MacAddress> answerIn(net::Bytes frame, const net::IpAddress &target, const net::MacAddress &own)
{
    const auto ethernet = net::decodeEthernet(frame);
    if (!ethernet) {
        return std::nullopt;
    }
    if (target.isV4()) {
        const auto arp = net::decodeArp(ethernet->payload);
        const bool answers =
            arp && arp->operation == net::ArpPacket::reply && arp->senderAddress == target && arp->targetMac == own;
        return answers ? std::optional(arp->senderMac) : std::nullopt;
    }
    const auto packet = net::decodeIpv6(ethernet->payload);
    // RFC 4861, 7.1.2: from the same link, and intact.
    if (!packet || !packet->complete || packet->nextHeader != net::protocol::icmpv6 || packet->hopLimit != 255 ||
        net::internetChecksum(packet->source, packet->destination, net::protocol::icmpv6, packet->payload) != 0) {
        return std::nullopt;
    }
    const auto message = net::decodeNeighbour(packet->payload);
    if (!message || !message->advertisement || message->target != target) {
        return std::nullopt;
    }
    return message->linkLayer.value_or(ethernet->source);
}

class NeighbourRun {
public:
    NeighbourRun(FrameSocket &socket, const NeighbourQuestion &question, const NeighbourSink &sink)
        : m_socket(socket), m_question(question), m_sink(sink)
    {
        const auto sender = senderAddress(question.device, question.target);
        m_request = question.target.isV4() ? net::buildArpRequest(socket.device().mac, sender, question.target)
                                           : net::buildNeighbourSolicitation(socket.device().mac, sender, question.target);
    }

    NeighbourOutcome run(const std::function<bool()> &stop)
    {
        std::int64_t nextNs = nowNs();
        while (!stop()) {
            const auto now = nowNs();
            hear(now);
            if (now >= nextNs && m_outcome.sent == m_question.requests) {
                break;
            }
            if (now >= nextNs) {
                m_outcome.error = m_socket.send(m_request.view());
                if (m_outcome.error != 0) {
                    m_outcome.step = NeighbourStep::Send;
                    break;
                }
                m_sentNs = now;
                ++m_outcome.sent;
                nextNs = now + (m_outcome.sent < m_question.requests ? requestIntervalNs : m_question.waitNs);
            }
            const timespec time{0, std::clamp<std::int64_t>(nextNs - now, 0, longestPauseNs)};
            pollfd item{m_socket.descriptor(), POLLIN, 0};
            ::ppoll(&item, 1, &time, nullptr);
        }
        return std::move(m_outcome);
    }

private:
    void hear(std::int64_t now)
    {
        while (const auto frame = m_socket.receive()) {
            const auto mac = answerIn(*frame, m_question.target, m_socket.device().mac);
            if (mac && m_heard < mostAnswers) {
                ++m_heard;
                const HeardNeighbour answer{*mac, now - m_sentNs, sinceEpochNs()};
                if (m_sink) {
                    m_sink(answer);
                } else {
                    m_outcome.answers.push_back(answer);
                }
            }
        }
    }

    FrameSocket &m_socket;
    const NeighbourQuestion &m_question;
    const NeighbourSink &m_sink;
    net::BuiltFrame m_request;
    NeighbourOutcome m_outcome;
    std::size_t m_heard = 0;
    std::int64_t m_sentNs = 0;
};

} // namespace

NeighbourOutcome askNeighbour(const NeighbourQuestion &question, const std::function<bool()> &stop, const NeighbourSink &sink)
{
    FrameSocket socket;
    const auto step = socket.open(question.device, question.target);
    if (step != NeighbourStep::None) {
        return {step, errno, 0, {}};
    }
    return NeighbourRun(socket, question, sink).run(stop);
}

} // namespace bothways::probe
