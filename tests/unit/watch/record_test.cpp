// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "watch/record.h"

#include <vector>

using namespace bothways::watch;

namespace {

std::vector<Record> several()
{
    return {Begin{1'764'143'239'000, false, 1000, {900, 50, 20, 10}, QStringLiteral("db7 (192.168.122.77)")},
            Sample{1'764'143'240'123, Kind::Icmp, 0, Outcome::Answered, 423'000},
            Sample{1'764'143'240'124, Kind::Tcp, 22, Outcome::Refused, 500'000},
            Sample{1'764'143'241'500, Kind::Icmp, 0, Outcome::Failed, {}},
            Sample{1'764'143'241'600, Kind::Tcp, 65535, Outcome::NotMeasured, {}},
            Diagnosed{1'764'143'250'000, QStringLiteral("db7-1.bothways"),
                      QStringLiteral("Die Regel \u201ex\u201c\n drops 100 %\u202e of it")},
            End{1'764'143'260'000}};
}

QByteArray written(const std::vector<Record> &records)
{
    QByteArray bytes;
    for (const auto &record : records) {
        bytes += encode(record);
    }
    return bytes;
}

struct Result {
    std::vector<Record> records;
    SeriesReader reader;
};
Result readBack(const QByteArray &bytes, qsizetype piece)
{
    Result result;
    for (qsizetype i = 0; i < bytes.size(); i += piece) {
        result.reader.feed(QByteArrayView(bytes).sliced(i, std::min(piece, bytes.size() - i)),
                           [&](const Record &record) { result.records.push_back(record); });
    }
    return result;
}

} // namespace

TEST_CASE("what was written is read back, in pieces of any size", "[watch]")
{
    const auto records = several();
    const auto bytes = written(records);
    CHECK(bytes.count('\n') == static_cast<qsizetype>(records.size()));
    for (const qsizetype piece : {qsizetype{1}, qsizetype{7}, qsizetype{64}, bytes.size()}) {
        const auto read = readBack(bytes, piece);
        CHECK(read.records == records);
        CHECK(read.reader.damaged() == 0);
        CHECK(read.reader.intact() == bytes.size());
    }
}

TEST_CASE("a file cut at any byte gives every record that was whole", "[watch]")
{
    const auto records = several();
    const auto bytes = written(records);
    for (qsizetype length = 0; length <= bytes.size(); ++length) {
        const auto whole = bytes.first(length).count('\n');
        const auto read = readBack(bytes.first(length), 50);
        REQUIRE(read.records == std::vector<Record>(records.begin(), records.begin() + whole));
        REQUIRE(read.reader.damaged() == 0);
        REQUIRE(read.reader.intact() == bytes.first(length).lastIndexOf('\n') + 1);
    }
}

TEST_CASE("a byte changed on the disk costs its own record only", "[watch]")
{
    const auto records = several();
    const auto bytes = written(records);
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        if (bytes[i] == '\n') {
            continue;
        }
        auto changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 0x01);
        const auto read = readBack(changed, 50);
        REQUIRE(read.reader.records() == static_cast<qint64>(records.size()) - 1);
        REQUIRE(read.reader.damaged() >= 1);
    }
}

TEST_CASE("a right checksum does not make a record of what is none", "[watch]")
{
    // "E 5" with its own checksum is one; the same with more, less or out of range is none.
    CHECK(decode(encode(End{5}).chopped(1)) == std::optional<Record>(End{5}));
    for (const auto &record :
         {Record(Sample{-1, Kind::Icmp, 0, Outcome::Failed, {}}), Record(Sample{1, Kind::Tcp, 65536, Outcome::Failed, {}}),
          Record(Sample{1, Kind::Tcp, 80, Outcome::Answered, -5}), Record(Begin{1, false, 1, {1001, 50, 20, 10}, {}}),
          Record(Begin{1, false, 1, {900, 50, 0, 10}, {}}), Record(End{-7})}) {
        CHECK_FALSE(decode(encode(record).chopped(1)).has_value());
    }
}

TEST_CASE("a long text is cut, and a line without an end is not kept in memory", "[watch]")
{
    const auto line = encode(Diagnosed{1, QString(50'000, QChar(0x4f60)), QString(50'000, QLatin1Char('%'))});
    CHECK(line.size() < maximumLine);
    const auto back = decode(line.chopped(1));
    REQUIRE(back.has_value());
    CHECK(std::get<Diagnosed>(*back).headline.startsWith(QLatin1String("%%%%")));

    auto bytes = QByteArray(1'000'000, 'x') + '\n' + encode(End{9});
    const auto read = readBack(bytes, 4096);
    CHECK(read.reader.damaged() == 1);
    CHECK(read.records == std::vector<Record>{End{9}});
}
