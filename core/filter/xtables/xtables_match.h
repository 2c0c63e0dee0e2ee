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

} // namespace bothways::filter
