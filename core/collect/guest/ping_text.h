// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/probes.h"

#include <QStringView>

#include <vector>

/// Reader of what ping(8) prints: iputils (old and new) and busybox. Pure and total.
namespace bothways::collect::guest {

/// `own` are the pinging machine's addresses: "Destination Host Unreachable" from one of them means that its own ARP failed.
/// Failed where the text shows no request at all; Denied where ping may not open its socket.
evidence::Reading<evidence::EchoSeries> parsePing(QStringView text, const net::IpAddress &target,
                                                  const std::vector<net::IpAddress> &own, const QString &source);

} // namespace bothways::collect::guest
