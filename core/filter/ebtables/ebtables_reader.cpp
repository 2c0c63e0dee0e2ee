// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/ebtables/ebtables_reader.h"

#include "filter/ebtables/ebtables_rule.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

struct BuiltIn {
    std::string_view table;
    std::string_view chain;
    Hook hook;
    int legacyPriority;
    int nftPriority;
};

// include/uapi/linux/netfilter_bridge.h, enum nf_br_hook_priorities; ebtables-nft hangs its OUTPUT beside the other two.
constexpr std::array builtIns{
    BuiltIn{"filter", "INPUT", Hook::BridgeInput, -200, -200},
    BuiltIn{"filter", "FORWARD", Hook::BridgeForward, -200, -200},
    BuiltIn{"filter", "OUTPUT", Hook::BridgeOutput, 200, -200},
    BuiltIn{"nat", "PREROUTING", Hook::BridgePrerouting, -300, -300},
    BuiltIn{"nat", "OUTPUT", Hook::BridgeOutput, 100, 100},
    BuiltIn{"nat", "POSTROUTING", Hook::BridgePostrouting, 300, 300},
    BuiltIn{"broute", "BROUTING", Hook::BridgePrerouting, INT32_MIN, INT32_MIN},
};

class Reader {
public:
    explicit Reader(std::string_view flavour) : m_flavour(flavour) {}
    tl::expected<std::vector<Table>, ParseError> read(std::string_view text);

private:
    using Result = tl::expected<void, std::string>;

    Result readLine(std::string_view line);
    Result openTable(std::string_view name);
    Result readChain(std::string_view line);
    Result readRule(std::string_view line);
    void closeTable();

    std::string m_flavour;
    std::vector<Table> m_tables;
    std::vector<std::pair<std::size_t, std::string>> m_policies; ///< of the chains without a hook
    std::size_t m_rules = 0;
};

tl::unexpected<std::string> error(std::string message) { return tl::unexpected(std::move(message)); }

Reader::Result Reader::openTable(std::string_view name)
{
    closeTable();
    const bool known = std::any_of(builtIns.begin(), builtIns.end(), [name](const BuiltIn &each) { return each.table == name; });
    const bool twice = std::any_of(m_tables.begin(), m_tables.end(), [name](const Table &each) { return each.name == name; });
    if (!known || twice) {
        return error(known ? "the table is there twice" : "no table of ebtables");
    }
    Table table;
    table.backend = "ebtables";
    table.flavour = m_flavour;
    table.family = "bridge";
    table.name = name;
    m_tables.push_back(std::move(table));
    return {};
}

/// ":INPUT ACCEPT"; chains that somebody made have a policy, too.
Reader::Result Reader::readChain(std::string_view line)
{
    auto &table = m_tables.back();
    const auto space = line.find(' ');
    if (space == std::string_view::npos || space == 1) {
        return error("a chain without a name or a policy");
    }
    Chain chain;
    chain.name = line.substr(1, space - 1);
    const auto rest = line.substr(space + 1);
    const auto policy = rest.substr(0, rest.find(' '));
    if (policy != "ACCEPT" && policy != "DROP" && policy != "RETURN") {
        return error("no policy");
    }
    const auto *const builtIn = std::find_if(builtIns.begin(), builtIns.end(), [&](const BuiltIn &each) {
        return each.table == table.name && each.chain == chain.name;
    });
    if (builtIn != builtIns.end()) {
        BaseHook base;
        base.hook = builtIn->hook;
        base.priority = m_flavour == "legacy" ? builtIn->legacyPriority : builtIn->nftPriority;
        base.dropByPolicy = policy == "DROP" && table.name != "broute";
        chain.base = base;
    }
    if (builtIn == builtIns.end() || table.name == "broute") {
        m_policies.emplace_back(table.chains.size(), policy);
    }
    if (!table.chainIndex.emplace(chain.name, table.chains.size()).second) {
        return error("the chain is there twice");
    }
    table.chains.push_back(std::move(chain));
    return {};
}

Reader::Result Reader::readRule(std::string_view line)
{
    auto &table = m_tables.back();
    Rule rule;
    if (line.starts_with('[')) {
        const auto packets = readNumber(line.substr(1, std::min(line.find(':'), line.size()) - 1));
        rule.packets = packets && *packets <= std::uint64_t{INT64_MAX} ? static_cast<std::int64_t>(*packets) : -1;
        line.remove_prefix(std::min(line.size(), line.find_first_not_of(' ', std::min(line.find(']'), line.size() - 1) + 1)));
    }
    rule.text = line;
    const auto tokens = splitTokens(line);
    if (!tokens || tokens->size() < 2 || (*tokens)[0].text != "-A") {
        return error("no rule that appends to a chain");
    }
    const auto chain = table.chainIndex.find((*tokens)[1].text);
    if (chain == table.chainIndex.end()) {
        return error("a rule of a chain that was not declared");
    }
    if (++m_rules > mostRules) {
        return error("too many rules");
    }
    const auto result = readEbtablesRule(std::span(*tokens).subspan(2), table, rule);
    if (!result) {
        return error(result.error());
    }
    table.chains[chain->second].rules.push_back(std::move(rule));
    return {};
}

/// A chain without a hook ends with its policy, unless that is to return.
void Reader::closeTable()
{
    for (const auto &[chain, policy] : m_policies) {
        auto &table = m_tables.back();
        if (policy == "RETURN" || (policy == "ACCEPT" && table.chains[chain].base)) {
            continue;
        }
        Rule rule;
        rule.text = "-P " + table.chains[chain].name + ' ' + policy;
        const std::vector<Token> tokens{{"-j", false}, {policy, false}};
        if (readEbtablesRule(tokens, table, rule)) {
            table.chains[chain].rules.push_back(std::move(rule));
        }
    }
    m_policies.clear();
}

Reader::Result Reader::readLine(std::string_view line)
{
    if (line.empty() || line.front() == '#' || line == "COMMIT") {
        return {};
    }
    if (line.front() == '*') {
        return openTable(line.substr(1));
    }
    if (m_tables.empty()) {
        return error("a line outside of any table");
    }
    return line.front() == ':' ? readChain(line) : readRule(line);
}

tl::expected<std::vector<Table>, ParseError> Reader::read(std::string_view text)
{
    if (text.size() > longestInput) {
        return tl::unexpected(ParseError{"longer than 64 MiB", {}, 0});
    }
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
            line.remove_suffix(1);
        }
        const auto result = readLine(line);
        if (!result) {
            const auto path = m_tables.empty() ? std::string{} : m_tables.back().name;
            return tl::unexpected(ParseError{result.error(), path, static_cast<std::int64_t>(at)});
        }
        at = end + 1;
    }
    closeTable();
    return std::move(m_tables);
}

bool isUnknown(const Statement &statement)
{
    return std::holds_alternative<UnknownMatch>(statement) || std::holds_alternative<UnknownStatement>(statement);
}

bool isCondition(const Statement &statement)
{
    return std::holds_alternative<Match>(statement) || std::holds_alternative<AnyOf>(statement) ||
           std::holds_alternative<Assumed>(statement);
}

/// What nft says of a rule, its jumps counted in the other table; nothing where one cannot be.
std::optional<std::vector<Statement>> translate(const Rule &rule, const Table &nft, const Table &ebtables)
{
    auto statements = rule.statements;
    for (auto &statement : statements) {
        auto *action = std::get_if<Action>(&statement);
        if (action == nullptr || (action->kind != Action::Kind::Jump && action->kind != Action::Kind::Goto)) {
            continue;
        }
        const auto chain = ebtables.chainIndex.find(nft.chains[action->chain].name);
        if (chain == ebtables.chainIndex.end()) {
            return std::nullopt;
        }
        action->chain = chain->second;
    }
    const bool mapped = std::any_of(statements.begin(), statements.end(),
                                    [](const Statement &each) { return std::holds_alternative<VerdictMap>(each); });
    return mapped ? std::nullopt : std::optional(std::move(statements));
}

/// All of nft's where it understood everything; else its conditions before what ebtables says.
bool combineRule(Rule &rule, const Rule &nftRule, const Table &nft, const Table &ebtables)
{
    auto statements = translate(nftRule, nft, ebtables);
    if (!statements) {
        return false;
    }
    if (std::any_of(statements->begin(), statements->end(), isUnknown)) {
        statements->erase(
            std::remove_if(statements->begin(), statements->end(), [](const Statement &each) { return !isCondition(each); }),
            statements->end());
        std::move(rule.statements.begin(), rule.statements.end(), std::back_inserter(*statements));
    }
    rule.statements = std::move(*statements);
    rule.handle = nftRule.handle;
    rule.packets = nftRule.packets;
    return true;
}

} // namespace

tl::expected<std::vector<Table>, ParseError> readEbtables(std::string_view text, std::string_view flavour)
{
    return Reader(flavour).read(text);
}

std::optional<Table> combine(const Table &ebtables, const Table &nft)
{
    auto all = ebtables;
    all.handle = nft.handle;
    for (auto &chain : all.chains) {
        const auto found = nft.chainIndex.find(chain.name);
        if (found == nft.chainIndex.end()) {
            // ebtables-nft-save names built-in chains that nobody needed yet.
            if (!chain.base || !chain.rules.empty() || chain.base->dropByPolicy) {
                return std::nullopt;
            }
            continue;
        }
        const auto &other = nft.chains[found->second];
        if (other.rules.size() != chain.rules.size()) {
            return std::nullopt;
        }
        chain.handle = other.handle;
        chain.base = other.base;
        for (std::size_t i = 0; i < chain.rules.size(); ++i) {
            if (!combineRule(chain.rules[i], other.rules[i], nft, ebtables)) {
                return std::nullopt;
            }
        }
    }
    return all;
}

} // namespace bothways::filter
