// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/xtables/xtables_option.h"

/// The connection, and what is counted. Each is a ReadModule.
namespace bothways::filter {

std::optional<std::string> readConntrack(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readMark(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readLimit(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readRecent(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readQuota(const Module &module, const Surroundings &around, std::vector<Statement> &statements);

} // namespace bothways::filter
