// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/report.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    bothways::collect::guest::parseReport(bytes, QStringLiteral("fuzz"));
    bothways::collect::guest::parseSnapshot(bytes, QStringLiteral("fuzz"));
    return 0;
}
