// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/worded.h"

namespace bothways::evidence {

/// What wrote a ruleset down.
enum class RulesetFormat {
    NotTold,
    NftJson,
    NftText,
    IptablesSave,
    Ip6tablesSave,
    IptablesRules,  ///< iptables -S
    Ip6tablesRules, ///< ip6tables -S
    ArptablesSave,
    EbtablesSave,
    Ipset,
    WindowsJson,
    Other
};
template <>
struct Words<RulesetFormat> {
    static constexpr Word<RulesetFormat> all[] = {{RulesetFormat::NotTold, ""},
                                                  {RulesetFormat::NftJson, "nft-json"},
                                                  {RulesetFormat::NftText, "nft"},
                                                  {RulesetFormat::IptablesSave, "iptables-save"},
                                                  {RulesetFormat::Ip6tablesSave, "ip6tables-save"},
                                                  {RulesetFormat::IptablesRules, "iptables-rules"},
                                                  {RulesetFormat::Ip6tablesRules, "ip6tables-rules"},
                                                  {RulesetFormat::ArptablesSave, "arptables-save"},
                                                  {RulesetFormat::EbtablesSave, "ebtables-save"},
                                                  {RulesetFormat::Ipset, "ipset"},
                                                  {RulesetFormat::WindowsJson, "windows-json"}};
};

} // namespace bothways::evidence
