// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/checks.h"

/// What the way of the packets says to the questions of checks: each stage that stops one belongs to the check that asks for it.
/// Private to core/checks.
namespace bothways::checks {

void addPlaces(Finding &finding, const facts::Case &given, const std::vector<way::Leg> &legs);       ///< NET-1
void addHostRoute(Finding &finding, const facts::Case &given, const std::vector<way::Leg> &legs);    ///< NET-2
void addReturnRoutes(Finding &finding, const facts::Case &given, const std::vector<way::Leg> &legs); ///< NET-5
void addCrossings(Finding &finding, const facts::Case &given, const std::vector<way::Leg> &legs);    ///< LNK-7
void addMemberships(Finding &finding, const facts::Case &given, const std::vector<way::Leg> &legs);  ///< LNK-8
void addHostNat(Finding &finding, const facts::Case &given, const std::vector<way::Leg> &legs);      ///< POL-2
void addGuestNat(Finding &finding, const facts::Case &given, const std::vector<way::Leg> &legs);     ///< POL-3
void addTables(Finding &finding, const facts::Case &given, const std::vector<way::Leg> &legs);       ///< TRN-5

} // namespace bothways::checks
