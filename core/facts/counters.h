// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/scene.h"

#include <QString>

#include <optional>

/// The guest kernel's own counters (/proc/net/snmp, /proc/net/netstat) across the probes.
namespace bothways::facts {

/// Growth between the readings before and after the echo requests. Empty: not in both, or no requests were sent.
std::optional<qint64> guestGrowth(const Scene &scene, const QString &counter);

/// Where in the guest's stack the requests ended: how far the counters of each layer moved (RFC 4293).
struct EchoTrail {
    std::optional<qint64> received; ///< Ip.InReceives: at the IP layer, before any rule
    qint64 requests = 0;            ///< Icmp.InEchos: past the packet filter's input
    std::optional<qint64> replies;  ///< Icmp.OutEchoReps: made, before the filter's output
};
/// Only where our requests went unanswered: else there is nothing to explain.
std::optional<EchoTrail> echoTrail(const Scene &scene);
QString describe(const EchoTrail &trail);

} // namespace bothways::facts
