// SPDX-License-Identifier: GPL-3.0-or-later
#include "privilege/protocol.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace bothways::privilege;

namespace {

/// What was understood is written again as it was: there is one way to say a thing.
template <typename Result>
void expectSame(const Result &taken, Bytes stream)
{
    if (taken && *taken) {
        const auto again = encode((*taken)->token, (*taken)->body);
        if (again.size() != (*taken)->size || !std::equal(again.begin(), again.end(), stream.begin())) {
            std::abort();
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Bytes stream(data, size);
    expectSame(takeRequest(stream), stream);
    expectSame(takeReply(stream), stream);
    Bytes records = stream;
    while (takeFrame(records)) {
    }
    return 0;
}
