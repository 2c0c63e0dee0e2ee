// SPDX-License-Identifier: GPL-3.0-or-later
// The text of nft; what it includes is the text itself, once, and a pattern that finds nothing.
#include "walk.h"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    namespace filter = bothways::filter;
    const std::string text(data, data + size);
    const filter::Includes includes =
        [&text](const std::string &pattern) -> tl::expected<std::vector<filter::IncludedText>, std::string> {
        if (pattern.find('*') != std::string::npos) {
            return std::vector<filter::IncludedText>{};
        }
        constexpr std::size_t half = 2;
        return std::vector<filter::IncludedText>{{pattern, text.substr(text.size() / half)}};
    };
    filter::Ruleset rules;
    if (rules.addNftText(text, includes)) {
        bothways::fuzz::walkEverywhere(rules);
    }
    return 0;
}
