// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/script/script_token.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <QJsonArray>
#include <QJsonObject>

/// A text of nft read word by word, with its variables. After a problem every word is the end, so that whoever reads comes out.
namespace bothways::filter::script {

constexpr int deepest = 48;                                ///< of everything that may stand in itself
constexpr std::size_t mostExpanded = std::size_t{1} << 22; ///< values that variables may grow to

constexpr std::size_t mostWords = 8'000'000;

struct Problem {
    std::string message;
    std::size_t position = 0;
};

class Cursor {
public:
    explicit Cursor(std::string_view text) : m_lexer(text) { advance(); }

    const Token &token() const { return m_token; }
    void advance();
    bool isEnd() const { return m_token.kind == Token::Kind::End; }
    bool isBreak() const { return m_token.kind == Token::Kind::Break; }
    bool isWord(std::string_view word) const { return m_token.kind == Token::Kind::Word && m_token.text == word; }
    bool isSymbol(std::string_view symbol) const { return m_token.kind == Token::Kind::Symbol && m_token.text == symbol; }
    bool isNumber() const { return m_token.kind == Token::Kind::Number; }
    bool accept(std::string_view word); ///< steps over a word or symbol that is there
    bool isNext(std::string_view word); ///< of what stands behind the current one
    bool isNextNumber();
    void skipLines(); ///< newlines, where they mean nothing

    void expect(std::string_view wordOrSymbol);
    std::string_view expectName(); ///< of a table, chain, set: a word
    QString expectText();          ///< a word or what stands in quotes
    qint64 expectNumber();

    void fail(std::string message);
    /// What stands here may be right, but is not known: the rule that it belongs to remains undecided.
    void giveUp();
    /// nft printed the text: what is wrong in a rule of it is something that is not known here, and no mistake of a person.
    void setPrinted() { m_printed = true; }
    bool isPrinted() const { return m_printed; }
    void doubt(); ///< a mistake becomes something that is not known
    bool isUnknown() const { return m_unknown; }
    bool failed() const { return m_problem.has_value(); }
    const std::optional<Problem> &problem() const { return m_problem; }
    /// From the place on to the end of what belongs together there; what was not understood in it is forgotten. Its text.
    std::string_view skipFrom(std::size_t start);

    std::size_t position() const { return m_token.start; }
    std::string_view source() const { return m_lexer.source(); }
    /// Of another text for a while; the old place comes back with the return value.
    std::pair<Lexer, Token> enter(std::string_view text);
    void leave(const std::pair<Lexer, Token> &place);

    /// Counts how deep things stand in each other.
    class Level {
    public:
        explicit Level(Cursor &cursor);
        ~Level() { --m_cursor.m_level; }
        Level(const Level &) = delete;
        Level &operator=(const Level &) = delete;
        Level(Level &&) = delete;
        Level &operator=(Level &&) = delete;

    private:
        Cursor &m_cursor;
    };

    void openScope() { m_scopes.emplace_back(); }
    void closeScope() { m_scopes.pop_back(); }
    bool isDefinedHere(const std::string &name) const { return m_scopes.back().count(name) > 0; }
    void define(const std::string &name, const QJsonValue &value);
    void undefine(const std::string &name);
    QJsonValue variable(); ///< "$name", of which the sign is the current word

private:
    struct Variable {
        QJsonValue value;
        std::size_t size = 0;
    };
    using Scope = std::map<std::string, Variable, std::less<>>;
    Scope *scopeOf(const std::string &name);

    Lexer m_lexer;
    Token m_token;
    std::vector<Scope> m_scopes{1};
    std::optional<Problem> m_problem;
    std::size_t m_expanded = 0;
    std::size_t m_words = 0;
    int m_level = 0;
    bool m_unknown = false;
    bool m_printed = false;
};

QString textOf(std::string_view text);
QJsonObject named(const char *name, const QJsonValue &value);

} // namespace bothways::filter::script
