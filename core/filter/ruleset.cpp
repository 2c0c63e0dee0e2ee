// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/ruleset.h"

#include "filter/ebtables/ebtables_reader.h"
#include "filter/model/acceptance.h"
#include "filter/model/model.h"
#include "filter/nft/nft_reader.h"
#include "filter/script/script_reader.h"
#include "filter/xtables/ipset.h"
#include "filter/xtables/xtables_reader.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace bothways::filter {
namespace {

bool isSame(const Table &a, const Table &b)
{
    return a.backend == b.backend && a.flavour == b.flavour && a.family == b.family && a.name == b.name;
}

/// iptables-nft keeps its tables among nft's, where their rules are listed without the matches' arguments.
bool describes(const Table &xtables, const Table &nft)
{
    return nft.backend == "nft" && xtables.flavour == "nft" && nft.family == xtables.family && nft.name == xtables.name;
}

/// What stands for both. Of ebtables each of them leaves something out; where that cannot be mended, nft's has its gaps marked.
Table replacement(const Table &xtables, const Table &nft)
{
    if (xtables.backend != "ebtables") {
        return xtables;
    }
    auto both = combine(xtables, nft);
    if (!both) {
        return nft;
    }
    std::for_each(both->chains.begin(), both->chains.end(), addGuards);
    return std::move(*both);
}

/// Keeps the place of a table that is replaced: the order is the order of registration.
void merge(std::vector<Table> &all, Table table)
{
    std::for_each(table.chains.begin(), table.chains.end(), addGuards);
    const auto other = std::find_if(all.begin(), all.end(), [&table](const Table &each) { return describes(each, table); });
    if (other != all.end()) {
        *other = replacement(*other, table);
        return;
    }
    const auto old = std::find_if(all.begin(), all.end(),
                                  [&table](const Table &each) { return isSame(each, table) || describes(table, each); });
    if (old == all.end()) {
        all.push_back(std::move(table));
    } else {
        *old = describes(table, *old) ? replacement(table, *old) : std::move(table);
    }
}

} // namespace

Ruleset::Ruleset() : m_tables(std::make_shared<std::vector<Table>>()) {}
Ruleset::~Ruleset() = default;
Ruleset::Ruleset(Ruleset &&) noexcept = default;
Ruleset &Ruleset::operator=(Ruleset &&) noexcept = default;

void Ruleset::add(NftTables read)
{
    for (auto &table : read.tables) {
        merge(*m_tables, std::move(table));
    }
    constexpr std::array all{Realm::Ip4, Realm::Ip6, Realm::Arp, Realm::Bridge, Realm::Device};
    if (read.missing.empty()) {
        m_covered.insert(all.begin(), all.end());
    }
    for (const auto realm : all) {
        if (!read.missing.empty()) {
            m_gaps.emplace_back(realm, Missing{"nft -j list ruleset", read.missing, read.anything});
        }
    }
}

tl::expected<void, ParseError> Ruleset::addNftJson(std::string_view json)
{
    auto read = readNftJson(json);
    if (!read) {
        return tl::unexpected(read.error());
    }
    add(std::move(*read));
    return {};
}

tl::expected<void, ParseError> Ruleset::addNftText(std::string_view text, const Includes &includes)
{
    auto read = readNftText(text, includes);
    if (!read) {
        return tl::unexpected(read.error());
    }
    add(std::move(*read));
    return {};
}

tl::expected<void, ParseError> Ruleset::addIptablesSave(std::string_view text, net::Family family, std::string_view flavour)
{
    auto tables = readXtables(text, family, flavour, m_ipSets.get());
    if (!tables) {
        return tl::unexpected(tables.error());
    }
    for (auto &table : *tables) {
        merge(*m_tables, std::move(table));
    }
    cover({family == net::Family::v4 ? Realm::Ip4 : Realm::Ip6});
    return {};
}

tl::expected<void, ParseError> Ruleset::addIptablesRules(std::string_view text, net::Family family)
{
    auto tables = readXtablesRules(text, family, m_ipSets.get());
    if (!tables) {
        return tl::unexpected(tables.error());
    }
    for (auto &table : *tables) {
        merge(*m_tables, std::move(table));
    }
    const bool v4 = family == net::Family::v4;
    m_gaps.emplace_back(v4 ? Realm::Ip4 : Realm::Ip6,
                        Missing{v4 ? "iptables-save" : "ip6tables-save", "the other tables, of which -S lists one only", false});
    cover({v4 ? Realm::Ip4 : Realm::Ip6});
    return {};
}

tl::expected<void, ParseError> Ruleset::addEbtablesSave(std::string_view text, std::string_view flavour)
{
    auto tables = readEbtables(text, flavour);
    if (!tables) {
        return tl::unexpected(tables.error());
    }
    for (auto &table : *tables) {
        merge(*m_tables, std::move(table));
    }
    cover({Realm::Bridge});
    return {};
}

tl::expected<void, ParseError> Ruleset::addIpsetSave(std::string_view text)
{
    auto sets = m_ipSets ? std::make_shared<IpSets>(*m_ipSets) : std::make_shared<IpSets>();
    if (const auto error = readIpsetSave(text, *sets)) {
        return tl::unexpected(ParseError{error->message, {}, static_cast<std::int64_t>(error->position)});
    }
    m_ipSets = std::move(sets);
    return {};
}

std::vector<Missing> Ruleset::missing(Realm realm) const
{
    std::vector<Missing> all;
    for (const auto &[where, gap] : m_gaps) {
        if (where == realm) {
            all.push_back(gap);
        }
    }
    if (m_covered.count(realm) == 0 && all.empty()) {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> wanted{
            {{"iptables-save or nft -j list ruleset", "the rules for IPv4"},
             {"ip6tables-save or nft -j list ruleset", "the rules for IPv6"},
             {"nft -j list ruleset", "the rules for ARP"},
             {"ebtables-save or nft -j list ruleset", "the rules of bridges"},
             {"nft -j list ruleset", "the rules of devices"}}};
        const auto &[what, why] = wanted.at(static_cast<std::size_t>(realm));
        all.push_back({std::string(what), std::string(why) + " are not among what was given", true});
    }
    return all;
}

bool Ruleset::isEmpty() const
{
    return std::none_of(m_tables->begin(), m_tables->end(), [](const Table &table) {
        return std::any_of(table.chains.begin(), table.chains.end(), [](const Chain &chain) { return chain.base.has_value(); });
    });
}

int Ruleset::ruleCount() const
{
    return std::accumulate(m_tables->begin(), m_tables->end(), 0, [](int sum, const Table &table) {
        return std::accumulate(table.chains.begin(), table.chains.end(), sum,
                               [](int inner, const Chain &chain) { return inner + static_cast<int>(chain.rules.size()); });
    });
}

Ruleset Ruleset::with(std::vector<Acceptance> accepts) const
{
    Ruleset changed;
    changed.m_tables = m_tables;
    changed.m_covered = m_covered;
    changed.m_gaps = m_gaps;
    changed.m_ipSets = m_ipSets;
    changed.m_accepts = std::move(accepts);
    return changed;
}

const std::vector<Acceptance> &Ruleset::accepts() const { return m_accepts; }

const std::vector<Table> &Ruleset::tables() const { return *m_tables; }

} // namespace bothways::filter
