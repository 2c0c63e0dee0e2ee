// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/ruleset_format.h"

#include <string_view>
#include <vector>

/// Which tool wrote a dump of rules, told by what stands in it: a name of a file or an address of a packet proves nothing.
namespace bothways::filter {

using Format = evidence::RulesetFormat;

/// One dump in a text that may hold several, one behind the other.
struct Dump {
    std::string_view text; ///< the part of the text that was given
    std::vector<Format>
        fits{};       ///< whatever it may be, by all that it says; more than one: it does not tell; none: nothing known here
    bool nft = false; ///< of the save formats: written by the nft flavour of the program
};

/// Total. The save programs name themselves in their first line. Where somebody cut that off, tables, chains and options tell one
/// family of programs from the other, and addresses and ICMP IPv4 from IPv6. A header that its rules contradict fits nothing.
/// Empty: nothing but blanks and comments.
std::vector<Dump> findDumps(std::string_view text);

} // namespace bothways::filter
