// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/hardening.h"

#include "facts/case.h"

#include <optional>

/// The rows of the hardening table. Private to core/conclusion.
namespace bothways::conclusion::hardening {

/// What all rows ask.
struct Site {
    const evidence::Evidence &evidence;
    const facts::Scene &scene;
    const facts::Rules &guestRules;

    const evidence::NodeFacts *factsOf(facts::Where where) const
    {
        if (where == facts::Where::Guest) {
            return evidence.guest.isRead() ? &evidence.guest.value.facts : nullptr;
        }
        return evidence.host.isRead() ? &evidence.host.value : nullptr;
    }
    QString interfaceOf(facts::Where where) const
    {
        return where == facts::Where::Guest ? scene.guestInterface : scene.interface;
    }
    /// It is a VM of libvirt's, and virsh may be called for it.
    bool isLibvirt() const;
    QString virsh(const QStringList &words) const; ///< as command(); only where it isLibvirt()
};

/// One command for POSIX sh. Names are anybody's: what cannot be pasted safely is not offered.
QString command(const QStringList &words);
QString addressText(const std::optional<net::IpAddress> &address);
/// A kernel setting that is a number; empty where it was not read.
std::optional<int> setting(const evidence::NodeFacts &facts, const QString &key);

// Who may come in, and who may speak as whom.
Advice echoWidth(const Site &site);
std::optional<Advice> portWidth(const Site &site);
std::optional<Advice> reversePath(const Site &site, facts::Where where);
std::optional<Advice> arpPolicy(const Site &site, facts::Where where);
Advice macPinned(const Site &site);
std::optional<Advice> spoofGuard(const Site &site);

// The network around the two, and what it carries.
Advice portIsolation(const Site &site);
Advice neighbourTable(const Site &site);
Advice tunnels(const Site &site);
Advice gateways(const Site &site);
Advice applications(const Site &site);
Advice packetSizes(const Site &site);
Advice bandwidth(const Site &site);

} // namespace bothways::conclusion::hardening
