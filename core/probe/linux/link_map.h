// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <optional>
#include <string>
#include <vector>

namespace bothways::probe {

/// The interface of this machine on whose link an address is, as the prefixes of its addresses tell. Ethernet only.
struct OnLink {
    std::string interface;
    int index = 0;
    net::IpAddress own; ///< the address to ask from
};
class LinkMap {
public:
    LinkMap(); ///< of this network namespace, now
    /// Nothing: behind a gateway, or an address of this machine itself.
    const OnLink *find(const net::IpAddress &address) const;

private:
    struct Entry {
        net::Prefix prefix;
        OnLink link;
    };
    std::vector<Entry> m_entries; ///< longest prefix first
    std::vector<net::IpAddress> m_own;
};

/// The interface that has an address of this machine.
struct AddressHolder {
    std::string name;
    int mtu = 0; ///< bytes
};
std::optional<AddressHolder> interfaceOf(const net::IpAddress &own);

} // namespace bothways::probe
