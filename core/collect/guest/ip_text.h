// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <QStringView>

#include <tl/expected.hpp>

/// Readers of what ip(8) prints, iproute2's and busybox's, and of the /proc/net files that say the same. Pure and total.
/// Lines they do not understand are an error with the line's text: half a route table would let a check conclude wrongly.
namespace bothways::collect::guest {

template <typename T>
using Parsed = tl::expected<T, QString>;

using TableNames = QMap<QString, quint32>; ///< of /etc/iproute2/rt_tables

/// `ip -o addr show`
Parsed<std::vector<evidence::InterfaceAddress>> parseIpAddresses(QStringView text);
/// Lines of /proc/net/if_inet6
Parsed<std::vector<evidence::InterfaceAddress>> parseIfInet6(QStringView text);
/// `ip -4|-6 route show table all`
Parsed<std::vector<evidence::Route>> parseIpRoutes(QStringView text, net::Family family, const TableNames &names);
/// Lines of /proc/net/route, of a little-endian machine
Parsed<std::vector<evidence::Route>> parseProcRoute(QStringView text);
/// `ip neigh show`
Parsed<std::vector<evidence::Neighbour>> parseIpNeighbours(QStringView text);
/// Lines of /proc/net/arp
Parsed<std::vector<evidence::Neighbour>> parseProcArp(QStringView text);
/// Local addresses in /proc/net/fib_trie; it names no interface, so that stays empty.
Parsed<std::vector<evidence::InterfaceAddress>> parseFibTrie(QStringView text);
/// `ip route get ADDRESS`
Parsed<evidence::RouteAnswer> parseRouteGet(QStringView text, const net::IpAddress &destination, const TableNames &names);
/// Linux errno of an answer such as "RTNETLINK answers: Network is unreachable"; 0 if it names none.
int errorNumber(QStringView text);
/// Lines of rt_tables(5)
TableNames parseTableNames(QStringView text);

std::optional<net::IpAddress> asAddress(QStringView text);
std::optional<net::Prefix> asPrefix(QStringView text);
std::optional<net::MacAddress> asMac(QStringView text);

} // namespace bothways::collect::guest
