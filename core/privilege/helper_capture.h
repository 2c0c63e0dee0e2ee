// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/live_source.h"
#include "privilege/helper.h"

#include <memory>
#include <string>
#include <vector>

namespace bothways::privilege {

/// A capture by a helper that is asked for nothing else meanwhile; afterwards it can be. At most mostPoints names.
tl::expected<std::unique_ptr<capture::LiveSource>, Problem>
captureBy(std::shared_ptr<Helper> helper, std::vector<std::string> names, const capture::LiveOptions &options);

} // namespace bothways::privilege
