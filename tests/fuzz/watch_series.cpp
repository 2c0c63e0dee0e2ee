// SPDX-License-Identifier: GPL-3.0-or-later
// A watch's series file, read and replayed: what was understood is written and understood again.
#include "watch/monitor.h"
#include "watch/words.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace bothways::watch;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    Monitor monitor;
    SeriesReader reader;
    qint64 heard = 0;
    const auto take = [&](const Record &record) {
        ++heard;
        const auto again = decode(encode(record).chopped(1));
        if (!again || *again != record) {
            std::abort();
        }
        for (const auto &event : monitor.take(record)) {
            static_cast<void>(sentence(event));
        }
    };
    reader.feed(bytes.first(bytes.size() / 2), take);
    reader.feed(bytes.sliced(bytes.size() / 2), take);
    if (heard != reader.records() || reader.intact() > bytes.size() || reader.records() + reader.damaged() != bytes.count('\n')) {
        std::abort();
    }
    // The checksum keeps most changed records out: the words without it are tried with the right one.
    for (qsizetype at = 0; at < bytes.size();) {
        const auto end = bytes.indexOf('\n', at);
        const auto line = bytes.sliced(at, (end < 0 ? bytes.size() : end) - at);
        const auto space = line.lastIndexOf(' ');
        if (space > 0 && space < maximumLine) {
            if (const auto record = decodeWords(line.first(space))) {
                take(*record);
            }
        }
        at = end < 0 ? bytes.size() : end + 1;
    }
    if (monitor.buckets().size() > mostBuckets || monitor.events().size() > mostEvents) {
        std::abort();
    }
    return 0;
}
