// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/packet/packet_text.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace bothways::filter;

/// Whatever can be read as a packet is written as a text that gives the same packet.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto packet = readPacket(std::string_view(reinterpret_cast<const char *>(data), size));
    if (!packet) {
        return 0;
    }
    const auto again = readPacket(writePacket(*packet));
    if (!again || *again != *packet) {
        std::abort();
    }
    return 0;
}
