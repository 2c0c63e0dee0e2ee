// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/included.h"
#include "filter/model/parse_error.h"
#include "net/address.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

/// Packet-filter rulesets as values, and the walk of one packet through them. Pure: no I/O, no libpcap, no GUI.
/// Sources: nft(8), libnftables-json(5), iptables-save(8), kernel net/netfilter.
namespace bothways::filter {

struct Acceptance;
struct IpSet;
struct NftTables;
struct Table;
using IpSets = std::map<std::string, IpSet, std::less<>>;

/// Who judges a packet hangs where it comes by: at the hooks of IP, by its version, of ARP, of bridges, of devices.
enum class Realm : std::uint8_t { Ip4, Ip6, Arp, Bridge, Device };

/// What is known to be missing of what judges the packets of a realm.
struct Missing {
    std::string what; ///< what would have to be given
    std::string why;
    bool anything = false; ///< what was read may be undone by what is missing, a drop too
};

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
    /// `nft list ruleset`, or a file as `nft -f` loads it. What `includes` does not have, and whatever the file adds to, is
    /// missing.
    tl::expected<void, ParseError> addNftText(std::string_view text, const Includes &includes = {});
    /// `iptables-save -c` / `ip6tables-save -c`. flavour: "nft" or "legacy".
    tl::expected<void, ParseError> addIptablesSave(std::string_view text, net::Family family, std::string_view flavour);
    /// `ebtables-save`, with or without counters. flavour: "nft" or "legacy". What nft lists of the same tables counts, too.
    tl::expected<void, ParseError> addEbtablesSave(std::string_view text, std::string_view flavour);
    /// `iptables -S` / `ip6tables -S`, of whichever table it lists, told by its chains.
    tl::expected<void, ParseError> addIptablesRules(std::string_view text, net::Family family);
    /// `ipset save`: what the sets hold that rules of iptables ask. To be called before addIptablesSave().
    tl::expected<void, ParseError> addIpsetSave(std::string_view text);

    /// Empty: what was read is, as far as it says itself, all that judges such packets.
    std::vector<Missing> missing(Realm realm) const;

    /// The same rules with accepts put before some of them, in thought: shares what was read, which must not be added to any
    /// more.
    Ruleset with(std::vector<Acceptance> accepts) const;
    const std::vector<Acceptance> &accepts() const;

    bool isEmpty() const; ///< no base chain at all
    int ruleCount() const;
    const std::vector<Table> &tables() const;

private:
    void add(NftTables read);
    void cover(std::initializer_list<Realm> realms) { m_covered.insert(realms); }

    std::shared_ptr<std::vector<Table>> m_tables; ///< shared by those that with() made
    std::vector<Acceptance> m_accepts;
    std::set<Realm> m_covered{}; ///< by a dump that is the whole of its program
    std::vector<std::pair<Realm, Missing>> m_gaps{};
    std::shared_ptr<IpSets> m_ipSets; ///< null: not given
};

} // namespace bothways::filter
