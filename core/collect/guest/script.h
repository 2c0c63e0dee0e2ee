// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <QByteArray>

#include <vector>

/// The script that a guest runs.
namespace bothways::collect::guest {

enum class System { Linux, Windows };

/// The script is fixed text; the host addresses to ping are validated IpAddress values, so nothing can be injected.
/// Linux: POSIX sh that works with busybox alone (no bash, no iproute2 JSON); Windows: PowerShell 5.1.
/// Prints sections between lines "@@bothways <name> <status>" so that any tool output can stand inside.
QByteArray script(System system, const std::vector<net::IpAddress> &hostAddresses);
/// The short one that only reads counters, neighbours and rulesets again after the probes.
QByteArray snapshotScript(System system);

} // namespace bothways::collect::guest
