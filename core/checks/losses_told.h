// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/checks.h"

/// What the captures say to the questions of checks that also have other means. Private to core/checks.
namespace bothways::checks {

/// Each of these adds to a finding what the captures say to its question.
void addOutgoing(Finding &finding, const facts::Case &given);  ///< POL-1
void addInside(Finding &finding, const facts::Case &given);    ///< POL-3
void addBridge(Finding &finding, const facts::Case &given);    ///< LNK-7
void addAddressed(Finding &finding, const facts::Case &given); ///< LNK-2
void addAsked(Finding &finding, const facts::Case &given);     ///< LNK-1
void addAnswerer(Finding &finding, const facts::Case &given);  ///< LNK-4
void addElsewhere(Finding &finding, const facts::Case &given); ///< NET-2
void addTrail(Finding &finding, const facts::Case &given);     ///< NET-7: how the requests ended, each kind of end once

} // namespace bothways::checks
