// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <QByteArray>

namespace bothways::collect::guest {

/// For /bin/sh in a Linux guest: captures with the guest's own tcpdump(1) on the interface that has this MAC and writes the pcap
/// file to standard output, until stopCaptureScript() with the same token runs there, or a minute has passed. Nothing is written
/// to the guest's disk. Exit 3: there is no tcpdump; 4: no such interface. `token`: letters and digits that nobody else uses.
QByteArray captureScript(const net::MacAddress &mac, const QByteArray &token);

/// Ends exactly the capture that was started with this token.
QByteArray stopCaptureScript(const QByteArray &token);

} // namespace bothways::collect::guest
