// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/hardening.h"

#include "facts/case.h"

#include <optional>

/// What all rows of the hardening table ask. Private to core/conclusion.
namespace bothways::conclusion::hardening {

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

} // namespace bothways::conclusion::hardening
