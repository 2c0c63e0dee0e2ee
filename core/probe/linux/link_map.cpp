// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/link_map.h"

#include "probe/linux/socket/descriptor.h"
#include "probe/linux/socket/socket_address.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include <ifaddrs.h>
#include <net/if.h>
#include <sys/ioctl.h>

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

/// The kernel gives an IPv4 address' label, which may be "eth0:1".
std::string nameOf(const ifaddrs &entry)
{
    std::string name(entry.ifa_name);
    name.resize(std::min(name.size(), name.find(':')));
    return name;
}

using AddressList = std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)>;
AddressList addressList()
{
    ifaddrs *first = nullptr;
    return {::getifaddrs(&first) == 0 ? first : nullptr, &::freeifaddrs};
}

} // namespace

LinkMap::LinkMap()
{
    const auto list = addressList();
    for (const ifaddrs *entry = list.get(); entry != nullptr; entry = entry->ifa_next) {
        const auto address = fromSocketAddress(entry->ifa_addr);
        const auto mask = fromSocketAddress(entry->ifa_netmask);
        if (!address || !mask) {
            continue;
        }
        m_own.push_back(*address);
        constexpr unsigned unasked = IFF_LOOPBACK | IFF_POINTOPOINT | IFF_NOARP;
        if ((entry->ifa_flags & unasked) == 0 && (entry->ifa_flags & IFF_UP) != 0) {
            auto name = nameOf(*entry);
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

std::optional<AddressHolder> interfaceOf(const net::IpAddress &own)
{
    const auto list = addressList();
    for (const ifaddrs *entry = list.get(); entry != nullptr; entry = entry->ifa_next) {
        if (fromSocketAddress(entry->ifa_addr) != own) {
            continue;
        }
        AddressHolder holder{nameOf(*entry), 0};
        const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        ifreq request{};
        std::strncpy(request.ifr_name, holder.name.c_str(), IFNAMSIZ - 1);
        if (::ioctl(socket.get(), SIOCGIFMTU, &request) == 0) {
            holder.mtu = request.ifr_mtu;
        }
        return holder;
    }
    return std::nullopt;
}

} // namespace bothways::probe
