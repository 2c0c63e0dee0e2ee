// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/netlink/names.h"

#include <QLatin1String>

#include <algorithm>
#include <iterator>
#include <span>

#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>

namespace bothways::collect {

using evidence::AddressScope;
using evidence::NeighbourState;
using evidence::OperState;
using evidence::PortState;
using evidence::RouteType;
using evidence::RuleAction;
using evidence::Worded;

namespace {

template <typename E>
struct Meaning {
    std::uint32_t number;
    E value;
};

template <typename E, std::size_t Size>
Worded<E> find(const Meaning<E> (&meanings)[Size], std::uint32_t number)
{
    const auto *const found = std::find_if(std::begin(meanings), std::end(meanings),
                                           [number](const Meaning<E> &each) { return each.number == number; });
    return found != std::end(meanings) ? Worded<E>(found->value) : Worded<E>::of(QString::number(number));
}

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

Worded<OperState> operState(std::uint8_t value)
{
    static constexpr Meaning<OperState> states[] = {
        {0, OperState::Unknown}, {1, OperState::NotPresent}, {2, OperState::Down}, {3, OperState::LowerLayerDown},
        {4, OperState::Testing}, {5, OperState::Dormant},    {6, OperState::Up}};
    return find(states, value);
}

Worded<PortState> portState(std::uint8_t value)
{
    static constexpr Meaning<PortState> states[] = {{0, PortState::Disabled},
                                                    {1, PortState::Listening},
                                                    {2, PortState::Learning},
                                                    {3, PortState::Forwarding},
                                                    {4, PortState::Blocking}};
    return find(states, value);
}

Worded<AddressScope> addressScope(std::uint8_t value)
{
    static constexpr Meaning<AddressScope> scopes[] = {{RT_SCOPE_UNIVERSE, AddressScope::Global},
                                                       {RT_SCOPE_SITE, AddressScope::Site},
                                                       {RT_SCOPE_LINK, AddressScope::Link},
                                                       {RT_SCOPE_HOST, AddressScope::Host},
                                                       {RT_SCOPE_NOWHERE, AddressScope::Nowhere}};
    return find(scopes, value);
}

Worded<RouteType> routeType(std::uint8_t value)
{
    static constexpr Meaning<RouteType> types[] = {{RTN_UNSPEC, RouteType::Unspecified},
                                                   {RTN_UNICAST, RouteType::Unicast},
                                                   {RTN_LOCAL, RouteType::Local},
                                                   {RTN_BROADCAST, RouteType::Broadcast},
                                                   {RTN_ANYCAST, RouteType::Anycast},
                                                   {RTN_MULTICAST, RouteType::Multicast},
                                                   {RTN_BLACKHOLE, RouteType::Blackhole},
                                                   {RTN_UNREACHABLE, RouteType::Unreachable},
                                                   {RTN_PROHIBIT, RouteType::Prohibit},
                                                   {RTN_THROW, RouteType::Throw},
                                                   {RTN_NAT, RouteType::Nat},
                                                   {RTN_XRESOLVE, RouteType::ExternalResolve}};
    return find(types, value);
}

Worded<RuleAction> ruleAction(std::uint8_t value)
{
    static constexpr Meaning<RuleAction> actions[] = {{FR_ACT_TO_TBL, RuleAction::Table},
                                                      {FR_ACT_GOTO, RuleAction::Goto},
                                                      {FR_ACT_NOP, RuleAction::Nop},
                                                      {FR_ACT_BLACKHOLE, RuleAction::Blackhole},
                                                      {FR_ACT_UNREACHABLE, RuleAction::Unreachable},
                                                      {FR_ACT_PROHIBIT, RuleAction::Prohibit}};
    return find(actions, value);
}

Worded<NeighbourState> neighbourState(std::uint16_t value)
{
    static constexpr Meaning<NeighbourState> states[] = {
        {NUD_NONE, NeighbourState::None},           {NUD_INCOMPLETE, NeighbourState::Incomplete},
        {NUD_REACHABLE, NeighbourState::Reachable}, {NUD_STALE, NeighbourState::Stale},
        {NUD_DELAY, NeighbourState::Delay},         {NUD_PROBE, NeighbourState::Probe},
        {NUD_FAILED, NeighbourState::Failed},       {NUD_NOARP, NeighbourState::Noarp},
        {NUD_PERMANENT, NeighbourState::Permanent}};
    return find(states, value);
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

QString bondModeName(std::uint8_t value)
{
    // As Documentation/networking/bonding.rst of the kernel numbers them.
    static constexpr Word words[] = {{0, "balance-rr"}, {1, "active-backup"}, {2, "balance-xor"}, {3, "broadcast"},
                                     {4, "802.3ad"},    {5, "balance-tlb"},   {6, "balance-alb"}};
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

} // namespace bothways::collect
