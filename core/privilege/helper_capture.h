// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/live_source.h"
#include "privilege/helper.h"

#include <memory>
#include <string>
#include <vector>

namespace bothways::privilege {

/// A capture by a helper that does nothing else meanwhile. At most mostPoints names.
tl::expected<std::unique_ptr<capture::LiveSource>, Problem>
captureBy(std::unique_ptr<Helper> helper, std::vector<std::string> names, const capture::LiveOptions &options);

} // namespace bothways::privilege
