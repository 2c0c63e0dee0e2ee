// SPDX-License-Identifier: GPL-3.0-or-later
// A capture file, read to its end and counted.
#include "capture/file.h"
#include "capture/flow_counter.h"

#include <QBuffer>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace bothways::capture;

namespace {

std::uint64_t ends(const Exchanges &all)
{
    return all.answered + all.refused + all.rejected + all.silent + all.open + all.forgotten;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    buffer->open(QIODevice::ReadOnly);
    auto reader = FileReader::open(std::move(buffer));
    if (!reader) {
        return 0;
    }
    FlowCounter counter(FlowLimits{4, 2, 4, 8, 2}); // the usual ones cost more than the reading
    Frame frame;
    std::uint64_t frames = 0;
    while (reader->next(frame)) {
        if (frame.point >= reader->points().size() || frame.bytes.size() > size) {
            std::abort();
        }
        counter.add(frame);
        ++frames;
    }
    const auto flows = counter.finish();
    if (flows.totals.packets != frames || reader->position() > size) {
        std::abort();
    }
    // Each question ends in exactly one way.
    for (const auto *all : {&flows.echo, &flows.handshake, &flows.arp, &flows.neighbour}) {
        if (all->asked != ends(*all)) {
            std::abort();
        }
    }
    return 0;
}
