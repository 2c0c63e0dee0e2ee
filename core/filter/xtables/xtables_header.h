// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/xtables/xtables_option.h"

/// Headers. Each is a ReadModule.
namespace bothways::filter {

std::optional<std::string> readAddressRange(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readHopLimit(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readLength(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readServiceType(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readEcn(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readIpsec(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readExtension(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readHeaders(const Module &module, const Surroundings &around, std::vector<Statement> &statements);

} // namespace bothways::filter
