// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/probes.h"
#include "net/address.h"

#include <optional>
#include <string_view>

/// Lines of the system's ping program, in the C locale. Pure and total: a line is understood whole or it is nothing.
/// Source: iputils ping/ping.c, ping6_common.c (20180629 to 20240117), BusyBox networking/ping.c.
namespace bothways::probe {

struct PingLine {
    enum class Kind {
        Reply,     ///< sequence, sender, ttl, time
        Error,     ///< sequence, sender, type and code as far as the words tell
        SendError, ///< the program's own send or connect failed: errorNumber
    };
    Kind kind = Kind::Reply;
    int sequence = 0; ///< as printed: iputils counts from 1, BusyBox from 0
    bool countsFromZero = false;
    bool duplicate = false;
    std::optional<net::IpAddress> sender;
    std::optional<int> ttl;
    std::optional<qint64> rttNs;
    std::optional<int> icmpType;
    std::optional<int> icmpCode;
    int errorNumber = 0;
    bool fatal = false; ///< the program gave up before its first request: every request would have failed so
};

/// Nothing for a line that says nothing about a request (header, statistics, anything else).
std::optional<PingLine> parsePingLine(std::string_view line, net::Family family);

} // namespace bothways::probe
