// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/live.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace bothways::capture {

/// Frames as they pass, whoever captures: this process where it may, else its helper.
class LiveSource {
public:
    virtual ~LiveSource() = default;
    /// Waits at most that long, then hands over what came; call it again and again. The error is for good: nothing more comes,
    /// and what was handed over until then stands. English or translated, a whole sentence.
    virtual tl::expected<void, std::string> read(LiveSink &sink, std::chrono::milliseconds wait) = 0;
    /// By point, as last told.
    virtual std::vector<LiveCount> counts() const = 0;
};

/// By this process, in the network namespace of the calling thread, which must be the one that reads.
std::unique_ptr<LiveSource> captureHere(std::vector<std::string> names, const LiveOptions &options);

} // namespace bothways::capture
