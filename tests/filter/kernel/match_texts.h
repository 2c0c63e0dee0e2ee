// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "random.h"

/// What rules are made of, in nft's syntax. What stands in <> is chosen anew each time (RulesetGenerator::fillIn()).
namespace bothways::kernel {

extern const Texts networkTexts; ///< of IPv4 or IPv6
extern const Texts onlyV4Texts;
extern const Texts onlyV6Texts;
extern const Texts portTexts;
extern const Texts icmpTexts;
extern const Texts icmpv6Texts;
extern const Texts metaTexts; ///< at IP's hooks
extern const Texts rareTexts; ///< that the walk often cannot know, at IP's hooks
extern const Texts rawTexts;
extern const Texts statementTexts;
extern const Texts rareStatementTexts;
extern const Texts mapTexts;
extern const Texts bridgeTexts;
extern const Texts arpTexts;
extern const Texts deviceTexts;
extern const Texts linkMapTexts; ///< of bridge and netdev

} // namespace bothways::kernel
