// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/script/script_listing.h"

#include "filter/script/script_token.h"

#include <algorithm>
#include <array>

namespace bothways::filter::script {
namespace {

using Kind = Token::Kind;

bool isFamily(std::string_view word)
{
    static constexpr std::array<std::string_view, 6> families{"ip", "ip6", "inet", "arp", "bridge", "netdev"};
    return std::find(families.begin(), families.end(), word) != families.end();
}

bool isOwnComment(std::string_view line)
{
    const auto at = line.rfind('#');
    const auto comment = line.substr(std::min(at, line.size()));
    return comment.starts_with("# handle ") || comment.starts_with("# Warning: ") || comment.starts_with("# progname ") ||
           comment.starts_with("# xt_") || comment.starts_with("# count ");
}

/// Of one line: how deep it begins, as its blanks say. -1: they are of another kind.
int depthOf(std::string_view line)
{
    constexpr std::size_t terminal = 8;
    const auto blanks = std::min(line.find_first_not_of(" \t"), line.size());
    const auto head = line.substr(0, blanks);
    if (head.find(' ') == std::string_view::npos) {
        return static_cast<int>(blanks);
    }
    return head.find('\t') == std::string_view::npos && blanks % terminal == 0 ? static_cast<int>(blanks / terminal) : -1;
}

class Layout {
public:
    bool take(std::string_view line);
    bool isWhole() const { return m_depth == 0 && m_content; }

private:
    bool isTable(std::string_view line) const
    {
        Lexer lexer(line);
        return lexer.next().text == "table" && isFamily(lexer.next().text) && lexer.next().kind == Kind::Word &&
               lexer.next().text == "{";
    }
    /// Braces that open and close in the line; variables and commands are no part of a list.
    bool count(std::string_view line);

    int m_depth = 0;
    bool m_content = false;  ///< tables alone may be what somebody left of them
    bool m_elements = false; ///< between the braces of a set, whose lines are set as they fit
};

bool Layout::count(std::string_view line)
{
    Lexer lexer(line);
    for (auto token = lexer.next(); token.kind != Kind::End; token = lexer.next()) {
        if (token.kind == Kind::Bad || token.text == "$" || token.kind == Kind::Break) {
            return token.kind == Kind::Break && token.text != "$";
        }
        if (token.kind == Kind::Symbol && (token.text == "{" || token.text == "}")) {
            m_depth += token.text == "{" ? 1 : -1;
        }
    }
    return true;
}

bool Layout::take(std::string_view line)
{
    while (line.ends_with('\r') || line.ends_with(' ') || line.ends_with('\t')) {
        line.remove_suffix(1);
    }
    const auto text = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    if (text.empty()) {
        return true;
    }
    if (text.starts_with('#')) {
        return isOwnComment(text);
    }
    const auto hash = text.rfind('#');
    if (hash != std::string_view::npos && text.find('"', hash) == std::string_view::npos && !isOwnComment(text)) {
        return false;
    }
    const auto expected = m_depth - (text.starts_with('}') ? 1 : 0);
    if (!m_elements && depthOf(line) != expected) {
        return false;
    }
    if (m_depth == 0) {
        if (!isTable(text)) {
            return false;
        }
    } else {
        m_content = m_content || !text.starts_with('}');
    }
    const bool base = text.starts_with("type ") && text.find(" hook ") != std::string_view::npos;
    if (base && text.find("; policy ") == std::string_view::npos) {
        return false;
    }
    const auto before = m_depth;
    // A ";" ends a word for the lexer; what stands behind it in such a line is "policy ..." or a comment.
    const auto semicolon = text.find(';');
    const bool plain = base && semicolon != std::string_view::npos ? count(text.substr(0, semicolon)) : count(text);
    m_elements = m_elements ? m_depth >= before && !text.ends_with('}') : text.starts_with("elements = {") && m_depth > before;
    return plain && m_depth >= 0;
}

} // namespace

bool isListing(std::string_view text)
{
    Layout layout;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        if (!layout.take(text.substr(at, end - at))) {
            return false;
        }
        at = end + 1;
    }
    return layout.isWhole();
}

} // namespace bothways::filter::script
