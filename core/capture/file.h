// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/frame.h"

#include <tl/expected.hpp>

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class QIODevice;

/// Frames from a capture file: pcap (draft-ietf-opsawg-pcap; microseconds and nanoseconds) and pcapng (draft-ietf-opsawg-pcapng;
/// any resolution, several sections and interfaces, each with its own link type), both byte orders. libpcap reads such files too,
/// but gives neither the interface of a frame nor a file whose interfaces have different link types.
namespace bothways::capture {

/// Where reading ended too early. Frames given before it are good.
struct FileProblem {
    QString message;            ///< one sentence, translated
    std::uint64_t position = 0; ///< byte of the file
};

enum class FileFormat : std::uint8_t { Pcap, PcapNanosecond, PcapNg };

/// Reads from front to end in constant memory (about 400 KiB), whatever the file's size and whatever it claims. No thread of its
/// own.
class FileReader {
public:
    /// Takes an open device; a sequential one (standard input) does as well. An error if it begins like no capture file.
    static tl::expected<FileReader, FileProblem> open(std::unique_ptr<QIODevice> device);
    static tl::expected<FileReader, FileProblem> open(const QString &path);

    FileReader(FileReader &&other) noexcept;
    FileReader &operator=(FileReader &&other) noexcept;
    ~FileReader();

    /// False at the end of the file and at the first problem.
    bool next(Frame &frame);
    const std::optional<FileProblem> &problem() const { return m_problem; }

    FileFormat format() const { return m_format; }
    /// Of pcapng they become more while reading.
    const std::vector<Point> &points() const { return m_points; }
    std::uint64_t position() const { return m_base + m_at; } ///< bytes read
    std::uint64_t size() const { return m_size; }            ///< of the file; 0 where unknown

private:
    struct Interface {
        net::LinkType linkType = net::LinkType::Ethernet;
        std::uint32_t snapLength = 0; ///< 0: no limit
        std::uint8_t resolution = 6;  ///< as the option if_tsresol
        std::int64_t offset = 0;      ///< seconds
    };
    explicit FileReader(std::unique_ptr<QIODevice> device);
    bool fill(std::size_t size);
    bool skip(std::uint64_t size);
    const std::uint8_t *here() const { return m_buffer.data() + m_at; }
    std::uint16_t get16(std::size_t at) const;
    std::uint32_t get32(std::size_t at) const;
    bool begin();
    void fail(const QString &message);
    void cutOff();

    bool nextPcap(Frame &frame);
    bool nextBlock(Frame &frame);
    bool block(std::uint32_t type, std::uint32_t size, Frame &frame);
    bool section();
    bool interface(std::uint32_t size);
    void option(std::uint16_t code, std::size_t at, std::size_t size, Interface &made, Point &point) const;
    bool packet(std::uint32_t type, std::uint32_t size, Frame &frame);
    bool simplePacket(std::uint32_t size, Frame &frame);

    std::unique_ptr<QIODevice> m_device;
    std::vector<std::uint8_t> m_buffer;
    std::size_t m_at = 0;     ///< in the buffer
    std::size_t m_end = 0;    ///< of what the buffer holds
    std::size_t m_passed = 0; ///< bytes to leave behind before the next frame
    std::uint64_t m_base = 0; ///< position in the file of the buffer's first byte
    std::uint64_t m_size = 0;
    FileFormat m_format = FileFormat::Pcap;
    bool m_swapped = false; ///< other byte order than big-endian
    std::vector<Point> m_points;
    std::vector<Interface> m_interfaces;
    std::size_t m_firstOfSection = 0; ///< index of the interface that the section calls 0
    std::optional<FileProblem> m_problem;
};

/// The time of a pcapng block in nanoseconds since 1970; `resolution` as the option if_tsresol says it. Total: what does not fit
/// is put to the nearest that does.
std::int64_t nanosecondsOf(std::uint64_t ticks, std::uint8_t resolution, std::int64_t offsetSeconds);

} // namespace bothways::capture
