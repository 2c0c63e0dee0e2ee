// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

/// gzip (RFC 1952) in memory, through zlib.
namespace bothways::evidence {

bool looksGzipped(const QByteArray &bytes);
/// Deterministic: no name and no time in the header.
QByteArray gzip(const QByteArray &bytes);
/// Nothing when the data is broken, truncated or would become larger than `limit` bytes.
std::optional<QByteArray> gunzip(const QByteArray &bytes, qint64 limit);

} // namespace bothways::evidence
