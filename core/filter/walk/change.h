// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"
#include "filter/walk/answer.h"
#include "filter/walk/passing.h"

/// The smallest change of a ruleset that lets exactly one packet through.
namespace bothways::filter {

/// One way to say which packet: in nft's words and in those of iptables or ebtables. Made of our own words, numbers, printed
/// addresses and interface names only.
struct Opening {
    std::vector<std::string> nft;
    std::vector<std::string> xtables;
};

/// Both addresses and what the transport has: ICMP type and code, or the port that is called. No interface and no state: a packet
/// of the same kind between the same two passes wherever it comes from.
Opening openingFor(const Packet &packet, const RuleRef &before);

/// An accept to be put in place. One alone may not do: each base chain is passed or not by itself.
struct Change {
    RuleRef before; ///< the rule to insert it before; where it is a policy, the end of its chain
    Opening opening;
    /// The command, word by word, unquoted: nft insert rule ... counter accept, or iptables -I .... Empty where the rule's
    /// program cannot name the place.
    std::vector<std::string> command;
};

/// All the accepts that are needed, first one first; they were tried on the ruleset in thought, and with all of them the packet
/// passes the hook for certain, whatever else cannot be evaluated. Empty where it passes as it is.
std::vector<Change> smallestChange(const Ruleset &rules, Hook hook, const Passing &passing);

} // namespace bothways::filter
