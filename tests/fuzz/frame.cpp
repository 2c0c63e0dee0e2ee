// SPDX-License-Identifier: GPL-3.0-or-later
// A frame of any link type: the first two bytes are its number, the next two what the capture says of its length.
#include "net/layers.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <functional>

using namespace bothways::net;

namespace {

/// A view that a decoder returned must lie within the bytes it was given.
void expectInside(Bytes part, Bytes whole)
{
    const std::less_equal<> notAfter;
    if (!part.empty() &&
        !(notAfter(whole.data(), part.data()) && notAfter(part.data() + part.size(), whole.data() + whole.size()))) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 4) {
        return 0;
    }
    static constexpr LinkType types[] = {LinkType::Ethernet, LinkType::LinuxCooked, LinkType::LinuxCooked2, LinkType::Raw,
                                         LinkType::Null};
    const auto number = static_cast<std::uint16_t>(data[0] << 8U | data[1]);
    const auto type = data[0] == 0 ? types[data[1] % std::size(types)] : static_cast<LinkType>(number);
    const Bytes bytes(data + 4, size - 4);
    const auto length = static_cast<std::uint32_t>(bytes.size()) + (data[2] << 8U | data[3]);
    const auto layers = decodeLayers(type, bytes, length);
    expectInside(layers.ip.payload, bytes);
    expectInside(layers.icmp.body, layers.ip.payload);
    expectInside(layers.tcp.payload, layers.ip.payload);
    expectInside(layers.udp.payload, layers.ip.payload);
    if (layers.transport == Transport::Icmp) {
        if (const auto quotation = decodeQuotation(layers.ip.family(), layers.ip.payload)) {
            expectInside(quotation->ip.payload, bytes);
        }
        decodeNeighbour(layers.ip.payload);
    }
    return 0;
}
