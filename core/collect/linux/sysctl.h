// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <QMap>
#include <QString>

namespace bothways::collect {

/// The settings that decide about pings, for "all", "default" and each interface. A setting without a file here is not in
/// the map. Tabs inside a value become one space each.
evidence::Reading<QMap<QString, QString>> readSysctls();

} // namespace bothways::collect
