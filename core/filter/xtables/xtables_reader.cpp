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
    Result openTable(std::string_view name);
    Result readChain(std::string_view line);
    Result readRule(std::string_view line);

    net::Family m_family;
    std::string m_flavour;
    const IpSets *m_sets;
    std::set<std::string> m_changing;
    std::vector<Table> m_tables;
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

Reader::Result Reader::openTable(std::string_view name)
{
    const bool known = std::any_of(builtIns.begin(), builtIns.end(), [name](const BuiltIn &each) { return each.table == name; });
    const bool twice = std::any_of(m_tables.begin(), m_tables.end(), [name](const Table &each) { return each.name == name; });
    if (m_open || !known || twice) {
        return error(m_open ? "the table before has no COMMIT" : known ? "the table is there twice" : "no table of iptables");
    }
    Table table;
    table.backend = m_family == net::Family::v4 ? "iptables" : "ip6tables";
    table.flavour = m_flavour;
    table.family = m_family == net::Family::v4 ? "ip" : "ip6";
    table.name = name;
    m_tables.push_back(std::move(table));
    m_open = true;
    return {};
}

/// ":INPUT DROP [12:900]", a regular chain with "-" for its policy.
Reader::Result Reader::readChain(std::string_view line)
{
    auto &table = m_tables.back();
    const auto first = line.find(' ');
    if (first == std::string_view::npos || first == 1) {
        return error("a chain without a name or a policy");
    }
    Chain chain;
    chain.name = line.substr(1, first - 1);
    line.remove_prefix(first + 1);
    const auto policy = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(line.size(), policy.size() + 1));
    chain.packets = takeCounter(line);
    const auto builtIn = std::find_if(builtIns.begin(), builtIns.end(),
                                      [&](const BuiltIn &each) { return each.table == table.name && each.chain == chain.name; });
    if (policy == "ACCEPT" || policy == "DROP") {
        if (builtIn == builtIns.end()) {
            return error("a policy on a chain that has no hook");
        }
        // iptables-nft has a number of its own for this table (iptables/nft.c, xtables_ipv4).
        const int priority = m_flavour == "nft" && table.name == "security" ? securityOfNft : builtIn->priority;
        chain.base = BaseHook{builtIn->hook, priority, table.name == "nat", policy == "DROP"};
    } else if (policy != "-" || builtIn != builtIns.end()) {
        return error("no policy");
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
    rule.packets = takeCounter(line);
    rule.text = line;
    auto tokens = splitTokens(line);
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
    auto &target = table.chains[chain->second];
    const auto result = readXtablesRule(std::span(*tokens).subspan(2), table, target, {m_family, m_sets, &m_changing}, rule);
    if (!result) {
        return error(result.error());
    }
    target.rules.push_back(std::move(rule));
    return {};
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
        m_open = false;
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
            const auto path = m_tables.empty() ? std::string{} : m_tables.back().name;
            return tl::unexpected(ParseError{result.error(), path, static_cast<std::int64_t>(at)});
        }
        at = end + 1;
    }
    if (m_open) {
        return tl::unexpected(
            ParseError{"the last table has no COMMIT", m_tables.back().name, static_cast<std::int64_t>(text.size())});
    }
    return std::move(m_tables);
}

} // namespace

tl::expected<std::vector<Table>, ParseError> readXtables(std::string_view text, net::Family family, std::string_view flavour,
                                                         const IpSets *sets)
{
    return Reader(family, flavour, sets).read(text);
}

} // namespace bothways::filter
