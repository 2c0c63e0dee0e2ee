// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter_lab_generator.h"

#include "filter/ruleset.h"

namespace bothways::lab {
namespace {

constexpr int lastChain = 4;

} // namespace

std::string Generator::address(net::Family family)
{
    return family == net::Family::v4 ? pick({"10.9.0.1", "10.9.0.2", "10.9.0.77", "10.9.0.10", "10.9.0.200"})
                                     : pick({"fd09::1", "fd09::2", "fd09::77", "fd09::10", "fd09::200"});
}

std::string Generator::nftNetwork(const std::string &family, bool &v4, bool &v6)
{
    if (chance(45)) {
        return {};
    }
    v4 = family == "ip" || (family == "inet" && chance(60));
    v6 = !v4;
    const auto kind = v4 ? net::Family::v4 : net::Family::v6;
    const std::string field = std::string(v4 ? "ip " : "ip6 ") + pick({"saddr", "daddr"});
    const std::string negation = chance(25) ? "!= " : "";
    switch (below(7)) {
    case 0:
        return field + ' ' + negation + address(kind);
    case 1:
        return field + ' ' + negation +
               pick(v4 ? std::vector<std::string>{"10.9.0.0/24", "10.9.0.0/25", "10.9.0.0/30"}
                       : std::vector<std::string>{"fd09::/16", "fd09::/121", "fd09::/126"});
    case 2:
        return field + ' ' + negation + (v4 ? "10.9.0.2-10.9.0.90" : "fd09::2-fd09::90");
    case 3:
        return field + ' ' + negation + "{ " + address(kind) + ", " + (v4 ? "10.9.0.64/27" : "fd09::70/124") + " }";
    case 4:
        return field + ' ' + negation + (v4 ? "@some4" : "@some6");
    case 5:
        return v4 ? pick({"ip ttl < 64", "ip length > 90", "ip ttl 33", "ip length 80-120", "ip version 4"})
                  : pick({"ip6 hoplimit < 64", "ip6 length > 60", "ip6 hoplimit 33"});
    default:
        return v4 ? "ip saddr . ip daddr { " + address(kind) + " . 10.9.0.10, 10.9.0.0/26 . 10.9.0.0/24 }"
                  : "ip6 saddr . ip6 daddr { " + address(kind) + " . fd09::10 }";
    }
}

std::string Generator::nftTransport(bool v4, bool v6)
{
    switch (below(8)) {
    case 0:
    case 1:
        if (!v6) {
            return pick({"icmp type echo-request", "icmp type { echo-reply, echo-request }", "icmp type != echo-request",
                         "icmp code 0", "icmp type destination-unreachable", "icmp type 8-13"});
        }
        [[fallthrough]];
    case 2:
        if (!v4) {
            return pick({"icmpv6 type echo-request", "icmpv6 type { echo-request, echo-reply }", "icmpv6 type != echo-request"});
        }
        [[fallthrough]];
    case 3:
        return pick({"tcp dport 22", "tcp dport != 22", "tcp dport { 22, 80-90 }", "tcp sport >= 20000", "tcp flags syn",
                     "tcp flags & (syn|ack) == syn", "tcp flags syn / fin,syn,rst,ack", "tcp dport @ports"});
    case 4:
        return pick({"udp dport 53", "udp dport 50-90", "udp dport != 53", "udp sport < 20000", "udp dport @ports"});
    case 5:
        return pick({"meta l4proto { tcp, udp } th dport { 22, 53 }", "meta l4proto tcp", "meta l4proto != udp",
                     "meta l4proto 58", "meta length > 100"});
    case 6:
        return v4   ? pick({"ip protocol icmp", "ip protocol { tcp, udp }"})
               : v6 ? pick({"ip6 nexthdr ipv6-icmp", "ip6 nexthdr tcp"})
                    : "";
    default:
        return {};
    }
}

std::string Generator::nftOther()
{
    return pick({"",
                 "",
                 "",
                 "ct state new",
                 "ct state established,related",
                 "ct state != established",
                 "ct state { new, invalid }",
                 "ct state invalid",
                 "ct state ! new",
                 "iifname \"eth0\"",
                 "iifname \"et*\"",
                 "iifname != \"lo\"",
                 "oifname \"eth0\"",
                 "oifname != \"eth0\"",
                 "iifname { \"lo\", \"eth*\" }",
                 "meta mark 0x1",
                 "meta mark & 0x3 == 0x2",
                 "meta mark != 0x0",
                 "meta length 60-100",
                 "ether saddr 52:54:00:09:00:01",
                 "iif \"lo\"",
                 "oif != \"lo\"",

                 "meta protocol ip6",
                 "meta mark set 0x2",
                 "meta mark set 0x1",
                 m_hook == filter::Hook::Input ? "fib daddr type local" : "fib saddr type local"});
}

std::string Generator::nftVerdict(int level)
{
    if (level < lastChain && chance(30)) {
        return pick({"jump c", "goto c"}) + std::to_string(level + 1 + below(lastChain - level));
    }
    return pick({"accept", "accept", "drop", "drop", "reject", "return", "continue", "", ""});
}

std::string Generator::nftMap(const std::string &family, int level)
{
    const auto verdict = [&] {
        return level < lastChain && chance(40) ? "jump c" + std::to_string(level + 1)
                                               : pick({"accept", "drop", "return", "continue"});
    };
    switch (below(5)) {
    case 0:
        return "ct state vmap { new : " + verdict() + ", established : " + verdict() + ", invalid : " + verdict() + " }";
    case 1:
        return "meta l4proto vmap { icmp : " + verdict() + ", tcp : " + verdict() + ", udp : " + verdict() + " }";
    case 2:
        return "tcp dport vmap { 22 : " + verdict() + ", 80-90 : " + verdict() + " }";
    case 3:
        return "udp dport vmap @decide";
    default:
        return family == "ip6"
                   ? "ip6 saddr vmap { fd09::1 : " + verdict() + " }"
                   : "ip saddr . meta l4proto vmap { 10.9.0.1 . icmp : " + verdict() + ", 10.9.0.2 . tcp : " + verdict() + " }";
    }
}

std::string Generator::nftRule(const std::string &family, int level)
{
    if (chance(12)) {
        return "  " + nftMap(family, level) + '\n';
    }
    bool v4 = family == "ip";
    bool v6 = family == "ip6";
    const auto network = nftNetwork(family, v4, v6);
    const auto transport = nftTransport(v4, v6);
    const auto other = nftOther();
    return "  " + network + ' ' + transport + ' ' + other + " counter " + nftVerdict(level) + '\n';
}

std::string Generator::nftRuleset()
{
    const auto hookName = std::string(name(m_hook));
    std::string all;
    const int tables = 1 + below(3);
    for (int t = 0; t < tables; ++t) {
        const auto family = pick({"inet", "inet", "ip", "ip6"});
        all += "table " + family + " gen" + std::to_string(t) + " {\n";
        all += " set some4 {\n type ipv4_addr; flags interval; elements = { 10.9.0.1-10.9.0.3, 10.9.0.192/26 }\n }\n";
        all += " set some6 {\n type ipv6_addr; elements = { fd09::1, fd09::77 }\n }\n";
        all += " set ports {\n type inet_service; flags interval; elements = { 22, 50-60 }\n }\n";
        all += " map decide {\n type inet_service : verdict; elements = { 53 : accept, 80 : drop }\n }\n";
        for (int level = lastChain; level >= 1; --level) {
            all += " chain c" + std::to_string(level) + " {\n";
            for (int rule = below(4); rule >= 0; --rule) {
                all += nftRule(family, level);
            }
            all += " }\n";
        }
        const int bases = 1 + below(2);
        for (int b = 0; b < bases; ++b) {
            all += " chain base" + std::to_string(b) + " {\n  type filter hook " + hookName + " priority " +
                   pick({"-300", "-150", "0", "0", "10"}) + "; policy " + pick({"accept", "accept", "drop"}) + ";\n";
            for (int rule = below(7); rule >= 0; --rule) {
                all += nftRule(family, 0);
            }
            all += " }\n";
        }
        all += "}\n";
    }
    return all;
}

std::string Generator::xtablesTransport(net::Family family)
{
    const bool v4 = family == net::Family::v4;
    switch (below(5)) {
    case 0:
        return v4 ? pick({"-p icmp -m icmp --icmp-type 8", "-p icmp -m icmp ! --icmp-type 8", "-p icmp -m icmp --icmp-type any",
                          "-p icmp -m icmp --icmp-type 3/1", "-p icmp", "-p icmp -m icmp ! --icmp-type 3/1"})
                  : pick(
                        {"-p ipv6-icmp -m icmp6 --icmpv6-type 128", "-p ipv6-icmp", "-p ipv6-icmp -m icmp6 ! --icmpv6-type 128"});
    case 1:
        return pick({"-p tcp -m tcp --dport 22", "-p tcp -m tcp ! --dport 22",
                     "-p tcp -m tcp --sport 20000:", "-p tcp -m multiport --dports 22,80:90",
                     "-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN", "-p tcp -m multiport ! --dports 22,25"});
    case 2:
        return pick(
            {"-p udp -m udp --dport 53", "-p udp -m udp --dport 50:90", "! -p udp", "-p udp -m multiport --sports 1:20000"});
    default:
        return {};
    }
}

std::string Generator::xtablesRule(net::Family family, int level)
{
    const bool v4 = family == net::Family::v4;
    const std::string prefix = v4 ? "10.9.0." : "fd09::";
    std::string rule = chance(40) ? std::string(chance(25) ? " ! " : " ") + pick({"-s ", "-d "}) + prefix +
                                        pick(v4 ? std::vector<std::string>{"1", "10", "0/25", "64/27", "2", "1/255.255.0.3"}
                                                : std::vector<std::string>{"1", "10", "/121", "77", "2"})
                                  : std::string{};
    if (chance(25)) {
        rule += m_hook == filter::Hook::Input ? pick({" -i eth0", " -i et+", " ! -i lo", " -i +"})
                                              : pick({" -o eth0", " -o et+", " ! -o lo"});
    }
    rule += ' ' + xtablesTransport(family);
    rule += pick({"", "", "", " -m conntrack --ctstate NEW", " -m conntrack --ctstate RELATED,ESTABLISHED",
                  " -m state --state INVALID", " -m conntrack ! --ctstate NEW", " -m mark --mark 0x1",
                  " -m mark ! --mark 0x0/0x3", " -m length --length 60:100", v4 ? " -m ttl --ttl-lt 64" : " -m hl --hl-lt 64",
                  v4 ? " -m iprange --src-range 10.9.0.2-10.9.0.90" : "",
                  m_hook == filter::Hook::Input ? " -m addrtype --dst-type LOCAL" : " -m addrtype --src-type LOCAL",
                  m_hook == filter::Hook::Input ? " -m mac --mac-source 52:54:00:09:00:01" : "",
                  " -m comment --comment \"a \\\"b\\\" c\""});
    if (level < lastChain && chance(30)) {
        return rule + pick({" -j u", " -g u"}) + std::to_string(level + 1 + below(lastChain - level));
    }
    return rule + pick({" -j ACCEPT", " -j DROP", " -j DROP", " -j REJECT", " -j RETURN", ""});
}

std::string Generator::xtablesRuleset(net::Family family)
{
    const std::string base = m_hook == filter::Hook::Input ? "INPUT" : "OUTPUT";
    std::string all;
    for (const auto *table : {"mangle", "filter"}) {
        if (std::string_view(table) == "mangle" && chance(60)) {
            continue;
        }
        all += std::string("*") + table + "\n:" + base + ' ' + pick({"ACCEPT", "ACCEPT", "DROP"}) + " [0:0]\n";
        for (int level = 1; level <= lastChain; ++level) {
            all += ":u" + std::to_string(level) + " - [0:0]\n";
        }
        if (std::string_view(table) == "mangle") {
            all += "-A " + base + " -p udp -j MARK --set-xmark 0x1/0x3\n";
        }
        for (int level = lastChain; level >= 0; --level) {
            for (int rule = below(level == 0 ? 7 : 4); rule >= 0; --rule) {
                auto line = xtablesRule(family, level);
                const auto reject = line.find(" -j REJECT");
                if (std::string_view(table) == "mangle" && reject != std::string::npos) {
                    line.replace(reject, 10, " -j DROP"); // REJECT belongs to the filter table
                }
                all += "-A " + (level == 0 ? base : "u" + std::to_string(level)) + ' ' + line + '\n';
            }
        }
        all += "COMMIT\n";
    }
    return all;
}

std::vector<filter::Packet> Generator::packets(int count, int serial)
{
    std::vector<filter::Packet> all;
    const bool in = m_hook == filter::Hook::Input;
    for (int i = 0; i < count; ++i) {
        filter::Packet packet;
        const auto family = chance(70) ? net::Family::v4 : net::Family::v6;
        const bool v4 = family == net::Family::v4;
        const auto peer = net::IpAddress::parse(v4 ? pick({"10.9.0.1", "10.9.0.1", "10.9.0.2", "10.9.0.77", "10.9.0.200"})
                                                   : pick({"fd09::1", "fd09::1", "fd09::2", "fd09::77"}));
        const auto own = net::IpAddress::parse(v4 ? "10.9.0.10" : "fd09::10");
        packet.source = in ? *peer : *own;
        packet.destination = in ? *own : *peer;
        packet.ttl = 33 + below(2) * 31;
        packet.ct = filter::CtState::New;
        const int payload = below(80);
        switch (below(3)) {
        case 0:
            packet.protocol = v4 ? 1 : 58;
            packet.icmpType = chance(70) ? (v4 ? 8 : 128) : (v4 ? 0 : 129);
            packet.icmpCode = 0;
            packet.length = 8 + payload;
            if (packet.icmpType == 0 || packet.icmpType == 129) {
                packet.ct = filter::CtState::Invalid; // a reply nobody asked for
            }
            break;
        case 1:
            packet.protocol = 6;
            packet.tcpFlags = static_cast<std::uint8_t>(0x02);
            packet.length = 20 + payload;
            break;
        default:
            packet.protocol = 17;
            packet.length = 8 + payload;
            break;
        }
        if (packet.protocol == 6 || packet.protocol == 17) {
            packet.sourcePort = (chance(50) ? 30000 : 10000) + serial * count + i;
            packet.destinationPort = std::stoi(pick({"22", "53", "80", "85", "7777"}));
        }
        packet.length += v4 ? 20 : 40;
        (in ? packet.inputInterface : packet.outputInterface) = "eth0";
        if (in) {
            packet.sourceMac = net::MacAddress::parse("52:54:00:09:00:01");
            packet.destinationMac = net::MacAddress::parse("52:54:00:09:00:10");
        }
        all.push_back(std::move(packet));
    }
    return all;
}

} // namespace bothways::lab
