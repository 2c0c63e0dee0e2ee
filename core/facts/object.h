// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"
#include "filter/model/place.h"
#include "filter/ruleset.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

/// The thing a verdict rests on. Always named; remedies are built from it.
namespace bothways::facts {

enum class Where { Host, Guest, Hypervisor, Switch, Cloud };
QString name(Where where); ///< "host", "guest", ... in JSON

struct RuleObject {
    Where where = Where::Host;
    filter::RuleRef rule;
    filter::Hook hook = filter::Hook::Input;
    filter::Packet packet; ///< the packet it stops
};
struct SysctlObject {
    Where where = Where::Host;
    QString name; ///< e.g. net.ipv4.icmp_echo_ignore_all
    QString value;
    QString wanted;
};
struct NeighbourObject {
    Where where = Where::Host;
    evidence::Neighbour entry;
    std::optional<net::MacAddress> expected; ///< the address that really answers
};
struct RouteObject {
    Where where = Where::Host;
    std::optional<evidence::Route> route; ///< the offending route; empty where one is missing
    net::IpAddress destination;           ///< the address it diverts or lacks
    QString wantedInterface;
    std::optional<net::IpAddress> wantedGateway;
    std::optional<net::IpAddress> wantedSource;
    std::optional<evidence::PolicyRule> rule; ///< that somebody added, and that leads to the route or throws the packet away
    bool bound = false;                       ///< the packet has `wantedSource`, as a reply has: it is not chosen by the route
};
struct AddressObject {
    Where where = Where::Host;
    QString interface;
    net::Prefix address;
    std::optional<net::Prefix> wanted;       ///< where a mask or subnet should change
    std::vector<net::MacAddress> claimants;  ///< who answers for it, where more than one does
    std::optional<net::MacAddress> rightful; ///< the VM's own MAC
    QString wantedInterface;                 ///< where it should be; empty: where it is
};
struct LinkObject {
    Where where = Where::Host;
    QString name;       ///< interface name, or the VM's port
    QString vm;         ///< domain name, where the hypervisor sets the link
    QString connection; ///< libvirt URI
    std::optional<net::MacAddress> mac;
    QString state;
};
enum class ModeFault { User, Macvtap, HostAdapterMissing };
QString name(ModeFault fault); ///< "user", "macvtap", "host-adapter-missing"
struct ModeObject {
    ModeFault mode = ModeFault::User;
    QString vm;
    QString network;
    QString connection;
    QString interface; ///< bridge or lower device concerned
    std::optional<net::MacAddress> mac;
};
/// An interface that takes smaller packets than the path needs, or sends larger ones than it carries.
struct MtuObject {
    Where where = Where::Host;
    QString interface;
    int mtu = 0; ///< bytes of an IP packet
    int wanted = 0;
};
/// Routers on the way, or between which packets go round. Nobody here can mend them.
struct RouterObject {
    std::vector<net::IpAddress> addresses;
    Where where = Where::Switch; ///< a device outside
};
/// A MAC that more than one machine speaks with.
struct MacObject {
    Where where = Where::Host;
    net::MacAddress mac;
    QStringList places; ///< ports, or VMs with their ports
};
/// The VLAN tags that the two use at one place; empty: untagged.
struct TagObject {
    Where where = Where::Host;
    QString place; ///< the VM's port
    std::optional<int> fromHost;
    std::optional<int> fromVm;
};
/// A bridge's port, or a bridge itself, that lacks membership in a VLAN.
struct VlanObject {
    Where where = Where::Host;
    QString port;
    int vlan = 0;
    bool itself = false;   ///< `port` is the bridge
    bool pvid = false;     ///< as the VLAN of its untagged frames
    bool untagged = false; ///< its frames of it carry no tag
};
/// Anything that has no command of its own: a right that is missing, a VM that is not running.
struct PlainObject {
    Where where = Where::Host;
    QString name;
};

using Object = std::variant<PlainObject, RuleObject, SysctlObject, NeighbourObject, RouteObject, AddressObject, LinkObject,
                            ModeObject, MtuObject, RouterObject, MacObject, TagObject, VlanObject>;

/// One line that names the object, e.g. "guest: inet fw input handle 5: icmp type echo-request drop". Untranslated
/// where it quotes configuration.
QString describe(const Object &object);
/// A line of evidence and on which end it was read, in the language chosen.
QString atHost(const QString &line);
QString atGuest(const QString &line);
/// The same without the machine, for sentences that name it already: "inet fw input handle 5: icmp type echo-request drop".
QString statement(const Object &object);
/// Only the place of a rule: "inet fw input handle 5", "inet fw input policy drop". Of anything else as statement().
QString locate(const Object &object);
Where whereOf(const Object &object);

} // namespace bothways::facts
