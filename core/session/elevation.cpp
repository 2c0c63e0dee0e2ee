// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/elevation.h"

#include "privilege/helper_capture.h"
#include "probe/probe.h"
#include "session/session.h"
#include "words/text.h"

namespace bothways::session {

using namespace std::chrono_literals;
using evidence::Access;

namespace {

constexpr auto greetingDeadline = 5s;
constexpr auto passwordDeadline = 120s; // somebody types
constexpr auto rulesDeadline = 10s;
constexpr auto conntrackDeadline = 5s;

} // namespace

void Elevation::begin(evidence::Rights &rights, bool ask, const std::shared_ptr<privilege::Helper> &running,
                      const std::stop_token &stop)
{
    m_ownPackets = rights.rawSockets;
    if (rights.administration && rights.rawSockets) {
        return;
    }
    rights.helper = privilege::Helper::installed();
    if (running && !running->problem()) {
        m_helper = running;
    } else if (rights.helper.isEmpty()) {
        return;
    } else {
        auto helper = privilege::Helper::start({rights.helper.toStdString(), ask},
                                               ask ? std::chrono::milliseconds(passwordDeadline) : greetingDeadline, stop);
        if (!helper) {
            rights.helperProblem = helper.error().message;
            return;
        }
        m_helper = std::move(*helper);
        if (ask) {
            m_helper->another(passwordDeadline, stop); // at once, while polkit remembers the password
        }
    }
    const auto &abilities = m_helper->abilities();
    if (!abilities.packets && !abilities.rules) {
        rights.helperProblem = translate("session", "The helper has no capabilities.");
        m_helper.reset();
        return;
    }
    rights.rawSockets = rights.rawSockets || abilities.packets;
    rights.administration = rights.administration || abilities.rules;
    rights.helped = true;
}

evidence::Reading<evidence::Rights> rights(const std::shared_ptr<privilege::Helper> &helper)
{
    auto found = probe::rights();
    Elevation().begin(found.value, false, helper);
    return found;
}

QString cannotUnlock(const evidence::Rights &rights)
{
    if (rights.administration && rights.rawSockets) {
        return rights.helped ? translate("session", "Nothing more to unlock: the helper does what this program may not.")
                             : translate("session", "Nothing to unlock: this program has all the rights that it can use.");
    }
    if (rights.helper.isEmpty()) {
        return translate("session", "Nothing can be unlocked: bothways-helper is not beside this program.");
    }
    return privilege::canAskTheUser()
               ? QString()
               : translate("session",
                           "The password cannot be asked for: pkexec is not installed. As root, this does the same: %1")
                     .arg(QStringLiteral("setcap cap_net_admin,cap_net_raw,cap_dac_read_search=p ") + rights.helper);
}

Unlocked unlock(const std::stop_token &stop)
{
    auto found = probe::rights();
    Elevation elevation;
    elevation.begin(found.value, true, {}, stop);
    if (elevation.helper()) {
        return {elevation.helper(), {}};
    }
    const auto reason = cannotUnlock(found.value);
    return {nullptr, reason.isEmpty() ? found.value.helperProblem : reason};
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

LiveCapture::Opener Elevation::capturer() const
{
    using Opened = tl::expected<std::unique_ptr<capture::LiveSource>, std::string>;
    if (m_ownPackets) {
        return [](std::vector<std::string> names, const capture::LiveOptions &options) -> Opened {
            return capture::captureHere(std::move(names), options);
        };
    }
    if (!m_helper || !m_helper->abilities().packets) {
        return [](const std::vector<std::string> & /*names*/, const capture::LiveOptions & /*options*/) -> Opened {
            return tl::unexpected(translate("session", "Capturing takes CAP_NET_RAW, or the helper that has it.").toStdString());
        };
    }
    return [first = m_helper](std::vector<std::string> names, const capture::LiveOptions &options) -> Opened {
        auto helper = first->another(passwordDeadline);
        if (!helper) {
            return tl::unexpected(helper.error().message.toStdString());
        }
        auto source = privilege::captureBy(*helper, std::move(names), options);
        if (!source) {
            return tl::unexpected(source.error().message.toStdString());
        }
        return std::move(*source);
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

probe::EchoRung Elevation::echoRung() const
{
    if (!m_helper || !m_helper->abilities().packets) {
        return {};
    }
    return [this](const probe::EchoPlan &plan, const std::stop_token &stop, const probe::SampleSink &sink) {
        return m_helper->echo(plan, stop, sink);
    };
}

void Elevation::complete(evidence::Reading<evidence::Conntrack> &conntrack, const std::stop_token &stop) const
{
    // Where nothing is tracked, nobody can count.
    const auto &own = conntrack.value;
    const bool known = conntrack.isRead() && own.drop >= 0 && own.earlyDrop >= 0 && own.insertFailed >= 0;
    if (known || conntrack.access == Access::Absent || !m_helper || !m_helper->abilities().rules) {
        return;
    }
    auto helped = m_helper->conntrack(conntrackDeadline, stop);
    if (!helped.isRead()) {
        return; // what this process could read stands, and so does why it could not
    }
    const auto fill = [](qint64 &number, qint64 by) { number = number >= 0 ? number : by; };
    if (conntrack.isRead()) {
        fill(helped.value.count, own.count);
        fill(helped.value.max, own.max);
        helped.source = conntrack.source + QStringLiteral(", ") + helped.source;
    }
    if (helped.value.count >= 0 && helped.value.max >= 0) {
        conntrack = std::move(helped);
    }
}

} // namespace bothways::session
