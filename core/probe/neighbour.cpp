// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/probe.h"

#include "evidence/text.h"
#include "net/packet.h"
#include "probe/clock.h"
#include "probe/descriptor.h"
#include "probe/socket_address.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
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

using evidence::Access;
using evidence::NeighbourAnswer;
using evidence::NeighbourProbe;
using evidence::Reading;

namespace {

constexpr qint64 requestIntervalNs = 200'000'000;
constexpr std::size_t mostAnswers = 1000;
constexpr std::size_t largestFrame = 2048;

struct Problem {
    Access access = Access::Failed;
    QString message;
};

struct Device {
    unsigned index = 0;
    net::MacAddress mac;
};

/// Ethernet frames of one protocol on one interface; packet(7).
class FrameSocket {
public:
    std::optional<Problem> open(const QString &interface, const net::IpAddress &target)
    {
        const auto name = interface.toUtf8();
        m_device.index = ::if_nametoindex(name.constData());
        if (m_device.index == 0) {
            return Problem{Access::Failed, translate("probe", "There is no interface '%1'.").arg(interface)};
        }
        m_socket = Descriptor(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (!m_socket.isOpen()) {
            const int number = errno;
            return Problem{number == EPERM || number == EACCES ? Access::Denied : Access::Failed,
                           translate("probe", "The kernel gives no packet socket (CAP_NET_RAW): %1.").arg(errorText(number))};
        }
        if (auto problem = readMac(name)) {
            return problem;
        }
        if (target.isV6()) {
            onlyAdvertisements();
        }
        sockaddr_ll address{};
        address.sll_family = AF_PACKET;
        address.sll_ifindex = static_cast<int>(m_device.index);
        address.sll_protocol = htons(target.isV4() ? ETHERTYPE_ARP : ETHERTYPE_IPV6);
        if (::bind(m_socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
            return Problem{Access::Failed,
                           translate("probe", "Cannot listen on the interface '%1': %2.").arg(interface, errorText(errno))};
        }
        return std::nullopt;
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
    std::optional<Problem> readMac(const QByteArray &name)
    {
        ifreq request{};
        std::strncpy(request.ifr_name, name.constData(), IFNAMSIZ - 1);
        if (::ioctl(m_socket.get(), SIOCGIFHWADDR, &request) != 0) {
            return Problem{Access::Failed, translate("probe", "The interface '%1' does not tell its hardware address: %2.")
                                               .arg(QString::fromUtf8(name), errorText(errno))};
        }
        if (request.ifr_hwaddr.sa_family != ARPHRD_ETHER) {
            return Problem{Access::Absent,
                           translate("probe", "The interface '%1' is not Ethernet; nobody is asked for a hardware address there.")
                               .arg(QString::fromUtf8(name))};
        }
        std::array<std::uint8_t, 6> mac{};
        std::memcpy(mac.data(), request.ifr_hwaddr.sa_data, mac.size());
        m_device.mac = net::MacAddress(mac);
        return std::nullopt;
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
net::IpAddress senderAddress(const QString &interface, const net::IpAddress &target)
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
        if (!address || label.substr(0, label.find(':')) != interface.toStdString() || address->family() != target.family()) {
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
    NeighbourRun(FrameSocket &socket, const net::IpAddress &target, const QString &interface) : m_socket(socket), m_target(target)
    {
        const auto sender = senderAddress(interface, target);
        m_request = target.isV4() ? net::buildArpRequest(socket.device().mac, sender, target)
                                  : net::buildNeighbourSolicitation(socket.device().mac, sender, target);
        m_probe.target = target;
        m_probe.interface = interface;
    }

    /// errno of a send that failed, or 0.
    int run(int requests, qint64 waitNs, const std::stop_token &stop)
    {
        qint64 nextNs = monotonicNs();
        while (!stop.stop_requested()) {
            const qint64 now = monotonicNs();
            hear(now);
            if (now >= nextNs && m_probe.requestsSent == requests) {
                return 0;
            }
            if (now >= nextNs) {
                if (const int error = m_socket.send(m_request.view()); error != 0) {
                    return error;
                }
                m_sentNs = now;
                ++m_probe.requestsSent;
                nextNs = now + (m_probe.requestsSent < requests ? requestIntervalNs : waitNs);
            }
            const qint64 span = std::clamp<qint64>(nextNs - now, 0, sliceNs);
            const timespec time{0, span};
            pollfd item{m_socket.descriptor(), POLLIN, 0};
            ::ppoll(&item, 1, &time, nullptr);
        }
        return 0;
    }

    NeighbourProbe take() { return std::move(m_probe); }

private:
    void hear(qint64 now)
    {
        while (const auto frame = m_socket.receive()) {
            const auto mac = answerIn(*frame, m_target, m_socket.device().mac);
            if (mac && m_probe.answers.size() < mostAnswers) {
                m_probe.answers.push_back(NeighbourAnswer{*mac, now - m_sentNs, QDateTime::currentDateTimeUtc()});
            }
        }
    }

    FrameSocket &m_socket;
    net::IpAddress m_target;
    net::BuiltFrame m_request;
    NeighbourProbe m_probe;
    qint64 m_sentNs = 0;
};

} // namespace

Reading<NeighbourProbe> neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                  std::chrono::milliseconds wait, const std::stop_token &stop)
{
    const auto source = target.isV4() ? QStringLiteral("ARP request") : QStringLiteral("neighbour solicitation");
    FrameSocket socket;
    if (const auto problem = socket.open(interface, target)) {
        return Reading<NeighbourProbe>::missing(problem->access, source, problem->message);
    }
    NeighbourRun run(socket, target, interface);
    const auto longest = std::clamp(wait, std::chrono::milliseconds(0), std::chrono::milliseconds(60'000));
    const int error = run.run(std::clamp(requests, 1, 100), nanoseconds(longest), stop);
    auto probe = run.take();
    if (error != 0 && probe.requestsSent == 0) {
        return Reading<NeighbourProbe>::missing(
            error == EPERM || error == EACCES ? Access::Denied : Access::Failed, source,
            translate("probe", "Cannot send on the interface '%1': %2.").arg(interface, errorText(error)));
    }
    return Reading<NeighbourProbe>::read(std::move(probe), source);
}

} // namespace bothways::probe
