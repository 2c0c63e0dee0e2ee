// SPDX-License-Identifier: GPL-3.0-or-later
#include "remedy/quote.h"

#include "filter/nft/nft_text.h"

#include <algorithm>

namespace bothways::remedy {
namespace {

bool isAsciiLetterOrDigit(QChar c)
{
    const auto u = c.unicode();
    return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9');
}

bool isMadeOf(const QString &text, QLatin1String punctuation)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [&](QChar c) { return isAsciiLetterOrDigit(c) || punctuation.contains(c); });
}

QString without(QString text, QLatin1String unwanted)
{
    text.remove(QChar::Null);
    for (const auto c : unwanted) {
        text.remove(QLatin1Char(c));
    }
    return text;
}

bool isPowerShellQuote(QChar c) { return c == u'\'' || (c.unicode() >= 0x2018 && c.unicode() <= 0x201b); }

/// The C runtime's rules: 2n backslashes before a quote stand for n, an odd one makes the quote literal.
QString quoteForRuntime(const QString &argument)
{
    QString quoted = QStringLiteral("\"");
    int backslashes = 0;
    for (const QChar c : argument) {
        if (c == u'\\') {
            ++backslashes;
            continue;
        }
        quoted += QString(c == u'"' ? qsizetype{2} * backslashes + 1 : backslashes, u'\\');
        quoted += c;
        backslashes = 0;
    }
    return quoted + QString(qsizetype{2} * backslashes, u'\\') + u'"';
}

} // namespace

QString quoteBash(const QString &argument)
{
    QString text = without(argument, {});
    // zsh, where people paste too, expands a word that starts with =.
    if (isMadeOf(text, QLatin1String("_@%+=:,./-")) && !text.startsWith(u'=')) {
        return text;
    }
    return u'\'' + text.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

QString quotePowerShell(const QString &argument)
{
    QString text = without(argument, {});
    if (isMadeOf(text, QLatin1String("_-")) && (text.at(0).isLetter() || text.at(0) == u'_')) {
        return text;
    }
    QString quoted = QStringLiteral("'");
    for (const QChar c : text) {
        quoted += c;
        if (isPowerShellQuote(c)) {
            quoted += c;
        }
    }
    return quoted + u'\'';
}

QString quoteCmd(const QString &argument)
{
    QString text = without(argument, QLatin1String("\r\n"));
    if (isMadeOf(text, QLatin1String("_.:/\\+-"))) {
        return text;
    }
    // Every character that cmd itself reads gets a caret, the quotes too: so cmd never is "inside quotes", where a caret
    // would be literal, and %NAME% becomes the unset variable "NAME^", which the prompt leaves as it stands.
    QString escaped;
    const QString quotedForRuntime = quoteForRuntime(text);
    for (const QChar c : quotedForRuntime) {
        if (QLatin1String("()%!^\"<>&|").contains(c)) {
            escaped += u'^';
        }
        escaped += c;
    }
    return escaped;
}

QString quoteNft(const QString &identifier)
{
    if (isNftIdentifier(identifier)) {
        return identifier;
    }
    return u'"' + without(identifier, QLatin1String("\"\r\n")) + u'"';
}

QString bashCommand(const QStringList &words)
{
    QStringList quoted;
    quoted.reserve(words.size());
    for (const auto &word : words) {
        quoted << quoteBash(word);
    }
    return quoted.join(u' ');
}

bool isNftIdentifier(const QString &text) { return filter::isNftIdentifier(text.toStdString()); }

bool isPasteSafe(const QString &text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t point = text.at(i).unicode();
        if (text.at(i).isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate()) {
            point = QChar::surrogateToUcs4(text.at(i), text.at(i + 1));
            ++i;
        }
        if (point == QChar::ReplacementCharacter) { // stands for bytes that are no text: the name is another one
            return false;
        }
        switch (QChar::category(point)) {
        case QChar::Other_Control:
        case QChar::Other_Format:
        case QChar::Other_Surrogate:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph:
            return false;
        default:
            break;
        }
    }
    return true;
}

} // namespace bothways::remedy
