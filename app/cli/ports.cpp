// SPDX-License-Identifier: GPL-3.0-or-later
#include "ports.h"

#include "evidence/text.h"

#include <QStringList>

namespace bothways::cli {

tl::expected<std::vector<int>, QString> portsOf(const QString &text)
{
    std::vector<int> ports;
    for (const auto &word : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const int port = word.trimmed().toInt(&isNumber);
        if (!isNumber || port < 1 || port > 65535) {
            return tl::unexpected(translate("cli", "--ports: “%1” is no port number (1 to 65535).").arg(word));
        }
        ports.push_back(port);
    }
    if (ports.size() > 64) {
        return tl::unexpected(translate("cli", "--ports: at most 64 ports."));
    }
    return ports;
}

} // namespace bothways::cli
