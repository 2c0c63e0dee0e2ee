// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/print/drawings.h"
#include "report/prose.h"

class QTextDocument;

/// Prose as rich text. Private to core/report/print.
namespace bothways::report {

/// Into an empty text, whose default font is the paper's. Figures get their room, none larger than `most`; `prose` must
/// outlive the drawings.
void compose(QTextDocument &text, const Prose &prose, PaperDrawings &drawings, QSizeF most);

} // namespace bothways::report
