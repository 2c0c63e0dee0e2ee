// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/script/script_cursor.h"

namespace bothways::filter::script {
namespace {

std::size_t sizeOf(const QJsonValue &value, int depth = 0)
{
    std::size_t size = 1;
    if (depth > deepest) {
        return size;
    }
    if (value.isArray()) {
        for (const auto &each : value.toArray()) {
            size += sizeOf(each, depth + 1);
        }
    } else if (value.isObject()) {
        for (const auto &each : value.toObject()) {
            size += sizeOf(each, depth + 1);
        }
    }
    return size;
}

std::string shown(const Token &token)
{
    switch (token.kind) {
    case Token::Kind::End:
        return "the end of the text";
    case Token::Kind::Break:
        return token.text == ";" ? "\";\"" : "the end of the line";
    default:
        return '"' + std::string(token.text.substr(0, 40)) + '"';
    }
}

} // namespace

QString textOf(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

QJsonObject named(const char *name, const QJsonValue &value)
{
    QJsonObject object;
    object.insert(QLatin1String(name), value);
    return object;
}

Cursor::Level::Level(Cursor &cursor) : m_cursor(cursor)
{
    if (++cursor.m_level > deepest) {
        cursor.fail("nested too deeply");
    }
}

void Cursor::advance()
{
    if (m_unknown || m_problem) {
        m_token.kind = Token::Kind::End;
        return;
    }
    m_token = m_lexer.next();
    if (++m_words > mostWords) {
        fail("more words than any ruleset has");
    }
    if (m_token.kind == Token::Kind::Bad) {
        fail("nothing that nft knows: " + shown(m_token));
    }
}

bool Cursor::accept(std::string_view word)
{
    if (!isWord(word) && !isSymbol(word)) {
        return false;
    }
    advance();
    return true;
}

bool Cursor::isNext(std::string_view word)
{
    const auto next = Lexer(m_lexer).next();
    return (next.kind == Token::Kind::Word || next.kind == Token::Kind::Symbol) && next.text == word;
}

bool Cursor::isNextNumber() { return Lexer(m_lexer).next().kind == Token::Kind::Number; }

void Cursor::skipLines()
{
    while (isBreak() && m_token.text != ";") {
        advance();
    }
}

void Cursor::fail(std::string message)
{
    if (!m_problem && !m_unknown) {
        m_problem = Problem{std::move(message), m_token.start};
    }
    m_token.kind = Token::Kind::End;
}

void Cursor::giveUp()
{
    m_unknown = !m_problem;
    m_token.kind = Token::Kind::End;
}

void Cursor::expect(std::string_view wordOrSymbol)
{
    if (!accept(wordOrSymbol)) {
        fail('"' + std::string(wordOrSymbol) + "\" is expected here, not " + shown(m_token));
    }
}

std::string_view Cursor::expectName()
{
    if (m_token.kind != Token::Kind::Word) {
        fail("a name is expected here, not " + shown(m_token));
        return {};
    }
    const auto name = m_token.text;
    advance();
    return name;
}

QString Cursor::expectText()
{
    using Kind = Token::Kind;
    if (isSymbol("$")) {
        return variable().toString();
    }
    if (m_token.kind != Kind::Word && m_token.kind != Kind::Quoted && m_token.kind != Kind::Wildcard) {
        fail("a name or a text is expected here, not " + shown(m_token));
        return {};
    }
    const auto text = textOf(m_token.text);
    advance();
    return text;
}

qint64 Cursor::expectNumber()
{
    if (isSymbol("$")) {
        const auto value = variable();
        if (!value.isDouble()) {
            fail("the variable is no number");
        }
        return value.toInteger();
    }
    if (!isNumber()) {
        fail("a number is expected here, not " + shown(m_token));
        return 0;
    }
    const auto number = static_cast<qint64>(m_token.number);
    advance();
    return number;
}

void Cursor::doubt()
{
    m_unknown = m_unknown || m_problem;
    m_problem.reset();
}

std::string_view Cursor::skipFrom(std::size_t start)
{
    m_unknown = false;
    m_lexer = Lexer(source(), start);
    int open = 0;
    auto end = start;
    for (advance(); !isEnd(); advance()) {
        const bool closes = isSymbol("}");
        if ((open == 0 && (isBreak() || closes)) || failed()) {
            break;
        }
        open += isSymbol("{") ? 1 : closes ? -1 : 0;
        end = m_token.end;
    }
    return source().substr(start, end - start);
}

std::pair<Lexer, Token> Cursor::enter(std::string_view text)
{
    std::pair place(m_lexer, m_token);
    m_lexer = Lexer(text);
    advance();
    return place;
}

void Cursor::leave(const std::pair<Lexer, Token> &place)
{
    m_lexer = place.first;
    m_token = place.second;
    if (failed()) {
        m_token.kind = Token::Kind::End;
    }
}

Cursor::Scope *Cursor::scopeOf(const std::string &name)
{
    for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope) {
        if (scope->count(name) > 0) {
            return &*scope;
        }
    }
    return nullptr;
}

void Cursor::define(const std::string &name, const QJsonValue &value)
{
    m_scopes.back().insert_or_assign(name, Variable{value, sizeOf(value)});
}

void Cursor::undefine(const std::string &name)
{
    auto *scope = scopeOf(name);
    if (scope == nullptr) {
        fail("there is no variable \"" + name + '"');
        return;
    }
    scope->erase(name);
}

QJsonValue Cursor::variable()
{
    const auto start = m_token;
    advance();
    const std::string name(expectName());
    const auto *scope = failed() ? nullptr : scopeOf(name);
    if (scope == nullptr) {
        m_token.start = start.start;
        fail("there is no variable \"" + name + '"');
        return {};
    }
    const auto &found = scope->find(name)->second;
    m_expanded += found.size;
    if (m_expanded > mostExpanded) {
        fail("the variables grow beyond all bounds");
    }
    return found.value;
}

} // namespace bothways::filter::script
