// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/document.h"
#include "report/print/drawings.h"

class QTextDocument;

/// A document's blocks as rich text. Private to core/report/print.
namespace bothways::report {

/// Into an empty text, whose default font is the paper's. Figures get their room, none larger than `most`; `document` must
/// outlive the drawings.
void compose(QTextDocument &text, const Document &document, PaperDrawings &drawings, QSizeF most);

} // namespace bothways::report
