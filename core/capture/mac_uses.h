// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/frame.h"
#include "evidence/capture.h"
#include "net/layers.h"

#include <optional>
#include <unordered_map>
#include <vector>

namespace bothways::capture {

/// Which MAC sent frames at which point, and for which address it spoke. Bounded.
class MacUses {
public:
    explicit MacUses(std::size_t most) : m_most(most) {}
    void add(const net::Layers &layers, const Frame &frame, int point);
    const std::vector<evidence::MacUse> &all() const { return m_uses; }

private:
    struct Speaker {
        net::MacAddress mac;
        std::optional<net::IpAddress> address;
        bool claimed = false;
    };
    void note(const Speaker &speaker, const net::Layers &layers, const Frame &frame, int point);

    std::size_t m_most;
    std::vector<evidence::MacUse> m_uses;
    std::unordered_multimap<std::uint64_t, std::uint32_t> m_places; ///< by MAC and address
};

} // namespace bothways::capture
