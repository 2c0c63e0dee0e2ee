// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/topology_plan.h"

#include "conclusion/conclusion.h"
#include "words/text.h"

#include <algorithm>
#include <array>

namespace bothways::shown {

using namespace Qt::Literals::StringLiterals;
using State = TopologyState;

namespace {

// All in px. Boxes are wide enough for an IPv4 address with its length, or a MAC, in the small monospace.
constexpr int margin = 4;
constexpr int pad = 12; ///< between a machine's frame and what is in it
constexpr int frameTitle = 24;
constexpr int words = 20; ///< a line of words above or below the way
constexpr int wayHeight = 104;
constexpr int laneToVm = 32; ///< from the top of the way
constexpr int laneToHost = 72;
constexpr int rowHeight = 42;
constexpr int rowGap = 10;
constexpr int gap = 28;
constexpr int gateGap = 92;
constexpr int crossing = 64; ///< between the frames, with the lanes' names
constexpr int gateWidth = 60;
constexpr int gateHeight = 22;
constexpr std::array<int, columnCount> widths{132, 140, 136, 140, 140, 124};

std::size_t at(Column column) { return static_cast<std::size_t>(column); }

/// A stop on a lane: a box or a gate, with where the lane enters and leaves.
struct Stop {
    QString id;
    int enter = 0;
    int leave = 0;
};

class Layout {
public:
    Layout(Plan plan, const Fate &fate) : m_plan(std::move(plan)), m_fate(fate) {}

    Topology make()
    {
        columns();
        frames();
        boxes();
        lanes(Heading::ToVm);
        lanes(Heading::ToHost);
        rows();
        mark();
        tell(m_result, m_fate, m_plan);
        return std::move(m_result);
    }

private:
    bool used(Column column) const { return m_widths[at(column)] > 0; }
    Column next(Column column) const;
    Column lastOfHost() const;
    bool hasGate(Column column) const;
    int gapAfter(Column column) const;
    int left(Column column) const { return m_left[at(column)]; }
    int right(Column column) const { return m_left[at(column)] + m_widths[at(column)]; }
    int lane(Heading heading) const { return m_top + (heading == Heading::ToVm ? laneToVm : laneToHost); }
    int hostEdge() const { return right(lastOfHost()) + (hasGate(lastOfHost()) ? gateGap : 0) + pad; }
    QRect rowBox(Column column, int row) const;
    TopologyLine::Kind kind(Heading heading) const;
    State stateOf(bool behind) const;
    void columns();
    void frames();
    void boxes();
    std::vector<Stop> stops(Heading heading) const;
    void lanes(Heading heading);
    void lanesName(Heading heading);
    void rows();
    void row(std::size_t index);
    void link(QPoint from, QPoint to) { m_result.lines.push_back({TopologyLine::Kind::Link, State::Plain, from, to, false}); }
    void mark();

    Plan m_plan;
    const Fate &m_fate;
    Topology m_result;
    std::array<int, columnCount> m_widths{};
    std::array<int, columnCount> m_left{};
    int m_top = 0; ///< of the way's boxes
    int m_bottom = 0;
    std::optional<QPoint> m_dies;
};

Column Layout::next(Column column) const
{
    std::size_t index = at(column) + 1;
    while (index + 1 < columnCount && m_widths[index] == 0) {
        ++index;
    }
    return static_cast<Column>(index);
}

Column Layout::lastOfHost() const
{
    return used(Column::Port) ? Column::Port : used(Column::Interface) ? Column::Interface : Column::Host;
}

bool Layout::hasGate(Column column) const
{
    return std::any_of(m_plan.gates.begin(), m_plan.gates.end(), [&](const auto &gate) { return gate.after == column; });
}

int Layout::gapAfter(Column column) const
{
    const bool leaves = column == lastOfHost();
    const bool enters = next(column) == Column::Nic;
    return (hasGate(column) ? gateGap : gap) * ((leaves && !hasGate(column)) ? 0 : 1) + (leaves ? 2 * pad + crossing : 0) +
           (enters && !leaves ? pad : 0);
}

void Layout::columns()
{
    for (const auto &placed : m_plan.way) {
        m_widths[at(placed.column)] = widths[at(placed.column)];
    }
    for (const auto &row : m_plan.rows) {
        for (const auto &placed : row.nodes) {
            m_widths[at(placed.column)] = widths[at(placed.column)];
        }
    }
    int x = margin + pad;
    for (std::size_t i = 0; i < columnCount; ++i) {
        m_left[i] = x;
        if (m_widths[i] > 0) {
            x += m_widths[i] + gapAfter(static_cast<Column>(i));
        }
    }
    m_top = margin + frameTitle + words;
    m_bottom = m_top + wayHeight + words;
}

QRect Layout::rowBox(Column column, int row) const
{
    return {left(column), m_bottom + row * (rowHeight + rowGap), m_widths[at(column)], rowHeight};
}

void Layout::frames()
{
    const int hostBottom = m_bottom + static_cast<int>(m_plan.rows.size()) * (rowHeight + rowGap);
    const int x = margin;
    m_result.frames.push_back({m_plan.hostTitle, QRect(x, margin, hostEdge() - x, hostBottom - margin)});
    const int vmLeft = left(Column::Nic) - pad;
    m_result.frames.push_back({m_plan.vmTitle, QRect(vmLeft, margin, right(Column::Guest) + pad - vmLeft, m_bottom - margin)});
    m_result.size = QSize(right(Column::Guest) + pad + margin, hostBottom + margin);
}

void Layout::boxes()
{
    const int rowsHeight = static_cast<int>(m_plan.rows.size()) * (rowHeight + rowGap);
    int besideInterface = 0;
    bool host = false;
    for (const auto &row : m_plan.rows) {
        besideInterface += row.ofHost ? 0 : 1;
        host = host || row.ofHost;
    }
    for (auto &placed : m_plan.way) {
        int height = wayHeight;
        // What has rows beside the way reaches down to them, so that a straight line leads there.
        if (placed.column == Column::Host && host) {
            height += words + rowsHeight - rowGap;
        } else if (placed.node.id == u"interface"_s && besideInterface > 0) {
            height += words + besideInterface * (rowHeight + rowGap) - rowGap;
        }
        placed.node.box = QRect(left(placed.column), m_top, m_widths[at(placed.column)], height);
        if (placed.node.id == m_fate.node) {
            placed.node.state = State::Stops;
        }
        m_result.nodes.push_back(placed.node);
    }
    for (auto &gate : m_plan.gates) {
        const int centre = right(gate.after) + gateGap / 2;
        gate.node.box = QRect(centre - gateWidth / 2, lane(gate.heading) - gateHeight / 2, gateWidth, gateHeight);
    }
}

std::vector<Stop> Layout::stops(Heading heading) const
{
    std::vector<Stop> result;
    for (const auto &placed : m_plan.way) {
        result.push_back({placed.node.id, left(placed.column), right(placed.column)});
        for (const auto &gate : m_plan.gates) {
            if (gate.after == placed.column && gate.heading == heading) {
                result.push_back({gate.node.id, gate.node.box.left(), gate.node.box.right() + 1});
            }
        }
    }
    if (heading == Heading::ToHost) {
        std::reverse(result.begin(), result.end());
        for (auto &stop : result) {
            std::swap(stop.enter, stop.leave);
        }
    }
    return result;
}

TopologyLine::Kind Layout::kind(Heading heading) const
{
    return (heading == Heading::ToVm) == m_fate.fromHost ? TopologyLine::Kind::Request : TopologyLine::Kind::Reply;
}

State Layout::stateOf(bool behind) const
{
    if (m_fate.whole != State::Stops) {
        return m_fate.whole;
    }
    if (behind) {
        return State::NotReached;
    }
    return m_fate.certain ? State::Works : State::Plain;
}

void Layout::lanes(Heading heading)
{
    const auto all = stops(heading);
    const bool reply = kind(heading) == TopologyLine::Kind::Reply;
    const bool here = m_fate.whole == State::Stops && m_fate.heading == heading;
    // The reply is never sent where the request dies.
    bool behind = m_fate.whole == State::Stops && reply && !here;
    const int y = lane(heading);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool dies = here && all[i].id == m_fate.node;
        const auto gate =
            std::find_if(m_plan.gates.begin(), m_plan.gates.end(), [&](const auto &g) { return g.node.id == all[i].id; });
        if (gate != m_plan.gates.end()) {
            auto node = gate->node;
            if (node.state == State::Plain) {
                node.state = stateOf(behind);
            }
            m_result.nodes.push_back(node);
        }
        if (dies) {
            m_dies = QPoint(m_fate.leaving ? all[i].leave : all[i].enter, y);
            behind = true;
        }
        if (i + 1 < all.size()) {
            const bool arrives = !all[i + 1].id.startsWith(u"gate."_s);
            m_result.lines.push_back(
                {kind(heading), stateOf(behind), QPoint(all[i].leave, y), QPoint(all[i + 1].enter, y), arrives});
        }
    }
    lanesName(heading);
}

void Layout::lanesName(Heading heading)
{
    const int from = hostEdge();
    const int y = lane(heading) + (heading == Heading::ToVm ? -words : 2);
    m_result.labels.push_back(
        {kind(heading) == TopologyLine::Kind::Request ? translate("topology", "request") : translate("topology", "reply"),
         QRect(from, y, crossing, words - 2)});
}

void Layout::rows()
{
    for (std::size_t i = 0; i < m_plan.rows.size(); ++i) {
        row(i);
    }
}

void Layout::row(std::size_t index)
{
    auto &row = m_plan.rows[index];
    const int line = static_cast<int>(index);
    const int middle = rowBox(Column::Host, line).center().y();
    int from = row.ofHost ? right(Column::Host) : right(Column::Interface);
    if (row.joined) {
        // The bridge of the row above reaches down to this one.
        from = right(Column::Interface);
        const auto above = std::find_if(m_result.nodes.rbegin(), m_result.nodes.rend(), [&](const auto &node) {
            return node.box.left() == left(Column::Interface) && node.box.bottom() < middle;
        });
        if (above != m_result.nodes.rend()) {
            above->box.setBottom(rowBox(Column::Interface, line).bottom());
        }
    }
    for (auto &placed : row.nodes) {
        placed.node.box = rowBox(placed.column, line);
        link(QPoint(from, middle), QPoint(placed.node.box.left(), middle));
        from = placed.node.box.right() + 1;
        m_result.nodes.push_back(placed.node);
    }
    if (row.nat) {
        TopologyNode node;
        node.kind = TopologyNode::Kind::Nat;
        node.id = u"nat"_s + QString::number(line);
        node.caption = translate("topology", "address translation");
        node.name = u"NAT"_s;
        node.facts.emplace_back(translate("topology", "What it does"),
                                translate("topology", "The VM’s address is replaced by this host’s on the way out."));
        const int centre = right(Column::Host) + gateGap / 2;
        node.box = QRect(centre - gateWidth / 2, middle - gateHeight / 2, gateWidth, gateHeight);
        m_result.nodes.push_back(node);
    }
}

void Layout::mark()
{
    if (!m_dies) {
        return;
    }
    TopologyMark mark;
    mark.node = m_fate.node;
    mark.at = *m_dies;
    const bool gate = mark.node.startsWith(u"gate."_s);
    mark.text = m_fate.certain ? translate("topology", "dies here") : translate("topology", "may die here");
    const bool above = m_fate.heading == Heading::ToVm;
    const auto *node = m_result.find(mark.node);
    if (gate && node != nullptr) {
        // At the side where the lane comes to the gate, so that the hook's name stays readable.
        mark.at.setX(above ? node->box.left() - 1 : node->box.right() + 2);
    }
    constexpr int width = 96;
    const int x =
        std::clamp(mark.at.x() - width / 2, margin + pad, std::max(margin + pad, m_result.size.width() - width - margin));
    mark.words = above ? QRect(x, m_top - words + 2, width, words - 4) : QRect(x, m_top + wayHeight + 2, width, words - 4);
    m_result.mark = mark;
}

} // namespace

const TopologyNode *Topology::find(const QString &id) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const auto &node) { return node.id == id; });
    return found == nodes.end() ? nullptr : &*found;
}

Topology topologyOf(const conclusion::Conclusion &conclusion)
{
    const auto fate = fateOf(conclusion);
    return Layout(planOf(*conclusion.given, fate), fate).make();
}

QString word(TopologyState state)
{
    switch (state) {
    case TopologyState::Plain:
        return translate("topology", "not known");
    case TopologyState::Works:
        return translate("topology", "lets it pass");
    case TopologyState::Stops:
        return translate("topology", "stops it");
    case TopologyState::NotReached:
        return translate("topology", "not reached");
    case TopologyState::NotSeen:
        return translate("topology", "not read");
    }
    return {};
}

} // namespace bothways::shown
