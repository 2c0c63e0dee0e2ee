// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/reading.h"
#include "net/address.h"

#include <QString>

#include <optional>
#include <vector>

/// What the hypervisor says of its virtual machines and networks.
namespace bothways::evidence {

struct VmAddress {
    net::Prefix prefix;
    QString source; ///< agent, lease, arp

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("prefix", self.prefix);
        visit("source", self.source);
    }
    bool operator==(const VmAddress &) const = default;
};

struct VmInterface {
    std::optional<net::MacAddress> mac;
    QString type;       ///< network, bridge, direct, user, ethernet, hostdev (libvirt's words)
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

struct Vm {
    QString hypervisor; ///< libvirt
    QString connection; ///< URI it was found on
    QString name;
    QString uuid;
    QString state;                ///< running, paused, shut off, ...
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

struct VirtualNetwork {
    QString name;
    QString forwardMode; ///< nat, route, open, bridge, ...; "isolated" where there is no forward element
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

} // namespace bothways::evidence
