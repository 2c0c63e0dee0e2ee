// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/script/script_token.h"

#include "net/address.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace bothways::filter::script {
namespace {

constexpr std::size_t longestAddress = 45;

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool beginsName(char c) { return isLetter(c) || c == '_' || c == '.'; }
bool isInName(char c) { return beginsName(c) || isDigit(c) || c == '/' || c == '-'; }

template <typename Test>
std::size_t run(std::string_view text, Test test)
{
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), test) - text.begin());
}

std::size_t nameLength(std::string_view text) { return text.empty() || !beginsName(text[0]) ? 0 : run(text, isInName); }

/// Groups of digits with something between them: "10.0.0.1", "52:54:00:12:34:56".
template <typename Test>
std::size_t groups(std::string_view text, std::size_t count, std::size_t longest, char between, Test test)
{
    std::size_t at = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0 && (at >= text.size() || text[at++] != between)) {
            return 0;
        }
        const auto digits = std::min(run(text.substr(at, longest), test), longest);
        if (digits == 0) {
            return 0;
        }
        at += digits;
    }
    return at;
}

std::size_t ip6Length(std::string_view text)
{
    auto length = std::min(run(text, [](char c) { return isHex(c) || c == ':' || c == '.'; }), longestAddress);
    if (text.substr(0, length).find(':') == std::string_view::npos) {
        return 0;
    }
    for (; length >= 2; --length) {
        const auto address = net::IpAddress::parse(text.substr(0, length));
        if (address && address->isV6()) {
            return length;
        }
    }
    return 0;
}

/// "2:1", where something follows that ends it.
std::size_t classLength(std::string_view text)
{
    const auto length = groups(text, 2, 4, ':', isHex);
    constexpr std::string_view enders = " \t\n\r:-},";
    return length > 0 && length < text.size() && enders.find(text[length]) != std::string_view::npos ? length : 0;
}

std::size_t addressLength(std::string_view text)
{
    const auto wide = text.substr(0, longestAddress);
    return std::max({groups(text, 4, 3, '.', isDigit), groups(text, 6, 2, ':', isHex),
                     wide.find(':') == std::string_view::npos ? 0 : ip6Length(text), classLength(text)});
}

/// "1d2h3m4s5ms"
std::size_t durationLength(std::string_view text)
{
    static constexpr std::array<std::string_view, 5> units{"d", "h", "m", "s", "ms"};
    std::size_t at = 0;
    for (const auto unit : units) {
        const auto digits = run(text.substr(at), isDigit);
        const auto behind = text.substr(at + digits);
        const bool otherUnit = unit == "m" && behind.starts_with("ms");
        if (digits > 0 && behind.starts_with(unit) && !otherUnit) {
            at += digits + unit.size();
        }
    }
    return at;
}

std::size_t numberLength(std::string_view text)
{
    if (text.starts_with("0x") || text.starts_with("0X")) {
        const auto digits = run(text.substr(2), isHex);
        return digits > 0 ? digits + 2 : 1;
    }
    return run(text, isDigit);
}

bool toNumber(std::string_view text, std::uint64_t &number)
{
    int base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        base = 16;
        text.remove_prefix(2);
    } else if (text.size() > 1 && text[0] == '0') {
        base = 8;
    }
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    return error == std::errc{} && stop == text.data() + text.size();
}

/// Names that begin with digits, which nft writes for protocols of frames.
std::size_t frameLength(std::string_view text)
{
    const std::string_view name = text.starts_with("8021q") ? "8021q" : text.starts_with("8021ad") ? "8021ad" : "";
    return name.empty() || nameLength(text.substr(name.size())) > 0 ? 0 : name.size();
}

/// "eth*", "eth\*", "\*": what stands behind a name.
std::size_t wildcardLength(std::string_view text)
{
    const auto name = nameLength(text);
    const auto rest = text.substr(name);
    if (name > 0 && rest.starts_with('*')) {
        return name + 1;
    }
    if (!rest.starts_with("\\*")) {
        return 0;
    }
    return name + 2 + (name > 0 ? nameLength(rest.substr(2)) : 0);
}

} // namespace

Token Lexer::make(Token::Kind kind, std::size_t length)
{
    Token token;
    token.kind = kind;
    token.start = m_at;
    token.text = m_source.substr(m_at, length);
    m_at += token.text.size();
    token.end = m_at;
    return token;
}

void Lexer::skipBlanks()
{
    while (m_at < m_source.size()) {
        const auto rest = m_source.substr(m_at);
        if (rest[0] == ' ' || rest[0] == '\t' || (rest[0] == '\r' && (rest.size() == 1 || rest[1] == '\n'))) {
            ++m_at;
        } else if (rest.starts_with("\\\n")) {
            m_at += 2;
        } else if (rest.starts_with("\\\r\n")) {
            m_at += 3;
        } else {
            return;
        }
    }
}

/// A comment belongs to the end of its line.
Token Lexer::lineEnd()
{
    const auto start = m_at;
    const auto length = std::min(m_source.find('\n', m_at), m_source.size()) - m_at;
    auto comment = m_source.substr(m_at, length);
    m_at += length;
    if (m_at >= m_source.size() && comment.empty()) {
        return make(Token::Kind::End, 0);
    }
    auto token = make(Token::Kind::Break, 1);
    token.start = start;
    while (comment.ends_with('\r') || comment.ends_with(' ')) {
        comment.remove_suffix(1);
    }
    constexpr std::string_view handle = "# handle ";
    std::uint64_t number = 0;
    if (comment.starts_with(handle) && toNumber(comment.substr(handle.size()), number)) {
        token.handle = static_cast<std::int64_t>(number);
    }
    token.hides = comment.starts_with("# xt_");
    return token;
}

Token Lexer::word()
{
    const auto rest = m_source.substr(m_at);
    const auto number = isDigit(rest[0]) ? numberLength(rest) : 0;
    const auto duration = isDigit(rest[0]) ? durationLength(rest) : 0;
    const auto wildcard = wildcardLength(rest);
    const auto name =
        std::max({nameLength(rest), duration, frameLength(rest), isHex(rest[0]) || rest[0] == ':' ? addressLength(rest) : 0});
    if (wildcard > std::max(name, number)) {
        return make(Token::Kind::Wildcard, wildcard);
    }
    if (name > number && rest.substr(0, name) != ".") {
        return make(Token::Kind::Word, name);
    }
    if (number > 0) {
        auto token = make(Token::Kind::Number, number);
        token.kind = toNumber(token.text, token.number) ? Token::Kind::Number : Token::Kind::Word;
        return token;
    }
    for (const std::string_view pair : {"==", "!=", "<=", ">=", "<<", ">>"}) {
        if (rest.starts_with(pair)) {
            return make(Token::Kind::Symbol, pair.size());
        }
    }
    constexpr std::string_view symbols = "<>,.:{}[]()^&|!/-*@$=+";
    return make(symbols.find(rest[0]) == std::string_view::npos ? Token::Kind::Bad : Token::Kind::Symbol, 1);
}

Token Lexer::next()
{
    skipBlanks();
    if (m_at >= m_source.size() || m_source[m_at] == '\n' || m_source[m_at] == '#') {
        return lineEnd();
    }
    if (m_source[m_at] == ';') {
        return make(Token::Kind::Break, 1);
    }
    if (m_source[m_at] == '"') {
        const auto close = m_source.find('"', m_at + 1);
        if (close == std::string_view::npos) {
            return make(Token::Kind::Bad, 1);
        }
        auto token = make(Token::Kind::Quoted, close + 1 - m_at);
        token.text = token.text.substr(1, token.text.size() - 2);
        return token;
    }
    if (m_source[m_at] == '[') {
        const auto length = ip6Length(m_source.substr(m_at + 1));
        if (length > 0 && m_source.substr(m_at + 1 + length).starts_with(']')) {
            auto token = make(Token::Kind::Word, length + 2);
            token.text = token.text.substr(1, length);
            return token;
        }
    }
    return word();
}

std::string_view operatorOf(std::string_view word)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 12> words{{{"eq", "=="},
                                                                                          {"ne", "!="},
                                                                                          {"lt", "<"},
                                                                                          {"gt", ">"},
                                                                                          {"le", "<="},
                                                                                          {"ge", ">="},
                                                                                          {"and", "&"},
                                                                                          {"or", "|"},
                                                                                          {"xor", "^"},
                                                                                          {"lshift", "<<"},
                                                                                          {"rshift", ">>"},
                                                                                          {"not", "!"}}};
    const auto found = std::find_if(words.begin(), words.end(), [word](const auto &each) { return each.first == word; });
    return found == words.end() ? word : found->second;
}

} // namespace bothways::filter::script
