// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/conclusion.h"
#include "evidence/session_file.h"
#include "report/writers.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace bothways;

/// Whatever can be read as a session is written and read back without loss, and everything is concluded from it without harm.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto evidence = evidence::fromBytes(bytes);
    if (!evidence) {
        return 0;
    }
    const QByteArray written = evidence::toJson(*evidence);
    const auto again = evidence::fromBytes(written);
    if (!again || evidence::toJson(*again) != written) {
        std::abort();
    }
    report::toJson(conclusion::conclude(*evidence));
    return 0;
}
