// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/vm.h"

#include <QByteArray>

#include <tl/expected.hpp>

/// Readers of libvirt's XML (formatdomain, formatnetwork). Pure and total: any bytes give a value or a sentence with the line.
namespace bothways::collect::libvirt {

struct DomainDescription {
    evidence::Vm vm;                ///< name, uuid, agentConfigured and interfaces are filled in
    bool agentDisconnected = false; ///< libvirt says that nobody listens on the agent's channel in the guest
};

inline constexpr qsizetype maximumXmlBytes = 8LL * 1024 * 1024;

tl::expected<DomainDescription, QString> parseDomain(const QByteArray &bytes);
/// Everything but `active`.
tl::expected<evidence::VirtualNetwork, QString> parseNetwork(const QByteArray &bytes);

} // namespace bothways::collect::libvirt
