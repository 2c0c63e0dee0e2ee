// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/diagnosis.h"
#include "diagnosis/hypotheses.h"

#include "words/text.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace bothways::diagnosis {

namespace {

using facts::Ground;
using facts::Signature;

constexpr unsigned oneWay = bit(Signature::OneWay);
constexpr unsigned wrongAddress = bit(Signature::WrongAddress);
constexpr unsigned bothWays = bit(Signature::BothWays);
constexpr unsigned aboveIcmp = bit(Signature::AboveIcmp);
constexpr unsigned partial = bit(Signature::Partial);
constexpr unsigned healthy = bit(Signature::Healthy);
constexpr unsigned unobserved = bit(Signature::Unobserved);

// The gate: what each kind of fault can look like. The source of each is the theorem of facts.md 0.2 and its measurements.
namespace gate {
constexpr unsigned echo =
    oneWay | bothWays | partial | unobserved | wrongAddress; // tells a request from a reply, or stops ICMP altogether
constexpr unsigned filters = echo | aboveIcmp;               // may as well tell TCP from ICMP
constexpr unsigned ports = aboveIcmp;                        // lets echo pass
constexpr unsigned back = bothWays | partial;                // only stops the VM's own ping
constexpr unsigned v6 = partial;                             // only concerns IPv6
constexpr unsigned far =
    bothWays | partial | unobserved; // never parts a VM from its own host (LAB-9, LAB-11), so only where nothing else is known
constexpr unsigned mode = wrongAddress | bothWays | unobserved | aboveIcmp; // no way in by design
constexpr unsigned link = bothWays | partial | unobserved;                  // breaks both directions (LAB-14, 28, 31, 32, 34)
constexpr unsigned owner =
    oneWay | bothWays | partial | unobserved | wrongAddress | healthy; // whoever spoke last gets the packets (LAB-16)
constexpr unsigned cache =
    bothWays | partial | unobserved | healthy; // breaks both directions, unless a stranger answers in the VM's place
constexpr unsigned address = bothWays | partial | unobserved | wrongAddress; // address plan
constexpr unsigned source =
    oneWay | bothWays | partial | unobserved | wrongAddress; // depends on the source address that the host chose (LAB-8, 30)
constexpr unsigned above = aboveIcmp | partial;              // small pings pass (LAB-17)
constexpr unsigned loss = partial;                           // some pings pass
constexpr unsigned state = oneWay | bothWays | partial | unobserved | aboveIcmp; // new flows fail, old ones pass
constexpr unsigned ours = unobserved;                                            // ours, not theirs
} // namespace gate

constexpr std::array<Hypothesis, 70> hypothesisTable{{
    {"host-firewall", "output-drops-request", 0.060, gate::echo,
     QT_TRANSLATE_NOOP("causes", "The host's own packet filter stops the echo request on its way out"),
     QT_TRANSLATE_NOOP("causes", "List the host's packet filter: run as root.")},
    {"host-firewall", "input-drops-reply", 0.025, gate::echo,
     QT_TRANSLATE_NOOP("causes", "The host's own packet filter stops the VM's echo reply"),
     QT_TRANSLATE_NOOP("causes", "List the host's packet filter: run as root.")},
    {"host-firewall", "input-drops-request", 0.020, gate::back,
     QT_TRANSLATE_NOOP("causes", "The host's packet filter stops the VM's echo request"),
     QT_TRANSLATE_NOOP("causes", "List the host's packet filter: run as root.")},
    {"host-firewall", "icmpv6-dropped", 0.008, gate::v6, QT_TRANSLATE_NOOP("causes", "The host's packet filter stops ICMPv6"),
     QT_TRANSLATE_NOOP("causes", "List the host's packet filter: run as root.")},
    {"host-firewall", "profile-public", 0.010, gate::echo,
     QT_TRANSLATE_NOOP("causes", "The host's network is in the Public profile, which blocks echo"),
     QT_TRANSLATE_NOOP("causes", "List the host's packet filter: run as root.")},
    {"host-firewall", "ports-closed", 0.020, gate::ports,
     QT_TRANSLATE_NOOP("causes", "The host's packet filter lets echo pass but no TCP"),
     QT_TRANSLATE_NOOP("causes", "List the host's packet filter: run as root.")},
    {"guest-firewall", "input-drops-request", 0.240, gate::echo,
     QT_TRANSLATE_NOOP("causes", "The guest's packet filter drops the echo request"),
     QT_TRANSLATE_NOOP("causes", "List the guest's packet filter: run the guest script in the VM as root.")},
    {"guest-firewall", "output-drops-reply", 0.020, gate::echo,
     QT_TRANSLATE_NOOP("causes", "The guest's packet filter drops its own echo reply"),
     QT_TRANSLATE_NOOP("causes", "List the guest's packet filter: run the guest script in the VM as root.")},
    {"guest-firewall", "icmpv6-dropped", 0.015, gate::v6, QT_TRANSLATE_NOOP("causes", "The guest's packet filter drops ICMPv6"),
     QT_TRANSLATE_NOOP("causes", "List the guest's packet filter: run the guest script in the VM as root.")},
    {"guest-firewall", "allows-other-source-only", 0.030, gate::echo,
     QT_TRANSLATE_NOOP("causes", "The guest's packet filter lets only other sources in"),
     QT_TRANSLATE_NOOP("causes", "List the guest's packet filter: run the guest script in the VM as root.")},
    {"guest-firewall", "profile-public", 0.040, gate::echo,
     QT_TRANSLATE_NOOP("causes", "The guest's network is in the Public profile, which blocks echo"),
     QT_TRANSLATE_NOOP("causes", "List the guest's packet filter: run the guest script in the VM as root.")},
    {"guest-firewall", "ports-closed", 0.200, gate::ports,
     QT_TRANSLATE_NOOP("causes", "The guest's packet filter lets echo in but no TCP"),
     QT_TRANSLATE_NOOP("causes", "List the guest's packet filter: run the guest script in the VM as root.")},
    {"guest-firewall", "security-group", 0.015, gate::filters,
     QT_TRANSLATE_NOOP("causes", "The cloud's security group does not let echo in"),
     QT_TRANSLATE_NOOP("causes", "List the guest's packet filter: run the guest script in the VM as root.")},
    {"vswitch-filter", "bridge-rule", 0.012, gate::filters, QT_TRANSLATE_NOOP("causes", "A rule on the bridge filters the echo"),
     QT_TRANSLATE_NOOP("causes", "Capture on the bridge and on the VM's port, or list the bridge's filter.")},
    {"vswitch-filter", "nwfilter", 0.010, gate::filters,
     QT_TRANSLATE_NOOP("causes", "The hypervisor's network filter for this VM drops the echo"),
     QT_TRANSLATE_NOOP("causes", "Capture on the bridge and on the VM's port, or list the bridge's filter.")},
    {"vswitch-filter", "bridge-nf-forward-drop", 0.003, gate::far,
     QT_TRANSLATE_NOOP("causes", "Bridged packets are dropped by the FORWARD chain"),
     QT_TRANSLATE_NOOP("causes", "Capture on the bridge and on the VM's port, or list the bridge's filter.")},
    {"vswitch-filter", "port-isolated", 0.003, gate::far, QT_TRANSLATE_NOOP("causes", "The bridge port is isolated"),
     QT_TRANSLATE_NOOP("causes", "Capture on the bridge and on the VM's port, or list the bridge's filter.")},
    {"vswitch-filter", "port-acl", 0.008, gate::filters,
     QT_TRANSLATE_NOOP("causes", "The virtual switch's port ACL drops the echo"),
     QT_TRANSLATE_NOOP("causes", "Capture on the bridge and on the VM's port, or list the bridge's filter.")},
    {"vswitch-filter", "security-policy", 0.005, gate::far,
     QT_TRANSLATE_NOOP("causes", "The virtual switch's security policy rejects the VM's frames"),
     QT_TRANSLATE_NOOP("causes", "Capture on the bridge and on the VM's port, or list the bridge's filter.")},
    {"vswitch-filter", "mirror-swallows", 0.001, gate::far, QT_TRANSLATE_NOOP("causes", "A mirror rule takes the packets away"),
     QT_TRANSLATE_NOOP("causes", "Capture on the bridge and on the VM's port, or list the bridge's filter.")},
    {"vswitch-filter", "openflow-drop", 0.004, gate::filters,
     QT_TRANSLATE_NOOP("causes", "A flow on the virtual switch drops the echo"),
     QT_TRANSLATE_NOOP("causes", "Capture on the bridge and on the VM's port, or list the bridge's filter.")},
    {"vswitch-filter", "nacl", 0.004, gate::filters,
     QT_TRANSLATE_NOOP("causes", "The cloud's network ACL does not let the echo through"),
     QT_TRANSLATE_NOOP("causes", "Capture on the bridge and on the VM's port, or list the bridge's filter.")},
    {"network-mode", "user-mode", 0.050, gate::mode,
     QT_TRANSLATE_NOOP("causes", "The VM uses user-mode networking, which lets nothing in"),
     QT_TRANSLATE_NOOP("causes", "Ask the hypervisor for the VM's attachment.")},
    {"network-mode", "nat-without-mapping", 0.025, gate::mode,
     QT_TRANSLATE_NOOP("causes", "The VM is behind NAT without a port mapping"),
     QT_TRANSLATE_NOOP("causes", "Ask the hypervisor for the VM's attachment.")},
    {"network-mode", "mapping-wrong", 0.005, gate::mode, QT_TRANSLATE_NOOP("causes", "The NAT port mapping leads elsewhere"),
     QT_TRANSLATE_NOOP("causes", "Ask the hypervisor for the VM's attachment.")},
    {"network-mode", "macvtap-isolation", 0.020, gate::mode,
     QT_TRANSLATE_NOOP("causes", "The VM is on macvtap, which parts it from its own host"),
     QT_TRANSLATE_NOOP("causes", "Ask the hypervisor for the VM's attachment.")},
    {"network-mode", "host-adapter-missing", 0.030, gate::link,
     QT_TRANSLATE_NOOP("causes", "The host's adapter for this network is missing or switched off"),
     QT_TRANSLATE_NOOP("causes", "Ask the hypervisor for the VM's attachment.")},
    {"network-mode", "wifi-bridge", 0.010, gate::mode,
     QT_TRANSLATE_NOOP("causes", "The VM is bridged to a Wi-Fi card, which carries only the host's MAC"),
     QT_TRANSLATE_NOOP("causes", "Ask the hypervisor for the VM's attachment.")},
    {"port-security", "mac-not-learned", 0.003, gate::link,
     QT_TRANSLATE_NOOP("causes", "The physical switch has not learned the VM's MAC"),
     QT_TRANSLATE_NOOP("causes", "Read the switch: show port-security interface, show interfaces status err-disabled.")},
    {"port-security", "violation-shutdown", 0.005, gate::link,
     QT_TRANSLATE_NOOP("causes", "The physical switch shut the port after a violation"),
     QT_TRANSLATE_NOOP("causes", "Read the switch: show port-security interface, show interfaces status err-disabled.")},
    {"port-security", "max-addresses", 0.003, gate::link,
     QT_TRANSLATE_NOOP("causes", "The physical switch allows too few MAC addresses on the port"),
     QT_TRANSLATE_NOOP("causes", "Read the switch: show port-security interface, show interfaces status err-disabled.")},
    {"mac-identity", "duplicate-mac", 0.020, gate::owner, QT_TRANSLATE_NOOP("causes", "Another machine has the VM's MAC"),
     QT_TRANSLATE_NOOP("causes", "Compare the MACs of all VMs, and capture on all ports of the bridge.")},
    {"mac-identity", "randomised", 0.003, gate::owner, QT_TRANSLATE_NOOP("causes", "The VM's MAC changes at each start"),
     QT_TRANSLATE_NOOP("causes", "Compare the MACs of all VMs, and watch the bridge's forwarding table.")},
    {"mac-identity", "binding-mismatch", 0.004, gate::owner,
     QT_TRANSLATE_NOOP("causes", "The VM's MAC is not the one it is bound to"),
     QT_TRANSLATE_NOOP("causes", "Compare the MACs of all VMs, and watch the bridge's forwarding table.")},
    {"mac-identity", "spoof-guard", 0.005, gate::link, QT_TRANSLATE_NOOP("causes", "Spoofing protection drops the VM's frames"),
     QT_TRANSLATE_NOOP("causes", "Compare the MACs of all VMs, and watch the bridge's forwarding table.")},
    {"neighbour-state", "stale-permanent", 0.015, gate::cache,
     QT_TRANSLATE_NOOP("causes", "A permanent neighbour entry holds a wrong MAC"),
     QT_TRANSLATE_NOOP("causes", "Send an ARP request on the VM's link and see who answers: run as root.")},
    {"neighbour-state", "unanswered", 0.025, gate::link,
     QT_TRANSLATE_NOOP("causes", "No owner answers ARP or neighbour solicitation for the VM's address"),
     QT_TRANSLATE_NOOP("causes", "Send an ARP request on the VM's link and see who answers: run as root.")},
    {"neighbour-state", "poisoned", 0.004, gate::owner,
     QT_TRANSLATE_NOOP("causes", "The neighbour entry was given a stranger's MAC"),
     QT_TRANSLATE_NOOP("causes", "Send an ARP request on the VM's link and see who answers: run as root.")},
    {"neighbour-state", "table-overflow", 0.003, gate::link, QT_TRANSLATE_NOOP("causes", "The neighbour table is full"),
     QT_TRANSLATE_NOOP("causes", "Send an ARP request on the VM's link and see who answers: run as root.")},
    {"neighbour-state", "arp-policy", 0.005, gate::link,
     QT_TRANSLATE_NOOP("causes", "The ARP policy of one side keeps it from answering"),
     QT_TRANSLATE_NOOP("causes", "Read the ARP settings of both ends: run the guest script in the VM.")},
    {"neighbour-state", "nd-dropped", 0.004, gate::v6, QT_TRANSLATE_NOOP("causes", "Neighbour discovery is dropped"),
     QT_TRANSLATE_NOOP("causes", "Send an ARP request on the VM's link and see who answers: run as root.")},
    {"address-plan", "duplicate-ip", 0.030, gate::owner,
     QT_TRANSLATE_NOOP("causes", "More than one machine has the VM's address"),
     QT_TRANSLATE_NOOP("causes", "Compare address and mask of both ends: run the guest script in the VM.")},
    {"address-plan", "mask-mismatch", 0.010, gate::link, QT_TRANSLATE_NOOP("causes", "The masks of both sides do not fit"),
     QT_TRANSLATE_NOOP("causes", "Compare address and mask of both ends: run the guest script in the VM.")},
    {"address-plan", "other-subnet", 0.020, gate::address, QT_TRANSLATE_NOOP("causes", "Host and VM are in different subnets"),
     QT_TRANSLATE_NOOP("causes", "Compare address and mask of both ends: run the guest script in the VM.")},
    {"address-plan", "link-local-only", 0.010, gate::address, QT_TRANSLATE_NOOP("causes", "The VM has only a link-local address"),
     QT_TRANSLATE_NOOP("causes", "Compare address and mask of both ends: run the guest script in the VM.")},
    {"address-plan", "no-address", 0.015, gate::link, QT_TRANSLATE_NOOP("causes", "The VM has no IPv4 address"),
     QT_TRANSLATE_NOOP("causes", "Compare address and mask of both ends: run the guest script in the VM.")},
    {"routing", "wrong-default", 0.005, gate::link,
     QT_TRANSLATE_NOOP("causes", "The default route leads to a gateway that is not there"),
     QT_TRANSLATE_NOOP("causes", "Ask the kernel of each end for its route to the other: run the guest script in the VM.")},
    {"routing", "missing-route", 0.015, gate::source, QT_TRANSLATE_NOOP("causes", "There is no route"),
     QT_TRANSLATE_NOOP("causes", "Ask the kernel of each end for its route to the other: run the guest script in the VM.")},
    {"routing", "overlapping-prefix", 0.025, gate::link,
     QT_TRANSLATE_NOOP("causes", "A more specific route leads to another interface"),
     QT_TRANSLATE_NOOP("causes", "Ask the kernel of each end for its route to the other: run the guest script in the VM.")},
    {"routing", "policy-rule", 0.010, gate::link, QT_TRANSLATE_NOOP("causes", "A policy rule diverts the packets"),
     QT_TRANSLATE_NOOP("causes", "Ask the kernel of each end for its route to the other: run the guest script in the VM.")},
    {"routing", "asymmetric-rp-filter", 0.015, gate::source,
     QT_TRANSLATE_NOOP("causes", "A strict reverse-path filter drops the request"),
     QT_TRANSLATE_NOOP("causes", "Ask the kernel of each end for its route to the other: run the guest script in the VM.")},
    {"routing", "forwarding-off", 0.004, gate::link, QT_TRANSLATE_NOOP("causes", "A machine on the way does not forward"),
     QT_TRANSLATE_NOOP("causes", "Ask the kernel of each end for its route to the other: run the guest script in the VM.")},
    {"routing", "loop", 0.002, gate::link, QT_TRANSLATE_NOOP("causes", "The packets go round in a loop"),
     QT_TRANSLATE_NOOP("causes", "Ask the kernel of each end for its route to the other: run the guest script in the VM.")},
    {"routing", "metric", 0.006, gate::link,
     QT_TRANSLATE_NOOP("causes", "A route with a better metric leads to another interface"),
     QT_TRANSLATE_NOOP("causes", "Ask the kernel of each end for its route to the other: run the guest script in the VM.")},
    {"routing", "blackhole", 0.004, gate::link, QT_TRANSLATE_NOOP("causes", "A route throws the packets away"),
     QT_TRANSLATE_NOOP("causes", "Ask the kernel of each end for its route to the other: run the guest script in the VM.")},
    {"vlan", "tag-mismatch", 0.010, gate::link, QT_TRANSLATE_NOOP("causes", "Host and VM use different VLAN tags"),
     QT_TRANSLATE_NOOP("causes", "Compare the tags in a capture on the VM's port with the bridge's VLAN table.")},
    {"vlan", "not-in-vlan", 0.006, gate::link, QT_TRANSLATE_NOOP("causes", "A port is not in the VM's VLAN"),
     QT_TRANSLATE_NOOP("causes", "Compare the tags in a capture on the VM's port with the bridge's VLAN table.")},
    {"vlan", "no-inter-vlan-route", 0.004, gate::link, QT_TRANSLATE_NOOP("causes", "Nothing routes between the two VLANs"),
     QT_TRANSLATE_NOOP("causes", "Compare the tags in a capture on the VM's port with the bridge's VLAN table.")},
    {"path-limits", "mtu-mismatch", 0.010, gate::above, QT_TRANSLATE_NOOP("causes", "The MTUs on the path differ"),
     QT_TRANSLATE_NOOP("causes", "Read the kernel's ICMP switches in the VM, and probe the path MTU.")},
    {"path-limits", "pmtu-blackhole", 0.004, gate::above, QT_TRANSLATE_NOOP("causes", "Large packets vanish without an error"),
     QT_TRANSLATE_NOOP("causes", "Read the kernel's ICMP switches in the VM, and probe the path MTU.")},
    {"path-limits", "ttl-expired", 0.001, gate::link, QT_TRANSLATE_NOOP("causes", "The time to live runs out on the way"),
     QT_TRANSLATE_NOOP("causes", "Read the kernel's ICMP switches in the VM, and probe the path MTU.")},
    {"path-limits", "icmp-rate-limit", 0.003, gate::loss, QT_TRANSLATE_NOOP("causes", "ICMP is rate-limited"),
     QT_TRANSLATE_NOOP("causes", "Read the kernel's ICMP switches in the VM, and probe the path MTU.")},
    {"path-limits", "echo-ignored", 0.025, gate::echo, QT_TRANSLATE_NOOP("causes", "The kernel ignores echo requests"),
     QT_TRANSLATE_NOOP("causes", "Read the kernel's ICMP switches in the VM, and probe the path MTU.")},
    {"resources", "link-down", 0.025, gate::link, QT_TRANSLATE_NOOP("causes", "The VM's link is down"),
     QT_TRANSLATE_NOOP("causes", "Look at the VM's link and state in the hypervisor.")},
    {"resources", "driver-fault", 0.005, gate::link, QT_TRANSLATE_NOOP("causes", "A network driver fails"),
     QT_TRANSLATE_NOOP("causes", "Look at the VM's link and state in the hypervisor.")},
    {"resources", "checksum-offload", 0.005, gate::above, QT_TRANSLATE_NOOP("causes", "Checksum offload spoils packets"),
     QT_TRANSLATE_NOOP("causes",
                       "Compare what the VM's kernel counts of wrong checksums before and after a test: read the guest.")},
    {"resources", "conntrack-full", 0.006, gate::state, QT_TRANSLATE_NOOP("causes", "The connection tracking table is full"),
     QT_TRANSLATE_NOOP("causes", "Look at the VM's link and state in the hypervisor.")},
    {"resources", "nat-table-full", 0.002, gate::state, QT_TRANSLATE_NOOP("causes", "The NAT table is full"),
     QT_TRANSLATE_NOOP("causes", "Look at the VM's link and state in the hypervisor.")},
    {"resources", "privilege", 0.002, gate::ours, QT_TRANSLATE_NOOP("causes", "Our own rights do not let us send"),
     QT_TRANSLATE_NOOP("causes", "Look at the VM's link and state in the hypervisor.")},
    {"resources", "vm-not-running", 0.015, gate::link, QT_TRANSLATE_NOOP("causes", "The VM is not running"),
     QT_TRANSLATE_NOOP("causes", "Look at the VM's link and state in the hypervisor.")},
}};

struct Need {
    const char *cause;
    const char *variant; ///< empty: every variant of the class
    unsigned anyOf;
};

constexpr unsigned operator|(Ground a, Ground b) { return static_cast<unsigned>(a) | static_cast<unsigned>(b); }
constexpr unsigned only(Ground ground) { return static_cast<unsigned>(ground); }

constexpr std::array needTable{
    Need{"host-firewall", "profile-public", only(Ground::WindowsHost)},
    Need{"guest-firewall", "profile-public", only(Ground::WindowsGuest)},
    Need{"guest-firewall", "security-group", only(Ground::Cloud)},
    Need{"vswitch-filter", "bridge-rule", only(Ground::Bridge)},
    Need{"vswitch-filter", "nwfilter", only(Ground::NetworkFilter)},
    Need{"vswitch-filter", "bridge-nf-forward-drop", only(Ground::Bridge)},
    Need{"vswitch-filter", "port-isolated", only(Ground::Bridge)},
    Need{"vswitch-filter", "port-acl", only(Ground::HyperV)},
    Need{"vswitch-filter", "security-policy", only(Ground::VSphere)},
    Need{"vswitch-filter", "mirror-swallows", only(Ground::OpenVswitch)},
    Need{"vswitch-filter", "openflow-drop", only(Ground::OpenVswitch)},
    Need{"vswitch-filter", "nacl", only(Ground::Cloud)},
    Need{"network-mode", "macvtap-isolation", only(Ground::Macvtap)},
    Need{"network-mode", "wifi-bridge", only(Ground::Wireless)},
    Need{"port-security", "", only(Ground::Uplink)},
    Need{"mac-identity", "spoof-guard", Ground::HyperV | Ground::VSphere},
    Need{"routing", "asymmetric-rp-filter", only(Ground::LinuxGuest)},
    Need{"path-limits", "echo-ignored", only(Ground::LinuxGuest)},
};

constexpr std::array hostFirewallVariants{"output-drops-request", "input-drops-reply", "input-drops-request",
                                          "icmpv6-dropped",       "profile-public",    "ports-closed"};
constexpr std::array guestFirewallVariants{
    "input-drops-request", "output-drops-reply", "icmpv6-dropped", "allows-other-source-only",
    "profile-public",      "ports-closed",       "security-group"};
constexpr std::array vswitchFilterVariants{"bridge-rule",     "nwfilter",      "bridge-nf-forward-drop",
                                           "port-isolated",   "port-acl",      "security-policy",
                                           "mirror-swallows", "openflow-drop", "nacl"};
constexpr std::array networkModeVariants{"user-mode",         "nat-without-mapping",  "mapping-wrong",
                                         "macvtap-isolation", "host-adapter-missing", "wifi-bridge"};
constexpr std::array portSecurityVariants{"mac-not-learned", "violation-shutdown", "max-addresses"};
constexpr std::array macIdentityVariants{"duplicate-mac", "randomised", "binding-mismatch", "spoof-guard"};
constexpr std::array neighbourStateVariants{"stale-permanent", "unanswered", "poisoned",
                                            "table-overflow",  "arp-policy", "nd-dropped"};
constexpr std::array addressPlanVariants{"duplicate-ip", "mask-mismatch", "other-subnet", "link-local-only", "no-address"};
constexpr std::array routingVariants{
    "wrong-default", "missing-route", "overlapping-prefix", "policy-rule", "asymmetric-rp-filter", "forwarding-off",
    "loop",          "metric",        "blackhole"};
constexpr std::array vlanVariants{"tag-mismatch", "not-in-vlan", "no-inter-vlan-route"};
constexpr std::array pathLimitsVariants{"mtu-mismatch", "pmtu-blackhole", "ttl-expired", "icmp-rate-limit", "echo-ignored"};
constexpr std::array resourcesVariants{"link-down",      "driver-fault", "checksum-offload", "conntrack-full",
                                       "nat-table-full", "privilege",    "vm-not-running"};

constexpr std::array<CauseClass, 12> classTable{{
    {"host-firewall", QT_TRANSLATE_NOOP("causes", "The host's own packet filter"), hostFirewallVariants},
    {"guest-firewall", QT_TRANSLATE_NOOP("causes", "The guest's packet filter or security agent"), guestFirewallVariants},
    {"vswitch-filter", QT_TRANSLATE_NOOP("causes", "Filter on the virtual switch or bridge"), vswitchFilterVariants},
    {"network-mode", QT_TRANSLATE_NOOP("causes", "The mode gives the host no way in"), networkModeVariants},
    {"port-security", QT_TRANSLATE_NOOP("causes", "Physical switch guards the port"), portSecurityVariants},
    {"mac-identity", QT_TRANSLATE_NOOP("causes", "The VM's MAC is not what others expect"), macIdentityVariants},
    {"neighbour-state", QT_TRANSLATE_NOOP("causes", "ARP / ND state is wrong"), neighbourStateVariants},
    {"address-plan", QT_TRANSLATE_NOOP("causes", "Addresses do not fit together"), addressPlanVariants},
    {"routing", QT_TRANSLATE_NOOP("causes", "Routes send it elsewhere"), routingVariants},
    {"vlan", QT_TRANSLATE_NOOP("causes", "Tags do not match"), vlanVariants},
    {"path-limits", QT_TRANSLATE_NOOP("causes", "The path cannot carry the packet"), pathLimitsVariants},
    {"resources", QT_TRANSLATE_NOOP("causes", "Something is down or full"), resourcesVariants},
}};

} // namespace

std::span<const Hypothesis> hypotheses() { return hypothesisTable; }
std::span<const CauseClass> classes() { return classTable; }

unsigned needs(const Hypothesis &hypothesis)
{
    const auto found = std::find_if(needTable.begin(), needTable.end(), [&](const Need &need) {
        return std::strcmp(need.cause, hypothesis.cause) == 0 &&
               (*need.variant == '\0' || std::strcmp(need.variant, hypothesis.variant) == 0);
    });
    return found == needTable.end() ? 0U : found->anyOf;
}

// The literals are marked where they stand, in the tables above.
QString title(const QString &classId)
{
    const auto found = std::find_if(classTable.begin(), classTable.end(),
                                    [&](const CauseClass &known) { return classId == QLatin1String(known.id); });
    return found == classTable.end() ? classId : translate("causes", found->title);
}

QString title(const QString &classId, const QString &variant)
{
    const auto found = std::find_if(hypothesisTable.begin(), hypothesisTable.end(), [&](const Hypothesis &known) {
        return classId == QLatin1String(known.cause) && variant == QLatin1String(known.variant);
    });
    return found == hypothesisTable.end() ? title(classId) : translate("causes", found->title);
}

} // namespace bothways::diagnosis
