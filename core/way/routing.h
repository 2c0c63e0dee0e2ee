// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <QStringList>

#include <optional>

/// What the routing tables of one machine do with one packet: policy rules by priority, then the longest prefix and the lowest
/// metric of their table. Sources: ip-rule(8), ip-route(8), net/core/fib_rules.c, net/ipv4/fib_trie.c. Pure.
namespace bothways::way {

/// A packet as routing sees it.
struct RoutedPacket {
    net::IpAddress destination;
    std::optional<net::IpAddress> source; ///< empty: this machine has yet to choose it
    QString inputInterface;               ///< empty: this machine made it
    std::optional<quint32> mark = 0;      ///< empty: not known
    std::optional<quint32> user = 0;      ///< of the program that made it; empty: not known. The kernel's own replies have 0
    int protocol = 1;                     ///< IANA number
    QString zone = {};                    ///< the link that a link-local destination is on; empty: not known
};

struct Routing {
    enum class Kind {
        Sent,    ///< to another machine
        Local,   ///< to this machine itself
        Refused, ///< blackhole, unreachable, prohibit: by the route, or by the rule where there is no route
        None,    ///< no route
        Unknown, ///< see `open`
    };
    Kind kind = Kind::Unknown;
    std::optional<evidence::PolicyRule> rule; ///< that decided; the three that every machine has as well
    std::optional<evidence::Route> route;
    QString interface; ///< where it leaves; empty where next hops on several interfaces share the packets
    std::optional<net::IpAddress> gateway;
    std::optional<net::IpAddress> source; ///< the packet's, or the one chosen for it; empty: not known
    QStringList open;                     ///< translated: what it depends on that is not known
    bool byKernel = false;                ///< the machine's own kernel was asked this very question, and answered so

    bool hasOwnRule() const; ///< somebody added the rule that decided
};

Routing routeOf(const evidence::NodeFacts &node, const RoutedPacket &packet);

/// The way out of an interface: the gateway of the machine's own default route there, else the only machine that it knows on
/// that link. Empty where there is neither.
std::optional<net::IpAddress> gatewayOn(const evidence::NodeFacts &node, const QString &interface, net::Family family);

/// Whether two answers are the same as far as both tell.
bool agree(const Routing &one, const Routing &other);
/// What the machine's kernel answered to the same question, where it was asked. Only of its own packets without a mark.
std::optional<Routing> kernelsAnswer(const evidence::NodeFacts &node, const RoutedPacket &packet);

} // namespace bothways::way
