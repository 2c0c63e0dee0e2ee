// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "words/text.h"

#include <QStringList>

namespace bothways {

/// Parts of a text joined by punctuation. Each language has its own, so each of these is a text to translate.
/// Without a text: a label that what follows stands below.
inline QString labelled(const QString &label, const QString &text)
{
    return translate("punctuation", "%1: %2").arg(label, text).trimmed();
}
/// Tools end their messages as they like, and a title has no end: a full stop where there is none.
inline QString asSentence(const QString &text)
{
    const auto trimmed = text.trimmed();
    const bool ended = trimmed.isEmpty() || QStringLiteral(".!?)\u3002\uFF01\uFF1F\uFF09").contains(trimmed.back());
    return ended ? trimmed : translate("punctuation", "%1.").arg(trimmed);
}
/// Two sentences, the one before the other; either may be empty.
inline QString together(const QString &first, const QString &second)
{
    return first.isEmpty() || second.isEmpty()
               ? first + second
               : translate("punctuation", "%1 %2", "two whole sentences").arg(asSentence(first), second);
}

/// "a, b, c"
inline QString listed(const QStringList &items)
{
    return items.join(translate("punctuation", ", ", "between the items of a list"));
}
/// "a; b; c"
inline QString clauses(const QStringList &items)
{
    return items.join(translate("punctuation", "; ", "between the clauses of a sentence"));
}

/// Most names in one sentence: sessions come from anywhere.
inline constexpr qsizetype maximumNames = 8;

/// The first few of a list, and how many more there are.
inline QString few(const QStringList &items)
{
    const auto first = listed(items.mid(0, maximumNames));
    return items.size() <= maximumNames ? first
                                        : translate("checks", "%1 and %2 more").arg(first).arg(items.size() - maximumNames);
}

} // namespace bothways
