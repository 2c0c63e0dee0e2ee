// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/reading.h"
#include "net/address.h"

#include <QString>

#include <optional>
#include <vector>

/// What the hypervisor says of its virtual machines and networks.
namespace bothways::evidence {

/// Who told a VM's address: the guest's agent, the virtual network's DHCP server, the host's ARP table.
enum class AddressSource { NotTold, Agent, Lease, Arp, Other };
template <>
struct Words<AddressSource> {
    static constexpr Word<AddressSource> all[] = {{AddressSource::NotTold, ""},
                                                  {AddressSource::Agent, "agent"},
                                                  {AddressSource::Lease, "lease"},
                                                  {AddressSource::Arp, "arp"}};
};

struct VmAddress {
    net::Prefix prefix;
    Worded<AddressSource> source;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("prefix", self.prefix);
        visit("source", self.source);
    }
    bool operator==(const VmAddress &) const = default;
};

/// How a VM's interface is plugged in.
enum class Attachment { NotTold, Network, Bridge, Direct, User, Ethernet, Hostdev, Other };
template <>
struct Words<Attachment> {
    static constexpr Word<Attachment> all[] = {{Attachment::NotTold, ""},       {Attachment::Network, "network"},
                                               {Attachment::Bridge, "bridge"},  {Attachment::Direct, "direct"},
                                               {Attachment::User, "user"},      {Attachment::Ethernet, "ethernet"},
                                               {Attachment::Hostdev, "hostdev"}};
};

struct VmInterface {
    std::optional<net::MacAddress> mac;
    Worded<Attachment> type;
    QString network;    ///< virtual network's name, if type is network
    QString bridge;     ///< bridge on the host that it is plugged into, resolved through the network
    QString hostDevice; ///< tap or macvtap on the host (vnet0); empty when not running
    QString lower;      ///< physical device of a direct interface
    QString directMode; ///< bridge, vepa, private, passthrough
    QString model;      ///< virtio, e1000, ...
    QString filter;     ///< nwfilter name, empty if none
    bool linkUp = true; ///< the hypervisor's own link state
    bool portIsolated = false;
    std::vector<VmAddress> addresses;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("mac", self.mac);
        visit("type", self.type);
        visit("network", self.network);
        visit("bridge", self.bridge);
        visit("host_device", self.hostDevice);
        visit("lower", self.lower);
        visit("direct_mode", self.directMode);
        visit("model", self.model);
        visit("filter", self.filter);
        visit("link_up", self.linkUp);
        visit("port_isolated", self.portIsolated);
        visit("addresses", self.addresses);
    }
    bool operator==(const VmInterface &) const = default;
};

enum class HypervisorId { Unknown, Libvirt, HyperV, VSphere, Other };
template <>
struct Words<HypervisorId> {
    static constexpr Word<HypervisorId> all[] = {{HypervisorId::Unknown, ""},
                                                 {HypervisorId::Libvirt, "libvirt"},
                                                 {HypervisorId::HyperV, "hyper-v"},
                                                 {HypervisorId::VSphere, "vsphere"}};
};

enum class VmState { NotTold, Running, Paused, InShutdown, ShutOff, Crashed, Suspended, NoState, Other };
template <>
struct Words<VmState> {
    static constexpr Word<VmState> all[] = {{VmState::NotTold, ""},
                                            {VmState::Running, "running"},
                                            {VmState::Paused, "paused"},
                                            {VmState::InShutdown, "in shutdown"},
                                            {VmState::ShutOff, "shut off"},
                                            {VmState::Crashed, "crashed"},
                                            {VmState::Suspended, "pmsuspended"},
                                            {VmState::NoState, "no state"}};
};

/// What carried the guest's report: a channel of the hypervisor, or the user.
enum class GuestChannel { None, QemuGuestAgent, GuestReport };
template <>
struct Words<GuestChannel> {
    static constexpr Word<GuestChannel> all[] = {{GuestChannel::None, ""},
                                                 {GuestChannel::QemuGuestAgent, "qemu-guest-agent"},
                                                 {GuestChannel::GuestReport, "guest-report"}};
};

struct Vm {
    Worded<HypervisorId> hypervisor;
    QString connection; ///< URI it was found on
    QString name;
    QString uuid;
    Worded<VmState> state;
    bool agentConfigured = false; ///< has a guest agent channel
    std::vector<VmInterface> interfaces;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("hypervisor", self.hypervisor);
        visit("connection", self.connection);
        visit("name", self.name);
        visit("uuid", self.uuid);
        visit("state", self.state);
        visit("agent_configured", self.agentConfigured);
        visit("interfaces", self.interfaces);
    }
    bool operator==(const Vm &) const = default;
};

/// How a virtual network leads out.
enum class ForwardMode { NotTold, Isolated, Nat, Route, Open, Bridge, Other };
template <>
struct Words<ForwardMode> {
    static constexpr Word<ForwardMode> all[] = {{ForwardMode::NotTold, ""},  {ForwardMode::Isolated, "isolated"},
                                                {ForwardMode::Nat, "nat"},   {ForwardMode::Route, "route"},
                                                {ForwardMode::Open, "open"}, {ForwardMode::Bridge, "bridge"}};
};

struct VirtualNetwork {
    QString name;
    Worded<ForwardMode> forwardMode;
    QString bridge;
    bool active = false;
    std::vector<net::Prefix> prefixes; ///< the host's own address on it, with length

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("name", self.name);
        visit("forward_mode", self.forwardMode);
        visit("bridge", self.bridge);
        visit("active", self.active);
        visit("prefixes", self.prefixes);
    }
    bool operator==(const VirtualNetwork &) const = default;
};

struct Inventory {
    std::vector<Vm> vms;
    std::vector<VirtualNetwork> networks;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("vms", self.vms);
        visit("networks", self.networks);
    }
    bool operator==(const Inventory &) const = default;
};

/// The network mode that a VM's interface comes to, by attachment and virtual network.
enum class Mode { Unknown, Nat, Route, Open, Isolated, Bridged, Macvtap, User, Other };
template <>
struct Words<Mode> {
    static constexpr Word<Mode> all[] = {{Mode::Unknown, ""},        {Mode::Nat, "nat"},           {Mode::Route, "route"},
                                         {Mode::Open, "open"},       {Mode::Isolated, "isolated"}, {Mode::Bridged, "bridged"},
                                         {Mode::Macvtap, "macvtap"}, {Mode::User, "user"}};
};

/// Unknown where the interface's virtual network is not in the inventory.
Worded<Mode> modeOf(const VmInterface &interface, const Inventory &inventory);

} // namespace bothways::evidence
