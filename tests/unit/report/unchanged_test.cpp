// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says of a recorded session stays as it was: JSON, HTML, Markdown and a terminal's text, byte for byte, in
// English, of the cases that come with the program and of every session in tests/data/sessions (measured on real faults in
// namespaces and VMs). What is expected stands in tests/data/reports, a gzip file for each session with its four documents one
// after the other.
//
// After a change of behaviour on purpose: read the differences that this test prints, then record anew, and commit the files that
// changed in tests/data/reports with the change:
//
//     BOTHWAYS_RECORD_REPORTS=1 ctest --preset dev -R report_unchanged
//
// A new session is a new file NAME.bothways (bothways-cli diagnose --vm … --save, gzip -9n) and the same command.
#include "catch.h"

#include "evidence/gzip.h"
#include "evidence/session_file.h"
#include "report/writers.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>

using namespace bothways;
using namespace Qt::StringLiterals;

namespace {

enum class Format { Json, Text, Html, Markdown };
struct Named {
    Format format;
    const char *name;
};
constexpr std::array<Named, 4> formats{
    {{Format::Json, "JSON"}, {Format::Text, "text"}, {Format::Html, "HTML"}, {Format::Markdown, "Markdown"}}};
using Documents = std::array<QByteArray, formats.size()>; ///< in the order of `formats`

QByteArray written(Format format, const conclusion::Conclusion &concluded)
{
    switch (format) {
    case Format::Json:
        return report::toJson(concluded);
    case Format::Text:
        return report::toText(concluded, true).toUtf8();
    case Format::Html:
        return report::toHtml(concluded);
    case Format::Markdown:
        return report::toMarkdown(concluded);
    }
    return {};
}

/// The one place that asks the program. Documents of other formats stay empty.
Documents documentsOf(const QString &session, const std::vector<Format> &wanted)
{
    const auto loaded = evidence::load(session);
    REQUIRE(loaded);
    const auto concluded = conclusion::conclude(*loaded);
    Documents documents;
    for (std::size_t i = 0; i < formats.size(); ++i) {
        if (std::find(wanted.begin(), wanted.end(), formats[i].format) != wanted.end()) {
            documents[i] = written(formats[i].format, concluded);
        }
    }
    return documents;
}

struct Case {
    QString session;  ///< path
    QString expected; ///< path
};

std::vector<Case> cases()
{
    const QDir data(QStringLiteral(BOTHWAYS_TEST_DATA));
    const QDir reports(data.filePath(u"reports"_s));
    std::vector<Case> all;
    const auto add = [&](const QDir &folder, const QString &prefix) {
        for (const auto &file : folder.entryInfoList({u"*.bothways"_s}, QDir::Files, QDir::Name)) {
            all.push_back({file.filePath(), reports.filePath(prefix + file.completeBaseName() + u".gz"_s)});
        }
    };
    add(QDir(QStringLiteral(BOTHWAYS_DEMOS)), u"demo-"_s);
    add(QDir(data.filePath(u"sessions"_s)), {});
    return all;
}

// A file of expected documents: for each a line "NAME BYTES", then so many bytes.
QByteArray packed(const Documents &documents)
{
    QByteArray all;
    for (std::size_t i = 0; i < formats.size(); ++i) {
        all += QByteArray(formats[i].name) + ' ' + QByteArray::number(documents[i].size()) + '\n' + documents[i];
    }
    return evidence::gzip(all);
}

std::optional<Documents> unpacked(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const auto all = evidence::gunzip(file.readAll(), evidence::maximumSessionBytes);
    REQUIRE(all);
    Documents documents;
    qsizetype at = 0;
    for (std::size_t i = 0; i < formats.size(); ++i) {
        const auto end = all->indexOf('\n', at);
        const auto heading = all->mid(at, end - at).split(' ');
        REQUIRE((heading.size() == 2 && heading[0] == formats[i].name));
        documents[i] = all->mid(end + 1, heading[1].toLongLong());
        at = end + 1 + heading[1].toLongLong();
    }
    return documents;
}

/// A share or a time as it is worded in a line.
struct Number {
    double value = 0;
    QString unit;
};

struct Worded {
    QString frame; ///< the line with each number and its unit taken out
    std::vector<Number> numbers;
};

Worded wordedIn(const QByteArray &line)
{
    static const QRegularExpression number(
        u"(?:(?:over|under|more than|less than|&gt;|&lt;|>|<) ?)?(\\d+(?:\\.\\d+)?)[ \u00a0](%|ms|\u00b5s|ns)(?!\\w)"_s);
    Worded worded;
    const auto text = QString::fromUtf8(line);
    qsizetype from = 0;
    for (auto matches = number.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        worded.frame += QStringView(text).mid(from, match.capturedStart() - from);
        worded.frame += QChar::ObjectReplacementCharacter;
        from = match.capturedEnd();
        const auto unit = match.captured(2);
        const auto scale = unit == u"ns" ? 1e-6 : unit == u"\u00b5s" ? 1e-3 : 1.0;
        worded.numbers.push_back({match.captured(1).toDouble() * scale, unit == u"%" ? unit : u"ms"_s});
    }
    worded.frame += QStringView(text).mid(from);
    return worded;
}

/// The one difference that is allowed: how a share or a time is rounded and worded ("100 %" and "over 99 %", "0.4 ms" and
/// "0.417 ms"). The numbers themselves stand in the JSON, where nothing may differ.
bool saysTheSame(const QByteArray &before, const QByteArray &now)
{
    if (before == now) {
        return true;
    }
    const auto old = wordedIn(before);
    const auto fresh = wordedIn(now);
    return old.frame == fresh.frame &&
           std::equal(old.numbers.begin(), old.numbers.end(), fresh.numbers.begin(), fresh.numbers.end(),
                      [](const Number &a, const Number &b) {
                          const auto near = a.unit == u"%" ? 1.0 : std::max(0.01, 0.05 * std::max(a.value, b.value));
                          return a.unit == b.unit && std::abs(a.value - b.value) <= near;
                      });
}

/// Around the first byte that differs: HTML has long lines.
QByteArray clipped(const QByteArray &line, qsizetype differs)
{
    constexpr qsizetype before = 60;
    constexpr qsizetype width = 200;
    const auto begin = std::max<qsizetype>(0, differs - before);
    return (begin > 0 ? "..." : "") + line.mid(begin, width) + (begin + width < line.size() ? "..." : "");
}

/// "-" lines of before and "+" lines of now with the number of the first, as many as one reads; empty when they say the same.
QByteArray difference(const QByteArray &before, const QByteArray &now, bool exactly)
{
    constexpr qsizetype ahead = 200; // so far it is looked for where both go on alike
    constexpr int shown = 12;
    const auto old = before.split('\n');
    const auto fresh = now.split('\n');
    const auto alike = [&](qsizetype i, qsizetype j) { return exactly ? old[i] == fresh[j] : saysTheSame(old[i], fresh[j]); };
    QByteArray text;
    int lines = 0;
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < old.size() || j < fresh.size()) {
        if (i < old.size() && j < fresh.size() && alike(i, j)) {
            ++i;
            ++j;
            continue;
        }
        auto toI = old.size();
        auto toJ = fresh.size();
        for (qsizetype sum = 1; sum <= ahead && (toI == old.size() || toJ == fresh.size()); ++sum) {
            for (qsizetype a = 0; a <= sum; ++a) {
                if (i + a < old.size() && j + sum - a < fresh.size() && old[i + a] == fresh[j + sum - a]) {
                    toI = i + a;
                    toJ = j + sum - a;
                    break;
                }
            }
        }
        const auto same =
            i < old.size() && j < fresh.size()
                ? std::mismatch(old[i].begin(), old[i].end(), fresh[j].begin(), fresh[j].end()).first - old[i].begin()
                : 0;
        if (lines < shown) {
            text += "  line " + QByteArray::number(j + 1) + ":\n";
        }
        for (; i < toI; ++i, ++lines) {
            text += lines < shown ? "  - " + clipped(old[i], same) + '\n' : QByteArray();
        }
        for (; j < toJ; ++j, ++lines) {
            text += lines < shown ? "  + " + clipped(fresh[j], same) + '\n' : QByteArray();
        }
    }
    return lines > shown ? text + "  ... and " + QByteArray::number(lines - shown) + " lines more\n" : text;
}

bool recording() { return qEnvironmentVariableIntValue("BOTHWAYS_RECORD_REPORTS") == 1; }

void record(const Case &each)
{
    const auto now = documentsOf(each.session, {Format::Json, Format::Text, Format::Html, Format::Markdown});
    if (unpacked(each.expected) == now) {
        return;
    }
    QFile file(each.expected);
    REQUIRE(file.open(QIODevice::WriteOnly));
    const auto bytes = packed(now);
    REQUIRE(file.write(bytes) == bytes.size());
    WARN("recorded anew: " << each.expected.toStdString());
}

void compare(const Case &each, const std::vector<Format> &wanted)
{
    const auto before = unpacked(each.expected);
    if (!before) {
        FAIL("no " << each.expected.toStdString() << "; the head of this test says how it is recorded");
    }
    const auto now = documentsOf(each.session, wanted);
    for (std::size_t i = 0; i < formats.size(); ++i) {
        if (now[i].isEmpty() || now[i] == (*before)[i]) {
            continue;
        }
        const auto differs = difference((*before)[i], now[i], formats[i].format == Format::Json);
        INFO(QFileInfo(each.session).fileName().toStdString() << ", " << formats[i].name << ":\n" << differs.toStdString());
        CHECK(differs.isEmpty());
    }
}

void check(const std::vector<Format> &wanted)
{
    const auto all = cases();
    REQUIRE(all.size() >= 100);
    for (const auto &each : all) {
        if (recording()) {
            record(each);
        } else {
            compare(each, wanted);
        }
    }
}

} // namespace

TEST_CASE("what a session says in JSON and in a terminal stays as it was", "[said]") { check({Format::Json, Format::Text}); }

TEST_CASE("what a session says as a page and in Markdown stays as it was", "[page]") { check({Format::Html, Format::Markdown}); }

TEST_CASE("only the wording of a number may differ", "[said]")
{
    CHECK(difference("a\n98 % of 0.417 ms\nb", "a\n98 % of 0.42 ms\nb", false).isEmpty());
    CHECK(difference("lost: 100 %", "lost: over 99 %", false).isEmpty());
    CHECK(difference("0.417 ms", "417 \u00b5s", false).isEmpty());
    CHECK_FALSE(difference("0.417 ms", "0.42 ms", true).isEmpty());
    CHECK_FALSE(difference("98 %", "90 %", false).isEmpty());
    CHECK_FALSE(difference("98 %", "98 ms", false).isEmpty());
    CHECK_FALSE(difference("rule 4", "rule 5", false).isEmpty());
    CHECK(difference("a\nb\nc\nd", "a\nc\nx\nd", false) == "  line 2:\n  - b\n  line 3:\n  + x\n");
}
