// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

/// Every outcome a check may report: the keys of the diagnosis matrix. One name, one meaning, whichever check says it.
namespace bothways::checks::outcome {

// PRE-2
inline constexpr const char *vmRunning = "vm-running";
inline constexpr const char *vmNotRunning = "vm-not-running";
inline constexpr const char *modeUser = "mode-user";
inline constexpr const char *modeMacvtap = "mode-macvtap";
inline constexpr const char *modePlain = "mode-plain"; ///< a tap on a bridge: the host has a way in
// PRE-3
inline constexpr const char *identityAgrees = "identity-agrees";
inline constexpr const char *identityDiffers = "identity-differs"; ///< somebody's MAC stands for the VM's address
// PRE-4
inline constexpr const char *oneWay = "one-way";
inline constexpr const char *bothWays = "both-ways";
inline constexpr const char *wrongAddress = "wrong-address";
// PHY-2
inline constexpr const char *linkGood = "link-good";
inline constexpr const char *linkDown = "link-down";             ///< as the host's kernel sees the port
inline constexpr const char *linkDownByVm = "link-down-by-vm";   ///< as the guest or the hypervisor says
inline constexpr const char *adapterMissing = "adapter-missing"; ///< the host's end of the network is not there
inline constexpr const char *noPort = "no-port";                 ///< the bridge has no port for the VM
// LNK-1
inline constexpr const char *answeredByVm = "answered-by-vm";
inline constexpr const char *answeredByOther = "answered-by-other";
inline constexpr const char *answered = "answered"; ///< one owner answers; nothing tells whether it is the VM
inline constexpr const char *unanswered = "unanswered";
// LNK-2
inline constexpr const char *cacheAgrees = "cache-agrees";
inline constexpr const char *cachePermanentWrong = "cache-permanent-wrong";
inline constexpr const char *cacheDiffers = "cache-differs";
inline constexpr const char *cacheFailed = "cache-failed";
// LNK-4
inline constexpr const char *singleOwner = "single-owner";
inline constexpr const char *twoOwners = "two-owners";
inline constexpr const char *ownersOnTwoPorts = "owners-on-two-ports";
// NET-1
inline constexpr const char *addressesFit = "addresses-fit";
inline constexpr const char *maskMismatch = "mask-mismatch";
inline constexpr const char *otherSubnet = "other-subnet";
inline constexpr const char *linkLocalOnly = "link-local-only";
inline constexpr const char *noAddress = "no-address";
// NET-2
inline constexpr const char *routeGood = "route-good";
inline constexpr const char *overlappingPrefix = "overlapping-prefix";
inline constexpr const char *betterMetric = "better-metric";
inline constexpr const char *policyRule = "policy-rule";
inline constexpr const char *blackhole = "blackhole";
inline constexpr const char *missingRoute = "missing-route";
inline constexpr const char *addressIsOurs = "address-is-ours";
// NET-3
inline constexpr const char *defaultNotUsed = "default-not-used";
inline constexpr const char *gatewayDead = "gateway-dead";
// NET-5
inline constexpr const char *returnPathGood = "return-path-good";
inline constexpr const char *strictReversePath = "strict-reverse-path";
inline constexpr const char *guestMissingRoute = "guest-missing-route";
inline constexpr const char *reversePathCounted = "reverse-path-counted";
inline constexpr const char *noRouteCounted = "no-route-counted";
inline constexpr const char *otherSourceWorks = "other-source-works";
// NET-6
inline constexpr const char *routeLoop = "route-loop";
inline constexpr const char *loopTold = "loop-told"; ///< a router of the loop says of an ordinary ping that its TTL ran out
inline constexpr const char *ttlExpired = "ttl-expired";
inline constexpr const char *ttlTooSmall = "ttl-too-small"; ///< the host's own, for the hops there are
// NET-9
inline constexpr const char *pathWhole = "path-whole"; ///< the largest packet the host sends arrives
inline constexpr const char *pathTold = "path-told";   ///< the path carries less, and a router says so
inline constexpr const char *largeLostOnLink = "large-lost-on-link";
inline constexpr const char *largeLostOnPath = "large-lost-on-path";
inline constexpr const char *mtuDiffers = "mtu-differs"; ///< an interface on the link takes less than the host sends
// NET-7, NET-8
inline constexpr const char *replies = "replies";
inline constexpr const char *silentAlive = "silent-alive"; ///< no echo reply, yet the VM answers on the same wire
inline constexpr const char *silent = "silent";
inline constexpr const char *sendDenied = "send-denied";
inline constexpr const char *prohibitedByGuest = "prohibited-by-guest";
inline constexpr const char *unresolved = "unresolved";
inline constexpr const char *noRoute = "no-route";
// TRN-1
inline constexpr const char *tcpAlive = "tcp-alive";
inline constexpr const char *tcpSilent = "tcp-silent";
inline constexpr const char *tcpUnreachable = "tcp-unreachable";
inline constexpr const char *hostPassesTcp = "host-passes-tcp";
inline constexpr const char *guestPassesTcp = "guest-passes-tcp";
// POL-1
inline constexpr const char *hostOutputDrops = "host-output-drops-request";
inline constexpr const char *hostInputDrops = "host-input-drops-reply";
inline constexpr const char *hostOutputPasses = "host-output-passes";
inline constexpr const char *hostInputPasses = "host-input-passes";
inline constexpr const char *hostOutputCounted = "host-output-rule-counted";
inline constexpr const char *hostInputCounted = "host-input-rule-counted";
inline constexpr const char *hostIcmpv6Drops = "host-drops-icmpv6";
// POL-2
inline constexpr const char *hostInputDropsRequest = "host-input-drops-request";
inline constexpr const char *hostInputPassesRequest = "host-input-passes-request";
inline constexpr const char *hostOutputDropsReply = "host-output-drops-reply";
// LNK-7
inline constexpr const char *bridgeDrops = "bridge-drops";
inline constexpr const char *networkFilterDrops = "network-filter-drops"; ///< libvirt's nwfilter
inline constexpr const char *bridgePasses = "bridge-passes";
// POL-3
inline constexpr const char *guestInputDrops = "guest-input-drops-request";
inline constexpr const char *guestOtherSourceOnly = "guest-allows-other-source-only";
inline constexpr const char *guestOutputDrops = "guest-output-drops-reply";
inline constexpr const char *guestInputPasses = "guest-input-passes";
inline constexpr const char *guestOutputPasses = "guest-output-passes";
inline constexpr const char *guestInputCounted = "guest-input-rule-counted";
inline constexpr const char *guestOutputCounted = "guest-output-rule-counted";
inline constexpr const char *guestIcmpv6Drops = "guest-drops-icmpv6";
inline constexpr const char *requestNotDelivered = "request-not-delivered"; ///< reached the guest's IP layer, not its ICMP
inline constexpr const char *requestUnanswered = "request-unanswered";      ///< reached the guest's ICMP, no reply was made
inline constexpr const char *replyMade = "reply-made";                      ///< the guest's ICMP made the reply
// POL-5
inline constexpr const char *guestIgnoresEcho = "guest-ignores-echo";
inline constexpr const char *guestAnswersEcho = "guest-answers-echo";
inline constexpr const char *hostIgnoresEcho = "host-ignores-echo";

// By the captures: POL-1, POL-3, LNK-7, LNK-1, LNK-2, LNK-4, NET-2
inline constexpr const char *requestNotSent =
    "request-not-sent"; ///< seen at no point of capture: it did not leave the host's stack
inline constexpr const char *replyNotTaken = "reply-not-taken";      ///< seen at the nearest point, and not by the program
inline constexpr const char *requestSwallowed = "request-swallowed"; ///< given to the VM, and no answer came out
inline constexpr const char *lostBeforeVm = "lost-before-vm";        ///< between the VM's port and the interface inside it
inline constexpr const char *requestLostInBridge =
    "request-lost-in-bridge"; ///< between the bridge's own interface and the VM's port
inline constexpr const char *replyLostInBridge = "reply-lost-in-bridge";
inline constexpr const char *requestMisaddressed = "request-misaddressed"; ///< to a MAC that is not the VM's
inline constexpr const char *replyMisaddressed = "reply-misaddressed";     ///< to a MAC that is not the host's
inline constexpr const char *askLostInBridge = "ask-lost-in-bridge";       ///< the ARP request
inline constexpr const char *askSwallowed = "ask-swallowed";               ///< given to the VM, and no answer came out
inline constexpr const char *echoByStranger = "echo-by-stranger";          ///< echo replies come from a MAC that is not the VM's
inline constexpr const char *leftElsewhere = "left-elsewhere";             ///< by an interface that does not lead to the VM
// LNK-3
inline constexpr const char *macUnique = "mac-unique";                      ///< as far as ports and inventory tell
inline constexpr const char *macAtTwoPorts = "mac-at-two-ports";            ///< frames with it came in at another port, too
inline constexpr const char *macLearnedElsewhere = "mac-learned-elsewhere"; ///< by the bridge
inline constexpr const char *macTwiceInInventory = "mac-twice-in-inventory";
inline constexpr const char *macChangedInside = "mac-changed-inside"; ///< the guest uses another than it was given
inline constexpr const char *echoAtOtherPort = "echo-at-other-port";  ///< sent out where the MAC's other owner is
// LNK-5
inline constexpr const char *addressClaimedTwice = "address-claimed-twice"; ///< by the VM and somebody else
inline constexpr const char *addressClaimedByOther = "address-claimed-by-other";
inline constexpr const char *hostAddressClaimed = "host-address-claimed"; ///< by somebody else
inline constexpr const char *arpKept = "arp-kept";                        ///< a setting keeps an end from answering
// LNK-8
inline constexpr const char *tagsAgree = "tags-agree";
inline constexpr const char *tagsDiffer = "tags-differ";
inline constexpr const char *guestTagsSo = "guest-tags-so"; ///< the guest's report says what its frames show
// PHY-3
inline constexpr const char *linkErrorsCounted = "link-errors-counted";
inline constexpr const char *portDropsCounted = "port-drops-counted"; ///< as many as requests were sent, at the VM's port
// PHY-4
inline constexpr const char *checksumsSpoilt = "checksums-spoilt";   ///< of ICMP, in a capture
inline constexpr const char *checksumsCounted = "checksums-counted"; ///< by a stack that threw such packets away
// TRN-2
inline constexpr const char *tcpFromVmAnswered = "tcp-from-vm-answered";   ///< or refused
inline constexpr const char *tcpFromVmSwallowed = "tcp-from-vm-swallowed"; ///< came in at the host, whose stack gave no answer
// TRN-3
inline constexpr const char *udpAlive = "udp-alive"; ///< answered, or refused

inline constexpr std::array all{vmRunning,
                                vmNotRunning,
                                modeUser,
                                modeMacvtap,
                                modePlain,
                                identityAgrees,
                                identityDiffers,
                                oneWay,
                                bothWays,
                                wrongAddress,
                                linkGood,
                                linkDown,
                                linkDownByVm,
                                adapterMissing,
                                noPort,
                                answeredByVm,
                                answeredByOther,
                                answered,
                                unanswered,
                                cacheAgrees,
                                cachePermanentWrong,
                                cacheDiffers,
                                cacheFailed,
                                singleOwner,
                                twoOwners,
                                ownersOnTwoPorts,
                                addressesFit,
                                maskMismatch,
                                otherSubnet,
                                linkLocalOnly,
                                noAddress,
                                routeGood,
                                overlappingPrefix,
                                betterMetric,
                                policyRule,
                                blackhole,
                                missingRoute,
                                addressIsOurs,
                                defaultNotUsed,
                                gatewayDead,
                                returnPathGood,
                                strictReversePath,
                                guestMissingRoute,
                                reversePathCounted,
                                noRouteCounted,
                                otherSourceWorks,
                                routeLoop,
                                loopTold,
                                ttlExpired,
                                ttlTooSmall,
                                pathWhole,
                                pathTold,
                                largeLostOnLink,
                                largeLostOnPath,
                                mtuDiffers,
                                replies,
                                silentAlive,
                                silent,
                                sendDenied,
                                prohibitedByGuest,
                                unresolved,
                                noRoute,
                                tcpAlive,
                                tcpSilent,
                                tcpUnreachable,
                                hostPassesTcp,
                                guestPassesTcp,
                                hostOutputDrops,
                                hostInputDrops,
                                hostOutputPasses,
                                hostInputPasses,
                                hostOutputCounted,
                                hostInputCounted,
                                hostIcmpv6Drops,
                                hostInputDropsRequest,
                                hostInputPassesRequest,
                                hostOutputDropsReply,
                                bridgeDrops,
                                networkFilterDrops,
                                bridgePasses,
                                guestInputDrops,
                                guestOtherSourceOnly,
                                guestOutputDrops,
                                guestInputPasses,
                                guestOutputPasses,
                                guestInputCounted,
                                guestOutputCounted,
                                guestIcmpv6Drops,
                                requestNotDelivered,
                                requestUnanswered,
                                replyMade,
                                guestIgnoresEcho,
                                guestAnswersEcho,
                                hostIgnoresEcho,
                                requestNotSent,
                                replyNotTaken,
                                requestSwallowed,
                                lostBeforeVm,
                                requestLostInBridge,
                                replyLostInBridge,
                                requestMisaddressed,
                                replyMisaddressed,
                                askLostInBridge,
                                askSwallowed,
                                echoByStranger,
                                leftElsewhere,
                                macUnique,
                                macAtTwoPorts,
                                macLearnedElsewhere,
                                macTwiceInInventory,
                                macChangedInside,
                                echoAtOtherPort,
                                addressClaimedTwice,
                                addressClaimedByOther,
                                hostAddressClaimed,
                                arpKept,
                                tagsAgree,
                                tagsDiffer,
                                guestTagsSo,
                                linkErrorsCounted,
                                portDropsCounted,
                                checksumsSpoilt,
                                checksumsCounted,
                                tcpFromVmAnswered,
                                tcpFromVmSwallowed,
                                udpAlive};

} // namespace bothways::checks::outcome
