// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "privilege/protocol.h"

#include <algorithm>
#include <string_view>
#include <type_traits>

/// How messages are put into bytes and read again; for protocol*.cpp only.
namespace bothways::privilege {

enum class Type : std::uint16_t {
    Hello = 1,
    OpenCapture,
    Stop,
    ReadRules,
    AskNeighbour,
    AskEcho,
    ReadConntrack,
    Welcome = 0x101,
    Failure,
    PointChanged,
    Frames,
    Counters,
    RulesPart,
    NeighbourAnswer,
    NeighbourEnd,
    Done,
    EchoHeard,
    EchoEnd,
    ConntrackNumbers,
};

class Writer {
public:
    explicit Writer(std::vector<std::uint8_t> &out) : m_out(out) {}

    template <typename Number>
    void number(Number value)
    {
        const auto bits = static_cast<std::uint64_t>(value);
        for (std::size_t left = sizeof(Number); left > 0; --left) {
            m_out.push_back(static_cast<std::uint8_t>(bits >> (8 * (left - 1))));
        }
    }
    void flag(bool value) { m_out.push_back(value ? 1 : 0); }
    void address(const net::IpAddress &value)
    {
        flag(value.isV6());
        bytes(Bytes(value.bytes()).first(static_cast<std::size_t>(value.width() / 8)));
    }
    void bytes(Bytes value) { m_out.insert(m_out.end(), value.begin(), value.end()); }
    /// At most `limit` bytes of it, behind their number.
    void text(std::string_view value, std::size_t limit)
    {
        value = value.substr(0, limit);
        number(static_cast<std::uint16_t>(value.size()));
        m_out.insert(m_out.end(), value.begin(), value.end());
    }

private:
    std::vector<std::uint8_t> &m_out;
};

/// Reads in order; once something is missing or wrong, everything after it is too.
class Reader {
public:
    explicit Reader(Bytes bytes) : m_bytes(bytes) {}

    template <typename Number>
    Number number()
    {
        std::uint64_t value = 0;
        for (const auto byte : take(sizeof(Number))) {
            value = value << 8 | byte;
        }
        return static_cast<Number>(value);
    }
    bool flag()
    {
        const auto value = number<std::uint8_t>();
        expect(value <= 1);
        return value == 1;
    }
    Bytes take(std::size_t size)
    {
        if (!m_good || size > m_bytes.size() - m_at) {
            m_good = false;
            return {};
        }
        m_at += size;
        return m_bytes.subspan(m_at - size, size);
    }
    Bytes rest() { return take(m_bytes.size() - m_at); }
    std::string text(std::size_t limit)
    {
        const auto size = number<std::uint16_t>();
        const auto bytes = expect(size <= limit) ? take(size) : Bytes();
        return {bytes.begin(), bytes.end()};
    }
    net::IpAddress address()
    {
        const bool v6 = flag();
        const auto bytes = take(v6 ? 16 : 4);
        std::array<std::uint8_t, 16> all{};
        std::copy(bytes.begin(), bytes.end(), all.begin());
        return v6 ? net::IpAddress::fromV6(all)
                  : net::IpAddress::fromV4(std::uint32_t{all[0]} << 24 | std::uint32_t{all[1]} << 16 |
                                           std::uint32_t{all[2]} << 8 | all[3]);
    }
    std::string device()
    {
        auto name = text(longestName);
        expect(isDeviceName(name));
        return name;
    }
    /// A number that is at most `last`.
    template <typename Enum>
    Enum choice(Enum first, Enum last)
    {
        const auto value = number<std::underlying_type_t<Enum>>();
        const bool fits =
            value >= static_cast<std::underlying_type_t<Enum>>(first) && value <= static_cast<std::underlying_type_t<Enum>>(last);
        return expect(fits) ? static_cast<Enum>(value) : first;
    }
    bool expect(bool condition)
    {
        m_good = m_good && condition;
        return m_good;
    }

    bool good() const { return m_good; }
    bool atEnd() const { return m_at == m_bytes.size(); }
    std::size_t at() const { return m_at; }

private:
    Bytes m_bytes;
    std::size_t m_at = 0;
    bool m_good = true;
};

} // namespace bothways::privilege
