// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/netlink/routes.h"

#include "collect/linux/netlink/names.h"
#include "collect/linux/netlink/netlink.h"

#include "words/text.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

namespace bothways::collect {

namespace {

using evidence::NextHop;
using evidence::Route;
using evidence::RouteAnswer;

net::IpAddress unspecified(int family) { return family == AF_INET6 ? net::IpAddress::fromV6({}) : net::IpAddress::fromV4(0); }

/// RTA_GATEWAY, or RTA_VIA where the gateway is of the other family (RFC 5549): struct rtvia is a family and the address.
std::optional<net::IpAddress> gatewayOf(const Attributes &attributes)
{
    if (auto gateway = attributes.address(RTA_GATEWAY)) {
        return gateway;
    }
    const auto via = attributes.payload(RTA_VIA);
    if (!via || via->size() <= sizeof(std::uint16_t)) {
        return std::nullopt;
    }
    return addressFromBytes(via->subspan(sizeof(std::uint16_t)));
}

std::vector<NextHop> multipathOf(std::span<const std::byte> bytes, InterfaceNames &names)
{
    std::vector<NextHop> hops;
    while (bytes.size() >= sizeof(rtnexthop)) {
        rtnexthop header{};
        std::memcpy(&header, bytes.data(), sizeof(header));
        if (header.rtnh_len < sizeof(header) || header.rtnh_len > bytes.size()) {
            break;
        }
        const Attributes attributes(bytes.subspan(sizeof(header), header.rtnh_len - sizeof(header)));
        hops.push_back({names(static_cast<std::uint32_t>(header.rtnh_ifindex)), gatewayOf(attributes)});
        const std::size_t step = (std::size_t{header.rtnh_len} + RTNH_ALIGNTO - 1) / RTNH_ALIGNTO * RTNH_ALIGNTO;
        bytes = bytes.subspan(std::min(step, bytes.size()));
    }
    return hops;
}

bool leadsNowhere(std::uint8_t type)
{
    return type == RTN_BLACKHOLE || type == RTN_UNREACHABLE || type == RTN_PROHIBIT || type == RTN_THROW;
}

std::optional<net::Prefix> destinationOf(const rtmsg &header, const Attributes &attributes)
{
    if (header.rtm_family != AF_INET && header.rtm_family != AF_INET6) {
        return std::nullopt;
    }
    return net::Prefix(attributes.address(RTA_DST).value_or(unspecified(header.rtm_family)), header.rtm_dst_len);
}

std::optional<Route> parseRoute(const nlmsghdr &message, int family, InterfaceNames &names)
{
    const auto *header = headerOf<rtmsg>(message);
    // A kernel without IPv6 answers a question for IPv6 with all families, hence the comparison.
    if (message.nlmsg_type != RTM_NEWROUTE || header == nullptr || header->rtm_family != family ||
        (header->rtm_flags & RTM_F_CLONED) != 0) {
        return std::nullopt;
    }
    const Attributes attributes(message, sizeof(*header));
    const auto destination = destinationOf(*header, attributes);
    if (!destination) {
        return std::nullopt;
    }
    Route route;
    route.destination = *destination;
    route.type = routeType(header->rtm_type);
    route.preferredSource = attributes.address(RTA_PREFSRC);
    route.metric = attributes.u32(RTA_PRIORITY).value_or(0);
    route.table = attributes.u32(RTA_TABLE).value_or(header->rtm_table);
    route.protocol = routeProtocolName(header->rtm_protocol);
    route.scope = addressScope(header->rtm_scope);
    if (leadsNowhere(header->rtm_type)) {
        return route; // IPv6 gives these the loopback interface
    }
    if (const auto multipath = attributes.payload(RTA_MULTIPATH)) {
        route.nextHops = multipathOf(*multipath, names);
    } else if (const auto interface = attributes.u32(RTA_OIF)) {
        route.nextHops.push_back({names(*interface), gatewayOf(attributes)});
    }
    return route;
}

Request routesRequest(int family)
{
    Request request(RTM_GETROUTE, NLM_F_DUMP);
    request.header<rtmsg>().rtm_family = static_cast<std::uint8_t>(family);
    return request;
}

Request questionRequest(const RouteQuestion &question, std::uint32_t flags)
{
    Request request(RTM_GETROUTE, 0);
    auto &header = request.header<rtmsg>();
    header.rtm_family = question.destination.isV4() ? AF_INET : AF_INET6;
    header.rtm_dst_len = static_cast<std::uint8_t>(question.destination.width());
    header.rtm_flags = flags;
    if (question.from) {
        header.rtm_src_len = static_cast<std::uint8_t>(question.from->width());
    }
    request.put(RTA_DST, question.destination);
    if (question.from) {
        request.put(RTA_SRC, *question.from);
    }
    if (!question.inputInterface.isEmpty()) {
        request.put(RTA_IIF, if_nametoindex(question.inputInterface.toUtf8().constData()));
    }
    return request;
}

void fillAnswer(const nlmsghdr &message, RouteAnswer &answer)
{
    const auto *header = headerOf<rtmsg>(message);
    if (message.nlmsg_type != RTM_NEWROUTE || header == nullptr) {
        return;
    }
    InterfaceNames names;
    const Attributes attributes(message, sizeof(*header));
    answer.type = routeType(header->rtm_type);
    answer.interface = names(attributes.u32(RTA_OIF).value_or(0));
    answer.gateway = gatewayOf(attributes);
    answer.source = attributes.address(RTA_PREFSRC);
    if (!answer.source && answer.inputInterface.isEmpty()) {
        answer.source = answer.from;
    }
    answer.table = attributes.u32(RTA_TABLE).value_or(header->rtm_table);
}

/// The route in the table behind the answer. Kernels before 4.13 refuse or ignore the flag: then it stays unknown.
std::optional<net::Prefix> matchedPrefix(const RouteQuestion &question)
{
    std::optional<net::Prefix> matched;
    Request request = questionRequest(question, RTM_F_FIB_MATCH | RTM_F_LOOKUP_TABLE);
    const auto asked = ask(NETLINK_ROUTE, request, [&matched](const nlmsghdr &message) {
        const auto *header = headerOf<rtmsg>(message);
        if (message.nlmsg_type == RTM_NEWROUTE && header != nullptr && (header->rtm_flags & RTM_F_CLONED) == 0) {
            matched = destinationOf(*header, Attributes(message, sizeof(*header)));
        }
        return true;
    });
    return asked ? matched : std::nullopt;
}

} // namespace

evidence::Reading<std::vector<Route>> readRoutes()
{
    InterfaceNames names;
    int family = AF_INET;
    const std::array<std::function<Request()>, 2> requests{[&family] {
                                                               family = AF_INET;
                                                               return routesRequest(family);
                                                           },
                                                           [&family] {
                                                               family = AF_INET6;
                                                               return routesRequest(family);
                                                           }};
    return toReading(dump<Route>(requests, [&](const nlmsghdr &message) { return parseRoute(message, family, names); }),
                     QStringLiteral("rtnetlink RTM_GETROUTE"));
}

evidence::Reading<RouteAnswer> askRoute(const RouteQuestion &question)
{
    const QString source = QStringLiteral("rtnetlink RTM_GETROUTE");
    if (question.from && question.from->family() != question.destination.family()) {
        return evidence::Reading<RouteAnswer>::missing(
            evidence::Access::Failed, source,
            translate("collect", "A route to %1 cannot start at %2: the addresses are of different families.")
                .arg(text(question.destination.toString()), text(question.from->toString())));
    }
    RouteAnswer answer;
    answer.destination = question.destination;
    answer.from = question.from;
    answer.inputInterface = question.inputInterface;
    Request request = questionRequest(question, RTM_F_LOOKUP_TABLE);
    const auto asked = ask(NETLINK_ROUTE, request, [&answer](const nlmsghdr &message) {
        fillAnswer(message, answer);
        return true;
    });
    if (!asked && asked.error().kind != NetlinkError::Kind::Kernel) {
        return evidence::Reading<RouteAnswer>::missing(asked.error().access(), source, asked.error().message());
    }
    answer.error = asked ? 0 : asked.error().number;
    answer.matched = matchedPrefix(question);
    return evidence::Reading<RouteAnswer>::read(std::move(answer), source);
}

} // namespace bothways::collect
