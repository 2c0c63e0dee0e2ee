// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/packet/hook_packet.h"
#include "random.h"

#include <vector>

namespace bothways::kernel {

/// Packets of which a ruleset may say something: of the addresses, ports and interfaces that stand in its text.
class PacketsFor {
public:
    PacketsFor(std::string_view ruleset, Random &random);
    filter::Packet next(filter::Hook hook);

private:
    net::IpAddress address(bool v4);
    std::string interface();
    int port();
    void fillTransport(filter::Packet &packet);

    Random &m_random;
    std::vector<net::IpAddress> m_v4;
    std::vector<net::IpAddress> m_v6;
    std::vector<int> m_numbers;
    std::vector<std::string> m_names;
};

} // namespace bothways::kernel
