// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/diagnosis.h"

#include "checks/outcomes.h"

#include <array>

/// The matrix. Weights are natural logarithms of a likelihood ratio, estimated, in five steps; see `weight`.
namespace bothways::diagnosis {

namespace {

namespace on = checks::outcome;

namespace weight {
constexpr double names = 8.0;    ///< it names the object: hardly ever seen without the fault
constexpr double shows = 4.5;    ///< points at this very variant, without naming the object
constexpr double supports = 2.0; ///< expected with the fault, common enough without it
constexpr double hints = 1.0;    ///< fits better with than without
constexpr double speaksAgainst = -2.0;
constexpr double rulesOut = -7.0; ///< cannot be seen if the fault is there
} // namespace weight

constexpr std::array matrixTable{
    // Host's filter
    MatrixEntry{"POL-1", on::hostOutputDrops, "host-firewall", "output-drops-request", weight::names},
    MatrixEntry{"POL-1", on::hostOutputCounted, "host-firewall", "output-drops-request", weight::supports},
    MatrixEntry{"POL-1", on::hostOutputPasses, "host-firewall", "output-drops-request", weight::rulesOut},
    MatrixEntry{"NET-7", on::sendDenied, "host-firewall", "output-drops-request", weight::shows},
    MatrixEntry{"PRE-4", on::oneWay, "host-firewall", "output-drops-request", weight::hints},
    MatrixEntry{"NET-7", on::silent, "host-firewall", "output-drops-request", weight::speaksAgainst},
    MatrixEntry{"NET-7", on::silentAlive, "host-firewall", "output-drops-request", weight::speaksAgainst},
    MatrixEntry{"POL-1", on::hostInputDrops, "host-firewall", "input-drops-reply", weight::names},
    MatrixEntry{"POL-1", on::hostInputCounted, "host-firewall", "input-drops-reply", weight::supports},
    MatrixEntry{"POL-1", on::hostInputPasses, "host-firewall", "input-drops-reply", weight::rulesOut},
    MatrixEntry{"PRE-4", on::oneWay, "host-firewall", "input-drops-reply", weight::supports},
    MatrixEntry{"NET-7", on::silentAlive, "host-firewall", "input-drops-reply", weight::supports},
    MatrixEntry{"NET-7", on::silent, "host-firewall", "input-drops-reply", weight::hints},
    MatrixEntry{"NET-7", on::sendDenied, "host-firewall", "input-drops-reply", weight::rulesOut},
    MatrixEntry{"POL-3", on::replyMade, "host-firewall", "input-drops-reply", weight::supports},
    MatrixEntry{"POL-3", on::requestNotDelivered, "host-firewall", "input-drops-reply", weight::rulesOut},
    MatrixEntry{"POL-1", on::hostIcmpv6Drops, "host-firewall", "icmpv6-dropped", weight::names},
    MatrixEntry{"NET-8", on::silent, "host-firewall", "icmpv6-dropped", weight::hints},
    MatrixEntry{"NET-8", on::sendDenied, "host-firewall", "icmpv6-dropped", weight::shows},

    MatrixEntry{"TRN-1", on::hostPassesTcp, "host-firewall", "ports-closed", weight::rulesOut},

    // Guest's filter
    MatrixEntry{"POL-3", on::guestInputDrops, "guest-firewall", "input-drops-request", weight::names},
    MatrixEntry{"POL-3", on::guestInputCounted, "guest-firewall", "input-drops-request", weight::supports},
    MatrixEntry{"POL-3", on::guestInputPasses, "guest-firewall", "input-drops-request", weight::rulesOut},
    MatrixEntry{"POL-3", on::requestNotDelivered, "guest-firewall", "input-drops-request", weight::supports},
    MatrixEntry{"POL-3", on::requestUnanswered, "guest-firewall", "input-drops-request", weight::rulesOut},
    MatrixEntry{"POL-3", on::replyMade, "guest-firewall", "input-drops-request", weight::rulesOut},
    MatrixEntry{"NET-7", on::prohibitedByGuest, "guest-firewall", "input-drops-request", weight::shows},
    MatrixEntry{"NET-7", on::sendDenied, "guest-firewall", "input-drops-request", weight::speaksAgainst},
    MatrixEntry{"NET-7", on::silentAlive, "guest-firewall", "input-drops-request", weight::supports},
    MatrixEntry{"NET-7", on::silent, "guest-firewall", "input-drops-request", weight::hints},
    MatrixEntry{"PRE-4", on::oneWay, "guest-firewall", "input-drops-request", weight::supports},
    MatrixEntry{"POL-3", on::guestOtherSourceOnly, "guest-firewall", "allows-other-source-only", weight::names},
    MatrixEntry{"POL-3", on::guestInputCounted, "guest-firewall", "allows-other-source-only", weight::supports},
    MatrixEntry{"POL-3", on::guestInputPasses, "guest-firewall", "allows-other-source-only", weight::rulesOut},
    MatrixEntry{"POL-3", on::requestNotDelivered, "guest-firewall", "allows-other-source-only", weight::supports},
    MatrixEntry{"POL-3", on::requestUnanswered, "guest-firewall", "allows-other-source-only", weight::rulesOut},
    MatrixEntry{"POL-3", on::replyMade, "guest-firewall", "allows-other-source-only", weight::rulesOut},
    MatrixEntry{"NET-7", on::prohibitedByGuest, "guest-firewall", "allows-other-source-only", weight::supports},
    MatrixEntry{"NET-7", on::silentAlive, "guest-firewall", "allows-other-source-only", weight::supports},
    MatrixEntry{"NET-7", on::silent, "guest-firewall", "allows-other-source-only", weight::hints},
    MatrixEntry{"PRE-4", on::oneWay, "guest-firewall", "allows-other-source-only", weight::supports},
    MatrixEntry{"PRE-4", on::otherSourceWorks, "guest-firewall", "allows-other-source-only", weight::supports},
    MatrixEntry{"POL-3", on::guestOutputDrops, "guest-firewall", "output-drops-reply", weight::names},
    MatrixEntry{"POL-3", on::guestOutputCounted, "guest-firewall", "output-drops-reply", weight::supports},
    MatrixEntry{"POL-3", on::guestOutputPasses, "guest-firewall", "output-drops-reply", weight::rulesOut},
    MatrixEntry{"POL-3", on::replyMade, "guest-firewall", "output-drops-reply", weight::supports},
    MatrixEntry{"POL-3", on::requestNotDelivered, "guest-firewall", "output-drops-reply", weight::rulesOut},
    MatrixEntry{"NET-7", on::silentAlive, "guest-firewall", "output-drops-reply", weight::supports},
    MatrixEntry{"NET-7", on::silent, "guest-firewall", "output-drops-reply", weight::hints},
    MatrixEntry{"PRE-4", on::oneWay, "guest-firewall", "output-drops-reply", weight::supports},
    MatrixEntry{"NET-7", on::silentAlive, "guest-firewall", "profile-public", weight::supports},
    MatrixEntry{"NET-7", on::silent, "guest-firewall", "profile-public", weight::hints},
    MatrixEntry{"PRE-4", on::oneWay, "guest-firewall", "profile-public", weight::supports},
    MatrixEntry{"POL-3", on::guestInputPasses, "guest-firewall", "profile-public", weight::rulesOut},
    MatrixEntry{"POL-3", on::guestIcmpv6Drops, "guest-firewall", "icmpv6-dropped", weight::names},
    MatrixEntry{"NET-8", on::silent, "guest-firewall", "icmpv6-dropped", weight::hints},
    MatrixEntry{"NET-8", on::silentAlive, "guest-firewall", "icmpv6-dropped", weight::supports},
    MatrixEntry{"NET-8", on::unresolved, "guest-firewall", "icmpv6-dropped", weight::hints},
    MatrixEntry{"NET-8", on::prohibitedByGuest, "guest-firewall", "icmpv6-dropped", weight::shows},

    MatrixEntry{"TRN-1", on::tcpSilent, "guest-firewall", "ports-closed", weight::supports},
    MatrixEntry{"TRN-1", on::tcpSilent, "host-firewall", "ports-closed", weight::hints},
    MatrixEntry{"TRN-1", on::guestPassesTcp, "guest-firewall", "ports-closed", weight::rulesOut},

    // Kernel's echo switch
    MatrixEntry{"POL-5", on::guestIgnoresEcho, "path-limits", "echo-ignored", weight::names},
    MatrixEntry{"POL-5", on::hostIgnoresEcho, "path-limits", "echo-ignored", weight::names},
    MatrixEntry{"POL-5", on::guestAnswersEcho, "path-limits", "echo-ignored", weight::rulesOut},
    MatrixEntry{"POL-3", on::requestUnanswered, "path-limits", "echo-ignored", weight::supports},
    MatrixEntry{"POL-3", on::replyMade, "path-limits", "echo-ignored", weight::rulesOut},
    MatrixEntry{"POL-3", on::requestNotDelivered, "path-limits", "echo-ignored", weight::rulesOut},
    MatrixEntry{"NET-7", on::silentAlive, "path-limits", "echo-ignored", weight::supports},
    MatrixEntry{"NET-7", on::silent, "path-limits", "echo-ignored", weight::hints},
    MatrixEntry{"NET-8", on::silent, "path-limits", "echo-ignored", weight::hints},
    MatrixEntry{"NET-8", on::silentAlive, "path-limits", "echo-ignored", weight::hints},
    MatrixEntry{"PRE-4", on::oneWay, "path-limits", "echo-ignored", weight::supports},
    MatrixEntry{"PRE-4", on::bothWays, "path-limits", "echo-ignored", weight::hints},

    // The VM's own ping
    MatrixEntry{"POL-2", on::hostInputDropsRequest, "host-firewall", "input-drops-request", weight::names},
    MatrixEntry{"POL-2", on::hostOutputDropsReply, "host-firewall", "input-drops-request", weight::names},
    MatrixEntry{"POL-2", on::hostInputPassesRequest, "host-firewall", "input-drops-request", weight::rulesOut},

    // Switch between: of virtual switches other than Linux bridges nothing is read, so they only stay open
    MatrixEntry{"LNK-7", on::bridgeDrops, "vswitch-filter", "bridge-rule", weight::names},
    MatrixEntry{"LNK-7", on::bridgePasses, "vswitch-filter", "bridge-rule", weight::rulesOut},
    MatrixEntry{"LNK-7", on::networkFilterDrops, "vswitch-filter", "nwfilter", weight::names},
    MatrixEntry{"LNK-7", on::bridgePasses, "vswitch-filter", "nwfilter", weight::rulesOut},
    MatrixEntry{"NET-7", on::silentAlive, "vswitch-filter", "", weight::supports},
    MatrixEntry{"PRE-4", on::oneWay, "vswitch-filter", "", weight::hints},
    MatrixEntry{"POL-3", on::requestNotDelivered, "vswitch-filter", "", weight::speaksAgainst},
    MatrixEntry{"POL-3", on::requestUnanswered, "vswitch-filter", "", weight::rulesOut},

    // Return path
    MatrixEntry{"NET-5", on::strictReversePath, "routing", "asymmetric-rp-filter", weight::names},
    MatrixEntry{"NET-5", on::reversePathCounted, "routing", "asymmetric-rp-filter", weight::supports},
    MatrixEntry{"NET-5", on::returnPathGood, "routing", "asymmetric-rp-filter", weight::rulesOut},
    MatrixEntry{"PRE-4", on::otherSourceWorks, "routing", "asymmetric-rp-filter", weight::supports},
    MatrixEntry{"PRE-4", on::oneWay, "routing", "asymmetric-rp-filter", weight::supports},
    MatrixEntry{"PRE-4", on::bothWays, "routing", "asymmetric-rp-filter", weight::hints},
    MatrixEntry{"NET-7", on::silentAlive, "routing", "asymmetric-rp-filter", weight::supports},
    MatrixEntry{"NET-7", on::silent, "routing", "asymmetric-rp-filter", weight::hints},
    MatrixEntry{"NET-7", on::unresolved, "routing", "asymmetric-rp-filter", weight::hints},
    MatrixEntry{"LNK-1", on::unanswered, "routing", "asymmetric-rp-filter", weight::hints},
    MatrixEntry{"LNK-2", on::cacheFailed, "routing", "asymmetric-rp-filter", weight::hints},
    MatrixEntry{"NET-5", on::guestMissingRoute, "routing", "missing-route", weight::names},
    MatrixEntry{"NET-5", on::noRouteCounted, "routing", "missing-route", weight::supports},
    MatrixEntry{"PRE-4", on::otherSourceWorks, "routing", "missing-route", weight::supports},
    MatrixEntry{"PRE-4", on::oneWay, "routing", "missing-route", weight::hints},
    MatrixEntry{"PRE-4", on::bothWays, "routing", "missing-route", weight::hints},
    MatrixEntry{"NET-7", on::silentAlive, "routing", "missing-route", weight::hints},
    MatrixEntry{"NET-7", on::silent, "routing", "missing-route", weight::hints},
    MatrixEntry{"NET-7", on::noRoute, "routing", "missing-route", weight::supports},

    // Route to the VM
    MatrixEntry{"NET-2", on::overlappingPrefix, "routing", "overlapping-prefix", weight::names},
    MatrixEntry{"NET-2", on::betterMetric, "routing", "metric", weight::names},
    MatrixEntry{"NET-2", on::policyRule, "routing", "policy-rule", weight::names},
    MatrixEntry{"NET-2", on::blackhole, "routing", "blackhole", weight::names},
    MatrixEntry{"NET-2", on::missingRoute, "routing", "missing-route", weight::names},
    MatrixEntry{"NET-2", on::routeGood, "routing", "overlapping-prefix", weight::rulesOut},
    MatrixEntry{"NET-2", on::routeGood, "routing", "metric", weight::rulesOut},
    MatrixEntry{"NET-2", on::routeGood, "routing", "policy-rule", weight::rulesOut},
    MatrixEntry{"NET-2", on::routeGood, "routing", "blackhole", weight::rulesOut},
    MatrixEntry{"NET-3", on::gatewayDead, "routing", "wrong-default", weight::supports},
    MatrixEntry{"NET-3", on::defaultNotUsed, "routing", "wrong-default", weight::rulesOut},
    MatrixEntry{"NET-7", on::noRoute, "routing", "blackhole", weight::supports},
    MatrixEntry{"TRN-1", on::tcpUnreachable, "routing", "", weight::hints},
    MatrixEntry{"NET-7", on::unresolved, "routing", "overlapping-prefix", weight::hints},
    MatrixEntry{"NET-7", on::silent, "routing", "overlapping-prefix", weight::hints},
    MatrixEntry{"NET-7", on::silentAlive, "routing", "overlapping-prefix", weight::hints},
    MatrixEntry{"PRE-4", on::bothWays, "routing", "overlapping-prefix", weight::supports},
    MatrixEntry{"LNK-1", on::answeredByVm, "routing", "overlapping-prefix", weight::hints},
    MatrixEntry{"LNK-1", on::unanswered, "routing", "overlapping-prefix", weight::hints},
    MatrixEntry{"LNK-2", on::cacheFailed, "routing", "overlapping-prefix", weight::hints},
    MatrixEntry{"PRE-4", on::bothWays, "routing", "metric", weight::supports},
    MatrixEntry{"NET-7", on::unresolved, "routing", "metric", weight::hints},
    MatrixEntry{"LNK-2", on::cacheFailed, "routing", "metric", weight::hints},
    MatrixEntry{"PRE-4", on::bothWays, "routing", "policy-rule", weight::supports},
    MatrixEntry{"PRE-4", on::bothWays, "routing", "blackhole", weight::supports},

    // The way: loops, TTL, sizes
    MatrixEntry{"NET-6", on::routeLoop, "routing", "loop", weight::names},
    MatrixEntry{"NET-6", on::loopTold, "routing", "loop", weight::supports},
    MatrixEntry{"NET-7", on::replies, "routing", "loop", weight::rulesOut},
    MatrixEntry{"NET-6", on::ttlTooSmall, "path-limits", "ttl-expired", weight::names},
    MatrixEntry{"NET-6", on::ttlExpired, "path-limits", "ttl-expired", weight::shows},
    MatrixEntry{"NET-7", on::replies, "path-limits", "ttl-expired", weight::rulesOut},
    MatrixEntry{"NET-9", on::mtuDiffers, "path-limits", "mtu-mismatch", weight::names},
    MatrixEntry{"NET-9", on::largeLostOnLink, "path-limits", "mtu-mismatch", weight::shows},
    MatrixEntry{"NET-9", on::largeLostOnPath, "path-limits", "mtu-mismatch", weight::supports},
    MatrixEntry{"NET-9", on::pathWhole, "path-limits", "mtu-mismatch", weight::rulesOut},
    MatrixEntry{"NET-9", on::pathTold, "path-limits", "mtu-mismatch", weight::rulesOut},
    MatrixEntry{"NET-9", on::largeLostOnPath, "path-limits", "pmtu-blackhole", weight::names},
    MatrixEntry{"NET-9", on::largeLostOnLink, "path-limits", "pmtu-blackhole", weight::rulesOut},
    MatrixEntry{"NET-9", on::pathWhole, "path-limits", "pmtu-blackhole", weight::rulesOut},
    MatrixEntry{"NET-9", on::pathTold, "path-limits", "pmtu-blackhole", weight::rulesOut},

    // Neighbour tables
    MatrixEntry{"LNK-2", on::cachePermanentWrong, "neighbour-state", "stale-permanent", weight::names},
    MatrixEntry{"LNK-2", on::cacheAgrees, "neighbour-state", "stale-permanent", weight::rulesOut},
    MatrixEntry{"LNK-1", on::answeredByVm, "neighbour-state", "stale-permanent", weight::hints},
    MatrixEntry{"LNK-1", on::answered, "neighbour-state", "stale-permanent", weight::hints},
    MatrixEntry{"PRE-3", on::identityDiffers, "neighbour-state", "stale-permanent", weight::supports},
    MatrixEntry{"PRE-4", on::bothWays, "neighbour-state", "stale-permanent", weight::supports},
    MatrixEntry{"NET-7", on::silentAlive, "neighbour-state", "stale-permanent", weight::hints},
    MatrixEntry{"NET-7", on::silent, "neighbour-state", "stale-permanent", weight::hints},
    MatrixEntry{"TRN-1", on::tcpSilent, "neighbour-state", "stale-permanent", weight::hints},
    MatrixEntry{"LNK-1", on::unanswered, "neighbour-state", "unanswered", weight::supports},
    MatrixEntry{"LNK-2", on::cacheFailed, "neighbour-state", "unanswered", weight::supports},
    MatrixEntry{"NET-7", on::unresolved, "neighbour-state", "unanswered", weight::supports},
    MatrixEntry{"LNK-1", on::answeredByVm, "neighbour-state", "unanswered", weight::rulesOut},
    MatrixEntry{"LNK-1", on::answered, "neighbour-state", "unanswered", weight::rulesOut},
    MatrixEntry{"TRN-1", on::tcpAlive, "neighbour-state", "unanswered", weight::rulesOut},
    MatrixEntry{"LNK-2", on::cacheAgrees, "neighbour-state", "unanswered", weight::speaksAgainst},
    MatrixEntry{"LNK-2", on::cacheDiffers, "neighbour-state", "poisoned", weight::supports},
    MatrixEntry{"LNK-1", on::answeredByOther, "neighbour-state", "poisoned", weight::supports},
    MatrixEntry{"PRE-3", on::identityDiffers, "neighbour-state", "poisoned", weight::hints},
    MatrixEntry{"LNK-2", on::cacheAgrees, "neighbour-state", "poisoned", weight::rulesOut},

    // Who owns address and MAC
    MatrixEntry{"LNK-4", on::twoOwners, "address-plan", "duplicate-ip", weight::names},
    MatrixEntry{"LNK-4", on::ownersOnTwoPorts, "address-plan", "duplicate-ip", weight::supports},
    MatrixEntry{"NET-2", on::addressIsOurs, "address-plan", "duplicate-ip", weight::names},
    MatrixEntry{"LNK-4", on::singleOwner, "address-plan", "duplicate-ip", weight::rulesOut},
    MatrixEntry{"PRE-3", on::identityDiffers, "address-plan", "duplicate-ip", weight::supports},
    MatrixEntry{"LNK-1", on::answeredByOther, "address-plan", "duplicate-ip", weight::supports},
    MatrixEntry{"LNK-2", on::cacheDiffers, "address-plan", "duplicate-ip", weight::supports},
    MatrixEntry{"PRE-4", on::oneWay, "address-plan", "duplicate-ip", weight::hints},
    MatrixEntry{"PRE-4", on::bothWays, "address-plan", "duplicate-ip", weight::hints},
    MatrixEntry{"NET-7", on::silentAlive, "address-plan", "duplicate-ip", weight::hints},
    MatrixEntry{"NET-7", on::silent, "address-plan", "duplicate-ip", weight::hints},
    MatrixEntry{"PRE-3", on::identityDiffers, "mac-identity", "binding-mismatch", weight::hints},
    MatrixEntry{"PRE-3", on::identityAgrees, "mac-identity", "binding-mismatch", weight::rulesOut},

    // Address plan
    MatrixEntry{"NET-1", on::maskMismatch, "address-plan", "mask-mismatch", weight::names},
    MatrixEntry{"NET-1", on::otherSubnet, "address-plan", "other-subnet", weight::names},
    MatrixEntry{"NET-1", on::linkLocalOnly, "address-plan", "link-local-only", weight::names},
    MatrixEntry{"NET-1", on::noAddress, "address-plan", "no-address", weight::names},
    MatrixEntry{"NET-1", on::addressesFit, "address-plan", "no-address", weight::rulesOut},
    MatrixEntry{"NET-1", on::addressesFit, "address-plan", "mask-mismatch", weight::rulesOut},
    MatrixEntry{"NET-1", on::addressesFit, "address-plan", "other-subnet", weight::rulesOut},
    MatrixEntry{"NET-1", on::addressesFit, "address-plan", "link-local-only", weight::rulesOut},
    MatrixEntry{"PRE-4", on::bothWays, "address-plan", "no-address", weight::supports},
    MatrixEntry{"PRE-4", on::bothWays, "address-plan", "mask-mismatch", weight::supports},
    MatrixEntry{"PRE-4", on::bothWays, "address-plan", "other-subnet", weight::supports},
    MatrixEntry{"PRE-4", on::bothWays, "address-plan", "link-local-only", weight::supports},

    // Mode
    MatrixEntry{"PRE-2", on::modeUser, "network-mode", "user-mode", weight::names},
    MatrixEntry{"PRE-2", on::modeMacvtap, "network-mode", "macvtap-isolation", weight::names},
    MatrixEntry{"PRE-2", on::modePlain, "network-mode", "user-mode", weight::rulesOut},
    MatrixEntry{"PRE-2", on::modePlain, "network-mode", "macvtap-isolation", weight::rulesOut},
    MatrixEntry{"LNK-1", on::answeredByVm, "network-mode", "", weight::rulesOut},
    MatrixEntry{"PRE-4", on::wrongAddress, "network-mode", "", weight::supports},
    MatrixEntry{"PRE-4", on::bothWays, "network-mode", "macvtap-isolation", weight::supports},
    MatrixEntry{"PRE-4", on::bothWays, "network-mode", "user-mode", weight::hints},
    MatrixEntry{"LNK-1", on::unanswered, "network-mode", "macvtap-isolation", weight::hints},
    MatrixEntry{"LNK-2", on::cacheFailed, "network-mode", "macvtap-isolation", weight::hints},
    MatrixEntry{"NET-7", on::unresolved, "network-mode", "macvtap-isolation", weight::hints},
    MatrixEntry{"NET-7", on::silent, "network-mode", "user-mode", weight::hints},
    MatrixEntry{"NET-7", on::noRoute, "network-mode", "user-mode", weight::hints},
    MatrixEntry{"PHY-2", on::adapterMissing, "network-mode", "host-adapter-missing", weight::names},
    MatrixEntry{"PHY-2", on::linkGood, "network-mode", "host-adapter-missing", weight::rulesOut},
    MatrixEntry{"NET-7", on::noRoute, "network-mode", "host-adapter-missing", weight::supports},
    MatrixEntry{"PRE-4", on::bothWays, "network-mode", "host-adapter-missing", weight::supports},
    MatrixEntry{"NET-2", on::missingRoute, "network-mode", "host-adapter-missing", weight::supports},
    MatrixEntry{"NET-7", on::unresolved, "network-mode", "host-adapter-missing", weight::hints},
    MatrixEntry{"NET-7", on::silent, "network-mode", "host-adapter-missing", weight::hints},

    // Link and VM
    MatrixEntry{"PHY-2", on::linkDown, "resources", "link-down", weight::names},
    MatrixEntry{"PHY-2", on::linkDownByVm, "resources", "link-down", weight::names},
    MatrixEntry{"PHY-2", on::linkGood, "resources", "link-down", weight::rulesOut},
    MatrixEntry{"LNK-1", on::answeredByVm, "resources", "link-down", weight::rulesOut},
    MatrixEntry{"TRN-1", on::tcpAlive, "resources", "link-down", weight::rulesOut},
    MatrixEntry{"NET-7", on::replies, "resources", "link-down", weight::rulesOut},
    MatrixEntry{"NET-7", on::replies, "resources", "vm-not-running", weight::rulesOut},
    MatrixEntry{"NET-7", on::replies, "neighbour-state", "unanswered", weight::rulesOut},
    MatrixEntry{"NET-7", on::unresolved, "resources", "link-down", weight::supports},
    MatrixEntry{"LNK-1", on::unanswered, "resources", "link-down", weight::supports},
    MatrixEntry{"LNK-2", on::cacheFailed, "resources", "link-down", weight::hints},
    MatrixEntry{"PRE-4", on::bothWays, "resources", "link-down", weight::hints},
    MatrixEntry{"TRN-1", on::tcpUnreachable, "resources", "link-down", weight::hints},
    MatrixEntry{"PRE-2", on::vmNotRunning, "resources", "vm-not-running", weight::names},
    MatrixEntry{"PRE-2", on::vmRunning, "resources", "vm-not-running", weight::rulesOut},
    MatrixEntry{"LNK-1", on::answeredByVm, "resources", "vm-not-running", weight::rulesOut},
    MatrixEntry{"TRN-1", on::tcpAlive, "resources", "vm-not-running", weight::rulesOut},
    MatrixEntry{"PHY-2", on::noPort, "resources", "vm-not-running", weight::supports},
    MatrixEntry{"PHY-2", on::linkDown, "resources", "vm-not-running", weight::hints},
    MatrixEntry{"NET-7", on::unresolved, "resources", "vm-not-running", weight::supports},
    MatrixEntry{"LNK-1", on::unanswered, "resources", "vm-not-running", weight::supports},
    MatrixEntry{"LNK-2", on::cacheFailed, "resources", "vm-not-running", weight::hints},
    MatrixEntry{"PRE-4", on::bothWays, "resources", "vm-not-running", weight::hints},
    MatrixEntry{"TRN-1", on::tcpUnreachable, "resources", "vm-not-running", weight::hints},
};

} // namespace

std::span<const MatrixEntry> matrix() { return matrixTable; }

} // namespace bothways::diagnosis
