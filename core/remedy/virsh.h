// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace bothways::remedy {

/// "virsh -c URI" as words that are not quoted yet; without -c for an empty URI. Nothing for a URI of a form that is not known
/// here: some of libvirt's parameters name programs that virsh starts (libvirt.org/uri.html: command, netcat), and whoever sends
/// a session must not choose those.
std::optional<QStringList> virsh(const QString &connection);

} // namespace bothways::remedy
