// SPDX-License-Identifier: GPL-3.0-or-later
#include "trace.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>
#include <poll.h>
#include <sys/socket.h>

namespace bothways::kernel {
namespace {

// NFTA_TRACE_CT_DIRECTION, _STATUS and _STATE are newer than the headers.
constexpr std::uint16_t traceDirection = 19;
constexpr std::uint16_t traceStatus = 20;
constexpr std::uint16_t traceState = 21;
constexpr int receiveBuffer = 64 * 1024 * 1024;

template <typename Number>
Number bigEndian(net::Bytes bytes)
{
    Number value = 0;
    for (std::size_t i = 0; i < sizeof value && i < bytes.size(); ++i) {
        value = static_cast<Number>(value << 8 | bytes[i]);
    }
    return value;
}

std::string text(net::Bytes bytes)
{
    std::string all(bytes.begin(), bytes.end());
    while (!all.empty() && all.back() == '\0') {
        all.pop_back();
    }
    return all;
}

/// Calls `use(type, payload)` for each attribute.
template <typename Use>
void forEachAttribute(net::Bytes bytes, const Use &use)
{
    while (bytes.size() >= sizeof(nlattr)) {
        nlattr head{};
        std::memcpy(&head, bytes.data(), sizeof head);
        if (head.nla_len < sizeof head || head.nla_len > bytes.size()) {
            return;
        }
        use(static_cast<std::uint16_t>(head.nla_type & NLA_TYPE_MASK), bytes.subspan(sizeof head, head.nla_len - sizeof head));
        bytes = bytes.subspan(std::min<std::size_t>(bytes.size(), NLA_ALIGN(head.nla_len)));
    }
}

Buffer copy(net::Bytes bytes) { return {bytes.begin(), bytes.end()}; }

std::int32_t verdictIn(net::Bytes nested)
{
    std::int32_t verdict = 0;
    forEachAttribute(nested, [&verdict](std::uint16_t type, net::Bytes value) {
        verdict = type == NFTA_VERDICT_CODE ? static_cast<std::int32_t>(bigEndian<std::uint32_t>(value)) : verdict;
    });
    return verdict;
}

/// About the packet.
void takePacket(Event &event, std::uint16_t type, net::Bytes payload)
{
    switch (type) {
    case NFTA_TRACE_LL_HEADER:
        event.link = copy(payload);
        break;
    case NFTA_TRACE_NETWORK_HEADER:
        event.network = copy(payload);
        break;
    case NFTA_TRACE_TRANSPORT_HEADER:
        event.transport = copy(payload);
        break;
    case NFTA_TRACE_IIF:
        event.inputIndex = bigEndian<std::uint32_t>(payload);
        break;
    case NFTA_TRACE_IIFTYPE:
        event.inputType = bigEndian<std::uint16_t>(payload);
        break;
    case NFTA_TRACE_OIF:
        event.outputIndex = bigEndian<std::uint32_t>(payload);
        break;
    case NFTA_TRACE_OIFTYPE:
        event.outputType = bigEndian<std::uint16_t>(payload);
        break;
    case NFTA_TRACE_MARK:
        event.mark = bigEndian<std::uint32_t>(payload);
        break;
    case traceDirection:
        event.ctDirection = bigEndian<std::uint8_t>(payload);
        break;
    case traceStatus:
        event.ctStatus = bigEndian<std::uint32_t>(payload);
        break;
    case traceState:
        event.ctState = bigEndian<std::uint32_t>(payload);
        break;
    default:
        break;
    }
}

void take(Event &event, std::uint16_t type, net::Bytes payload)
{
    switch (type) {
    case NFTA_TRACE_TABLE:
        event.table = text(payload);
        break;
    case NFTA_TRACE_CHAIN:
        event.chain = text(payload);
        break;
    case NFTA_TRACE_RULE_HANDLE:
        event.handle = bigEndian<std::uint64_t>(payload);
        break;
    case NFTA_TRACE_TYPE:
        event.type = static_cast<EventType>(bigEndian<std::uint32_t>(payload));
        break;
    case NFTA_TRACE_VERDICT:
        event.verdict = verdictIn(payload);
        break;
    case NFTA_TRACE_POLICY:
        event.verdict = static_cast<std::int32_t>(bigEndian<std::uint32_t>(payload));
        break;
    case NFTA_TRACE_ID:
        event.id = bigEndian<std::uint32_t>(payload);
        break;
    case NFTA_TRACE_NFPROTO:
        event.packetFamily = bigEndian<std::uint32_t>(payload);
        break;
    default:
        takePacket(event, type, payload);
    }
}

Descriptor listener()
{
    Descriptor made(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER), "netlink socket");
    sockaddr_nl own{};
    own.nl_family = AF_NETLINK;
    const int group = NFNLGRP_NFTRACE;
    const bool ready = ::setsockopt(made.get(), SOL_SOCKET, SO_RCVBUFFORCE, &receiveBuffer, sizeof receiveBuffer) == 0 &&
                       ::bind(made.get(), reinterpret_cast<const sockaddr *>(&own), sizeof own) == 0 &&
                       ::setsockopt(made.get(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) == 0;
    if (!ready) {
        throw std::runtime_error(std::string("listening to the trace: ") + std::strerror(errno));
    }
    return made;
}

} // namespace

std::optional<Event> parseEvent(net::Bytes message)
{
    nlmsghdr head{};
    if (message.size() < NLMSG_HDRLEN + sizeof(nfgenmsg)) {
        return std::nullopt;
    }
    std::memcpy(&head, message.data(), sizeof head);
    if (head.nlmsg_type != (NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_TRACE)) {
        return std::nullopt;
    }
    Event event;
    event.tableFamily = message[NLMSG_HDRLEN];
    forEachAttribute(message.subspan(NLMSG_HDRLEN + sizeof(nfgenmsg)),
                     [&event](std::uint16_t type, net::Bytes payload) { take(event, type, payload); });
    return event;
}

Trace::Trace() : m_socket(listener()), m_buffer(65536) {}

std::vector<Event> Trace::receive(std::chrono::milliseconds patience)
{
    std::vector<Event> events;
    pollfd wait{m_socket.get(), POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(patience.count())) <= 0) {
        return events;
    }
    while (true) {
        const auto got = ::recv(m_socket.get(), m_buffer.data(), m_buffer.size(), MSG_DONTWAIT);
        if (got < 0 && errno == ENOBUFS) {
            m_overrun = true;
            continue;
        }
        if (got <= 0) {
            return events;
        }
        net::Bytes left(m_buffer.data(), static_cast<std::size_t>(got));
        while (left.size() >= NLMSG_HDRLEN) {
            nlmsghdr head{};
            std::memcpy(&head, left.data(), sizeof head);
            if (head.nlmsg_len < NLMSG_HDRLEN || head.nlmsg_len > left.size()) {
                break;
            }
            if (auto event = parseEvent(left.first(head.nlmsg_len))) {
                events.push_back(std::move(*event));
            }
            left = left.subspan(std::min<std::size_t>(left.size(), NLMSG_ALIGN(head.nlmsg_len)));
        }
    }
}

} // namespace bothways::kernel
