// SPDX-License-Identifier: GPL-3.0-or-later
#include "remedy/virsh.h"

#include <QRegularExpression>

namespace bothways::remedy {

using namespace Qt::Literals::StringLiterals;

std::optional<QStringList> virsh(const QString &connection)
{
    // driver[+transport]://[user@][host][:port]/path[?parameters], with those parameters that only say how to check the other
    // side.
    static const QRegularExpression known(
        u"^(?:qemu|lxc|xen|vz|ch|bhyve|test)(?:\\+(?:unix|ssh|libssh|libssh2|tls|tcp))?://"
        "(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+\\])?(?::[0-9]{1,5})?"
        "/(?:system|session|embed|default)?"
        "(?:\\?(?:(?:no_verify|no_tty)=[01]|mode=(?:auto|direct|legacy))(?:&(?:(?:no_verify|no_tty)=[01]|mode=(?:auto|direct|legacy)))*)?$"_s);
    QStringList words{u"virsh"_s};
    if (connection.isEmpty()) {
        return words;
    }
    if (connection.contains(u'\n') || !known.match(connection).hasMatch()) {
        return std::nullopt;
    }
    return words << u"-c"_s << connection;
}

} // namespace bothways::remedy
