// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/node.h"

#include <algorithm>

namespace bothways::evidence {

const Link *linkNamed(const std::vector<Link> &links, const QString &name)
{
    const auto found = std::find_if(links.begin(), links.end(), [&](const Link &link) { return link.name == name; });
    return found == links.end() ? nullptr : &*found;
}

} // namespace bothways::evidence
