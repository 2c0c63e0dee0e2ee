// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/sweep.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>
#include <string>
#include <vector>

namespace bothways::cli {

struct SweepOptions {
    std::vector<std::string> targets;
    std::string json;
};

/// Exit statuses: 0 measured, whoever answered, 2 wrong use, 3 could not measure, 130 interrupted (what was measured is shown).
int sweep(const SweepOptions &options);
QString sweepFooter();

} // namespace bothways::cli
