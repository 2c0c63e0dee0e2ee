// SPDX-License-Identifier: GPL-3.0-or-later
#include "subject.h"

#include "ruleset_generator.h"
#include "visit.h"
#include "xtables_generator.h"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace bothways::kernel {
namespace {

constexpr int mostRefusals = 60;
constexpr int shareOfXtables = 10; // in percent: its tools take longer than all the rest

std::string program(bool v4, const std::string &flavour) { return std::string(v4 ? "iptables-" : "ip6tables-") + flavour; }

std::string xtablesName(bool v4, const std::string &flavour, const std::string &table, const std::string &chain,
                        const std::string &rule)
{
    return program(v4, flavour) + ' ' + table + ' ' + chain + ' ' + rule;
}

/// Nothing in any table of the legacy kind.
constexpr auto emptyTables =
    "*raw\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n"
    "*mangle\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n"
    ":POSTROUTING ACCEPT [0:0]\nCOMMIT\n"
    "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n"
    "*security\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n";

/// nft 1.0.6 leaves the device out of its JSON; later versions print it. The generator has it in the chain's name.
std::string withDevices(std::string json)
{
    for (const std::string device : {"eth0", "vnet0"}) {
        const auto end = "at" + device + '"';
        for (auto at = json.find("\"name\": \"base"); at != std::string::npos; at = json.find("\"name\": \"base", at + 1)) {
            const auto quote = json.find('"', at + 9);
            const auto hook = json.find("\"hook\": ", quote);
            if (json.compare(quote + 1 - end.size(), end.size(), end) == 0 && hook < json.find('}', quote)) {
                json.insert(hook, "\"dev\": \"" + device + "\", ");
            }
        }
    }
    return json;
}

} // namespace

/// The legacy tables stay from now on: at one priority they come behind nft's, being older. Which are older no dump shows.
Subject::Subject(const lab::Namespace &box) : m_box(box)
{
    restore(true, "legacy", emptyTables);
    restore(false, "legacy", emptyTables);
}

/// Loads what can be loaded of the text.
void Subject::loadNft(const std::string &text)
{
    const auto head = "flush ruleset\n" + oracleRules();
    auto all = head + text;
    for (int i = 0; i < mostRefusals; ++i) {
        const auto refusal = m_nft.run(all);
        if (refusal.empty()) {
            return;
        }
        const auto lines = refusedLines(refusal);
        if (lines.empty() || lines.begin()->first <= std::count(head.begin(), head.end(), '\n')) {
            throw std::runtime_error("nft refuses the ruleset as a whole: " + refusal);
        }
        for (const auto &[line, reason] : lines) {
            ++m_refused[reason];
        }
        all = withoutLines(all, lines);
    }
    throw std::runtime_error("nft refuses too much of a ruleset:\n" + text);
}

/// Line by line what the tool takes. The kernel refuses tables as a whole: such a one is left out.
void Subject::restore(bool v4, const std::string &flavour, std::string text)
{
    for (int i = 0; i < mostRefusals; ++i) {
        const auto result = m_box.run({program(v4, flavour) + "-restore"}, text);
        if (result.ok()) {
            return;
        }
        // "Error occurred at line: 8", "iptables-restore: line 8 failed"
        const auto at = std::min(result.err.find("line: "), result.err.find("line "));
        const auto line = at == std::string::npos ? 0 : std::atoi(result.err.c_str() + result.err.find(' ', at));
        ++m_refused[result.err.substr(0, result.err.find('\n'))];
        const auto shorter = withoutLines(text, {{line, {}}});
        if (line == 0 || text.size() - shorter.size() == std::string_view("COMMIT\n").size()) {
            return;
        }
        text = shorter;
    }
}

void Subject::loadXtables(Random &random)
{
    if (m_legacy) {
        restore(true, "legacy", emptyTables);
        restore(false, "legacy", emptyTables);
        m_legacy = false;
    }
    m_xtables = random.chance(shareOfXtables);
    for (const auto *flavour : {"nft", "legacy"}) {
        for (const bool v4 : {true, false}) {
            if (m_xtables && random.chance(50)) {
                restore(v4, flavour, XtablesGenerator(random, v4).ruleset());
                m_legacy = m_legacy || std::string_view(flavour) == "legacy";
            }
        }
    }
}

void Subject::read()
{
    m_rules = std::make_unique<filter::Ruleset>();
    m_saved.clear();
    m_nftRules.clear();
    const auto json = withDevices(withoutTable(m_nft.listJson(), oracleName));
    if (const auto nft = m_rules->addNftJson(json); !nft) {
        throw std::runtime_error("the reader refuses what nft printed: " + nft.error().message + " at " + nft.error().path);
    }
    if (!m_xtables) {
        return;
    }
    for (const auto &table : m_rules->tables()) {
        for (const auto &chain : table.chains) {
            for (std::size_t i = 0; i < chain.rules.size(); ++i) {
                const auto family =
                    table.family + ' ' + table.name + ' ' + chain.name + " #" + std::to_string(chain.rules[i].handle);
                m_nftRules[family] = xtablesName(table.family == "ip", "nft", table.name, chain.name, std::to_string(i + 1));
            }
        }
    }
    for (const auto *flavour : {"nft", "legacy"}) {
        for (const bool v4 : {true, false}) {
            const auto text = m_box.must(program(v4, flavour) + "-save -c");
            const auto result = m_rules->addIptablesSave(text, v4 ? net::Family::v4 : net::Family::v6, flavour);
            if (!result) {
                throw std::runtime_error("the reader refuses what iptables-save printed: " + result.error().message + '\n' +
                                         text);
            }
            m_saved += text;
        }
    }
}

void Subject::load(Random &random)
{
    RulesetGenerator generator(random);
    loadNft(generator.nftRuleset());
    loadXtables(random);
    read();
}

std::string Subject::text() const { return m_nft.listText(oracleName) + m_saved; }

std::string Subject::nameOf(const filter::RuleRef &rule)
{
    if (rule.backend != "nft") {
        return xtablesName(rule.backend == "iptables", rule.flavour, rule.table, rule.chain,
                           rule.policy ? "policy" : std::to_string(rule.position));
    }
    return rule.family + ' ' + rule.table + ' ' + rule.chain + ' ' + (rule.policy ? "policy" : '#' + std::to_string(rule.handle));
}

std::string Subject::nameOf(const std::string &family, const std::string &table, const std::string &chain,
                            std::int64_t handle) const
{
    const auto own = family + ' ' + table + ' ' + chain + ' ' + (handle == 0 ? "policy" : '#' + std::to_string(handle));
    const auto replaced = std::any_of(m_rules->tables().begin(), m_rules->tables().end(), [&](const filter::Table &each) {
        return each.flavour == "nft" && each.name == table && each.family == family;
    });
    if (!replaced) {
        return own;
    }
    const auto found = m_nftRules.find(own);
    return found == m_nftRules.end() ? xtablesName(family == "ip", "nft", table, chain, "policy") : found->second;
}

Subject::LegacyRule Subject::legacyRule(bool v4, const std::string &table, const std::string &chain, int position) const
{
    for (const auto &each : m_rules->tables()) {
        const auto found = each.chainIndex.find(chain);
        if (each.flavour != "legacy" || each.name != table || (each.family == "ip") != v4 || found == each.chainIndex.end()) {
            continue;
        }
        const auto &rules = each.chains[found->second].rules;
        const bool isRule = position >= 1 && static_cast<std::size_t>(position) <= rules.size();
        const bool accepts = isRule && rules[static_cast<std::size_t>(position) - 1].text.find(" -j ACCEPT") != std::string::npos;
        return {xtablesName(v4, "legacy", table, chain, isRule ? std::to_string(position) : "policy"), accepts, isRule};
    }
    return {xtablesName(v4, "legacy", table, chain, "?"), false, false};
}

} // namespace bothways::kernel
