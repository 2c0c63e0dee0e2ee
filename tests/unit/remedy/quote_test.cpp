// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "hostile.h"
#include "remedy/quote.h"

#include <optional>

using namespace bothways;

namespace {

/// PowerShell's tokenizer for one argument: a bare word of letters, or '...' in which any two single quote characters (the
/// curly ones count) stand for the second of them. Nothing where it would not be exactly one argument.
std::optional<QString> readPowerShell(const QString &word)
{
    const auto isQuote = [](QChar c) { return c == u'\'' || (c.unicode() >= 0x2018 && c.unicode() <= 0x201b); };
    if (!word.isEmpty() && !isQuote(word.at(0))) {
        for (const QChar c : word) {
            if (!(c.unicode() < 128 && (c.isLetterOrNumber() || c == u'_' || c == u'-'))) {
                return std::nullopt;
            }
        }
        return word.at(0).isDigit() || word.at(0) == u'-' ? std::nullopt : std::optional(word);
    }
    QString value;
    for (qsizetype i = 1; i < word.size(); ++i) {
        if (!isQuote(word.at(i))) {
            value += word.at(i);
        } else if (i + 1 < word.size() && isQuote(word.at(i + 1))) {
            value += word.at(++i);
        } else {
            return i + 1 == word.size() ? std::optional(value) : std::nullopt;
        }
    }
    return std::nullopt;
}

/// cmd.exe phase 2 at the prompt: a caret outside quotes makes the next character plain; a special one that is neither
/// caret-escaped nor inside quotes would act. %NAME% needs two percent signs with a defined name between: a caret is in it.
std::optional<QString> readCmd(const QString &word)
{
    QString line;
    bool quoted = false;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const QChar c = word.at(i);
        if (c == u'\r' || c == u'\n') {
            return std::nullopt;
        }
        if (!quoted && c == u'^') {
            if (i + 1 == word.size()) {
                return std::nullopt;
            }
            line += word.at(++i);
            continue;
        }
        if (c == u'"') {
            quoted = !quoted;
        } else if (!quoted && QStringLiteral("&|<>()%!").contains(c)) {
            return std::nullopt;
        } else if (quoted && QStringLiteral("%!").contains(c)) {
            return std::nullopt;
        }
        line += c;
    }
    return quoted ? std::nullopt : std::optional(line);
}

/// The C runtime's splitting of a command line into arguments; exactly one is wanted.
std::optional<QString> readRuntime(const QString &line)
{
    QString value;
    bool quoted = false;
    int backslashes = 0;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line.at(i);
        if (c == u'\\') {
            ++backslashes;
            continue;
        }
        if (c == u'"') {
            value += QString(backslashes / 2, u'\\');
            if (backslashes % 2 != 0) {
                value += u'"';
            } else if (quoted && i + 1 < line.size() && line.at(i + 1) == u'"') {
                value += u'"';
                ++i;
            } else {
                quoted = !quoted;
            }
            backslashes = 0;
            continue;
        }
        value += QString(backslashes, u'\\');
        backslashes = 0;
        if (!quoted && (c == u' ' || c == u'\t')) {
            return std::nullopt;
        }
        value += c;
    }
    value += QString(backslashes, u'\\');
    return quoted ? std::nullopt : std::optional(value);
}

} // namespace

TEST_CASE("POSIX quoting keeps plain words readable")
{
    CHECK(remedy::quoteBash(QStringLiteral("echo-request")) == QStringLiteral("echo-request"));
    CHECK(remedy::quoteBash(QStringLiteral("192.168.122.1/32")) == QStringLiteral("192.168.122.1/32"));
    CHECK(remedy::quoteBash(QStringLiteral("fd00::1")) == QStringLiteral("fd00::1"));
    CHECK(remedy::quoteBash(QString()) == QStringLiteral("''"));
    CHECK(remedy::quoteBash(QStringLiteral("a'b")) == QStringLiteral("'a'\\''b'"));
    CHECK(remedy::quoteBash(QStringLiteral("=ls")) == QStringLiteral("'=ls'"));
    CHECK(remedy::quoteBash(QStringLiteral("~root")) == QStringLiteral("'~root'"));
    CHECK(remedy::quoteBash(QStringLiteral("a") + QChar::Null + QStringLiteral("b")) == QStringLiteral("ab"));
    CHECK(remedy::bashCommand({QStringLiteral("virsh"), QStringLiteral("start"), QStringLiteral("my vm")}) ==
          QStringLiteral("virsh start 'my vm'"));
}

TEST_CASE("PowerShell reads back what was quoted")
{
    for (const auto &text : test::hostileStrings(1500)) {
        const QString quoted = remedy::quotePowerShell(text);
        INFO(quoted.toStdString());
        const auto back = readPowerShell(quoted);
        REQUIRE(back);
        CHECK(*back == text);
    }
    // An ending quote of the other shape must not get out.
    CHECK(remedy::quotePowerShell(QStringLiteral("a\u2019; b")) == QStringLiteral("'a\u2019\u2019; b'"));
    CHECK(remedy::quotePowerShell(QStringLiteral("vm-monitoring-icmpv4")) == QStringLiteral("vm-monitoring-icmpv4"));
    CHECK(remedy::quotePowerShell(QStringLiteral("-Force")) == QStringLiteral("'-Force'"));
    CHECK(remedy::quotePowerShell(QStringLiteral("10.0.0.1")) == QStringLiteral("'10.0.0.1'"));
}

TEST_CASE("cmd and the C runtime read back what was quoted")
{
    for (const auto &text : test::hostileStrings(1500)) {
        const QString quoted = remedy::quoteCmd(text);
        INFO(quoted.toStdString());
        const auto line = readCmd(quoted);
        REQUIRE(line);
        const auto back = readRuntime(*line);
        REQUIRE(back);
        CHECK(*back == QString(text).remove(u'\r').remove(u'\n'));
    }
    CHECK(remedy::quoteCmd(QStringLiteral("10.0.0.1")) == QStringLiteral("10.0.0.1"));
    CHECK(remedy::quoteCmd(QStringLiteral("a b")) == QStringLiteral("^\"a b^\""));
    CHECK(remedy::quoteCmd(QStringLiteral("%PATH%")) == QStringLiteral("^\"^%PATH^%^\""));
}

TEST_CASE("nft takes a name bare or as a string that cannot end early")
{
    for (const auto &text : test::hostileStrings(1500)) {
        const QString quoted = remedy::quoteNft(text);
        INFO(quoted.toStdString());
        if (remedy::isNftIdentifier(text)) {
            CHECK(quoted == text);
            continue;
        }
        REQUIRE(quoted.size() >= 2);
        CHECK(quoted.startsWith(u'"'));
        CHECK(quoted.endsWith(u'"'));
        CHECK(quoted.count(u'"') == 2);
        CHECK_FALSE(quoted.contains(u'\n'));
    }
    for (const auto *good : {"input", "in-x", "a/b.c", "_x", "LIBVIRT_INP", "filter_IN_public_deny"}) {
        CHECK(remedy::isNftIdentifier(QLatin1String(good)));
    }
    for (const auto *bad : {"", "1st", "-x", "/x", "a b", "a;b", "x$(id)", "a\"b", "*"}) {
        CHECK_FALSE(remedy::isNftIdentifier(QLatin1String(bad)));
    }
}

TEST_CASE("what would do something else when pasted is recognised")
{
    CHECK(remedy::isPasteSafe(QStringLiteral("ip link set dev 'my nic' up \u4e2d\u6587 \U0001F600 \u00e9")));
    for (const auto &bad :
         {QStringLiteral("a\nb"), QStringLiteral("a\u001b[0m"), QStringLiteral("\u202Ex"), QStringLiteral("a\u2028b"),
          QStringLiteral("\u0003"), QStringLiteral("\u009b"), QStringLiteral("x\u200by"), QString(QChar(0xd800))}) {
        CHECK_FALSE(remedy::isPasteSafe(bad));
    }
    CHECK_FALSE(remedy::isPasteSafe(QString::fromUtf8("ip link set dev eth\xff up"))); // the kernel takes such a name
}
