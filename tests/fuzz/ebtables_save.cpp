// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk.h"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(data, data + size);
    for (const auto *flavour : {"legacy", "nft"}) {
        bothways::filter::Ruleset rules;
        if (rules.addEbtablesSave(text, flavour)) {
            bothways::fuzz::walkEverywhere(rules);
        }
    }
    return 0;
}
