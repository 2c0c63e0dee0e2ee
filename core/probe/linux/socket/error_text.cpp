// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/socket/error_text.h"

#include "evidence/error_number.h"

#include <cerrno>
#include <cstring>

namespace bothways::probe {

namespace error_number = evidence::error_number;
static_assert(error_number::notPermitted == EPERM && error_number::accessDenied == EACCES &&
              error_number::invalidArgument == EINVAL && error_number::messageTooLong == EMSGSIZE &&
              error_number::addressNotAvailable == EADDRNOTAVAIL && error_number::networkDown == ENETDOWN &&
              error_number::networkUnreachable == ENETUNREACH && error_number::hostUnreachable == EHOSTUNREACH);

QString errorText(int number)
{
    // strerrordesc_np: not translated and thread-safe, so that a session reads the same everywhere.
    const char *description = ::strerrordesc_np(number);
    return QStringLiteral("%1 (errno %2)").arg(QLatin1String(description != nullptr ? description : "unknown error")).arg(number);
}

} // namespace bothways::probe
