// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/live_source.h"

#include <memory>
#include <string>
#include <vector>

namespace bothways::capture {

/// By this process, in the network namespace of the calling thread, which must be the one that reads.
std::unique_ptr<LiveSource> captureHere(std::vector<std::string> names, const LiveOptions &options);

} // namespace bothways::capture
