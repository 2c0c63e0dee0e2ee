// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/drawing/topology_drawing.h"

#include "shown/terms.h"
#include "words/punctuation.h"
#include "words/text.h"

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;
using Kind = shown::TopologyNode::Kind;
using State = shown::TopologyState;

namespace {

constexpr int inset = 10;
constexpr int lineStep = 15;
constexpr int arrowLength = 7;

Tone toneOf(State state)
{
    switch (state) {
    case State::Plain:
        return Tone::Plain;
    case State::Works:
        return Tone::Works;
    case State::Stops:
        return Tone::Stops;
    case State::NotReached:
        return Tone::NotReached;
    case State::NotSeen:
        return Tone::NotSeen;
    }
    return Tone::None;
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

void draw(Drawing &drawing, const shown::TopologyLine &line)
{
    const Style style{Role::Way, toneOf(line.state)};
    drawing.add(Line{line.from, line.to, style});
    if (line.arrow && line.kind != shown::TopologyLine::Kind::Link) {
        const int back = line.to.x() > line.from.x() ? -arrowLength : arrowLength;
        drawing.add(Polygon{{line.to, line.to + QPoint(back, -4), line.to + QPoint(back, 4)}, style});
    }
}

void draw(Drawing &drawing, const shown::TopologyNode &node)
{
    const auto &box = node.box;
    const bool small = node.kind == Kind::Gate || node.kind == Kind::Nat;
    if (small && box.height() < 40) {
        drawing.add(Box{box, 6, {Role::Gate, toneOf(node.state)}});
        drawing.addFitted({box.center().x(), box.center().y() + 5}, TextRole::Small, glyph(node.state) + node.name,
                          box.width() + 8, true);
        return;
    }
    drawing.add(Box{box, 8, {Role::Node, toneOf(node.state)}});
    const int width = box.width() - 2 * inset;
    const int x = box.x() + inset;
    if (box.height() < 60) {
        drawing.addFitted({x, box.y() + 18}, TextRole::Name, node.name, width);
        const bool plain = node.lines.isEmpty();
        drawing.addFitted({x, box.y() + 34}, plain ? TextRole::Small : TextRole::Fixed, plain ? node.caption : node.lines.front(),
                          width);
        return;
    }
    drawing.addFitted({x, box.y() + 18}, TextRole::Small, node.caption, width);
    drawing.addFitted({x, box.y() + 36}, TextRole::Name, node.name, width);
    int y = box.y() + 55;
    for (const auto &line : node.lines) {
        if (y + 4 > box.bottom()) {
            break;
        }
        drawing.addFitted({x, y}, TextRole::Fixed, line, width);
        y += lineStep;
    }
}

void draw(Drawing &drawing, const shown::TopologyMark &mark)
{
    const bool above = mark.words.bottom() < mark.at.y();
    drawing.add(Line{mark.at, QPoint(mark.at.x(), above ? mark.words.bottom() : mark.words.top()), {Role::Lost}});
    drawing.addCross(mark.at);
    drawing.addWords({mark.words.center().x(), mark.words.center().y() + 4}, TextRole::Loss, mark.text, true);
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

} // namespace

Drawing drawingOf(const shown::Topology &topology)
{
    Drawing drawing;
    drawing.size = topology.size;
    drawing.title = shown::visible(topology.sentence);
    drawing.description = shown::visible(spoken(topology));
    for (const auto &frame : topology.frames) {
        drawing.add(Box{frame.box, 10, {Role::Frame}});
        drawing.addFitted({frame.box.x() + 12, frame.box.y() + 18}, TextRole::Small, frame.title, frame.box.width() - 24);
    }
    for (const auto &line : topology.lines) {
        draw(drawing, line);
    }
    for (const auto &node : topology.nodes) {
        draw(drawing, node);
    }
    for (const auto &label : topology.labels) {
        drawing.addWords({label.box.center().x(), label.box.center().y() + 4}, TextRole::Small, label.text, true);
    }
    if (topology.mark) {
        draw(drawing, *topology.mark);
    }
    return drawing;
}

} // namespace bothways::report
