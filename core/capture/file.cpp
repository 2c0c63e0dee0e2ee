// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/file.h"

#include "words/text.h"

#include <QFile>
#include <QIODevice>

#include <algorithm>
#include <cstring>
#include <limits>

namespace bothways::capture {

namespace {

constexpr std::size_t bufferSize = std::size_t{3} << 17U; // what was read is still in the cache when it is decoded
constexpr std::uint32_t largestFrame = 262144;            // libpcap's MAXIMUM_SNAPLEN: what any tool writes is smaller
constexpr std::size_t pcapHeader = 24;
constexpr std::size_t pcapRecord = 16;
constexpr std::uint32_t magicMicro = 0xa1b2c3d4;
constexpr std::uint32_t magicNano = 0xa1b23c4d;
constexpr std::uint32_t magicNg = 0x0a0d0d0a;
constexpr std::int64_t second = 1'000'000'000;

std::uint32_t swapped(std::uint32_t value)
{
    return value << 24U | (value & 0xff00U) << 8U | (value >> 8U & 0xff00U) | value >> 24U;
}

QString describeBeginning(const std::uint8_t *bytes, std::size_t size)
{
    const auto is = [bytes, size](std::initializer_list<std::uint8_t> magic) {
        return size >= magic.size() && std::equal(magic.begin(), magic.end(), bytes);
    };
    if (is({0x1f, 0x8b}) || is({0x28, 0xb5, 0x2f, 0xfd}) || is({0xfd, '7', 'z', 'X', 'Z'}) || is({'P', 'K', 3, 4})) {
        return translate("capture", "it is compressed; unpack it first");
    }
    if (size == 0) {
        return translate("capture", "it is empty");
    }
    return translate("capture", "it begins neither like pcap nor like pcapng");
}

} // namespace

FileReader::FileReader(std::unique_ptr<QIODevice> device) : m_device(std::move(device))
{
    m_size = m_device->isSequential() ? 0 : static_cast<std::uint64_t>(std::max<qint64>(0, m_device->size()));
    // A small file may grow a little while it is read.
    const auto enough = std::min<std::uint64_t>(bufferSize, m_size + 65536);
    m_buffer.resize(m_size == 0 ? bufferSize : static_cast<std::size_t>(enough));
}

FileReader::FileReader(FileReader &&other) noexcept = default;
FileReader &FileReader::operator=(FileReader &&other) noexcept = default;
FileReader::~FileReader() = default;

tl::expected<FileReader, FileProblem> FileReader::open(std::unique_ptr<QIODevice> device)
{
    FileReader reader(std::move(device));
    if (!reader.begin()) {
        return tl::unexpected(*reader.m_problem);
    }
    return reader;
}

tl::expected<FileReader, FileProblem> FileReader::open(const QString &path)
{
    auto file = std::make_unique<QFile>(path);
    // Our own buffer is the only one.
    if (!file->open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return tl::unexpected(FileProblem{file->errorString(), 0});
    }
    return open(std::move(file));
}

/// At least `size` bytes from here() on; false at the end of the file. `size` is at most the buffer's.
bool FileReader::fill(std::size_t size)
{
    if (m_end - m_at >= size) {
        return true;
    }
    std::memmove(m_buffer.data(), m_buffer.data() + m_at, m_end - m_at);
    m_base += m_at;
    m_end -= m_at;
    m_at = 0;
    while (m_end < size) {
        auto *into = reinterpret_cast<char *>(m_buffer.data() + m_end);
        const auto got = m_device->read(into, static_cast<qint64>(m_buffer.size() - m_end));
        if (got < 0) {
            fail(m_device->errorString());
            return false;
        }
        if (got == 0) {
            return false;
        }
        m_end += static_cast<std::size_t>(got);
    }
    return true;
}

bool FileReader::skip(std::uint64_t size)
{
    while (size > 0) {
        if (m_at == m_end && !fill(1)) {
            return false;
        }
        const auto step = std::min<std::uint64_t>(size, m_end - m_at);
        m_at += static_cast<std::size_t>(step);
        size -= step;
    }
    return true;
}

std::uint16_t FileReader::get16(std::size_t at) const
{
    const auto *bytes = here() + at;
    return static_cast<std::uint16_t>(m_swapped ? bytes[1] << 8U | bytes[0] : bytes[0] << 8U | bytes[1]);
}

std::uint32_t FileReader::get32(std::size_t at) const
{
    const auto *bytes = here() + at;
    const auto value = static_cast<std::uint32_t>(bytes[0]) << 24U | static_cast<std::uint32_t>(bytes[1]) << 16U |
                       static_cast<std::uint32_t>(bytes[2]) << 8U | bytes[3];
    return m_swapped ? swapped(value) : value;
}

void FileReader::fail(const QString &message)
{
    if (!m_problem) {
        m_problem = FileProblem{message, position()};
    }
}

void FileReader::cutOff()
{
    fail(translate("capture", "it ends in the middle of a frame, cut off at byte %1").arg(m_base + m_end));
}

bool FileReader::begin()
{
    if (!fill(4)) {
        fail(describeBeginning(here(), m_end - m_at));
        return false;
    }
    const auto magic = get32(0);
    if (magic == magicNg) {
        m_format = FileFormat::PcapNg;
        return true; // the block says the byte order
    }
    m_swapped = magic == swapped(magicMicro) || magic == swapped(magicNano);
    const auto ours = m_swapped ? swapped(magic) : magic;
    if (ours != magicMicro && ours != magicNano) {
        fail(describeBeginning(here(), m_end - m_at));
        return false;
    }
    m_format = ours == magicNano ? FileFormat::PcapNanosecond : FileFormat::Pcap;
    if (!fill(pcapHeader)) {
        fail(translate("capture", "it ends inside of its header"));
        return false;
    }
    // The upper bits say whether a check sequence stands behind each frame.
    m_points.push_back({{}, static_cast<net::LinkType>(get32(20) & 0xffffU)});
    m_at += pcapHeader;
    return true;
}

bool FileReader::next(Frame &frame)
{
    m_at += m_passed;
    m_passed = 0;
    if (m_problem) {
        return false;
    }
    return m_format == FileFormat::PcapNg ? nextBlock(frame) : nextPcap(frame);
}

bool FileReader::nextPcap(Frame &frame)
{
    if (!fill(pcapRecord)) {
        if (m_end != m_at) {
            cutOff();
        }
        return false;
    }
    const auto captured = get32(8);
    if (captured > largestFrame) {
        fail(translate("capture", "damaged at byte %1: a frame of %2 bytes").arg(position()).arg(captured));
        return false;
    }
    if (!fill(pcapRecord + captured)) {
        cutOff();
        return false;
    }
    const auto fraction = std::int64_t{get32(4)};
    frame.time = std::int64_t{get32(0)} * second + (m_format == FileFormat::PcapNanosecond ? fraction : fraction * 1000);
    frame.point = 0;
    frame.linkType = m_points.front().linkType;
    frame.bytes = net::Bytes(here() + pcapRecord, captured);
    frame.originalLength = get32(12);
    m_passed = pcapRecord + captured;
    return true;
}

// Blocks of pcapng.

namespace {

constexpr std::uint32_t sectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t interfaceDescription = 1;
constexpr std::uint32_t oldPacket = 2;
constexpr std::uint32_t simplePacketBlock = 3;
constexpr std::uint32_t enhancedPacket = 6;
constexpr std::uint32_t byteOrderMagic = 0x1a2b3c4d;
constexpr std::uint32_t largestBlock = 524288; // of those that are read whole; any other is skipped, whatever its size
constexpr std::size_t mostInterfaces = 4096;
constexpr std::uint16_t optionName = 2;
constexpr std::uint16_t optionResolution = 9;
constexpr std::uint16_t optionOffset = 14;
constexpr std::size_t longestName = 256;
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
