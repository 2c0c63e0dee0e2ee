// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <cstddef>

namespace bothways::checks {

/// In the order of the table of checks (checks.h), whose `id` is the word of each.
enum class CheckId {
    Pre1,
    Pre2,
    Pre3,
    Pre4,
    Pre5,
    Phy1,
    Phy2,
    Phy3,
    Phy4,
    Phy5,
    Lnk1,
    Lnk2,
    Lnk3,
    Lnk4,
    Lnk5,
    Lnk6,
    Lnk7,
    Lnk8,
    Net1,
    Net2,
    Net3,
    Net4,
    Net5,
    Net6,
    Net7,
    Net8,
    Net9,
    Trn1,
    Trn2,
    Trn3,
    Trn4,
    Trn5,
    Pol1,
    Pol2,
    Pol3,
    Pol4,
    Pol5,
    Pol6
};

/// Every outcome that a check may report, by the check that reports it: the keys of the diagnosis. NET-8 tells of IPv6 what NET-7
/// tells of IPv4, by the same words.
enum class Outcome {
    // PRE-2
    VmRunning,
    VmNotRunning,
    ModeUser,
    ModeMacvtap,
    ModePlain, ///< a tap on a bridge: the host has a way in

    // PRE-3
    IdentityAgrees,
    IdentityDiffers, ///< somebody's MAC stands for the VM's address

    // PRE-4
    OneWay,
    OneWayBack,
    BothWays,
    WrongAddress,
    OtherSourceWorks,

    // PHY-2
    LinkGood,
    LinkDown,       ///< as the host's kernel sees the port
    LinkDownByVm,   ///< as the guest or the hypervisor says
    AdapterMissing, ///< the host's end of the network is not there
    NoPort,         ///< the bridge has no port for the VM

    // PHY-3
    LinkErrorsCounted,
    PortDropsCounted, ///< as many as requests were sent, at the VM's port

    // PHY-4
    ChecksumsSpoilt,  ///< of ICMP, in a capture
    ChecksumsCounted, ///< by a stack that threw such packets away

    // LNK-1
    AnsweredByVm,
    AnsweredByOther,
    Answered, ///< one owner answers; nothing tells whether it is the VM
    Unanswered,
    AskLostInBridge, ///< the ARP request
    AskSwallowed,    ///< given to the VM, and no answer came out

    // LNK-2
    CacheAgrees,
    CachePermanentWrong,
    CacheDiffers,
    CacheFailed,
    RequestMisaddressed, ///< to a MAC that is not the VM's
    ReplyMisaddressed,   ///< to a MAC that is not the host's

    // LNK-3
    MacUnique,           ///< as far as ports and inventory tell
    MacAtTwoPorts,       ///< frames with it came in at another port, too
    MacLearnedElsewhere, ///< by the bridge
    MacTwiceInInventory,
    MacChangedInside, ///< the guest uses another than it was given
    EchoAtOtherPort,  ///< sent out where the MAC's other owner is

    // LNK-4
    SingleOwner,
    TwoOwners,
    OwnersOnTwoPorts,
    EchoByStranger, ///< echo replies come from a MAC that is not the VM's

    // LNK-5
    AddressClaimedTwice, ///< by the VM and somebody else
    AddressClaimedByOther,
    HostAddressClaimed, ///< by somebody else
    ArpKept,            ///< a setting keeps an end from answering

    // LNK-7
    BridgeDrops,
    NetworkFilterDrops, ///< libvirt's nwfilter
    BridgePasses,
    RequestLostInBridge, ///< between the bridge's own interface and the VM's port
    ReplyLostInBridge,
    BridgedDrops, ///< the hooks of IP, on a bridge
    PortsIsolated,
    SolicitationSnooped,
    ProgramAttached, ///< tc or XDP

    // LNK-8
    TagsAgree,
    TagsDiffer,
    GuestTagsSo, ///< the guest's report says what its frames show
    NotInVlan,

    // NET-1
    AddressesFit,
    MaskMismatch,
    OtherSubnet,
    LinkLocalOnly,
    NoAddress,
    AddressOnPort, ///< of the host, on a port of the VM's bridge

    // NET-2
    RouteGood,
    OverlappingPrefix,
    BetterMetric,
    PolicyRule,
    Blackhole,
    MissingRoute,
    AddressIsOurs,
    LeftElsewhere, ///< by an interface that does not lead to the VM

    // NET-3
    DefaultNotUsed,
    GatewayDead,

    // NET-5
    ReturnPathGood,
    StrictReversePath,
    GuestMissingRoute,
    ReversePathCounted,
    NoRouteCounted,
    WayByRule,   ///< a policy rule sends a bound reply elsewhere, or throws it away
    WayDiverted, ///< a route does
    WayRefused,  ///< a route throws it away
    WayMissing,  ///< there is none

    // NET-6
    RouteLoop,
    LoopTold, ///< a router of the loop says of an ordinary ping that its TTL ran out
    TtlExpired,
    TtlTooSmall, ///< the host's own, for the hops there are

    // NET-7
    Replies,
    SilentAlive, ///< no echo reply, yet the VM answers on the same wire
    Silent,
    SendDenied,
    ProhibitedByGuest,
    Unresolved,
    NoRoute,

    // NET-8
    SilentAlive6,
    Silent6,
    SendDenied6,
    ProhibitedByGuest6,
    Unresolved6,
    NoRoute6,

    // NET-9
    PathWhole, ///< the largest packet the host sends arrives
    PathTold,  ///< the path carries less, and a router says so
    LargeLostOnLink,
    LargeLostOnPath,
    MtuDiffers, ///< an interface on the link takes less than the host sends

    // TRN-1
    TcpAlive,
    TcpSilent,
    TcpUnreachable,
    HostPassesTcp,
    GuestPassesTcp,

    // TRN-2
    TcpFromVmAnswered,  ///< or refused
    TcpFromVmSwallowed, ///< came in at the host, whose stack gave no answer

    // TRN-3
    UdpAlive, ///< answered, or refused

    // TRN-5
    TableFull,
    TableHasRoom,

    // POL-1
    HostOutputDrops,
    HostInputDrops,
    HostOutputPasses,
    HostInputPasses,
    HostOutputCounted,
    HostInputCounted,
    HostIcmpv6Drops,
    RequestNotSent, ///< seen at no point of capture: it did not leave the host's stack
    ReplyNotTaken,  ///< seen at the nearest point, and not by the program

    // POL-2
    HostInputDropsRequest,
    HostInputPassesRequest,
    HostOutputDropsReply,
    HostTranslates, ///< the VM's ping, to another machine

    // POL-3
    GuestInputDrops,
    GuestOtherSourceOnly,
    GuestOutputDrops,
    GuestInputPasses,
    GuestOutputPasses,
    GuestInputCounted,
    GuestOutputCounted,
    GuestIcmpv6Drops,
    RequestNotDelivered, ///< reached the guest's IP layer, not its ICMP
    RequestUnanswered,   ///< reached the guest's ICMP, no reply was made
    ReplyMade,           ///< the guest's ICMP made the reply
    RequestSwallowed,    ///< given to the VM, and no answer came out
    LostBeforeVm,        ///< between the VM's port and the interface inside it
    GuestTranslates,     ///< the host's ping, to another machine

    // POL-5
    GuestIgnoresEcho,
    GuestAnswersEcho,
    HostIgnoresEcho,
};

struct OutcomeEntry {
    Outcome outcome;
    CheckId check; ///< the only one that reports it
    const char *word;
};
inline constexpr std::array outcomeTable = std::to_array<OutcomeEntry>({
    {Outcome::VmRunning, CheckId::Pre2, "vm-running"},
    {Outcome::VmNotRunning, CheckId::Pre2, "vm-not-running"},
    {Outcome::ModeUser, CheckId::Pre2, "mode-user"},
    {Outcome::ModeMacvtap, CheckId::Pre2, "mode-macvtap"},
    {Outcome::ModePlain, CheckId::Pre2, "mode-plain"},
    {Outcome::IdentityAgrees, CheckId::Pre3, "identity-agrees"},
    {Outcome::IdentityDiffers, CheckId::Pre3, "identity-differs"},
    {Outcome::OneWay, CheckId::Pre4, "one-way"},
    {Outcome::OneWayBack, CheckId::Pre4, "one-way-back"},
    {Outcome::BothWays, CheckId::Pre4, "both-ways"},
    {Outcome::WrongAddress, CheckId::Pre4, "wrong-address"},
    {Outcome::OtherSourceWorks, CheckId::Pre4, "other-source-works"},
    {Outcome::LinkGood, CheckId::Phy2, "link-good"},
    {Outcome::LinkDown, CheckId::Phy2, "link-down"},
    {Outcome::LinkDownByVm, CheckId::Phy2, "link-down-by-vm"},
    {Outcome::AdapterMissing, CheckId::Phy2, "adapter-missing"},
    {Outcome::NoPort, CheckId::Phy2, "no-port"},
    {Outcome::LinkErrorsCounted, CheckId::Phy3, "link-errors-counted"},
    {Outcome::PortDropsCounted, CheckId::Phy3, "port-drops-counted"},
    {Outcome::ChecksumsSpoilt, CheckId::Phy4, "checksums-spoilt"},
    {Outcome::ChecksumsCounted, CheckId::Phy4, "checksums-counted"},
    {Outcome::AnsweredByVm, CheckId::Lnk1, "answered-by-vm"},
    {Outcome::AnsweredByOther, CheckId::Lnk1, "answered-by-other"},
    {Outcome::Answered, CheckId::Lnk1, "answered"},
    {Outcome::Unanswered, CheckId::Lnk1, "unanswered"},
    {Outcome::AskLostInBridge, CheckId::Lnk1, "ask-lost-in-bridge"},
    {Outcome::AskSwallowed, CheckId::Lnk1, "ask-swallowed"},
    {Outcome::CacheAgrees, CheckId::Lnk2, "cache-agrees"},
    {Outcome::CachePermanentWrong, CheckId::Lnk2, "cache-permanent-wrong"},
    {Outcome::CacheDiffers, CheckId::Lnk2, "cache-differs"},
    {Outcome::CacheFailed, CheckId::Lnk2, "cache-failed"},
    {Outcome::RequestMisaddressed, CheckId::Lnk2, "request-misaddressed"},
    {Outcome::ReplyMisaddressed, CheckId::Lnk2, "reply-misaddressed"},
    {Outcome::MacUnique, CheckId::Lnk3, "mac-unique"},
    {Outcome::MacAtTwoPorts, CheckId::Lnk3, "mac-at-two-ports"},
    {Outcome::MacLearnedElsewhere, CheckId::Lnk3, "mac-learned-elsewhere"},
    {Outcome::MacTwiceInInventory, CheckId::Lnk3, "mac-twice-in-inventory"},
    {Outcome::MacChangedInside, CheckId::Lnk3, "mac-changed-inside"},
    {Outcome::EchoAtOtherPort, CheckId::Lnk3, "echo-at-other-port"},
    {Outcome::SingleOwner, CheckId::Lnk4, "single-owner"},
    {Outcome::TwoOwners, CheckId::Lnk4, "two-owners"},
    {Outcome::OwnersOnTwoPorts, CheckId::Lnk4, "owners-on-two-ports"},
    {Outcome::EchoByStranger, CheckId::Lnk4, "echo-by-stranger"},
    {Outcome::AddressClaimedTwice, CheckId::Lnk5, "address-claimed-twice"},
    {Outcome::AddressClaimedByOther, CheckId::Lnk5, "address-claimed-by-other"},
    {Outcome::HostAddressClaimed, CheckId::Lnk5, "host-address-claimed"},
    {Outcome::ArpKept, CheckId::Lnk5, "arp-kept"},
    {Outcome::BridgeDrops, CheckId::Lnk7, "bridge-drops"},
    {Outcome::NetworkFilterDrops, CheckId::Lnk7, "network-filter-drops"},
    {Outcome::BridgePasses, CheckId::Lnk7, "bridge-passes"},
    {Outcome::RequestLostInBridge, CheckId::Lnk7, "request-lost-in-bridge"},
    {Outcome::ReplyLostInBridge, CheckId::Lnk7, "reply-lost-in-bridge"},
    {Outcome::BridgedDrops, CheckId::Lnk7, "bridged-drops"},
    {Outcome::PortsIsolated, CheckId::Lnk7, "ports-isolated"},
    {Outcome::SolicitationSnooped, CheckId::Lnk7, "solicitation-snooped"},
    {Outcome::ProgramAttached, CheckId::Lnk7, "program-attached"},
    {Outcome::TagsAgree, CheckId::Lnk8, "tags-agree"},
    {Outcome::TagsDiffer, CheckId::Lnk8, "tags-differ"},
    {Outcome::GuestTagsSo, CheckId::Lnk8, "guest-tags-so"},
    {Outcome::NotInVlan, CheckId::Lnk8, "not-in-vlan"},
    {Outcome::AddressesFit, CheckId::Net1, "addresses-fit"},
    {Outcome::MaskMismatch, CheckId::Net1, "mask-mismatch"},
    {Outcome::OtherSubnet, CheckId::Net1, "other-subnet"},
    {Outcome::LinkLocalOnly, CheckId::Net1, "link-local-only"},
    {Outcome::NoAddress, CheckId::Net1, "no-address"},
    {Outcome::AddressOnPort, CheckId::Net1, "address-on-port"},
    {Outcome::RouteGood, CheckId::Net2, "route-good"},
    {Outcome::OverlappingPrefix, CheckId::Net2, "overlapping-prefix"},
    {Outcome::BetterMetric, CheckId::Net2, "better-metric"},
    {Outcome::PolicyRule, CheckId::Net2, "policy-rule"},
    {Outcome::Blackhole, CheckId::Net2, "blackhole"},
    {Outcome::MissingRoute, CheckId::Net2, "missing-route"},
    {Outcome::AddressIsOurs, CheckId::Net2, "address-is-ours"},
    {Outcome::LeftElsewhere, CheckId::Net2, "left-elsewhere"},
    {Outcome::DefaultNotUsed, CheckId::Net3, "default-not-used"},
    {Outcome::GatewayDead, CheckId::Net3, "gateway-dead"},
    {Outcome::ReturnPathGood, CheckId::Net5, "return-path-good"},
    {Outcome::StrictReversePath, CheckId::Net5, "strict-reverse-path"},
    {Outcome::GuestMissingRoute, CheckId::Net5, "guest-missing-route"},
    {Outcome::ReversePathCounted, CheckId::Net5, "reverse-path-counted"},
    {Outcome::NoRouteCounted, CheckId::Net5, "no-route-counted"},
    {Outcome::WayByRule, CheckId::Net5, "way-by-rule"},
    {Outcome::WayDiverted, CheckId::Net5, "way-diverted"},
    {Outcome::WayRefused, CheckId::Net5, "way-refused"},
    {Outcome::WayMissing, CheckId::Net5, "way-missing"},
    {Outcome::RouteLoop, CheckId::Net6, "route-loop"},
    {Outcome::LoopTold, CheckId::Net6, "loop-told"},
    {Outcome::TtlExpired, CheckId::Net6, "ttl-expired"},
    {Outcome::TtlTooSmall, CheckId::Net6, "ttl-too-small"},
    {Outcome::Replies, CheckId::Net7, "replies"},
    {Outcome::SilentAlive, CheckId::Net7, "silent-alive"},
    {Outcome::Silent, CheckId::Net7, "silent"},
    {Outcome::SendDenied, CheckId::Net7, "send-denied"},
    {Outcome::ProhibitedByGuest, CheckId::Net7, "prohibited-by-guest"},
    {Outcome::Unresolved, CheckId::Net7, "unresolved"},
    {Outcome::NoRoute, CheckId::Net7, "no-route"},
    {Outcome::SilentAlive6, CheckId::Net8, "silent-alive"},
    {Outcome::Silent6, CheckId::Net8, "silent"},
    {Outcome::SendDenied6, CheckId::Net8, "send-denied"},
    {Outcome::ProhibitedByGuest6, CheckId::Net8, "prohibited-by-guest"},
    {Outcome::Unresolved6, CheckId::Net8, "unresolved"},
    {Outcome::NoRoute6, CheckId::Net8, "no-route"},
    {Outcome::PathWhole, CheckId::Net9, "path-whole"},
    {Outcome::PathTold, CheckId::Net9, "path-told"},
    {Outcome::LargeLostOnLink, CheckId::Net9, "large-lost-on-link"},
    {Outcome::LargeLostOnPath, CheckId::Net9, "large-lost-on-path"},
    {Outcome::MtuDiffers, CheckId::Net9, "mtu-differs"},
    {Outcome::TcpAlive, CheckId::Trn1, "tcp-alive"},
    {Outcome::TcpSilent, CheckId::Trn1, "tcp-silent"},
    {Outcome::TcpUnreachable, CheckId::Trn1, "tcp-unreachable"},
    {Outcome::HostPassesTcp, CheckId::Trn1, "host-passes-tcp"},
    {Outcome::GuestPassesTcp, CheckId::Trn1, "guest-passes-tcp"},
    {Outcome::TcpFromVmAnswered, CheckId::Trn2, "tcp-from-vm-answered"},
    {Outcome::TcpFromVmSwallowed, CheckId::Trn2, "tcp-from-vm-swallowed"},
    {Outcome::UdpAlive, CheckId::Trn3, "udp-alive"},
    {Outcome::TableFull, CheckId::Trn5, "table-full"},
    {Outcome::TableHasRoom, CheckId::Trn5, "table-has-room"},
    {Outcome::HostOutputDrops, CheckId::Pol1, "host-output-drops-request"},
    {Outcome::HostInputDrops, CheckId::Pol1, "host-input-drops-reply"},
    {Outcome::HostOutputPasses, CheckId::Pol1, "host-output-passes"},
    {Outcome::HostInputPasses, CheckId::Pol1, "host-input-passes"},
    {Outcome::HostOutputCounted, CheckId::Pol1, "host-output-rule-counted"},
    {Outcome::HostInputCounted, CheckId::Pol1, "host-input-rule-counted"},
    {Outcome::HostIcmpv6Drops, CheckId::Pol1, "host-drops-icmpv6"},
    {Outcome::RequestNotSent, CheckId::Pol1, "request-not-sent"},
    {Outcome::ReplyNotTaken, CheckId::Pol1, "reply-not-taken"},
    {Outcome::HostInputDropsRequest, CheckId::Pol2, "host-input-drops-request"},
    {Outcome::HostInputPassesRequest, CheckId::Pol2, "host-input-passes-request"},
    {Outcome::HostOutputDropsReply, CheckId::Pol2, "host-output-drops-reply"},
    {Outcome::HostTranslates, CheckId::Pol2, "host-translates"},
    {Outcome::GuestInputDrops, CheckId::Pol3, "guest-input-drops-request"},
    {Outcome::GuestOtherSourceOnly, CheckId::Pol3, "guest-allows-other-source-only"},
    {Outcome::GuestOutputDrops, CheckId::Pol3, "guest-output-drops-reply"},
    {Outcome::GuestInputPasses, CheckId::Pol3, "guest-input-passes"},
    {Outcome::GuestOutputPasses, CheckId::Pol3, "guest-output-passes"},
    {Outcome::GuestInputCounted, CheckId::Pol3, "guest-input-rule-counted"},
    {Outcome::GuestOutputCounted, CheckId::Pol3, "guest-output-rule-counted"},
    {Outcome::GuestIcmpv6Drops, CheckId::Pol3, "guest-drops-icmpv6"},
    {Outcome::RequestNotDelivered, CheckId::Pol3, "request-not-delivered"},
    {Outcome::RequestUnanswered, CheckId::Pol3, "request-unanswered"},
    {Outcome::ReplyMade, CheckId::Pol3, "reply-made"},
    {Outcome::RequestSwallowed, CheckId::Pol3, "request-swallowed"},
    {Outcome::LostBeforeVm, CheckId::Pol3, "lost-before-vm"},
    {Outcome::GuestTranslates, CheckId::Pol3, "guest-translates"},
    {Outcome::GuestIgnoresEcho, CheckId::Pol5, "guest-ignores-echo"},
    {Outcome::GuestAnswersEcho, CheckId::Pol5, "guest-answers-echo"},
    {Outcome::HostIgnoresEcho, CheckId::Pol5, "host-ignores-echo"},
});

/// Outcomes are numbered in the order of their table.
constexpr const OutcomeEntry &entryOf(Outcome outcome) { return outcomeTable.at(static_cast<std::size_t>(outcome)); }
constexpr CheckId checkOf(Outcome outcome) { return entryOf(outcome).check; }
inline QString name(Outcome outcome) { return QString::fromLatin1(entryOf(outcome).word); } ///< "vm-running", ...

static_assert([] {
    for (std::size_t i = 0; i < outcomeTable.size(); ++i) {
        if (static_cast<std::size_t>(outcomeTable.at(i).outcome) != i) {
            return false;
        }
    }
    return true;
}());

} // namespace bothways::checks
