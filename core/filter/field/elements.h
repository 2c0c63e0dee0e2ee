// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/field.h"

#include <cstdint>
#include <vector>

/// The content of a set or map: literal, named, or the single value on the right of a comparison.
namespace bothways::filter {

Truth operator!(Truth truth);

/// One step of arithmetic on a field, in the order written.
struct BitOperation {
    enum class Kind : std::uint8_t { And, Xor, ShiftLeft, ShiftRight };
    Kind kind = Kind::And;
    Word operand;
    int shift = 0;
};

/// A field as the left side of a comparison: key and mask.
struct Field {
    Key key = Key::Mark;
    Word mask = allBits;
    std::vector<BitOperation> operations{}; ///< behind the mask
    int offset = 0;                         ///< of raw bytes, in bits from the start of the header
    int bits = 0;                           ///< of raw bytes: how many; 0: the key's own width
};

/// How the values of one part of an element are written. `bits` is 0 where the dump does not tell.
struct ValueType {
    Type type = Type::Integer;
    int bits = 0;
};

/// Elements of a fixed number of parts each (more than one: a concatenation). A part is an interval.
class Elements {
public:
    explicit Elements(std::size_t parts = 1) : m_width(parts) {}

    /// `mayFail`: a limit or quota beside the element can keep it from matching.
    void add(const std::vector<Interval> &parts, bool mayFail = false);
    void addCatchAll(bool mayFail = false);
    void setIncomplete() { m_incomplete = true; } ///< an element could not be read: "not in it" is not known any more
    void finish();                                ///< sorts; call once after the last add

    std::size_t width() const { return m_width; }
    std::size_t count() const { return m_count; }
    bool isIncomplete() const { return m_incomplete; }

    struct Hit {
        Truth truth = Truth::No;
        std::int64_t element = -1; ///< in the order of adding; -1 where none was found
    };
    /// Yes only if an element certainly holds the values; Unknown names the first that might.
    Hit find(const std::vector<Evaluated> &values) const;
    Hit find(const Word &value) const; ///< width 1, known
    /// Every element that might hold the values, in order, with its truth; stops after a certain one.
    std::vector<Hit> candidates(const std::vector<Evaluated> &values) const;
    /// The only value of a set of one point; else nothing.
    bool isPoint() const;
    /// The only interval, where there is nothing else; else nothing.
    std::optional<Interval> single() const;
    const Interval &first() const { return m_parts.front(); }

private:
    Truth holds(std::size_t row, const std::vector<Evaluated> &values) const;
    Hit hit(Truth truth, std::int64_t element) const;
    Hit findRow(const std::vector<Evaluated> &values) const;
    std::size_t rowsUpTo(const Word &value) const;

    std::size_t m_width;
    std::size_t m_count = 0;
    std::vector<Interval> m_parts;       ///< row after row
    std::vector<std::uint32_t> m_owners; ///< row -> element in the order of adding
    std::int64_t m_catchAll = -1;
    bool m_incomplete = false;
    std::vector<Word> m_reach;            ///< the rows are sorted by their first part; the furthest end of it up to each row
    std::vector<std::uint32_t> m_mayFail; ///< ascending
};

} // namespace bothways::filter
