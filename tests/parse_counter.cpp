// SPDX-License-Identifier: GPL-3.0-or-later
#include "parse_counter.h"

#include "filter/ruleset.h"

#include <atomic>

namespace bothways::test {

namespace {

using filter::ParseError;
using filter::Ruleset;
using Result = tl::expected<void, ParseError>;
using Text = std::string_view;

std::atomic<std::size_t> parsed{0};

} // namespace

std::size_t parsedRulesets() { return parsed; }

// A member function's symbol, called as the ABI calls it: `this` is its first argument (Itanium C++ ABI, 3.1). With --wrap=NAME
// the linker gives calls of NAME to __wrap_NAME, and those of __real_NAME to NAME (ld(1)).
Result realNft(Ruleset *, Text) __asm__("__real_" BOTHWAYS_ADD_NFT);
Result realXtables(Ruleset *, Text, net::Family, Text) __asm__("__real_" BOTHWAYS_ADD_XTABLES);
Result realEbtables(Ruleset *, Text, Text) __asm__("__real_" BOTHWAYS_ADD_EBTABLES);

Result countedNft(Ruleset *rules, Text json) __asm__("__wrap_" BOTHWAYS_ADD_NFT);
Result countedNft(Ruleset *rules, Text json)
{
    ++parsed;
    return realNft(rules, json);
}

Result countedXtables(Ruleset *rules, Text text, net::Family family, Text flavour) __asm__("__wrap_" BOTHWAYS_ADD_XTABLES);
Result countedXtables(Ruleset *rules, Text text, net::Family family, Text flavour)
{
    ++parsed;
    return realXtables(rules, text, family, flavour);
}

Result countedEbtables(Ruleset *rules, Text text, Text flavour) __asm__("__wrap_" BOTHWAYS_ADD_EBTABLES);
Result countedEbtables(Ruleset *rules, Text text, Text flavour)
{
    ++parsed;
    return realEbtables(rules, text, flavour);
}

} // namespace bothways::test
