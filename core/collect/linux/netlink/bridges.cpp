// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/netlink/bridges.h"

#include <array>
#include <cstring>

#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <sys/socket.h>

/// What bridges know of VLANs and multicast groups. Sources: linux/if_bridge.h, net/bridge/br_netlink.c, br_mdb.c.
namespace bothways::collect {

namespace {

using evidence::MulticastMember;
using evidence::PortVlans;

template <typename Header>
std::optional<Header> leading(std::span<const std::byte> bytes)
{
    Header header{};
    if (bytes.size() < sizeof(header)) {
        return std::nullopt;
    }
    std::memcpy(&header, bytes.data(), sizeof(header));
    return header;
}

/// The attributes behind a fixed header inside an attribute.
template <typename Header>
std::span<const std::byte> behind(std::span<const std::byte> bytes)
{
    constexpr std::size_t size = (sizeof(Header) + NLA_ALIGNTO - 1) / NLA_ALIGNTO * NLA_ALIGNTO;
    return bytes.subspan(std::min(size, bytes.size()));
}

std::optional<net::IpAddress> groupOf(const br_mdb_entry &entry)
{
    std::array<std::byte, 16> bytes{};
    std::memcpy(bytes.data(), &entry.addr.u, bytes.size());
    if (entry.addr.proto == htons(ETH_P_IP)) {
        return addressFromBytes(std::span(bytes).first(4));
    }
    return entry.addr.proto == htons(ETH_P_IPV6) ? addressFromBytes(bytes) : std::nullopt;
}

void addMember(std::vector<MulticastMember> &members, const QString &bridge, std::span<const std::byte> info, const NameOf &name)
{
    const auto entry = leading<br_mdb_entry>(info);
    const auto group = entry ? groupOf(*entry) : std::nullopt;
    if (group) { // else it is one of a bare MAC
        members.push_back({bridge, name(entry->ifindex), group, entry->vid, entry->state == MDB_PERMANENT});
    }
}

void addRouter(std::vector<MulticastMember> &members, const QString &bridge, std::span<const std::byte> port, const NameOf &name)
{
    const auto index = leading<std::uint32_t>(port);
    if (!index) {
        return;
    }
    const Attributes attributes(behind<std::uint32_t>(port));
    const bool permanent = attributes.u8(MDBA_ROUTER_PATTR_TYPE).value_or(0) == MDB_RTR_TYPE_PERM;
    members.push_back({bridge, name(*index), std::nullopt, attributes.u16(MDBA_ROUTER_PATTR_VID).value_or(0), permanent});
}

Request vlanRequest()
{
    Request request(RTM_GETLINK, NLM_F_DUMP);
    request.header<ifinfomsg>().ifi_family = AF_BRIDGE;
    request.put(IFLA_EXT_MASK, std::uint32_t{RTEXT_FILTER_BRVLAN_COMPRESSED});
    return request;
}

Request multicastRequest()
{
    Request request(RTM_GETMDB, NLM_F_DUMP);
    request.header<br_port_msg>().family = AF_BRIDGE;
    return request;
}

/// A message of these holds many entries; they are gathered in one list.
template <typename Value, typename Parse>
evidence::Reading<std::vector<Value>> readLists(Request (*request)(), const Parse &parse, const QString &source)
{
    InterfaceNames names;
    const std::array<std::function<Request()>, 1> requests{request};
    const auto lists = dump<std::vector<Value>>(requests, [&](const nlmsghdr &message) {
        auto values = parse(message, [&names](std::uint32_t index) { return names(index); });
        return values.empty() ? std::nullopt : std::optional(std::move(values));
    });
    const auto all = lists.map([](const std::vector<std::vector<Value>> &found) {
        std::vector<Value> values;
        for (const auto &list : found) {
            values.insert(values.end(), list.begin(), list.end());
        }
        return values;
    });
    return toReading<std::vector<Value>>(all, source);
}

} // namespace

std::vector<PortVlans> parsePortVlans(const nlmsghdr &message, const NameOf &name)
{
    std::vector<PortVlans> all;
    const auto *header = headerOf<ifinfomsg>(message);
    if (message.nlmsg_type != RTM_NEWLINK || header == nullptr || header->ifi_family != AF_BRIDGE) {
        return all;
    }
    const Attributes attributes(message, sizeof(*header));
    int begun = 0; // a range comes as its first and its last VLAN
    eachAttribute(attributes.payload(IFLA_AF_SPEC).value_or(std::span<const std::byte>{}),
                  [&](int type, std::span<const std::byte> payload) {
                      const auto info = leading<bridge_vlan_info>(payload);
                      if (type != IFLA_BRIDGE_VLAN_INFO || !info) {
                          return;
                      }
                      if ((info->flags & BRIDGE_VLAN_INFO_RANGE_BEGIN) != 0) {
                          begun = info->vid;
                          return;
                      }
                      const bool ends = (info->flags & BRIDGE_VLAN_INFO_RANGE_END) != 0 && begun != 0;
                      all.push_back({name(static_cast<std::uint32_t>(header->ifi_index)), ends ? begun : info->vid, info->vid,
                                     (info->flags & BRIDGE_VLAN_INFO_PVID) != 0, (info->flags & BRIDGE_VLAN_INFO_UNTAGGED) != 0});
                      begun = 0;
                  });
    return all;
}

std::vector<MulticastMember> parseMulticastMembers(const nlmsghdr &message, const NameOf &name)
{
    std::vector<MulticastMember> members;
    const auto *header = headerOf<br_port_msg>(message);
    if ((message.nlmsg_type != RTM_NEWMDB && message.nlmsg_type != RTM_GETMDB) || header == nullptr) {
        return members; // the kernel answers a dump with the type of the question
    }
    const auto bridge = name(header->ifindex);
    const Attributes attributes(message, sizeof(*header));
    const auto none = std::span<const std::byte>{};
    eachAttribute(attributes.payload(MDBA_MDB).value_or(none), [&](int /*type*/, std::span<const std::byte> entry) {
        eachAttribute(entry, [&](int type, std::span<const std::byte> info) {
            if (type == MDBA_MDB_ENTRY_INFO) {
                addMember(members, bridge, info, name);
            }
        });
    });
    eachAttribute(attributes.payload(MDBA_ROUTER).value_or(none), [&](int type, std::span<const std::byte> port) {
        if (type == MDBA_ROUTER_PORT) {
            addRouter(members, bridge, port, name);
        }
    });
    return members;
}

evidence::Reading<std::vector<PortVlans>> readPortVlans()
{
    return readLists<PortVlans>(vlanRequest, parsePortVlans, QStringLiteral("rtnetlink RTM_GETLINK AF_BRIDGE"));
}

evidence::Reading<std::vector<MulticastMember>> readMulticastMembers()
{
    return readLists<MulticastMember>(multicastRequest, parseMulticastMembers, QStringLiteral("rtnetlink RTM_GETMDB"));
}

} // namespace bothways::collect
