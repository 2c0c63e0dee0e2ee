// SPDX-License-Identifier: GPL-3.0-or-later
#include "walk.h"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    bothways::filter::Ruleset rules;
    if (rules.addNftJson(std::string(data, data + size))) {
        bothways::fuzz::walkEverywhere(rules);
    }
    return 0;
}
