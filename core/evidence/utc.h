// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

namespace bothways::evidence {

/// Milliseconds since 1970 as a time in UTC. Qt 6.5 took another argument for that, and 6.9 gave up the old one.
QDateTime utc(qint64 milliseconds);

} // namespace bothways::evidence
