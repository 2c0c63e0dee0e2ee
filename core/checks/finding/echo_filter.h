// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/build.h"
#include "checks/finding/finding.h"
#include "facts/case.h"
#include "facts/rules.h"
#include "facts/scene.h"

/// What the checks of packet filters share: the echo between host and VM, and how a result is told. Private to core/checks.
namespace bothways::checks {

/// The echo between the two, as each end's hooks see it.
struct Echo {
    net::IpAddress host;
    net::IpAddress vm;
    QString hostInterface;
    QString hostPort; ///< the VM's port, where the host's interface is a bridge and the port is known
    QString guestInterface;
    std::optional<net::MacAddress> hostMac;
    std::optional<net::MacAddress> vmMac;
    filter::BridgeNetfilter bridging;               ///< of the host
    const evidence::NodeFacts *hostNode = nullptr;  ///< null: not read
    const evidence::NodeFacts *guestNode = nullptr; ///< likewise

    /// An echo request, from the host or from the VM.
    filter::Packet request(bool fromHost) const;
    /// The host as one end: it sends the request or receives it. Only its own IP hooks: see layers of ask().
    facts::End atHost(bool sends) const;
    facts::End atGuest(bool sends) const;
};

/// Nothing where an address is not known.
std::optional<Echo> echoOf(const facts::Case &given, bool v6);

/// One direction through one machine's filter, and what to call its results. Null names: nothing is observed.
struct Direction {
    facts::Where where = facts::Where::Host;
    std::optional<Outcome> drops;
    std::optional<Outcome> passes;
    std::optional<Outcome> counted;
    QString dropText; ///< %1: the rule
    QString passText;
    QString countText; ///< %1: how many
};

facts::RuleObject objectOf(facts::Where where, const facts::Passage &passage, const filter::RuleRef &rule);
/// Writes one direction down. `proven` means that live replies already showed that nothing stops it.
void judge(Finding &finding, const facts::Rules &rules, const facts::Passage &passage, const Direction &direction, bool proven);
/// What a result rests on: how much was asked where it passes, what is missing where it fails, what was assumed.
void conclude(Finding &finding, const facts::Rules &rules, const facts::Round &round);
/// Everything was looked at, and there is not one base chain.
bool hasNone(const facts::Rules &rules);
/// IPv6 counts only where IPv4 works: else one rule for both families would be told as two faults.
bool v6Matters(const facts::Case &given);
/// `round`: the IPv6 echo through this machine.
void judgeV6(Finding &finding, const facts::Case &given, facts::Where where, const facts::Round &round);
QString noAddresses();

} // namespace bothways::checks
