// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/guest/ip_text.h"
#include "evidence/node.h"

#include <QHash>
#include <QStringView>

#include <vector>

/// Files of /proc and /sys as `grep -H ''` prints them: "path:line". Pure and total.
namespace bothways::collect::guest {

class Files {
public:
    /// Lines without a path are left out: grep prints its complaints to standard error, which is not here.
    explicit Files(QStringView greps);

    bool has(const QString &path) const { return m_content.contains(path); }
    /// First line, trimmed; empty if the file was not there.
    QString first(const QString &path) const;
    /// All lines, each ended by \n.
    QString text(const QString &path) const { return m_content.value(path); }
    const QStringList &paths() const { return m_paths; } ///< in the order of the report

private:
    QHash<QString, QString> m_content;
    QStringList m_paths;
};

Parsed<std::vector<evidence::Link>> linksFrom(const Files &files);
/// Everything under /proc/sys, by sysctl name; interface names keep their dots.
QMap<QString, QString> sysctlsFrom(const Files &files);
/// /proc/net/{snmp,netstat} as "Icmp.InEchos", /proc/net/snmp6 by its own names.
Parsed<QMap<QString, qint64>> countersFrom(const Files &files);
evidence::Reading<evidence::Conntrack> conntrackFrom(const Files &files, const QString &source);

} // namespace bothways::collect::guest
