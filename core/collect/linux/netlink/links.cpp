// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/netlink/links.h"

#include "collect/linux/netlink/names.h"
#include "collect/linux/netlink/netlink.h"

#include <QByteArray>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cstring>

#include <linux/ethtool.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bothways::collect {

namespace {

using evidence::BridgePort;
using evidence::Link;
using evidence::LinkCounters;
using evidence::LinkKind;

/// ethtool(8)'s way to the driver name. sysfs would be wrong here: it shows the namespace that mounted it, not ours.
class DriverQuestion {
public:
    DriverQuestion() : m_socket(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {}
    ~DriverQuestion()
    {
        if (m_socket >= 0) {
            close(m_socket);
        }
    }
    DriverQuestion(const DriverQuestion &) = delete;
    DriverQuestion &operator=(const DriverQuestion &) = delete;

    QString operator()(const QByteArray &interface) const
    {
        ethtool_drvinfo info{};
        info.cmd = ETHTOOL_GDRVINFO;
        ifreq request{};
        std::strncpy(request.ifr_name, interface.constData(), IFNAMSIZ - 1);
        request.ifr_data = static_cast<char *>(static_cast<void *>(&info));
        if (m_socket < 0 || ioctl(m_socket, SIOCETHTOOL, &request) != 0) {
            return {};
        }
        return QString::fromUtf8(info.driver, static_cast<qsizetype>(strnlen(info.driver, sizeof(info.driver))));
    }

private:
    int m_socket;
};

QByteArray firstLine(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readLine(256).trimmed() : QByteArray{};
}

/// rtnetlink does not say it, so sysfs must; believed only where sysfs shows the same link, since it may be mounted for
/// another network namespace.
bool isWireless(const Link &link)
{
    const QString directory = QStringLiteral("/sys/class/net/%1").arg(link.name);
    const auto mac = net::MacAddress::parse(firstLine(directory + QStringLiteral("/address")).toStdString());
    const bool sameLink = firstLine(directory + QStringLiteral("/ifindex")).toInt() == link.index && mac == link.mac;
    return sameLink && (QFileInfo::exists(directory + QStringLiteral("/phy80211")) ||
                        QFileInfo::exists(directory + QStringLiteral("/wireless")));
}

LinkCounters countersOf(const Attributes &attributes)
{
    // The first members of rtnl_link_stats64, in order; later kernels append, none reorders.
    std::array<std::uint64_t, 8> stats{};
    const auto bytes = attributes.payload(IFLA_STATS64);
    if (!bytes || bytes->size() < sizeof(stats)) {
        return {};
    }
    std::memcpy(stats.data(), bytes->data(), sizeof(stats));
    const auto at = [&stats](std::size_t index) { return static_cast<qint64>(stats.at(index)); };
    return {at(0), at(1), at(4), at(5), at(6), at(7)};
}

std::optional<BridgePort> bridgePortOf(const Attributes &linkInfo)
{
    if (linkInfo.text(IFLA_INFO_SLAVE_KIND) != QLatin1String("bridge")) {
        return std::nullopt;
    }
    const Attributes data = linkInfo.nest(IFLA_INFO_SLAVE_DATA);
    BridgePort port;
    port.state = portState(data.u8(IFLA_BRPORT_STATE).value_or(0));
    port.isolated = data.u8(IFLA_BRPORT_ISOLATED).value_or(0) != 0;
    port.learning = data.u8(IFLA_BRPORT_LEARNING).value_or(1) != 0;
    port.flood = data.u8(IFLA_BRPORT_UNICAST_FLOOD).value_or(1) != 0;
    port.locked = data.u8(IFLA_BRPORT_LOCKED).value_or(0) != 0;
    port.hairpin = data.u8(IFLA_BRPORT_MODE).value_or(0) != 0;
    return port;
}

std::optional<evidence::BridgeOptions> bridgeOptionsOf(const Attributes &data)
{
    if (!data.has(IFLA_BR_FORWARD_DELAY)) { // every kernel tells it of every bridge
        return std::nullopt;
    }
    const Attributes querier = data.nest(IFLA_BR_MCAST_QUERIER_STATE);
    evidence::BridgeOptions options;
    options.vlanFiltering = data.u8(IFLA_BR_VLAN_FILTERING).value_or(0) != 0;
    options.defaultPvid = data.u16(IFLA_BR_VLAN_DEFAULT_PVID).value_or(1);
    options.spanningTree = data.u32(IFLA_BR_STP_STATE).value_or(0) != 0;
    options.multicastSnooping = data.u8(IFLA_BR_MCAST_SNOOPING).value_or(0) != 0;
    options.multicastQuerier = data.u8(IFLA_BR_MCAST_QUERIER).value_or(0) != 0;
    options.otherQuerier4 = querier.has(BRIDGE_QUERIER_IP_OTHER_TIMER);
    options.otherQuerier6 = querier.has(BRIDGE_QUERIER_IPV6_OTHER_TIMER);
    options.callIptables = data.u8(IFLA_BR_NF_CALL_IPTABLES).value_or(0) != 0;
    options.callIp6tables = data.u8(IFLA_BR_NF_CALL_IP6TABLES).value_or(0) != 0;
    options.callArptables = data.u8(IFLA_BR_NF_CALL_ARPTABLES).value_or(0) != 0;
    return options;
}

/// What each kind of link tells of itself beside what all have.
void addKind(Link &link, const Attributes &data)
{
    if (link.kind == LinkKind::Macvlan || link.kind == LinkKind::Macvtap) {
        const auto mode = data.u32(IFLA_MACVLAN_MODE);
        link.mode = mode ? macvlanModeName(*mode) : QString();
    } else if (link.kind == LinkKind::Bond) {
        const auto mode = data.u8(IFLA_BOND_MODE);
        link.mode = mode ? bondModeName(*mode) : QString();
    } else if (link.kind == LinkKind::Tun) {
        link.mode = data.u8(IFLA_TUN_TYPE).value_or(IFF_TAP) == IFF_TUN ? QStringLiteral("tun") : QStringLiteral("tap");
    } else if (link.kind == LinkKind::Vlan) {
        const auto id = data.u16(IFLA_VLAN_ID);
        link.vlan = id ? std::optional<int>(*id) : std::nullopt;
    } else if (link.kind == LinkKind::Vrf) {
        link.table = data.u32(IFLA_VRF_TABLE);
    } else if (link.kind == LinkKind::Bridge) {
        link.bridge = bridgeOptionsOf(data);
    }
}

bool isPair(const Link &link) { return link.kind == LinkKind::Veth || link.kind == LinkKind::Netkit; }

Request linkRequest()
{
    Request request(RTM_GETLINK, NLM_F_DUMP);
    request.header<ifinfomsg>().ifi_family = AF_UNSPEC;
    return request;
}

} // namespace

std::optional<ReadLink> parseLink(const nlmsghdr &message)
{
    const auto *header = headerOf<ifinfomsg>(message);
    if (message.nlmsg_type != RTM_NEWLINK || header == nullptr) {
        return std::nullopt;
    }
    const Attributes attributes(message, sizeof(*header));
    const Attributes info = attributes.nest(IFLA_LINKINFO);
    ReadLink read;
    Link &link = read.link;
    link.index = header->ifi_index;
    link.name = attributes.text(IFLA_IFNAME);
    link.kind = evidence::Worded<evidence::LinkKind>::of(info.text(IFLA_INFO_KIND));
    addKind(link, info.nest(IFLA_INFO_DATA));
    link.operState = operState(attributes.u8(IFLA_OPERSTATE).value_or(0));
    link.mac = attributes.mac(IFLA_ADDRESS);
    link.mtu = attributes.u32(IFLA_MTU).value_or(0);
    link.up = (header->ifi_flags & IFF_UP) != 0;
    link.carrier = (header->ifi_flags & (1U << 16U)) != 0; // IFF_LOWER_UP, which net/if.h lacks
    link.loopback = (header->ifi_flags & IFF_LOOPBACK) != 0;
    link.counters = countersOf(attributes);
    link.port = bridgePortOf(info);
    read.master = attributes.u32(IFLA_MASTER).value_or(0);
    // IFLA_LINK is the peer for pairs, which sit on nothing; with a namespace id it is an index of that other namespace.
    const auto other = attributes.u32(IFLA_LINK_NETNSID);
    const auto below = attributes.u32(IFLA_LINK).value_or(0);
    if (isPair(link)) {
        link.peerNamespace = other ? std::optional(static_cast<int>(*other)) : std::nullopt;
        read.peer = other ? 0 : below;
    } else if (!other) {
        read.lower = below;
    }
    return read;
}

evidence::Reading<std::vector<Link>> readLinks()
{
    const std::array<std::function<Request()>, 1> requests{linkRequest};
    auto read = dump<ReadLink>(requests, parseLink);
    const auto links = read.map([](std::vector<ReadLink> &found) {
        QMap<std::uint32_t, QString> names;
        for (const ReadLink &one : found) {
            names.insert(static_cast<std::uint32_t>(one.link.index), one.link.name);
        }
        const DriverQuestion driver;
        std::vector<Link> all;
        all.reserve(found.size());
        for (ReadLink &one : found) {
            one.link.master = names.value(one.master);
            one.link.lower = one.lower == static_cast<std::uint32_t>(one.link.index) ? QString() : names.value(one.lower);
            one.link.peer = names.value(one.peer);
            one.link.driver = driver(one.link.name.toUtf8());
            one.link.wireless = one.link.kind.isEmpty() && !one.link.loopback && isWireless(one.link);
            all.push_back(std::move(one.link));
        }
        return all;
    });
    return toReading<std::vector<Link>>(links, QStringLiteral("rtnetlink RTM_GETLINK"));
}

} // namespace bothways::collect
