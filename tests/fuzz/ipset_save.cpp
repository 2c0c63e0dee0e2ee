// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk.h"

#include <cstddef>
#include <cstdint>
#include <string>

/// The sets, and behind a line of dashes the rules of iptables that ask them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(data, data + size);
    const auto rest = text.find("\n---\n");
    for (const auto family : {bothways::net::Family::v4, bothways::net::Family::v6}) {
        bothways::filter::Ruleset rules;
        if (rules.addIpsetSave(text.substr(0, rest == std::string::npos ? rest : rest + 1)) && rest != std::string::npos &&
            rules.addIptablesSave(text.substr(rest + 5), family, "nft")) {
            bothways::fuzz::walkEverywhere(rules);
        }
    }
    return 0;
}
