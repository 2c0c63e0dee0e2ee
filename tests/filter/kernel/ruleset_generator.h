// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "random.h"

namespace bothways::kernel {

/// Text for `nft -f`, one rule a line. nft refuses some combinations; the line it names is then left out.
class RulesetGenerator {
public:
    explicit RulesetGenerator(Random &random) : m_random(random) {}
    std::string nftRuleset();

private:
    enum class Net : std::uint8_t { Any, V4, V6 };
    std::string table(int number);
    std::string objects() const;
    std::string baseChain(int number);
    std::string natChain(int number);
    std::string regularChains();
    std::string hook();
    std::string rule(int level);
    std::string ipRule(int level);
    std::string linkRule(int level);
    std::string action(int level);
    std::string verdict(int level);
    std::string network();
    std::string transport();
    std::string meta();
    std::string statement();
    bool hasIp() const { return m_family == "inet" || m_family == "ip" || m_family == "ip6"; }
    /// Replaces what stands in <>: <a> an address of the rule's family, <n> a network, <r> a range, <p> a port, <v> a verdict...
    std::string expand(std::string_view text, int level);
    std::string fillIn(std::string_view name, int level);
    std::string word(std::string_view name);
    std::string address();

    Random &m_random;
    std::string m_family;
    std::string m_hook;   ///< of the base chain; empty in a regular chain
    std::string m_device; ///< likewise, of a device's chain
    Net m_net = Net::Any; ///< of the rule at hand
};

} // namespace bothways::kernel
