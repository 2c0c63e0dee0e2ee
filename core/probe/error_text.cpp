// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/error_text.h"

#include <cstring>

namespace bothways::probe {

QString errorText(int number)
{
    // strerrordesc_np: not translated and thread-safe, so that a session reads the same everywhere.
    const char *description = ::strerrordesc_np(number);
    return QStringLiteral("%1 (errno %2)").arg(QLatin1String(description != nullptr ? description : "unknown error")).arg(number);
}

} // namespace bothways::probe
