// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "way/routing.h"
#include "way/way.h"

/// The stages inside one machine, as routing, the reverse-path filter, IPsec and the echo switches make them; the hooks are
/// walked with the whole exchange. Private to core/way.
namespace bothways::way {

/// One of the two machines, as far as it was read.
struct Machine {
    Place place = Place::Host;
    const evidence::NodeFacts *node = nullptr; ///< null: not read
    const facts::Rules *rules = nullptr;
    QString interface;           ///< where the other one is; empty: not known
    bool interfaceKnown = false; ///< by more than an address that fits
    bool otherIsRouted = false;  ///< the other one is behind a router, so on no link of this machine
    bool otherIsMisplaced =
        false;       ///< only the other one says that it has its address, and this machine has no such network there
    QString notRead; ///< translated: why not, and what would tell

    facts::Where where() const { return place == Place::Guest ? facts::Where::Guest : facts::Where::Host; }
};

/// Out of the machine: source, rules, route. `packet.source` is empty where the machine chooses it.
Routing leave(std::vector<Stage> &stages, const Machine &machine, const RoutedPacket &packet);
/// Behind the hooks: IPsec, next hop, programs at the interface.
void handOver(std::vector<Stage> &stages, const Machine &machine, const Routing &routing, const net::IpAddress &source,
              const net::IpAddress &destination);

/// Into the machine through its interface, before the hooks: programs there, reverse path.
void arrive(std::vector<Stage> &stages, const Machine &machine, const net::IpAddress &source, const net::IpAddress &destination);
/// Behind them: IPsec, whose address it is, and for a request the echo switch.
void deliver(std::vector<Stage> &stages, const Machine &machine, const net::IpAddress &source, const net::IpAddress &destination,
             bool isRequest);

/// Room for a new connection.
void track(std::vector<Stage> &stages, const Machine &machine);

/// What tc and XDP do at an interface is not read: each program there is named.
void passPrograms(std::vector<Stage> &stages, const Machine &machine, const QString &interface, bool out);

Stage stage(Place place, Kind kind, const QString &text);
void stop(Stage &stage, Fault fault, std::optional<facts::Object> object = std::nullopt);
void leaveOpen(Stage &stage, const QString &wouldTell);

/// Who has this address: true where the machine was read and owns it.
bool owns(const evidence::NodeFacts &node, const net::IpAddress &address);

} // namespace bothways::way
