// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <algorithm>
#include <concepts>
#include <iterator>
#include <optional>
#include <utility>

/// Closed sets and their words. An enum has one table of words, beside it: session files, reports and tools are written and read
/// by it. Pure.
namespace bothways::evidence {

template <typename E>
struct Word {
    E value;
    const char *word; ///< Latin-1, never translated
};

/// Specialised beside each enum: `static constexpr Word<E> all[] = {{E::Some, "some"}, ...};`
template <typename E>
struct Words;

template <typename E>
concept HasWords = requires
{
    Words<E>::all;
};

/// The word of a value; empty where it has none.
template <HasWords E>
QString name(E value)
{
    const auto *const found = std::find_if(std::begin(Words<E>::all), std::end(Words<E>::all),
                                           [value](const Word<E> &each) { return each.value == value; });
    return found == std::end(Words<E>::all) ? QString() : QString::fromLatin1(found->word);
}

/// The value that has this word, letter by letter.
template <HasWords E>
std::optional<E> fromWord(QStringView word)
{
    const auto *const found = std::find_if(std::begin(Words<E>::all), std::end(Words<E>::all),
                                           [word](const Word<E> &each) { return word == QLatin1StringView(each.word); });
    return found == std::end(Words<E>::all) ? std::nullopt : std::optional(found->value);
}

/// One of a set that a kernel or a tool may widen: a value of ours, or `E::Other` with the word as it came, which is shown and
/// saved unchanged. The first enumerator has the empty word: nobody said it.
template <HasWords E>
class Worded {
public:
    Worded() = default;
    // A value stands for itself wherever a worded one is asked for.
    Worded(E value) : m_value(value) {} // NOLINT(google-explicit-constructor,hicpp-explicit-conversions)

    static Worded of(const QString &word)
    {
        Worded result(fromWord<E>(word).value_or(E::Other));
        if (result.m_value == E::Other) {
            result.m_other = word;
        }
        return result;
    }

    E value() const { return m_value; }
    bool isEmpty() const { return m_value == E{}; } ///< nobody said it
    QString word() const { return m_value == E::Other ? m_other : name(m_value); }

    bool operator==(const Worded &) const = default;
    bool operator==(E value) const { return m_value == value; }

private:
    E m_value{};
    QString m_other; ///< empty unless the value is E::Other
};

} // namespace bothways::evidence
