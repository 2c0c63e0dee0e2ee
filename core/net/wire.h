// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/packet.h"

#include <algorithm>

/// Numbers and addresses out of bytes in network order. Callers have checked the length.
namespace bothways::net::wire {

inline std::uint16_t get16(Bytes bytes, std::size_t at) { return static_cast<std::uint16_t>(bytes[at] << 8U | bytes[at + 1]); }

inline std::uint32_t get32(Bytes bytes, std::size_t at)
{
    return static_cast<std::uint32_t>(get16(bytes, at)) << 16U | get16(bytes, at + 2);
}

inline MacAddress getMac(Bytes bytes, std::size_t at)
{
    std::array<std::uint8_t, 6> mac{};
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), mac.size(), mac.begin());
    return MacAddress(mac);
}

inline IpAddress getV6(Bytes bytes, std::size_t at)
{
    std::array<std::uint8_t, 16> address{};
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), address.size(), address.begin());
    return IpAddress::fromV6(address);
}

} // namespace bothways::net::wire
