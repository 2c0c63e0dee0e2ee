// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/xtables/xtables_option.h"

/// iptables' match modules. Source: iptables-extensions(8), kernel net/netfilter/xt_*.c.
namespace bothways::filter {

/// Appends the statements that say what the module's options say, of which there is at least one for a condition that can fail.
/// Gives the reason where it cannot; what it appended until then is void.
using ReadModule = std::optional<std::string> (*)(const Module &module, const Surroundings &around,
                                                  std::vector<Statement> &statements);

struct ModuleInfo {
    std::string_view name;
    std::string_view options; ///< separated by spaces, without dashes; "name:2" takes two values, "name" one
    ReadModule read = nullptr;
    std::string_view why; ///< why no packet tells, of a module that has no reader
};

/// The empty name is the rule itself: -s -d -i -o -p -f. Null: not known.
const ModuleInfo *findModule(std::string_view name);
/// -1: the module has no such option.
int valueCount(const ModuleInfo &module, std::string_view option);

// By what they look at: the rule itself and ports, other headers, the connection, the machine.
std::optional<std::string> readBasic(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readTcp(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readPorts(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readMultiport(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readIcmp(const Module &module, const Surroundings &around, std::vector<Statement> &statements);

std::optional<std::string> readAddressRange(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readHopLimit(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readLength(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readServiceType(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readEcn(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readIpsec(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readExtension(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readHeaders(const Module &module, const Surroundings &around, std::vector<Statement> &statements);

std::optional<std::string> readConntrack(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readMark(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readLimit(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readRecent(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readQuota(const Module &module, const Surroundings &around, std::vector<Statement> &statements);

std::optional<std::string> readAddressType(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readMac(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readPhysdev(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readPacketType(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readReversePath(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readGroup(const Module &module, const Surroundings &around, std::vector<Statement> &statements);
std::optional<std::string> readSet(const Module &module, const Surroundings &around, std::vector<Statement> &statements);

} // namespace bothways::filter
