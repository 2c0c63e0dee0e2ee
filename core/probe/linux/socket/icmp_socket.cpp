// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/socket/icmp_socket.h"

#include "probe/linux/socket/socket_message.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <net/if.h> // before linux/icmp.h, which then leaves out its own copy

#include <linux/errqueue.h>
#include <linux/filter.h>
#include <linux/icmp.h>
#include <linux/net_tstamp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <sys/random.h>

namespace bothways::probe {

namespace {

constexpr std::size_t largestPacket = 65536;
constexpr int stampFlags = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE |
                           SOF_TIMESTAMPING_OPT_ID | SOF_TIMESTAMPING_OPT_CMSG | SOF_TIMESTAMPING_OPT_TSONLY;

template <typename T>
bool setOption(const Descriptor &socket, int level, int name, const T &value)
{
    return ::setsockopt(socket.get(), level, name, &value, sizeof value) == 0;
}

} // namespace

bool IcmpProblem::isDenial() const
{
    // A kernel without ping sockets answers EPROTONOSUPPORT.
    return step == IcmpStep::Socket && (error == EACCES || error == EPERM || error == EPROTONOSUPPORT);
}

IcmpSocket::IcmpSocket(IcmpRung rung, const IcmpPlan &plan)
    : m_rung(rung), m_target(plan.target), m_buffer(largestPacket), m_packet(largestPacket)
{
    if (::getrandom(&m_identifier, sizeof m_identifier, 0) != sizeof m_identifier) {
        m_identifier = static_cast<std::uint16_t>(monotonicNs() & 0xffff);
    }
}

tl::expected<IcmpSocket, IcmpProblem> IcmpSocket::open(IcmpRung rung, const IcmpPlan &plan)
{
    IcmpSocket socket(rung, plan);
    if (const auto problem = socket.openRung(plan); problem.step != IcmpStep::None) {
        return tl::unexpected(problem);
    }
    return socket;
}

IcmpProblem IcmpSocket::openRung(const IcmpPlan &plan)
{
    if (!plan.device.empty()) {
        m_scope = ::if_nametoindex(plan.device.c_str());
    }
    if (m_target.isV6() && m_target.isLinkLocal() && m_scope == 0) {
        return {IcmpStep::Interface, errno};
    }
    const int type = (m_rung == IcmpRung::PingSocket ? SOCK_DGRAM : SOCK_RAW) | SOCK_CLOEXEC | SOCK_NONBLOCK;
    const int protocol = m_target.isV4() ? net::protocol::icmp : net::protocol::icmpv6;
    m_socket = Descriptor(::socket(familyOf(m_target), type, protocol));
    if (!m_socket.isOpen()) {
        return {IcmpStep::Socket, errno};
    }
    if (!setPath(plan)) {
        return {IcmpStep::Options, errno};
    }
    setOptions();
    if (plan.source) {
        const auto address = toSocketAddress(*plan.source, 0, m_scope);
        if (::bind(m_socket.get(), address.data(), address.size) != 0) {
            return {IcmpStep::Source, errno};
        }
    }
    return {};
}

// A measurement with another hop limit or in fragments would be another measurement: these must not fail unseen.
bool IcmpSocket::setPath(const IcmpPlan &plan)
{
    return (plan.hopLimit <= 0 || setTtl(plan.hopLimit)) && (!plan.dontFragment || forbidFragments());
}

void IcmpSocket::setOptions()
{
    const int on = 1;
    if (m_target.isV4()) {
        setOption(m_socket, IPPROTO_IP, IP_RECVERR, on);
        setOption(m_socket, IPPROTO_IP, IP_RECVTTL, on);
    } else {
        setOption(m_socket, IPPROTO_IPV6, IPV6_RECVERR, on);
        setOption(m_socket, IPPROTO_IPV6, IPV6_RECVHOPLIMIT, on);
    }
    // Replies of a whole second's requests must fit while this thread is not running.
    const int room = 1 << 20;
    setOption(m_socket, SOL_SOCKET, SO_RCVBUF, room);
    if (m_rung == IcmpRung::RawSocket) {
        filterReplies();
    }
    restartStamps();
}

// The kernel numbers transmit stamps from 0 since OPT_ID was turned on. A failed send may or may not have counted, so the count
// starts anew after one.
void IcmpSocket::restartStamps()
{
    setOption(m_socket, SOL_SOCKET, SO_TIMESTAMPING, 0);
    setOption(m_socket, SOL_SOCKET, SO_TIMESTAMPING, stampFlags);
    m_stampKeys.clear();
}

// A raw socket hears every echo reply of the machine. Let through only those with our identifier: other pings are not our
// business, and waking up for them costs time.
void IcmpSocket::filterReplies()
{
    if (m_target.isV4()) {
        icmp_filter types{~(1U << ICMP_ECHOREPLY)};
        setOption(m_socket, SOL_RAW, ICMP_FILTER, types);
    } else {
        icmp6_filter types{};
        ICMP6_FILTER_SETBLOCKALL(&types);
        ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &types);
        setOption(m_socket, IPPROTO_ICMPV6, ICMP6_FILTER, types);
    }
    // IPv4 raw sockets see the IP header first, IPv6 ones do not.
    std::array<sock_filter, 4> v4{{{BPF_LDX | BPF_B | BPF_MSH, 0, 0, 0},
                                   {BPF_LD | BPF_H | BPF_IND, 0, 0, 4},
                                   {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, m_identifier},
                                   {BPF_RET | BPF_K, 0, 0, largestPacket}}};
    std::array<sock_filter, 5> program{};
    std::copy(v4.begin(), v4.end(), program.begin());
    program[4] = {BPF_RET | BPF_K, 0, 0, 0};
    if (m_target.isV6()) {
        program[0] = {BPF_LDX | BPF_W | BPF_IMM, 0, 0, 0};
    }
    const sock_fprog filter{program.size(), program.data()};
    setOption(m_socket, SOL_SOCKET, SO_ATTACH_FILTER, filter);
}

bool IcmpSocket::setTtl(int ttl) const
{
    const bool v4 = m_target.isV4();
    return setOption(m_socket, v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_TTL : IPV6_UNICAST_HOPS, ttl);
}

bool IcmpSocket::forbidFragments() const
{
    if (m_target.isV4()) {
        const int probe = IP_PMTUDISC_PROBE;
        return setOption(m_socket, IPPROTO_IP, IP_MTU_DISCOVER, probe);
    }
    const int probe = IPV6_PMTUDISC_PROBE;
    const int on = 1;
    return setOption(m_socket, IPPROTO_IPV6, IPV6_MTU_DISCOVER, probe) && setOption(m_socket, IPPROTO_IPV6, IPV6_DONTFRAG, on);
}

int IcmpSocket::sendTo(const net::IpAddress &target, int index, std::uint16_t sequence, net::Bytes payload)
{
    const auto size = net::buildEchoRequest(m_target.family(), m_identifier, sequence, payload, m_packet);
    const auto to = toSocketAddress(target, 0, m_scope);
    if (::sendto(m_socket.get(), m_packet.data(), size, MSG_DONTWAIT | MSG_NOSIGNAL, to.data(), to.size) >= 0) {
        m_stampKeys.push_back(index);
        return 0;
    }
    return errno;
}

std::optional<IcmpSocket::Reply> IcmpSocket::receive()
{
    while (const auto message = receiveMessage(m_socket.get(), 0, m_buffer)) {
        const Nanoseconds now = monotonicNs();
        net::Bytes icmp = message->data;
        if (m_rung == IcmpRung::RawSocket && m_target.isV4()) {
            const auto packet = net::decodeIpv4(icmp);
            icmp = packet ? packet->payload : net::Bytes();
        }
        const auto echo = net::decodeEcho(m_target.family(), icmp);
        const bool ours = echo && !echo->request && (m_rung == IcmpRung::PingSocket || echo->identifier == m_identifier);
        if (ours && message->from) {
            return Reply{*echo, *message->from, now, message->stampNs, message->ttl};
        }
    }
    return std::nullopt;
}

std::optional<IcmpSocket::Report> IcmpSocket::report()
{
    while (const auto message = receiveMessage(m_socket.get(), MSG_ERRQUEUE, m_buffer)) {
        const auto &error = message->error;
        if (!error) {
            continue;
        }
        if (error->ee_origin == SO_EE_ORIGIN_TIMESTAMPING) {
            if (message->stampNs && error->ee_info == SCM_TSTAMP_SND && error->ee_data < m_stampKeys.size()) {
                return Left{m_stampKeys[error->ee_data], *message->stampNs};
            }
            continue;
        }
        const bool icmp = message->isIcmpError();
        const auto echo = net::decodeEcho(m_target.family(), message->data);
        if (!echo || !echo->request || (m_rung == IcmpRung::RawSocket && echo->identifier != m_identifier)) {
            continue;
        }
        const int mtu = error->ee_errno == EMSGSIZE ? static_cast<int>(std::min(error->ee_info, 65535U)) : 0;
        return Refused{*echo,
                       icmp,
                       message->offender.value_or(net::IpAddress()),
                       error->ee_type,
                       error->ee_code,
                       static_cast<int>(error->ee_errno),
                       mtu};
    }
    return std::nullopt;
}

void IcmpSocket::clearError() const
{
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(m_socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
}

} // namespace bothways::probe
