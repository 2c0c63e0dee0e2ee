// SPDX-License-Identifier: GPL-3.0-or-later
#include "remedy/trial.h"

#include "way/routing.h"
#include "words/text.h"

#include <algorithm>
#include <set>

namespace bothways::remedy {

namespace {

using way::Leg;
using Legs = std::vector<Leg>;

constexpr std::size_t mostTogether = 4; ///< faults that lie one behind the other
constexpr std::size_t mostTrials = 64;
constexpr std::size_t mostNamed = 8;

/// Whose ping, of which family.
using Ping = std::pair<way::From, net::Family>;

Ping pingOf(const Leg &leg) { return {leg.from, leg.family}; }

/// The pings of which the model says that they cannot pass, and nobody saw that they do.
std::set<Ping> stuck(const Legs &legs)
{
    std::set<Ping> all;
    for (const auto &leg : legs) {
        if (!leg.observed && leg.fate() == way::Result::Stops) {
            all.insert(pingOf(leg));
        }
    }
    return all;
}

Passes fateOf(const Legs &legs, const std::set<Ping> &pings)
{
    Passes fate = Passes::Yes;
    for (const auto &leg : legs) {
        if (!pings.contains(pingOf(leg))) {
            continue;
        }
        if (leg.fate() == way::Result::Stops) {
            return Passes::No;
        }
        fate = leg.fate() == way::Result::Unknown ? Passes::NotTried : fate;
    }
    return fate;
}

/// What the legs say, stage by stage.
bool saySame(const Legs &one, const Legs &other)
{
    const auto sameStage = [](const way::Stage &a, const way::Stage &b) {
        return a.kind == b.kind && a.result == b.result && a.fault == b.fault && a.text == b.text;
    };
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), [&](const Leg &a, const Leg &b) {
        return std::equal(a.stages.begin(), a.stages.end(), b.stages.begin(), b.stages.end(), sameStage);
    });
}

class Bench {
public:
    explicit Bench(const facts::Case &given) : m_given(given), m_before(way::legs(given)), m_stuck(stuck(m_before)) {}

    const std::set<Ping> &stuckPings() const { return m_stuck; }
    bool isExhausted() const { return m_trials >= mostTrials; }
    Legs legsWith(const std::vector<const Remedy *> &together);
    Trial trialOf(const Remedy &remedy, const Legs &after) const;
    /// Of the stuck ones, those that pass afterwards.
    std::set<Ping> relieved(const Legs &after) const;

private:
    QStringList alsoChanged(const Remedy &remedy) const;

    const facts::Case &m_given;
    Legs m_before;
    std::set<Ping> m_stuck;
    std::size_t m_trials = 0;
};

Legs Bench::legsWith(const std::vector<const Remedy *> &together)
{
    ++m_trials;
    auto changed = m_given.evidence;
    std::vector<filter::Acceptance> onHost;
    std::vector<filter::Acceptance> inGuest;
    for (const auto *remedy : together) {
        const bool guest = remedy->where == facts::Where::Guest;
        for (const auto &edit : remedy->edits) {
            if (const auto *acceptance = std::get_if<filter::Acceptance>(&edit)) {
                (guest ? inGuest : onHost).push_back(*acceptance);
            }
            apply(guest ? changed.guest.value.facts : changed.host.value, edit);
        }
    }
    return way::legs(facts::Case(m_given, std::move(changed), std::move(onHost), std::move(inGuest)));
}

std::set<Ping> Bench::relieved(const Legs &after) const
{
    std::set<Ping> all;
    std::copy_if(m_stuck.begin(), m_stuck.end(), std::inserter(all, all.end()),
                 [&](const Ping &ping) { return fateOf(after, {ping}) == Passes::Yes; });
    return all;
}

/// Routes and policy rules reach further than the pair: which of the addresses known to that machine go another way then.
QStringList Bench::alsoChanged(const Remedy &remedy) const
{
    const bool guest = remedy.where == facts::Where::Guest;
    const auto &now = guest ? m_given.evidence.guest.value.facts : m_given.evidence.host.value;
    auto then = now;
    for (const auto &edit : remedy.edits) {
        apply(then, edit);
    }
    const auto &other = guest ? m_given.scene.hostAddress : m_given.scene.vmAddress;
    std::set<net::IpAddress> known;
    for (const auto &neighbour : now.neighbours.value) {
        known.insert(neighbour.address);
    }
    for (const auto &route : now.routes.value) {
        for (const auto &hop : route.nextHops) {
            if (hop.gateway) {
                known.insert(*hop.gateway);
            }
        }
    }
    QStringList changed;
    for (const auto &address : known) {
        if (other && address == *other) {
            continue;
        }
        const auto before = way::routeOf(now, {address, std::nullopt, {}, 0, 0, 1});
        const auto after = way::routeOf(then, {address, std::nullopt, {}, 0, 0, 1});
        if (before.kind != after.kind || before.interface != after.interface || before.gateway != after.gateway) {
            changed << text(address.toString());
        }
    }
    return changed;
}

Trial Bench::trialOf(const Remedy &remedy, const Legs &after) const
{
    Trial trial;
    trial.passes = relieved(after).empty() ? fateOf(after, m_stuck) : Passes::Yes;
    if (trial.passes == Passes::No && saySame(m_before, after)) {
        trial.passes = Passes::NotTried; // the model does not see what it changes
    }
    for (const auto &leg : after) {
        if (m_stuck.contains(pingOf(leg))) {
            trial.legs.push_back({leg.from, leg.part, leg.family, leg.fate()});
        }
    }
    const bool routes = std::any_of(remedy.edits.begin(), remedy.edits.end(), [](const Edit &edit) {
        return !std::holds_alternative<filter::Acceptance>(edit) && !std::holds_alternative<SettingEdit>(edit);
    });
    if (routes) {
        const auto changed = alsoChanged(remedy);
        trial.alsoChanges = changed.mid(0, mostNamed);
        trial.alsoCount = static_cast<int>(changed.size());
    }
    return trial;
}

/// Those of `pool` that open the way together: the fewest, those that come first before others.
std::vector<std::size_t> togetherOf(Bench &bench, const std::vector<Remedy> &pool, const std::set<Ping> &goal, std::size_t count,
                                    std::vector<std::size_t> chosen = {})
{
    if (chosen.size() == count) {
        std::vector<const Remedy *> together;
        std::transform(chosen.begin(), chosen.end(), std::back_inserter(together), [&](std::size_t i) { return &pool[i]; });
        return fateOf(bench.legsWith(together), goal) == Passes::Yes ? chosen : std::vector<std::size_t>{};
    }
    for (std::size_t i = chosen.empty() ? 0 : chosen.back() + 1; i < pool.size() && !bench.isExhausted(); ++i) {
        auto more = chosen;
        more.push_back(i);
        auto found = togetherOf(bench, pool, goal, count, std::move(more));
        if (!found.empty()) {
            return found;
        }
    }
    return {};
}

/// Runtime changes alone: one that lasts beside each would double every step.
std::vector<Remedy> poolOf(const std::vector<Remedy> &proposed)
{
    std::vector<Remedy> pool;
    std::copy_if(proposed.begin(), proposed.end(), std::back_inserter(pool),
                 [](const Remedy &remedy) { return !remedy.edits.empty() && !remedy.persistent; });
    return pool;
}

std::vector<Remedy> stepsOf(Bench &bench, const std::vector<Remedy> &proposed)
{
    const auto pool = poolOf(proposed);
    for (std::size_t count = 2; count <= std::min(mostTogether, pool.size()); ++count) {
        const auto chosen = togetherOf(bench, pool, bench.stuckPings(), count);
        if (chosen.empty()) {
            continue;
        }
        std::vector<Remedy> steps;
        std::vector<const Remedy *> together;
        for (const auto i : chosen) {
            steps.push_back(pool[i]);
            together.push_back(&pool[i]);
        }
        const auto after = bench.legsWith(together);
        for (std::size_t i = 0; i < steps.size(); ++i) {
            steps[i].step = static_cast<int>(i) + 1;
            steps[i].steps = static_cast<int>(count);
            steps[i].trial = bench.trialOf(steps[i], after);
        }
        return steps;
    }
    return {};
}

bool isIn(const std::vector<Remedy> &all, const Remedy &remedy)
{
    return std::any_of(all.begin(), all.end(),
                       [&](const Remedy &each) { return each.commands == remedy.commands && each.where == remedy.where; });
}

} // namespace

std::vector<Remedy> tried(std::vector<Remedy> proposed, const facts::Case &given)
{
    Bench bench(given);
    if (bench.stuckPings().empty()) {
        return proposed; // the model does not say where it dies, so it cannot say what would mend it
    }
    std::vector<Remedy> whole;
    std::vector<Remedy> part;
    std::vector<Remedy> rest;
    std::vector<Remedy> open;
    for (auto &remedy : proposed) {
        if (remedy.edits.empty()) {
            open.push_back(remedy);
            continue;
        }
        const auto after = bench.legsWith({&remedy});
        remedy.trial = bench.trialOf(remedy, after);
        if (remedy.trial.passes == Passes::Yes && bench.relieved(after).contains(*bench.stuckPings().begin())) {
            (bench.relieved(after) == bench.stuckPings() ? whole : part).push_back(remedy);
        } else if (remedy.trial.passes == Passes::Yes) {
            rest.push_back(remedy); // the ping that was made stays as dead as it is
        } else if (remedy.trial.passes == Passes::NotTried) {
            open.push_back(remedy);
        }
    }
    auto shown = std::move(whole);
    if (shown.empty()) {
        shown = stepsOf(bench, proposed);
    }
    for (const auto *more : {&part, &rest, &open}) {
        std::copy_if(more->begin(), more->end(), std::back_inserter(shown),
                     [&](const Remedy &remedy) { return !isIn(shown, remedy); });
    }
    return shown;
}

} // namespace bothways::remedy
