// SPDX-License-Identifier: GPL-3.0-or-later
#include "ruleset_generator.h"

#include "match_texts.h"

#include <array>

namespace bothways::kernel {
namespace {

constexpr int lastChain = 5;

const Texts networks4{"10.9.0.0/24", "10.8.0.0/24", "10.0.0.0/8", "10.9.0.0/25", "10.9.0.0/30", "10.8.0.64/27", "10.7.0.0/16"};
const Texts networks6{"fd09::/64", "fd08::/64", "fd00::/8", "fd09::/121", "fd08::/126", "::/0"};
const Texts ranges4{"10.9.0.2-10.9.0.90", "10.8.0.1-10.8.0.10", "10.7.0.0-10.9.0.1"};
const Texts ranges6{"fd09::2-fd09::90", "fd08::1-fd08::10", "fd07::-fd09::1"};

} // namespace

std::string RulesetGenerator::address()
{
    const auto *const net = m_random.pick(std::vector<const char *>{"9", "9", "9", "8", "8", "7"});
    const auto *const host = m_random.pick(std::vector<const char *>{"1", "1", "10", "10", "2", "77", "200"});
    return m_net == Net::V6 ? std::string("fd0") + net + "::" + host : std::string("10.") + net + ".0." + host;
}

/// What is written alike in every rule, but for the address family.
std::string RulesetGenerator::word(std::string_view name)
{
    struct Word {
        std::string_view name;
        std::string_view v4;
        std::string_view v6;
    };
    static constexpr std::array words{Word{"ip", "ip", "ip6"},
                                      Word{"6", "4", "6"},
                                      Word{"proto", "ip", "ip6"},
                                      Word{"nfproto", "ipv4", "ipv6"},
                                      Word{"mask", "255.255.0.255", "ffff::ffff"},
                                      Word{"icmp", "icmp", "ipv6-icmp"}};
    for (const auto &each : words) {
        if (each.name == name) {
            return std::string(m_net == Net::V6 ? each.v6 : each.v4);
        }
    }
    return {};
}

std::string RulesetGenerator::fillIn(std::string_view name, int level)
{
    const bool v6 = m_net == Net::V6;
    if (name == "a") {
        return address();
    }
    if (name == "n") {
        return std::string(m_random.pick(v6 ? networks6 : networks4));
    }
    if (name == "r") {
        return std::string(m_random.pick(v6 ? ranges6 : ranges4));
    }
    if (name == "l4") {
        return std::string(m_random.pick(Texts{"tcp", "udp"}));
    }
    if (name == "p") {
        return std::string(m_random.pick(Texts{"22", "53", "80", "85", "7777", "443"}));
    }
    if (name == "pr") {
        return std::string(m_random.pick(Texts{"50-60", "81-90", "1-1023", "7000-8000", "23-52"}));
    }
    if (name == "m") {
        return std::string(m_random.pick(Texts{"0x0", "0x1", "0x2", "0x3", "0x10", "0x112"}));
    }
    return name == "v" ? verdict(level) : word(name);
}

std::string RulesetGenerator::expand(std::string_view text, int level)
{
    std::string all;
    while (!text.empty()) {
        const auto open = text.find('<');
        const auto close = open == std::string_view::npos ? open : text.find('>', open);
        // "<" is an operator, too.
        if (close == std::string_view::npos || text.substr(open, close - open).find(' ') != std::string_view::npos) {
            const auto end = open == std::string_view::npos ? text.size() : open + 1;
            all += text.substr(0, end);
            text.remove_prefix(end);
            continue;
        }
        all += std::string(text.substr(0, open)) + fillIn(text.substr(open + 1, close - open - 1), level);
        text.remove_prefix(close + 1);
    }
    return all;
}

std::string RulesetGenerator::network()
{
    if (m_net == Net::Any) {
        return {};
    }
    if (m_random.chance(15)) {
        return std::string(m_random.pick(m_net == Net::V4 ? onlyV4Texts : onlyV6Texts));
    }
    return std::string(m_random.pick(networkTexts));
}

std::string RulesetGenerator::transport()
{
    if (m_random.chance(35)) {
        return {};
    }
    if (m_random.chance(40)) {
        const bool v6 = m_net == Net::V6 || (m_net == Net::Any && m_family != "ip" && m_random.chance(50));
        m_net = v6 ? Net::V6 : Net::V4;
        return std::string(m_random.pick(v6 ? icmpv6Texts : icmpTexts));
    }
    return std::string(m_random.pick(portTexts));
}

std::string RulesetGenerator::meta()
{
    if (m_random.chance(3)) {
        return std::string(m_random.pick(m_random.chance(70) ? rareTexts : rawTexts));
    }
    return std::string(m_random.pick(metaTexts));
}

std::string RulesetGenerator::statement()
{
    if (m_random.chance(3)) {
        return std::string(m_random.pick(rareStatementTexts));
    }
    const auto chosen = std::string(m_random.pick(statementTexts));
    return chosen == "notrack" && !m_random.chance(30) ? std::string{} : chosen;
}

std::string RulesetGenerator::verdict(int level)
{
    if (level < lastChain && m_random.chance(35)) {
        return std::string(m_random.pick(Texts{"jump c", "jump c", "goto c"})) +
               std::to_string(level + 1 + m_random.below(lastChain - level));
    }
    return std::string(m_random.pick(Texts{"accept", "accept", "accept", "drop", "drop", "return", "continue"}));
}

std::string RulesetGenerator::action(int level)
{
    if (m_random.chance(20)) {
        return "counter";
    }
    const bool mayReject = hasIp() && (m_hook == "input" || m_hook == "forward" || m_hook == "output");
    if (mayReject && m_random.chance(10)) {
        return std::string(
            m_random.pick(Texts{"reject", "reject", "reject with icmpx admin-prohibited", "reject with icmp host-unreachable",
                                "reject with icmpv6 no-route", "reject with tcp reset"}));
    }
    return verdict(level);
}

std::string RulesetGenerator::ipRule(int level)
{
    m_net = m_family == "ip"    ? Net::V4
            : m_family == "ip6" ? Net::V6
                                : m_random.pick(std::vector{Net::Any, Net::V4, Net::V4, Net::V6});
    if (m_random.chance(12)) {
        m_net = m_net != Net::Any ? m_net : m_random.chance(65) ? Net::V4 : Net::V6;
        return std::string(m_random.pick(mapTexts));
    }
    const auto first = network();
    const auto second = transport();
    const auto third = meta();
    const auto fourth = statement();
    auto last = action(level);
    const bool namesFamily =
        third.starts_with("meta protocol") || third.starts_with("meta nfproto") || third.starts_with("ether type");
    if (namesFamily && last.starts_with("reject with")) {
        last = "drop"; // nft 1.0.6 does not print the family beside it, so that no reader of its list can know
    }
    return first + ' ' + second + ' ' + third + ' ' + fourth + ' ' + last;
}

/// At the hooks of bridges, ARP and devices.
std::string RulesetGenerator::linkRule(int level)
{
    if (m_family == "arp") {
        m_net = Net::V4;
        return std::string(m_random.pick(arpTexts)) + ' ' +
               std::string(m_random.pick(Texts{"", "", "counter", "meta mark set <m>"})) + ' ' + action(level);
    }
    m_net = m_random.pick(std::vector{Net::Any, Net::Any, Net::V4, Net::V4, Net::V6});
    if (m_random.chance(12)) {
        return std::string(m_random.pick(linkMapTexts));
    }
    const auto link = std::string(m_random.pick(m_family == "bridge" ? bridgeTexts : deviceTexts));
    const auto first = m_random.chance(50) ? network() : std::string{};
    const auto second = m_random.chance(40) ? transport() : std::string{};
    return link + ' ' + first + ' ' + second + ' ' + std::string(m_random.pick(Texts{"", "", "counter", "meta mark set <m>"})) +
           ' ' + action(level);
}

std::string RulesetGenerator::rule(int level) { return "  " + expand(hasIp() ? ipRule(level) : linkRule(level), level) + '\n'; }

std::string RulesetGenerator::objects() const
{
    if (m_family == "arp") {
        return {};
    }
    return " set some4 {\n  type ipv4_addr; flags interval; elements = { 10.9.0.1-10.9.0.3, 10.9.0.192/26, 10.8.0.1 }\n }\n"
           " set some6 {\n  type ipv6_addr; elements = { fd09::1, fd09::77, fd08::10 }\n }\n"
           " set wide4 {\n  type ipv4_addr; elements = { 10.9.0.10, 10.8.0.1, 10.9.0.77 }\n }\n"
           " set wide6 {\n  type ipv6_addr; flags interval; elements = { fd09::/120, fd08::1-fd08::9 }\n }\n"
           " set ports {\n  type inet_service; flags interval; elements = { 22, 50-60, 443 }\n }\n"
           " set cards {\n  type ifname; elements = { \"eth0\", \"br0\" }\n }\n"
           " set seen4 {\n  type ipv4_addr; flags dynamic, timeout; timeout 5m\n }\n"
           " set seen6 {\n  type ipv6_addr; flags dynamic, timeout; timeout 5m\n }\n"
           " set pairs4 {\n  type ipv4_addr . inet_service; flags interval; elements = { 10.9.0.0/24 . 22, 10.8.0.1 . 50-90 }\n "
           "}\n"
           " set pairs6 {\n  type ipv6_addr . inet_service; elements = { fd09::1 . 22, fd08::1 . 53 }\n }\n"
           " map decide {\n  type inet_service : verdict; elements = { 53 : accept, 80 : drop, 22 : jump c5 }\n }\n";
}

std::string RulesetGenerator::hook()
{
    if (m_family == "arp") {
        m_hook = std::string(m_random.pick(Texts{"input", "input", "output"}));
        return m_hook;
    }
    if (m_family == "netdev") {
        m_hook = std::string(m_random.pick(Texts{"ingress", "ingress", "egress"}));
        return m_hook + " device \"" + m_device + '"';
    }
    m_hook = std::string(
        m_random.pick(Texts{"prerouting", "input", "input", "forward", "forward", "output", "output", "postrouting"}));
    return m_hook;
}

std::string RulesetGenerator::baseChain(int number)
{
    // Not -200, -100 and 100: there it depends on when connection tracking and NAT were first used, which no dump shows.
    static const Texts priorities{"-450", "-300", "-198", "-150", "-90", "0", "0", "0", "10", "90", "225"};
    m_device = m_family == "netdev" ? m_random.pick(std::vector<std::string>{"eth0", "eth0", "vnet0"}) : std::string{};
    const auto where = hook();
    const auto name = "base" + std::to_string(number) + (m_device.empty() ? "" : "at" + m_device);
    std::string all = " chain " + name + " {\n  type filter hook " + where + " priority " +
                      std::string(m_random.pick(priorities)) + "; policy " +
                      std::string(m_random.pick(Texts{"accept", "accept", "accept", "drop"})) + ";\n";
    for (int rules = m_random.below(9); rules > 0; --rules) {
        all += rule(0);
    }
    m_hook.clear();
    return all + " }\n";
}

/// Accepting rules among those that translate: which of several chains decides is part of the comparison.
std::string RulesetGenerator::natChain(int number)
{
    static const Texts hooks{"prerouting", "prerouting", "output", "postrouting", "postrouting", "input"};
    m_hook = std::string(m_random.pick(hooks));
    const bool source = m_hook == "postrouting" || m_hook == "input";
    std::string all = " chain nat" + std::to_string(number) + " {\n  type nat hook " + m_hook + " priority " +
                      std::string(m_random.pick(Texts{"-150", "-100", "0", "100", "100"})) + "; policy accept;\n";
    for (int rules = m_random.below(5); rules > 0; --rules) {
        m_net = m_family == "ip" ? Net::V4 : m_family == "ip6" ? Net::V6 : m_random.pick(std::vector{Net::V4, Net::V4, Net::V6});
        const auto condition =
            network() + ' ' + std::string(m_random.pick(m_random.chance(60) ? portTexts : Texts{"", "meta l4proto tcp"}));
        static const Texts sourceTexts{"snat <ip> to <a>", "snat <ip> to <a>", "accept", "return"};
        static const Texts leavingTexts{"snat <ip> to <a>", "masquerade", "accept", "snat <ip> to <a>"};
        static const Texts destinationTexts{"dnat <ip> to <a>",
                                            "dnat <ip> to <a>",
                                            "redirect",
                                            "accept",
                                            "meta l4proto tcp redirect to :80",
                                            "meta l4proto udp dnat <ip> to <a>:53"};
        const auto &actions = !source ? destinationTexts : m_hook == "input" ? sourceTexts : leavingTexts;
        auto action = std::string(m_random.pick(actions));
        if (m_net == Net::V6 && action.ends_with("<a>:53")) {
            action = "dnat <ip> to <a>";
        }
        all += "  " + expand(condition + ' ' + action, 0) + '\n';
    }
    m_hook.clear();
    return all + " }\n";
}

std::string RulesetGenerator::regularChains()
{
    std::string all;
    for (int level = lastChain; level >= 1; --level) {
        all += " chain c" + std::to_string(level) + " {\n";
        for (int rules = m_random.below(5); rules > 0; --rules) {
            all += rule(level);
        }
        all += " }\n";
    }
    return all;
}

std::string RulesetGenerator::table(int number)
{
    m_family = std::string(
        m_random.pick(Texts{"inet", "inet", "inet", "inet", "ip", "ip", "ip6", "ip6", "bridge", "bridge", "arp", "netdev"}));
    std::string all = "table " + m_family + " gen" + std::to_string(number) + " {\n" + objects() + regularChains();
    for (int chains = 1 + m_random.below(4); chains > 0; --chains) {
        all += baseChain(chains);
    }
    for (int chains = hasIp() && m_random.chance(25) ? 1 + m_random.below(2) : 0; chains > 0; --chains) {
        all += natChain(chains);
    }
    return all + "}\n";
}

std::string RulesetGenerator::nftRuleset()
{
    std::string all;
    for (int tables = 1 + m_random.below(3); tables > 0; --tables) {
        all += table(tables);
    }
    return all;
}

} // namespace bothways::kernel
