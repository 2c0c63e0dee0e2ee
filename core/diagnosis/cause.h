// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <cstdint>
#include <optional>

/// The names of what can be wrong and of what can be done. What each of them means stands in catalogue.cpp, what a remedy does in
/// remedy/remedy.cpp.
namespace bothways::diagnosis {

enum class CauseClass : std::uint8_t {
    HostFirewall,
    GuestFirewall,
    VswitchFilter,
    NetworkMode,
    PortSecurity,
    MacIdentity,
    NeighbourState,
    AddressPlan,
    Routing,
    Vlan,
    PathLimits,
    Resources
};

/// A cause proper, in the order of the catalogue. What is called alike in two classes has the class before it.
enum class Variant : std::uint8_t {
    // host-firewall
    HostOutputDropsRequest,
    HostInputDropsReply,
    HostInputDropsRequest,
    HostOutputDropsReply,
    HostIcmpv6Dropped,
    HostProfilePublic,
    HostPortsClosed,
    HostNatRewrites,

    // guest-firewall
    GuestInputDropsRequest,
    GuestOutputDropsReply,
    GuestOutputDropsRequest,
    GuestInputDropsReply,
    GuestIcmpv6Dropped,
    GuestAllowsOtherSourceOnly,
    GuestProfilePublic,
    GuestPortsClosed,
    GuestNatRewrites,
    GuestSecurityGroup,

    // vswitch-filter
    BridgeRule,
    Nwfilter,
    BridgeNfForwardDrop,
    PortIsolated,
    PortAcl,
    SecurityPolicy,
    MirrorSwallows,
    OpenflowDrop,
    MulticastSnooping,
    TcProgram,
    Nacl,

    // network-mode
    UserMode,
    NatWithoutMapping,
    MappingWrong,
    MacvtapIsolation,
    HostAdapterMissing,
    WifiBridge,
    AddressOnPort,

    // port-security
    MacNotLearned,
    ViolationShutdown,
    MaxAddresses,

    // mac-identity
    DuplicateMac,
    Randomised,
    BindingMismatch,
    SpoofGuard,

    // neighbour-state
    StalePermanent,
    Unanswered,
    Poisoned,
    TableOverflow,
    ArpPolicy,
    NdDropped,

    // address-plan
    DuplicateIp,
    MaskMismatch,
    OtherSubnet,
    LinkLocalOnly,
    NoAddress,

    // routing
    WrongDefault,
    MissingRoute,
    OverlappingPrefix,
    PolicyRule,
    AsymmetricRpFilter,
    ForwardingOff,
    Loop,
    Metric,
    Blackhole,

    // vlan
    TagMismatch,
    NotInVlan,
    NoInterVlanRoute,

    // path-limits
    MtuMismatch,
    PmtuBlackhole,
    SizesFiltered,
    TtlExpired,
    IcmpRateLimit,
    EchoIgnored,

    // resources
    LinkDown,
    DriverFault,
    ChecksumOffload,
    ConntrackFull,
    NatTableFull,
    Privilege,
    VmNotRunning
};

enum class RemedyId : std::uint8_t {
    R01,
    R02,
    R03,
    R04,
    R05,
    R06,
    R07,
    R08,
    R09,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15,
    R16,
    R17,
    R18,
    R19,
    R20,
    R21,
    R22,
    R23,
    R24,
    R25,
    R26,
    R27,
    R28
};

QString name(CauseClass cause);               ///< "host-firewall", ...
QString name(Variant variant);                ///< "input-drops-request", ...: within its class
QString name(std::optional<Variant> variant); ///< empty where there is none
QString name(RemedyId remedy);                ///< "R05"

QString title(CauseClass cause); ///< translated
/// Translated sentence for the variant; the class's title without one.
QString title(CauseClass cause, std::optional<Variant> variant);

} // namespace bothways::diagnosis
