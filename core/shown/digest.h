// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

#include <QString>

/// Fingerprints by which a reader tells that a report and a session belong together.
namespace bothways::shown {

/// SHA-256 of the text in UTF-8: 64 hexadecimal digits.
QString sha256(const QString &text);
/// As many digits as a page shows of one.
QString shortDigest(const QString &digest);

/// SHA-256 of the session as it is saved, before it is compressed: what digestCommand() prints for the file.
QString sessionDigest(const evidence::Evidence &evidence);
/// For POSIX sh; not translated.
QString digestCommand();
/// What the two above are for, translated.
QString digestMeaning();

} // namespace bothways::shown
