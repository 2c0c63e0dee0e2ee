// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/report.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    bothways::collect::guest::parseReport(bytes, bothways::evidence::GuestChannel::GuestReport);
    bothways::collect::guest::parseSnapshot(bytes, bothways::evidence::GuestChannel::GuestReport);
    return 0;
}
