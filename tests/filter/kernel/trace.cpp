// SPDX-License-Identifier: GPL-3.0-or-later
#include "trace.h"

#include "netlink.h"

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
        event.table = textOf(payload);
        break;
    case NFTA_TRACE_CHAIN:
        event.chain = textOf(payload);
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
    auto made = netfilterSocket();
    const int group = NFNLGRP_NFTRACE;
    if (::setsockopt(made.get(), SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) != 0) {
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
    m_overrun = drain(m_socket.get(), m_buffer,
                      [&events](net::Bytes message) {
                          if (auto event = parseEvent(message)) {
                              events.push_back(std::move(*event));
                          }
                      }) ||
                m_overrun;
    return events;
}

} // namespace bothways::kernel
