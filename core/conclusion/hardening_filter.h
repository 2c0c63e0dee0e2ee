// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/hardening_site.h"

/// Who may come in, and who may speak as whom. Private to core/conclusion.
namespace bothways::conclusion::hardening {

Advice echoWidth(const Site &site);
std::optional<Advice> portWidth(const Site &site);
std::optional<Advice> reversePath(const Site &site, facts::Where where);
std::optional<Advice> arpPolicy(const Site &site, facts::Where where);
Advice macPinned(const Site &site);
std::optional<Advice> spoofGuard(const Site &site);

} // namespace bothways::conclusion::hardening
