// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/checks.h"

#include "checks/datalink/datalink.h"
#include "checks/datalink/datalink_claims.h"
#include "checks/datalink/datalink_filter.h"
#include "checks/datalink/datalink_mac.h"
#include "checks/datalink/datalink_vlan.h"
#include "checks/finding/build.h"
#include "checks/losses_told.h"
#include "checks/network/network.h"
#include "checks/network/network_echo.h"
#include "checks/network/network_path.h"
#include "checks/network/network_return.h"
#include "checks/physical/physical.h"
#include "checks/physical/physical_errors.h"
#include "checks/policy/policy.h"
#include "checks/policy/policy_forwarding.h"
#include "checks/policy/policy_switches.h"
#include "checks/preparation/preparation.h"
#include "checks/preparation/preparation_timeline.h"
#include "checks/transport/transport.h"
#include "checks/transport/transport_captured.h"
#include "checks/transport/transport_table.h"
#include "checks/way_told.h"
#include "facts/rules.h"

#include <algorithm>
#include <array>

namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array<Check, 38> checkTable{{
    {CheckId::Pre1, "PRE-1", Chapter::Preparation,
     QT_TRANSLATE_NOOP("checks", "Tools and rights: can we capture, send raw ICMP, read the firewall? What is lost without?"),
     QT_TRANSLATE_NOOP("checks", "What the guest's own user may do."),
     QT_TRANSLATE_NOOP("checks",
                       "The article's vmware-vswitch-utility and Windows Security Center audit do not exist; the firewall is "
                       "read through the kernel."),
     pre1},
    {CheckId::Pre2, "PRE-2", Chapter::Preparation,
     QT_TRANSLATE_NOOP("checks", "Which hypervisor and which network mode carries this VM?"),
     QT_TRANSLATE_NOOP("checks", "VMs of another user or of a hypervisor that this version does not ask."),
     QT_TRANSLATE_NOOP("checks", "The article calls vSwitch0 a NAT switch; a standard virtual switch does no NAT."), pre2},
    {CheckId::Pre3, "PRE-3", Chapter::Preparation,
     QT_TRANSLATE_NOOP("checks", "Is the VM's identity consistent (address, MAC, virtual port)?"),
     QT_TRANSLATE_NOOP("checks", "A machine that took the VM's MAC as well as its address."), "", pre3},
    {CheckId::Pre4, "PRE-4", Chapter::Preparation,
     QT_TRANSLATE_NOOP("checks", "Symptom table: ICMP, TCP, ARP, ARP cache, both directions, numbers"),
     QT_TRANSLATE_NOOP("checks", "Faults that come and go between two runs."),
     QT_TRANSLATE_NOOP("checks",
                       "The article gives one-way loss a latency signature (10 ms against 500 ms); in truth it has none."),
     pre4},
    {CheckId::Pre5, "PRE-5", Chapter::Preparation,
     QT_TRANSLATE_NOOP("checks", "Timeline: when did it begin; what changed (VM start, link, lease, MAC, rules)?"),
     QT_TRANSLATE_NOOP("checks", "Changes that left no trace, and those before this run."), "", pre5},

    {CheckId::Phy1, "PHY-1", Chapter::Physical, QT_TRANSLATE_NOOP("checks", "Host uplink: carrier, speed, duplex"),
     QT_TRANSLATE_NOOP("checks", "Faults beyond the next switch."), "", nullptr},
    {CheckId::Phy2, "PHY-2", Chapter::Physical,
     QT_TRANSLATE_NOOP("checks", "Is the virtual adapter or switch port present, up, with carrier?"),
     QT_TRANSLATE_NOOP("checks", "A link that is up at both ends and yet carries nothing."), "", phy2},
    {CheckId::Phy3, "PHY-3", Chapter::Physical, QT_TRANSLATE_NOOP("checks", "Errors and drops counted while probing"),
     QT_TRANSLATE_NOOP("checks", "Losses that no counter counts."), "", phy3},
    {CheckId::Phy4, "PHY-4", Chapter::Physical, QT_TRANSLATE_NOOP("checks", "Driver and offloads"),
     QT_TRANSLATE_NOOP("checks",
                       "Faults in firmware, and checksums of TCP and UDP, which a sender's card may fill in after the capture."),
     "", phy4},
    {CheckId::Phy5, "PHY-5", Chapter::Physical, QT_TRANSLATE_NOOP("checks", "Port state and port security"),
     QT_TRANSLATE_NOOP("checks", "A physical switch whose output nobody pasted."),
     QT_TRANSLATE_NOOP("checks",
                       "The article sets port security to one address; host and VM on a port are two, so that cuts the VM off."),
     nullptr},

    {CheckId::Lnk1, "LNK-1", Chapter::DataLink,
     QT_TRANSLATE_NOOP("checks", "Does the VM answer an ARP request / neighbour solicitation now?"),
     QT_TRANSLATE_NOOP("checks", "Whether IP packets pass as ARP does: filters treat them apart."), "", lnk1, addAsked},
    {CheckId::Lnk2, "LNK-2", Chapter::DataLink,
     QT_TRANSLATE_NOOP("checks", "Do the neighbour caches agree with reality, on both sides?"),
     QT_TRANSLATE_NOOP("checks", "Entries of machines in between."),
     QT_TRANSLATE_NOOP("checks", "The article blames a stale entry for one-way loss; a wrong entry breaks both directions."),
     lnk2, addAddressed},
    {CheckId::Lnk3, "LNK-3", Chapter::DataLink, QT_TRANSLATE_NOOP("checks", "Is the MAC unique and stable?"),
     QT_TRANSLATE_NOOP("checks", "A twin on a host that nobody asked, or one that keeps silent."),
     QT_TRANSLATE_NOOP("checks",
                       "The article says that QEMU takes a new random MAC at each boot; in truth plain QEMU gives every VM the "
                       "same one, and libvirt stores a fixed one."),
     lnk3},
    {CheckId::Lnk4, "LNK-4", Chapter::DataLink, QT_TRANSLATE_NOOP("checks", "Is the IP unique?"),
     QT_TRANSLATE_NOOP("checks", "A second owner that is switched off or silent now."), "", lnk4, addAnswerer},
    {CheckId::Lnk5, "LNK-5", Chapter::DataLink, QT_TRANSLATE_NOOP("checks", "Spoofing, flux, ARP policy"),
     QT_TRANSLATE_NOOP("checks", "Who is in the right, and claims that nobody made while this program listened."), "", lnk5},
    {CheckId::Lnk6, "LNK-6", Chapter::DataLink, QT_TRANSLATE_NOOP("checks", "Is the neighbour table near its limits?"),
     QT_TRANSLATE_NOOP("checks", "Peaks between two readings."),
     QT_TRANSLATE_NOOP(
         "checks", "The article speaks of a virtual switch's ARP cache; a switch keeps MAC addresses, the limit is the host's."),
     nullptr},
    {CheckId::Lnk7, "LNK-7", Chapter::DataLink, QT_TRANSLATE_NOOP("checks", "Does the bridge or virtual switch filter it?"),
     QT_TRANSLATE_NOOP("checks", "Filters in a switch outside this host."),
     QT_TRANSLATE_NOOP("checks", "The article lets a mirror rule swallow ICMP; mirroring copies and never removes."), lnk7,
     addBridge, addCrossings},
    {CheckId::Lnk8, "LNK-8", Chapter::DataLink, QT_TRANSLATE_NOOP("checks", "Do VLAN tags match?"),
     QT_TRANSLATE_NOOP("checks", "Tags that a switch outside changes, and those of an end that sends nothing."),
     QT_TRANSLATE_NOOP("checks",
                       "The article puts VM and host into different VLANs to isolate the test; that alone makes the outage."),
     lnk8, nullptr, addMemberships},

    {CheckId::Net1, "NET-1", Chapter::Network, QT_TRANSLATE_NOOP("checks", "Do addresses and masks fit on both sides?"),
     QT_TRANSLATE_NOOP("checks", "Addresses that were given away twice: see LNK-4."), "", net1, nullptr, addPlaces},
    {CheckId::Net2, "NET-2", Chapter::Network,
     QT_TRANSLATE_NOOP("checks", "Which route carries host to VM, and is it the right interface?"),
     QT_TRANSLATE_NOOP("checks", "Routers on the way."),
     QT_TRANSLATE_NOOP("checks",
                       "The article changes routes for a one-way fault; the replies to the VM's ping prove the route good."),
     net2, addElsewhere, addHostRoute},
    {CheckId::Net3, "NET-3", Chapter::Network, QT_TRANSLATE_NOOP("checks", "Is the default route sane?"),
     QT_TRANSLATE_NOOP("checks", "Whether the gateway forwards."),
     QT_TRANSLATE_NOOP("checks", "The article corrects the default route; a VM on the link never uses it."), net3},
    {CheckId::Net4, "NET-4", Chapter::Network, QT_TRANSLATE_NOOP("checks", "Do prefixes overlap; do policy rules divert?"),
     QT_TRANSLATE_NOOP("checks", "Routes in other network namespaces."), "", nullptr},
    {CheckId::Net5, "NET-5", Chapter::Network, QT_TRANSLATE_NOOP("checks", "Return path: asymmetric, rp_filter, forwarding"),
     QT_TRANSLATE_NOOP("checks", "Routers between the two."), "", net5, nullptr, addReturnRoutes},
    {CheckId::Net6, "NET-6", Chapter::Network, QT_TRANSLATE_NOOP("checks", "Hops and loops"),
     QT_TRANSLATE_NOOP("checks", "Hops that do not answer."),
     QT_TRANSLATE_NOOP("checks", "The article blames the TTL; between a host and its own VM it is not lowered at all."), net6},
    {CheckId::Net7, "NET-7", Chapter::Network, QT_TRANSLATE_NOOP("checks", "ICMP echo host to VM over IPv4"),
     QT_TRANSLATE_NOOP("checks", "Where a silent request was lost: that takes captures or the guest's counters."), "", net7,
     addTrail},
    {CheckId::Net8, "NET-8", Chapter::Network, QT_TRANSLATE_NOOP("checks", "ICMPv6 echo and neighbour discovery host to VM"),
     QT_TRANSLATE_NOOP("checks", "Other IPv6 addresses of the VM than the one pinged."), "", net8},
    {CheckId::Net9, "NET-9", Chapter::Network, QT_TRANSLATE_NOOP("checks", "Path MTU and jumbo frames"),
     QT_TRANSLATE_NOOP("checks", "Limits that apply to other flows only."),
     QT_TRANSLATE_NOOP("checks", "The article gives virtual switches an MTU of 9216; the default is 1500."), net9},

    {CheckId::Trn1, "TRN-1", Chapter::Transport, QT_TRANSLATE_NOOP("checks", "TCP handshake host to VM"),
     QT_TRANSLATE_NOOP("checks", "Whether a service behind an open port works."),
     QT_TRANSLATE_NOOP("checks", "The article tests with a SYN flood; one connect with a timeout is the test."), trn1},
    {CheckId::Trn2, "TRN-2", Chapter::Transport, QT_TRANSLATE_NOOP("checks", "TCP handshake VM to host"),
     QT_TRANSLATE_NOOP("checks", "Ports that the VM did not try while this program captured."), "", trn2},
    {CheckId::Trn3, "TRN-3", Chapter::Transport, QT_TRANSLATE_NOOP("checks", "UDP echo and ICMP port unreachable"),
     QT_TRANSLATE_NOOP("checks", "A silent UDP port: open and filtered look alike."),
     QT_TRANSLATE_NOOP("checks",
                       "The article's UDP test sends and never reads, and a closed port 53 has nothing to do with ping."),
     trn3},
    {CheckId::Trn4, "TRN-4", Chapter::Transport, QT_TRANSLATE_NOOP("checks", "NAT port mapping present and effective"),
     QT_TRANSLATE_NOOP("checks", "Mappings on a router outside."),
     QT_TRANSLATE_NOOP("checks", "The article maps ICMP; NAT engines map TCP and UDP ports only."), nullptr},
    {CheckId::Trn5, "TRN-5", Chapter::Transport,
     QT_TRANSLATE_NOOP("checks", "conntrack / NAT table capacity and this flow's state"),
     QT_TRANSLATE_NOOP("checks", "Tables of routers on the way."),
     QT_TRANSLATE_NOOP("checks", "The article empties a NAT table with clear ip route; that deletes routes."), trn5, nullptr,
     addTables},

    {CheckId::Pol1, "POL-1", Chapter::Policy,
     QT_TRANSLATE_NOOP("checks", "Would the host's filter pass our echo request out and the reply in?"),
     QT_TRANSLATE_NOOP("checks", "Filters outside netfilter: BPF, XDP, traffic control, bridge tables."),
     QT_TRANSLATE_NOOP("checks",
                       "The article adds an inbound rule on the host for an outbound ping; replies are let in by state."),
     pol1, addOutgoing},
    {CheckId::Pol2, "POL-2", Chapter::Policy,
     QT_TRANSLATE_NOOP("checks", "Would the host's filter pass the VM's request in (IPv4 and IPv6)?"),
     QT_TRANSLATE_NOOP("checks", "Filters outside netfilter."), "", pol2, nullptr, addHostNat},
    {CheckId::Pol3, "POL-3", Chapter::Policy,
     QT_TRANSLATE_NOOP("checks", "Would the guest's filter pass our request in and its reply out?"),
     QT_TRANSLATE_NOOP("checks", "Security agents in the guest that filter outside netfilter."),
     QT_TRANSLATE_NOOP(
         "checks", "The article says that a VM's stack filters ICMP by default; Windows guests do, stock Linux guests do not."),
     pol3, addInside, addGuestNat},
    {CheckId::Pol4, "POL-4", Chapter::Policy, QT_TRANSLATE_NOOP("checks", "Forwarding between bridge ports / networks"),
     QT_TRANSLATE_NOOP("checks", "Forwarding on other machines."),
     QT_TRANSLATE_NOOP("checks", "Docker's FORWARD policy is often blamed; it never parts a VM from its own host."), pol4},
    {CheckId::Pol5, "POL-5", Chapter::Policy, QT_TRANSLATE_NOOP("checks", "Kernel ICMP switches"),
     QT_TRANSLATE_NOOP("checks", "Rate limits that only show under load."), "", pol5},
    {CheckId::Pol6, "POL-6", Chapter::Policy, QT_TRANSLATE_NOOP("checks", "Cloud: security groups and network ACL"),
     QT_TRANSLATE_NOOP("checks", "Rules that changed after they were exported."),
     QT_TRANSLATE_NOOP("checks", "The article's network ACL is no AWS format; ACLs are stateless and need both directions."),
     nullptr},
}};

static_assert([] {
    for (std::size_t i = 0; i < checkTable.size(); ++i) {
        if (static_cast<std::size_t>(checkTable.at(i).number) != i) {
            return false;
        }
    }
    return true;
}());

} // namespace

std::span<const Check> table() { return checkTable; }
QString name(CheckId check) { return QString::fromLatin1(checkTable.at(static_cast<std::size_t>(check)).id); }

const Check *find(const QString &id)
{
    const auto *const found = std::find_if(checkTable.begin(), checkTable.end(), [&](const Check &check) {
        return id.compare(QLatin1String(check.id), Qt::CaseInsensitive) == 0;
    });
    return found == checkTable.end() ? nullptr : &*found;
}

QString name(Chapter chapter)
{
    switch (chapter) {
    case Chapter::Preparation:
        return translate("checks", "Preparation");
    case Chapter::Physical:
        return translate("checks", "Physical and virtual NIC");
    case Chapter::DataLink:
        return translate("checks", "Data link");
    case Chapter::Network:
        return translate("checks", "Network");
    case Chapter::Transport:
        return translate("checks", "Transport");
    case Chapter::Policy:
        return translate("checks", "Policy and stack");
    }
    return {};
}

// The literals are marked where they stand, in the table above.
QString question(const Check &check) { return translate("checks", check.question); }
QString cannotSee(const Check &check) { return translate("checks", check.cannotSee); }
QString articleRemark(const Check &check) { return *check.article == '\0' ? QString() : translate("checks", check.article); }

std::vector<Finding> runAll(const Case &given, const QStringList &only) { return runAll(given, way::legs(given), only); }

std::vector<Finding> runAll(const Case &given, const std::vector<way::Leg> &legs, const QStringList &only)
{
    std::vector<Finding> findings;
    for (const auto &check : checkTable) {
        const auto id = QString::fromLatin1(check.id);
        if (!only.isEmpty() && !only.contains(id, Qt::CaseInsensitive)) {
            continue;
        }
        Finding finding;
        if (check.run) {
            finding = check.run(given);
            if (check.capture) {
                check.capture(finding, given);
            }
            if (check.way) {
                check.way(finding, given, legs);
            }
        } else {
            say(finding, Status::Skipped, translate("checks", "Not built in this version."));
        }
        finding.id = id;
        findings.push_back(std::move(finding));
    }
    return findings;
}

} // namespace bothways::checks
