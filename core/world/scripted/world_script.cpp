// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/scripted/world_script.h"

#include "evidence/gzip.h"
#include "evidence/json_io.h"
#include "evidence/session_file.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <tuple>

namespace bothways::world {

using namespace Qt::Literals::StringLiterals;
using evidence::Access;

namespace {

constexpr int deepestInclude = 4;

template <typename Value>
struct Named {
    QLatin1StringView name;
    Value value;
};
constexpr Named<Step> steps[] = {
    {"inventory"_L1, Step::Inventory},
    {"snapshot"_L1, Step::Snapshot},
    {"host"_L1, Step::Host},
    {"guest"_L1, Step::Guest},
    {"guest-again"_L1, Step::GuestAgain},
    {"echo"_L1, Step::Echo},
    {"neighbour"_L1, Step::Neighbour},
    {"tcp"_L1, Step::Tcp},
    {"trace"_L1, Step::Trace},
    {"path-mtu"_L1, Step::PathMtu},
    {"capture"_L1, Step::Capture},
};
constexpr Named<Access> accesses[] = {
    {"absent"_L1, Access::Absent},
    {"denied"_L1, Access::Denied},
    {"failed"_L1, Access::Failed},
    {"timed-out"_L1, Access::TimedOut},
};

template <typename Value, std::size_t size>
std::optional<Value> valueOf(const Named<Value> (&table)[size], const QString &name)
{
    const auto found = std::find_if(std::begin(table), std::end(table), [&](const auto &each) { return each.name == name; });
    return found == std::end(table) ? std::nullopt : std::optional(found->value);
}

std::optional<Script::Span> spanOf(const QString &word)
{
    static const QRegularExpression form(u"^([0-9]{1,9})(ms|s)$"_s);
    const auto match = form.match(word);
    if (word == "never"_L1) {
        return Script::Span(std::chrono::hours(24 * 365));
    }
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const Script::Span::rep number = match.captured(1).toLongLong();
    return Script::Span(match.captured(2) == "s"_L1 ? number * 1000 : number);
}

std::optional<QJsonValue> jsonOf(const QString &text)
{
    const auto document = QJsonDocument::fromJson('[' + text.toUtf8() + ']'); // a value alone is no document for Qt
    const auto array = document.array();
    return array.size() == 1 ? std::optional(array.first()) : std::nullopt;
}

/// `value` with the place that the path names changed; nothing where there is no such place.
std::optional<QJsonValue> changed(const QJsonValue &value, QStringList path, const QJsonValue &to, bool add)
{
    if (path.isEmpty()) {
        return to;
    }
    const auto key = path.takeFirst().replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
    if (value.isObject()) {
        auto object = value.toObject();
        if (!object.contains(key) && !(add && path.isEmpty())) {
            return std::nullopt;
        }
        const auto inside = changed(object.value(key), path, to, add);
        if (inside) {
            object.insert(key, *inside);
        }
        return inside ? std::optional(QJsonValue(object)) : std::nullopt;
    }
    auto array = value.toArray();
    bool isNumber = false;
    const auto place = key.toLongLong(&isNumber);
    if (!value.isArray() || !(key == "*"_L1 || (key == "-"_L1 && add) || (isNumber && place >= 0 && place < array.size()))) {
        return std::nullopt;
    }
    if (key == "-"_L1) {
        array.append(to);
    }
    for (qsizetype i = 0; key != "-"_L1 && i < array.size(); ++i) {
        if (key == "*"_L1 || i == place) {
            const auto inside = changed(array.at(i), path, to, add);
            if (!inside) {
                return std::nullopt;
            }
            array.replace(i, *inside);
        }
    }
    return QJsonValue(array);
}

class Parser {
public:
    explicit Parser(QString folder) : m_folder(std::move(folder)) {}

    tl::expected<Script, ScriptError> parse(const QString &text)
    {
        if (!readLines(text)) {
            return tl::unexpected(m_error);
        }
        auto evidence = evidence::fromBytes(QJsonDocument(m_session).toJson());
        if (!evidence) {
            return tl::unexpected(ScriptError{{}, 0, evidence.error().message});
        }
        m_script.evidence = std::move(*evidence);
        return std::move(m_script);
    }

private:
    bool fail(const QString &message)
    {
        m_error = {m_file, static_cast<int>(m_line), message};
        return false;
    }

    bool readLines(const QString &text)
    {
        m_lines = text.split(u'\n');
        m_line = 0;
        while (m_line < m_lines.size()) {
            const auto line = m_lines[m_line++].trimmed();
            if (!line.isEmpty() && !line.startsWith(u'#') && !readLine(line)) {
                return false;
            }
        }
        return true;
    }

    bool readLine(const QString &line)
    {
        using Reader = bool (Parser::*)(const QString &);
        struct Verb {
            QLatin1StringView name;
            Reader reader;
        };
        static constexpr Verb verbs[] = {
            {"include"_L1, &Parser::include}, {"session"_L1, &Parser::session},
            {"at"_L1, &Parser::at},           {"add"_L1, &Parser::add},
            {"text"_L1, &Parser::text},       {"takes"_L1, &Parser::takes},
            {"fails"_L1, &Parser::fails},     {"hypervisor"_L1, &Parser::hypervisor},
            {"output"_L1, &Parser::output},   {"login"_L1, &Parser::login},
            {"lost"_L1, &Parser::lost},       {"outage"_L1, &Parser::outage},
            {"frame"_L1, &Parser::frame},     {"disk"_L1, &Parser::disk},
        };
        const auto name = line.section(u' ', 0, 0);
        const auto rest = line.section(u' ', 1);
        const auto verb = std::find_if(std::begin(verbs), std::end(verbs), [&](const auto &each) { return each.name == name; });
        return verb == std::end(verbs) ? fail(u"\"%1\" is no word of a script"_s.arg(name)) : (this->*verb->reader)(rest);
    }

    std::optional<QByteArray> contentOf(const QString &name)
    {
        QFile file(m_folder + u'/' + name);
        if (!file.open(QIODevice::ReadOnly)) {
            fail(file.errorString());
            return std::nullopt;
        }
        return file.readAll();
    }

    bool include(const QString &name)
    {
        if (m_depth >= deepestInclude) {
            return fail(u"too many scripts in each other"_s);
        }
        const auto content = contentOf(name);
        if (!content) {
            return false;
        }
        const auto outer = std::tuple(m_folder, m_file, m_line, m_lines);
        m_folder = QFileInfo(m_folder + u'/' + name).path();
        m_file = name;
        ++m_depth;
        const bool isRead = readLines(QString::fromUtf8(*content));
        --m_depth;
        std::tie(m_folder, m_file, m_line, m_lines) = outer;
        return isRead;
    }

    bool session(const QString &name)
    {
        const auto content = contentOf(name);
        if (!content) {
            return false;
        }
        auto bytes = *content;
        if (evidence::looksGzipped(bytes)) {
            bytes = evidence::gunzip(bytes, evidence::maximumSessionBytes).value_or(QByteArray());
        }
        m_session = QJsonDocument::fromJson(bytes).object();
        return m_session.contains("evidence"_L1) || fail(u"\"%1\" is no session"_s.arg(name));
    }

    bool change(const QString &pointer, const QJsonValue &to, bool mayBeNew)
    {
        if (!pointer.startsWith(u'/')) {
            return fail(u"\"%1\" is no pointer into a session"_s.arg(pointer));
        }
        const auto evidence = changed(m_session.value("evidence"_L1), pointer.mid(1).split(u'/'), to, mayBeNew);
        if (!evidence) {
            return fail(u"the session has no \"%1\""_s.arg(pointer));
        }
        m_session.insert("evidence"_L1, *evidence);
        return true;
    }
    bool changeTo(const QString &rest, bool mayBeNew)
    {
        const auto value = jsonOf(rest.section(u' ', 1));
        return value ? change(rest.section(u' ', 0, 0), *value, mayBeNew) : fail(u"no JSON value"_s);
    }
    bool at(const QString &rest) { return changeTo(rest, false); }
    bool add(const QString &rest) { return changeTo(rest, true); }

    /// The lines up to "end".
    std::optional<QString> block()
    {
        QStringList lines;
        while (m_line < m_lines.size()) {
            const auto line = m_lines[m_line++].trimmed();
            if (line == "end"_L1) {
                return lines.join(u'\n') + u'\n';
            }
            lines << line;
        }
        return std::nullopt;
    }
    bool text(const QString &pointer)
    {
        const auto lines = block();
        return lines ? change(pointer, *lines, false) : fail(u"\"end\" is missing"_s);
    }
    bool output(const QString & /*nothing*/)
    {
        const auto lines = block();
        if (lines) {
            m_script.guestOutput = lines->toUtf8();
        }
        return lines || fail(u"\"end\" is missing"_s);
    }

    bool takes(const QString &rest)
    {
        const auto step = valueOf(steps, rest.section(u' ', 0, 0));
        const auto span = spanOf(rest.section(u' ', 1));
        if (step && span) {
            m_script.takes[*step] = *span;
        }
        return (step && span) || fail(u"expected: takes STEP SPAN"_s);
    }

    bool fails(const QString &rest)
    {
        const auto step = valueOf(steps, rest.section(u' ', 0, 0));
        const auto access = valueOf(accesses, rest.section(u' ', 1, 1));
        if (step && access) {
            m_script.failures[*step] = {*access, rest.section(u' ', 2)};
        }
        return (step && access) || fail(u"expected: fails STEP ACCESS WORDS"_s);
    }

    bool hypervisor(const QString &rest)
    {
        using Reading = evidence::Reading<evidence::Inventory>;
        const auto id = rest.section(u' ', 0, 0);
        const auto word = rest.section(u' ', 1, 1);
        const auto tail = rest.section(u' ', 2);
        if (const auto access = valueOf(accesses, word)) {
            m_script.hypervisors.push_back({id, Reading::missing(*access, id, tail)});
            return true;
        }
        const auto json = jsonOf(tail);
        if (word != "read"_L1 || !json) {
            return fail(u"expected: hypervisor ID ACCESS WORDS, or: hypervisor ID read JSON"_s);
        }
        evidence::Inventory inventory;
        QString error;
        evidence::io::Reader reader(json->toObject(), QString(), error);
        evidence::Inventory::fields(inventory, reader);
        m_script.hypervisors.push_back({id, Reading::read(std::move(inventory), id)});
        return error.isEmpty() || fail(error);
    }

    bool login(const QString &rest)
    {
        m_script.login = {rest.section(u' ', 0, 0), rest.section(u' ', 1)};
        return !m_script.login->password.isEmpty() || fail(u"expected: login USER PASSWORD"_s);
    }

    bool lost(const QString &rest)
    {
        const auto span = spanOf(rest.section(u' ', 0, 0));
        if (span) {
            m_script.helperLost = {*span, rest.section(u' ', 1)};
        }
        return span || fail(u"expected: lost SPAN WORDS"_s);
    }

    bool outage(const QString &rest)
    {
        const auto from = spanOf(rest.section(u' ', 0, 0));
        const auto until = spanOf(rest.section(u' ', 1));
        if (from && until) {
            m_script.outages.push_back({*from, *until});
        }
        return (from && until) || fail(u"expected: outage SPAN SPAN"_s);
    }

    bool frame(const QString &rest)
    {
        const auto span = spanOf(rest.section(u' ', 0, 0));
        const auto hex = rest.section(u' ', 2);
        static const QRegularExpression form(u"^([0-9a-f]{2})+$"_s);
        if (!span || !form.match(hex).hasMatch()) {
            return fail(u"expected: frame SPAN INTERFACE HEX"_s);
        }
        m_script.frames.push_back({*span, rest.section(u' ', 1, 1).toStdString(), QByteArray::fromHex(hex.toLatin1())});
        return true;
    }

    bool disk(const QString &rest)
    {
        bool isNumber = false;
        m_script.diskBytes = rest.toLongLong(&isNumber);
        return isNumber || fail(u"expected: disk BYTES"_s);
    }

    Script m_script;
    QJsonObject m_session;
    ScriptError m_error;
    QString m_folder;
    QString m_file; ///< that is included; empty: none
    qsizetype m_line = 0;
    QStringList m_lines;
    int m_depth = 0;
};

} // namespace

tl::expected<Script, ScriptError> readScript(const QString &text, const QString &folder) { return Parser(folder).parse(text); }

} // namespace bothways::world
