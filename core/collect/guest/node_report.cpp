// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/node_report.h"

#include "collect/guest/ip_text.h"

namespace bothways::collect::guest {

using namespace Qt::Literals::StringLiterals;

PingTargets pingTargets(const Report &report)
{
    PingTargets targets;
    const auto *section = report.find(u"target");
    if (section == nullptr || !section->isComplete()) {
        return targets;
    }
    const auto words = section->body.simplified().split(u' ', Qt::SkipEmptyParts);
    targets.isGateway = !words.isEmpty() && words.front() == "gateway"_L1;
    constexpr qsizetype maximumTargets = 16;
    for (const auto &word : words.mid(1, maximumTargets)) {
        if (const auto address = asAddress(word)) {
            targets.addresses.push_back(*address);
        }
    }
    return targets;
}

std::vector<net::IpAddress> ownAddresses(const evidence::NodeFacts &facts)
{
    std::vector<net::IpAddress> own;
    for (const auto &address : facts.addresses.value) {
        own.push_back(address.prefix.address());
    }
    return own;
}

} // namespace bothways::collect::guest
