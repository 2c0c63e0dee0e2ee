// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_rule.h"

#include "filter/xtables/xtables_match.h"

#include <algorithm>
#include <set>

namespace bothways::filter {
namespace {

constexpr std::uint64_t icmpv6 = 58;
constexpr ModuleInfo remark{"comment", "comment", nullptr, {}};

bool isJump(const Token &token) { return is(token, "-j") || is(token, "--jump"); }
bool isGoto(const Token &token) { return is(token, "-g") || is(token, "--goto"); }
bool isModule(const Token &token) { return is(token, "-m") || is(token, "--match"); }
bool isOption(const Token &token) { return !token.quoted && token.text.size() > 1 && token.text.front() == '-'; }

std::string nameOf(const Token &option) { return option.text.substr(option.text.starts_with("--") ? 2 : 1); }

/// The words of one rule, in any order, as iptables and its restore take them (command_default() and xtables_merge_options() of
/// iptables): the rule's own options come before those of extensions, of which the last one loaded is asked first; "-p" brings
/// its protocol's module along where nobody else knows an option. All conditions must hold, wherever they stand, also behind
/// "-j".
class RuleReader {
public:
    RuleReader(std::span<const Token> tokens, const Table &table, const Chain &chain, const Surroundings &around, Rule &rule)
        : m_tokens(tokens), m_table(table), m_chain(chain), m_around(around), m_rule(rule)
    {}
    tl::expected<void, std::string> read();

private:
    using Result = tl::expected<void, std::string>;

    /// What "-m" or "-j" named, or "-p" brought along.
    struct Extension {
        const ModuleInfo *info = nullptr; ///< null: not known, or a target
        Module module;
        bool understood = true;
    };
    struct Jump {
        std::string name;
        bool leaves = false;
        std::vector<Token> options;
        std::string text;
    };

    void load();
    Result readJump();
    Result readOption();
    std::optional<Option> take(int count);
    bool giveToTarget(const std::string &name);
    bool giveToModule(const std::string &name);
    bool giveToProtocol(const std::string &name);
    void giveToNobody();
    const ModuleInfo *protocolModule() const;
    bool hasStrangeTarget() const;
    std::optional<std::string> fullName(const std::string &name) const;
    void translate(const ModuleInfo &info, const Module &module, std::vector<Statement> &statements) const;
    void translateExtension(const Extension &extension, std::vector<Statement> &statements);
    Result translateJump();

    std::span<const Token> m_tokens;
    const Table &m_table;
    const Chain &m_chain;
    const Surroundings &m_around;
    Rule &m_rule;
    std::vector<Statement> m_basic; ///< of the rule itself, which the kernel compares before any module
    std::vector<Extension> m_extensions;
    std::optional<Jump> m_jump;
    std::size_t m_loadedBeforeJump = 0;
    std::optional<Interval> m_protocol; ///< that -p names
    std::size_t m_start = 0;            ///< of the option at hand, with its "!"
    std::size_t m_at = 0;
};

/// The option at m_at with so many values; nothing, and the place unchanged, where they are missing.
std::optional<Option> RuleReader::take(int count)
{
    if (m_tokens.size() - m_at - 1 < static_cast<std::size_t>(count)) {
        return std::nullopt;
    }
    Option option;
    option.negated = m_start != m_at;
    option.name = nameOf(m_tokens[m_at]);
    for (int i = 0; i < count; ++i) {
        option.values.push_back(m_tokens[m_at + 1 + static_cast<std::size_t>(i)].text);
    }
    m_at += 1 + static_cast<std::size_t>(count);
    option.text = written(m_tokens.subspan(m_start, m_at - m_start));
    return option;
}

void RuleReader::load()
{
    Extension extension;
    if (++m_at >= m_tokens.size()) {
        extension.module.text = written(m_tokens.subspan(m_start, 1));
        extension.module.name = "a match without a name";
    } else {
        extension.module.name = m_tokens[m_at++].text;
        extension.module.text = written(m_tokens.subspan(m_start, m_at - m_start));
        extension.info = extension.module.name == remark.name ? &remark
                         : extension.module.name.empty()      ? nullptr
                                                              : findModule(extension.module.name);
    }
    m_extensions.push_back(std::move(extension));
}

RuleReader::Result RuleReader::readJump()
{
    if (m_jump) {
        return tl::unexpected(std::string("a second target"));
    }
    Jump jump;
    jump.leaves = isGoto(m_tokens[m_at]);
    if (++m_at >= m_tokens.size()) {
        return tl::unexpected(std::string("a target is missing"));
    }
    jump.name = m_tokens[m_at++].text;
    jump.text = written(m_tokens.subspan(m_start, m_at - m_start));
    m_jump = std::move(jump);
    m_loadedBeforeJump = m_extensions.size();
    return {};
}

/// All that stands behind the option's name as far as the next option.
std::size_t endOfValues(std::span<const Token> tokens, std::size_t at)
{
    while (at < tokens.size() && !isOption(tokens[at]) && !is(tokens[at], "!")) {
        ++at;
    }
    return at;
}

/// Of a target that is not known every option is its own that no module before it has.
bool RuleReader::giveToTarget(const std::string &name)
{
    if (!m_jump || m_table.chainIndex.count(m_jump->name) > 0) {
        return false;
    }
    const auto count = targetValueCount(m_jump->name, name);
    if (isTarget(m_jump->name) && (!count || m_tokens.size() - m_at - 1 < static_cast<std::size_t>(*count))) {
        return false;
    }
    const auto end = count ? m_at + 1 + static_cast<std::size_t>(*count) : endOfValues(m_tokens, m_at + 1);
    const auto words = m_tokens.subspan(m_start, std::min(end, m_tokens.size()) - m_start);
    m_jump->options.insert(m_jump->options.end(), words.begin(), words.end());
    m_jump->text += ' ' + written(words);
    m_at = m_start + words.size();
    return true;
}

bool RuleReader::giveToModule(const std::string &name)
{
    for (auto each = m_extensions.size(); each > 0; --each) {
        if (m_jump && each == m_loadedBeforeJump && isTarget(m_jump->name) && giveToTarget(name)) {
            return true;
        }
        auto &extension = m_extensions[each - 1];
        const int count = extension.info == nullptr ? -1 : valueCount(*extension.info, name);
        auto option = count < 0 ? std::nullopt : take(count);
        if (option) {
            option->name = name;
            extension.understood = extension.understood && (each > m_loadedBeforeJump || !hasStrangeTarget());
            extension.module.text += ' ' + option->text;
            extension.module.options.push_back(std::move(*option));
            return true;
        }
    }
    return m_jump && m_loadedBeforeJump == 0 && isTarget(m_jump->name) && giveToTarget(name);
}

const ModuleInfo *RuleReader::protocolModule() const
{
    if (!m_protocol) {
        return nullptr;
    }
    const auto number = m_protocol->first.low;
    const auto name = number == icmpv6 ? std::string_view("icmp6") : filter::nameOf(Type::Protocol, number);
    return name.empty() ? nullptr : findModule(name);
}

/// Nobody knows which options are its own, so that no other of that name is understood behind it.
bool RuleReader::hasStrangeTarget() const
{
    return m_jump && m_table.chainIndex.count(m_jump->name) == 0 && !isTarget(m_jump->name);
}

bool RuleReader::giveToProtocol(const std::string &name)
{
    const auto *info = protocolModule();
    const int count = info == nullptr ? -1 : valueCount(*info, name);
    auto option = count < 0 ? std::nullopt : take(count);
    if (!option) {
        return false;
    }
    option->name = name;
    Extension extension{info, {std::string(info->name), {}, option->text}, !hasStrangeTarget()};
    extension.module.options.push_back(std::move(*option));
    m_extensions.push_back(std::move(extension));
    return true;
}

/// It is part of the extension named last, if that is not known, or of nothing; in any case the rule is not understood.
void RuleReader::giveToNobody()
{
    const auto name = nameOf(m_tokens[m_at]);
    const bool last = m_jump && m_extensions.size() == m_loadedBeforeJump;
    if (last && !isTarget(m_jump->name) && giveToTarget(name)) {
        return;
    }
    m_at = endOfValues(m_tokens, m_at + 1);
    auto text = written(m_tokens.subspan(m_start, m_at - m_start));
    if (m_extensions.empty() || last) {
        m_basic.emplace_back(UnknownMatch{text, text});
        return;
    }
    m_extensions.back().understood = false;
    m_extensions.back().module.text += ' ' + text;
}

/// getopt_long(3) takes what a name begins with where only one does.
std::optional<std::string> RuleReader::fullName(const std::string &name) const
{
    std::set<std::string> all;
    const auto add = [&](std::string_view options) {
        for (const auto word : split(options, ' ')) {
            const auto full = word.substr(0, word.find(':'));
            if (full.size() > name.size() && full.starts_with(name)) {
                all.emplace(full);
            }
        }
    };
    add(findModule({})->options);
    for (const auto &extension : m_extensions) {
        add(extension.info == nullptr ? std::string_view{} : extension.info->options);
    }
    add(protocolModule() == nullptr ? std::string_view{} : protocolModule()->options);
    add(m_jump ? targetOptions(m_jump->name) : std::string_view{});
    return all.size() == 1 ? std::optional(*all.begin()) : std::nullopt;
}

RuleReader::Result RuleReader::readOption()
{
    if (!isOption(m_tokens[m_at])) {
        return tl::unexpected("\"" + m_tokens[m_at].text + "\" belongs to no option");
    }
    auto name = nameOf(m_tokens[m_at]);
    const auto &basic = *findModule({});
    const auto known = [&] {
        const int count = valueCount(basic, name);
        auto option = count < 0 ? std::nullopt : take(count);
        if (!option) {
            return giveToModule(name) || giveToProtocol(name);
        }
        option->name = name;
        if (name.starts_with('p') && !option->negated) {
            m_protocol = readScalar(Type::Protocol, lower(option->values[0]));
        }
        translate(basic, Module{{}, {*option}, option->text}, m_basic);
        return true;
    };
    if (known()) {
        return {};
    }
    const auto full = m_tokens[m_at].text.starts_with("--") ? fullName(name) : std::nullopt;
    name = full.value_or(name);
    if (!full || !known()) {
        giveToNobody();
    }
    return {};
}

/// All of a module's options are one condition: if one is not understood, none counts.
void RuleReader::translate(const ModuleInfo &info, const Module &module, std::vector<Statement> &statements) const
{
    if (info.read == nullptr) {
        statements.emplace_back(UnknownMatch{module.text, std::string(info.why)});
        return;
    }
    std::vector<Statement> own;
    if (auto why = info.read(module, m_around, own)) {
        statements.emplace_back(UnknownMatch{module.text, std::move(*why)});
        return;
    }
    std::move(own.begin(), own.end(), std::back_inserter(statements));
}

void RuleReader::translateExtension(const Extension &extension, std::vector<Statement> &statements)
{
    const auto &module = extension.module;
    if (extension.info == nullptr || !extension.understood) {
        statements.emplace_back(UnknownMatch{module.text, module.name});
    } else if (extension.info == &remark) {
        m_rule.comment = module.options.empty() ? std::string{} : module.options.front().values.front();
    } else {
        translate(*extension.info, module, statements);
    }
}

RuleReader::Result RuleReader::translateJump()
{
    const auto chain = m_table.chainIndex.find(m_jump->name);
    if (chain != m_table.chainIndex.end()) {
        m_rule.statements.emplace_back(Action{m_jump->leaves ? Action::Kind::Goto : Action::Kind::Jump, chain->second});
        return {};
    }
    if (m_jump->leaves) {
        return tl::unexpected("\"" + m_jump->name + "\" is no chain of this table");
    }
    for (auto &statement : readTarget(Target{m_jump->name, m_jump->options, m_chain.name, m_jump->text}, m_around.family)) {
        m_rule.statements.push_back(std::move(statement));
    }
    return {};
}

RuleReader::Result RuleReader::read()
{
    while (m_at < m_tokens.size()) {
        m_start = m_at;
        m_at += is(m_tokens[m_at], "!") ? 1 : 0;
        if (m_at >= m_tokens.size()) {
            return tl::unexpected(std::string("nothing stands behind \"!\""));
        }
        const auto &token = m_tokens[m_at];
        auto result = Result{};
        if (isModule(token)) {
            load();
        } else if (isJump(token) || isGoto(token)) {
            result = readJump();
        } else {
            result = readOption();
        }
        if (!result) {
            return result;
        }
    }
    std::move(m_basic.begin(), m_basic.end(), std::back_inserter(m_rule.statements));
    for (const auto &extension : m_extensions) {
        translateExtension(extension, m_rule.statements);
    }
    return m_jump ? translateJump() : Result{};
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

std::vector<Token> separate(std::span<const Token> tokens)
{
    static constexpr std::string_view withValue = "sdiopjgm";
    std::vector<Token> all;
    for (const auto &token : tokens) {
        const auto &text = token.text;
        const auto equals = text.find('=');
        if (!token.quoted && text.starts_with("--") && equals != std::string::npos) {
            all.push_back({text.substr(0, equals), false});
            all.push_back({text.substr(equals + 1), false});
        } else if (!token.quoted && text.size() > 2 && text[0] == '-' && withValue.find(text[1]) != std::string_view::npos) {
            all.push_back({text.substr(0, 2), false});
            all.push_back({text.substr(2), false});
        } else {
            all.push_back(token);
        }
    }
    return all;
}

tl::expected<void, std::string> readXtablesRule(std::span<const Token> tokens, const Table &table, const Chain &chain,
                                                const Surroundings &around, Rule &rule)
{
    const auto words = separate(tokens);
    return RuleReader(words, table, chain, around, rule).read();
}

} // namespace bothways::filter
