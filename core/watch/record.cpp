// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/record.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

#include <zlib.h>

namespace bothways::watch {

namespace {

constexpr std::array<std::string_view, 2> kindWords{"icmp", "tcp"};
constexpr std::array<std::string_view, 4> outcomeWords{"answered", "refused", "failed", "not-measured"};
constexpr qsizetype longestText = 2000;        ///< bytes, encoded; two of them and the numbers stay below maximumLine
constexpr qint64 latest = 253'402'300'799'999; ///< the last millisecond of the year 9999

using Words = std::vector<std::string_view>;

QByteArray bytesOf(std::string_view word) { return {word.data(), static_cast<qsizetype>(word.size())}; }

QByteArray checksum(QByteArrayView bytes)
{
    const auto sum = ::crc32(0, reinterpret_cast<const Bytef *>(bytes.data()), static_cast<uInt>(bytes.size()));
    return QByteArray::number(static_cast<quint64>(sum), 16).rightJustified(8, '0');
}

/// A text as one word: "=" and its UTF-8, what is no plain character as %XX. Cut where it is too long.
QByteArray asWord(const QString &text)
{
    auto kept = text;
    auto word = kept.toUtf8().toPercentEncoding("/:,;()");
    while (word.size() > longestText) {
        kept.truncate(kept.size() * 3 / 4);
        word = kept.toUtf8().toPercentEncoding("/:,;()");
    }
    return '=' + word;
}

std::optional<QString> textOf(std::string_view word)
{
    if (word.empty() || word.front() != '=') {
        return std::nullopt;
    }
    const auto encoded = QByteArray(word.data() + 1, static_cast<qsizetype>(word.size()) - 1);
    auto decoded = QString::fromUtf8(QByteArray::fromPercentEncoding(encoded));
    // One spelling only: what is read is what would be written.
    return asWord(decoded) == bytesOf(word) ? std::optional<QString>(std::move(decoded)) : std::nullopt;
}

std::optional<qint64> number(std::string_view word, qint64 least, qint64 most)
{
    qint64 value = 0;
    const auto *const end = word.data() + word.size();
    const auto [rest, error] = std::from_chars(word.data(), end, value);
    if (error != std::errc() || rest != end || value < least || value > most) {
        return std::nullopt;
    }
    return value;
}

template <std::size_t count>
std::optional<std::size_t> find(const std::array<std::string_view, count> &words, std::string_view word)
{
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? std::nullopt
                                : std::optional<std::size_t>(static_cast<std::size_t>(std::distance(words.begin(), found)));
}

struct Writer {
    QByteArray operator()(const Begin &begin) const
    {
        QByteArray line = "B 1 " + QByteArray::number(begin.atMs) + (begin.continues ? " continues" : " anew");
        const auto &settings = begin.settings;
        for (const int value : {begin.intervalMs, settings.icmpSuccess, settings.tcpFailures, settings.window, settings.least}) {
            line += ' ' + QByteArray::number(value);
        }
        return line + ' ' + asWord(begin.target);
    }
    QByteArray operator()(const Sample &sample) const
    {
        return "S " + QByteArray::number(sample.atMs) + ' ' + bytesOf(kindWords[static_cast<std::size_t>(sample.kind)]) + ' ' +
               QByteArray::number(sample.port) + ' ' + bytesOf(outcomeWords[static_cast<std::size_t>(sample.outcome)]) + ' ' +
               (sample.rttNs ? QByteArray::number(*sample.rttNs) : QByteArray("-"));
    }
    QByteArray operator()(const Diagnosed &diagnosed) const
    {
        return "D " + QByteArray::number(diagnosed.atMs) + ' ' + asWord(diagnosed.session) + ' ' + asWord(diagnosed.headline);
    }
    QByteArray operator()(const End &end) const { return "E " + QByteArray::number(end.atMs); }
};

std::optional<Record> begin(const Words &words)
{
    if (words.size() != 10 || words[1] != "1" || (words[3] != "anew" && words[3] != "continues")) {
        return std::nullopt;
    }
    const auto at = number(words[2], 0, latest);
    const auto interval = number(words[4], 0, 3'600'000);
    const auto success = number(words[5], 0, 1000);
    const auto failures = number(words[6], 0, 1000);
    const auto window = number(words[7], 1, mostWindow);
    const auto least = number(words[8], 1, mostWindow);
    const auto target = textOf(words[9]);
    if (!at || !interval || !success || !failures || !window || !least || !target) {
        return std::nullopt;
    }
    const Settings settings{static_cast<int>(*success), static_cast<int>(*failures), static_cast<int>(*window),
                            static_cast<int>(*least)};
    return Begin{*at, words[3] == "continues", static_cast<int>(*interval), settings, *target};
}

std::optional<Record> sample(const Words &words)
{
    if (words.size() != 6) {
        return std::nullopt;
    }
    const auto at = number(words[1], 0, latest);
    const auto kind = find(kindWords, words[2]);
    const auto port = number(words[3], 0, 65535);
    const auto outcome = find(outcomeWords, words[4]);
    const bool hasRtt = words[5] != "-";
    const auto rtt = hasRtt ? number(words[5], 0, 3'600'000'000'000) : std::nullopt;
    if (!at || !kind || !port || !outcome || (hasRtt && !rtt)) {
        return std::nullopt;
    }
    return Sample{*at, static_cast<Kind>(*kind), static_cast<int>(*port), static_cast<Outcome>(*outcome), rtt};
}

std::optional<Record> diagnosed(const Words &words)
{
    if (words.size() != 4) {
        return std::nullopt;
    }
    const auto at = number(words[1], 0, latest);
    const auto session = textOf(words[2]);
    const auto headline = textOf(words[3]);
    if (!at || !session || !headline) {
        return std::nullopt;
    }
    return Diagnosed{*at, *session, *headline};
}

std::optional<Record> end(const Words &words)
{
    const auto at = words.size() == 2 ? number(words[1], 0, latest) : std::nullopt;
    return at ? std::optional<Record>(End{*at}) : std::nullopt;
}

Words split(std::string_view text)
{
    Words words;
    while (true) {
        const auto space = text.find(' ');
        words.push_back(text.substr(0, space));
        if (space == std::string_view::npos) {
            return words;
        }
        text.remove_prefix(space + 1);
    }
}

} // namespace

QByteArray encode(const Record &record)
{
    const auto line = std::visit(Writer(), record);
    return line + ' ' + checksum(line) + '\n';
}

std::optional<Record> decode(QByteArrayView line)
{
    const auto space = line.lastIndexOf(' ');
    if (line.size() > maximumLine || space < 1 || line.sliced(space + 1) != checksum(line.first(space))) {
        return std::nullopt;
    }
    return decodeWords(line.first(space));
}

std::optional<Record> decodeWords(QByteArrayView text)
{
    const auto words = split(std::string_view(text.data(), static_cast<std::size_t>(text.size())));
    if (words.front() == "S") {
        return sample(words);
    }
    if (words.front() == "B") {
        return begin(words);
    }
    if (words.front() == "D") {
        return diagnosed(words);
    }
    return words.front() == "E" ? end(words) : std::nullopt;
}

bool mayBeginSeries(QByteArrayView bytes)
{
    constexpr QByteArrayView head = "B 1 ";
    return bytes.first(std::min(bytes.size(), head.size())) == head.first(std::min(bytes.size(), head.size()));
}

void SeriesReader::feed(QByteArrayView bytes, const Sink &sink)
{
    while (!bytes.isEmpty()) {
        const auto length = bytes.indexOf('\n');
        const auto part = length < 0 ? bytes : bytes.first(length);
        m_tooLong = m_tooLong || m_begun.size() + part.size() > maximumLine;
        m_begun = m_tooLong ? QByteArray() : m_begun;
        if (length < 0) {
            if (!m_tooLong) {
                m_begun.append(part);
            }
            m_position += part.size();
            return;
        }
        m_position += length + 1;
        m_intact = m_position;
        if (m_tooLong) {
            ++m_damaged;
        } else if (m_begun.isEmpty()) {
            line(part, sink);
        } else {
            m_begun.append(part);
            line(m_begun, sink);
        }
        m_begun.clear();
        m_tooLong = false;
        bytes = bytes.sliced(length + 1);
    }
}

void SeriesReader::line(QByteArrayView bytes, const Sink &sink)
{
    if (const auto record = decode(bytes)) {
        ++m_records;
        sink(*record);
    } else {
        ++m_damaged;
    }
}

} // namespace bothways::watch
