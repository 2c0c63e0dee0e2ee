// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/link_map.h"

#include "probe/socket_address.h"

#include <algorithm>
#include <memory>

#include <ifaddrs.h>
#include <net/if.h>

namespace bothways::probe {

namespace {

int prefixLengthOf(const net::IpAddress &mask)
{
    int length = 0;
    for (const auto byte : mask.bytes()) {
        length += __builtin_popcount(byte);
    }
    return length;
}

} // namespace

LinkMap::LinkMap()
{
    ifaddrs *first = nullptr;
    if (::getifaddrs(&first) != 0) {
        return;
    }
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> list(first, &::freeifaddrs);
    for (const ifaddrs *entry = first; entry != nullptr; entry = entry->ifa_next) {
        const auto address = fromSocketAddress(entry->ifa_addr);
        const auto mask = fromSocketAddress(entry->ifa_netmask);
        if (!address || !mask) {
            continue;
        }
        m_own.push_back(*address);
        constexpr unsigned unasked = IFF_LOOPBACK | IFF_POINTOPOINT | IFF_NOARP;
        if ((entry->ifa_flags & unasked) == 0 && (entry->ifa_flags & IFF_UP) != 0) {
            // The kernel gives an IPv4 address' label, which may be "eth0:1".
            std::string name(entry->ifa_name);
            name.resize(std::min(name.size(), name.find(':')));
            const auto index = static_cast<int>(::if_nametoindex(name.c_str()));
            m_entries.push_back({net::Prefix(*address, prefixLengthOf(*mask)), {std::move(name), index, *address}});
        }
    }
    std::stable_sort(m_entries.begin(), m_entries.end(),
                     [](const Entry &a, const Entry &b) { return a.prefix.length() > b.prefix.length(); });
}

const OnLink *LinkMap::find(const net::IpAddress &address) const
{
    if (std::find(m_own.begin(), m_own.end(), address) != m_own.end()) {
        return nullptr;
    }
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) { return entry.prefix.contains(address); });
    return found == m_entries.end() ? nullptr : &found->link;
}

} // namespace bothways::probe
