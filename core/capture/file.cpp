// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/file.h"

#include "words/text.h"

#include <QFile>

#include <algorithm>
#include <cstring>

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

} // namespace bothways::capture
