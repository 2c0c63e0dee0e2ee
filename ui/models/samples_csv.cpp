// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/samples_csv.h"
#include "evidence/utc.h"

#include <QDateTime>

#include <limits>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype pieceSize = 1 << 20;
constexpr int digits = 6; ///< nanoseconds

/// The date and the clock up to the second are the same for many samples in a row.
class TimeText {
public:
    QByteArray operator()(std::int64_t atMs)
    {
        const auto second = atMs >= 0 ? atMs / 1000 : (atMs - 999) / 1000;
        if (second != m_second) {
            m_second = second;
            m_text = evidence::utc(second * 1000).toString(u"yyyy-MM-ddTHH:mm:ss."_s).toLatin1();
        }
        return m_text + QByteArray::number(atMs - second * 1000).rightJustified(3, '0') + 'Z';
    }

private:
    std::int64_t m_second = std::numeric_limits<std::int64_t>::min();
    QByteArray m_text;
};

} // namespace

bool samplesCsv(const std::vector<NamedSamples> &series, const std::function<bool(const QByteArray &)> &write)
{
    QByteArray piece = "time,series,rtt_ms,lost\n";
    TimeText timeText;
    std::vector<std::size_t> next(series.size(), 0);
    while (true) {
        std::size_t earliest = series.size();
        std::int64_t atMs = 0;
        for (std::size_t i = 0; i < series.size(); ++i) {
            if (next[i] == series[i].samples.size()) {
                continue;
            }
            const auto own = series[i].samples.at(next[i]).atMs;
            if (earliest == series.size() || own < atMs) {
                earliest = i;
                atMs = own;
            }
        }
        if (earliest == series.size()) {
            return write(piece);
        }
        const auto sample = series[earliest].samples.at(next[earliest]++);
        piece += timeText(sample.atMs) + ',' + series[earliest].id.toUtf8() + ',' +
                 (sample.rttMs ? QByteArray::number(*sample.rttMs, 'f', digits) : QByteArray()) +
                 (sample.rttMs ? ",0\n" : ",1\n");
        if (piece.size() >= pieceSize) {
            if (!write(piece)) {
                return false;
            }
            piece.clear();
        }
    }
}

} // namespace bothways::ui
