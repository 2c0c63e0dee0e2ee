// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/checks.h"

/// What the captures say to the questions of checks that also have other means. Private to core/checks.
namespace bothways::checks {

/// Each of these adds to a finding what the captures say to its question.
void addOutgoing(Finding &finding, const Context &context);  ///< POL-1
void addInside(Finding &finding, const Context &context);    ///< POL-3
void addBridge(Finding &finding, const Context &context);    ///< LNK-7
void addAddressed(Finding &finding, const Context &context); ///< LNK-2
void addAsked(Finding &finding, const Context &context);     ///< LNK-1
void addAnswerer(Finding &finding, const Context &context);  ///< LNK-4
void addElsewhere(Finding &finding, const Context &context); ///< NET-2
void addTrail(Finding &finding, const Context &context);     ///< NET-7: how the requests ended, each kind of end once

} // namespace bothways::checks
