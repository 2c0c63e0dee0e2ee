// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/hardening_site.h"

#include "remedy/quote.h"
#include "remedy/virsh.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::conclusion::hardening {

bool Site::isLibvirt() const
{
    return scene.vm != nullptr && scene.vm->hypervisor == evidence::HypervisorId::Libvirt && remedy::virsh(scene.vm->connection);
}

QString Site::virsh(const QStringList &words) const { return command(*remedy::virsh(scene.vm->connection) + words); }

QString command(const QStringList &words)
{
    const auto line = remedy::bashCommand(words);
    const bool whole = std::none_of(words.begin(), words.end(), [](const QString &word) { return word.isEmpty(); });
    return whole && remedy::isPasteSafe(line) ? line : QString();
}

QString addressText(const std::optional<net::IpAddress> &address) { return address ? text(address->toString()) : QString(); }

std::optional<int> setting(const evidence::NodeFacts &facts, const QString &key)
{
    bool fine = false;
    const int value = facts.sysctls.isRead() ? facts.sysctls.value.value(key).trimmed().toInt(&fine) : 0;
    return fine ? std::optional(value) : std::nullopt;
}

} // namespace bothways::conclusion::hardening
