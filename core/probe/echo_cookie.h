// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/packet.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// How our own echo requests are known again. Pure, without Qt: the helper with rights marks its requests so, too.
namespace bothways::probe {

/// Bytes in the payload by which we know our own requests again: a token of this run, then the request's index.
/// A short payload carries as much of it as fits.
class EchoCookie {
public:
    static constexpr std::size_t tokenSize = 8;
    using Token = std::array<std::uint8_t, tokenSize>;

    EchoCookie(const Token &token, int payloadBytes);

    /// The whole payload of request number `index`; valid until the next call.
    net::Bytes payload(int index);

    struct Match {
        bool ours = false;
        std::optional<int> index; ///< where the payload is long enough to tell
    };
    /// `whole`: the payload of a reply, which must be all there; an error quotes only a part, maybe none.
    Match match(net::Bytes payload, bool whole) const;

private:
    Token m_token;
    std::vector<std::uint8_t> m_payload;
};

} // namespace bothways::probe
