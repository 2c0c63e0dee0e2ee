// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/checks.h"
#include "facts/scene.h"

/// The functions behind the table, one a check. Each fills in everything but the id. Private to core/checks.
namespace bothways::checks {

Finding pre1(const facts::Case &given);
Finding pre2(const facts::Case &given);
Finding pre3(const facts::Case &given);
Finding pre4(const facts::Case &given);
Finding pre5(const facts::Case &given);
Finding phy2(const facts::Case &given);
Finding phy3(const facts::Case &given);
Finding phy4(const facts::Case &given);
Finding lnk1(const facts::Case &given);
Finding lnk2(const facts::Case &given);
Finding lnk3(const facts::Case &given);
Finding lnk4(const facts::Case &given);
Finding lnk5(const facts::Case &given);
Finding lnk7(const facts::Case &given);
Finding lnk8(const facts::Case &given);
Finding net1(const facts::Case &given);
Finding net2(const facts::Case &given);
Finding net3(const facts::Case &given);
Finding net5(const facts::Case &given);
Finding net6(const facts::Case &given);
Finding net7(const facts::Case &given);
Finding net8(const facts::Case &given);
Finding net9(const facts::Case &given);
Finding trn1(const facts::Case &given);
Finding trn2(const facts::Case &given);
Finding trn3(const facts::Case &given);
Finding trn5(const facts::Case &given);
Finding pol1(const facts::Case &given);
Finding pol2(const facts::Case &given);
Finding pol3(const facts::Case &given);
Finding pol4(const facts::Case &given);
Finding pol5(const facts::Case &given);

} // namespace bothways::checks
