// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"

#include <QColor>
#include <QRectF>
#include <QString>

#include <map>
#include <memory>
#include <vector>

class QPainter;
class QSvgRenderer;
class QTextDocument;

/// The drawings of a report, as vectors on paper. Private to core/report/print.
namespace bothways::report {

class PaperDrawings {
public:
    PaperDrawings(const conclusion::Conclusion &conclusion);
    ~PaperDrawings();
    PaperDrawings(const PaperDrawings &) = delete;
    PaperDrawings &operator=(const PaperDrawings &) = delete;

    /// Gives each "drawing:..." in the text its room; none is larger than `most`.
    void makeRoom(QTextDocument &document, QSizeF most) const;
    /// Those that stand in this part of the document, which must be laid out. The painter's font decides how letters are made.
    void paint(QPainter &painter, const QTextDocument &document, const QRectF &part) const;

private:
    /// Words in a drawing: Qt's SVG would paint their outlines, which nobody can select.
    struct Label {
        QPointF at; ///< on the base line
        QString words;
        int size = 0;
        bool bold = false;
        bool fixed = false;
        bool centred = false;
        QColor colour;
    };
    struct Drawing {
        std::unique_ptr<QSvgRenderer> lines;
        std::vector<Label> labels;
    };
    struct Place {
        QRectF box;
        const Drawing *drawing;
    };
    static Label labelOf(const QString &css);
    static Drawing drawingOf(const QString &svg, const QString &css);
    static void paint(QPainter &painter, const Place &place);
    std::vector<Place> places(const QTextDocument &document) const;

    std::map<QString, Drawing> m_drawings; ///< by what stands in the text
};

} // namespace bothways::report
