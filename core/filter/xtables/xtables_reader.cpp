// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_reader.h"

#include "filter/xtables/xtables_rule.h"

#include <algorithm>
#include <array>
#include <set>

namespace bothways::filter {
namespace {

struct BuiltIn {
    std::string_view table;
    std::string_view chain;
    Hook hook;
    int priority;
};

constexpr int securityOfNft = 150;

// include/uapi/linux/netfilter_ipv4.h, enum nf_ip_hook_priorities
constexpr std::array builtIns{
    BuiltIn{"raw", "PREROUTING", Hook::Prerouting, -300},
    BuiltIn{"raw", "OUTPUT", Hook::Output, -300},
    BuiltIn{"mangle", "PREROUTING", Hook::Prerouting, -150},
    BuiltIn{"mangle", "INPUT", Hook::Input, -150},
    BuiltIn{"mangle", "FORWARD", Hook::Forward, -150},
    BuiltIn{"mangle", "OUTPUT", Hook::Output, -150},
    BuiltIn{"mangle", "POSTROUTING", Hook::Postrouting, -150},
    BuiltIn{"nat", "PREROUTING", Hook::Prerouting, -100},
    BuiltIn{"nat", "OUTPUT", Hook::Output, -100},
    BuiltIn{"nat", "INPUT", Hook::Input, 100},
    BuiltIn{"nat", "POSTROUTING", Hook::Postrouting, 100},
    BuiltIn{"filter", "INPUT", Hook::Input, 0},
    BuiltIn{"filter", "FORWARD", Hook::Forward, 0},
    BuiltIn{"filter", "OUTPUT", Hook::Output, 0},
    BuiltIn{"security", "INPUT", Hook::Input, 50},
    BuiltIn{"security", "FORWARD", Hook::Forward, 50},
    BuiltIn{"security", "OUTPUT", Hook::Output, 50},
};

class Reader {
public:
    Reader(net::Family family, std::string_view flavour, const IpSets *sets) : m_family(family), m_flavour(flavour), m_sets(sets)
    {}
    tl::expected<std::vector<Table>, ParseError> read(std::string_view text);

private:
    using Result = tl::expected<void, std::string>;

    Result readLine(std::string_view line);
    struct Command;

    Result openTable(std::string_view name);
    Result readChain(std::string_view line);
    Result readRule(std::string_view line);
    Result changeRules(Command command, std::string_view line);
    Result changeChains(const Command &command);
    Result deleteChain(std::string_view name);
    Result setPolicy(std::string_view name, std::string_view policy);
    tl::expected<Rule, std::string> ruleOf(const Command &command, const Chain &chain, std::string_view line);
    bool isForFamily(Command &command) const;
    Chain hooked(const BuiltIn &place) const;
    Chain *find(std::string_view name);
    Chain *add(Chain chain);
    void closeTable();

    net::Family m_family;
    std::string m_flavour;
    const IpSets *m_sets;
    std::set<std::string> m_changing;
    std::vector<Table> m_tables;
    std::size_t m_table = 0;            ///< the open one
    std::set<std::string> m_declared{}; ///< chains that a line with a colon named since the table was opened
    bool m_open = false;
    std::size_t m_rules = 0;
};

tl::unexpected<std::string> error(std::string message) { return tl::unexpected(std::move(message)); }

/// Sets to which rules add or from which they delete: what is in them when the packet comes by is not what was saved.
std::set<std::string> changingSets(std::string_view text)
{
    std::set<std::string> names;
    for (const std::string_view option : {" --add-set ", " --del-set "}) {
        for (auto at = text.find(option); at != std::string_view::npos; at = text.find(option, at + 1)) {
            const auto start = at + option.size();
            names.emplace(text.substr(start, std::min(text.find_first_of(" \n", start), text.size()) - start));
        }
    }
    return names;
}

/// "[packets:bytes]" in front of the rest, which it leaves; -1 where there is none.
std::int64_t takeCounter(std::string_view &text)
{
    const auto colon = text.find(':');
    const auto end = text.find(']');
    if (!text.starts_with('[') || colon == std::string_view::npos || end == std::string_view::npos || colon > end) {
        return -1;
    }
    const auto packets = readNumber(text.substr(1, colon - 1));
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(' ', end + 1)));
    return packets && *packets <= std::uint64_t{INT64_MAX} ? static_cast<std::int64_t>(*packets) : -1;
}

/// A table that is opened again begins anew: the restore empties it, and leaves the policies as they are.
Reader::Result Reader::openTable(std::string_view name)
{
    const bool known = std::any_of(builtIns.begin(), builtIns.end(), [name](const BuiltIn &each) { return each.table == name; });
    if (m_open || !known) {
        return error(m_open ? "the table before has no COMMIT" : "no table of iptables");
    }
    m_open = true;
    m_declared.clear();
    const auto again = std::find_if(m_tables.begin(), m_tables.end(), [name](const Table &each) { return each.name == name; });
    m_table = static_cast<std::size_t>(again - m_tables.begin());
    if (again != m_tables.end()) {
        std::erase_if(again->chains, [](const Chain &each) { return !each.base; });
        again->chainIndex.clear();
        for (std::size_t i = 0; i < again->chains.size(); ++i) {
            again->chains[i].rules.clear();
            again->chainIndex.emplace(again->chains[i].name, i);
        }
        return {};
    }
    Table table;
    table.backend = m_family == net::Family::v4 ? "iptables" : "ip6tables";
    table.flavour = m_flavour;
    table.family = m_family == net::Family::v4 ? "ip" : "ip6";
    table.name = name;
    m_tables.push_back(std::move(table));
    return {};
}

const BuiltIn *builtIn(std::string_view table, std::string_view chain)
{
    const auto *const found = std::find_if(builtIns.begin(), builtIns.end(),
                                           [&](const BuiltIn &each) { return each.table == table && each.chain == chain; });
    return found == builtIns.end() ? nullptr : found;
}

/// Where nobody says what a chain's policy is, the kernel's stays, which is not known. None of NAT drops (iptables refuses it).
Chain Reader::hooked(const BuiltIn &place) const
{
    Chain chain;
    chain.name = place.chain;
    const bool nat = place.table == "nat";
    // iptables-nft has a number of its own for this table (iptables/nft.c, xtables_ipv4).
    const int priority = m_flavour == "nft" && place.table == "security" ? securityOfNft : place.priority;
    chain.base = BaseHook{place.hook, priority, nat, false};
    chain.base->policyKnown = nat;
    return chain;
}

/// A chain that is there, or one of the kernel's own, which always is; null for any other.
Chain *Reader::find(std::string_view name)
{
    auto &table = m_tables[m_table];
    const auto found = table.chainIndex.find(name);
    if (found != table.chainIndex.end()) {
        return &table.chains[found->second];
    }
    const auto *place = builtIn(table.name, name);
    return place == nullptr ? nullptr : add(hooked(*place));
}

Chain *Reader::add(Chain chain)
{
    auto &table = m_tables[m_table];
    table.chainIndex.emplace(chain.name, table.chains.size());
    table.chains.push_back(std::move(chain));
    return &table.chains.back();
}

Reader::Result Reader::setPolicy(std::string_view name, std::string_view policy)
{
    if (builtIn(m_tables[m_table].name, name) == nullptr) {
        return error("a policy on a chain that has no hook");
    }
    auto &base = *find(name)->base;
    base.dropByPolicy = policy == "DROP";
    base.policyKnown = true;
    return policy == "ACCEPT" || policy == "DROP" ? Result{} : error("no policy");
}

/// ":INPUT DROP [12:900]"; "-" keeps the policy of one of the kernel's chains, and makes any other chain.
Reader::Result Reader::readChain(std::string_view line)
{
    const auto first = line.find(' ');
    if (first == std::string_view::npos || first == 1) {
        return error("a chain without a name or a policy");
    }
    const auto name = line.substr(1, first - 1);
    line.remove_prefix(first + 1);
    const auto policy = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(line.size(), policy.size() + 1));
    if (!m_declared.emplace(name).second) {
        return error("the chain is there twice");
    }
    if (policy != "-") {
        if (auto result = setPolicy(name, policy); !result) {
            return result;
        }
    } else if (find(name) == nullptr) {
        Chain chain;
        chain.name = name;
        add(std::move(chain));
    }
    find(name)->packets = takeCounter(line);
    return {};
}

/// The words of one command line as `iptables` has them, of which a file of its restore may hold any (iptables-restore(8)).
struct Reader::Command {
    char kind = '\0';         ///< its short name
    std::vector<Token> words; ///< behind it
    std::int64_t packets = -1;
};

char commandNamed(const Token &token)
{
    static constexpr std::array<std::pair<std::string_view, char>, 11> names{{{"append", 'A'},
                                                                              {"insert", 'I'},
                                                                              {"replace", 'R'},
                                                                              {"delete", 'D'},
                                                                              {"new-chain", 'N'},
                                                                              {"policy", 'P'},
                                                                              {"flush", 'F'},
                                                                              {"delete-chain", 'X'},
                                                                              {"zero", 'Z'},
                                                                              {"rename-chain", 'E'},
                                                                              {"new", 'N'}}};
    for (const auto &[name, kind] : names) {
        if (token.text == "--" + std::string(name) || token.text == std::string{'-', kind}) {
            return kind;
        }
    }
    return '\0';
}

/// Options that say for which family a rule is and how its counters stand, but nothing of packets.
bool Reader::isForFamily(Command &command) const
{
    bool meant = true;
    for (std::size_t i = 0; i < command.words.size();) {
        const auto &word = command.words[i];
        const bool four = is(word, "-4") || is(word, "--ipv4");
        const bool six = is(word, "-6") || is(word, "--ipv6");
        const bool counters = is(word, "-c") || is(word, "--set-counters");
        const bool mute = is(word, "-w") || is(word, "--wait") || is(word, "-n") || is(word, "-v") || is(word, "-x");
        if (!four && !six && !mute && (!counters || i + 2 >= command.words.size())) {
            ++i;
            continue;
        }
        meant = meant && !(four && m_family == net::Family::v6) && !(six && m_family == net::Family::v4);
        if (counters) {
            const auto packets = readNumber(command.words[i + 1].text);
            command.packets = packets && *packets <= std::uint64_t{INT64_MAX} ? static_cast<std::int64_t>(*packets) : -1;
        }
        const auto place = command.words.begin() + static_cast<std::ptrdiff_t>(i);
        command.words.erase(place, place + (counters ? 3 : 1));
    }
    return meant;
}

/// A rule's number in its chain, where the command has one; 0 where it has none.
tl::expected<std::size_t, std::string> takeNumber(std::vector<Token> &words, std::size_t most)
{
    const auto number = words.size() > 1 ? readNumber(words[1].text) : std::nullopt;
    if (!number) {
        return std::size_t{0};
    }
    if (*number == 0 || *number > most) {
        return tl::unexpected(std::string("the chain has no rule of this number"));
    }
    words.erase(words.begin() + 1);
    return static_cast<std::size_t>(*number);
}

/// What stands behind the chain's name; `line` is empty where the rule is to be written anew.
tl::expected<Rule, std::string> Reader::ruleOf(const Command &command, const Chain &chain, std::string_view line)
{
    if (++m_rules > mostRules) {
        return tl::unexpected(std::string("too many rules"));
    }
    Rule rule;
    rule.packets = command.packets;
    const auto words = std::span(command.words).subspan(1);
    rule.text = line.empty() ? "-A " + chain.name + (words.empty() ? "" : " ") + written(words) : std::string(line);
    const auto result = readXtablesRule(words, m_tables[m_table], chain, {m_family, m_sets, &m_changing}, rule);
    return result ? tl::expected<Rule, std::string>(std::move(rule)) : tl::unexpected(result.error());
}

Reader::Result Reader::changeRules(Command command, std::string_view line)
{
    auto *chain = command.words.empty() ? nullptr : find(command.words[0].text);
    if (chain == nullptr) {
        return error("a rule of a chain that was not declared");
    }
    auto &rules = chain->rules;
    const bool inserts = command.kind == 'I';
    const auto number = command.kind == 'A' ? tl::expected<std::size_t, std::string>(0)
                                            : takeNumber(command.words, rules.size() + (inserts ? 1 : 0));
    if (!number) {
        return error(number.error());
    }
    const auto at = rules.begin() + static_cast<std::ptrdiff_t>(*number == 0 ? 0 : *number - 1);
    if (command.kind == 'D' && *number > 0) {
        rules.erase(at);
        return {};
    }
    auto rule = ruleOf(command, *chain, line);
    if (!rule) {
        return error(rule.error());
    }
    if (command.kind == 'D') {
        const auto same = std::find_if(rules.begin(), rules.end(), [&rule](const Rule &each) { return each.text == rule->text; });
        if (same == rules.end()) {
            return error("no rule of the chain is written like the one to delete");
        }
        rules.erase(same);
    } else if (command.kind == 'A') {
        rules.push_back(std::move(*rule));
    } else if (inserts) {
        rules.insert(at, std::move(*rule));
    } else if (*number > 0) {
        *at = std::move(*rule);
    } else {
        return error("the number of the rule to replace is missing");
    }
    return {};
}

/// Jumps name chains by their place, so that a chain which is gone leaves its place empty.
Reader::Result Reader::deleteChain(std::string_view name)
{
    auto &table = m_tables[m_table];
    const auto found = table.chainIndex.find(name);
    if (found == table.chainIndex.end() || table.chains[found->second].base || !table.chains[found->second].rules.empty()) {
        return error("no empty chain of this name that could be deleted");
    }
    m_declared.erase(std::string(name));
    table.chainIndex.erase(found);
    return {};
}

Reader::Result Reader::changeChains(const Command &command)
{
    auto &table = m_tables[m_table];
    const auto name = command.words.empty() ? std::string{} : command.words[0].text;
    const auto second = command.words.size() > 1 ? command.words[1].text : std::string{};
    if (command.kind == 'P') {
        return setPolicy(name, second);
    }
    if (command.kind == 'N') {
        if (name.empty() || find(name) != nullptr) {
            return error("a new chain without a name, or one that is there");
        }
        Chain chain;
        chain.name = name;
        add(std::move(chain));
        return {};
    }
    if (command.kind == 'E') {
        const auto found = table.chainIndex.find(name);
        if (found == table.chainIndex.end() || table.chains[found->second].base || second.empty() || find(second) != nullptr) {
            return error("no chain that could be renamed so");
        }
        const auto place = found->second;
        table.chainIndex.erase(found);
        table.chains[place].name = second;
        table.chainIndex.emplace(second, place);
        return {};
    }
    if (command.kind == 'X' && !name.empty()) {
        return deleteChain(name);
    }
    if (!name.empty() && find(name) == nullptr) {
        return error("no such chain");
    }
    for (auto &chain : table.chains) {
        if (command.kind == 'F' && (name.empty() || chain.name == name)) {
            chain.rules.clear();
        }
    }
    std::vector<std::string> made;
    for (const auto &[each, place] : table.chainIndex) {
        if (command.kind == 'X' && !table.chains[place].base) {
            made.push_back(each);
        }
    }
    for (const auto &each : made) {
        if (auto result = deleteChain(each); !result) {
            return result;
        }
    }
    return {};
}

Reader::Result Reader::readRule(std::string_view line)
{
    Command command;
    command.packets = takeCounter(line);
    auto tokens = splitTokens(line);
    if (!tokens || tokens->empty()) {
        return error("a quote that is never closed");
    }
    command.words = separate(std::span(*tokens).subspan(1));
    command.kind = commandNamed(tokens->front());
    const auto words = command.words.size();
    if (command.kind == '\0') {
        return error("no command of iptables-restore");
    }
    if (!isForFamily(command)) {
        return {};
    }
    if (std::string_view("AIRD").find(command.kind) != std::string_view::npos) {
        const bool asWritten = is(tokens->front(), "-A") && command.words.size() == words;
        return changeRules(std::move(command), asWritten ? line : std::string_view{});
    }
    return changeChains(command);
}

/// The kernel's chains that nobody wrote of: both flavours save every one of a table, so what their policy is was left out.
void Reader::closeTable()
{
    m_open = false;
    for (const auto &each : builtIns) {
        if (each.table == m_tables[m_table].name && each.table != "nat") {
            find(each.chain);
        }
    }
}

Reader::Result Reader::readLine(std::string_view line)
{
    if (line.empty() || line.front() == '#') {
        return {};
    }
    if (line.front() == '*') {
        return openTable(line.substr(1));
    }
    if (!m_open) {
        return error("a line outside of any table");
    }
    if (line == "COMMIT") {
        closeTable();
        return {};
    }
    return line.front() == ':' ? readChain(line) : readRule(line);
}

tl::expected<std::vector<Table>, ParseError> Reader::read(std::string_view text)
{
    if (text.size() > longestInput) {
        return tl::unexpected(ParseError{"longer than 64 MiB", {}, 0});
    }
    m_changing = changingSets(text);
    std::size_t at = 0;
    while (at < text.size()) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto line = text.substr(at, end - at);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
            line.remove_suffix(1);
        }
        const auto result = readLine(line);
        if (!result) {
            const auto path = m_tables.empty() ? std::string{} : m_tables[m_table].name;
            return tl::unexpected(ParseError{result.error(), path, static_cast<std::int64_t>(at)});
        }
        at = end + 1;
    }
    if (m_open) {
        return tl::unexpected(
            ParseError{"the last table has no COMMIT", m_tables[m_table].name, static_cast<std::int64_t>(text.size())});
    }
    return std::move(m_tables);
}

} // namespace

tl::expected<std::vector<Table>, ParseError> readXtablesRules(std::string_view text, net::Family family, const IpSets *sets)
{
    const auto has = [text](std::string_view chain) {
        return text.find("-P " + std::string(chain) + ' ') != std::string_view::npos;
    };
    const bool routed = has("PREROUTING") || has("POSTROUTING");
    const auto *table = !routed ? "filter" : has("FORWARD") ? "mangle" : has("POSTROUTING") ? "nat" : "raw";
    const auto head = "*" + std::string(table) + '\n';
    const auto separator = text.ends_with('\n') ? "" : "\n";
    auto tables = readXtables(head + std::string(text) + separator + "COMMIT\n", family, "legacy", sets);
    if (!tables && tables.error().position >= static_cast<std::int64_t>(head.size())) {
        tables.error().position -= static_cast<std::int64_t>(head.size());
    }
    return tables;
}

tl::expected<std::vector<Table>, ParseError> readXtables(std::string_view text, net::Family family, std::string_view flavour,
                                                         const IpSets *sets)
{
    return Reader(family, flavour, sets).read(text);
}

} // namespace bothways::filter
