// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

/// A comparison in words.
namespace bothways::comparison {

QString name(Change change); ///< "added"; never translated
QString word(Change change); ///< translated
QString name(Tendency tendency);
QString word(Tendency tendency); ///< translated

/// Translated, one sentence: what came of the verdict.
QString headlineOf(const Comparison &comparison);
/// Translated, one sentence: how much is different, and how much could not be compared.
QString summaryOf(const Comparison &comparison);
/// Translated: how many facts of a part without differences are there, and alike.
QString alike(const ComparedPart &part);

} // namespace bothways::comparison
