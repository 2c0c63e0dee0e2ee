// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace bothways::net {

/// What a captured frame begins with: the LINKTYPE_ numbers of capture files (www.tcpdump.org/linktypes.html), which libpcap's
/// DLT_ numbers equal but for raw IP. Any other number may be here too: a file decides it.
enum class LinkType : std::uint16_t {
    Null = 0, ///< BSD loopback, Npcap's too: a family in the byte order of the machine that captured
    Ethernet = 1,
    RawDlt = 12, ///< as libpcap calls Raw on a live interface
    Raw = 101,   ///< IPv4 or IPv6, as its first half byte says
    Loop = 108,  ///< OpenBSD loopback: the family in network order
    LinuxCooked = 113,
    Ipv4 = 228,
    Ipv6 = 229,
    LinuxCooked2 = 276,
};

} // namespace bothways::net
