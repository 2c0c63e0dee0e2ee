// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/print/drawings.h"

#include "conclusion/conclusion.h"
#include "report/svg.h"
#include "shown/journey_timeline.h"
#include "shown/journeys_shown.h"
#include "shown/rtt_chart.h"
#include "shown/topology.h"

#include <QFontDatabase>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>

#include <algorithm>
#include <utility>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr const char *ink = "#1c2430"; // the colours of the light page
constexpr const char *grey = "#667085";
constexpr const char *bad = "#c4314b";
constexpr const char *caution = "#b26a00";
constexpr const char *card = "#ffffff";

/// Qt's SVG has no variables.
QString paperStyle()
{
    QString css = svgStyle();
    for (const auto &[name, colour] : {std::pair{"ink", ink},
                                       {"card", card},
                                       {"grey", grey},
                                       {"line", "#c9ced6"},
                                       {"accent", "#2563c9"},
                                       {"good", "#1f8a55"},
                                       {"caution", caution},
                                       {"bad", bad}}) {
        css.replace(u"var(--%1)"_s.arg(QLatin1String(name)), QLatin1String(colour));
    }
    return css;
}

QString unescaped(QString text)
{
    return text.replace(u"&lt;"_s, u"<"_s).replace(u"&gt;"_s, u">"_s).replace(u"&quot;"_s, u"\""_s).replace(u"&amp;"_s, u"&"_s);
}

/// Each image in the text, with the block and the place in it.
template <typename Do>
void forEachImage(const QTextDocument &document, Do handle)
{
    for (auto block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            if (part.fragment().charFormat().isImageFormat()) {
                handle(block, part.fragment());
            }
        }
    }
}

} // namespace

/// As the classes of the drawings' style sheets.
PaperDrawings::Label PaperDrawings::labelOf(const QString &css)
{
    Label label;
    label.size = 11;
    label.colour = QColor(QLatin1String(ink));
    if (css == u"s"_s) {
        label.colour = QColor(QLatin1String(grey));
    } else if (css == u"t"_s) {
        label.size = 13;
        label.bold = true;
    } else if (css == u"k"_s) {
        label.fixed = true;
    } else if (css == u"q"_s) {
        label.colour = QColor(QLatin1String(caution));
    } else if (css == u"x"_s || css == u"r"_s) {
        label.size = 12;
        label.bold = true;
        label.colour = QColor(QLatin1String(css == u"x"_s ? bad : card));
    }
    return label;
}

PaperDrawings::Drawing PaperDrawings::drawingOf(const QString &svg, const QString &css)
{
    static const QRegularExpression text(
        u"<text x=\"(-?[0-9]+)\" y=\"(-?[0-9]+)\" class=\"([a-z]+)\"( text-anchor=\"middle\")?>([^<]*)</text>"_s);
    Drawing drawing;
    for (auto found = text.globalMatch(svg); found.hasNext();) {
        const auto match = found.next();
        auto label = labelOf(match.captured(3));
        label.at = QPointF(match.captured(1).toInt(), match.captured(2).toInt());
        label.centred = !match.captured(4).isEmpty();
        label.words = unescaped(match.captured(5));
        drawing.labels.push_back(label);
    }
    QString lines = svg;
    lines.remove(text);
    lines.replace(lines.indexOf(u'>'), 1, u" xmlns=\"http://www.w3.org/2000/svg\"><style>%1</style>"_s.arg(css));
    drawing.lines = std::make_unique<QSvgRenderer>(lines.toUtf8());
    return drawing;
}

PaperDrawings::PaperDrawings(const conclusion::Conclusion &conclusion)
{
    const auto css = paperStyle();
    const auto add = [&](const QString &name, const QString &svg) { m_drawings[u"drawing:"_s + name] = drawingOf(svg, css); };
    add(u"chart"_s, toSvg(drawingOf(shown::rttChartOf(conclusion))));
    add(u"topology"_s, toSvg(drawingOf(shown::topologyOf(conclusion))));
    const auto journeys = shown::journeysOf(*conclusion.given);
    int number = 0;
    for (const auto *group : shown::decisive(journeys)) {
        add(u"journey%1"_s.arg(++number), toSvg(drawingOf(group->timeline)));
    }
}

PaperDrawings::~PaperDrawings() = default;

void PaperDrawings::makeRoom(QTextDocument &document, QSizeF most) const
{
    struct Room {
        int position;
        QTextImageFormat format;
    };
    std::vector<Room> rooms;
    QImage nothing(1, 1, QImage::Format_ARGB32);
    nothing.fill(Qt::transparent);
    forEachImage(document, [&](const QTextBlock &, const QTextFragment &fragment) {
        auto format = fragment.charFormat().toImageFormat();
        const auto found = m_drawings.find(format.name());
        if (found == m_drawings.end() || !found->second.lines->isValid()) {
            return;
        }
        const auto size = found->second.lines->viewBoxF().size().scaled(most, Qt::KeepAspectRatio);
        format.setWidth(size.width());
        format.setHeight(size.height());
        document.addResource(QTextDocument::ImageResource, QUrl(format.name()), nothing);
        rooms.push_back({fragment.position(), format});
    });
    for (const auto &room : rooms) {
        QTextCursor cursor(&document);
        cursor.setPosition(room.position);
        cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        cursor.setCharFormat(room.format);
    }
}

std::vector<PaperDrawings::Place> PaperDrawings::places(const QTextDocument &document) const
{
    std::vector<Place> places;
    forEachImage(document, [&](const QTextBlock &block, const QTextFragment &fragment) {
        const auto format = fragment.charFormat().toImageFormat();
        const auto found = m_drawings.find(format.name());
        const int inside = fragment.position() - block.position();
        const auto line = block.layout()->lineForTextPosition(inside);
        if (found == m_drawings.end() || !found->second.lines->isValid() || !line.isValid()) {
            return;
        }
        const QPointF corner =
            block.layout()->position() + QPointF(line.cursorToX(inside), line.y() + line.ascent() - format.height());
        places.push_back({QRectF(corner, QSizeF(format.width(), format.height())), &found->second});
    });
    return places;
}

void PaperDrawings::paint(QPainter &painter, const Place &place)
{
    place.drawing->lines->render(&painter, place.box);
    painter.save();
    painter.translate(place.box.topLeft());
    const auto scale = place.box.width() / place.drawing->lines->viewBoxF().width();
    painter.scale(scale, scale);
    for (const auto &label : place.drawing->labels) {
        QFont font = painter.font();
        font.setPixelSize(label.size);
        font.setBold(label.bold);
        if (label.fixed) {
            font.setFamily(QFontDatabase::systemFont(QFontDatabase::FixedFont).family());
        }
        const auto back = label.centred ? QFontMetricsF(font).horizontalAdvance(label.words) / 2 : 0.0;
        painter.save();
        painter.setFont(font);
        painter.setPen(label.colour);
        painter.drawText(label.at - QPointF(back, 0), label.words);
        painter.restore();
    }
    painter.restore();
}

void PaperDrawings::paint(QPainter &painter, const QTextDocument &document, const QRectF &part) const
{
    for (const auto &place : places(document)) {
        if (place.box.intersects(part)) {
            paint(painter, place);
        }
    }
}

} // namespace bothways::report
