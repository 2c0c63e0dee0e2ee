// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

/// An address that a machine gives as its own is a claim: what this host knows of its links can contradict it. Pure.
namespace bothways::evidence {

/// False for those of groups, of no machine, and of whatever machine they are typed on.
bool isOfOneMachine(const net::IpAddress &address);

/// The interface of this host in whose network the address is, where a machine behind `interface` cannot have it: the host has a
/// network there, too, and it is another one. Empty where nothing contradicts.
QString foreignLink(const net::IpAddress &address, const QString &interface, const std::vector<InterfaceAddress> &addresses,
                    const std::vector<Link> &links);

/// This host's own DHCP server gave the address to that MAC.
bool isLeasedTo(const Evidence &evidence, const net::IpAddress &address, const net::MacAddress &mac);

/// Whether anybody but the VM says that the address is the VM's: the user who gave it and no other name, or this host, whose DHCP
/// server leased it to that MAC.
bool isVouchedFor(const Evidence &evidence, const net::IpAddress &address, const std::optional<net::MacAddress> &mac);

/// Only the VM says that it has the address, and this host has no such network at the interface.
bool isMisplaced(const Evidence &evidence, const net::IpAddress &address, const std::optional<net::MacAddress> &mac,
                 const QString &interface);

} // namespace bothways::evidence
