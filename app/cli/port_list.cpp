// SPDX-License-Identifier: GPL-3.0-or-later
#include "port_list.h"

#include "session/preferences.h"
#include "words/text.h"

namespace bothways::cli {

tl::expected<std::vector<int>, QString> portsOf(const QString &text)
{
    return session::portsOf(text).map_error([](const session::PortsProblem &problem) {
        return problem.kind == session::PortsProblem::Kind::TooMany
                   ? translate("cli", "--ports: at most 64 ports.")
                   : translate("cli", "--ports: “%1” is no port number (1 to 65535).").arg(problem.word);
    });
}

} // namespace bothways::cli
