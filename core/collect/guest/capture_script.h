// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <QByteArray>

namespace bothways::collect::guest {

struct CaptureBounds {
    int bytes = 256; ///< of a packet
    int packets = 4000;
    int seconds = 60;
};

/// For /bin/sh in a Linux guest: captures with the guest's own tcpdump(1) on the interface that has this MAC and writes the pcap
/// file to standard output, until stopCaptureScript() with the same token runs there, or a bound is reached. Nothing is written
/// to the guest's disk. Exit 3: there is no tcpdump; 4: no such interface. `token`: letters and digits that nobody else uses.
QByteArray captureScript(const net::MacAddress &mac, const QByteArray &token, const CaptureBounds &bounds = {});

/// Ends exactly the capture that was started with this token.
QByteArray stopCaptureScript(const QByteArray &token);

} // namespace bothways::collect::guest
