// SPDX-License-Identifier: GPL-3.0-or-later
// Any text: the dumps in it lie in it, and each is read as what it says to be.
#include "filter/rules_format.h"
#include "walk.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using bothways::filter::Format;

bool add(bothways::filter::Ruleset &rules, const bothways::filter::Dump &dump)
{
    using bothways::net::Family;
    const auto *flavour = dump.nft ? "nft" : "legacy";
    switch (dump.fits.front()) {
    case Format::NftJson:
        return rules.addNftJson(dump.text).has_value();
    case Format::NftText:
        return rules.addNftText(dump.text).has_value();
    case Format::IptablesSave:
        return rules.addIptablesSave(dump.text, Family::v4, flavour).has_value();
    case Format::Ip6tablesSave:
        return rules.addIptablesSave(dump.text, Family::v6, flavour).has_value();
    case Format::IptablesRules:
        return rules.addIptablesRules(dump.text, Family::v4).has_value();
    case Format::Ip6tablesRules:
        return rules.addIptablesRules(dump.text, Family::v6).has_value();
    case Format::EbtablesSave:
        return rules.addEbtablesSave(dump.text, flavour).has_value();
    case Format::Ipset:
        return rules.addIpsetSave(dump.text).has_value();
    default:
        return false;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(data, data + size);
    bothways::filter::Ruleset rules;
    bool any = false;
    for (const auto &dump : bothways::filter::findDumps(text)) {
        if (dump.text.data() < text.data() || dump.text.data() + dump.text.size() > text.data() + text.size()) {
            std::abort();
        }
        any = (dump.fits.size() == 1 && add(rules, dump)) || any;
    }
    if (any) {
        bothways::fuzz::walkEverywhere(rules);
    }
    return 0;
}
