// SPDX-License-Identifier: GPL-3.0-or-later
// Blocks of pcapng.
#include "capture/file.h"

#include "words/text.h"

#include <QIODevice>

#include <algorithm>
#include <limits>

namespace bothways::capture {

namespace {

constexpr std::uint32_t sectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t interfaceDescription = 1;
constexpr std::uint32_t oldPacket = 2;
constexpr std::uint32_t simplePacketBlock = 3;
constexpr std::uint32_t enhancedPacket = 6;
constexpr std::uint32_t byteOrderMagic = 0x1a2b3c4d;
constexpr std::uint32_t largestFrame = 262144;
constexpr std::uint32_t largestBlock = 524288; // of those that are read whole; any other is skipped, whatever its size
constexpr std::size_t mostInterfaces = 4096;
constexpr std::uint16_t optionName = 2;
constexpr std::uint16_t optionResolution = 9;
constexpr std::uint16_t optionOffset = 14;
constexpr std::size_t longestName = 256;
constexpr std::int64_t second = 1'000'000'000;
constexpr std::int64_t lastSecond = std::numeric_limits<std::int64_t>::max() / second - 1; // in 2262

bool isRead(std::uint32_t type)
{
    return type == interfaceDescription || type == oldPacket || type == simplePacketBlock || type == enhancedPacket;
}

std::size_t padded(std::size_t size) { return (size + 3U) & ~std::size_t{3}; }

} // namespace

std::int64_t nanosecondsOf(std::uint64_t ticks, std::uint8_t resolution, std::int64_t offsetSeconds)
{
    const unsigned exponent = resolution & 0x7fU;
    std::uint64_t seconds = 0;
    std::uint64_t rest = 0; // nanoseconds
    if ((resolution & 0x80U) != 0) {
        seconds = exponent > 63 ? 0 : ticks >> exponent;
        const auto fraction = exponent > 63 ? ticks : ticks & ((std::uint64_t{1} << exponent) - 1);
        // Thirty bits of it are finer than a nanosecond.
        const auto fine = exponent > 30 ? exponent - 30 : 0U;
        rest = fine > 63 ? 0 : ((fraction >> fine) * static_cast<std::uint64_t>(second)) >> std::min(exponent, 30U);
    } else {
        std::uint64_t perSecond = 1;
        for (unsigned i = 0; i < std::min(exponent, 19U); ++i) {
            perSecond *= 10;
        }
        seconds = ticks / perSecond;
        const auto fraction = ticks % perSecond;
        const auto nano = static_cast<std::uint64_t>(second);
        rest = perSecond <= nano ? fraction * (nano / perSecond) : fraction / (perSecond / nano);
    }
    const auto whole = static_cast<std::int64_t>(std::min<std::uint64_t>(seconds, static_cast<std::uint64_t>(lastSecond)));
    const auto offset = std::clamp(offsetSeconds, -lastSecond, lastSecond);
    return std::clamp(whole + offset, -lastSecond, lastSecond) * second + static_cast<std::int64_t>(rest);
}

bool FileReader::nextBlock(Frame &frame)
{
    for (;;) {
        if (!fill(12)) {
            if (m_end != m_at) {
                cutOff();
            }
            return false;
        }
        // A section's type reads the same in both byte orders, its length does not.
        if (get32(0) == sectionHeader) {
            if (!section()) {
                return false;
            }
            continue;
        }
        const auto type = get32(0);
        const auto size = get32(4);
        if (size < 12 || size % 4 != 0) {
            fail(translate("capture", "damaged at byte %1: a block of %2 bytes").arg(position()).arg(size));
            return false;
        }
        if (!isRead(type)) {
            if (!skip(size)) {
                cutOff();
                return false;
            }
            continue;
        }
        if (size > largestBlock) {
            fail(translate("capture", "damaged at byte %1: a block of %2 bytes").arg(position()).arg(size));
            return false;
        }
        if (!fill(size)) {
            cutOff();
            return false;
        }
        if (block(type, size, frame)) {
            m_passed = size;
            return true;
        }
        if (m_problem) {
            return false;
        }
        m_at += size;
    }
}

/// True if the block gave a frame. The whole block is in the buffer.
bool FileReader::block(std::uint32_t type, std::uint32_t size, Frame &frame)
{
    if (type == interfaceDescription) {
        interface(size);
        return false;
    }
    return type == simplePacketBlock ? simplePacket(size, frame) : packet(type, size, frame);
}

bool FileReader::section()
{
    if (!fill(28)) {
        cutOff();
        return false;
    }
    m_swapped = false;
    if (get32(8) != byteOrderMagic) {
        m_swapped = true;
    }
    const auto size = get32(4);
    if (get32(8) != byteOrderMagic || size < 28 || size % 4 != 0) {
        fail(translate("capture", "damaged at byte %1: no section of pcapng").arg(position()));
        return false;
    }
    if (get16(12) != 1) {
        fail(translate("capture", "pcapng version %1 is not known here").arg(get16(12)));
        return false;
    }
    m_firstOfSection = m_interfaces.size();
    if (!skip(size)) {
        cutOff();
        return false;
    }
    return true;
}

bool FileReader::interface(std::uint32_t size)
{
    if (size < 20 || m_interfaces.size() == mostInterfaces) {
        fail(size < 20 ? translate("capture", "damaged at byte %1: a block of %2 bytes").arg(position()).arg(size)
                       : translate("capture", "more than %1 interfaces").arg(mostInterfaces));
        return false;
    }
    Interface made;
    made.linkType = static_cast<net::LinkType>(get16(8));
    made.snapLength = get32(12);
    Point point{{}, made.linkType};
    for (std::size_t at = 16; at + 4 <= size - 4;) {
        const auto code = get16(at);
        const std::size_t length = get16(at + 2);
        if (code == 0 || at + 4 + length > size - 4) {
            break;
        }
        option(code, at + 4, length, made, point);
        at += 4 + padded(length);
    }
    m_interfaces.push_back(made);
    m_points.push_back(std::move(point));
    return true;
}

void FileReader::option(std::uint16_t code, std::size_t at, std::size_t size, Interface &made, Point &point) const
{
    if (code == optionName) {
        point.name.assign(here() + at, here() + at + std::min(size, longestName));
    } else if (code == optionResolution && size >= 1) {
        made.resolution = here()[at];
    } else if (code == optionOffset && size >= 8) {
        const std::uint64_t high = get32(m_swapped ? at + 4 : at);
        const std::uint64_t low = get32(m_swapped ? at : at + 4);
        made.offset = static_cast<std::int64_t>(high << 32U | low);
    }
}

bool FileReader::packet(std::uint32_t type, std::uint32_t size, Frame &frame)
{
    constexpr std::size_t header = 28; // of both blocks
    const bool isWhole = size >= header + 4;
    const auto captured = isWhole ? get32(20) : 0;
    if (!isWhole || captured > largestFrame || captured > size - header - 4) {
        fail(translate("capture", "damaged at byte %1: a frame of %2 bytes").arg(position()).arg(captured));
        return false;
    }
    const std::size_t index = m_firstOfSection + (type == oldPacket ? get16(8) : get32(8));
    if (index >= m_interfaces.size()) {
        fail(translate("capture", "damaged at byte %1: a frame of an interface that was not described").arg(position()));
        return false;
    }
    const auto &interface = m_interfaces[index];
    const auto ticks = static_cast<std::uint64_t>(get32(12)) << 32U | get32(16);
    frame.time = nanosecondsOf(ticks, interface.resolution, interface.offset);
    frame.point = static_cast<std::uint32_t>(index);
    frame.linkType = interface.linkType;
    frame.bytes = net::Bytes(here() + header, captured);
    frame.originalLength = get32(24);
    return true;
}

/// Has no time: it gets 0.
bool FileReader::simplePacket(std::uint32_t size, Frame &frame)
{
    constexpr std::size_t header = 12;
    if (size < header + 4 || m_firstOfSection >= m_interfaces.size()) {
        fail(translate("capture", "damaged at byte %1: a frame of an interface that was not described").arg(position()));
        return false;
    }
    const auto &interface = m_interfaces[m_firstOfSection];
    const auto original = get32(8);
    auto captured = std::min<std::uint32_t>(original, size - header - 4);
    if (interface.snapLength != 0) {
        captured = std::min(captured, interface.snapLength);
    }
    frame.time = 0;
    frame.point = static_cast<std::uint32_t>(m_firstOfSection);
    frame.linkType = interface.linkType;
    frame.bytes = net::Bytes(here() + header, captured);
    frame.originalLength = original;
    return true;
}

} // namespace bothways::capture
