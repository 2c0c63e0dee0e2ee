// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <QString>
#include <QStringList>

/// Text that wants to be more than text, for every place that shows or quotes what was read.
namespace bothways::test {

inline QStringList hostileStrings(int count, quint32 seed = 20261123)
{
    const QStringList seeds{
        QString(),
        QStringLiteral("plain"),
        QStringLiteral("two words"),
        QStringLiteral("'"),
        QStringLiteral("''"),
        QStringLiteral("\""),
        QStringLiteral("\\"),
        QStringLiteral("\\\\\""),
        QStringLiteral("a\\"),
        QStringLiteral("$(id)"),
        QStringLiteral("`id`"),
        QStringLiteral("${HOME}"),
        QStringLiteral("$HOME"),
        QStringLiteral("x'$(touch /tmp/owned)'y"),
        QStringLiteral("a\nb"),
        QStringLiteral("a\r\nb\n"),
        QStringLiteral("\ttab"),
        QStringLiteral("%PATH%"),
        QStringLiteral("%%"),
        QStringLiteral("^"),
        QStringLiteral("!history!"),
        QStringLiteral("a&b|c<d>e(f)g"),
        QStringLiteral("; rm -rf ."),
        QStringLiteral("-rf"),
        QStringLiteral("--help"),
        QStringLiteral("~root"),
        QStringLiteral("=ls"),
        QStringLiteral("*?[a-z]{1,2}"),
        QStringLiteral("#comment"),
        QStringLiteral("1kb"),
        QStringLiteral("0x10"),
        QStringLiteral("@splat"),
        QStringLiteral("\u2018; Remove-Item x\u2019"),
        QStringLiteral("\u201a\u201b"),
        QStringLiteral("\u201cdouble\u201d"),
        QStringLiteral("\u2013dash"),
        QStringLiteral("</script><script>alert(1)</script>"),
        QStringLiteral("<img src=x onerror=alert(1)>"),
        QStringLiteral("&lt;b&gt;"),
        QStringLiteral("]]>"),
        QStringLiteral("\" onmouseover=\"x"),
        QStringLiteral("| cell | `code` | <b>"),
        QStringLiteral("\u202Eevil\u202C"),
        QStringLiteral("\u001b[31mred\u001b[0m"),
        QStringLiteral("\u009b31m"),
        QStringLiteral("\u4e2d\u6587"),
        QStringLiteral("\U0001F600"),
    };
    const QString alphabet = QStringLiteral(
        "ab'\"\\$`!%^&|<>(){}[];:*?~#=-_.,/@ \t\n\r\u0001\u001b\u2018\u2019\u201a\u201b\u201c\u2028\u202e\u00e9\u4e2d");
    QStringList all = seeds;
    QRandomGenerator random(seed);
    while (all.size() < count) {
        QString text;
        const int length = 1 + static_cast<int>(random.bounded(24));
        for (int i = 0; i < length; ++i) {
            text += random.bounded(8) == 0
                        ? seeds.at(static_cast<int>(random.bounded(static_cast<int>(seeds.size()))))
                        : QString(alphabet.at(static_cast<int>(random.bounded(static_cast<int>(alphabet.size())))));
        }
        all << text;
    }
    return all;
}

} // namespace bothways::test
