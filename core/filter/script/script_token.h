// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// The words of nft's text. Source: nftables, src/scanner.l. Its keywords are words here; the parser knows which it wants.
namespace bothways::filter::script {

struct Token {
    enum class Kind : std::uint8_t {
        Word,     ///< a name, a keyword, an address, a duration
        Number,   ///< decimal, octal or hexadecimal
        Quoted,   ///< without its quotes
        Wildcard, ///< a name that ends in an asterisk
        Symbol,
        Break, ///< the end of a line, or ";"
        End,
        Bad, ///< nothing that nft knows
    };
    Kind kind = Kind::End;
    std::string_view text;
    std::size_t start = 0; ///< where it begins in its source, quotes and brackets included
    std::size_t end = 0;
    std::uint64_t number = 0;
    std::int64_t handle = -1; ///< of a Break: what "# handle 5" before it says
    bool hides = false;       ///< of a Break: the comment before it stands for a match or target of iptables
};

class Lexer {
public:
    explicit Lexer(std::string_view source, std::size_t at = 0) : m_source(source), m_at(at) {}
    Token next();
    std::string_view source() const { return m_source; }

private:
    Token make(Token::Kind kind, std::size_t length);
    Token lineEnd();
    Token word();
    void skipBlanks();

    std::string_view m_source;
    std::size_t m_at;
};

/// Of the words that an expression takes for a symbol: "eq", "and", ... as they are written otherwise; else the word itself.
std::string_view operatorOf(std::string_view word);

} // namespace bothways::filter::script
