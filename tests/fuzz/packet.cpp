// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/packet.h"

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

void icmpMessage(Family family, Bytes bytes)
{
    if (const auto message = decodeIcmp(bytes)) {
        expectInside(message->body, bytes);
    }
    if (const auto echo = decodeEcho(family, bytes)) {
        expectInside(echo->payload, bytes);
    }
    if (const auto error = decodeIcmpError(family, bytes)) {
        expectInside(error->quoted.payload, bytes);
    }
    decodeNeighbour(bytes);
}

void network(Bytes bytes)
{
    decodeArp(bytes);
    if (const auto v4 = decodeIpv4(bytes)) {
        expectInside(v4->payload, bytes);
        icmpMessage(Family::v4, v4->payload);
    }
    if (const auto v6 = decodeIpv6(bytes)) {
        expectInside(v6->payload, bytes);
        icmpMessage(Family::v6, v6->payload);
    }
    internetChecksum(bytes);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Bytes bytes(data, size);
    if (const auto frame = decodeEthernet(bytes)) {
        expectInside(frame->payload, bytes);
        network(frame->payload);
    }
    network(bytes);
    icmpMessage(Family::v4, bytes);
    icmpMessage(Family::v6, bytes);
    return 0;
}
