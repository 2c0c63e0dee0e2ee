// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/echo_outcome.h"
#include "evidence/path.h"
#include "net/address.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// Which of many addresses answer. No part of a session: a diagnosis is about one VM.
namespace bothways::evidence {

struct SweptAddress {
    net::IpAddress address;
    QString interface; ///< on whose link it is; empty: behind a gateway, or one of our own
    EchoOutcome echo = EchoOutcome::Cancelled;
    bool echoSent = false;              ///< false where nobody answers for the address, and where sending failed
    int errorNumber = 0;                ///< Linux errno where sending failed
    std::optional<qint64> rttNs;        ///< of the echo
    std::optional<net::MacAddress> mac; ///< who answers for the address on the link

    bool answers() const { return echo == EchoOutcome::Reply; }
    bool operator==(const SweptAddress &) const = default;
};

/// How the owners on the link were found out.
enum class NeighbourMethod {
    None,    ///< no address was on a link of ours
    Request, ///< asked with our own frames
    Kernel,  ///< read from the kernel's neighbour table afterwards, for want of rights
};

struct Sweep {
    QDateTime started; ///< UTC
    QDateTime finished;
    bool interrupted = false;
    ProbeMethod echoMethod = ProbeMethod::None;
    NeighbourMethod neighbourMethod = NeighbourMethod::None;
    std::vector<SweptAddress> addresses; ///< in the order they were asked for
    QStringList problems;                ///< translated: what could not be done, and why
};

} // namespace bothways::evidence
