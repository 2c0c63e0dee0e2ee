// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/sysctl.h"

#include "collect/linux/procfs.h"

#include "words/text.h"

#include <QDir>
#include <QStringList>

namespace bothways::collect {

namespace {

// Single settings, as paths below /proc/sys. /proc/sys/net is that of the reading thread's network namespace.
constexpr const char *singles[] = {
    "net/ipv4/ip_forward",
    "net/ipv4/ip_default_ttl",
    "net/ipv4/icmp_echo_ignore_all",
    "net/ipv4/icmp_echo_ignore_broadcasts",
    "net/ipv4/icmp_ratelimit",
    "net/ipv4/icmp_ratemask",
    "net/ipv4/ping_group_range",
    "net/ipv4/neigh/default/gc_thresh1",
    "net/ipv4/neigh/default/gc_thresh2",
    "net/ipv4/neigh/default/gc_thresh3",
    "net/ipv6/neigh/default/gc_thresh1",
    "net/ipv6/neigh/default/gc_thresh2",
    "net/ipv6/neigh/default/gc_thresh3",
    "net/ipv6/icmp/echo_ignore_all",
    "net/bridge/bridge-nf-call-iptables",
    "net/bridge/bridge-nf-call-ip6tables",
    "net/bridge/bridge-nf-call-arptables",
    "net/netfilter/nf_conntrack_max",
    "net/netfilter/nf_conntrack_count",
};

constexpr const char *perInterface4[] = {"rp_filter",  "arp_ignore", "arp_announce", "arp_filter",
                                         "forwarding", "proxy_arp",  "accept_local"};
constexpr const char *perInterface6[] = {"disable_ipv6", "forwarding"};

/// More interfaces than this are not a machine we can be of use on; it bounds the number of files opened.
constexpr qsizetype maximumInterfaces = 4096;

void readInto(QMap<QString, QString> &settings, const QString &path, const QString &key)
{
    const auto content = readFile(QStringLiteral("/proc/sys/") + path);
    if (content.isRead()) {
        settings.insert(key, QString::fromUtf8(content.value).simplified());
    }
}

template <std::size_t Count>
void readInterfaces(QMap<QString, QString> &settings, const QString &protocol, const char *const (&names)[Count])
{
    const QString directory = QStringLiteral("net/%1/conf").arg(protocol);
    // Hidden: an interface name may begin with a dot. System: only real directories are wanted, which is the default.
    const QStringList interfaces = QDir(QStringLiteral("/proc/sys/") + directory)
                                       .entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot)
                                       .mid(0, maximumInterfaces);
    for (const QString &interface : interfaces) {
        for (const char *name : names) {
            const QLatin1String setting(name);
            readInto(settings, directory + QLatin1Char('/') + interface + QLatin1Char('/') + setting,
                     QStringLiteral("net.%1.conf.%2.%3").arg(protocol, interface, setting));
        }
    }
}

} // namespace

evidence::Reading<QMap<QString, QString>> readSysctls()
{
    QMap<QString, QString> settings;
    for (const char *path : singles) {
        const QString name = QLatin1String(path);
        readInto(settings, name, QString(name).replace(QLatin1Char('/'), QLatin1Char('.')));
    }
    readInterfaces(settings, QStringLiteral("ipv4"), perInterface4);
    readInterfaces(settings, QStringLiteral("ipv6"), perInterface6);
    const QString source = QStringLiteral("/proc/sys/net");
    if (settings.isEmpty()) {
        return evidence::Reading<QMap<QString, QString>>::missing(
            evidence::Access::Failed, source, translate("collect", "No setting below %1 could be read.").arg(source));
    }
    return evidence::Reading<QMap<QString, QString>>::read(std::move(settings), source);
}

} // namespace bothways::collect
