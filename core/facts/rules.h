// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "filter/model/acceptance.h"
#include "filter/ruleset.h"
#include "filter/walk/exchange.h"

#include <QDateTime>
#include <QStringList>

#include <optional>
#include <vector>

/// Packet filters as the policy checks and the drawing of the way (core/shown) ask them.
namespace bothways::facts {

/// A ruleset as the checks use it: read once for all of them.
struct Rules {
    filter::Ruleset ruleset;
    bool read = false;          ///< everything that may hold rules was read and parsed, or is known not to be there
    QStringList problems;       ///< translated: which dump could not be read or parsed, and why
    bool bridgeRead = false;    ///< the same of what filters on bridges
    QStringList bridgeProblems; ///< likewise
    QStringList sources;        ///< e.g. "nft (libnftables)", "iptables-legacy-save"
    QDateTime at;               ///< when the first of them was read, UTC

    /// The same with accepts put in, in thought; shares the rules that were read.
    Rules with(std::vector<filter::Acceptance> accepts) const;
};

/// Whose rules a dump holds: "nftables", "iptables-legacy". Not translated.
QString labelOf(const evidence::RulesetDump &dump);
/// Reads every dump of one machine into one ruleset, and says of each why it could not be.
Rules readRules(const std::vector<evidence::RulesetDump> &dumps);

/// What a hook does with a packet, as far as what was read tells.
struct Passage {
    enum class Fate { Passes, Stopped, Open };
    Fate fate = Fate::Open;
    filter::Hook hook = filter::Hook::Input;
    filter::Packet packet;
    std::vector<filter::RuleRef> stoppers;  ///< first one first
    QStringList open;                       ///< translated: what could not be evaluated
    std::vector<filter::RuleRef> undecided; ///< the rules in which that is
    bool stopperCertain = true;             ///< false: which rule comes first depends on what could not be evaluated
    QStringList assumed;                    ///< rates and amounts taken for not used up, as written
};

/// One of the two machines between which packets go.
struct End {
    filter::Machine::Role role = filter::Machine::Role::Receiver; ///< Sender: it makes the request
    QString interface;                                            ///< empty: not known
    QString port; ///< of the bridge that the interface is; empty where there is none
    filter::BridgeNetfilter bridging;
    const evidence::NodeFacts *node = nullptr; ///< whose routing tables tell what kind of address one is; null: not read
};

/// Which hooks are judged: those of IP and of the interface itself, or those of the bridge, its port, and ARP.
enum class Layer { Ip, Bridge };

struct Round {
    Passage request; ///< the first, or the next where the first passes and that does not
    Passage reply;
};

/// A request and its reply through one machine. The first hook of the layer that stops one decides; otherwise it is open if any
/// hook is.
Round ask(const Rules &rules, const End &end, const filter::Packet &request, Layer layer = Layer::Ip);

/// What one layer's hooks on a path do. `port` of the bridge that the machine's interface is; empty where there is none.
Passage passageOf(const Rules &rules, const filter::PathAnswer &path, Layer layer, const std::string &port);

/// One packet on its way through or across a machine.
Passage pass(const Rules &rules, filter::Way way, const filter::Packet &packet, filter::BridgeNetfilter bridging, Layer layer);

/// How many packets the rule counted between two readings of the same ruleset; empty if it has no counter or is not in both.
std::optional<qint64> grown(const Rules &before, const Rules &after, const Passage &passage);

/// True if the same packet would pass from a source that an accepting rule names: the filter lets in others, not us.
bool passesFromNamedSource(const Rules &rules, const std::vector<evidence::RulesetDump> &dumps, const Passage &stopped);

} // namespace bothways::facts
