// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/xtables/xtables_option.h"

/// The rule itself, and ports. Each is a ReadModule.
namespace bothways::filter {

std::optional<std::string> readBasic(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readTcp(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readPorts(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readMultiport(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readIcmp(const Module &module, const Surroundings &around, std::vector<Statement> &statements);

} // namespace bothways::filter
