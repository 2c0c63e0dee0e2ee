// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/link_type.h"
#include "net/packet.h"

#include <cstdint>
#include <string>

namespace bothways::capture {

/// Where frames were seen: an interface, live or of a file.
struct Point {
    std::string name; ///< of the interface, as the system or the file says it: foreign text; empty where a file does not
    net::LinkType linkType = net::LinkType::Ethernet;
};

/// One captured frame. A view: `bytes` live until the source that gave it is asked for the next one.
struct Frame {
    std::int64_t time = 0;   ///< nanoseconds since 1970-01-01 00:00 UTC
    std::uint32_t point = 0; ///< index into the points of its source
    net::LinkType linkType = net::LinkType::Ethernet;
    net::Bytes bytes;                 ///< what was captured of it
    std::uint32_t originalLength = 0; ///< on the wire, bytes; at least bytes.size() unless the source lies
};

} // namespace bothways::capture
