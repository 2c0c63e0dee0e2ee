// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"

#include <QByteArray>
#include <QStringList>

#include <tl/expected.hpp>

namespace bothways::cli {

/// The report on paper, in that language and of these checks alone where any are named: made by bothways-print, as the libraries
/// for fonts take longer to load than all else here takes. The error is a translated clause.
tl::expected<QByteArray, QString> pdf(const conclusion::Conclusion &conclusion, const QStringList &only, const QString &language);

} // namespace bothways::cli
