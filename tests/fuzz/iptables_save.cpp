// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk.h"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(data, data + size);
    for (const auto family : {bothways::net::Family::v4, bothways::net::Family::v6}) {
        bothways::filter::Ruleset rules;
        if (rules.addIptablesSave(text, family, "legacy")) {
            bothways::fuzz::walkEverywhere(rules);
        }
    }
    return 0;
}
