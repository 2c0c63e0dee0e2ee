// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace bothways::cli {

int list(const std::string &what, const std::string &connect, bool json);
int guestScript(const std::string &system, const std::vector<std::string> &hostAddresses);
int explain(const std::vector<std::string> &words, bool json);

} // namespace bothways::cli
