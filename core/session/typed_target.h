// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <QString>

#include <optional>

#include <tl/expected.hpp>

namespace bothways::session {

/// What a person typed as the VM: a name, or an address that one machine can have.
struct TypedTarget {
    QString vm; ///< without what stood around it
    std::optional<net::IpAddress> address;
    QString interface; ///< of "fe80::1%br0" (RFC 4007, 11); else empty
};

/// Pure; may be asked at each key. The error is a translated clause that follows the word: "is the address of a group, not of one
/// machine".
tl::expected<TypedTarget, QString> typedTarget(const QString &word);

/// Why no single other machine answers at this address; the same clause, empty where one may.
QString unfitTarget(const net::IpAddress &address);

} // namespace bothways::session
