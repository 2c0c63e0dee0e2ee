// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/names.h"

#include <QLatin1String>

#include <algorithm>
#include <span>

#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

namespace bothways::collect {

namespace {

struct Word {
    std::uint32_t value;
    const char *name;
};

QString find(std::span<const Word> words, std::uint32_t value)
{
    const auto found = std::find_if(words.begin(), words.end(), [value](const Word &word) { return word.value == value; });
    return found != words.end() ? QString(QLatin1String(found->name)) : QString::number(value);
}

} // namespace

QString operStateName(std::uint8_t value)
{
    static constexpr Word words[] = {{0, "UNKNOWN"}, {1, "NOTPRESENT"}, {2, "DOWN"}, {3, "LOWERLAYERDOWN"},
                                     {4, "TESTING"}, {5, "DORMANT"},    {6, "UP"}};
    return find(words, value);
}

QString bridgeStateName(std::uint8_t value)
{
    static constexpr Word words[] = {{0, "disabled"}, {1, "listening"}, {2, "learning"}, {3, "forwarding"}, {4, "blocking"}};
    return find(words, value);
}

QString macvlanModeName(std::uint32_t value)
{
    static constexpr Word words[] = {{MACVLAN_MODE_PRIVATE, "private"},
                                     {MACVLAN_MODE_VEPA, "vepa"},
                                     {MACVLAN_MODE_BRIDGE, "bridge"},
                                     {MACVLAN_MODE_PASSTHRU, "passthru"},
                                     {MACVLAN_MODE_SOURCE, "source"}};
    return find(words, value);
}

QString scopeName(std::uint8_t value)
{
    static constexpr Word words[] = {{RT_SCOPE_UNIVERSE, "global"},
                                     {RT_SCOPE_SITE, "site"},
                                     {RT_SCOPE_LINK, "link"},
                                     {RT_SCOPE_HOST, "host"},
                                     {RT_SCOPE_NOWHERE, "nowhere"}};
    return find(words, value);
}

QString routeTypeName(std::uint8_t value)
{
    static constexpr Word words[] = {{RTN_UNSPEC, "unspec"},
                                     {RTN_UNICAST, "unicast"},
                                     {RTN_LOCAL, "local"},
                                     {RTN_BROADCAST, "broadcast"},
                                     {RTN_ANYCAST, "anycast"},
                                     {RTN_MULTICAST, "multicast"},
                                     {RTN_BLACKHOLE, "blackhole"},
                                     {RTN_UNREACHABLE, "unreachable"},
                                     {RTN_PROHIBIT, "prohibit"},
                                     {RTN_THROW, "throw"},
                                     {RTN_NAT, "nat"},
                                     {RTN_XRESOLVE, "xresolve"}};
    return find(words, value);
}

QString routeProtocolName(std::uint8_t value)
{
    // As in iproute2's rt_protos.
    static constexpr Word words[] = {{RTPROT_UNSPEC, "unspec"}, {RTPROT_REDIRECT, "redirect"},
                                     {RTPROT_KERNEL, "kernel"}, {RTPROT_BOOT, "boot"},
                                     {RTPROT_STATIC, "static"}, {RTPROT_GATED, "gated"},
                                     {RTPROT_RA, "ra"},         {RTPROT_MRT, "mrt"},
                                     {RTPROT_ZEBRA, "zebra"},   {RTPROT_BIRD, "bird"},
                                     {RTPROT_XORP, "xorp"},     {RTPROT_NTK, "ntk"},
                                     {RTPROT_DHCP, "dhcp"},     {RTPROT_KEEPALIVED, "keepalived"},
                                     {RTPROT_BABEL, "babel"},   {RTPROT_OPENR, "openr"},
                                     {RTPROT_BGP, "bgp"},       {RTPROT_ISIS, "isis"},
                                     {RTPROT_OSPF, "ospf"},     {RTPROT_RIP, "rip"},
                                     {RTPROT_EIGRP, "eigrp"}};
    return find(words, value);
}

QString ruleActionName(std::uint8_t value)
{
    static constexpr Word words[] = {{FR_ACT_TO_TBL, "table"},
                                     {FR_ACT_GOTO, "goto"},
                                     {FR_ACT_NOP, "nop"},
                                     {FR_ACT_BLACKHOLE, "blackhole"},
                                     {FR_ACT_UNREACHABLE, "unreachable"},
                                     {FR_ACT_PROHIBIT, "prohibit"}};
    return find(words, value);
}

QString neighbourStateName(std::uint16_t value)
{
    static constexpr Word words[] = {{NUD_NONE, "NONE"},     {NUD_INCOMPLETE, "INCOMPLETE"}, {NUD_REACHABLE, "REACHABLE"},
                                     {NUD_STALE, "STALE"},   {NUD_DELAY, "DELAY"},           {NUD_PROBE, "PROBE"},
                                     {NUD_FAILED, "FAILED"}, {NUD_NOARP, "NOARP"},           {NUD_PERMANENT, "PERMANENT"}};
    return find(words, value);
}

} // namespace bothways::collect
