// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

#include <QByteArray>
#include <QString>

#include <optional>

#include <tl/expected.hpp>

/// The strict reading of what a guest prints that ran the script. Portable and pure.
namespace bothways::collect::guest {

struct ReportError {
    QString message; ///< English sentence, names line and section
    int line = 0;
};

/// Total: any bytes (also truncated, hostile, CRLF, UTF-16 with BOM from a Windows clipboard) give facts or an error.
/// Sections that are missing or cut become readings that say so. At most 16 MiB.
tl::expected<evidence::Guest, ReportError> parseReport(const QByteArray &bytes, evidence::GuestChannel channel);
tl::expected<evidence::NodeSnapshot, ReportError> parseSnapshot(const QByteArray &bytes, evidence::GuestChannel channel);

} // namespace bothways::collect::guest
