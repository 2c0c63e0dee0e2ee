// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/drawing/drawing.h"

#include <QRectF>
#include <QSizeF>

#include <vector>

class QPainter;
class QTextCursor;
class QTextDocument;

/// The drawings of a report, as vectors on paper. Private to core/report/print.
namespace bothways::report {

/// In the colours of the light page. The painter's font decides how letters are made.
void paint(QPainter &painter, const Drawing &drawing);

/// Drawings that stand in a text.
class PaperDrawings {
public:
    /// Gives it its room at the cursor; none is larger than `most`. The drawing must outlive this.
    void insert(QTextCursor &cursor, const Drawing &drawing, QSizeF most);
    /// Paints those that stand in this part of the document, which must be laid out.
    void paint(QPainter &painter, const QTextDocument &document, const QRectF &part) const;

private:
    std::vector<const Drawing *> m_drawings; ///< the text names each by its place here
};

} // namespace bothways::report
