// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/parse_error.h"
#include "net/address.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

/// Packet-filter rulesets as values, and the walk of one packet through them. Pure: no I/O, no libpcap, no GUI.
/// Sources: nft(8), libnftables-json(5), iptables-save(8), kernel net/netfilter.
namespace bothways::filter {

struct IpSet;
struct Table;
using IpSets = std::map<std::string, IpSet, std::less<>>;

/// A whole machine's rules: several dumps (nft, iptables-legacy, ...) read into one.
class Ruleset {
public:
    Ruleset();
    ~Ruleset();
    Ruleset(const Ruleset &) = delete;
    Ruleset &operator=(const Ruleset &) = delete;
    Ruleset(Ruleset &&) noexcept;
    Ruleset &operator=(Ruleset &&) noexcept;

    /// `nft -j list ruleset`. Tables written by iptables-nft (their rules hold lossy "xt" expressions) are kept as
    /// "see iptables-save": a walk over them is undecided unless addIptablesSave(nft) replaces them.
    tl::expected<void, ParseError> addNftJson(std::string_view json);
    /// `iptables-save -c` / `ip6tables-save -c`. flavour: "nft" or "legacy".
    tl::expected<void, ParseError> addIptablesSave(std::string_view text, net::Family family, std::string_view flavour);
    /// `ebtables-save`, with or without counters. flavour: "nft" or "legacy". What nft lists of the same tables counts, too.
    tl::expected<void, ParseError> addEbtablesSave(std::string_view text, std::string_view flavour);
    /// `ipset save`: what the sets hold that rules of iptables ask. To be called before addIptablesSave().
    tl::expected<void, ParseError> addIpsetSave(std::string_view text);

    bool isEmpty() const; ///< no base chain at all
    int ruleCount() const;
    const std::vector<Table> &tables() const;

private:
    std::vector<Table> m_tables;
    std::unique_ptr<IpSets> m_ipSets; ///< null: not given
};

} // namespace bothways::filter
