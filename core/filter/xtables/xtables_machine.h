// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/xtables/xtables_option.h"

/// What the machine knows: addresses, interfaces, sets. Each is a ReadModule.
namespace bothways::filter {

std::optional<std::string> readAddressType(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readMac(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readPhysdev(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readPacketType(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readReversePath(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readGroup(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readSet(const Module &module, const Surroundings &around, std::vector<Statement> &statements);

} // namespace bothways::filter
