// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace bothways::checks {

/// What an error code or message means for a VM that does not answer. Sources: facts measured on Linux 6.x, RFC 792,
/// RFC 1812, RFC 4443, ipexport.h, winerror.h.
struct Explanation {
    QString code;    ///< "11010", "errno 113", "ICMP 3/13", or the message
    QString name;    ///< IP_REQ_TIMED_OUT, EHOSTUNREACH, ...
    QString source;  ///< translated: who prints it
    QString meaning; ///< translated
    QString next;    ///< translated: what to look at next
};

/// Understands numbers (also "0x2AFA"), names, "icmp 3/13", "icmpv6 1/3", "type 3 code 13" and messages of ping. A bare
/// number can mean several things: all are given. Empty when nothing is known of it.
std::vector<Explanation> explain(const QString &code);

} // namespace bothways::checks
