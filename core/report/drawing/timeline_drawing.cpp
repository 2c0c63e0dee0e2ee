// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/drawing/timeline_drawing.h"

#include "shown/terms.h"

#include <algorithm>
#include <utility>

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

Style styleOf(Leg leg, bool dashed = false)
{
    switch (leg) {
    case Leg::Request:
        break;
    case Leg::Reply:
        return {Role::Pass, Tone::Answer, dashed};
    case Leg::Refusal:
    case Leg::Error:
        return {Role::Pass, Tone::Error, dashed};
    }
    return {Role::Pass, Tone::None, dashed};
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

    Drawing draw()
    {
        m_drawing.size = {width, m_height};
        m_drawing.title = shown::visible(m_timeline.sentence);
        for (int i = 0; i < static_cast<int>(m_timeline.stations.size()); ++i) {
            station(i);
        }
        for (int i = 0; i < static_cast<int>(m_timeline.passes.size()); ++i) {
            pass(i);
        }
        if (m_timeline.loss) {
            loss(*m_timeline.loss);
        }
        return std::move(m_drawing);
    }

private:
    int x(int index) const { return gutter + m_step * index + m_step / 2; }
    int y(int index) const { return m_head + row * index + row / 2; }
    const shown::TimelineStation &at(int index) const { return m_timeline.stations[static_cast<std::size_t>(index)]; }

    void station(int index)
    {
        const auto &from = at(index);
        const int room = m_step - 8;
        const bool dashed = from.kind != Kind::Point || !from.doubt.isEmpty();
        m_drawing.add(Line{{x(index), m_head - 8}, {x(index), m_height - 4}, {Role::Station, Tone::None, dashed}});
        m_drawing.addFitted({x(index), 18}, TextRole::Name, from.name, room, true);
        m_drawing.addFitted({x(index), 34}, TextRole::Small, from.caption, room, true);
        if (!from.doubt.isEmpty()) {
            m_drawing.addFitted({x(index), 34 + doubtStep}, TextRole::Doubt, u"! "_s + from.doubt, room, true);
        }
    }

    void arrow(QPoint tip, bool rightwards, const Style &style)
    {
        const int back = rightwards ? -8 : 8;
        m_drawing.add(Polygon{{tip, tip + QPoint(back, -4), tip + QPoint(back, 4)}, style});
    }

    void mark(QPoint at, Leg leg, bool beside)
    {
        const auto style = styleOf(leg);
        const QPoint top = at - QPoint(0, half + 1);
        if (beside) {
            m_drawing.add(Polygon{{top, top + QPoint(7, 7), top + QPoint(0, 14), top + QPoint(-7, 7)}, style});
            return;
        }
        switch (leg) {
        case Leg::Request:
            m_drawing.add(Disc{at, half, style});
            return;
        case Leg::Reply:
            m_drawing.add(Box{{at.x() - half, at.y() - half, 2 * half, 2 * half}, 2, style});
            return;
        case Leg::Refusal:
            m_drawing.add(Box{{at.x() - half, at.y() - 2, 2 * half, 4}, 0, style});
            return;
        case Leg::Error:
            break;
        }
        m_drawing.add(Polygon{{top, top + QPoint(7, 13), top + QPoint(-7, 13)}, style});
    }

    void pass(int index)
    {
        const auto &from = m_timeline.passes[static_cast<std::size_t>(index)];
        const auto style = styleOf(from.leg);
        const auto dashed = styleOf(from.leg, true);
        m_drawing.addFitted({4, y(index) - 2}, TextRole::Name, from.word, gutter - 8);
        if (!from.sightings.empty() && from.sightings.front().sinceNs != 0) {
            m_drawing.addWords({4, y(index) + 13}, TextRole::Small, u"+"_s + shown::duration(from.sightings.front().sinceNs));
        }
        int before = from.from;
        qint64 since = 0;
        for (const auto &seen : from.sightings) {
            const QPoint here(x(seen.station), y(index));
            const bool beside = at(seen.station).kind == Kind::Beside;
            if (before >= 0 && !beside) {
                const bool end = at(before).kind == Kind::End;
                m_drawing.add(Line{{x(before), y(index)}, here, end ? dashed : style});
                arrow(here + QPoint(from.rightwards ? -half : half, 0), from.rightwards, style);
                if (!end && seen.sinceNs != since) {
                    m_drawing.addWords({(x(before) + here.x()) / 2, y(index) - 8}, TextRole::Small,
                                       u"+"_s + shown::duration(seen.sinceNs - since), true);
                }
            }
            before = beside ? before : seen.station;
            since = beside ? since : seen.sinceNs;
            mark(here, from.leg, beside);
        }
        if (from.to >= 0 && before >= 0 && before != from.to) {
            const QPoint there(x(from.to), y(index));
            m_drawing.add(Line{{x(before), y(index)}, there, dashed});
            arrow(there, from.rightwards, style);
        }
        if (from.from >= 0) {
            m_drawing.add(Disc{{x(from.from), y(index)}, 4, {Role::Origin}});
        }
    }

    void loss(const shown::TimelineLoss &loss)
    {
        const auto &lost = m_timeline.passes[static_cast<std::size_t>(loss.pass)];
        const int aside = lost.rightwards ? m_step / 2 : -m_step / 2;
        const int middle = loss.to < 0 ? x(loss.from) + aside : (x(loss.from) + x(loss.to)) / 2;
        const QPoint place(loss.certain || loss.to < 0 ? middle : x(loss.to), y(loss.pass));
        m_drawing.add(Line{{x(loss.from), place.y()}, place, {Role::Lost, Tone::None, true}});
        if (loss.certain) {
            m_drawing.addCross(place);
        } else {
            m_drawing.add(Disc{place, 9, {Role::Cross}});
            m_drawing.addWords(place + QPoint(0, 4), TextRole::OnCross, u"?"_s, true);
        }
        m_drawing.addWords(place + QPoint(0, 22), TextRole::Loss, loss.words, true);
    }

    const shown::Timeline &m_timeline;
    Drawing m_drawing;
    int m_step;
    int m_head;
    int m_height;
};

} // namespace

Drawing drawingOf(const shown::Timeline &timeline) { return Drawer(timeline).draw(); }

} // namespace bothways::report
