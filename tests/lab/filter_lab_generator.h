// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/packet.h"

#include <random>
#include <string>
#include <vector>

/// Random rulesets and packets for comparing the walk with the kernel.
namespace bothways::lab {

class Generator {
public:
    Generator(unsigned seed, filter::Hook hook) : m_random(seed), m_hook(hook) {}
    std::string nftRuleset(); ///< text for `nft -f`; every rule but verdict maps counts
    std::string xtablesRuleset(net::Family family);
    /// Distinct in source ports, over all serials too, so that no packet belongs to another's connection.
    std::vector<filter::Packet> packets(int count, int serial);
    int below(int bound) { return static_cast<int>(m_random() % static_cast<unsigned>(bound)); }
    bool chance(int percent) { return below(100) < percent; }

private:
    std::string pick(const std::vector<std::string> &choices)
    {
        return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
    }
    std::string address(net::Family family);
    std::string nftRule(const std::string &family, int level);
    std::string nftNetwork(const std::string &family, bool &v4, bool &v6);
    std::string nftTransport(bool v4, bool v6);
    std::string nftOther();
    std::string nftMap(const std::string &family, int level);
    std::string nftVerdict(int level);
    std::string xtablesRule(net::Family family, int level);
    std::string xtablesTransport(net::Family family);

    std::mt19937 m_random;
    filter::Hook m_hook;
};

} // namespace bothways::lab
