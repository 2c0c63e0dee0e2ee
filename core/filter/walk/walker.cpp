// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/walk/walker.h"
#include "filter/model/match.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

constexpr int deepestNft = 16;      // NFT_JUMP_STACK_SIZE
constexpr int deepestXtables = 128; // xtables sizes its stack by the ruleset; this only bounds our own
constexpr std::size_t mostSteps = 1'000'000;
constexpr std::size_t longestPath = 1000;
constexpr std::size_t mostUndecided = 100;

std::size_t index(Verdict verdict) { return static_cast<std::size_t>(verdict); }

} // namespace

void Walker::recordUnknown(const std::string &expression, const std::string &why)
{
    if (m_undecided.size() < mostUndecided && !m_mending) {
        m_undecided.push_back({reference(m_place), expression, why});
    }
}

void Walker::recordPath()
{
    if (certain() && !m_mending && m_path.size() < longestPath) {
        m_path.push_back(m_place);
    }
}

std::pair<const Match *, int> Walker::decisiveMatch(const Rule &rule)
{
    const Match *best = nullptr;
    int highest = 0;
    for (const auto &statement : rule.statements) {
        const auto *match = std::get_if<Match>(&statement);
        if (match != nullptr && specificity(match->fields) >= highest) {
            best = match;
            highest = specificity(match->fields);
        }
    }
    return {best, highest};
}

/// The most telling match of the rule, else of the jumps that led to it. First the text, second the set's name.
std::pair<std::string, std::string> Walker::decisiveField() const
{
    if (m_place.rule < 0) {
        return {};
    }
    const auto *own = decisiveMatch(m_place.chain->rules[static_cast<std::size_t>(m_place.rule)]).first;
    if (!m_mapField.first.empty()) {
        return m_mapField;
    }
    for (auto jump = m_jumps.rbegin(); own == nullptr && jump != m_jumps.rend(); ++jump) {
        own = decisiveMatch(**jump).first;
    }
    return own == nullptr ? std::pair<std::string, std::string>{} : std::pair(own->text, own->set);
}

Walker::Next Walker::end(Verdict verdict, Truth condition)
{
    if (m_mending && verdict != Verdict::Accept) {
        if (condition == Truth::Yes && certain()) {
            m_blockers.push_back(m_place);
        }
        return Next::Rule;
    }
    if (condition == Truth::Unknown) {
        recordUnknown(m_unknown.first, m_unknown.second);
    }
    auto [field, set] = decisiveField();
    m_maybeStopped = m_maybeStopped || (verdict != Verdict::Accept && m_ends[index(verdict)]);
    m_ends[index(verdict)] = End{m_place, std::move(field), std::move(set)};
    if (verdict == Verdict::Accept && m_place.rule >= 0) {
        m_maybeAccepted = condition != Truth::Yes || !certain();
        m_accepted = m_maybeAccepted ? m_accepted : m_ends[index(verdict)];
    }
    if (condition == Truth::Unknown || !certain()) {
        ++m_forked;
    }
    return condition == Truth::Yes ? Next::Dead : Next::Rule;
}

/// What goes on from here may be any packet: the next hooks know nothing of it.
Walker::Next Walker::giveUp(const std::string &expression, const std::string &why)
{
    recordUnknown(expression, why);
    if (m_mending) {
        ++m_forked;
        return Next::Rule;
    }
    m_view.blurred.set();
    m_passing.stateKnown = false;
    m_values.clear();
    m_ends[index(Verdict::Undecided)] = End{m_place, {}, {}};
    return Next::Dead;
}

Walker::Next Walker::descend(const Action &action, Truth condition, int depth)
{
    const int deepest = m_place.table->backend == "nft" ? deepestNft : deepestXtables;
    const auto &name = m_place.table->chains[action.chain].name;
    if (depth >= deepest) {
        return giveUp(name, "jumps are nested deeper than the kernel allows");
    }
    if (std::find(m_chains.begin(), m_chains.end(), action.chain) != m_chains.end()) {
        return giveUp(name, "the chain leads back to itself, which the kernel does not allow");
    }
    if (condition == Truth::Unknown) {
        recordUnknown(m_unknown.first, m_unknown.second);
        ++m_doubt;
    }
    const auto place = m_place;
    m_jumps.push_back(&place.chain->rules[static_cast<std::size_t>(place.rule)]);
    const bool returns = runChain(action.chain, depth + 1);
    m_jumps.pop_back();
    m_place = place;
    m_doubt -= condition == Truth::Unknown ? 1 : 0;
    if (action.kind == Action::Kind::Goto) {
        return returns ? Next::Leave : Next::Dead;
    }
    return returns ? Next::Rule : Next::Dead;
}

Walker::Next Walker::apply(const Action &action, Truth condition, int depth)
{
    switch (action.kind) {
    case Action::Kind::Accept:
        return end(Verdict::Accept, condition);
    case Action::Kind::Drop:
        return end(Verdict::Drop, condition);
    case Action::Kind::Reject:
        return end(Verdict::Reject, condition);
    case Action::Kind::Queue:
        return end(Verdict::Queue, condition);
    case Action::Kind::Return:
        if (condition == Truth::Unknown) {
            recordUnknown(m_unknown.first, m_unknown.second);
        }
        return Next::Leave;
    case Action::Kind::Jump:
    case Action::Kind::Goto:
        return descend(action, condition, depth);
    case Action::Kind::Continue:
        break;
    }
    return Next::Rule;
}

void Walker::setMark(const SetMark &mark, Truth condition)
{
    constexpr auto bit = static_cast<std::size_t>(Key::Mark);
    m_values.clear();
    if (condition != Truth::Yes || !certain() || (m_view.blurred.test(bit) && mark.keep != 0)) {
        m_view.blurred.set(bit);
        return;
    }
    m_view.blurred.reset(bit);
    m_view.mark = (m_view.mark & mark.keep) ^ mark.flip;
}

/// No where the rule ends, which it does at a field that is not there.
Truth Walker::assign(const Assign &assign, Truth condition)
{
    const auto value = valueOf(assign.value, m_view);
    if (value.state == Evaluated::State::Absent) {
        return Truth::No;
    }
    const auto bit = static_cast<std::size_t>(assign.key);
    const auto target = evaluate(assign.key, m_view);
    if (target.state == Evaluated::State::Absent) { // a packet without a connection gets none (nft_ct_set_eval())
        return Truth::Yes;
    }
    const bool targetThere = target.state == Evaluated::State::Known || target.present;
    m_values.clear();
    if (value.state != Evaluated::State::Known || condition != Truth::Yes || !certain() || !targetThere) {
        m_view.blurred.set(bit);
        return value.state == Evaluated::State::Known || value.present ? Truth::Yes : Truth::Unknown;
    }
    m_view.blurred.reset(bit);
    const auto number = static_cast<std::uint32_t>(value.value.low);
    if (assign.key == Key::Mark) {
        m_view.mark = number;
    } else {
        m_view.ctMark = number;
    }
    return Truth::Yes;
}

void Walker::assume(const Assumed &assumed)
{
    if (!m_mending && m_assumptions.size() < mostUndecided) {
        m_assumptions.push_back({reference(m_place), assumed.text});
    }
}

/// What is left to follow once an action was tried: under an unknown condition there is always the path without it.
Walker::Next Walker::settle(Next next, Truth condition)
{
    if (condition == Truth::Yes) {
        return next;
    }
    if (next == Next::Leave) {
        auto &frame = m_frames.back();
        frame.left = true;
        ++frame.doubt;
        ++m_doubt;
    }
    return Next::Rule;
}

/// `condition` becomes No where the rule ends here.
Walker::Next Walker::applyMap(const VerdictMap &map, Truth &condition, int depth)
{
    const auto values = valuesOf(map.fields, m_view);
    const auto hits = values ? map.elements->candidates(*values) : std::vector<Elements::Hit>{};
    const auto reached = condition;
    condition = Truth::No;
    for (const auto &hit : hits) {
        if (hit.element < 0) {
            return settle(giveUp(map.text, "an element of the map"), reached);
        }
        const auto truth = reached == Truth::Yes ? hit.truth : Truth::Unknown;
        if (truth == Truth::Unknown && reached == Truth::Yes) {
            m_unknown = {map.text, std::string(textOf(map.fields.front().key))};
        }
        if (truth == Truth::Yes) {
            recordPath();
        }
        m_mapField = {foundText(map, m_view), map.set};
        const auto &action = (*map.actions)[static_cast<std::size_t>(hit.element)];
        if (action.kind == Action::Kind::Continue) {
            condition = truth;
            continue;
        }
        const auto next = settle(apply(action, truth, depth), truth);
        m_mapField = {};
        if (next != Next::Rule) {
            return next;
        }
    }
    return Next::Rule;
}

/// What sends the packet nowhere. False where the rule ends because it does not match.
bool Walker::goesOn(const Statement &statement, Truth &condition)
{
    if (const auto *match = std::get_if<Match>(&statement)) {
        return meet(condition, holds(*match, m_view), match->text, textOf(match->fields.front().key));
    }
    if (const auto *any = std::get_if<AnyOf>(&statement)) {
        return meet(condition, holds(*any, m_view), any->text, any->why.empty() ? any->text : any->why);
    }
    if (const auto *value = std::get_if<Assign>(&statement)) {
        return meet(condition, assign(*value, condition), value->text, "whether the packet has such a field");
    }
    if (const auto *assumed = std::get_if<Assumed>(&statement)) {
        assume(*assumed);
        return assumed->holds;
    }
    if (const auto *unknown = std::get_if<UnknownMatch>(&statement)) {
        doubt(condition, unknown->text, unknown->why);
    } else if (const auto *mark = std::get_if<SetMark>(&statement)) {
        setMark(*mark, condition);
    } else if (const auto *blur = std::get_if<Blur>(&statement)) {
        m_view.blurred.set(static_cast<std::size_t>(blur->key));
        m_view.ct = ctAt(m_priority);
        m_values.clear();
    } else if (std::holds_alternative<NoTrack>(statement)) {
        stopTracking(condition);
    }
    return true;
}

Walker::Next Walker::runRule(const Rule &rule, int depth)
{
    auto condition = Truth::Yes;
    bool recorded = false;
    m_unknown = {};
    for (const auto &statement : rule.statements) {
        if (const auto *nat = std::get_if<Nat>(&statement)) {
            if (condition == Truth::Yes && !recorded) {
                recordPath();
            }
            return settle(translate(*nat, condition), condition);
        }
        if (const auto *opaque = std::get_if<UnknownStatement>(&statement)) {
            return settle(giveUp(opaque->text, opaque->why), condition);
        }
        if (const auto *action = std::get_if<Action>(&statement)) {
            if (condition == Truth::Yes && !recorded) {
                recordPath();
            }
            return settle(apply(*action, condition, depth), condition);
        }
        if (const auto *map = std::get_if<VerdictMap>(&statement)) {
            const auto next = applyMap(*map, condition, depth);
            if (next != Next::Rule || condition == Truth::No) {
                return next;
            }
            recorded = true;
        } else if (!goesOn(statement, condition)) {
            return Next::Rule;
        }
    }
    if (condition == Truth::Yes && !recorded) {
        recordPath();
    }
    return Next::Rule;
}

/// Whether the rule goes on behind a condition that holds, or may hold.
bool Walker::meet(Truth &condition, Truth truth, const std::string &expression, std::string_view why)
{
    if (truth == Truth::Unknown) {
        doubt(condition, expression, std::string(why));
    }
    return truth != Truth::No;
}

void Walker::doubt(Truth &condition, const std::string &expression, const std::string &why)
{
    if (condition == Truth::Yes) {
        condition = Truth::Unknown;
        m_unknown = {expression, why};
    }
}

/// Whether some path comes back out of the chain.
bool Walker::runChain(std::size_t chain, int depth)
{
    m_place.chain = &m_place.table->chains[chain];
    const auto &rules = m_place.chain->rules;
    const auto &guards = m_place.chain->guards;
    m_frames.emplace_back();
    m_chains.push_back(chain);
    auto next = Next::Rule;
    for (std::size_t i = 0; i < rules.size() && next == Next::Rule; ++i) {
        m_place.rule = static_cast<std::int64_t>(i);
        if (m_accepting.empty() && i < guards.size() && m_values.rulesOut(guards[i], m_view)) {
            continue;
        }
        if (!m_accepting.empty() && isAccepted()) {
            next = end(Verdict::Accept, Truth::Yes);
            break;
        }
        next = ++m_steps > mostSteps ? giveUp(m_place.chain->name, "the walk takes too many steps") : runRule(rules[i], depth);
    }
    const auto frame = m_frames.back();
    m_frames.pop_back();
    m_chains.pop_back();
    m_doubt -= frame.doubt;
    return frame.left || next != Next::Dead;
}

} // namespace bothways::filter
