// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/walk/hook_walk.h"

#include "filter/walk/walker.h"

#include <algorithm>

namespace bothways::filter {
std::vector<Missing> missing(const Ruleset &rules, Hook hook, const Packet &packet)
{
    if (isBridge(hook)) {
        return rules.missing(Realm::Bridge);
    }
    if (isDevice(hook)) {
        return rules.missing(Realm::Device);
    }
    if (isArp(hook)) {
        return rules.missing(Realm::Arp);
    }
    return rules.missing(packet.payloadType() == etherIpv6 ? Realm::Ip6 : Realm::Ip4);
}

Answer walk(const Ruleset &rules, Hook hook, const Packet &packet)
{
    Passing passing(packet);
    return Walker(rules, hook, passing).answer();
}

Answer walk(const Ruleset &rules, Hook hook, Passing &passing) { return Walker(rules, hook, passing).answer(); }

std::vector<RuleRef> blockers(const Ruleset &rules, Hook hook, const Packet &packet)
{
    return blockers(rules, hook, Passing(packet));
}

std::vector<RuleRef> blockers(const Ruleset &rules, Hook hook, Passing passing)
{
    Walker walker(rules, hook, passing);
    walker.mend();
    const auto places = walker.blockers();
    std::vector<RuleRef> all;
    std::transform(places.begin(), places.end(), std::back_inserter(all), reference);
    return all;
}

} // namespace bothways::filter
