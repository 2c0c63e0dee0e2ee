// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

#include <QByteArray>
#include <QString>

#include <tl/expected.hpp>

namespace bothways::evidence {

/// Why a session could not be read or written. `message` is a whole translated sentence that names the file and the place in it.
struct SessionError {
    QString message;
};

/// Largest session accepted, after decompression. A session with two 5,000-rule rulesets is about 4 MB.
inline constexpr qint64 maximumSessionBytes = 64LL * 1024 * 1024;

/// JSON document {"format": "bothways-session", "version": 1, "evidence": {...}}; deterministic (keys sorted).
QByteArray toJson(const Evidence &evidence);
/// Total: any bytes give evidence or an error that names the offending key. Unknown keys are ignored. gzip is recognised.
tl::expected<Evidence, SessionError> fromBytes(const QByteArray &bytes);

/// Writes to a temporary beside it, then renames: an existing file is never half overwritten. gzip above 256 KiB.
tl::expected<void, SessionError> save(const Evidence &evidence, const QString &path);
tl::expected<Evidence, SessionError> load(const QString &path);

} // namespace bothways::evidence
