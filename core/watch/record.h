// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <cstdint>
#include <functional>
#include <optional>
#include <variant>

/// Measuring over hours and days: what was measured, and what follows from it. Pure: the same records give the same numbers, live
/// and from the file. Times are milliseconds since 1970 (UTC), durations nanoseconds.
namespace bothways::watch {

enum class Kind : std::uint8_t { Icmp, Tcp };

enum class Outcome : std::uint8_t {
    Answered,    ///< an echo reply in time, a SYN-ACK
    Refused,     ///< TCP only: RST. A failure where this port was open before, else nobody offers that service
    Failed,      ///< silence, or an error that says that it did not get through
    NotMeasured, ///< it could not be asked: counts neither way
};

struct Sample {
    qint64 atMs = 0; ///< when the outcome was known
    Kind kind = Kind::Icmp;
    int port = 0; ///< TCP only
    Outcome outcome = Outcome::Failed;
    std::optional<qint64> rttNs;
    bool operator==(const Sample &) const = default;
};

/// When to raise an alert. Shares are in thousandths, so that live and replay cannot differ by rounding.
struct Settings {
    int icmpSuccess = 900; ///< raised below it
    int tcpFailures = 50;  ///< raised above it
    int window = 20;       ///< the last so many samples of a kind decide
    int least = 10;        ///< with fewer there is no alert
    bool operator==(const Settings &) const = default;
};
inline constexpr int mostWindow = 10'000;

struct Begin {
    qint64 atMs = 0;
    bool continues = false; ///< the file before was full: nothing begins anew
    int intervalMs = 0;
    Settings settings;
    QString target;
    bool operator==(const Begin &) const = default;
};
struct Diagnosed {
    qint64 atMs = 0;
    QString session; ///< name of the file beside the series; empty where it could not be saved
    QString headline;
    bool operator==(const Diagnosed &) const = default;
};
struct End {
    qint64 atMs = 0;
    bool operator==(const End &) const = default;
};
using Record = std::variant<Begin, Sample, Diagnosed, End>;

inline constexpr qsizetype maximumLine = 8192; ///< bytes

/// A record as one line with its line end. The last word is the CRC-32 of what stands before it. Texts are cut so that the line
/// is at most maximumLine long.
QByteArray encode(const Record &record);
/// Total. `line` is without its line end.
std::optional<Record> decode(QByteArrayView line);
/// What stands before the checksum; total as well.
std::optional<Record> decodeWords(QByteArrayView text);

/// False where a file that begins with these bytes is none of ours: a record that is first in a series is a Begin.
bool mayBeginSeries(QByteArrayView bytes);

/// Reads a series as it comes, piece by piece. Total: bytes that are no record are counted, never more than that.
class SeriesReader {
public:
    using Sink = std::function<void(const Record &)>;
    void feed(QByteArrayView bytes, const Sink &sink);

    qint64 records() const { return m_records; }
    qint64 damaged() const { return m_damaged; } ///< whole lines that are no record
    /// Bytes up to the last line end: what stands behind is a record that was torn when its program died.
    qint64 intact() const { return m_intact; }

private:
    void line(QByteArrayView bytes, const Sink &sink);

    QByteArray m_begun;     ///< of a line whose end has not come
    bool m_tooLong = false; ///< of that line, so that it is not kept
    qint64 m_position = 0;
    qint64 m_intact = 0;
    qint64 m_records = 0;
    qint64 m_damaged = 0;
};

} // namespace bothways::watch
