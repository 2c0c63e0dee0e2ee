// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_rule.h"

#include "filter/xtables/xtables_match.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

constexpr std::uint64_t icmpv6 = 58;

bool isJump(const Token &token) { return is(token, "-j") || is(token, "--jump"); }
bool isGoto(const Token &token) { return is(token, "-g") || is(token, "--goto"); }
bool isModule(const Token &token) { return is(token, "-m") || is(token, "--match"); }
bool endsModule(const Token &token) { return isModule(token) || isJump(token) || isGoto(token); }

class RuleReader {
public:
    RuleReader(std::span<const Token> tokens, const Table &table, const Chain &chain, const Surroundings &around, Rule &rule)
        : m_tokens(tokens), m_table(table), m_chain(chain), m_around(around), m_rule(rule)
    {}
    tl::expected<void, std::string> read();

private:
    void readModule();
    std::optional<Option> takeOption(const ModuleInfo &info);
    void readBasicOption();
    bool readSingleOption(const ModuleInfo *info);
    tl::expected<void, std::string> readJump();
    void give(const ModuleInfo &info, const Module &module);
    std::string text(std::size_t first) const { return written(m_tokens.subspan(first, m_at - first)); }

    std::span<const Token> m_tokens;
    const Table &m_table;
    const Chain &m_chain;
    const Surroundings &m_around;
    Rule &m_rule;
    std::optional<Interval> m_protocol; ///< that -p names
    std::size_t m_at = 0;
};

/// One option with its values; nothing, and the place unchanged, where it is not known.
std::optional<Option> RuleReader::takeOption(const ModuleInfo &info)
{
    Option option;
    auto at = m_at;
    if (is(m_tokens[at], "!")) {
        option.negated = true;
        ++at;
    }
    if (at >= m_tokens.size() || m_tokens[at].quoted || !m_tokens[at].text.starts_with('-')) {
        return std::nullopt;
    }
    const auto &written = m_tokens[at++].text;
    option.name = written.substr(written.starts_with("--") ? 2 : 1);
    const int count = valueCount(info, option.name);
    if (count < 0 || m_tokens.size() - at < static_cast<std::size_t>(count)) {
        return std::nullopt;
    }
    for (int i = 0; i < count; ++i) {
        option.values.push_back(m_tokens[at++].text);
    }
    const auto start = m_at;
    m_at = at;
    option.text = text(start);
    return option;
}

/// All of a module's options are one condition: if one is not understood, none counts.
void RuleReader::give(const ModuleInfo &info, const Module &module)
{
    if (info.read == nullptr) {
        m_rule.statements.emplace_back(UnknownMatch{module.text, std::string(info.why)});
        return;
    }
    std::vector<Statement> statements;
    if (auto why = info.read(module, m_around, statements)) {
        m_rule.statements.emplace_back(UnknownMatch{module.text, std::move(*why)});
        return;
    }
    std::move(statements.begin(), statements.end(), std::back_inserter(m_rule.statements));
}

void RuleReader::readModule()
{
    const auto start = m_at++;
    if (m_at >= m_tokens.size()) {
        m_rule.statements.emplace_back(UnknownMatch{text(start), "a match without a name"});
        return;
    }
    Module module;
    module.name = m_tokens[m_at++].text;
    if (module.name == "comment" && m_at + 1 < m_tokens.size() && is(m_tokens[m_at], "--comment")) {
        m_rule.comment = m_tokens[m_at + 1].text;
        m_at += 2;
        return;
    }
    const auto *info = module.name.empty() ? nullptr : findModule(module.name);
    while (m_at < m_tokens.size() && !endsModule(m_tokens[m_at])) {
        auto option = info == nullptr ? std::nullopt : takeOption(*info);
        if (option) {
            module.options.push_back(std::move(*option));
            continue;
        }
        info = nullptr;
        ++m_at;
    }
    module.text = text(start);
    if (info == nullptr) {
        m_rule.statements.emplace_back(UnknownMatch{module.text, module.name});
    } else {
        give(*info, module);
    }
}

bool RuleReader::readSingleOption(const ModuleInfo *info)
{
    auto option = info == nullptr ? std::nullopt : takeOption(*info);
    if (!option) {
        return false;
    }
    if (option->name.starts_with('p') && !option->negated && info->name.empty()) {
        m_protocol = readScalar(Type::Protocol, lower(option->values[0]));
    }
    Module module;
    module.name = info->name;
    module.text = option->text;
    module.options.push_back(std::move(*option));
    give(*info, module);
    return true;
}

/// -s -d -i -o -p -f, each a condition of its own, and what a person writes without naming the protocol's module.
void RuleReader::readBasicOption()
{
    const auto start = m_at;
    if (readSingleOption(findModule({}))) {
        return;
    }
    const auto number = m_protocol ? m_protocol->first.low : 0;
    const auto name = number == icmpv6 ? std::string_view("icmp6") : nameOf(Type::Protocol, number);
    if (m_protocol && readSingleOption(findModule(name))) {
        return;
    }
    m_at += is(m_tokens[m_at], "!") ? 2 : 1;
    while (m_at < m_tokens.size() && !m_tokens[m_at].text.starts_with('-') && !is(m_tokens[m_at], "!")) {
        ++m_at;
    }
    m_at = std::min(m_at, m_tokens.size());
    m_rule.statements.emplace_back(UnknownMatch{text(start), text(start)});
}

tl::expected<void, std::string> RuleReader::readJump()
{
    const bool leaves = isGoto(m_tokens[m_at]);
    const auto start = m_at++;
    if (m_at >= m_tokens.size()) {
        return tl::unexpected(std::string("a target is missing"));
    }
    const auto &name = m_tokens[m_at++].text;
    const auto options = m_tokens.subspan(m_at);
    m_at = m_tokens.size();
    const auto chain = m_table.chainIndex.find(name);
    if (chain != m_table.chainIndex.end()) {
        m_rule.statements.emplace_back(Action{leaves ? Action::Kind::Goto : Action::Kind::Jump, chain->second});
        return {};
    }
    if (leaves) {
        return tl::unexpected("\"" + name + "\" is no chain of this table");
    }
    for (auto &statement : readTarget(Target{name, options, m_chain.name, text(start)}, m_around.family)) {
        m_rule.statements.push_back(std::move(statement));
    }
    return {};
}

tl::expected<void, std::string> RuleReader::read()
{
    while (m_at < m_tokens.size()) {
        const auto &token = m_tokens[m_at];
        if (isModule(token)) {
            readModule();
        } else if (isJump(token) || isGoto(token)) {
            return readJump();
        } else {
            readBasicOption();
        }
    }
    return {};
}

} // namespace

bool is(const Token &token, std::string_view text) { return !token.quoted && token.text == text; }

std::string written(std::span<const Token> tokens)
{
    std::string all;
    for (const auto &token : tokens) {
        all += all.empty() ? "" : " ";
        all += token.quoted ? '"' + token.text + '"' : token.text;
    }
    return all;
}

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

tl::expected<void, std::string> readXtablesRule(std::span<const Token> tokens, const Table &table, const Chain &chain,
                                                const Surroundings &around, Rule &rule)
{
    return RuleReader(tokens, table, chain, around, rule).read();
}

} // namespace bothways::filter
