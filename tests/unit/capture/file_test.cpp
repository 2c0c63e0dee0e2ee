// SPDX-License-Identifier: GPL-3.0-or-later
// Capture files as tcpdump wrote them, cut at each byte, turned to the other byte order, and as pcapng.
#include "catch.h"

#include "support.h"

#include <QTemporaryDir>

using namespace bothways;
using bothways::capture::FileFormat;
using bothways::capture::nanosecondsOf;
using bothways::test::readBytes;
using bothways::test::recorded;
using bothways::test::recordedBytes;

namespace {

/// Numbers in either byte order.
class Bytes {
public:
    explicit Bytes(bool big) : m_big(big) {}
    Bytes &u16(std::uint16_t value)
    {
        for (int i = 0; i < 2; ++i) {
            out.append(static_cast<char>(value >> (m_big ? 8 - 8 * i : 8 * i)));
        }
        return *this;
    }
    Bytes &u32(std::uint32_t value)
    {
        for (int i = 0; i < 4; ++i) {
            out.append(static_cast<char>(value >> (m_big ? 24 - 8 * i : 8 * i)));
        }
        return *this;
    }
    Bytes &raw(const QByteArray &bytes)
    {
        out.append(bytes);
        return *this;
    }
    /// A pcapng block around `body`, padded.
    Bytes &block(std::uint32_t type, QByteArray body)
    {
        body.append(QByteArray((4 - body.size() % 4) % 4, '\0'));
        const auto size = static_cast<std::uint32_t>(body.size()) + 12;
        return u32(type).u32(size).raw(body).u32(size);
    }
    QByteArray out;

private:
    bool m_big;
};

QByteArray section(bool big)
{
    return Bytes(big).block(0x0a0d0d0a, Bytes(big).u32(0x1a2b3c4d).u16(1).u16(0).u32(~0U).u32(~0U).out).out;
}

QByteArray interface(bool big, std::uint16_t linkType, const QByteArray &name, std::uint8_t resolution)
{
    Bytes body(big);
    body.u16(linkType).u16(0).u32(0);
    body.u16(2).u16(static_cast<std::uint16_t>(name.size())).raw(name).raw(QByteArray((4 - name.size() % 4) % 4, '\0'));
    body.u16(9).u16(1).raw(QByteArray(1, static_cast<char>(resolution))).raw(QByteArray(3, '\0'));
    body.u16(0).u16(0);
    return Bytes(big).block(1, body.out).out;
}

QByteArray packet(bool big, std::uint32_t interface, std::uint64_t ticks, const QByteArray &data)
{
    const auto size = static_cast<std::uint32_t>(data.size());
    Bytes body(big);
    body.u32(interface)
        .u32(static_cast<std::uint32_t>(ticks >> 32U))
        .u32(static_cast<std::uint32_t>(ticks))
        .u32(size)
        .u32(size + 7);
    return Bytes(big).block(6, body.raw(data).out).out;
}

/// The same capture as a machine of the other kind would have written it.
QByteArray turned(const QByteArray &pcap)
{
    QByteArray out = pcap;
    const auto turn = [&out](qsizetype at, qsizetype size) { std::reverse(out.begin() + at, out.begin() + at + size); };
    const auto u32 = [&pcap](qsizetype at) {
        std::uint32_t value = 0;
        std::memcpy(&value, pcap.constData() + at, sizeof value);
        return value;
    };
    for (const auto &[at, size] : {std::pair{0, 4}, {4, 2}, {6, 2}, {8, 4}, {12, 4}, {16, 4}, {20, 4}}) {
        turn(at, size);
    }
    for (qsizetype at = 24; at < pcap.size(); at += 16 + u32(at + 8)) {
        for (int i = 0; i < 16; i += 4) {
            turn(at + i, 4);
        }
    }
    return out;
}

} // namespace

TEST_CASE("times of both resolutions are nanoseconds since 1970")
{
    const auto micro = recorded("ethernet.pcap");
    const auto nano = recorded("nanoseconds.pcap");
    CHECK(micro.format == FileFormat::Pcap);
    CHECK(nano.format == FileFormat::PcapNanosecond);
    CHECK(micro.frames.at(0).time % 1000 == 0);
    CHECK(std::any_of(nano.frames.begin(), nano.frames.end(), [](const auto &each) { return each.time % 1000 != 0; }));
    // Recorded one after the other, within a minute.
    CHECK(nano.frames.at(0).time > micro.frames.back().time);
    CHECK(nano.frames.at(0).time - micro.frames.back().time < 60'000'000'000);
    CHECK(micro.frames.at(0).time > 1'577'836'800'000'000'000); // 2020
}

TEST_CASE("a file in the other byte order is the same capture")
{
    for (const auto *name : {"ethernet.pcap", "nanoseconds.pcap", "cooked2.pcap"}) {
        const auto bytes = recordedBytes(name);
        const auto one = readBytes(bytes);
        const auto other = readBytes(turned(bytes));
        REQUIRE(other.problem.empty());
        REQUIRE(one.frames.size() == other.frames.size());
        CHECK(one.points.at(0).linkType == other.points.at(0).linkType);
        for (std::size_t i = 0; i < one.frames.size(); ++i) {
            CHECK(one.frames[i].time == other.frames[i].time);
            CHECK(one.frames[i].bytes == other.frames[i].bytes);
            CHECK(one.frames[i].originalLength == other.frames[i].originalLength);
        }
    }
}

TEST_CASE("a file that ends early gives what stands before its end, and says where it ends")
{
    const auto bytes = recordedBytes("nanoseconds.pcap");
    const auto whole = readBytes(bytes);
    std::size_t frames = 0;
    qsizetype end = 24;
    for (qsizetype size = 24; size < bytes.size(); ++size) {
        if (frames < whole.frames.size() && size == end + 16 + static_cast<qsizetype>(whole.frames[frames].bytes.size())) {
            end = size;
            ++frames;
        }
        const auto part = readBytes(bytes.first(size));
        CHECK(part.frames.size() == frames);
        CHECK(part.problem.empty() == (size == end));
        if (size != end) {
            CHECK(part.problem.find(std::to_string(size)) != std::string::npos);
        }
    }
}

TEST_CASE("what is no capture is refused with the reason")
{
    CHECK(readBytes({}).problem == "it is empty");
    CHECK(readBytes("not a capture at all").problem == "it begins neither like pcap nor like pcapng");
    CHECK(readBytes(QByteArray::fromHex("1f8b0800")).problem == "it is compressed; unpack it first");
    CHECK(readBytes(recordedBytes("cut.pcap").first(23)).problem == "it ends inside of its header");
    CHECK_FALSE(capture::FileReader::open(QStringLiteral("no-such-file.pcap")));
    const QTemporaryDir folder;
    CHECK_FALSE(capture::FileReader::open(folder.path()));
}

TEST_CASE("a frame of impossible length ends the reading there")
{
    auto bytes = recordedBytes("cut.pcap");
    const auto second = 24 + 16 + 40;
    bytes.replace(second + 8, 4, QByteArray::fromHex("ffffff7f"));
    const auto file = readBytes(bytes);
    CHECK(file.frames.size() == 1);
    CHECK(file.problem == "damaged at byte 80: a frame of 2147483647 bytes");
}

TEST_CASE("pcapng: interfaces with names, link types and resolutions of their own, in both byte orders")
{
    const bool big = GENERATE(false, true);
    const QByteArray data("0123456789abcde"); // not a multiple of four
    auto bytes =
        section(big) + interface(big, 1, "vnet0", 9) + interface(big, 113, "any", 6) + packet(big, 0, 5'000'000'001, data);
    bytes += Bytes(big).block(0x0bad0bad, QByteArray(3'000'000, 'x')).out; // unknown, larger than any buffer: skipped
    bytes += packet(big, 1, 7'000'003, data);
    bytes +=
        section(!big) + interface(!big, 101, "tun0", 0x80 | 20) + packet(!big, 0, (9ULL << 20U) + 1, data); // a second section
    const auto file = readBytes(bytes);
    REQUIRE(file.problem.empty());
    CHECK(file.format == FileFormat::PcapNg);
    REQUIRE(file.frames.size() == 3);
    REQUIRE(file.points.size() == 3);
    CHECK(file.points[0].name == "vnet0");
    CHECK(file.points[2].name == "tun0");
    CHECK(file.frames[0].time == 5'000'000'001);
    CHECK(file.frames[1].time == 7'000'003'000);
    CHECK(file.frames[1].point == 1);
    CHECK(file.frames[1].linkType == net::LinkType::LinuxCooked);
    CHECK(file.frames[2].point == 2);
    CHECK(file.frames[2].time == 9'000'000'953);
    CHECK(file.frames[2].linkType == net::LinkType::Raw);
    CHECK(file.frames[2].originalLength == 22);
    CHECK(std::string(file.frames[0].bytes.begin(), file.frames[0].bytes.end()) == data.toStdString());
}

TEST_CASE("pcapng that is damaged or cut off gives what stands before")
{
    const auto good = section(false) + interface(false, 1, "vnet0", 6) + packet(false, 0, 1, "one");
    CHECK(readBytes(good + packet(false, 1, 2, "two")).problem.find("was not described") != std::string::npos);
    CHECK(readBytes(good + packet(false, 1, 2, "two")).frames.size() == 1);
    auto lies = packet(false, 0, 2, "two");
    lies[20] = 100; // more than the block has
    CHECK(readBytes(good + lies).problem.find("a frame of 100 bytes") != std::string::npos);
    CHECK(readBytes(good + QByteArray::fromHex("060000000b0000000b0000000b000000")).problem.find("a block of 11 bytes") !=
          std::string::npos);
    CHECK(readBytes(section(false).replace(8, 4, "xxxx")).problem.find("no section") != std::string::npos);
    const auto whole = good + packet(false, 0, 2, "two");
    for (qsizetype size = good.size() + 1; size < whole.size(); ++size) {
        const auto part = readBytes(whole.first(size));
        CHECK(part.frames.size() == 1);
        CHECK_FALSE(part.problem.empty());
    }
}

TEST_CASE("any resolution becomes nanoseconds, and nothing overflows")
{
    CHECK(nanosecondsOf(1, 6, 0) == 1000);
    CHECK(nanosecondsOf(1'500'000, 6, 10) == 11'500'000'000);
    CHECK(nanosecondsOf(15, 1, 0) == 1'500'000'000);
    CHECK(nanosecondsOf(1'234'567'890'123, 12, 0) == 1'234'567'890);
    CHECK(nanosecondsOf(3, 0x80, -1) == 2'000'000'000);
    CHECK(nanosecondsOf(1ULL << 31U, 0x80 | 32, 0) == 500'000'000);
    for (int resolution = 0; resolution < 256; ++resolution) {
        for (const auto offset : {INT64_MIN, std::int64_t{0}, INT64_MAX}) {
            nanosecondsOf(UINT64_MAX, static_cast<std::uint8_t>(resolution), offset);
        }
    }
}
