// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/journey_timeline.h"

#include "facts/scene.h"
#include "shown/timeline_words.h"
#include "words/numbers.h"
#include "words/punctuation.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace bothways::shown {

using evidence::Leg;
using facts::JourneyEnd;
using facts::JourneyFate;
using facts::LostLeg;

namespace {

constexpr qint64 second = 1'000'000'000;
constexpr std::size_t mostStations = 10;
constexpr std::size_t mostBeside = 3;
constexpr std::size_t mostPasses = 8;
constexpr std::size_t mostGroups = 40;

/// Makes the drawing of one journey.
class Drawing {
public:
    Drawing(const JourneyFate &fate, const evidence::Captures &captures)
        : m_fate(fate), m_captures(captures), m_leftwards(fate.way == facts::Way::VmToHost)
    {}

    Timeline make()
    {
        m_timeline.sentence = facts::describe(m_fate, m_captures);
        chooseStations();
        addSightings();
        markLoss();
        joinEnds();
        return std::move(m_timeline);
    }

private:
    const std::vector<evidence::Sighting> &sightings() const
    {
        static const std::vector<evidence::Sighting> none;
        return m_fate.journey == nullptr ? none : m_fate.journey->sightings;
    }

    bool isSeen(int point) const
    {
        return std::any_of(sightings().begin(), sightings().end(), [&](const auto &each) { return each.point == point; });
    }

    bool isPlaceOfLoss(const facts::Station &station) const
    {
        return station.name == m_fate.lostBetween.from || station.name == m_fate.lostBetween.to;
    }

    /// The ends, and as many of the points as there is room for: those that tell something before the others.
    void chooseStations()
    {
        const auto &all = m_fate.stations;
        std::vector<std::size_t> kept;
        std::size_t dull = all.size() > mostStations ? all.size() - mostStations : 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool end = all[i].point < 0;
            const bool tells = end || isSeen(all[i].point) || isPlaceOfLoss(all[i]);
            if (!tells && dull > 0) {
                --dull;
            } else if (kept.size() + 1 < mostStations || i + 1 == all.size()) {
                kept.push_back(i);
            }
        }
        if (m_leftwards) {
            std::reverse(kept.begin(), kept.end());
        }
        for (const auto index : kept) {
            m_names.push_back(all[index].name);
            m_points.push_back(all[index].point);
            m_timeline.stations.push_back(all[index].point < 0 ? end(index == 0) : watched(all[index].point, false));
        }
        std::size_t beside = 0;
        for (const auto &sighting : sightings()) {
            if (isPoint(sighting.point) && stationOf(sighting.point) < 0 && !isOnWay(sighting.point) && beside < mostBeside) {
                ++beside;
                m_names.emplace_back();
                m_points.push_back(sighting.point);
                m_timeline.stations.push_back(watched(sighting.point, true));
            }
        }
    }

    bool isPoint(int point) const { return point >= 0 && static_cast<std::size_t>(point) < m_captures.points.size(); }
    bool isOnWay(int point) const
    {
        return std::any_of(m_fate.stations.begin(), m_fate.stations.end(),
                           [&](const auto &station) { return station.point == point; });
    }

    TimelineStation end(bool asker) const
    {
        const auto &address = asker ? m_fate.asker : m_fate.asked;
        const auto &name = asker ? m_fate.stations.front().name : m_fate.stations.back().name;
        TimelineStation station;
        station.kind = TimelineStation::Kind::End;
        station.name = endName(name);
        // An end that is neither of the two is called by its address already.
        station.caption = station.name == text(address.toString()) ? QString() : text(address.toString());
        return station;
    }

    TimelineStation watched(int point, bool beside) const
    {
        const auto &from = m_captures.points[static_cast<std::size_t>(point)];
        return {beside ? TimelineStation::Kind::Beside : TimelineStation::Kind::Point, from.name, captionOf(from), doubtOf(from)};
    }

    int stationOf(int point) const
    {
        const auto found = std::find(m_points.begin(), m_points.end(), point);
        return point < 0 || found == m_points.end() ? -1 : static_cast<int>(found - m_points.begin());
    }
    int stationOf(const QString &name) const
    {
        const auto found = std::find(m_names.begin(), m_names.end(), name);
        return name.isEmpty() || found == m_names.end() ? -1 : static_cast<int>(found - m_names.begin());
    }
    bool isBeside(int station) const
    {
        return m_timeline.stations[static_cast<std::size_t>(station)].kind == TimelineStation::Kind::Beside;
    }

    bool goesRight(Leg leg, bool quotesReply) const
    {
        const bool back = leg == Leg::Error ? !quotesReply : leg != Leg::Request;
        return back == m_leftwards;
    }

    TimelinePass &newPass(Leg leg, bool quotesReply)
    {
        TimelinePass pass;
        pass.leg = leg;
        pass.rightwards = goesRight(leg, quotesReply);
        pass.word = wordFor(leg);
        m_timeline.passes.push_back(std::move(pass));
        return m_timeline.passes.back();
    }

    /// The latest frame of its kind that may have come from where it was to `station`.
    TimelinePass *passTo(int station, Leg leg, bool rightwards)
    {
        for (auto i = m_timeline.passes.size(); i-- > 0;) {
            auto &pass = m_timeline.passes[i];
            if (pass.leg != leg || pass.rightwards != rightwards) {
                continue;
            }
            const auto &seen = pass.sightings;
            const bool there = std::any_of(seen.begin(), seen.end(), [&](const auto &each) { return each.station == station; });
            const auto last = std::find_if(seen.rbegin(), seen.rend(), [&](const auto &each) { return !isBeside(each.station); });
            const bool further = last == seen.rend() || (rightwards ? station > last->station : station < last->station);
            if (!there && (isBeside(station) || further)) {
                return &pass;
            }
        }
        return nullptr;
    }

    /// By time; what has one time stamp at two points in the order of its travel.
    std::vector<const evidence::Sighting *> inOrder() const
    {
        std::vector<const evidence::Sighting *> all;
        for (const auto &sighting : sightings()) {
            all.push_back(&sighting);
        }
        const auto key = [this](const evidence::Sighting &sighting) {
            const int station = stationOf(sighting.point);
            return std::tuple(sighting.timeNs, sighting.leg, sighting.quotesReply,
                              goesRight(sighting.leg, sighting.quotesReply) ? station : -station);
        };
        std::stable_sort(all.begin(), all.end(), [&](const auto *one, const auto *other) { return key(*one) < key(*other); });
        return all;
    }

    void addSightings()
    {
        if (sightings().empty()) {
            return;
        }
        const auto begin = sightings().front().timeNs;
        for (const auto *next : inOrder()) {
            const auto &sighting = *next;
            const int station = isPoint(sighting.point) ? stationOf(sighting.point) : -1;
            auto *pass = station < 0 ? nullptr : passTo(station, sighting.leg, goesRight(sighting.leg, sighting.quotesReply));
            if (station >= 0 && pass == nullptr && m_timeline.passes.size() < mostPasses) {
                pass = &newPass(sighting.leg, sighting.quotesReply);
            }
            if (pass == nullptr) {
                ++m_timeline.leftOut;
                continue;
            }
            const TimelineSighting seen{station, apart(sighting.timeNs, begin),
                                        describe(sighting, m_captures.points[static_cast<std::size_t>(sighting.point)], begin)};
            // Beside the way last: the line runs over the others.
            const auto at = isBeside(station) ? pass->sightings.end()
                                              : std::find_if(pass->sightings.begin(), pass->sightings.end(),
                                                             [&](const auto &each) { return isBeside(each.station); });
            pass->sightings.insert(at, seen);
        }
    }

    int lastPass(Leg leg) const
    {
        for (auto i = m_timeline.passes.size(); i-- > 0;) {
            if (m_timeline.passes[i].leg == leg) {
                return static_cast<int>(i);
            }
        }
        return -1;
    }

    /// The row in which it was lost; one of its own where nothing was seen of it.
    int passLost(Leg leg)
    {
        const int known = lastPass(leg);
        if (known >= 0) {
            return known;
        }
        newPass(leg, false);
        return static_cast<int>(m_timeline.passes.size() - 1);
    }

    void markLoss()
    {
        const int from = stationOf(m_fate.lostBetween.from);
        if (m_fate.leg == LostLeg::None || from < 0) {
            if (m_timeline.passes.empty()) {
                newPass(Leg::Request, false);
            }
            return;
        }
        TimelineLoss loss;
        loss.pass = passLost(m_fate.leg == LostLeg::Reply ? Leg::Reply : Leg::Request);
        loss.from = from;
        loss.to = stationOf(m_fate.lostBetween.to);
        loss.certain = m_fate.leg != LostLeg::NotDecidable;
        loss.words = wordFor(m_fate.leg);
        m_timeline.loss = loss;
    }

    /// What is known of a frame before its first sighting and behind its last.
    void joinEnds()
    {
        const int asker = stationOf(m_fate.stations.front().name);
        const int asked = stationOf(m_fate.stations.back().name);
        const bool answered = m_fate.end == JourneyEnd::Answered || m_fate.end == JourneyEnd::Refused;
        const bool answerSeen = lastPass(Leg::Reply) >= 0 || lastPass(Leg::Refusal) >= 0;
        for (std::size_t i = 0; i < m_timeline.passes.size(); ++i) {
            auto &pass = m_timeline.passes[i];
            const bool isLost = m_timeline.loss && m_timeline.loss->pass == static_cast<int>(i);
            if (pass.leg == Leg::Request) {
                pass.from = asker;
                const bool last = lastPass(Leg::Request) == static_cast<int>(i); // of those before it nobody knows
                pass.to = last && !isLost && (answered || answerSeen) ? asked : -1;
            } else if (pass.leg == Leg::Error) {
                pass.from = m_fate.reporter && *m_fate.reporter == m_fate.asked ? asked : -1;
            } else {
                pass.from = asked;
                pass.to = !isLost && answered ? asker : -1;
            }
        }
    }

    const JourneyFate &m_fate;
    const evidence::Captures &m_captures;
    bool m_leftwards; ///< the request goes to the left
    Timeline m_timeline;
    std::vector<QString> m_names; ///< of the stations as the fate calls them
    std::vector<int> m_points;    ///< likewise; -1 for an end
};

int rankOf(const facts::JourneyGroup &group)
{
    const int end = group.end == JourneyEnd::Lost ? 0 : group.end == JourneyEnd::Open ? 2 : 1;
    const int kind = group.kind == evidence::JourneyKind::Echo ? 0 : 1;
    return (group.way == facts::Way::Other ? 100 : 0) + 10 * kind + end;
}

} // namespace

Journeys journeysOf(const facts::Case &given)
{
    const auto &evidence = given.evidence;
    const auto &captures = evidence.captures.value;
    Journeys journeys;
    journeys.access = evidence.captures.access;
    journeys.problem = evidence.captures.problem;
    journeys.journeysLeftOut = captures.leftOut;
    for (const auto &point : captures.points) {
        journeys.points.push_back(
            {point.name, captionOf(point), point.opened, point.isWhole(), point.frames, point.dropped, point.problem});
    }
    auto groups = facts::grouped(given.scene.journeys);
    std::stable_sort(groups.begin(), groups.end(),
                     [](const auto &one, const auto &other) { return rankOf(one) < rankOf(other); });
    for (const auto &group : groups) {
        if (journeys.groups.size() == mostGroups) {
            break;
        }
        journeys.groups.push_back({group.kind, group.way, group.end, group.count, nameOf(group), fateOf(group),
                                   Drawing(*group.first, captures).make()});
    }
    journeys.groupsLeftOut = static_cast<qint64>(groups.size() - journeys.groups.size());
    return journeys;
}

QString duration(qint64 nanoseconds)
{
    const auto value = static_cast<double>(nanoseconds);
    const auto size = std::abs(value);
    if (size < 1'000) {
        return translate("journeys", "%1 ns").arg(nanoseconds);
    }
    if (size < 1'000'000) {
        return translate("journeys", "%1 µs").arg(figures(value / 1e3));
    }
    return size < static_cast<double>(second) ? milliseconds(value / 1e6)
                                              : translate("journeys", "%1 s").arg(figures(value / 1e9));
}

QString word(JourneyEnd end)
{
    switch (end) {
    case JourneyEnd::Answered:
        return translate("journeys", "answered");
    case JourneyEnd::Refused:
        return translate("journeys", "refused");
    case JourneyEnd::Lost:
        return translate("journeys", "lost");
    case JourneyEnd::Open:
        break;
    }
    return translate("journeys", "not known");
}

Mood moodOf(JourneyEnd end)
{
    switch (end) {
    case JourneyEnd::Answered:
        return Mood::Good;
    case JourneyEnd::Refused:
        return Mood::Caution;
    case JourneyEnd::Lost:
        return Mood::Bad;
    case JourneyEnd::Open:
        break;
    }
    return Mood::NotMeasured;
}

QString describe(const JourneyLine &group) { return labelled(group.name, group.fate); }

QString describe(const PointLine &point)
{
    if (!point.opened) {
        return point.problem.isEmpty() ? translate("journeys", "not opened")
                                       : labelled(translate("journeys", "not opened"), point.problem);
    }
    QStringList parts{translate("journeys", "frames: %1").arg(point.frames)};
    if (point.dropped > 0) {
        parts << translate("journeys", "dropped by the capture: %1").arg(point.dropped);
    }
    if (!point.problem.isEmpty()) {
        parts << point.problem;
    }
    return clauses(parts);
}

} // namespace bothways::shown
