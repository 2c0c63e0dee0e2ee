// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/xtables/xtables_option.h"

#include <optional>
#include <string_view>
#include <vector>

/// The conditions of ebtables' rules.
namespace bothways::filter {

/// Appends what the option says; false where it does not understand it. `native`: ebtables-nft wrote it, which makes nft's own
/// words of some that do not say the same.
bool readFrameOption(const Option &option, bool native, std::vector<Statement> &statements);

/// "52:54:00:aa:bb:cc", groups of one digit included, "…/ff:ff:ff:00:00:00", or one of the names Unicast, Multicast, Broadcast,
/// BGA.
struct MaskedMac {
    Word value;
    Word mask;
};
std::optional<MaskedMac> readMaskedMac(std::string_view text);

} // namespace bothways::filter
