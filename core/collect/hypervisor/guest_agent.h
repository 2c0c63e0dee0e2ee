// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/vm.h"

#include <QByteArray>

#include <optional>
#include <vector>

#include <tl/expected.hpp>

/// The QEMU guest agent's messages (qemu, qga/qapi-schema.json): requests as JSON and answers read back.
/// Answers come from the guest and are hostile: bounded, total. Pure.
namespace bothways::collect::agent {

/// /bin/sh with the script on its standard input.
QByteArray execRequest(const QByteArray &script);
QByteArray statusRequest(qint64 pid);
QByteArray interfacesRequest();

tl::expected<qint64, QString> parseExec(const QByteArray &answer);

struct ExecStatus {
    bool exited = false;
    int exitCode = 0;
    QByteArray output;
    QByteArray errors;
    bool outputCut = false; ///< the agent keeps 16 MiB
};
tl::expected<ExecStatus, QString> parseStatus(const QByteArray &answer);

struct GuestInterface {
    QString name;
    std::optional<net::MacAddress> mac;
    std::vector<net::Prefix> addresses;
};
tl::expected<std::vector<GuestInterface>, QString> parseInterfaces(const QByteArray &answer);

inline constexpr qsizetype maximumOutputBytes = 16LL * 1024 * 1024;

} // namespace bothways::collect::agent
