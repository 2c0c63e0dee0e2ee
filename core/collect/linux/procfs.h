// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <QByteArray>
#include <QMap>
#include <QString>

#include <optional>

/// What the kernel tells through files under /proc. The parsers are pure and total: a line that does not fit is left out.
namespace bothways::collect {

/// /proc/net/snmp and /proc/net/netstat (proc(5)): pairs of lines, "Icmp: InMsgs InErrors" then "Icmp: 1 0". Columns differ
/// by kernel, so they are taken by name: "Icmp.InMsgs".
QMap<QString, qint64> parseCounterPairs(const QByteArray &text);
/// /proc/net/snmp6: "Icmp6InEchos   1" becomes "Icmp6.InEchos".
QMap<QString, qint64> parseSnmp6(const QByteArray &text);

/// /proc/net/stat/nf_conntrack: a line of names, then a line of hexadecimal numbers for each processor. The sum of a
/// column; nothing for a column that this kernel does not have.
struct ConntrackColumns {
    std::optional<qint64> drop;
    std::optional<qint64> earlyDrop;
    std::optional<qint64> insertFailed;
};
ConntrackColumns parseConntrackStat(const QByteArray &text);

/// PRETTY_NAME of os-release(5), unquoted; empty where there is none.
QString parsePrettyName(const QByteArray &text);

/// A file's content, at most 1 MiB of it, or why not (errno in words).
evidence::Reading<QByteArray> readFile(const QString &path);

evidence::Reading<QMap<QString, qint64>> readCounters();
evidence::Reading<evidence::Conntrack> readConntrack();

} // namespace bothways::collect
