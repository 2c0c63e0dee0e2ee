// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/linux/ruleset_outline.h"
#include "evidence/node.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <vector>

#include <tl/expected.hpp>

/// The packet-filter rulesets of the calling thread's network namespace.
namespace bothways::collect {

/// What somebody with more rights read.
struct ElevatedRules {
    evidence::Reading<QByteArray> nftables;       ///< JSON of libnftables
    evidence::Reading<QByteArray> ipTablesNames;  ///< tables of iptables-legacy, a line each
    evidence::Reading<QByteArray> ip6TablesNames; ///< the same of ip6tables-legacy
};
/// Asked where the kernel denies this process its rules; else the whole translated sentence why not.
using ElevatedReader = std::function<tl::expected<ElevatedRules, QString>()>;

struct Rulesets {
    std::vector<evidence::RulesetDump> dumps;
    RulesetOutline outline; ///< over all dumps that could be read
    bool complete = false;  ///< nothing that may hold rules was denied to us or failed
};

/// nft-json always has an entry. iptables-save and ip6tables-save of flavour legacy always have one: Absent where this
/// namespace has no legacy table. Flavour nft has one only where the nft ruleset holds such tables. ebtables-save likewise, but
/// legacy tables are only told to be there: the program that lists them may answer for the other flavour.
/// Calls into libnftables are serialised: the library keeps static state.
/// What `elevated` reads needs no program with rights; what iptables made is then told to be there, and Denied.
Rulesets readRulesets(const ElevatedReader &elevated = {});

} // namespace bothways::collect
