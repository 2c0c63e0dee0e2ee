// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/case.h"
#include "facts/object.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// The way of a packet: request and reply of the host's ping, request and reply of the VM's, stage by stage through both ends and
/// what lies between. A reply is bound to the address that was asked, and translated packets go on with their new addresses.
/// Pure.
namespace bothways::way {

enum class Place { Host, Between, Guest };

enum class Kind {
    Source,      ///< the address that a packet gets
    Route,       ///< policy rules, table, route
    ReversePath, ///< rp_filter, and sources that cannot be
    Filter,      ///< the hooks of one machine
    Translation, ///< where a packet with a new destination goes
    Tracking,    ///< room in the connection table
    Transform,   ///< IPsec policies
    Program,     ///< tc, XDP
    Neighbour,   ///< the MAC of the next hop
    Device,      ///< the interface itself: down, an address where it does not belong, macvlan
    Bridge,      ///< ports and their state, groups
    Vlan,
    Router,   ///< a machine between
    Delivery, ///< whose address it is
    Echo,     ///< whether the kernel answers
};

enum class Result { Passes, Stops, Unknown };

/// What exactly stops it.
enum class Fault {
    None,
    NoRoute,
    Refused,         ///< by a route of that type
    RefusedByRule,   ///< by a policy rule
    DivertedByRule,  ///< a policy rule leads to another interface
    DivertedByRoute, ///< a route of the usual tables does
    StrictReversePath,
    LooseReversePath,
    Martian, ///< its source is the receiver's own address
    FilterDrops,
    TranslatedAway, ///< a translation sends it to another machine
    TableFull,
    Transformed, ///< an IPsec policy blocks it
    WrongNeighbour,
    LinkDown,
    AddressOnPort,
    ApartByMode, ///< macvlan, macvtap: never meets its own host
    PortState,
    PortLocked,
    PortIsolated,
    NotFlooded,
    SnoopedOut,
    NotInVlan,
    BridgedDrop,     ///< by the hooks of IP, on a bridge
    BridgeRuleDrops, ///< by the bridge's own hooks
    NotOurs,         ///< nobody there has the address
    EchoIgnored,
};

struct Stage {
    Place place = Place::Host;
    Kind kind = Kind::Route;
    Result result = Result::Passes;
    Fault fault = Fault::None;
    std::optional<facts::Object> object;
    QString text;      ///< translated: what happens there
    QString wouldTell; ///< translated: with Unknown, what would tell
    QStringList seen;  ///< translated: what was measured there
};

enum class From { Host, Vm };
enum class Part { Request, Reply };

struct Leg {
    From from = From::Host; ///< whose ping it is
    Part part = Part::Request;
    net::Family family = net::Family::v4;
    net::IpAddress source; ///< of this packet
    net::IpAddress destination;
    std::vector<Stage> stages; ///< in the order in which the packet comes by; those behind a stop as if it were gone
    bool observed = false;     ///< it was seen to arrive

    Result fate() const;        ///< Stops where a stage does, else Unknown where one is
    const Stage *stops() const; ///< the first; null where none does
};

/// Four of each family in which both addresses are known: the host's request and reply, the VM's request and reply.
std::vector<Leg> legs(const facts::Case &known);

/// The leg; null where it is not among them.
const Leg *find(const std::vector<Leg> &legs, From from, Part part, net::Family family = net::Family::v4);

QString name(Place place);   ///< "host", "between", "guest"
QString name(Kind kind);     ///< "source", "route", ...
QString name(Result result); ///< "passes", "stops", "unknown"
QString name(From from);     ///< "host", "vm"
QString name(Part part);     ///< "request", "reply"

} // namespace bothways::way
