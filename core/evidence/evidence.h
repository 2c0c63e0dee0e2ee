// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/capture.h"
#include "evidence/node.h"
#include "evidence/probes.h"
#include "evidence/reading.h"
#include "evidence/told.h"
#include "evidence/vm.h"

#include <QString>

#include <optional>
#include <vector>

/// Everything a diagnosis saw, as plain values. A session file is exactly this; everything to the right of it
/// (checks, diagnosis, remedies, report) is a pure function of it.
namespace bothways::evidence {

struct Tool {
    QString name = QStringLiteral("bothways");
    QString version;
    QString platform; ///< e.g. "Linux 6.1.0 x86_64" of the machine that measured

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("name", self.name);
        visit("version", self.version);
        visit("platform", self.platform);
    }
    bool operator==(const Tool &) const = default;
};

/// What was asked for, and what it resolved to. Fields stay empty where nothing was found.
struct Target {
    QString requested; ///< what the user typed: a name or an address
    QString vm;        ///< name of the VM, if one was found
    Worded<HypervisorId> hypervisor;
    Worded<Mode> mode;
    QString network;                           ///< virtual network's name
    QString interface;                         ///< host interface the VM is reached through (virbr0)
    QString port;                              ///< the VM's own port on it (vnet0)
    std::optional<net::IpAddress> hostAddress; ///< source the host uses, or the user asked for
    bool hostAddressGiven = false;             ///< the user asked for it
    std::optional<net::IpAddress> vmAddress;
    std::optional<net::MacAddress> vmMac; ///< by the inventory or the guest's own report, never from ARP
    std::optional<net::IpAddress> hostAddress6;
    std::optional<net::IpAddress> vmAddress6;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("requested", self.requested);
        visit("vm", self.vm);
        visit("hypervisor", self.hypervisor);
        visit("mode", self.mode);
        visit("network", self.network);
        visit("interface", self.interface);
        visit("port", self.port);
        visit("host_address", self.hostAddress);
        visit("host_address_given", self.hostAddressGiven);
        visit("vm_address", self.vmAddress);
        visit("vm_mac", self.vmMac);
        visit("host_address6", self.hostAddress6);
        visit("vm_address6", self.vmAddress6);
    }
    bool operator==(const Target &) const = default;
};

/// What this program may do on this host, by itself or through its helper, found by trying and by asking the kernel.
struct Rights {
    qint64 effectiveUser = -1;
    bool rawSockets = false;     ///< CAP_NET_RAW in this network namespace's owner
    bool administration = false; ///< CAP_NET_ADMIN: needed even to list nftables rules
    bool pingSocket = false;     ///< net.ipv4.ping_group_range covers us
    bool pingProgram = false;    ///< the system's ping can be run
    QString pingGroupRange;
    QString helper;        ///< path of the helper with rights beside this program; empty where none is or none was needed
    bool helped = false;   ///< it does what this process itself may not
    QString helperProblem; ///< why it does not; empty when it does

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("effective_user", self.effectiveUser);
        visit("raw_sockets", self.rawSockets);
        visit("administration", self.administration);
        visit("ping_socket", self.pingSocket);
        visit("ping_program", self.pingProgram);
        visit("ping_group_range", self.pingGroupRange);
        visit("helper", self.helper);
        visit("helped", self.helped);
        visit("helper_problem", self.helperProblem);
    }
    bool operator==(const Rights &) const = default;
};

/// The guest's own side, read through a channel that needs no network, or from a report the user brought.
struct Guest {
    GuestChannel channel = GuestChannel::None;
    NodeFacts facts;                          ///< read before the probes (or whenever the user ran the script)
    Reading<NodeSnapshot> after;              ///< read after the probes; NotTried for a pasted report
    Reading<EchoSeries> echoToHost;           ///< VM -> host, pinged from inside the guest
    std::optional<net::IpAddress> echoSource; ///< source the guest's kernel uses towards the host

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("channel", self.channel);
        visit("facts", self.facts);
        visit("after", self.after);
        visit("echo_to_host", self.echoToHost);
        visit("echo_source", self.echoSource);
    }
    bool operator==(const Guest &) const = default;
};

struct Evidence {
    Tool tool;
    QDateTime started;  ///< UTC
    QDateTime finished; ///< UTC; invalid when the run was cut short before its end
    bool interrupted = false;
    Target target;
    Told told;
    Reading<Rights> rights;
    Reading<Inventory> inventory;
    Reading<NodeSnapshot> hostBefore; ///< before the probes
    Reading<NodeFacts> host;          ///< after the probes
    Reading<Guest> guest;
    Probes probes;
    Reading<Captures> captures; ///< during the probes, and from files

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("tool", self.tool);
        visit("started", self.started);
        visit("finished", self.finished);
        visit("interrupted", self.interrupted);
        visit("target", self.target);
        visit("told", self.told);
        visit("rights", self.rights);
        visit("inventory", self.inventory);
        visit("host_before", self.hostBefore);
        visit("host", self.host);
        visit("guest", self.guest);
        visit("probes", self.probes);
        visit("captures", self.captures);
    }
    bool operator==(const Evidence &) const = default;
};

} // namespace bothways::evidence
