// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/document.h"

#include <QString>

/// Markdown (CommonMark with tables). Private to core/report.
namespace bothways::report {

QString markdownOf(const Document &document);

} // namespace bothways::report
