// SPDX-License-Identifier: GPL-3.0-or-later
#include "ruleset_generator.h"

namespace bothways::kernel {
namespace {

constexpr int lastChain = 5;

const Texts networks{"",
                     "",
                     "",
                     "<ip> saddr <a>",
                     "<ip> daddr <a>",
                     "<ip> saddr != <a>",
                     "<ip> daddr != <a>",
                     "<ip> saddr <n>",
                     "<ip> daddr <n>",
                     "<ip> daddr != <n>",
                     "<ip> saddr <r>",
                     "<ip> saddr != <r>",
                     "<ip> daddr <r>",
                     "<ip> saddr { <a>, <a>, <n> }",
                     "<ip> daddr { <a>, <n> }",
                     "<ip> daddr != { <a>, <n>, <r> }",
                     "<ip> saddr @some<6>",
                     "<ip> daddr != @some<6>",
                     "<ip> daddr @wide<6>",
                     "<ip> saddr . <ip> daddr { <a> . <a>, <n> . <n>, <a> . <r> }",
                     "<ip> saddr . <l4> dport { <a> . <p>, <n> . <pr> }",
                     "<ip> daddr . meta l4proto { <a> . tcp, <a> . udp, <a> . <icmp> }",
                     "<ip> daddr . <l4> dport @pairs<6>",
                     "<ip> saddr . iifname { <a> . \"eth0\", <a> . \"eth1\" }",
                     "<ip> saddr & <mask> == <a>",
                     "<ip> saddr != <a> <ip> daddr != <a>",
                     "<ip> saddr <a> <ip> daddr <n>"};

const Texts only4{"ip ttl < 64",          "ip ttl 33",
                  "ip ttl != 64",         "ip length > 90",
                  "ip length 60-120",     "ip version 4",
                  "ip protocol icmp",     "ip protocol { tcp, udp }",
                  "ip protocol != 6",     "ip protocol > 6",
                  "ip ttl { 33, 60-63 }", "ip length { 40-70, 100-130 }",
                  "ip ttl >= 64",         "ip protocol != { 1, 17 }"};
const Texts only6{"ip6 hoplimit < 64",     "ip6 hoplimit 33",          "ip6 length > 60",
                  "ip6 nexthdr ipv6-icmp", "ip6 nexthdr { tcp, udp }", "ip6 version 6",
                  "ip6 nexthdr != 58",     "ip6 length 20-80",         "ip6 hoplimit { 32-40 }"};

const Texts ports{"tcp dport <p>",
                  "tcp dport != <p>",
                  "tcp dport <pr>",
                  "tcp dport { <p>, <pr>, <p> }",
                  "tcp dport != { <p>, <pr> }",
                  "tcp sport >= 20000",
                  "tcp sport < 20000",
                  "tcp dport @ports",
                  "udp dport <p>",
                  "udp dport != <pr>",
                  "udp dport { <p>, <pr> }",
                  "udp sport > 30000",
                  "udp sport != 30000-60000",
                  "udp dport @ports",
                  "tcp flags syn",
                  "tcp flags & (syn|ack) == syn",
                  "tcp flags & (fin|syn|rst|ack) == syn|ack",
                  "tcp flags syn / fin,syn,rst,ack",
                  "tcp flags & syn != 0",
                  "tcp flags != syn",
                  "tcp flags & (ack|rst) == 0",
                  "tcp flags { syn, ack, syn|ack }",
                  "tcp flags syn,ack",
                  "tcp flags ! ack",
                  "meta l4proto { tcp, udp } th dport { <p>, <pr> }",
                  "meta l4proto tcp",
                  "meta l4proto != udp",
                  "meta l4proto { tcp, <icmp> }",
                  "meta l4proto tcp th sport > 20000",
                  "th dport <p>",
                  "tcp dport . tcp sport { <p> . 1-40000, <pr> . 1-65535 }"};
const Texts icmp4{"icmp type echo-request",
                  "icmp type echo-reply",
                  "icmp type != echo-request",
                  "icmp type { echo-reply, echo-request }",
                  "icmp type 8-13",
                  "icmp code 0",
                  "icmp type destination-unreachable",
                  "icmp type != { echo-reply, echo-request }",
                  "icmp code != 0",
                  "icmp type . icmp code { echo-request . 0, destination-unreachable . 1 }"};
const Texts icmp6{"icmpv6 type echo-request",
                  "icmpv6 type echo-reply",
                  "icmpv6 type != echo-request",
                  "icmpv6 type { echo-request, echo-reply, nd-neighbor-solicit }",
                  "icmpv6 type 128-136",
                  "icmpv6 code no-route",
                  "icmpv6 code != 0"};

const Texts others{"",
                   "",
                   "",
                   "",
                   "ct state new",
                   "ct state established,related",
                   "ct state established",
                   "ct state != established",
                   "ct state != { established, related }",
                   "ct state { new, invalid }",
                   "ct state invalid",
                   "ct state invalid,untracked",
                   "ct state ! new",
                   "ct state new,untracked",
                   "iifname \"eth0\"",
                   "iifname \"et*\"",
                   "iifname \"eth1\"",
                   "iifname != \"eth0\"",
                   "oifname \"eth0\"",
                   "oifname != \"eth0\"",
                   "oifname \"eth*\"",
                   "iifname { \"lo\", \"eth*\" }",
                   "oifname { \"eth1\", \"br0\" }",
                   "iifname . oifname { \"eth0\" . \"eth1\", \"eth1\" . \"eth0\" }",
                   "iif \"eth0\"",
                   "iif != \"lo\"",
                   "oif \"eth1\"",
                   "oif { \"eth0\", \"br0\" }",
                   "meta mark <m>",
                   "meta mark != <m>",
                   "meta mark & 0x3 == 0x2",
                   "meta mark { <m>, 0x10-0x20 }",
                   "meta mark > <m>",
                   "meta mark and 0xff != <m>",
                   "meta length 60-100",
                   "meta length > 100",
                   "meta length < 60",
                   "meta protocol <proto>", // nft does not print one that contradicts the rest of its rule
                   "meta nfproto <nfproto>",
                   "ether saddr 52:54:00:09:00:01",
                   "ether daddr != 52:54:00:09:00:10",
                   "ct state . meta mark { new . <m>, established . <m> }"};

const Texts statements{"", "", "", "", "", "counter", "counter", "meta mark set <m>", "meta mark set <m>", "notrack", "comment"};

} // namespace

std::string RulesetGenerator::address()
{
    const auto *const net = m_random.pick(std::vector<const char *>{"9", "9", "9", "8", "8", "7"});
    const auto *const host = m_random.pick(std::vector<const char *>{"1", "1", "10", "10", "2", "77", "200"});
    return m_net == Net::V6 ? std::string("fd0") + net + "::" + host : std::string("10.") + net + ".0." + host;
}

std::string RulesetGenerator::port() { return std::string(m_random.pick(Texts{"22", "53", "80", "85", "7777", "443"})); }

std::string RulesetGenerator::placeholder(std::string_view name, int level)
{
    const bool v6 = m_net == Net::V6;
    if (name == "ip") {
        return v6 ? "ip6" : "ip";
    }
    if (name == "6") {
        return v6 ? "6" : "4";
    }
    if (name == "a") {
        return address();
    }
    if (name == "n") {
        return std::string(m_random.pick(
            v6 ? Texts{"fd09::/64", "fd08::/64", "fd00::/8", "fd09::/121", "fd08::/126", "::/0"}
               : Texts{"10.9.0.0/24", "10.8.0.0/24", "10.0.0.0/8", "10.9.0.0/25", "10.9.0.0/30", "10.8.0.64/27", "10.7.0.0/16"}));
    }
    if (name == "r") {
        return std::string(m_random.pick(v6 ? Texts{"fd09::2-fd09::90", "fd08::1-fd08::10", "fd07::-fd09::1"}
                                            : Texts{"10.9.0.2-10.9.0.90", "10.8.0.1-10.8.0.10", "10.7.0.0-10.9.0.1"}));
    }
    if (name == "proto") {
        return v6 ? "ip6" : "ip";
    }
    if (name == "nfproto") {
        return v6 ? "ipv6" : "ipv4";
    }
    if (name == "mask") {
        return v6 ? "ffff::ffff" : "255.255.0.255";
    }
    if (name == "icmp") {
        return v6 ? "ipv6-icmp" : "icmp";
    }
    if (name == "l4") {
        return std::string(m_random.pick(Texts{"tcp", "udp"}));
    }
    if (name == "p") {
        return port();
    }
    if (name == "pr") {
        return std::string(m_random.pick(Texts{"50-60", "81-90", "1-1023", "7000-8000", "23-52"}));
    }
    if (name == "m") {
        return std::string(m_random.pick(Texts{"0x0", "0x1", "0x2", "0x3", "0x10", "0x112"}));
    }
    return verdict(level);
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
        all += std::string(text.substr(0, open)) + placeholder(text.substr(open + 1, close - open - 1), level);
        text.remove_prefix(close + 1);
    }
    return all;
}

std::string RulesetGenerator::network()
{
    if (m_net != Net::Any && m_random.chance(15)) {
        return std::string(m_random.pick(m_net == Net::V4 ? only4 : only6));
    }
    return m_net == Net::Any ? std::string{} : std::string(m_random.pick(networks));
}

std::string RulesetGenerator::transport()
{
    if (m_random.chance(35)) {
        return {};
    }
    if (m_random.chance(40)) {
        const bool v6 = m_net == Net::V6 || (m_net == Net::Any && m_family != "ip" && m_random.chance(50));
        m_net = v6 ? Net::V6 : Net::V4;
        return std::string(m_random.pick(v6 ? icmp6 : icmp4));
    }
    return std::string(m_random.pick(ports));
}

std::string RulesetGenerator::other() { return std::string(m_random.pick(others)); }

std::string RulesetGenerator::statement()
{
    const auto chosen = std::string(m_random.pick(statements));
    return chosen == "comment" || (chosen == "notrack" && !m_random.chance(30)) ? std::string{} : chosen;
}

std::string RulesetGenerator::verdict(int level)
{
    if (level < lastChain && m_random.chance(35)) {
        return std::string(m_random.pick(Texts{"jump c", "jump c", "goto c"})) +
               std::to_string(level + 1 + m_random.below(lastChain - level));
    }
    return std::string(m_random.pick(Texts{"accept", "accept", "accept", "drop", "drop", "return", "continue"}));
}

std::string RulesetGenerator::mapRule()
{
    static const Texts maps{"ct state vmap { new : <v>, established : <v>, invalid : <v> }",
                            "ct state vmap { new : <v>, related : <v>, established : <v>, untracked : <v> }",
                            "meta l4proto vmap { icmp : <v>, tcp : <v>, udp : <v>, ipv6-icmp : <v> }",
                            "tcp dport vmap { 22 : <v>, 80-90 : <v>, 443 : <v> }",
                            "udp dport vmap @decide",
                            "<ip> saddr vmap { <n> : <v> }",
                            "<ip> saddr . meta l4proto vmap { <a> . <icmp> : <v>, <a> . tcp : <v>, <a> . udp : <v> }",
                            "<ip> daddr vmap { <a> : <v>, * : <v> }",
                            "iifname vmap { \"eth0\" : <v>, \"eth1\" : <v>, \"lo\" : <v> }",
                            "oifname vmap { \"eth*\" : <v>, \"lo\" : <v> }",
                            "iifname . oifname vmap { \"eth0\" . \"eth1\" : <v>, \"eth1\" . \"eth0\" : <v> }",
                            "meta mark vmap { 0x0 : <v>, 0x1-0x3 : <v> }",
                            "<ip> daddr . <l4> dport vmap { <n> . <pr> : <v>, <n> . <p> : <v> }",
                            "icmp type vmap { echo-request : <v>, echo-reply : <v> }",
                            "meta nfproto vmap { ipv4 : <v>, ipv6 : <v> }"};
    return std::string(m_random.pick(maps));
}

std::string RulesetGenerator::rule(int level)
{
    m_net = m_family == "ip"    ? Net::V4
            : m_family == "ip6" ? Net::V6
                                : m_random.pick(std::vector{Net::Any, Net::V4, Net::V4, Net::V6});
    if (m_random.chance(12)) {
        if (m_net == Net::Any) {
            m_net = m_random.chance(65) ? Net::V4 : Net::V6;
        }
        return "  " + expand(mapRule(), level) + '\n';
    }
    auto text = network() + ' ' + transport() + ' ' + other() + ' ' + statement();
    text = expand(text, level) + ' ';
    if (m_random.chance(80)) {
        const bool mayReject = level == 0 && m_hook != "prerouting" && m_hook != "postrouting" && m_random.chance(10);
        text += mayReject ? "reject" : verdict(level);
    } else {
        text += "counter";
    }
    return "  " + text + '\n';
}

std::string RulesetGenerator::objects()
{
    return " set some4 {\n  type ipv4_addr; flags interval; elements = { 10.9.0.1-10.9.0.3, 10.9.0.192/26, 10.8.0.1 }\n }\n"
           " set some6 {\n  type ipv6_addr; elements = { fd09::1, fd09::77, fd08::10 }\n }\n"
           " set wide4 {\n  type ipv4_addr; elements = { 10.9.0.10, 10.8.0.1, 10.9.0.77 }\n }\n"
           " set wide6 {\n  type ipv6_addr; flags interval; elements = { fd09::/120, fd08::1-fd08::9 }\n }\n"
           " set ports {\n  type inet_service; flags interval; elements = { 22, 50-60, 443 }\n }\n"
           " set pairs4 {\n  type ipv4_addr . inet_service; flags interval; elements = { 10.9.0.0/24 . 22, 10.8.0.1 . 50-90 }\n "
           "}\n"
           " set pairs6 {\n  type ipv6_addr . inet_service; elements = { fd09::1 . 22, fd08::1 . 53 }\n }\n"
           " map decide {\n  type inet_service : verdict; elements = { 53 : accept, 80 : drop, 22 : jump c5 }\n }\n";
}

std::string RulesetGenerator::baseChain(int number, const std::string &family)
{
    static const Texts hooks{"prerouting", "input", "input", "forward", "forward", "output", "output", "postrouting"};
    m_hook = std::string(m_random.pick(hooks));
    std::string all =
        " chain base" + std::to_string(number) + " {\n  type filter hook " + m_hook + " priority " +
        std::string(m_random.pick(Texts{"-450", "-300", "-198", "-150", "-100", "0", "0", "0", "10", "100", "225"})) +
        "; policy " + std::string(m_random.pick(Texts{"accept", "accept", "accept", "drop"})) + ";\n";
    m_family = family;
    for (int rules = m_random.below(9); rules > 0; --rules) {
        all += rule(0);
    }
    return all + " }\n";
}

std::string RulesetGenerator::table(int number)
{
    m_family = std::string(m_random.pick(Texts{"inet", "inet", "inet", "ip", "ip6"}));
    const auto family = m_family;
    std::string all = "table " + family + " gen" + std::to_string(number) + " {\n" + objects();
    m_hook = "input";
    for (int level = lastChain; level >= 1; --level) {
        all += " chain c" + std::to_string(level) + " {\n";
        for (int rules = m_random.below(5); rules > 0; --rules) {
            all += rule(level);
        }
        all += " }\n";
    }
    for (int chains = 1 + m_random.below(4); chains > 0; --chains) {
        all += baseChain(chains, family);
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
