// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/socket/new_token.h"

#include "probe/linux/socket/kernel_clock.h"

#include <sys/random.h>

namespace bothways::probe {

EchoCookie::Token newToken()
{
    EchoCookie::Token token{};
    if (::getrandom(token.data(), token.size(), 0) != static_cast<ssize_t>(token.size())) {
        const auto now = static_cast<std::uint64_t>(monotonicNs());
        for (std::size_t i = 0; i < token.size(); ++i) {
            token.at(i) = static_cast<std::uint8_t>(now >> (8 * i) & 0xffU);
        }
    }
    return token;
}

} // namespace bothways::probe
