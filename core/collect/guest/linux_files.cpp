// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/linux_files.h"

#include "words/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bothways::collect::guest {
namespace {

using evidence::Access;
using evidence::Link;
using evidence::LinkKind;
using evidence::PortState;

constexpr auto linkRoot = "/sys/class/net/"_L1;
constexpr auto sysctlRoot = "/proc/sys/"_L1;
constexpr qsizetype maximumLinks = 10'000;

// linux/if.h, linux/if_arp.h
constexpr unsigned flagUp = 0x1;
constexpr int typeLoopback = 772;

QString uevent(const Files &files, const QString &path, QLatin1StringView key)
{
    const auto text = files.text(path);
    for (const auto line : QStringView(text).split(u'\n')) {
        if (line.startsWith(key)) {
            return line.mid(key.size()).trimmed().toString();
        }
    }
    return {};
}

/// "Icmp: InMsgs InErrors" and "Icmp: 3 0", twice a line.
void addPairs(QMap<QString, qint64> &counters, const QString &text)
{
    const auto lines = QStringView(text).split(u'\n', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i + 1 < lines.size(); i += 2) {
        const auto names = lines[i].split(u' ', Qt::SkipEmptyParts);
        const auto values = lines[i + 1].split(u' ', Qt::SkipEmptyParts);
        if (names.isEmpty() || values.isEmpty() || names[0] != values[0] || !names[0].endsWith(u':')) {
            return;
        }
        const auto group = names[0].chopped(1).toString();
        for (qsizetype column = 1; column < std::min(names.size(), values.size()); ++column) {
            bool ok = false;
            const auto value = values[column].toLongLong(&ok);
            if (ok) {
                counters.insert(group + u'.' + names[column].toString(), value);
            }
        }
    }
}

void addPlain(QMap<QString, qint64> &counters, const QString &text)
{
    for (const auto line : QStringView(text).split(u'\n', Qt::SkipEmptyParts)) {
        const auto spaced = line.toString().simplified();
        const auto gap = spaced.indexOf(u' ');
        bool ok = false;
        const auto value = QStringView(spaced).mid(gap + 1).toLongLong(&ok);
        if (gap > 0 && ok) {
            counters.insert(spaced.first(gap), value);
        }
    }
}

evidence::Worded<LinkKind> kindOf(const Files &files, const QString &root)
{
    const auto type = uevent(files, root + "uevent"_L1, "DEVTYPE="_L1);
    if (files.has(root + "bridge/bridge_id"_L1)) {
        return LinkKind::Bridge;
    }
    if (files.has(root + "tun_flags"_L1)) {
        return LinkKind::Tun;
    }
    return type == "wlan"_L1 || type == "wwan"_L1 ? LinkKind::Hardware : evidence::Worded<LinkKind>::of(type);
}

evidence::LinkCounters countersOf(const Files &files, const QString &root)
{
    const auto number = [&](QLatin1StringView name) { return files.first(root + "statistics/"_L1 + name).toLongLong(); };
    return {number("rx_packets"_L1), number("tx_packets"_L1), number("rx_errors"_L1),
            number("tx_errors"_L1),  number("rx_dropped"_L1), number("tx_dropped"_L1)};
}

std::optional<evidence::BridgePort> portOf(const Files &files, const QString &root)
{
    if (!files.has(root + "brport/state"_L1)) {
        return std::nullopt;
    }
    // BR_STATE_* of linux/if_bridge.h
    constexpr std::array states{PortState::Disabled, PortState::Listening, PortState::Learning, PortState::Forwarding,
                                PortState::Blocking};
    const auto flag = [&](QLatin1StringView name, QLatin1StringView otherwise) {
        return (files.has(root + name) ? files.first(root + name) : QString(otherwise)) == "1"_L1;
    };
    evidence::BridgePort port;
    const auto state = static_cast<std::size_t>(files.first(root + "brport/state"_L1).toInt());
    port.state = state < states.size() ? states.at(state) : PortState::Unknown;
    port.isolated = flag("brport/isolated"_L1, "0"_L1);
    port.learning = flag("brport/learning"_L1, "1"_L1);
    port.flood = flag("brport/unicast_flood"_L1, "1"_L1);
    port.hairpin = flag("brport/hairpin_mode"_L1, "0"_L1);
    return port;
}

/// The options of a bridge in sysfs, which kernels before 2.6.27 lack.
std::optional<evidence::BridgeOptions> bridgeOf(const Files &files, const QString &root)
{
    if (!files.has(root + "bridge/stp_state"_L1)) {
        return std::nullopt;
    }
    const auto number = [&](QLatin1StringView item) { return files.first(root + "bridge/"_L1 + item).toInt(); };
    evidence::BridgeOptions options;
    options.vlanFiltering = number("vlan_filtering"_L1) != 0;
    options.defaultPvid = files.has(root + "bridge/default_pvid"_L1) ? number("default_pvid"_L1) : options.defaultPvid;
    options.spanningTree = number("stp_state"_L1) != 0;
    options.multicastSnooping = number("multicast_snooping"_L1) != 0;
    options.multicastQuerier = number("multicast_querier"_L1) != 0;
    options.callIptables = number("nf_call_iptables"_L1) != 0;
    options.callIp6tables = number("nf_call_ip6tables"_L1) != 0;
    options.callArptables = number("nf_call_arptables"_L1) != 0;
    return options;
}

Link linkFrom(const Files &files, const QString &name)
{
    const QString root = linkRoot + name + u'/';
    const auto value = [&](QLatin1StringView item) { return files.first(root + item); };
    Link link;
    link.index = value("ifindex"_L1).toInt();
    link.name = name;
    link.kind = kindOf(files, root);
    link.operState = evidence::Worded<evidence::OperState>::of(value("operstate"_L1).toUpper());
    link.driver = uevent(files, root + "device/uevent"_L1, "DRIVER="_L1);
    link.mac = asMac(value("address"_L1));
    link.mtu = value("mtu"_L1).toUInt();
    link.up = (value("flags"_L1).toUInt(nullptr, 16) & flagUp) != 0;
    link.carrier = value("carrier"_L1) == "1"_L1;
    link.wireless = uevent(files, root + "uevent"_L1, "DEVTYPE="_L1) == "wlan"_L1;
    link.loopback = value("type"_L1).toInt() == typeLoopback;
    link.counters = countersOf(files, root);
    link.port = portOf(files, root);
    link.bridge = bridgeOf(files, root);
    return link;
}

} // namespace

Files::Files(QStringView greps)
{
    for (const auto line : greps.split(u'\n', Qt::SkipEmptyParts)) {
        const auto colon = line.indexOf(u':');
        if (colon <= 0 || !line.startsWith(u'/')) {
            continue;
        }
        const auto path = line.first(colon).toString();
        if (!m_content.contains(path)) {
            m_paths.push_back(path);
        }
        m_content[path] += line.mid(colon + 1).toString() + u'\n';
    }
}

QString Files::first(const QString &path) const
{
    const auto text = m_content.value(path);
    return QStringView(text).first(std::max<qsizetype>(0, text.indexOf(u'\n'))).trimmed().toString();
}

Parsed<std::vector<Link>> linksFrom(const Files &files)
{
    std::vector<Link> links;
    QMap<int, QString> names;
    for (const auto &path : files.paths()) {
        if (path.startsWith(linkRoot) && path.endsWith("/ifindex"_L1) && path.count(u'/') == 5) {
            const auto name = path.sliced(linkRoot.size(), path.size() - linkRoot.size() - 8);
            links.push_back(linkFrom(files, name));
            names.insert(links.back().index, name);
        }
        if (links.size() > static_cast<std::size_t>(maximumLinks)) {
            return tl::unexpected(translate("guest", "More than %1 entries.").arg(maximumLinks));
        }
    }
    if (links.empty()) {
        return tl::unexpected(translate("guest", "The guest shows no network interface in /sys/class/net."));
    }
    for (auto &link : links) {
        const QString root = linkRoot + link.name + u'/';
        link.master = names.value(files.first(root + "master/ifindex"_L1).toInt());
        const auto below = files.first(root + "iflink"_L1).toInt();
        // For veth iflink is the peer, which has no master/lower meaning; vlan and macvlan say what they are.
        const bool stacked = link.kind == LinkKind::Vlan || link.kind == LinkKind::Macvlan || link.kind == LinkKind::Macvtap ||
                             link.kind == LinkKind::Ipvlan;
        link.lower = stacked && below != link.index ? names.value(below) : QString();
    }
    return links;
}

QMap<QString, QString> sysctlsFrom(const Files &files)
{
    QMap<QString, QString> result;
    for (const auto &path : files.paths()) {
        if (path.startsWith(sysctlRoot)) {
            result.insert(path.sliced(sysctlRoot.size()).replace(u'/', u'.'), files.first(path));
        }
    }
    return result;
}

Parsed<QMap<QString, qint64>> countersFrom(const Files &files)
{
    QMap<QString, qint64> counters;
    addPairs(counters, files.text(u"/proc/net/snmp"_s));
    addPairs(counters, files.text(u"/proc/net/netstat"_s));
    addPlain(counters, files.text(u"/proc/net/snmp6"_s));
    if (counters.isEmpty()) {
        return tl::unexpected(translate("guest", "The guest's /proc/net/snmp could not be read."));
    }
    return counters;
}

evidence::Reading<evidence::Conntrack> conntrackFrom(const Files &files, const QString &source)
{
    const auto count = u"/proc/sys/net/netfilter/nf_conntrack_count"_s;
    if (!files.has(count)) {
        return evidence::Reading<evidence::Conntrack>::missing(Access::Absent, source,
                                                               translate("guest", "The guest's kernel tracks no connections."));
    }
    evidence::Conntrack result;
    result.count = files.first(count).toLongLong();
    result.max = files.first(u"/proc/sys/net/netfilter/nf_conntrack_max"_s).toLongLong();
    // One header line, then a line of hexadecimal columns per processor.
    const auto text = files.text(u"/proc/net/stat/nf_conntrack"_s);
    const auto lines = QStringView(text).split(u'\n', Qt::SkipEmptyParts);
    const auto names = lines.isEmpty() ? QList<QStringView>() : lines[0].split(u' ', Qt::SkipEmptyParts);
    for (qsizetype row = 1; row < lines.size(); ++row) {
        const auto values = lines[row].split(u' ', Qt::SkipEmptyParts);
        const auto column = [&](QLatin1StringView name) -> qint64 {
            const auto at = names.indexOf(name);
            return at >= 0 && at < values.size() ? values[at].toUInt(nullptr, 16) : 0;
        };
        result.drop += column("drop"_L1);
        result.earlyDrop += column("early_drop"_L1);
        result.insertFailed += column("insert_failed"_L1);
    }
    return evidence::Reading<evidence::Conntrack>::read(result, source);
}

} // namespace bothways::collect::guest
