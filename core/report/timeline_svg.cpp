// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/svg_parts.h"
#include "shown/journey_timeline.h"

#include "report/svg.h"
#include "shown/terms.h"
#include "words/punctuation.h"

#include <QPoint>

#include <algorithm>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;
using evidence::Leg;
using Kind = shown::TimelineStation::Kind;

namespace {

constexpr int width = 920;
constexpr int gutter = 96; ///< at the left, for the words of a row
constexpr int head = 56;
constexpr int doubtStep = 14;
constexpr int row = 44;
constexpr int half = 6; ///< of a mark
constexpr int small = 11;
constexpr int large = 13;

constexpr char style[] =
    "svg.way .v{stroke:var(--line);stroke-width:1.5}svg.way .v.d{stroke-dasharray:3 4}"
    "svg.way .p{stroke:var(--accent);stroke-width:1.5;fill:var(--accent)}"
    "svg.way .p.a{stroke:var(--good);fill:var(--good)}svg.way .p.e{stroke:var(--caution);fill:var(--caution)}"
    "svg.way .p.d,svg.way .b.d{stroke-dasharray:3 4}svg.way .o{fill:var(--card);stroke:var(--grey);stroke-width:1.5}"
    "svg.way .q{font-size:11px;fill:var(--caution)}svg.way .r{font-size:12px;font-weight:600;fill:var(--card)}";

const char *colourOf(Leg leg)
{
    switch (leg) {
    case Leg::Request:
        break;
    case Leg::Reply:
        return "p a";
    case Leg::Refusal:
    case Leg::Error:
        return "p e";
    }
    return "p";
}

QString path(QPoint at, const QString &rest, const QString &css)
{
    return u"<path d=\"M%1 %2%3\" class=\"%4\"/>"_s.arg(QString::number(at.x()), QString::number(at.y()), rest, css);
}

bool hasDoubt(const shown::Timeline &timeline)
{
    return std::any_of(timeline.stations.begin(), timeline.stations.end(),
                       [](const auto &station) { return !station.doubt.isEmpty(); });
}

class Drawer {
public:
    explicit Drawer(const shown::Timeline &timeline)
        : m_timeline(timeline)
        , m_step((width - gutter) / std::max(1, static_cast<int>(timeline.stations.size())))
        , m_head(head + (hasDoubt(timeline) ? doubtStep : 0))
        , m_height(m_head + row * static_cast<int>(timeline.passes.size()) + 8)
    {}

    QString draw() const
    {
        QString svg = u"<svg class=\"way\" role=\"img\" viewBox=\"0 0 %1 %2\" width=\"%1\"><title>%3</title>"_s.arg(
            QString::number(width), QString::number(m_height), shown::visible(m_timeline.sentence).toHtmlEscaped());
        for (int i = 0; i < static_cast<int>(m_timeline.stations.size()); ++i) {
            svg += station(i);
        }
        for (int i = 0; i < static_cast<int>(m_timeline.passes.size()); ++i) {
            svg += pass(i);
        }
        return svg + (m_timeline.loss ? loss(*m_timeline.loss) : QString()) + u"</svg>"_s;
    }

private:
    int x(int index) const { return gutter + m_step * index + m_step / 2; }
    int y(int index) const { return m_head + row * index + row / 2; }
    const shown::TimelineStation &at(int index) const { return m_timeline.stations[static_cast<std::size_t>(index)]; }

    QString station(int index) const
    {
        const auto &from = at(index);
        const int room = m_step - 8;
        const bool dashed = from.kind != Kind::Point || !from.doubt.isEmpty();
        QString svg = svgLine(QPoint(x(index), m_head - 8), QPoint(x(index), m_height - 4), dashed ? u"v d"_s : u"v"_s);
        svg += svgText(x(index), 18, "t", fitted(from.name, room, large), true);
        svg += svgText(x(index), 34, "s", fitted(from.caption, room, small), true);
        return from.doubt.isEmpty()
                   ? svg
                   : svg + svgText(x(index), 34 + doubtStep, "q", fitted(u"! "_s + from.doubt, room, small), true);
    }

    static QString arrow(QPoint tip, bool rightwards, const QString &css)
    {
        return path(tip, rightwards ? u"l-8 -4v8z"_s : u"l8 -4v8z"_s, css);
    }

    static QString mark(QPoint at, Leg leg, bool beside)
    {
        const QString css = QLatin1String(colourOf(leg));
        if (beside) {
            return path(at - QPoint(0, half + 1), u"l7 7l-7 7l-7 -7z"_s, css);
        }
        switch (leg) {
        case Leg::Request:
            return u"<circle cx=\"%1\" cy=\"%2\" r=\"%3\" class=\"%4\"/>"_s.arg(QString::number(at.x()), QString::number(at.y()),
                                                                                QString::number(half), css);
        case Leg::Reply:
            return svgRectangle(QRect(at.x() - half, at.y() - half, 2 * half, 2 * half), css, 2);
        case Leg::Refusal:
            return svgRectangle(QRect(at.x() - half, at.y() - 2, 2 * half, 4), css, 0);
        case Leg::Error:
            break;
        }
        return path(at - QPoint(0, half + 1), u"l7 13h-14z"_s, css);
    }

    QString pass(int index) const
    {
        const auto &from = m_timeline.passes[static_cast<std::size_t>(index)];
        const QString css = QLatin1String(colourOf(from.leg));
        const QString dashed = css + u" d"_s;
        QString svg = svgText(4, y(index) - 2, "t", fitted(from.word, gutter - 8, large));
        if (!from.sightings.empty() && from.sightings.front().sinceNs != 0) {
            svg += svgText(4, y(index) + 13, "s", u"+"_s + shown::duration(from.sightings.front().sinceNs));
        }
        int before = from.from;
        qint64 since = 0;
        for (const auto &seen : from.sightings) {
            const QPoint here(x(seen.station), y(index));
            const bool beside = at(seen.station).kind == Kind::Beside;
            if (before >= 0 && !beside) {
                const bool end = at(before).kind == Kind::End;
                const int inwards = from.rightwards ? -half : half;
                svg += svgLine(QPoint(x(before), y(index)), here, end ? dashed : css) +
                       arrow(here + QPoint(inwards, 0), from.rightwards, css);
                svg += end || seen.sinceNs == since ? QString()
                                                    : svgText((x(before) + here.x()) / 2, y(index) - 8, "s",
                                                              u"+"_s + shown::duration(seen.sinceNs - since), true);
            }
            before = beside ? before : seen.station;
            since = beside ? since : seen.sinceNs;
            svg += mark(here, from.leg, beside);
        }
        if (from.to >= 0 && before >= 0 && before != from.to) {
            const QPoint there(x(from.to), y(index));
            svg += svgLine(QPoint(x(before), y(index)), there, dashed) + arrow(there, from.rightwards, css);
        }
        return from.from < 0 ? svg : svg + u"<circle cx=\"%1\" cy=\"%2\" r=\"4\" class=\"o\"/>"_s.arg(x(from.from)).arg(y(index));
    }

    QString loss(const shown::TimelineLoss &loss) const
    {
        const auto &lost = m_timeline.passes[static_cast<std::size_t>(loss.pass)];
        const int aside = lost.rightwards ? m_step / 2 : -m_step / 2;
        const int middle = loss.to < 0 ? x(loss.from) + aside : (x(loss.from) + x(loss.to)) / 2;
        const QPoint place(loss.certain || loss.to < 0 ? middle : x(loss.to), y(loss.pass));
        QString svg = svgLine(QPoint(x(loss.from), place.y()), place, u"b d"_s);
        svg += loss.certain ? svgCross(place)
                            : u"<circle cx=\"%1\" cy=\"%2\" r=\"9\" class=\"m\"/>"_s.arg(place.x()).arg(place.y()) +
                                  svgText(place.x(), place.y() + 4, "r", u"?"_s, true);
        return svg + svgText(place.x(), place.y() + 22, "x", loss.words, true);
    }

    const shown::Timeline &m_timeline;
    int m_step;
    int m_head;
    int m_height;
};

} // namespace

QString timelineStyle() { return QLatin1String(style); }

QString toSvg(const shown::Timeline &timeline) { return Drawer(timeline).draw(); }

} // namespace bothways::report
