// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/ebtables/ebtables_rule.h"

#include "filter/ebtables/ebtables_match.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

struct Count {
    std::string_view option;
    int values;
};

// All others that are known take one.
constexpr std::array counts{
    Count{"c", 2},        Count{"set-counters", 2}, Count{"log", 0},  Count{"log-ip", 0},         Count{"log-ip6", 0},
    Count{"log-arp", 0},  Count{"nflog", 0},        Count{"ulog", 0}, Count{"arp-gratuitous", 0}, Count{"string-icase", 0},
    Count{"snat-arp", 0},
};

/// They watch and go on.
bool isWatcher(std::string_view option)
{
    return option == "log" || option.starts_with("log-") || option.starts_with("nflog") || option.starts_with("ulog");
}

constexpr std::array targetOptions{
    std::string_view("mark-set"),        std::string_view("mark-or"),      std::string_view("mark-and"),
    std::string_view("mark-xor"),        std::string_view("mark-target"),  std::string_view("to-source"),
    std::string_view("to-src"),          std::string_view("snat-target"),  std::string_view("snat-arp"),
    std::string_view("to-destination"),  std::string_view("to-dst"),       std::string_view("dnat-target"),
    std::string_view("redirect-target"), std::string_view("arpreply-mac"), std::string_view("arpreply-target"),
    std::string_view("set-mark"),        std::string_view("limit-burst"),
};

bool isTargetOption(std::string_view option)
{
    return std::find(targetOptions.begin(), targetOptions.end(), option) != targetOptions.end();
}

class RuleReader {
public:
    RuleReader(std::span<const Token> tokens, const Table &table, Rule &rule) : m_tokens(tokens), m_table(table), m_rule(rule) {}
    tl::expected<void, std::string> read();

private:
    bool takeOption(Option &option);
    void readCondition(const Option &option);
    void readTarget(const std::string &name);
    void readMark();
    void readArpReply();
    void act(std::string_view verdict);
    const Option *find(std::string_view name) const;
    std::string text(std::size_t first) const { return written(m_tokens.subspan(first, m_at - first)); }

    std::span<const Token> m_tokens;
    const Table &m_table;
    Rule &m_rule;
    std::vector<Option> m_target; ///< options of the target
    std::size_t m_at = 0;
    bool m_reverseArp = false;
    std::string m_reverseArpText; ///< what is asked of RARP
};

/// The "!" stands before the option or behind it. False: what stands here is no option with its values.
bool RuleReader::takeOption(Option &option)
{
    const auto start = m_at;
    const auto negation = [this, &option] {
        if (m_at < m_tokens.size() && is(m_tokens[m_at], "!")) {
            option.negated = true;
            ++m_at;
        }
    };
    negation();
    if (m_at >= m_tokens.size() || m_tokens[m_at].quoted || !m_tokens[m_at].text.starts_with('-')) {
        m_at = std::min(m_at + 1, m_tokens.size());
        option.text = text(start);
        return false;
    }
    const auto &name = m_tokens[m_at++].text;
    option.name = name.substr(std::min(name.size(), name.find_first_not_of('-')));
    const auto *const found =
        std::find_if(counts.begin(), counts.end(), [&option](const Count &each) { return each.option == option.name; });
    negation();
    for (int left = found == counts.end() ? 1 : found->values; left > 0 && m_at < m_tokens.size(); --left) {
        option.values.push_back(m_tokens[m_at++].text);
    }
    option.text = text(start);
    return found != counts.end() ? option.values.size() == static_cast<std::size_t>(found->values) : !option.values.empty();
}

const Option *RuleReader::find(std::string_view name) const
{
    const auto found = std::find_if(m_target.begin(), m_target.end(), [name](const Option &each) { return each.name == name; });
    return found == m_target.end() ? nullptr : &*found;
}

void RuleReader::act(std::string_view verdict)
{
    // What the BROUTING chain drops leaves the bridge and is handed to IP as the port's own (ebtable_broute.c).
    if (verdict == "DROP" && m_table.name == "broute") {
        m_rule.statements.emplace_back(UnknownStatement{"-j DROP", "the frame leaves the bridge and is routed"});
        return;
    }
    static constexpr std::array<std::pair<std::string_view, Action::Kind>, 4> kinds{{
        {"ACCEPT", Action::Kind::Accept},
        {"DROP", Action::Kind::Drop},
        {"CONTINUE", Action::Kind::Continue},
        {"RETURN", Action::Kind::Return},
    }};
    const auto *const found = std::find_if(kinds.begin(), kinds.end(), [&](const auto &each) { return each.first == verdict; });
    if (found == kinds.end()) {
        m_rule.statements.emplace_back(UnknownStatement{"-j " + std::string(verdict), std::string(verdict)});
    } else {
        m_rule.statements.emplace_back(Action{found->second, 0});
    }
}

/// --mark-set and its sisters; old ones wrote --set-mark.
void RuleReader::readMark()
{
    constexpr std::uint64_t highest = 0xffffffff;
    for (const auto &option : m_target) {
        if (option.name == "mark-target") {
            continue;
        }
        const auto value = readNumber(option.values[0]);
        if (!value || *value > highest) {
            m_rule.statements.emplace_back(Blur{Key::Mark});
            continue;
        }
        const auto bits = static_cast<std::uint32_t>(*value);
        if (option.name == "mark-or") {
            m_rule.statements.emplace_back(SetMark{~bits, bits});
        } else if (option.name == "mark-and") {
            m_rule.statements.emplace_back(SetMark{bits, 0});
        } else {
            m_rule.statements.emplace_back(SetMark{option.name == "mark-xor" ? ~std::uint32_t{0} : 0U, bits});
        }
    }
}

/// Answers requests itself; anything else goes on.
void RuleReader::readArpReply()
{
    const Option request{{}, false, {}, "-j arpreply"};
    addMatch(m_rule.statements, request, {{Key::ArpOperation, allBits}}, {point(1)});
}

void RuleReader::readTarget(const std::string &name)
{
    struct Extension {
        std::string_view name;
        std::string_view verdict;
        std::string_view usual;
        std::vector<Key> changes;
    };
    static const std::array<Extension, 5> extensions{{
        {"mark", "mark-target", "ACCEPT", {}},
        {"redirect", "redirect-target", "ACCEPT", {Key::EtherDestination, Key::PacketType}},
        {"dnat", "dnat-target", "ACCEPT", {Key::EtherDestination, Key::PacketType}},
        {"snat", "snat-target", "ACCEPT", {Key::EtherSource, Key::ArpSenderMac}},
        {"arpreply", "arpreply-target", "DROP", {}},
    }};
    const auto chain = m_table.chainIndex.find(name);
    if (chain != m_table.chainIndex.end()) {
        m_rule.statements.emplace_back(Action{Action::Kind::Jump, chain->second});
        return;
    }
    const auto *const extension =
        std::find_if(extensions.begin(), extensions.end(), [&name](const Extension &each) { return each.name == name; });
    if (extension == extensions.end()) {
        act(name);
        return;
    }
    if (name == "mark") {
        readMark();
    } else if (name == "arpreply") {
        readArpReply();
    }
    for (const auto key : extension->changes) {
        m_rule.statements.emplace_back(Blur{key});
    }
    const auto *verdict = find(extension->verdict);
    act(verdict == nullptr ? extension->usual : std::string_view(verdict->values[0]));
}

void RuleReader::readCondition(const Option &option)
{
    if (option.name == "c" || option.name == "set-counters") {
        const auto packets = readNumber(option.values[0]);
        m_rule.packets = packets && *packets <= std::uint64_t{INT64_MAX} ? static_cast<std::int64_t>(*packets) : -1;
    } else if (isTargetOption(option.name)) {
        m_target.push_back(option);
    } else if (m_reverseArp && option.name.starts_with("arp-")) {
        m_reverseArpText += (m_reverseArpText.empty() ? "" : " ") + option.text;
    } else if (!isWatcher(option.name) && !readFrameOption(option, m_table.flavour == "nft", m_rule.statements)) {
        m_rule.statements.emplace_back(UnknownMatch{option.text, option.name});
    }
}

tl::expected<void, std::string> RuleReader::read()
{
    std::string target;
    while (m_at < m_tokens.size()) {
        Option option;
        if (!takeOption(option)) {
            m_rule.statements.emplace_back(UnknownMatch{option.text, option.text});
        } else if (option.name == "j" || option.name == "jump") {
            target = option.values[0];
        } else {
            m_reverseArp = m_reverseArp || (option.name == "p" && lower(option.values[0]) == "rarp");
            readCondition(option);
        }
    }
    if (!m_reverseArpText.empty()) {
        m_rule.statements.emplace_back(UnknownMatch{m_reverseArpText, "RARP"}); // the walk's packet carries ARP only
    }
    if (!target.empty()) {
        readTarget(target);
    }
    return {};
}

} // namespace

tl::expected<void, std::string> readEbtablesRule(std::span<const Token> tokens, const Table &table, Rule &rule)
{
    return RuleReader(tokens, table, rule).read();
}

} // namespace bothways::filter
