// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables_rule.h"

#include "filter/xtables_match.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

bool is(const Token &token, std::string_view text) { return !token.quoted && token.text == text; }

bool endsModule(const Token &token)
{
    return is(token, "-m") || is(token, "--match") || is(token, "-j") || is(token, "--jump") || is(token, "-g") ||
           is(token, "--goto");
}

std::string written(const std::vector<Token> &tokens, std::size_t first, std::size_t last)
{
    std::string all;
    for (auto i = first; i < last; ++i) {
        all += i == first ? "" : " ";
        all += tokens[i].quoted ? '"' + tokens[i].text + '"' : tokens[i].text;
    }
    return all;
}

class RuleReader {
public:
    RuleReader(const std::vector<Token> &tokens, const Table &table, net::Family family, Rule &rule)
        : m_tokens(tokens), m_table(table), m_family(family), m_rule(rule)
    {}
    tl::expected<void, std::string> read();

private:
    void readModule();
    bool readOption(std::string_view module);
    void readBasicOption();
    tl::expected<void, std::string> readTarget(bool isGoto);
    std::optional<Statement> readKnownTarget(const std::string &name) const;
    std::optional<Statement> readMark() const;
    std::optional<std::string> targetValue(std::string_view option) const;

    const std::vector<Token> &m_tokens;
    const Table &m_table;
    net::Family m_family;
    Rule &m_rule;
    std::size_t m_at = 0;
};

/// One option with its values; false, and the place unchanged, where it is not known.
bool RuleReader::readOption(std::string_view module)
{
    Option option;
    auto at = m_at;
    if (is(m_tokens[at], "!")) {
        option.negated = true;
        ++at;
    }
    if (at >= m_tokens.size()) {
        return false;
    }
    option.name = m_tokens[at++].text;
    const int count = valueCount(module, option.name);
    if (count < 0 || m_tokens.size() - at < static_cast<std::size_t>(count)) {
        return false;
    }
    for (int i = 0; i < count; ++i) {
        option.values.push_back(m_tokens[at++].text);
    }
    option.text = written(m_tokens, m_at, at);
    if (module == "comment") {
        m_rule.comment = option.values[0];
    } else if (!readMatchOption(module, option, m_family, m_rule.statements)) {
        return false;
    }
    m_at = at;
    return true;
}

/// All of a module's options are one condition: if one is not understood, none counts.
void RuleReader::readModule()
{
    const auto start = m_at++;
    const auto before = m_rule.statements.size();
    if (m_at >= m_tokens.size()) {
        m_rule.statements.emplace_back(UnknownMatch{written(m_tokens, start, m_at), "a match without a name"});
        return;
    }
    const auto module = m_tokens[m_at++].text;
    static constexpr std::array<std::string_view, 15> modules{"tcp",     "udp",       "sctp",  "multiport", "icmp",
                                                              "icmp6",   "conntrack", "state", "mark",      "addrtype",
                                                              "iprange", "ttl",       "hl",    "length",    "mac"};
    bool known = module == "comment" || std::find(modules.begin(), modules.end(), module) != modules.end();
    while (m_at < m_tokens.size() && !endsModule(m_tokens[m_at])) {
        if (known && readOption(module)) {
            continue;
        }
        known = false;
        ++m_at;
    }
    if (!known) {
        m_rule.statements.resize(before, UnknownMatch{});
        m_rule.statements.emplace_back(UnknownMatch{written(m_tokens, start, m_at), module});
    }
}

/// -s -d -i -o -p, and -f: the walk's packet is no fragment.
void RuleReader::readBasicOption()
{
    const auto start = m_at;
    const bool negated = is(m_tokens[m_at], "!");
    const auto name = m_at + (negated ? 1 : 0);
    if (name < m_tokens.size() && is(m_tokens[name], "-f")) {
        m_at = name + 1;
        if (!negated) {
            m_rule.statements.emplace_back(
                Match{{{Key::NfProtocol, allBits}}, Operator::In, std::make_shared<const Elements>(), {}, "-f"});
        }
        return;
    }
    if (readOption({})) {
        return;
    }
    m_at = name + 1;
    while (m_at < m_tokens.size() && !m_tokens[m_at].text.starts_with('-') && !is(m_tokens[m_at], "!")) {
        ++m_at;
    }
    m_at = std::min(m_at, m_tokens.size());
    const auto text = written(m_tokens, start, m_at);
    m_rule.statements.emplace_back(UnknownMatch{text, text});
}

std::optional<std::string> RuleReader::targetValue(std::string_view option) const
{
    for (auto i = m_at; i < m_tokens.size(); ++i) {
        if (is(m_tokens[i], option)) {
            return i + 1 < m_tokens.size() ? m_tokens[i + 1].text : std::string{};
        }
    }
    return std::nullopt;
}

/// mark = (mark & ~mask) ^ value, the form in which iptables-save prints every kind of it.
std::optional<Statement> RuleReader::readMark() const
{
    const auto text = targetValue("--set-xmark");
    const auto slash = text ? text->find('/') : std::string::npos;
    const auto value = text ? readNumber(std::string_view(*text).substr(0, slash)) : std::nullopt;
    const auto mask = slash == std::string::npos ? std::optional<std::uint64_t>(0xffffffff)
                                                 : readNumber(std::string_view(*text).substr(slash + 1));
    if (!value || !mask || *value > 0xffffffff || *mask > 0xffffffff) {
        return Blur{Key::Mark};
    }
    return SetMark{~static_cast<std::uint32_t>(*mask), static_cast<std::uint32_t>(*value)};
}

std::optional<Statement> RuleReader::readKnownTarget(const std::string &name) const
{
    static constexpr std::array<std::pair<std::string_view, Action::Kind>, 6> verdicts{{
        {"ACCEPT", Action::Kind::Accept},
        {"DROP", Action::Kind::Drop},
        {"REJECT", Action::Kind::Reject},
        {"RETURN", Action::Kind::Return},
        {"QUEUE", Action::Kind::Queue},
        {"NFQUEUE", Action::Kind::Queue},
    }};
    // They go on to the next rule and touch nothing that the walk compares.
    static constexpr std::array<std::string_view, 18> harmless{"LOG", "NFLOG",     "ULOG",     "TRACE",  "AUDIT",   "CHECKSUM",
                                                               "TOS", "DSCP",      "CLASSIFY", "SET",    "SECMARK", "CONNSECMARK",
                                                               "TEE", "IDLETIMER", "RATEEST",  "TCPMSS", "LED",     "ECN"};
    const auto verdict = std::find_if(verdicts.begin(), verdicts.end(), [&name](const auto &each) { return each.first == name; });
    if (verdict != verdicts.end()) {
        return Action{verdict->second};
    }
    if (std::find(harmless.begin(), harmless.end(), name) != harmless.end()) {
        return Action{Action::Kind::Continue};
    }
    if (name == "MARK") {
        return readMark();
    }
    if (name == "CONNMARK") {
        return targetValue("--restore-mark") ? Statement{Blur{Key::Mark}} : Statement{Action{Action::Kind::Continue}};
    }
    if (name == "TTL" || name == "HL") {
        return Blur{m_family == net::Family::v4 ? Key::Ip4Ttl : Key::Ip6HopLimit};
    }
    if (name == "NOTRACK" || name == "CT") {
        return name == "NOTRACK" || targetValue("--notrack") ? Statement{NoTrack{}} : Statement{Action{Action::Kind::Continue}};
    }
    return std::nullopt;
}

tl::expected<void, std::string> RuleReader::readTarget(bool isGoto)
{
    const auto start = m_at++;
    if (m_at >= m_tokens.size()) {
        return tl::unexpected(std::string("a target is missing"));
    }
    const auto name = m_tokens[m_at++].text;
    const auto chain = m_table.chainIndex.find(name);
    const auto text = written(m_tokens, start, m_tokens.size());
    if (chain != m_table.chainIndex.end()) {
        m_rule.statements.emplace_back(Action{isGoto ? Action::Kind::Goto : Action::Kind::Jump, chain->second});
    } else if (isGoto) {
        return tl::unexpected("\"" + name + "\" is no chain of this table");
    } else if (auto known = readKnownTarget(name)) {
        m_rule.statements.push_back(std::move(*known));
    } else {
        m_rule.statements.emplace_back(UnknownStatement{text, name});
    }
    m_at = m_tokens.size();
    return {};
}

tl::expected<void, std::string> RuleReader::read()
{
    while (m_at < m_tokens.size()) {
        const auto &token = m_tokens[m_at];
        if (is(token, "-m") || is(token, "--match")) {
            readModule();
        } else if (endsModule(token)) {
            return readTarget(is(token, "-g") || is(token, "--goto"));
        } else {
            readBasicOption();
        }
    }
    return {};
}

} // namespace

std::optional<std::vector<Token>> splitTokens(std::string_view line)
{
    std::vector<Token> tokens;
    std::size_t at = 0;
    while (true) {
        at = line.find_first_not_of(" \t", at);
        if (at == std::string_view::npos) {
            return tokens;
        }
        Token token;
        if (line[at] == '"') {
            token.quoted = true;
            for (++at; at < line.size() && line[at] != '"'; ++at) {
                at += line[at] == '\\' && at + 1 < line.size() ? 1 : 0;
                token.text += line[at];
            }
            if (at++ >= line.size()) {
                return std::nullopt;
            }
        } else {
            const auto end = std::min(line.find_first_of(" \t", at), line.size());
            token.text = line.substr(at, end - at);
            at = end;
        }
        tokens.push_back(std::move(token));
    }
}

tl::expected<void, std::string> readXtablesRule(const std::vector<Token> &tokens, const Table &table, net::Family family,
                                                Rule &rule)
{
    return RuleReader(tokens, table, family, rule).read();
}

} // namespace bothways::filter
