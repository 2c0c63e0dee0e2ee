// SPDX-License-Identifier: GPL-3.0-or-later
#include "legacy_trace.h"

#include "netlink.h"

#include <array>
#include <cstdlib>
#include <stdexcept>

#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_log.h>
#include <netinet/in.h>

namespace bothways::kernel {
namespace {

constexpr std::uint32_t firstBytes = 80;

struct Request {
    nlmsghdr head{};
    nfgenmsg family{};
    std::array<std::uint8_t, 64> attributes{};
};

/// One attribute, to group 0, which is where traces go.
void configure(int socket, std::uint8_t family, std::uint16_t type, const void *value, std::size_t size)
{
    Request request;
    nlattr attribute{static_cast<std::uint16_t>(sizeof(nlattr) + size), type};
    std::memcpy(request.attributes.data(), &attribute, sizeof attribute);
    std::memcpy(request.attributes.data() + sizeof attribute, value, size);
    request.head.nlmsg_len = static_cast<std::uint32_t>(NLMSG_HDRLEN + sizeof(nfgenmsg) + NLA_ALIGN(attribute.nla_len));
    request.head.nlmsg_type = NFNL_SUBSYS_ULOG << 8 | NFULNL_MSG_CONFIG;
    request.head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
    request.family.nfgen_family = family;
    std::array<std::uint8_t, 1024> answer{};
    ::send(socket, &request, request.head.nlmsg_len, 0);
    const auto got = ::recv(socket, answer.data(), answer.size(), 0);
    nlmsgerr error{};
    if (got < static_cast<ssize_t>(NLMSG_HDRLEN + sizeof error)) {
        throw std::runtime_error("nfnetlink_log does not answer");
    }
    std::memcpy(&error, answer.data() + NLMSG_HDRLEN, sizeof error);
    if (error.error != 0) {
        throw std::runtime_error(std::string("nfnetlink_log: ") + std::strerror(-error.error));
    }
}

Descriptor logListener()
{
    auto made = netfilterSocket();
    const auto command = [&made](std::uint8_t family, std::uint8_t what) {
        const nfulnl_msg_config_cmd value{what};
        configure(made.get(), family, NFULA_CFG_CMD, &value, sizeof value);
    };
    command(AF_UNSPEC, NFULNL_CFG_CMD_BIND);
    nfulnl_msg_config_mode mode{};
    mode.copy_range = htonl(firstBytes);
    mode.copy_mode = NFULNL_COPY_PACKET;
    configure(made.get(), AF_UNSPEC, NFULA_CFG_MODE, &mode, sizeof mode);
    const std::uint32_t atOnce = htonl(1);
    configure(made.get(), AF_UNSPEC, NFULA_CFG_QTHRESH, &atOnce, sizeof atOnce);
    return made;
}

/// "TRACE: raw:PREROUTING:policy:3 "; chains may have colons in their names.
bool takePrefix(LegacyEvent &event, std::string_view prefix)
{
    constexpr std::string_view start = "TRACE: ";
    if (!prefix.starts_with(start)) {
        return false;
    }
    prefix.remove_prefix(start.size());
    const auto table = prefix.find(':');
    const auto number = prefix.rfind(':');
    const auto kind = number == std::string_view::npos || number == 0 ? number : prefix.rfind(':', number - 1);
    if (table == std::string_view::npos || kind == std::string_view::npos || kind <= table) {
        return false;
    }
    event.table = prefix.substr(0, table);
    event.chain = prefix.substr(table + 1, kind - table - 1);
    event.position = std::atoi(std::string(prefix.substr(number + 1)).c_str());
    return true;
}

} // namespace

std::optional<LegacyEvent> parseLegacyEvent(net::Bytes message)
{
    nlmsghdr head{};
    if (message.size() < NLMSG_HDRLEN + sizeof(nfgenmsg)) {
        return std::nullopt;
    }
    std::memcpy(&head, message.data(), sizeof head);
    if (head.nlmsg_type != (NFNL_SUBSYS_ULOG << 8 | NFULNL_MSG_PACKET)) {
        return std::nullopt;
    }
    static constexpr std::array hooks{filter::Hook::Prerouting, filter::Hook::Input, filter::Hook::Forward, filter::Hook::Output,
                                      filter::Hook::Postrouting};
    LegacyEvent event;
    event.v4 = message[NLMSG_HDRLEN] == familyIp;
    bool traced = false;
    forEachAttribute(message.subspan(NLMSG_HDRLEN + sizeof(nfgenmsg)), [&](std::uint16_t type, net::Bytes payload) {
        nfulnl_msg_packet_hdr packet{};
        if (type == NFULA_PREFIX) {
            traced = takePrefix(event, textOf(payload));
        } else if (type == NFULA_PAYLOAD) {
            event.packet.assign(payload.begin(), payload.end());
        } else if (type == NFULA_PACKET_HDR && payload.size() >= sizeof packet) {
            std::memcpy(&packet, payload.data(), sizeof packet);
            event.hook = hooks.at(packet.hook);
        }
    });
    return traced ? std::optional(event) : std::nullopt;
}

LegacyTrace::LegacyTrace() : m_socket(logListener()), m_buffer(65536) {}

std::vector<LegacyEvent> LegacyTrace::receive()
{
    std::vector<LegacyEvent> events;
    m_overrun = drain(m_socket.get(), m_buffer,
                      [&events](net::Bytes message) {
                          if (auto event = parseLegacyEvent(message)) {
                              events.push_back(std::move(*event));
                          }
                      }) ||
                m_overrun;
    return events;
}

} // namespace bothways::kernel
