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
    std::string objects();
    std::string baseChain(int number, const std::string &family);
    std::string rule(int level);
    std::string verdict(int level);
    std::string mapRule();
    std::string network();
    std::string transport();
    std::string other();
    std::string statement();
    /// Replaces what stands in <>: <a> an address of the rule's family, <n> a network, <r> a range, <p> a port, <v> a verdict...
    std::string expand(std::string_view text, int level);
    std::string placeholder(std::string_view name, int level);
    std::string address();
    std::string port();

    Random &m_random;
    std::string m_family;
    std::string m_hook;
    Net m_net = Net::Any; ///< of the rule at hand
};

} // namespace bothways::kernel
