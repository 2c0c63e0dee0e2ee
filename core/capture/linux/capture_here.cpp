// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/linux/capture_here.h"

#include "capture/linux/live_points.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <poll.h>

namespace bothways::capture {

namespace {

using Clock = std::chrono::steady_clock;

class Here final : public LiveSource {
public:
    Here(std::vector<std::string> names, const LiveOptions &options) : m_points(std::move(names), options) {}

    tl::expected<void, std::string> read(LiveSink &sink, std::chrono::milliseconds wait) override
    {
        constexpr std::chrono::milliseconds lookInterval{250};
        constexpr int framesAtATime = 4096;
        if (const auto now = Clock::now(); now >= m_nextLook) {
            m_points.follow(sink);
            m_nextLook = now + lookInterval;
        }
        std::vector<pollfd> polled;
        for (const int number : m_points.descriptors()) {
            polled.push_back({number, POLLIN, 0});
        }
        ::poll(polled.data(), polled.size(), static_cast<int>(std::min(wait, lookInterval).count()));
        m_points.read(sink, framesAtATime);
        return {};
    }

    std::vector<LiveCount> counts() const override { return m_points.counts(); }

private:
    LivePoints m_points;
    Clock::time_point m_nextLook{};
};

} // namespace

std::unique_ptr<LiveSource> captureHere(std::vector<std::string> names, const LiveOptions &options)
{
    return std::make_unique<Here>(std::move(names), options);
}

} // namespace bothways::capture
