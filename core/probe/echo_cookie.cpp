// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/echo_cookie.h"

#include <algorithm>

namespace bothways::probe {

namespace {

constexpr std::size_t indexSize = 4;

} // namespace

EchoCookie::EchoCookie(const Token &token, int payloadBytes)
    : m_token(token), m_payload(static_cast<std::size_t>(std::max(payloadBytes, 0)))
{
    for (std::size_t i = 0; i < m_payload.size(); ++i) {
        m_payload[i] = i < tokenSize ? m_token.at(i) : static_cast<std::uint8_t>(i & 0xff);
    }
}

net::Bytes EchoCookie::payload(int index)
{
    if (m_payload.size() >= tokenSize + indexSize) {
        for (std::size_t i = 0; i < indexSize; ++i) {
            m_payload[tokenSize + i] = static_cast<std::uint8_t>(static_cast<std::uint32_t>(index) >> (24 - 8 * i) & 0xffU);
        }
    }
    return m_payload;
}

EchoCookie::Match EchoCookie::match(net::Bytes payload, bool whole) const
{
    const auto known = std::min({payload.size(), m_payload.size(), tokenSize});
    if (whole && payload.size() != m_payload.size()) {
        return {};
    }
    if (!std::equal(payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(known), m_token.begin())) {
        return {};
    }
    Match match{true, std::nullopt};
    if (payload.size() >= tokenSize + indexSize && m_payload.size() >= tokenSize + indexSize) {
        std::uint32_t index = 0;
        for (std::size_t i = 0; i < indexSize; ++i) {
            index = index << 8U | payload[tokenSize + i];
        }
        match.index = static_cast<int>(index);
    }
    return match;
}

} // namespace bothways::probe
