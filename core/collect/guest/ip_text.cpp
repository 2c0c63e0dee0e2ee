// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/ip_words.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

using namespace Qt::StringLiterals;

namespace bothways::collect::guest {
namespace {

using evidence::AddressScope;
using evidence::InterfaceAddress;
using evidence::Neighbour;
using evidence::NeighbourState;
using evidence::RouteType;
using net::Family;

std::optional<net::Prefix> destinationOf(QStringView text, Family family)
{
    if (text == "default"_L1 || text == "all"_L1) {
        return net::Prefix(family == Family::v4 ? net::IpAddress() : net::IpAddress::fromV6({}), 0);
    }
    const auto prefix = asPrefix(text);
    return prefix && prefix->address().family() == family ? prefix : std::nullopt;
}

/// ip-route(8) prints none of the others.
std::optional<RouteType> routeType(QStringView word)
{
    const auto type = evidence::fromWord<RouteType>(word);
    const bool printed =
        type && *type != RouteType::NotTold && *type != RouteType::Unspecified && *type != RouteType::ExternalResolve;
    return printed ? type : std::nullopt;
}

std::optional<net::IpAddress> gatewayOf(const Words &words)
{
    const auto via = words.value("via"_L1);
    // "via inet6 fe80::1" is an IPv4 route through an IPv6 neighbour (RFC 5549).
    return asAddress(via == "inet6"_L1 || via == "inet"_L1 ? words.value(via == "inet6"_L1 ? "inet6"_L1 : "inet"_L1) : via);
}

/// "nexthop via A dev I weight N nexthop ...", on the route's own line or on lines of their own.
void addNextHops(evidence::Route &route, QStringView text)
{
    for (const auto &part : text.toString().split("nexthop "_L1, Qt::SkipEmptyParts)) {
        const Words words(part);
        route.nextHops.push_back({words.string("dev"_L1), gatewayOf(words)});
    }
}

bool addRoute(std::vector<evidence::Route> &routes, QStringView line, Family family, const TableNames &names)
{
    const auto hops = line.indexOf("nexthop "_L1);
    const auto own = hops < 0 ? line : line.first(hops);
    if (own.trimmed().isEmpty()) {
        if (routes.empty() || hops < 0) {
            return false;
        }
        addNextHops(routes.back(), line.mid(hops));
        return true;
    }
    Words words(own);
    evidence::Route route;
    if (const auto type = routeType(words.first())) {
        route.type = *type;
        words.takeFirst();
    }
    const auto destination = words.isEmpty() ? std::nullopt : destinationOf(words.takeFirst(), family);
    if (!destination) {
        return false;
    }
    route.destination = *destination;
    route.preferredSource = asAddress(words.value("src"_L1));
    route.metric = words.value("metric"_L1).toUInt();
    route.protocol = words.string("proto"_L1);
    route.scope = evidence::Worded<AddressScope>::of(words.string("scope"_L1));
    if (words.has("table"_L1)) {
        route.table = tableNumber(words.value("table"_L1), names);
    }
    if (words.has("dev"_L1) || words.has("via"_L1)) {
        route.nextHops.push_back({words.string("dev"_L1), gatewayOf(words)});
    }
    if (hops >= 0) {
        addNextHops(route, line.mid(hops));
    }
    routes.push_back(std::move(route));
    return true;
}

std::optional<quint32> littleEndianHex(QStringView text)
{
    bool ok = false;
    const auto value = text.toUInt(&ok, 16);
    return ok ? std::optional(qbswap(value)) : std::nullopt;
}

} // namespace

std::optional<net::IpAddress> asAddress(QStringView text)
{
    return net::IpAddress::parse(text.left(64).toString().toStdString());
}
std::optional<net::Prefix> asPrefix(QStringView text) { return net::Prefix::parse(text.left(64).toString().toStdString()); }
std::optional<net::MacAddress> asMac(QStringView text) { return net::MacAddress::parse(text.left(64).toString().toStdString()); }

Parsed<std::vector<InterfaceAddress>> parseIpAddresses(QStringView text)
{
    return eachLine<InterfaceAddress>(text, [](auto &result, QStringView line) {
        QString flat = line.toString();
        flat.replace(u'\\', u' ');
        const Words words(flat);
        const bool isV6 = words.has("inet6"_L1);
        if (!isV6 && !words.has("inet"_L1)) {
            return true; // "2: eth0: <BROADCAST...": older iproute2 prints the link too
        }
        // "1: eth0    inet 10.0.0.2/24", and for point to point "inet 10.0.0.2 peer 10.0.0.1/32".
        const auto prefix = asPrefix(words.value(isV6 ? "inet6"_L1 : "inet"_L1));
        if (!prefix || words.all().size() < 4) {
            return false;
        }
        const auto name = words.all()[1];
        result.push_back({name.first(name.contains(u'@') ? name.indexOf(u'@') : name.size()).toString(), *prefix,
                          evidence::Worded<AddressScope>::of(words.string("scope"_L1)), words.has("secondary"_L1),
                          words.has("tentative"_L1), words.has("dadfailed"_L1)});
        return true;
    });
}

Parsed<std::vector<InterfaceAddress>> parseIfInet6(QStringView text)
{
    // Address, ifindex, prefix length, scope, flags (all hex), name; linux/if_addr.h for the flags.
    return eachLine<InterfaceAddress>(text, [](auto &result, QStringView line) {
        const Words words(line);
        if (words.all().size() != 6 || words.first().size() != 32) {
            return false;
        }
        const auto bytes = QByteArray::fromHex(words.first().toLatin1());
        std::array<std::uint8_t, 16> address{};
        std::copy_n(bytes.begin(), std::min<qsizetype>(bytes.size(), 16), address.begin());
        const auto length = words.all()[2].toInt(nullptr, 16);
        const auto scope = words.all()[3].toInt(nullptr, 16);
        const auto flags = words.all()[4].toUInt(nullptr, 16);
        if (bytes.size() != 16 || length > 128) {
            return false;
        }
        const auto reach = scope == 0      ? AddressScope::Global
                           : scope == 0x10 ? AddressScope::Host
                           : scope == 0x20 ? AddressScope::Link
                                           : AddressScope::Site;
        result.push_back({words.all()[5].toString(), net::Prefix(net::IpAddress::fromV6(address), length), reach,
                          (flags & 0x01U) != 0, (flags & 0x40U) != 0, (flags & 0x08U) != 0});
        return true;
    });
}

Parsed<std::vector<InterfaceAddress>> parseFibTrie(QStringView text)
{
    std::vector<InterfaceAddress> result;
    std::optional<net::IpAddress> leaf;
    for (const auto line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const Words words(line);
        if (words.first() == "|--"_L1) {
            leaf = asAddress(words.last());
        } else if (leaf && words.first() == "/32"_L1 && words.last() == "LOCAL"_L1) {
            const bool known =
                std::any_of(result.begin(), result.end(), [&](const auto &one) { return one.prefix.address() == *leaf; });
            if (!known && result.size() < maximumEntries) {
                result.push_back({{}, net::Prefix(*leaf, 32), {}, false, false, false});
            }
        }
    }
    return result;
}

Parsed<std::vector<evidence::Route>> parseIpRoutes(QStringView text, Family family, const TableNames &names)
{
    QString spaced = text.toString();
    spaced.replace(u'\t', u' ');
    return eachLine<evidence::Route>(spaced,
                                     [&](auto &routes, QStringView line) { return addRoute(routes, line, family, names); });
}

Parsed<std::vector<evidence::Route>> parseProcRoute(QStringView text)
{
    QString spaced = text.toString();
    spaced.replace(u'\t', u' ');
    return eachLine<evidence::Route>(spaced, [](auto &routes, QStringView line) {
        const Words words(line);
        if (words.first() == "Iface"_L1) {
            return true;
        }
        // Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT; RTF_UP 1, RTF_GATEWAY 2, RTF_REJECT 0x200.
        if (words.all().size() < 8) {
            return false;
        }
        const auto destination = littleEndianHex(words.all()[1]);
        const auto gateway = littleEndianHex(words.all()[2]);
        const auto mask = littleEndianHex(words.all()[7]);
        const auto flags = words.all()[3].toUInt(nullptr, 16);
        if (!destination || !gateway || !mask) {
            return false;
        }
        evidence::Route route;
        route.destination = net::Prefix(net::IpAddress::fromV4(*destination), std::popcount(*mask));
        route.metric = words.all()[6].toUInt();
        if ((flags & 0x200U) != 0) {
            route.type = RouteType::Unreachable;
        } else {
            const bool through = (flags & 2U) != 0;
            route.nextHops.push_back(
                {words.first().toString(), through ? std::optional(net::IpAddress::fromV4(*gateway)) : std::nullopt});
        }
        routes.push_back(std::move(route));
        return true;
    });
}

Parsed<std::vector<Neighbour>> parseIpNeighbours(QStringView text)
{
    return eachLine<Neighbour>(text, [](auto &result, QStringView line) {
        const Words words(line);
        const auto address = asAddress(words.first());
        if (!address) {
            return false;
        }
        Neighbour neighbour{*address, words.string("dev"_L1), asMac(words.value("lladdr"_L1)), {}};
        for (const auto word : words.all()) {
            if (const auto state = evidence::fromWord<NeighbourState>(word); state && *state != NeighbourState::NotTold) {
                neighbour.state = *state;
            }
        }
        result.push_back(std::move(neighbour));
        return true;
    });
}

Parsed<std::vector<Neighbour>> parseProcArp(QStringView text)
{
    return eachLine<Neighbour>(text, [](auto &result, QStringView line) {
        const Words words(line);
        if (words.first() == "IP"_L1) {
            return true;
        }
        const auto address = asAddress(words.first());
        if (!address || words.all().size() < 6) {
            return false;
        }
        // Flags of linux/if_arp.h: ATF_COM 2, ATF_PERM 4. The file does not tell fresh from stale.
        const auto flags = words.all()[2].toUInt(nullptr, 16);
        const auto state = (flags & 4U) != 0   ? NeighbourState::Permanent
                           : (flags & 2U) != 0 ? NeighbourState::Stale
                                               : NeighbourState::Incomplete;
        const auto mac = (flags & 6U) != 0 ? asMac(words.all()[3]) : std::nullopt;
        result.push_back({*address, words.all()[5].toString(), mac, state});
        return true;
    });
}

int errorNumber(QStringView text)
{
    constexpr std::array<std::pair<QLatin1StringView, int>, 9> names{
        {{"Network is unreachable"_L1, 101},
         {"Network unreachable"_L1, 101},
         {"No route to host"_L1, 113},
         {"Host is unreachable"_L1, 113},
         {"Permission denied"_L1, 13},
         {"Operation not permitted"_L1, 1},
         {"Invalid argument"_L1, 22},
         {"Invalid cross-device link"_L1, 18}, // refused by the reverse-path filter
         {"Message too long"_L1, 90}}};
    for (const auto &[name, number] : names) {
        if (text.contains(name)) {
            return number;
        }
    }
    return 0;
}

Parsed<evidence::RouteAnswer> parseRouteGet(QStringView text, const net::IpAddress &destination, const TableNames &names)
{
    const auto lineEnd = text.indexOf(u'\n');
    const auto line = lineEnd < 0 ? text : text.first(lineEnd);
    Words words(line);
    evidence::RouteAnswer answer;
    answer.destination = destination;
    answer.type = RouteType::Unicast;
    if (const auto type = routeType(words.first())) {
        answer.type = *type;
        words.takeFirst();
    }
    if (asAddress(words.first()) != destination) {
        return notUnderstood(line);
    }
    answer.interface = words.string("dev"_L1);
    answer.gateway = gatewayOf(words);
    answer.source = asAddress(words.value("src"_L1));
    answer.table = words.has("table"_L1) ? tableNumber(words.value("table"_L1), names) : 0;
    return answer;
}

TableNames parseTableNames(QStringView text)
{
    TableNames names;
    QString spaced = text.toString();
    spaced.replace(u'\t', u' ');
    for (const auto line : QStringView(spaced).split(u'\n', Qt::SkipEmptyParts)) {
        const Words words(line);
        bool isNumber = false;
        const auto number = words.first().toUInt(&isNumber, 0);
        if (isNumber && words.all().size() >= 2 && names.size() < 1000) {
            names.insert(words.all()[1].toString(), number);
        }
    }
    return names;
}

} // namespace bothways::collect::guest
