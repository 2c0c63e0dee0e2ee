// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/markdown_parts.h"

#include "shown/terms.h"

#include <algorithm>

namespace bothways::report {

QString inlineText(const QString &text)
{
    const QString anywhere = QStringLiteral("\\`*_{}[]>~");
    // Only markup at the start of a line: addresses and names stay readable.
    const QString atStart = QStringLiteral("-+#!=()");
    const QString shown = shown::visible(text).trimmed();
    const auto digits = std::find_if_not(shown.begin(), shown.end(), [](QChar c) { return c.isDigit(); }) - shown.begin();
    QString escaped;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const QChar c = shown.at(i);
        const bool orderedList = i == digits && i > 0 && (c == u'.' || c == u')') && shown.mid(i + 1, 1).trimmed().isEmpty();
        if (c == u'<') {
            escaped += QStringLiteral("&lt;");
        } else if (c == u'&') {
            escaped += QStringLiteral("&amp;");
        } else if (c == u'|') {
            escaped += QStringLiteral("&#124;"); // renderers differ over \\| after a backslash
        } else if (anywhere.contains(c) || (i == 0 && atStart.contains(c)) || orderedList) {
            escaped += u'\\' + QString(c);
        } else {
            escaped += c;
        }
    }
    return escaped;
}

QString fenced(const QString &text, const QString &language)
{
    const QString shown = shown::visible(text, true);
    int longest = 2;
    int run = 0;
    for (const QChar c : shown) {
        run = c == u'`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const QString fence(longest + 1, u'`');
    return QStringLiteral("%1%2\n%3\n%1\n").arg(fence, language, shown);
}

} // namespace bothways::report
