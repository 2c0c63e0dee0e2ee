// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/hardening_site.h"

/// The network around the two, and what it carries. Private to core/conclusion.
namespace bothways::conclusion::hardening {

Advice portIsolation(const Site &site);
Advice neighbourTable(const Site &site);
Advice tunnels(const Site &site);
Advice gateways(const Site &site);
Advice applications(const Site &site);
Advice packetSizes(const Site &site);
Advice bandwidth(const Site &site);

} // namespace bothways::conclusion::hardening
