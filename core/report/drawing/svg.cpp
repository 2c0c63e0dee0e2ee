// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/drawing/svg.h"

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

/// As lookOf() says, for the drawing of the way and for all.
constexpr char wayStyle[] =
    "svg.way{max-width:100%;height:auto}svg.way text{font-family:system-ui,sans-serif;fill:var(--ink)}"
    ".way .f{fill:none;stroke:var(--line)}.way .n{fill:var(--card);stroke:var(--line)}.way "
    ".n.Stops{stroke:var(--bad);stroke-width:2}"
    ".way .n.NotSeen{stroke-dasharray:4 3}.way .g{fill:var(--card);stroke:var(--grey)}.way .g.Works{stroke:var(--good)}"
    ".way .g.Stops{stroke:var(--bad);stroke-width:2}.way .g.NotSeen,.way .g.NotReached{stroke-dasharray:4 3}"
    ".way .l{stroke:var(--grey);stroke-width:1.5;fill:var(--grey)}.way .l.Works{stroke:var(--good);fill:var(--good)}"
    ".way .l.NotReached{stroke-dasharray:3 4}.way .m{fill:var(--bad)}.way .c{stroke:var(--card);stroke-width:2}"
    ".way .b{stroke:var(--bad);stroke-width:1.5}"
    "svg.way .s{font-size:11px;fill:var(--grey)}svg.way .t{font-size:13px;font-weight:600}"
    "svg.way .k{font:11px ui-monospace,'DejaVu Sans Mono',Consolas,monospace}svg.way "
    ".x{font-size:12px;font-weight:600;fill:var(--bad)}";
/// What only the timelines and the chart have.
constexpr char restStyle[] =
    "svg.way .v{stroke:var(--line);stroke-width:1.5}svg.way .v.d{stroke-dasharray:3 4}"
    "svg.way .p{stroke:var(--accent);stroke-width:1.5;fill:var(--accent)}"
    "svg.way .p.a{stroke:var(--good);fill:var(--good)}svg.way .p.e{stroke:var(--caution);fill:var(--caution)}"
    "svg.way .p.d,svg.way .b.d{stroke-dasharray:3 4}svg.way .o{fill:var(--card);stroke:var(--grey);stroke-width:1.5}"
    "svg.way .q{font-size:11px;fill:var(--caution)}svg.way .r{font-size:12px;font-weight:600;fill:var(--card)}"
    "svg.way .h{fill:none;stroke:var(--accent);stroke-width:1.5}svg.way .i{fill:var(--accent)}"
    "svg.way .y{stroke:var(--line);stroke-width:1}svg.way .z{stroke:var(--grey);stroke-width:1}";

QString number(int value) { return QString::number(value); }

QString point(QPoint at) { return u"%1 %2"_s.arg(number(at.x()), number(at.y())); }

/// From the point before: "l-8 -4", or a straight step.
QString step(QPoint by)
{
    if (by.x() == 0) {
        return u'v' + number(by.y());
    }
    return by.y() == 0 ? u'h' + number(by.x()) : u'l' + point(by);
}

QString path(const QString &way, const Style &style) { return u"<path d=\"%1\" class=\"%2\"/>"_s.arg(way, classesOf(style)); }

QString element(const Box &box)
{
    return u"<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" rx=\"%5\" class=\"%6\"/>"_s.arg(
        number(box.rect.x()), number(box.rect.y()), number(box.rect.width()), number(box.rect.height()), number(box.radius),
        classesOf(box.style));
}

QString element(const Line &line)
{
    return u"<line x1=\"%1\" y1=\"%2\" x2=\"%3\" y2=\"%4\" class=\"%5\"/>"_s.arg(
        number(line.from.x()), number(line.from.y()), number(line.to.x()), number(line.to.y()), classesOf(line.style));
}

QString element(const Disc &disc)
{
    return u"<circle cx=\"%1\" cy=\"%2\" r=\"%3\" class=\"%4\"/>"_s.arg(number(disc.centre.x()), number(disc.centre.y()),
                                                                        number(disc.radius), classesOf(disc.style));
}

QString element(const Polygon &polygon)
{
    QString way;
    for (std::size_t i = 0; i < polygon.points.size(); ++i) {
        way += i == 0 ? u'M' + point(polygon.points[i]) : step(polygon.points[i] - polygon.points[i - 1]);
    }
    return path(way + u'z', polygon.style);
}

QString element(const Polyline &line)
{
    QString way;
    for (const auto &part : line.parts) {
        for (std::size_t i = 0; i < part.size(); ++i) {
            way += (i == 0 ? u'M' : u'L') + point(part[i]);
        }
    }
    return path(way, line.style);
}

QString element(const Words &words)
{
    return u"<text x=\"%1\" y=\"%2\" class=\"%3\"%4>%5</text>"_s.arg(
        number(words.at.x()), number(words.at.y()), QLatin1StringView(lookOf(words.role).css),
        words.centred ? u" text-anchor=\"middle\""_s : QString(), words.text.toHtmlEscaped());
}

QString framed(const Drawing &drawing, const QString &attributes, const QString &css)
{
    QString svg = u"<svg class=\"way\" role=\"img\" viewBox=\"0 0 %1 %2\" width=\"%1\"%3>%4<title>%5</title>"_s.arg(
        number(drawing.size.width()), number(drawing.size.height()), attributes, css, drawing.title.toHtmlEscaped());
    if (!drawing.description.isEmpty()) {
        svg += u"<desc>%1</desc>"_s.arg(drawing.description.toHtmlEscaped());
    }
    for (const auto &shape : drawing.shapes) {
        svg += std::visit([](const auto &one) { return element(one); }, shape);
    }
    return svg + u"</svg>"_s;
}

} // namespace

QString svgStyle() { return QString(QLatin1StringView(wayStyle)) + QLatin1StringView(restStyle); }

QString toSvg(const Drawing &drawing) { return framed(drawing, {}, {}); }

QByteArray toSvgFile(const Drawing &drawing)
{
    // Drawing programs do not know the variables of CSS.
    QString css = QLatin1StringView(wayStyle);
    for (std::size_t i = 1; i < inks; ++i) {
        const auto ink = static_cast<Ink>(i);
        css.replace(u"var(--%1)"_s.arg(variable(ink)), colour(ink));
    }
    const QString attributes = u" xmlns=\"http://www.w3.org/2000/svg\" height=\"%1\""_s.arg(drawing.size.height());
    return (u"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"_s + framed(drawing, attributes, u"<style>%1</style>"_s.arg(css)) +
            u'\n')
        .toUtf8();
}

} // namespace bothways::report
