// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/netlink/addresses.h"

#include "collect/linux/netlink/names.h"
#include "collect/linux/netlink/netlink.h"

#include <array>
#include <cstring>

#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

namespace bothways::collect {

namespace {

using evidence::FdbEntry;
using evidence::InterfaceAddress;
using evidence::Neighbour;

Request addressRequest()
{
    Request request(RTM_GETADDR, NLM_F_DUMP);
    request.header<ifaddrmsg>().ifa_family = AF_UNSPEC;
    return request;
}

Request neighbourRequest(int family)
{
    Request request(RTM_GETNEIGH, NLM_F_DUMP);
    request.header<ndmsg>().ndm_family = static_cast<std::uint8_t>(family);
    return request;
}

std::optional<InterfaceAddress> parseAddress(const nlmsghdr &message, InterfaceNames &names)
{
    const auto *header = headerOf<ifaddrmsg>(message);
    if (message.nlmsg_type != RTM_NEWADDR || header == nullptr) {
        return std::nullopt;
    }
    const Attributes attributes(message, sizeof(*header));
    // On a point-to-point link IFA_ADDRESS is the peer and IFA_LOCAL is ours; IPv6 sends IFA_LOCAL only there.
    auto own = attributes.address(IFA_LOCAL);
    if (!own) {
        own = attributes.address(IFA_ADDRESS);
    }
    if (!own) {
        return std::nullopt;
    }
    const std::uint32_t flags = attributes.u32(IFA_FLAGS).value_or(header->ifa_flags);
    InterfaceAddress address;
    address.interface = names(header->ifa_index);
    address.prefix = net::Prefix(*own, header->ifa_prefixlen);
    address.scope = addressScope(header->ifa_scope);
    // For IPv6 the same bit means "temporary" (RFC 8981).
    address.secondary = own->isV4() && (flags & IFA_F_SECONDARY) != 0;
    address.tentative = (flags & IFA_F_TENTATIVE) != 0;
    address.dadFailed = (flags & IFA_F_DADFAILED) != 0;
    return address;
}

std::optional<Neighbour> parseNeighbour(const nlmsghdr &message, InterfaceNames &names)
{
    const auto *header = headerOf<ndmsg>(message);
    if (message.nlmsg_type != RTM_NEWNEIGH || header == nullptr) {
        return std::nullopt;
    }
    const Attributes attributes(message, sizeof(*header));
    const auto address = attributes.address(NDA_DST);
    if (!address || (header->ndm_family != AF_INET && header->ndm_family != AF_INET6)) {
        return std::nullopt;
    }
    return Neighbour{*address, names(static_cast<std::uint32_t>(header->ndm_ifindex)), attributes.mac(NDA_LLADDR),
                     neighbourState(header->ndm_state)};
}

std::optional<FdbEntry> parseFdbEntry(const nlmsghdr &message, InterfaceNames &names)
{
    const auto *header = headerOf<ndmsg>(message);
    if (message.nlmsg_type != RTM_NEWNEIGH || header == nullptr || header->ndm_family != AF_BRIDGE) {
        return std::nullopt;
    }
    const Attributes attributes(message, sizeof(*header));
    const auto mac = attributes.mac(NDA_LLADDR);
    const auto master = attributes.u32(NDA_MASTER);
    // Without a master it is a network card's own unicast filter ("self"), not a bridge's table.
    if (!mac || !master) {
        return std::nullopt;
    }
    FdbEntry entry;
    entry.mac = *mac;
    entry.port = names(static_cast<std::uint32_t>(header->ndm_ifindex));
    entry.bridge = names(*master);
    entry.permanent = (header->ndm_state & NUD_PERMANENT) != 0;
    const auto vlan = attributes.payload(NDA_VLAN);
    if (vlan && vlan->size() == sizeof(std::uint16_t)) {
        std::uint16_t number = 0;
        std::memcpy(&number, vlan->data(), sizeof(number));
        entry.vlan = number;
    }
    return entry;
}

} // namespace

evidence::Reading<std::vector<InterfaceAddress>> readAddresses()
{
    InterfaceNames names;
    const std::array<std::function<Request()>, 1> requests{addressRequest};
    return toReading(dump<InterfaceAddress>(requests, [&names](const nlmsghdr &message) { return parseAddress(message, names); }),
                     QStringLiteral("rtnetlink RTM_GETADDR"));
}

evidence::Reading<std::vector<Neighbour>> readNeighbours()
{
    InterfaceNames names;
    const std::array<std::function<Request()>, 1> requests{[] { return neighbourRequest(AF_UNSPEC); }};
    return toReading(dump<Neighbour>(requests, [&names](const nlmsghdr &message) { return parseNeighbour(message, names); }),
                     QStringLiteral("rtnetlink RTM_GETNEIGH"));
}

evidence::Reading<std::vector<FdbEntry>> readFdb()
{
    InterfaceNames names;
    const std::array<std::function<Request()>, 1> requests{[] { return neighbourRequest(AF_BRIDGE); }};
    return toReading(dump<FdbEntry>(requests, [&names](const nlmsghdr &message) { return parseFdbEntry(message, names); }),
                     QStringLiteral("rtnetlink RTM_GETNEIGH AF_BRIDGE"));
}

} // namespace bothways::collect
