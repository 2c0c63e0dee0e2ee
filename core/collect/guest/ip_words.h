// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/guest/ip_text.h"

#include "words/text.h"

/// What the readers of ip(8) share. Private to core/collect/guest.
namespace bothways::collect::guest {

inline constexpr std::size_t maximumEntries = 100'000;

inline tl::unexpected<QString> notUnderstood(QStringView line)
{
    return tl::unexpected(translate("guest", "This line was not understood: \"%1\"").arg(line.left(160).trimmed()));
}

/// Words of a line, and keywords with their values: "dev eth0 metric 7".
class Words {
public:
    explicit Words(QStringView line) : m_words(line.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {}

    bool isEmpty() const { return m_words.isEmpty(); }
    QStringView first() const { return m_words.isEmpty() ? QStringView() : m_words.front(); }
    QStringView takeFirst() { return m_words.takeFirst(); }
    bool has(QLatin1StringView word) const { return indexOf(word) >= 0; }
    QStringView last() const { return m_words.isEmpty() ? QStringView() : m_words.back(); }
    /// The word after `key`, empty if there is none.
    QStringView value(QLatin1StringView key) const
    {
        const auto at = indexOf(key);
        return at < 0 || at + 1 >= m_words.size() ? QStringView() : m_words[at + 1];
    }
    QString string(QLatin1StringView key) const { return value(key).toString(); }
    const QList<QStringView> &all() const { return m_words; }

private:
    qsizetype indexOf(QLatin1StringView word) const
    {
        for (qsizetype i = 0; i < m_words.size(); ++i) {
            if (m_words[i] == word) {
                return i;
            }
        }
        return -1;
    }

    QList<QStringView> m_words;
};

template <typename T, typename Line>
Parsed<std::vector<T>> eachLine(QStringView text, const Line &read)
{
    std::vector<T> result;
    for (const auto line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.trimmed().isEmpty()) {
            continue;
        }
        if (!read(result, line)) {
            return notUnderstood(line);
        }
        if (result.size() > maximumEntries) {
            return tl::unexpected(translate("guest", "More than %1 entries.").arg(maximumEntries));
        }
    }
    return result;
}

/// A routing table's number, which may be written as a name.
quint32 tableNumber(QStringView text, const TableNames &names);

} // namespace bothways::collect::guest
