// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/script/script_reader.h"

#include "filter/script/script_listing.h"
#include "filter/script/script_object.h"
#include "filter/script/script_statement.h"
#include "filter/script/script_value.h"

#include <algorithm>
#include <array>
#include <deque>

namespace bothways::filter {
namespace {

using namespace script;

constexpr std::size_t mostIncluded = 512;
constexpr int deepestInclude = 16; // MAX_INCLUDE_DEPTH in nftables' include/parser.h

bool isFamily(std::string_view word)
{
    static constexpr std::array<std::string_view, 6> families{"ip", "ip6", "inet", "arp", "bridge", "netdev"};
    return std::find(families.begin(), families.end(), word) != families.end();
}

struct PriorityName {
    std::string_view text;
    int number;
};

/// nft(8), "Standard priority names".
std::optional<int> priorityNamed(std::string_view family, std::string_view name)
{
    static constexpr std::array names{PriorityName{"raw", -300}, PriorityName{"mangle", -150}, PriorityName{"dstnat", -100},
                                      PriorityName{"filter", 0}, PriorityName{"security", 50}, PriorityName{"srcnat", 100}};
    static constexpr std::array bridge{PriorityName{"dstnat", -300}, PriorityName{"filter", -200}, PriorityName{"out", 100},
                                       PriorityName{"srcnat", 300}};
    const auto find = [name](const auto &all) -> std::optional<int> {
        const auto found = std::find_if(all.begin(), all.end(), [name](const auto &each) { return each.text == name; });
        return found == all.end() ? std::nullopt : std::optional(found->number);
    };
    return family == "bridge" ? find(bridge) : find(names);
}

int lineOf(std::string_view text, std::size_t at)
{
    return static_cast<int>(
               std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), '\n')) +
           1;
}

std::size_t columnOf(std::string_view text, std::size_t at)
{
    const auto start = text.substr(0, std::min(at, text.size())).rfind('\n');
    return at - (start == std::string_view::npos ? 0 : start + 1) + 1;
}

std::string lineAt(std::string_view text, std::size_t at)
{
    constexpr std::size_t longest = 120;
    const auto start = at - (columnOf(text, at) - 1);
    auto line = text.substr(std::min(start, text.size()));
    line = line.substr(0, std::min(line.find('\n'), longest));
    return std::string(line.substr(std::min(line.find_first_not_of(" \t"), line.size())));
}

class Reader {
public:
    Reader(std::string_view text, const Includes &includes) : m_cursor(text), m_includes(includes) {}
    tl::expected<NftTables, ParseError> read(bool listing);

private:
    struct Place {
        QString family;
        QString table;
    };

    bool common(const Item &item);
    Common ofBlocks()
    {
        return [this](const Item &item) { return common(item); };
    }
    void define(bool again);
    void include(const Item &item);
    void includeText(const IncludedText &text, const Item &item);
    void apply(const char *command, std::string kind, QJsonObject value, std::size_t start);

    void command();
    void added(const char *command);
    void removed(const char *command);
    void flushed();
    void renamed();
    void table(const char *command);
    void tableItem(const Place &place);
    void chain(const char *command, const Place &place);
    bool chainProperty(const Place &place, QJsonObject &chain);
    void hook(const Place &place, QJsonObject &chain);
    qint64 priority(const Place &place);
    NftObject rule(const Place &place, const QString &chain);
    QString anonymousChain(const Place &place);
    QString mapFamily(const Place &place, const QString &map) const;
    void object(const char *command, const Place &place);
    void namedObject(const char *command, const std::string &kind, QJsonObject value, std::size_t start);
    void element(const char *command);
    void ruleCommand(const char *command);
    bool isBareRule() const;
    Place place();
    QString family();
    void readHandle(QJsonObject &value);
    static QJsonObject in(const Place &place)
    {
        return {{QStringLiteral("family"), place.family}, {QStringLiteral("table"), place.table}};
    }
    std::size_t origin() const { return m_origin ? *m_origin : m_cursor.position(); }
    ParseError problem() const;

    Cursor m_cursor;
    const Includes &m_includes;
    NftState m_state;
    std::deque<IncludedText> m_texts;
    std::optional<std::size_t> m_origin; ///< of the include that is being read
    std::string m_wrongFile;             ///< included, with line and column
    std::string m_wrongLine;
    std::string m_notIncluded;
    int m_depth = 0;
    int m_anonymous = 0;
    std::size_t m_rules = 0;
    std::size_t m_size = 0;
};

void Reader::apply(const char *command, std::string kind, QJsonObject value, std::size_t start)
{
    if (m_cursor.failed()) {
        return;
    }
    auto wrong = m_state.apply(command, {std::move(kind), std::move(value), static_cast<qsizetype>(start)});
    if (!wrong.empty()) {
        m_cursor.fail(std::move(wrong));
    }
}

bool Reader::common(const Item &item)
{
    if (m_cursor.isWord("define") || m_cursor.isWord("redefine")) {
        define(m_cursor.isWord("redefine"));
        return true;
    }
    if (m_cursor.accept("undefine")) {
        m_cursor.undefine(std::string(m_cursor.expectName()));
        return true;
    }
    if (m_cursor.isWord("include")) {
        include(item);
        return true;
    }
    return false;
}

void Reader::define(bool again)
{
    m_cursor.advance();
    const std::string name(m_cursor.expectName());
    if (!again && m_cursor.isDefinedHere(name)) {
        m_cursor.fail("the variable \"" + name + "\" is defined already");
    }
    m_cursor.expect("=");
    QJsonValue value;
    if (m_cursor.accept("-")) {
        value = -m_cursor.expectNumber();
    } else {
        value = rightSide(m_cursor, true);
    }
    if (!m_cursor.failed()) {
        m_cursor.define(name, value);
    }
    if (!m_cursor.isBreak() && !m_cursor.isEnd()) {
        m_cursor.fail("the end of the line is expected here");
    }
}

void Reader::include(const Item &item)
{
    const auto start = origin();
    m_cursor.advance();
    if (m_cursor.token().kind != Token::Kind::Quoted) {
        m_cursor.fail("a file in quotes is expected here");
        return;
    }
    const auto pattern = m_cursor.expectText().toStdString();
    if (++m_depth > deepestInclude) {
        m_cursor.fail("files are included too deeply");
    }
    auto files = m_includes ? m_includes(pattern) : tl::unexpected(std::string("its folder is not known here"));
    if (!files) {
        m_notIncluded = m_notIncluded.empty() ? '"' + pattern + "\": " + files.error() : m_notIncluded;
    } else if (!m_cursor.failed()) {
        const auto outer = m_origin;
        m_origin = start;
        for (auto &each : *files) {
            m_size += each.text.size();
            if (m_texts.size() >= mostIncluded || m_size > longestInput) {
                m_cursor.fail("too much is included");
                break;
            }
            m_texts.push_back(std::move(each));
            includeText(m_texts.back(), item);
        }
        m_origin = outer;
    }
    --m_depth;
}

void Reader::includeText(const IncludedText &file, const Item &item)
{
    const bool failedBefore = m_cursor.failed();
    const auto back = m_cursor.enter(file.text);
    readLines(m_cursor, ofBlocks(), item);
    if (m_cursor.isSymbol("}")) {
        m_cursor.fail("no block is open here");
    }
    if (m_cursor.failed() && !failedBefore && m_wrongFile.empty()) {
        const auto at = m_cursor.problem()->position;
        m_wrongFile =
            file.name + ", line " + std::to_string(lineOf(file.text, at)) + ", column " + std::to_string(columnOf(file.text, at));
        m_wrongLine = lineAt(file.text, at);
    }
    m_cursor.leave(back);
}

QString Reader::family()
{
    return m_cursor.token().kind == Token::Kind::Word && isFamily(m_cursor.token().text) ? m_cursor.expectText()
                                                                                         : QStringLiteral("ip");
}

Reader::Place Reader::place()
{
    Place place;
    place.family = family();
    place.table = textOf(m_cursor.expectName());
    return place;
}

/// What "# handle 5" behind the brace says of what the brace opens.
void Reader::readHandle(QJsonObject &value)
{
    const auto next = m_cursor.isSymbol("{") ? Lexer(m_cursor.source(), m_cursor.token().end).next() : Token{};
    if (next.handle >= 0) {
        value.insert(QLatin1String("handle"), static_cast<qint64>(next.handle));
    }
}

void Reader::table(const char *command)
{
    const auto start = origin();
    const auto where = place();
    QJsonObject value{{QStringLiteral("family"), where.family}, {QStringLiteral("name"), where.table}};
    readHandle(value);
    apply(command, "table", value, start);
    if (m_cursor.isSymbol("{")) {
        readBlock(m_cursor, ofBlocks(), [&] { tableItem(where); });
    }
}

void Reader::tableItem(const Place &place)
{
    if (m_cursor.accept("chain")) {
        chain("add", place);
    } else if (m_cursor.accept("flags")) {
        QJsonArray flags;
        do {
            flags.append(m_cursor.expectText());
        } while (m_cursor.accept(","));
        m_state.amendTable({{QStringLiteral("family"), place.family}, {QStringLiteral("name"), place.table}}, flags);
    } else if (m_cursor.accept("comment")) {
        m_cursor.expectText();
    } else if (isObject(m_cursor)) {
        object("add", place);
    } else {
        m_cursor.fail("nothing that a table has");
    }
}

void Reader::chain(const char *command, const Place &place)
{
    const auto start = origin();
    const auto name = textOf(m_cursor.expectName());
    auto value = in(place);
    value.insert(QLatin1String("name"), name);
    readHandle(value);
    std::vector<NftObject> rules;
    if (m_cursor.isSymbol("{")) {
        readBlock(m_cursor, ofBlocks(), [&] {
            if (!chainProperty(place, value)) {
                rules.push_back(rule(place, name));
            }
        });
    }
    apply(command, "chain", value, start);
    for (auto &each : rules) {
        m_state.append(std::move(each));
    }
}

/// What is no rule of the chain: its hook, policy, devices, comment.
bool Reader::chainProperty(const Place &place, QJsonObject &chain)
{
    if (m_cursor.accept("type")) {
        hook(place, chain);
    } else if (m_cursor.accept("policy")) {
        const auto policy = m_cursor.expectText();
        if (policy != QLatin1String("accept") && policy != QLatin1String("drop")) {
            m_cursor.fail("accept or drop is expected here");
        }
        chain.insert(QLatin1String("policy"), policy);
    } else if (m_cursor.accept("flags")) {
        m_cursor.expectText();
    } else if (m_cursor.accept("comment")) {
        m_cursor.expectText();
    } else if (m_cursor.accept("devices")) {
        m_cursor.expect("=");
        chain.insert(QLatin1String("dev"), names(m_cursor));
    } else {
        return false;
    }
    return true;
}

void Reader::hook(const Place &place, QJsonObject &chain)
{
    chain.insert(QLatin1String("type"), m_cursor.expectText());
    m_cursor.expect("hook");
    chain.insert(QLatin1String("hook"), m_cursor.expectText());
    if (m_cursor.accept("device")) {
        chain.insert(QLatin1String("dev"), names(m_cursor));
    } else if (m_cursor.accept("devices")) {
        m_cursor.expect("=");
        chain.insert(QLatin1String("dev"), names(m_cursor));
    }
    m_cursor.expect("priority");
    chain.insert(QLatin1String("prio"), priority(place));
}

/// "-100", "filter", "filter + 10", or a variable for any of them.
qint64 Reader::priority(const Place &place)
{
    const bool negative = m_cursor.accept("-");
    if (negative || m_cursor.isNumber()) {
        return m_cursor.expectNumber() * (negative ? -1 : 1);
    }
    const auto start = m_cursor.token();
    QJsonValue value;
    if (m_cursor.isSymbol("$")) {
        value = m_cursor.variable();
    } else {
        value = m_cursor.expectText();
    }
    if (value.isDouble() || m_cursor.failed()) {
        return value.toInteger();
    }
    auto words = value.toString().simplified().split(QLatin1Char(' ')); // a variable may hold "filter + 10"
    bool plain = false;
    const auto number = value.toString().toInt(&plain);
    if (plain) {
        return number;
    }
    const auto base = priorityNamed(place.family.toStdString(), words.front().toStdString());
    if (!base || words.size() == 2 || words.size() > 3) {
        m_cursor.fail('"' + std::string(start.text) + "\" is no priority");
        return 0;
    }
    const bool inside = words.size() == 3;
    const bool minus = inside ? words[1] == QLatin1String("-") : m_cursor.isSymbol("-");
    if (inside) {
        return *base + words[2].toInt() * (minus ? -1 : 1);
    }
    return minus || m_cursor.isSymbol("+") ? (m_cursor.advance(), *base + m_cursor.expectNumber() * (minus ? -1 : 1)) : *base;
}

NftObject Reader::rule(const Place &place, const QString &chain)
{
    const auto start = origin();
    if (++m_rules > mostRules) {
        m_cursor.fail("too many rules");
    }
    const Surroundings around{place.family.toStdString(), [&](Cursor &) { return anonymousChain(place); },
                              [&](const QString &map) { return mapFamily(place, map); }};
    const auto read = ruleOf(m_cursor, around);
    auto value = in(place);
    value.insert(QLatin1String("chain"), chain);
    value.insert(QLatin1String("expr"), read.statements);
    if (!read.comment.isEmpty()) {
        value.insert(QLatin1String("comment"), read.comment);
    }
    if (read.handle >= 0) {
        value.insert(QLatin1String("handle"), read.handle);
    }
    return {"rule", value, static_cast<qsizetype>(start)};
}

/// nft gives such a chain a name of its own, too.
QString Reader::anonymousChain(const Place &place)
{
    const auto start = origin();
    const auto name = QStringLiteral("__chain%1").arg(m_anonymous++);
    auto value = in(place);
    value.insert(QLatin1String("name"), name);
    apply("add", "chain", value, start);
    std::vector<NftObject> rules;
    readBlock(m_cursor, ofBlocks(), [&] { rules.push_back(rule(place, name)); });
    for (auto &each : rules) {
        m_state.append(std::move(each));
    }
    return name;
}

QString Reader::mapFamily(const Place &place, const QString &map) const
{
    auto value = in(place);
    value.insert(QLatin1String("name"), map);
    const auto *found = m_state.find("map", value);
    const auto data = found == nullptr ? QJsonValue() : found->value[QLatin1String("map")];
    auto text = data.toString();
    const auto type = data.toObject().value(QLatin1String("typeof"));
    const auto first = type.toObject().value(QLatin1String("concat")).toArray().at(0);
    const auto payload = (first.isObject() ? first : type).toObject().value(QLatin1String("payload")).toObject();
    text = payload.isEmpty() ? text : payload.value(QLatin1String("protocol")).toString();
    return text.startsWith(QLatin1String("ipv4")) || text == QLatin1String("ip")    ? QStringLiteral("ip")
           : text.startsWith(QLatin1String("ipv6")) || text == QLatin1String("ip6") ? QStringLiteral("ip6")
                                                                                    : QString{};
}

void Reader::object(const char *command, const Place &place)
{
    const auto start = origin();
    const auto kind = objectKind(m_cursor);
    auto value = in(place);
    namedObject(command, kind, value, start);
}

void Reader::namedObject(const char *command, const std::string &kind, QJsonObject value, std::size_t start)
{
    value.insert(QLatin1String("name"), textOf(m_cursor.expectName()));
    readHandle(value);
    readObject(m_cursor, kind, ofBlocks(), value);
    apply(command, kind, value, start);
}

/// Behind "element": its set, and what is in it.
void Reader::element(const char *command)
{
    const auto start = origin();
    const auto where = place();
    auto value = in(where);
    value.insert(QLatin1String("name"), textOf(m_cursor.expectName()));
    const auto set = setOf(m_cursor).toObject().value(QLatin1String("set"));
    if (!set.isArray()) {
        m_cursor.fail("elements in braces are expected here");
    }
    value.insert(QLatin1String("elem"), set);
    apply(command, "element", value, start);
}

/// Behind "rule", or behind nothing: the chain, a place in it, and the rule itself unless it is to be deleted.
void Reader::ruleCommand(const char *command)
{
    const auto start = origin();
    const auto where = place();
    const auto chain = textOf(m_cursor.expectName());
    auto value = in(where);
    value.insert(QLatin1String("chain"), chain);
    const auto *key = m_cursor.isWord("index") ? "index" : "handle";
    if (m_cursor.accept("handle") || m_cursor.accept("index") || m_cursor.accept("position")) {
        value.insert(QLatin1String(key), m_cursor.expectNumber());
    }
    const std::string_view name(command);
    if (name != "delete" && name != "destroy") {
        const auto read = rule(where, chain).value;
        for (const auto *each : {"expr", "comment"}) {
            if (read.contains(QLatin1String(each))) {
                value.insert(QLatin1String(each), read[QLatin1String(each)]);
            }
        }
    }
    apply(command, "rule", value, start);
}

/// "ip filter input accept", or "filter input accept" where there is such a table.
bool Reader::isBareRule() const
{
    const auto &token = m_cursor.token();
    const QJsonObject table{{QStringLiteral("family"), QStringLiteral("ip")}, {QStringLiteral("name"), textOf(token.text)}};
    return token.kind == Token::Kind::Word && (isFamily(token.text) || m_state.find("table", table) != nullptr);
}

/// Behind "add", "create", "insert", "replace", or nothing.
void Reader::added(const char *command)
{
    const auto start = origin();
    if (m_cursor.accept("table")) {
        table(command);
    } else if (m_cursor.accept("chain")) {
        const auto where = place();
        chain(command, where);
    } else if (m_cursor.accept("rule")) {
        ruleCommand(command);
    } else if (m_cursor.accept("element")) {
        element(command);
    } else if (isObject(m_cursor)) {
        const auto kind = objectKind(m_cursor);
        const auto where = place();
        namedObject(command, kind, in(where), start);
    } else if (isBareRule()) {
        ruleCommand(command);
    } else {
        m_cursor.fail("no command of nft");
    }
}

void Reader::removed(const char *command)
{
    const auto start = origin();
    if (m_cursor.accept("rule")) {
        ruleCommand(command);
        return;
    }
    if (m_cursor.accept("element")) {
        element(command);
        return;
    }
    const bool isTable = m_cursor.isWord("table");
    if (!isTable && !m_cursor.isWord("chain") && !isObject(m_cursor)) {
        m_cursor.fail("nothing that can be deleted");
        return;
    }
    const auto kind = objectKind(m_cursor);
    QJsonObject value{{QStringLiteral("family"), family()}};
    if (!isTable) {
        value.insert(QLatin1String("table"), textOf(m_cursor.expectName()));
    }
    if (m_cursor.isWord("handle") && m_cursor.isNextNumber()) {
        m_cursor.advance();
        value.insert(QLatin1String("handle"), m_cursor.expectNumber());
    } else {
        value.insert(QLatin1String("name"), textOf(m_cursor.expectName()));
    }
    if (m_cursor.isSymbol("{")) {
        m_cursor.fail("to delete some of its devices is not known here");
    }
    apply(command, kind, value, start);
}

void Reader::flushed()
{
    const auto start = origin();
    if (m_cursor.accept("ruleset")) {
        const bool one = m_cursor.token().kind == Token::Kind::Word;
        apply("flush", "ruleset", one ? named("family", family()) : QJsonObject{}, start);
        return;
    }
    const bool isTable = m_cursor.isWord("table");
    auto kind = objectKind(m_cursor);
    kind = kind == "meter" || kind == "flow" ? "set" : kind;
    if (!isTable && kind != "chain" && kind != "set" && kind != "map") {
        m_cursor.fail("nothing that can be flushed");
    }
    QJsonObject value{{QStringLiteral("family"), family()}};
    value.insert(QLatin1String(isTable ? "name" : "table"), textOf(m_cursor.expectName()));
    if (!isTable) {
        value.insert(QLatin1String("name"), textOf(m_cursor.expectName()));
    }
    apply("flush", kind, value, start);
}

void Reader::renamed()
{
    const auto start = origin();
    m_cursor.expect("chain");
    auto value = in(place());
    value.insert(QLatin1String("name"), textOf(m_cursor.expectName()));
    value.insert(QLatin1String("newname"), textOf(m_cursor.expectName()));
    apply("rename", "chain", value, start);
}

void Reader::command()
{
    static constexpr std::array<const char *, 4> adding{"add", "create", "insert", "replace"};
    static constexpr std::array<std::string_view, 7> showing{"list", "get", "reset", "describe", "monitor", "export", "import"};
    const auto word = m_cursor.token().kind == Token::Kind::Word ? m_cursor.token().text : std::string_view{};
    const auto *const added = std::find(adding.begin(), adding.end(), word);
    if (added != adding.end()) {
        m_cursor.advance();
        this->added(*added);
    } else if (m_cursor.accept("delete")) {
        removed("delete");
    } else if (m_cursor.accept("destroy")) {
        removed("destroy");
    } else if (m_cursor.accept("flush")) {
        flushed();
    } else if (m_cursor.accept("rename")) {
        renamed();
    } else if (std::find(showing.begin(), showing.end(), word) != showing.end()) {
        m_cursor.skipFrom(m_cursor.position());
    } else {
        this->added("add");
    }
    if (!m_cursor.isBreak() && !m_cursor.isEnd()) {
        m_cursor.fail("the end of the line is expected here");
    }
}

ParseError Reader::problem() const
{
    auto message = m_cursor.problem()->message;
    if (!m_notIncluded.empty()) {
        message += " (not read: the file " + m_notIncluded + ')';
    }
    if (!m_wrongFile.empty()) {
        return {message + ": " + m_wrongLine, m_wrongFile, -1};
    }
    return {message, {}, static_cast<std::int64_t>(m_cursor.problem()->position)};
}

tl::expected<NftTables, ParseError> Reader::read(bool listing)
{
    if (listing) {
        m_state.setWhole();
        m_cursor.setPrinted();
    }
    readLines(m_cursor, ofBlocks(), [this] { command(); });
    if (m_cursor.isSymbol("}")) {
        m_cursor.fail("no block is open here");
    }
    if (m_cursor.failed()) {
        return tl::unexpected(problem());
    }
    auto read = readNftObjects(m_state.objects());
    if (!read) {
        return read;
    }
    if (!m_notIncluded.empty()) {
        read->missing = "what the file says that is included as " + m_notIncluded;
    } else if (!m_state.isWhole()) {
        read->anything = !m_state.areTablesWhole();
        read->missing = read->anything ? "the ruleset that these commands change" : "the tables beside those that are made here";
    }
    return read;
}

} // namespace

tl::expected<NftTables, ParseError> readNftText(std::string_view text, const Includes &includes)
{
    if (text.size() > longestInput) {
        return tl::unexpected(ParseError{"longer than 64 MiB", {}, -1});
    }
    return Reader(text, includes).read(script::isListing(text));
}

} // namespace bothways::filter
