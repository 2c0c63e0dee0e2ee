// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <QByteArray>
#include <QSet>
#include <QString>

#include <functional>
#include <vector>

#include <tl/expected.hpp>

/// The packet-filter rulesets of the calling thread's network namespace.
namespace bothways::collect {

/// What a dump says about its owners, without evaluating it.
struct RulesetOutline {
    QSet<QString> tables;   ///< names of nft tables
    QSet<QString> chains;   ///< names of chains, of every table and tool
    bool iptables = false;  ///< holds tables that iptables-nft made or filled
    bool ip6tables = false; ///< the same for ip6tables-nft
    bool ebtables = false;  ///< the same for ebtables-nft
};

/// Pure and total; an unreadable dump gives an empty outline.
RulesetOutline outlineOfNftJson(const QByteArray &json);
/// Adds the chains (":NAME POLICY [0:0]" lines) of iptables-save output.
void addIptablesSave(const QByteArray &text, RulesetOutline &outline);

/// iptables-nft-save prints a table that it cannot understand as an empty one, and says so only in a comment before it. Such
/// a section would hide the rules that the nft dump shows, so it is taken out. Pure and total.
QByteArray withoutIncompatibleTables(const QByteArray &text);

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
