// SPDX-License-Identifier: GPL-3.0-or-later
// The base chains of one hook, one after the other, and what follows from them all.
#include "filter/walk/walker.h"

#include <algorithm>

namespace bothways::filter {
namespace {

std::size_t index(Verdict verdict) { return static_cast<std::size_t>(verdict); }

} // namespace

Walker::Walker(const Ruleset &rules, Hook hook, Passing &passing)
    : m_rules(rules)
    , m_hook(hook)
    , m_passing(passing)
    , m_packet(passing.packet)
    , m_view{m_packet, hook, m_packet.ct, m_packet.mark, passing.blurred}
{
    m_view.ctMark = m_packet.ctMark;
    m_view.original = passing.original ? &*passing.original : nullptr;
}

void Walker::limitTo(int first, int last)
{
    m_firstPriority = first;
    m_lastPriority = last;
}

Truth Walker::comesBy(const BaseChain &base) const
{
    const auto sees = base.table->sees(*base.get().base, m_packet);
    const auto asked = base.nat ? asksNat() : Truth::Yes;
    if (sees == Truth::No || asked == Truth::No) {
        return Truth::No;
    }
    return sees == Truth::Yes ? asked : sees;
}

void Walker::enter(const BaseChain &base)
{
    const auto &chain = base.table->chains[base.chain];
    m_place = {base.table, &chain, &chain, -1};
    m_priority = base.priority;
    m_view.ct = ctAt(m_priority);
    m_view.family = base.table->protocolFamily();
    m_values.clear();
    const bool sure = comesBy(base) == Truth::Yes;
    if (!sure) {
        recordUnknown(chain.name,
                      base.nat ? "whether the packet is the first of a connection" : "the interface, whose chain it is");
        ++m_doubt;
    }
    const auto before = m_ends[index(Verdict::Accept)];
    m_ends[index(Verdict::Accept)].reset();
    if (runChain(base.chain, 0)) {
        m_place = {base.table, &chain, &chain, -1};
        end(chain.base->dropByPolicy && !isAccepted() ? Verdict::Drop : Verdict::Accept, Truth::Yes);
    }
    if (!sure) {
        --m_doubt;
        m_maybeAccepted = m_maybeAccepted || !m_accepted;
        auto &accepted = m_ends[index(Verdict::Accept)];
        accepted = accepted ? accepted : before.value_or(End{{base.table, &chain, &chain, -1}, {}, {}});
    }
    const bool mayStop = m_ends[index(Verdict::Drop)] || m_ends[index(Verdict::Reject)] || m_ends[index(Verdict::Queue)];
    if (!mayStop) {
        m_forked = m_mending ? m_forked : 0; // whoever accepted, all paths go on to the next base chain
    }
}

void Walker::run()
{
    const auto chains = baseChains(m_rules.tables(), m_hook, m_packet);
    bool translated = false;
    for (const auto &base : chains) {
        if (!translated && base.priority > natPriority(m_hook)) {
            keepTranslations();
            translated = true;
        }
        const bool within = m_firstPriority <= base.priority && base.priority <= m_lastPriority;
        if (!within || comesBy(base) == Truth::No) {
            continue;
        }
        enter(base);
        if (!m_mending && (!m_ends[index(Verdict::Accept)] || m_ends[index(Verdict::Undecided)])) {
            break;
        }
    }
    if (!translated) {
        keepTranslations();
    }
    finish();
}

/// What the packet takes along to the next hook.
void Walker::finish()
{
    auto &packet = m_passing.packet;
    packet.mark = m_view.mark;
    packet.ctMark = m_view.ctMark;
    m_passing.blurred = m_view.blurred;
}

Answer Walker::answer()
{
    run();
    Answer answer;
    answer.assumptions = std::move(m_assumptions);
    std::transform(m_path.begin(), m_path.end(), std::back_inserter(answer.path), reference);
    const auto possible = std::count_if(m_ends.begin(), m_ends.end(), [](const auto &each) { return each.has_value(); });
    const auto &accepted = m_ends[index(Verdict::Accept)];
    answer.canPass = possible == 0 || accepted || m_ends[index(Verdict::Undecided)];
    if (possible > 1 || m_ends[index(Verdict::Undecided)]) {
        answer.verdict = Verdict::Undecided;
        answer.undecided = std::move(m_undecided);
        return answer;
    }
    for (const auto verdict : {Verdict::Accept, Verdict::Drop, Verdict::Reject, Verdict::Queue}) {
        const auto &end = verdict == Verdict::Accept && accepted && m_accepted ? m_accepted : m_ends[index(verdict)];
        if (end) {
            answer.verdict = verdict;
            answer.rule = reference(end->place);
            answer.rule->set = end->set;
            answer.matchedField = end->field;
            answer.ruleCertain = !(verdict == Verdict::Accept ? m_maybeAccepted : m_maybeStopped);
        }
    }
    return answer;
}

std::vector<Place> Walker::blockers()
{
    run();
    return m_blockers;
}

std::vector<Place> Walker::stops() const
{
    std::vector<Place> places;
    for (const auto verdict : {Verdict::Drop, Verdict::Reject, Verdict::Queue, Verdict::Undecided}) {
        if (const auto &end = m_ends[index(verdict)]) {
            places.push_back(end->place);
        }
    }
    return places;
}

bool Walker::isAccepted() const
{
    return std::any_of(m_accepting.begin(), m_accepting.end(),
                       [this](const Place &each) { return each.chain == m_place.chain && each.rule == m_place.rule; });
}

Answer walk(const Ruleset &rules, Hook hook, const Packet &packet)
{
    Passing passing(packet);
    return Walker(rules, hook, passing).answer();
}

Answer walk(const Ruleset &rules, Hook hook, Passing &passing) { return Walker(rules, hook, passing).answer(); }

std::vector<RuleRef> blockers(const Ruleset &rules, Hook hook, const Packet &packet)
{
    return blockers(rules, hook, Passing(packet));
}

std::vector<RuleRef> blockers(const Ruleset &rules, Hook hook, Passing passing)
{
    Walker walker(rules, hook, passing);
    walker.mend();
    const auto places = walker.blockers();
    std::vector<RuleRef> all;
    std::transform(places.begin(), places.end(), std::back_inserter(all), reference);
    return all;
}

} // namespace bothways::filter
