// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/checks.h"
#include "facts/scene.h"

/// The functions behind the table, one a check. Each fills in everything but the id. Private to core/checks.
namespace bothways::checks {

Finding pre1(const Context &context);
Finding pre2(const Context &context);
Finding pre3(const Context &context);
Finding pre4(const Context &context);
Finding pre5(const Context &context);
Finding phy2(const Context &context);
Finding phy3(const Context &context);
Finding phy4(const Context &context);
Finding lnk1(const Context &context);
Finding lnk2(const Context &context);
Finding lnk3(const Context &context);
Finding lnk4(const Context &context);
Finding lnk5(const Context &context);
Finding lnk7(const Context &context);
Finding lnk8(const Context &context);
Finding net1(const Context &context);
Finding net2(const Context &context);
Finding net3(const Context &context);
Finding net5(const Context &context);
Finding net6(const Context &context);
Finding net7(const Context &context);
Finding net8(const Context &context);
Finding net9(const Context &context);
Finding trn1(const Context &context);
Finding trn2(const Context &context);
Finding trn3(const Context &context);
Finding pol1(const Context &context);
Finding pol2(const Context &context);
Finding pol3(const Context &context);
Finding pol4(const Context &context);
Finding pol5(const Context &context);

} // namespace bothways::checks
