// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

#include <QByteArray>
#include <QString>

#include <optional>

#include <tl/expected.hpp>

/// The script that a guest runs, and the strict reading of what it prints. Portable and pure.
namespace bothways::collect::guest {

enum class System { Linux, Windows };

/// The script is fixed text; the host addresses to ping are validated IpAddress values, so nothing can be injected.
/// Linux: POSIX sh that works with busybox alone (no bash, no iproute2 JSON); Windows: PowerShell 5.1.
/// Prints sections between lines "@@bothways <name> <status>" so that any tool output can stand inside.
QByteArray script(System system, const std::vector<net::IpAddress> &hostAddresses);
/// The short one that only reads counters, neighbours and rulesets again after the probes.
QByteArray snapshotScript(System system);

struct ReportError {
    QString message; ///< English sentence, names line and section
    int line = 0;
};

/// Total: any bytes (also truncated, hostile, CRLF, UTF-16 with BOM from a Windows clipboard) give facts or an error.
/// Sections that are missing or cut become readings that say so. At most 16 MiB.
tl::expected<evidence::Guest, ReportError> parseReport(const QByteArray &bytes, evidence::GuestChannel channel);
tl::expected<evidence::NodeSnapshot, ReportError> parseSnapshot(const QByteArray &bytes, evidence::GuestChannel channel);

} // namespace bothways::collect::guest
