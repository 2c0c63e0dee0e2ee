// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"

#include <QPoint>
#include <QRect>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>
#include <vector>

/// The way between host and VM as a drawing made from the evidence: what stands on it, where each thing is drawn, and where the
/// request dies. Pure; whoever paints it only paints. Coordinates are px at 100 %, y grows downwards.
namespace bothways::shown {

enum class TopologyState {
    Plain,      ///< there; nothing is known of a packet's fate at it
    Works,      ///< the packet passed
    Stops,      ///< the packet dies here
    NotReached, ///< behind the place where it dies
    NotSeen,    ///< could not be looked at
};
QString word(TopologyState state); ///< translated: "stops it"

struct TopologyNode {
    enum class Kind { Stack, Bridge, Interface, Port, Nic, Gate, Nat, Gateway, Machine };
    Kind kind = Kind::Interface;
    TopologyState state = TopologyState::Plain;
    QString id;                                     ///< stable within one drawing: "host", "gate.guest.in", "row2.1"
    QString caption;                                ///< translated: what it is
    QString name;                                   ///< as the system calls it
    QStringList lines;                              ///< as read: addresses, MAC, MTU
    std::vector<std::pair<QString, QString>> facts; ///< translated label, value as read
    QString source;                                 ///< where `raw` comes from
    QString raw;                                    ///< bounded
    QRect box;
};

/// A straight line. Request and Reply have an arrow at `to` where `arrow` is set.
struct TopologyLine {
    enum class Kind { Link, Request, Reply };
    Kind kind = Kind::Link;
    TopologyState state = TopologyState::Plain;
    QPoint from;
    QPoint to;
    bool arrow = false;
};

/// A machine around what belongs to it.
struct TopologyFrame {
    QString title;
    QRect box;
};

/// Words beside a line, centred in the box.
struct TopologyLabel {
    QString text;
    QRect box;
};

/// Where the packet dies: a cross at `at`, the words in `words`, joined by a line.
struct TopologyMark {
    QString node; ///< id of the node that stops it
    QPoint at;
    QString text;
    QRect words;
};

struct Topology {
    std::vector<TopologyFrame> frames;
    std::vector<TopologyLine> lines;
    std::vector<TopologyNode> nodes;
    std::vector<TopologyLabel> labels;
    std::optional<TopologyMark> mark;
    QSize size;
    TopologyState state = TopologyState::Plain; ///< of the whole way: Works, Stops, or Plain where it is not known
    QString sentence;                           ///< translated: the finding in one sentence, without a full stop
    QString lead;                               ///< translated: what it rests on; may be empty

    const TopologyNode *find(const QString &id) const;
};

Topology topologyOf(const conclusion::Conclusion &conclusion);

} // namespace bothways::shown
