// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/finding/explain.h"

#include "words/text.h"

#include <QRegularExpression>

#include <span>

namespace bothways::checks {

namespace {

enum class Kind { Errno, Icmp, Icmp6, WindowsIcmp, WinSock, WindowsSystem, Message };

struct Row {
    Kind kind;
    int number; ///< errno or Windows code; ICMP: type * 256 + code
    const char *name;
    const char *meaning;
    const char *next;
};

constexpr int icmp(int type, int code) { return type * 256 + code; }

// Shared endings, so that one thing is said in one way.
constexpr const char *lookAtFilters = QT_TRANSLATE_NOOP(
    "explain", "The address answers ARP, so look at packet filters: the guest's input first, then this host's output.");
constexpr const char *lookAtLink = QT_TRANSLATE_NOOP(
    "explain", "Nobody answers ARP for the address: check link, network mode, VLAN, and whether the VM has this address.");
constexpr const char *askForRoute = QT_TRANSLATE_NOOP(
    "explain", "Ask the kernel which route it takes: `ip route get ADDRESS` or `Find-NetRoute -RemoteIPAddress ADDRESS`.");
constexpr const char *onlyThisPort =
    QT_TRANSLATE_NOOP("explain", "The machine is reachable; only this port or protocol is closed or filtered.");

constexpr const char *compareMtu = QT_TRANSLATE_NOOP("explain", "Compare the MTU at both ends and of the bridge between them.");
constexpr const char *lookAtSender =
    QT_TRANSLATE_NOOP("explain", "Look at the packet filter of the machine that sent the message.");
constexpr const char *checkInput = QT_TRANSLATE_NOOP("explain", "Check what was typed.");
constexpr const char *notNetwork = QT_TRANSLATE_NOOP("explain", "Not a network fault.");
constexpr const char *nothing = QT_TRANSLATE_NOOP("explain", "Nothing to do.");

constexpr Row rows[] = {
    {Kind::WindowsIcmp, 0, "IP_SUCCESS", QT_TRANSLATE_NOOP("explain", "A reply came back."),
     QT_TRANSLATE_NOOP("explain", "Compare the replying address with the one that was pinged.")},
    {Kind::WindowsIcmp, 11001, "IP_BUF_TOO_SMALL",
     QT_TRANSLATE_NOOP("explain", "The caller's reply buffer was too small: a fault of the program."), notNetwork},
    {Kind::WindowsIcmp, 11002, "IP_DEST_NET_UNREACHABLE",
     QT_TRANSLATE_NOOP("explain", "No route to the network, said by a router."), askForRoute},
    {Kind::WindowsIcmp, 11003, "IP_DEST_HOST_UNREACHABLE",
     QT_TRANSLATE_NOOP(
         "explain",
         "ARP or neighbour discovery failed. If the reply comes from your own address, it is this host that found nobody. "
         "ping.exe counts it as a reply and exits with 0."),
     lookAtLink},
    {Kind::WindowsIcmp, 11004, "IP_DEST_PROT_UNREACHABLE",
     QT_TRANSLATE_NOOP("explain", "The target or a filter rejects the protocol: the path itself is fine."), lookAtFilters},
    {Kind::WindowsIcmp, 11005, "IP_DEST_PORT_UNREACHABLE",
     QT_TRANSLATE_NOOP("explain", "The target or a filter rejects the packet: the path itself is fine."), lookAtFilters},
    {Kind::WindowsIcmp, 11009, "IP_PACKET_TOO_BIG",
     QT_TRANSLATE_NOOP("explain", "The packet may not be fragmented and is larger than a hop's MTU."), compareMtu},
    {Kind::WindowsIcmp, 11010, "IP_REQ_TIMED_OUT",
     QT_TRANSLATE_NOOP("explain", "Silence: the request was sent and nothing came back. ARP had succeeded."), lookAtFilters},
    {Kind::WindowsIcmp, 11013, "IP_TTL_EXPIRED_TRANSIT",
     QT_TRANSLATE_NOOP("explain", "The TTL ran out on the way: a routing loop, or a very small TTL."), askForRoute},
    {Kind::WindowsIcmp, 11014, "IP_TTL_EXPIRED_REASSEM", QT_TRANSLATE_NOOP("explain", "Fragments were lost on the way."),
     compareMtu},
    {Kind::WindowsIcmp, 11018, "IP_BAD_DESTINATION", QT_TRANSLATE_NOOP("explain", "The target address is not valid."),
     checkInput},
    {Kind::WindowsIcmp, 11050, "IP_GENERAL_FAILURE",
     QT_TRANSLATE_NOOP("explain", "“General failure” is local: nothing left this host. No carrier, no address, or an outbound "
                                  "filter or VPN client stops it."),
     QT_TRANSLATE_NOOP("explain", "Check the adapter's link and address, then outbound filters.")},
    {Kind::WinSock, 10013, "WSAEACCES",
     QT_TRANSLATE_NOOP("explain", "A local permission error of a socket call: no rights for a raw socket, a reserved port, or a "
                                  "local filter. An inbound rule does not help."),
     QT_TRANSLATE_NOOP("explain", "Run elevated, or use an echo that needs no rights.")},
    {Kind::WinSock, 10049, "WSAEADDRNOTAVAIL",
     QT_TRANSLATE_NOOP("explain", "The source address does not belong to this machine."), checkInput},
    {Kind::WinSock, 10051, "WSAENETUNREACH", QT_TRANSLATE_NOOP("explain", "There is no route to the network."), askForRoute},
    {Kind::WinSock, 10060, "WSAETIMEDOUT", QT_TRANSLATE_NOOP("explain", "The connection request was not answered."),
     lookAtFilters},
    {Kind::WinSock, 10061, "WSAECONNREFUSED",
     QT_TRANSLATE_NOOP("explain", "The machine answered that the port is closed: it is reachable."), onlyThisPort},
    {Kind::WinSock, 10065, "WSAEHOSTUNREACH",
     QT_TRANSLATE_NOOP("explain", "ARP failed, or a router says the host is unreachable."), lookAtLink},
    {Kind::WindowsSystem, 1298, "ERROR_APP_HANG",
     QT_TRANSLATE_NOOP(
         "explain",
         "A Windows program stopped responding. It is no QEMU error and no network error, whatever some articles say."),
     notNetwork},
    {Kind::Errno, 1, "EPERM",
     QT_TRANSLATE_NOOP(
         "explain",
         "On send: this host's own packet filter dropped the packet. On opening a raw socket: CAP_NET_RAW is missing."),
     QT_TRANSLATE_NOOP("explain", "Look at this host's output rules; ping itself prints nothing in this case.")},
    {Kind::Errno, 13, "EACCES",
     QT_TRANSLATE_NOOP("explain",
                       "A `prohibit` route, a broadcast address, or the ping socket is not allowed by net.ipv4.ping_group_range. "
                       "ping's own hint about broadcast is misleading."),
     askForRoute},
    {Kind::Errno, 22, "EINVAL", QT_TRANSLATE_NOOP("explain", "On connecting: a `blackhole` route covers the address."),
     askForRoute},
    {Kind::Errno, 90, "EMSGSIZE",
     QT_TRANSLATE_NOOP("explain", "The packet may not be fragmented and is larger than the known path MTU."), compareMtu},
    {Kind::Errno, 92, "ENOPROTOOPT", QT_TRANSLATE_NOOP("explain", "The target says the protocol is unreachable: it is alive."),
     onlyThisPort},
    {Kind::Errno, 101, "ENETUNREACH",
     QT_TRANSLATE_NOOP("explain", "No route here, or a filter or router rejects with “net unreachable”."), askForRoute},
    {Kind::Errno, 110, "ETIMEDOUT", QT_TRANSLATE_NOOP("explain", "The connection request was not answered."), lookAtFilters},
    {Kind::Errno, 111, "ECONNREFUSED",
     QT_TRANSLATE_NOOP("explain", "The port is closed, or a filter rejects: the machine is reachable."), onlyThisPort},
    {Kind::Errno, 113, "EHOSTUNREACH",
     QT_TRANSLATE_NOOP(
         "explain",
         "“No route to host” is usually not a route problem: ARP got no answer, an `unreachable` route exists, or a filter "
         "rejects as prohibited."),
     lookAtLink},
    {Kind::Icmp, icmp(0, 0), "echo reply", QT_TRANSLATE_NOOP("explain", "The answer to a ping."), nothing},
    {Kind::Icmp, icmp(8, 0), "echo request", QT_TRANSLATE_NOOP("explain", "The ping itself."), nothing},
    {Kind::Icmp, icmp(3, 0), "net unreachable", QT_TRANSLATE_NOOP("explain", "A router has no route."), askForRoute},
    {Kind::Icmp, icmp(3, 1), "host unreachable",
     QT_TRANSLATE_NOOP("explain", "The last router, or this host, got no answer to ARP."), lookAtLink},
    {Kind::Icmp, icmp(3, 2), "protocol unreachable",
     QT_TRANSLATE_NOOP("explain", "The target does not speak the protocol: it is alive."), onlyThisPort},
    {Kind::Icmp, icmp(3, 3), "port unreachable",
     QT_TRANSLATE_NOOP("explain", "Closed UDP port, or a filter's ordinary reject (libvirt rejects so)."), onlyThisPort},
    {Kind::Icmp, icmp(3, 4), "fragmentation needed",
     QT_TRANSLATE_NOOP("explain", "A hop's MTU is smaller than the packet; the message carries that MTU."), compareMtu},
    {Kind::Icmp, icmp(3, 9), "net administratively prohibited",
     QT_TRANSLATE_NOOP("explain", "A packet filter at the sender of this message forbids it."), lookAtSender},
    {Kind::Icmp, icmp(3, 10), "host administratively prohibited",
     QT_TRANSLATE_NOOP("explain", "A packet filter at the sender of this message forbids it."), lookAtSender},
    {Kind::Icmp, icmp(3, 13), "communication administratively prohibited",
     QT_TRANSLATE_NOOP("explain", "A packet filter at the sender of this message forbids it; ping prints “Packet filtered”."),
     lookAtSender},
    {Kind::Icmp, icmp(5, 0), "redirect",
     QT_TRANSLATE_NOOP("explain", "A router knows a better way. It can repair and hide a wrong mask."), askForRoute},
    {Kind::Icmp, icmp(5, 1), "redirect for host",
     QT_TRANSLATE_NOOP("explain", "A router knows a better way. It can repair and hide a wrong mask."), askForRoute},
    {Kind::Icmp, icmp(11, 0), "time exceeded in transit",
     QT_TRANSLATE_NOOP("explain", "The TTL ran out on the way: a routing loop, or a very small TTL."), askForRoute},
    {Kind::Icmp, icmp(11, 1), "reassembly time exceeded", QT_TRANSLATE_NOOP("explain", "Fragments were lost on the way."),
     compareMtu},
    {Kind::Icmp6, icmp(1, 0), "no route to destination", QT_TRANSLATE_NOOP("explain", "A router has no route."), askForRoute},
    {Kind::Icmp6, icmp(1, 1), "administratively prohibited",
     QT_TRANSLATE_NOOP("explain", "A packet filter at the sender of this message forbids it."), lookAtSender},
    {Kind::Icmp6, icmp(1, 3), "address unreachable", QT_TRANSLATE_NOOP("explain", "Neighbour discovery got no answer."),
     QT_TRANSLATE_NOOP("explain", "A filter that drops ICMPv6 types 133 to 136 does this; so does a missing link or address.")},
    {Kind::Icmp6, icmp(1, 4), "port unreachable", QT_TRANSLATE_NOOP("explain", "Closed UDP port, or a filter's ordinary reject."),
     onlyThisPort},
    {Kind::Icmp6, icmp(2, 0), "packet too big",
     QT_TRANSLATE_NOOP("explain", "A hop's MTU is smaller than the packet; the message carries that MTU."), compareMtu},
    {Kind::Icmp6, icmp(3, 0), "hop limit exceeded",
     QT_TRANSLATE_NOOP("explain", "The hop limit ran out on the way: a routing loop."), askForRoute},
    {Kind::Message, 0, "Destination Host Unreachable",
     QT_TRANSLATE_NOOP("explain", "Printed with your own address as sender: this host got no answer to ARP."), lookAtLink},
    {Kind::Message, 0, "No route to host",
     QT_TRANSLATE_NOOP("explain", "Usually not a route problem: ARP got no answer, or a filter rejects as prohibited."),
     lookAtLink},
    {Kind::Message, 0, "Network is unreachable", QT_TRANSLATE_NOOP("explain", "This host has no route to the address."),
     askForRoute},
    {Kind::Message, 0, "Packet filtered",
     QT_TRANSLATE_NOOP("explain", "ICMP 3/13. With your own address as sender it is this host's own output filter."),
     lookAtSender},
    {Kind::Message, 0, "Operation not permitted",
     QT_TRANSLATE_NOOP("explain", "This host's own packet filter refuses to send, or CAP_NET_RAW is missing."),
     QT_TRANSLATE_NOOP("explain", "Look at this host's output rules.")},
    {Kind::Message, 0, "Do you want to ping broadcast",
     QT_TRANSLATE_NOOP("explain", "Misleading: a `prohibit` route covers the address."), askForRoute},
    {Kind::Message, 0, "message too long",
     QT_TRANSLATE_NOOP("explain", "The packet may not be fragmented and is larger than the known path MTU."), compareMtu},
    {Kind::Message, 0, "Request timed out", QT_TRANSLATE_NOOP("explain", "Silence: the request was sent and nothing came back."),
     lookAtFilters},
    {Kind::Message, 0, "General failure",
     QT_TRANSLATE_NOOP("explain", "Local: nothing left this host. No carrier, no address, or an outbound filter stops it."),
     QT_TRANSLATE_NOOP("explain", "Check the adapter's link and address, then outbound filters.")},
    {Kind::Message, 0, "Nexthop has invalid gateway",
     QT_TRANSLATE_NOOP("explain", "The gateway of the route is not in any subnet of this machine."), askForRoute},
};

QString sourceOf(Kind kind)
{
    switch (kind) {
    case Kind::Errno:
        return translate("explain", "Linux errno");
    case Kind::Icmp:
        return translate("explain", "ICMP, RFC 792 and RFC 1812");
    case Kind::Icmp6:
        return translate("explain", "ICMPv6, RFC 4443");
    case Kind::WindowsIcmp:
        return translate("explain", "Windows ICMP status");
    case Kind::WinSock:
        return translate("explain", "WinSock");
    case Kind::WindowsSystem:
        return translate("explain", "Windows system error");
    case Kind::Message:
        return translate("explain", "message of ping or connect");
    }
    return {};
}

QString codeOf(const Row &row)
{
    switch (row.kind) {
    case Kind::Errno:
        return QStringLiteral("errno %1").arg(row.number);
    case Kind::Icmp:
        return QStringLiteral("ICMP %1/%2").arg(row.number / 256).arg(row.number % 256);
    case Kind::Icmp6:
        return QStringLiteral("ICMPv6 %1/%2").arg(row.number / 256).arg(row.number % 256);
    case Kind::Message:
        return QStringLiteral("“%1”").arg(QLatin1String(row.name));
    default:
        return QString::number(row.number);
    }
}

bool isIcmp(Kind kind) { return kind == Kind::Icmp || kind == Kind::Icmp6; }

bool matchesIcmp(const Row &row, const QString &code)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(?:(icmp|icmpv6|icmp6)\\s*)?(?:type\\s*)?(\\d{1,3})\\s*(?:/|,|\\s|\\s*code\\s*)\\s*(\\d{1,3})$"));
    const auto match = pattern.match(code);
    if (!match.hasMatch() || !isIcmp(row.kind)) {
        return false;
    }
    const bool familyFits =
        match.captured(1).isEmpty() || (match.captured(1) == QLatin1String("icmp")) == (row.kind == Kind::Icmp);
    return familyFits && icmp(match.captured(2).toInt(), match.captured(3).toInt()) == row.number;
}

bool matches(const Row &row, const QString &code)
{
    if (code.compare(QLatin1String(row.name), Qt::CaseInsensitive) == 0 || matchesIcmp(row, code)) {
        return true;
    }
    bool isNumber = false;
    const auto digits = code.startsWith(QLatin1String("errno ")) ? code.mid(6) : code;
    const int number = digits.toInt(&isNumber, 0);
    if (isNumber) {
        return !isIcmp(row.kind) && row.kind != Kind::Message && number == row.number;
    }
    return row.kind == Kind::Message && code.contains(QLatin1String(row.name), Qt::CaseInsensitive);
}

} // namespace

std::vector<Explanation> explain(const QString &code)
{
    const auto wanted = code.simplified().toLower().left(400);
    std::vector<Explanation> found;
    for (const auto &row : rows) {
        if (!wanted.isEmpty() && matches(row, wanted)) {
            found.push_back({codeOf(row), QLatin1String(row.name), sourceOf(row.kind), translate("explain", row.meaning),
                             translate("explain", row.next)});
        }
    }
    return found;
}

} // namespace bothways::checks
