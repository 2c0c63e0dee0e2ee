// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/svg_parts.h"
#include "shown/terms.h"
#include "shown/topology.h"

#include "report/svg.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <utility>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;
using Kind = shown::TopologyNode::Kind;
using State = shown::TopologyState;

namespace {

constexpr int captionSize = 11;
constexpr int nameSize = 13;
constexpr int lineSize = 11;
constexpr int inset = 10;
constexpr int lineStep = 15;

constexpr char style[] =
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

QString className(State state)
{
    switch (state) {
    case State::Plain:
        return u"Plain"_s;
    case State::Works:
        return u"Works"_s;
    case State::Stops:
        return u"Stops"_s;
    case State::NotReached:
        return u"NotReached"_s;
    case State::NotSeen:
        return u"NotSeen"_s;
    }
    return {};
}

QString glyph(State state)
{
    switch (state) {
    case State::Works:
        return u"\u2713 "_s;
    case State::Stops:
        return u"\u2715 "_s;
    case State::NotSeen:
        return u"? "_s;
    case State::Plain:
    case State::NotReached:
        break;
    }
    return {};
}

QString number(int value) { return QString::number(value); }

QString drawn(const shown::TopologyLine &line)
{
    const QString css = u"l "_s + className(line.state);
    QString svg = svgLine(line.from, line.to, css);
    if (line.arrow && line.kind != shown::TopologyLine::Kind::Link) {
        const int back = line.to.x() > line.from.x() ? -7 : 7;
        svg += u"<path d=\"M%1 %2l%3 -4v8z\" class=\"%4\"/>"_s.arg(number(line.to.x()), number(line.to.y()), number(back), css);
    }
    return svg;
}

QString drawn(const shown::TopologyNode &node)
{
    const auto &box = node.box;
    const bool small = node.kind == Kind::Gate || node.kind == Kind::Nat;
    if (small && box.height() < 40) {
        return svgRectangle(box, u"g "_s + className(node.state), 6) +
               svgText(box.center().x(), box.center().y() + 5, "s",
                       fitted(glyph(node.state) + node.name, box.width() + 8, lineSize), true);
    }
    QString svg = svgRectangle(box, u"n "_s + className(node.state), 8);
    const int width = box.width() - 2 * inset;
    const int x = box.x() + inset;
    if (box.height() < 60) {
        svg += svgText(x, box.y() + 18, "t", fitted(node.name, width, nameSize));
        const QString second = node.lines.isEmpty() ? node.caption : node.lines.front();
        return svg + svgText(x, box.y() + 34, node.lines.isEmpty() ? "s" : "k", fitted(second, width, lineSize));
    }
    svg += svgText(x, box.y() + 18, "s", fitted(node.caption, width, captionSize));
    svg += svgText(x, box.y() + 36, "t", fitted(node.name, width, nameSize));
    int y = box.y() + 55;
    for (const auto &line : node.lines) {
        if (y + 4 > box.bottom()) {
            break;
        }
        svg += svgText(x, y, "k", fitted(line, width, lineSize));
        y += lineStep;
    }
    return svg;
}

QString drawn(const shown::TopologyMark &mark)
{
    const bool above = mark.words.bottom() < mark.at.y();
    QString svg = svgLine(mark.at, QPoint(mark.at.x(), above ? mark.words.bottom() : mark.words.top()), u"b"_s);
    svg += svgCross(mark.at);
    return svg + svgText(mark.words.center().x(), mark.words.center().y() + 4, "x", mark.text, true);
}

QString spoken(const shown::Topology &topology)
{
    QStringList parts;
    for (const auto &node : topology.nodes) {
        const QString state = node.state == State::Plain ? QString() : word(node.state);
        parts << labelled(node.caption + u' ' + node.name,
                          listed(node.lines + (state.isEmpty() ? QStringList() : QStringList(state))));
    }
    return clauses(parts);
}

QString inside(const shown::Topology &topology)
{
    QString svg = u"<title>%1</title><desc>%2</desc>"_s.arg(shown::visible(topology.sentence).toHtmlEscaped(),
                                                            shown::visible(spoken(topology)).toHtmlEscaped());
    for (const auto &frame : topology.frames) {
        svg += svgRectangle(frame.box, u"f"_s, 10);
        svg += svgText(frame.box.x() + 12, frame.box.y() + 18, "s", fitted(frame.title, frame.box.width() - 24, captionSize));
    }
    for (const auto &line : topology.lines) {
        svg += drawn(line);
    }
    for (const auto &node : topology.nodes) {
        svg += drawn(node);
    }
    for (const auto &label : topology.labels) {
        svg += svgText(label.box.center().x(), label.box.center().y() + 4, "s", label.text, true);
    }
    return topology.mark ? svg + drawn(*topology.mark) : svg;
}

QString framed(const shown::Topology &topology, const QString &attributes, const QString &css)
{
    return u"<svg class=\"way\" role=\"img\" viewBox=\"0 0 %1 %2\" width=\"%1\"%3>%4%5</svg>"_s.arg(
        number(topology.size.width()), number(topology.size.height()), attributes, css, inside(topology));
}

} // namespace

QString svgStyle() { return QLatin1String(style); }

QString toSvg(const shown::Topology &topology) { return framed(topology, {}, {}); }

QByteArray toSvgFile(const shown::Topology &topology)
{
    // Drawing programs do not know the variables of CSS.
    QString css = QLatin1String(style);
    for (const auto &[name, colour] : {std::pair{"ink", "#1c2430"},
                                       {"card", "#ffffff"},
                                       {"grey", "#667085"},
                                       {"line", "#c9ced6"},
                                       {"good", "#1f8a55"},
                                       {"bad", "#c4314b"}}) {
        css.replace(u"var(--%1)"_s.arg(QLatin1String(name)), QLatin1String(colour));
    }
    const QString attributes = u" xmlns=\"http://www.w3.org/2000/svg\" height=\"%1\""_s.arg(topology.size.height());
    return (u"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"_s + framed(topology, attributes, u"<style>%1</style>"_s.arg(css)) +
            u'\n')
        .toUtf8();
}

} // namespace bothways::report
