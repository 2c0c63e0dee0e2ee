// SPDX-License-Identifier: GPL-3.0-or-later
#include "xtables_generator.h"

#include <map>

namespace bothways::kernel {
namespace {

constexpr int lastChain = 4;

const std::map<std::string_view, Texts> baseChains{{"raw", {"PREROUTING", "OUTPUT"}},
                                                   {"mangle", {"PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"}},
                                                   {"filter", {"INPUT", "FORWARD", "OUTPUT"}},
                                                   {"security", {"INPUT", "FORWARD", "OUTPUT"}}};

const Texts transports4{"-p icmp -m icmp --icmp-type 8",
                        "-p icmp -m icmp ! --icmp-type 8",
                        "-p icmp -m icmp --icmp-type any",
                        "-p icmp -m icmp --icmp-type 3/1",
                        "-p icmp -m icmp ! --icmp-type 3/1",
                        "-p icmp -m icmp --icmp-type echo-reply",
                        "-p icmp",
                        "! -p icmp"};
const Texts transports6{"-p ipv6-icmp -m icmp6 --icmpv6-type 128", "-p ipv6-icmp", "-p ipv6-icmp -m icmp6 ! --icmpv6-type 128",
                        "-p ipv6-icmp -m icmp6 --icmpv6-type 1/4", "! -p ipv6-icmp"};
const Texts transports{"-p tcp -m tcp --dport 22",
                       "-p tcp -m tcp ! --dport 22",
                       "-p tcp -m tcp --sport 20000:",
                       "-p tcp -m tcp --syn",
                       "-p tcp -m tcp ! --syn",
                       "-p tcp -m multiport --dports 22,80:90",
                       "-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN",
                       "-p tcp -m tcp ! --tcp-flags SYN,ACK SYN,ACK",
                       "-p tcp -m tcp --tcp-flags ALL NONE",
                       "-p tcp -m multiport ! --dports 22,25",
                       "-p tcp -m multiport --ports 22,443",
                       "-p tcp",
                       "! -p tcp",
                       "-p udp -m udp --dport 53",
                       "-p udp -m udp --dport 50:90",
                       "-p udp -m udp ! --sport 1:20000",
                       "-p udp -m multiport --sports 1:20000",
                       "-p udp -m multiport ! --sports 30000:65535,53",
                       "! -p udp",
                       "-p 47",
                       "-p sctp"};
// Without devgroup: reached without an input interface, through a chain of one's own, it crashes Linux 6.18 (devgroup_mt()).
const Texts matches{"-m conntrack --ctstate NEW",
                    "-m conntrack --ctstate RELATED,ESTABLISHED",
                    "-m conntrack ! --ctstate NEW",
                    "-m conntrack --ctstate INVALID",
                    "-m conntrack --ctstate UNTRACKED,INVALID",
                    "-m conntrack --ctdir ORIGINAL",
                    "-m conntrack --ctstate SNAT",
                    "-m conntrack --ctstatus SEEN_REPLY",
                    "-m conntrack --ctproto 6",
                    "-m state --state INVALID",
                    "-m state --state NEW,ESTABLISHED",
                    "-m state --state UNTRACKED",
                    "-m mark --mark 0x1",
                    "-m mark ! --mark 0x0/0x3",
                    "-m connmark --mark 0x1",
                    "-m connmark ! --mark 0x0/0xff",
                    "-m length --length 60:100",
                    "-m length ! --length 0:70",
                    "-m pkttype --pkt-type unicast",
                    "-m pkttype ! --pkt-type broadcast",
                    "-m limit --limit 10000/sec --limit-burst 10000",
                    "-m hashlimit --hashlimit-upto 10000/sec --hashlimit-burst 10000 --hashlimit-name h --hashlimit-mode srcip",
                    "-m connlimit --connlimit-above 60000",
                    "-m comment --comment \"a \\\"b\\\" c\"",
                    "-m comment --comment plain",
                    "-m statistic --mode random --probability 0.5",
                    "-m dscp --dscp 0x00",
                    "-m dscp ! --dscp-class EF",
                    "-m tos --tos 0x00/0xff",
                    "-m ecn --ecn-ip-ect 0",
                    "-m quota --quota 2000000000",
                    "-m recent --name seen --rcheck",
                    "-m cpu --cpu 0",
                    "-m connbytes --connbytes 1: --connbytes-dir both --connbytes-mode packets",
                    "-m helper --helper ftp",
                    "-m u32 --u32 \"6&0xFF=1\"",
                    "-m string --algo bm --string abc",
                    "-m time --timestart 00:00 --timestop 23:59"};
const Texts matches4{"-m ttl --ttl-lt 64",
                     "-m ttl ! --ttl-eq 33",
                     "-m ttl --ttl-gt 63",
                     "-m iprange --src-range 10.9.0.2-10.9.0.90",
                     "-m iprange ! --dst-range 10.8.0.1-10.9.0.1",
                     "-f",
                     "! -f"};
const Texts matches6{"-m hl --hl-lt 64",
                     "-m hl --hl-eq 33",
                     "-m iprange --src-range fd09::2-fd09::90",
                     "-m ipv6header --soft --header hop-by-hop",
                     "-m ipv6header --header frag",
                     "-m rt --rt-type 0",
                     "-m frag --fragfirst"};

bool isIn(std::string_view chain) { return chain != "OUTPUT" && chain != "POSTROUTING"; }
bool isOut(std::string_view chain) { return chain == "OUTPUT" || chain == "POSTROUTING" || chain == "FORWARD"; }

} // namespace

std::string XtablesGenerator::network()
{
    if (!m_random.chance(45)) {
        return {};
    }
    static const Texts hosts4{"10.9.0.1",     "10.9.0.10", "10.9.0.0/25",         "10.8.0.0/16",
                              "10.9.0.64/27", "10.9.0.2",  "10.9.0.1/255.255.0.3"};
    static const Texts hosts6{"fd09::1", "fd09::10", "fd09::/121", "fd08::/64", "fd09::77", "fd08::1", "fd09::1/ffff::3"};
    return (m_random.chance(25) ? " !" : "") + std::string(m_random.pick(Texts{" -s ", " -d "})) +
           std::string(m_random.pick(m_v4 ? hosts4 : hosts6));
}

std::string XtablesGenerator::devices(std::string_view chain)
{
    if (!m_random.chance(25)) {
        return {};
    }
    if (isIn(chain) && (!isOut(chain) || m_random.chance(50))) {
        return std::string(m_random.pick(Texts{" -i eth0", " -i et+", " ! -i lo", " -i +", " -i br0", " ! -i eth1"}));
    }
    return isOut(chain) ? std::string(m_random.pick(Texts{" -o eth0", " -o et+", " ! -o lo", " ! -o eth0", " -o eth1"}))
                        : std::string{};
}

std::string XtablesGenerator::match(std::string_view chain)
{
    if (!m_random.chance(55)) {
        return {};
    }
    if (m_random.chance(25)) {
        return ' ' + std::string(m_random.pick(m_v4 ? matches4 : matches6));
    }
    if (m_random.chance(15) && chain == "INPUT") {
        return std::string(
            m_random.pick(Texts{" -m addrtype --dst-type LOCAL", " -m mac --mac-source 52:54:00:09:00:01",
                                " -m addrtype ! --dst-type BROADCAST", " -m mac ! --mac-source 52:54:00:09:00:01"}));
    }
    if (m_random.chance(15) && chain == "OUTPUT") {
        return std::string(
            m_random.pick(Texts{" -m addrtype --src-type LOCAL", " -m owner --uid-owner 0", " -m owner ! --gid-owner 5"}));
    }
    if (m_random.chance(5) && chain == "PREROUTING") {
        return std::string(m_random.pick(Texts{" -m rpfilter", " -m rpfilter --invert", " -m rpfilter --loose"}));
    }
    return ' ' + std::string(m_random.pick(matches));
}

std::string XtablesGenerator::target(std::string_view table, std::string_view chain, int level)
{
    if (level < lastChain && m_random.chance(30)) {
        return std::string(m_random.pick(Texts{" -j u", " -g u"})) +
               std::to_string(level + 1 + m_random.below(lastChain - level));
    }
    if (table == "filter" && m_random.chance(15)) {
        return std::string(m_random.pick(m_v4 ? Texts{" -j REJECT", " -j REJECT --reject-with icmp-host-prohibited"}
                                              : Texts{" -j REJECT", " -j REJECT --reject-with icmp6-adm-prohibited"}));
    }
    if (table == "mangle" && m_random.chance(30)) {
        return std::string(
            m_random.pick(Texts{" -j MARK --set-xmark 0x1/0x3", " -j MARK --set-mark 2", " -j MARK --or-mark 0x10",
                                " -j CONNMARK --save-mark", " -j CONNMARK --restore-mark", " -j CONNMARK --set-mark 1",
                                " -j DSCP --set-dscp 10", " -j CLASSIFY --set-class 1:2", " -j MARK --and-mark 0xf0"}));
    }
    if (table == "raw" && (chain == "PREROUTING" || chain == "OUTPUT") && m_random.chance(10)) {
        return std::string(m_random.pick(Texts{" -j NOTRACK", " -j CT --notrack"}));
    }
    return std::string(m_random.pick(
        Texts{" -j ACCEPT", " -j ACCEPT", " -j DROP", " -j DROP", " -j RETURN", "", " -j LOG --log-prefix \"x \""}));
}

std::string XtablesGenerator::rule(std::string_view table, std::string_view chain, int level)
{
    auto text = network() + devices(chain);
    switch (m_random.below(3)) {
    case 0:
        text += ' ' + std::string(m_random.pick(m_v4 ? transports4 : transports6));
        break;
    case 1:
        text += ' ' + std::string(m_random.pick(transports));
        break;
    default:
        break;
    }
    return "-A " + std::string(chain) + text + match(chain) + target(table, chain, level) + '\n';
}

std::string XtablesGenerator::chain(std::string_view name, std::string_view table, int level)
{
    std::string all;
    for (int rules = m_random.below(level == 0 ? 7 : 4); rules > 0; --rules) {
        all += rule(table, name, level);
    }
    return all;
}

std::string XtablesGenerator::table(std::string_view name)
{
    std::string all = '*' + std::string(name) + '\n';
    for (const auto &each : baseChains.at(name)) {
        all +=
            ':' + std::string(each) + ' ' + std::string(m_random.pick(Texts{"ACCEPT", "ACCEPT", "ACCEPT", "DROP"})) + " [0:0]\n";
    }
    for (int level = 1; level <= lastChain; ++level) {
        all += ":u" + std::to_string(level) + " - [0:0]\n";
    }
    for (int level = lastChain; level > 0; --level) {
        all += chain("u" + std::to_string(level), name, level);
    }
    for (const auto &each : baseChains.at(name)) {
        all += chain(each, name, 0);
    }
    return all + "COMMIT\n";
}

std::string XtablesGenerator::ruleset()
{
    std::string all;
    for (const auto *name : {"raw", "mangle", "filter", "security"}) {
        const int share = std::string_view(name) == "filter" ? 90 : std::string_view(name) == "mangle" ? 50 : 25;
        all += m_random.chance(share) ? table(name) : std::string{};
    }
    return all;
}

} // namespace bothways::kernel
