// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_match.h"

#include "filter/xtables/xtables_connection.h"
#include "filter/xtables/xtables_header.h"
#include "filter/xtables/xtables_machine.h"
#include "filter/xtables/xtables_ports.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

constexpr std::array modules{
    ModuleInfo{
        "", "s source src d destination dst i in-interface o out-interface p protocol proto f:0 fragment:0", readBasic, {}},
    ModuleInfo{"tcp", "sport dport source-port destination-port tcp-flags:2 syn:0 tcp-option", readTcp, {}},
    ModuleInfo{"udp", "sport dport source-port destination-port", readPorts, {}},
    ModuleInfo{"sctp", "sport dport source-port destination-port chunk-types:2", readPorts, {}},
    ModuleInfo{"dccp", "sport dport source-port destination-port dccp-types dccp-option", readPorts, {}},
    ModuleInfo{"multiport", "sports dports ports source-ports destination-ports", readMultiport, {}},
    ModuleInfo{"icmp", "icmp-type", readIcmp, {}},
    ModuleInfo{"icmp6", "icmpv6-type", readIcmp, {}},
    ModuleInfo{"icmpv6", "icmpv6-type", readIcmp, {}},
    ModuleInfo{"iprange", "src-range dst-range", readAddressRange, {}},
    ModuleInfo{"ttl", "ttl ttl-eq ttl-lt ttl-gt", readHopLimit, {}},
    ModuleInfo{"hl", "hl-eq hl-lt hl-gt", readHopLimit, {}},
    ModuleInfo{"length", "length", readLength, {}},
    ModuleInfo{"tos", "tos", readServiceType, {}},
    ModuleInfo{"dscp", "dscp dscp-class", readServiceType, {}},
    ModuleInfo{"ecn", "ecn-tcp-cwr:0 ecn-tcp-ece:0 ecn-ip-ect", readEcn, {}},
    ModuleInfo{"ah", "ahspi ahlen ahres:0", readIpsec, {}},
    ModuleInfo{"esp", "espspi", readIpsec, {}},
    ModuleInfo{"rt", "rt-type rt-segsleft rt-len rt-0-res:0 rt-0-addrs rt-0-not-strict:0", readExtension, {}},
    ModuleInfo{"hbh", "hbh-len hbh-opts", readExtension, {}},
    ModuleInfo{"dst", "dst-len dst-opts", readExtension, {}},
    ModuleInfo{"mh", "mh-type", readExtension, {}},
    ModuleInfo{"srh", "srh-next-hdr srh-hdr-len-eq srh-segs-left-eq srh-tag", readExtension, {}},
    ModuleInfo{"frag", "fragid fraglen fragres:0 fragfirst:0 fragmore:0 fraglast:0", readExtension, {}},
    ModuleInfo{"ipv6header", "header soft:0", readHeaders, {}},
    ModuleInfo{"conntrack",
               "ctstate ctproto ctorigsrc ctorigdst ctreplsrc ctrepldst ctorigsrcport ctorigdstport ctreplsrcport ctrepldstport "
               "ctstatus ctexpire ctdir",
               readConntrack,
               {}},
    ModuleInfo{"state", "state", readConntrack, {}},
    ModuleInfo{"mark", "mark", readMark, {}},
    ModuleInfo{"connmark", "mark", readMark, {}},
    ModuleInfo{"limit", "limit limit-burst", readLimit, {}},
    ModuleInfo{"hashlimit",
               "hashlimit hashlimit-upto hashlimit-above hashlimit-mode hashlimit-srcmask hashlimit-dstmask hashlimit-name "
               "hashlimit-burst hashlimit-htable-size hashlimit-htable-max hashlimit-htable-gcinterval hashlimit-htable-expire "
               "hashlimit-rate-match:0 hashlimit-rate-interval",
               readLimit,
               {}},
    ModuleInfo{"connlimit", "connlimit-upto connlimit-above connlimit-mask connlimit-saddr:0 connlimit-daddr:0", readLimit, {}},
    ModuleInfo{
        "recent", "set:0 rcheck:0 update:0 remove:0 seconds reap:0 hitcount rttl:0 name rsource:0 rdest:0 mask", readRecent, {}},
    ModuleInfo{"quota", "quota", readQuota, {}},
    ModuleInfo{"addrtype", "src-type dst-type limit-iface-in:0 limit-iface-out:0", readAddressType, {}},
    ModuleInfo{"mac", "mac-source", readMac, {}},
    ModuleInfo{"physdev", "physdev-in physdev-out physdev-is-in:0 physdev-is-out:0 physdev-is-bridged:0", readPhysdev, {}},
    ModuleInfo{"pkttype", "pkt-type", readPacketType, {}},
    ModuleInfo{"rpfilter", "loose:0 validmark:0 accept-local:0 invert:0", readReversePath, {}},
    ModuleInfo{"devgroup", "src-group dst-group", readGroup, {}},
    ModuleInfo{"set",
               "match-set:2 return-nomatch:0 update-counters:0 update-subcounters:0 packets-eq packets-lt packets-gt bytes-eq "
               "bytes-lt bytes-gt",
               readSet,
               {}},
    ModuleInfo{"owner", "uid-owner gid-owner socket-exists:0 suppl-groups:0", nullptr, "which program sends it"},
    ModuleInfo{"socket", "nowildcard:0 transparent:0 restore-skmark:0", nullptr, "which sockets there are"},
    ModuleInfo{"cgroup", "path cgroup", nullptr, "which program sends it"},
    ModuleInfo{"statistic", "mode probability every packet", nullptr, "chance"},
    ModuleInfo{"time", "datestart datestop timestart timestop monthdays weekdays kerneltz:0 contiguous:0 utc:0 localtz:0",
               nullptr, "the time"},
    ModuleInfo{"string", "from to algo icase:0 string hex-string", nullptr, "the payload"},
    ModuleInfo{"u32", "u32", nullptr, "the bytes of the packet"},
    ModuleInfo{"bpf", "bytecode object-pinned", nullptr, "what the program decides"},
    ModuleInfo{"helper", "helper", nullptr, "the connection's helper"},
    ModuleInfo{"connbytes", "connbytes connbytes-dir connbytes-mode", nullptr, "what the connection carried"},
    ModuleInfo{"connlabel", "label set:0", nullptr, "the connection's labels"},
    ModuleInfo{"policy", "dir pol strict:0 reqid spi proto mode tunnel-src tunnel-dst next:0", nullptr,
               "whether IPsec carries it"},
    ModuleInfo{"tcpmss", "mss", nullptr, "the TCP options"},
    ModuleInfo{"realm", "realm", nullptr, "the route's realm"},
    ModuleInfo{"cpu", "cpu", nullptr, "the processor"},
};

} // namespace

const ModuleInfo *findModule(std::string_view name)
{
    const auto *const found =
        std::find_if(modules.begin(), modules.end(), [name](const ModuleInfo &each) { return each.name == name; });
    return found == modules.end() ? nullptr : found;
}

int valueCount(const ModuleInfo &module, std::string_view option) { return valueCount(module.options, option); }

} // namespace bothways::filter
