// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/hardening.h"

#include "conclusion/hardening_filter.h"
#include "conclusion/hardening_network.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::conclusion {

using namespace Qt::Literals::StringLiterals;
using facts::Where;
using State = Advice::State;

std::vector<Advice> hardeningOf(const facts::Case &given)
{
    using namespace hardening;
    const Site site{given.evidence, given.scene, given.guestRules};
    std::vector<Advice> all;
    const auto add = [&](const std::optional<Advice> &advice) {
        if (advice) {
            all.push_back(*advice);
        }
    };
    add(echoWidth(site));
    add(portWidth(site));
    for (const auto where : {Where::Host, Where::Guest}) {
        add(reversePath(site, where));
        add(arpPolicy(site, where));
    }
    add(neighbourTable(site));
    add(macPinned(site));
    add(spoofGuard(site));
    add(portIsolation(site));
    add(gateways(site));
    add(tunnels(site));
    add(applications(site));
    add(packetSizes(site));
    add(bandwidth(site));
    return all;
}

QString name(State state)
{
    switch (state) {
    case State::Done:
        return u"done"_s;
    case State::Advised:
        return u"advised"_s;
    case State::General:
        break;
    }
    return u"general"_s;
}

QString word(State state)
{
    switch (state) {
    case State::Done:
        return translate("hardening", "as it should be");
    case State::Advised:
        return translate("hardening", "advised");
    case State::General:
        break;
    }
    return translate("hardening", "general advice");
}

} // namespace bothways::conclusion
