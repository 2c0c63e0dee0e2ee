// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/elevation.h"

#include "evidence/text.h"
#include "probe/probe.h"

namespace bothways::session {

using namespace std::chrono_literals;
using evidence::Access;

namespace {

constexpr auto greetingDeadline = 5s;
constexpr auto passwordDeadline = 120s; // somebody types
constexpr auto rulesDeadline = 10s;

} // namespace

void Elevation::begin(evidence::Rights &rights, bool ask)
{
    if (rights.administration && rights.rawSockets) {
        return;
    }
    rights.helper = privilege::Helper::installed();
    if (rights.helper.isEmpty()) {
        return;
    }
    auto helper = privilege::Helper::start({rights.helper.toStdString(), ask},
                                           ask ? std::chrono::milliseconds(passwordDeadline) : greetingDeadline);
    if (!helper) {
        rights.helperProblem = helper.error().message;
        return;
    }
    const auto &abilities = (*helper)->abilities();
    if (!abilities.packets && !abilities.rules) {
        rights.helperProblem = translate("session", "The helper has no capabilities.");
        return;
    }
    rights.rawSockets = rights.rawSockets || abilities.packets;
    rights.administration = rights.administration || abilities.rules;
    rights.helped = true;
    m_helper = std::move(*helper);
}

collect::ElevatedReader Elevation::rulesReader(const std::stop_token &stop) const
{
    if (!m_helper || !m_helper->abilities().rules) {
        return {};
    }
    return [this, stop]() -> tl::expected<collect::ElevatedRules, QString> {
        auto rules = m_helper->rules(rulesDeadline, stop);
        if (!rules) {
            return tl::unexpected(rules.error().message);
        }
        return collect::ElevatedRules{std::move(rules->nftables), std::move(rules->ipTablesNames),
                                      std::move(rules->ip6TablesNames)};
    };
}

evidence::Reading<evidence::NeighbourProbe> Elevation::neighbour(const net::IpAddress &target, const QString &interface,
                                                                 int requests, std::chrono::milliseconds wait,
                                                                 const std::stop_token &stop) const
{
    auto own = probe::neighbour(target, interface, requests, wait, stop);
    if (own.access != Access::Denied || !m_helper || !m_helper->abilities().packets) {
        return own;
    }
    return m_helper->neighbour(target, interface, requests, wait, stop);
}

} // namespace bothways::session
