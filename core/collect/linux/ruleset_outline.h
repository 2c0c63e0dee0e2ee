// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSet>
#include <QString>

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

} // namespace bothways::collect
