// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "remedy/draft.h"

/// Neighbour entries, and addresses that do not fit. Private to core/remedy.
namespace bothways::remedy {

Remedies forgetNeighbour(const Request &request); ///< R21
Remedies pinRightful(const Request &request);     ///< R22
/// A wrong mask leaves the other end outside the subnet: one host route repairs it without touching the address.
Remedies reachPastMask(const Request &request, const facts::AddressObject &object);

/// From a bridge's port to the bridge, with the routes through gateways of its prefix. It is never on neither of the two.
Remedies moveAddress(const Request &request, const facts::AddressObject &object);

} // namespace bothways::remedy
