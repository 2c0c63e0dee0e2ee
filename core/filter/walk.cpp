// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/match.h"

#include "filter/place.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

constexpr int deepestNft = 16;      // NFT_JUMP_STACK_SIZE
constexpr int deepestXtables = 128; // xtables sizes its stack by the ruleset; this only bounds our own
constexpr std::size_t mostSteps = 4'000'000;
constexpr std::size_t longestPath = 1000;
constexpr std::size_t mostUndecided = 100;
constexpr int conntrackPriority = -200; // NF_IP_PRI_CONNTRACK
constexpr std::size_t verdictCount = 5;

std::size_t index(Verdict verdict) { return static_cast<std::size_t>(verdict); }

struct End {
    Place place;
    std::string field;
    std::string set;
};

/// Follows every path the packet may take: one where all is known, two behind each unknown condition. Paths are not
/// told apart afterwards; it suffices to know which verdicts some path ends with.
class Walker {
public:
    Walker(const Ruleset &rules, Hook hook, const Packet &packet, bool mending)
        : m_rules(rules), m_hook(hook), m_packet(packet), m_mending(mending), m_view{packet, hook, packet.ct, packet.mark, {}}
    {}
    Answer answer();
    std::vector<RuleRef> blockers();

private:
    enum class Next : std::uint8_t { Rule, Leave, Dead }; ///< go on; back to the caller; no path goes on

    /// A chain being run: whether some path has left it, and how many doubts that left behind for the rest of it.
    struct Frame {
        bool left = false;
        int doubt = 0;
    };
    struct BaseChain {
        const Table *table;
        std::size_t chain;
        int priority;
    };
    std::vector<BaseChain> baseChains() const;
    void run();
    void enter(const BaseChain &base);
    bool runChain(std::size_t chain, int depth);
    Next runRule(const Rule &rule, int depth);
    Next apply(const Action &action, Truth condition, int depth);
    Next applyMap(const VerdictMap &map, Truth &condition, int depth);
    Next settle(Next next, Truth condition);
    void doubt(Truth &condition, const std::string &expression, const std::string &why);
    Next end(Verdict verdict, Truth condition);
    Next descend(const Action &action, Truth condition, int depth);
    Next giveUp(const std::string &expression, const std::string &why);
    void setMark(const SetMark &mark, Truth condition);
    void stopTracking(Truth condition);
    void assume(const Assumed &assumed);
    Next translate(const Nat &nat, Truth condition);
    void recordUnknown(const std::string &expression, const std::string &why);
    void recordPath();
    std::optional<CtState> ctAt(int priority) const;
    bool certain() const { return m_doubt == 0 && m_forked == 0; }
    std::pair<std::string, std::string> decisiveField() const;
    static std::pair<const Match *, int> decisiveMatch(const Rule &rule);

    const Ruleset &m_rules;
    Hook m_hook;
    const Packet &m_packet;
    bool m_mending;
    View m_view;
    Place m_place;
    int m_priority = 0;
    std::vector<const Rule *> m_jumps;
    std::vector<Frame> m_frames;
    std::pair<std::string, std::string> m_mapField; ///< what a verdict map found for the rule at hand, and the map's name
    std::array<std::optional<End>, verdictCount> m_ends;
    std::optional<End> m_accepting; ///< the last accept by a rule
    std::vector<Place> m_path;
    std::vector<Undecided> m_undecided;
    std::vector<Assumption> m_assumptions;
    std::vector<Place> m_blockers;
    std::pair<std::string, std::string> m_unknown; ///< expression and reason of the first unknown of the rule at hand
    int m_doubt = 0;                               ///< how many unknowns led to where we are
    int m_forked = 0;                              ///< how many paths may have ended on the way
    bool m_notTracked = false;
    bool m_maybeNotTracked = false;
    std::size_t m_steps = 0;
};

std::vector<Walker::BaseChain> Walker::baseChains() const
{
    std::vector<BaseChain> chains;
    const bool firstPacket = m_packet.ct == CtState::New || m_packet.ct == CtState::Related;
    for (const auto &table : m_rules.tables()) {
        if (table.dormant) {
            continue;
        }
        for (std::size_t i = 0; i < table.chains.size(); ++i) {
            const auto &base = table.chains[i].base;
            if (base && base->hook == m_hook && (!base->nat || firstPacket) && table.sees(*base, m_packet) != Truth::No) {
                chains.push_back({&table, i, base->priority});
            }
        }
    }
    // nf_hook_entries_grow() puts a new hook in front of those with the same priority: the last one runs first. When the
    // legacy tables were registered is not to be seen; they are taken for the oldest.
    std::reverse(chains.begin(), chains.end());
    std::stable_sort(chains.begin(), chains.end(), [](const BaseChain &a, const BaseChain &b) {
        return std::pair(a.priority, a.table->flavour == "legacy") < std::pair(b.priority, b.table->flavour == "legacy");
    });
    return chains;
}

/// Before conntrack has seen the packet it counts as invalid, except where it was seen on its way out already.
std::optional<CtState> Walker::ctAt(int priority) const
{
    if (m_maybeNotTracked) {
        return std::nullopt;
    }
    if (m_notTracked) {
        return CtState::Untracked;
    }
    const bool tracksHere = m_hook == Hook::Prerouting || m_hook == Hook::Output;
    if (!tracksHere || priority > conntrackPriority || m_packet.inputInterface == "lo") {
        return m_packet.ct;
    }
    if (priority == conntrackPriority || m_packet.ct == CtState::Related) {
        return std::nullopt;
    }
    return CtState::Invalid;
}

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
    m_ends[index(verdict)] = End{m_place, std::move(field), std::move(set)};
    if (verdict == Verdict::Accept && m_place.rule >= 0 && condition == Truth::Yes && certain()) {
        m_accepting = m_ends[index(verdict)];
    }
    if (condition == Truth::Unknown || !certain()) {
        ++m_forked;
    }
    return condition == Truth::Yes ? Next::Dead : Next::Rule;
}

Walker::Next Walker::giveUp(const std::string &expression, const std::string &why)
{
    recordUnknown(expression, why);
    if (m_mending) {
        ++m_forked;
        return Next::Rule;
    }
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
    if (condition != Truth::Yes || !certain() || (m_view.blurred.test(bit) && mark.keep != 0)) {
        m_view.blurred.set(bit);
        return;
    }
    m_view.blurred.reset(bit);
    m_view.mark = (m_view.mark & mark.keep) ^ mark.flip;
}

/// Conntrack sets its own state at -200 and is not undone later. A packet that it found no connection for can still be declared
/// untracked behind it, at any hook (nft_notrack_eval()).
void Walker::stopTracking(Truth condition)
{
    const bool tracksHere = (m_hook == Hook::Prerouting || m_hook == Hook::Output) && m_packet.inputInterface != "lo";
    const bool inTime = tracksHere && m_priority < conntrackPriority;
    if (m_notTracked || (m_view.ct && *m_view.ct != CtState::Invalid)) {
        return;
    }
    m_notTracked = (inTime || m_view.ct == CtState::Invalid) && condition == Truth::Yes && certain();
    m_maybeNotTracked = !m_notTracked;
    m_view.ct = ctAt(m_priority);
}

void Walker::assume(const Assumed &assumed)
{
    if (!m_mending && m_assumptions.size() < mostUndecided) {
        m_assumptions.push_back({reference(m_place), assumed.text});
    }
}

/// Which address the kernel chooses is not followed.
Walker::Next Walker::translate(const Nat &nat, Truth condition)
{
    const bool source = nat.kind == Nat::Kind::Source || nat.kind == Nat::Kind::Masquerade;
    for (const auto key :
         source ? std::array{Key::Ip4Source, Key::Ip6Source} : std::array{Key::Ip4Destination, Key::Ip6Destination}) {
        m_view.blurred.set(static_cast<std::size_t>(key));
    }
    return end(Verdict::Accept, condition);
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

Walker::Next Walker::runRule(const Rule &rule, int depth)
{
    auto condition = Truth::Yes;
    bool recorded = false;
    m_unknown = {};
    for (const auto &statement : rule.statements) {
        if (const auto *match = std::get_if<Match>(&statement)) {
            const auto truth = holds(*match, m_view);
            if (truth == Truth::No) {
                return Next::Rule;
            }
            if (truth == Truth::Unknown) {
                doubt(condition, match->text, std::string(textOf(match->fields.front().key)));
            }
        } else if (const auto *any = std::get_if<AnyOf>(&statement)) {
            const auto truth = holds(*any, m_view);
            if (truth == Truth::No) {
                return Next::Rule;
            }
            if (truth == Truth::Unknown) {
                doubt(condition, any->text, any->why.empty() ? any->text : any->why);
            }
        } else if (const auto *unknown = std::get_if<UnknownMatch>(&statement)) {
            doubt(condition, unknown->text, unknown->why);
        } else if (const auto *assumed = std::get_if<Assumed>(&statement)) {
            assume(*assumed);
            if (!assumed->holds) {
                return Next::Rule;
            }
        } else if (const auto *nat = std::get_if<Nat>(&statement)) {
            return settle(translate(*nat, condition), condition);
        } else if (const auto *map = std::get_if<VerdictMap>(&statement)) {
            const auto next = applyMap(*map, condition, depth);
            if (next != Next::Rule || condition == Truth::No) {
                return next;
            }
            recorded = true;
        } else if (const auto *mark = std::get_if<SetMark>(&statement)) {
            setMark(*mark, condition);
        } else if (const auto *blur = std::get_if<Blur>(&statement)) {
            m_view.blurred.set(static_cast<std::size_t>(blur->key));
        } else if (std::holds_alternative<NoTrack>(statement)) {
            stopTracking(condition);
        } else if (const auto *opaque = std::get_if<UnknownStatement>(&statement)) {
            return settle(giveUp(opaque->text, opaque->why), condition);
        } else if (const auto *action = std::get_if<Action>(&statement)) {
            if (condition == Truth::Yes && !recorded) {
                recordPath();
            }
            return settle(apply(*action, condition, depth), condition);
        }
    }
    if (condition == Truth::Yes && !recorded) {
        recordPath();
    }
    return Next::Rule;
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
    m_frames.emplace_back();
    auto next = Next::Rule;
    for (std::size_t i = 0; i < rules.size() && next == Next::Rule; ++i) {
        m_place.rule = static_cast<std::int64_t>(i);
        next = ++m_steps > mostSteps ? giveUp(m_place.chain->name, "the walk takes too many steps") : runRule(rules[i], depth);
    }
    const auto frame = m_frames.back();
    m_frames.pop_back();
    m_doubt -= frame.doubt;
    return frame.left || next != Next::Dead;
}

void Walker::enter(const BaseChain &base)
{
    const auto &chain = base.table->chains[base.chain];
    m_place = {base.table, &chain, &chain, -1};
    m_priority = base.priority;
    m_view.ct = ctAt(m_priority);
    m_view.family = base.table->protocolFamily();
    const bool comesBy = base.table->sees(*chain.base, m_packet) == Truth::Yes;
    if (!comesBy) {
        recordUnknown(chain.name, "the interface, whose chain it is");
        ++m_doubt;
    }
    const auto before = m_ends[index(Verdict::Accept)];
    m_ends[index(Verdict::Accept)].reset();
    if (runChain(base.chain, 0)) {
        m_place = {base.table, &chain, &chain, -1};
        end(chain.base->dropByPolicy ? Verdict::Drop : Verdict::Accept, Truth::Yes);
    }
    if (!comesBy) {
        --m_doubt;
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
    for (const auto &base : baseChains()) {
        enter(base);
        if (!m_mending && (!m_ends[index(Verdict::Accept)] || m_ends[index(Verdict::Undecided)])) {
            return;
        }
    }
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
        const auto &end = verdict == Verdict::Accept && accepted && m_accepting ? m_accepting : m_ends[index(verdict)];
        if (end) {
            answer.verdict = verdict;
            answer.rule = reference(end->place);
            answer.rule->set = end->set;
            answer.matchedField = end->field;
        }
    }
    return answer;
}

std::vector<RuleRef> Walker::blockers()
{
    run();
    std::vector<RuleRef> all;
    std::transform(m_blockers.begin(), m_blockers.end(), std::back_inserter(all), reference);
    return all;
}

} // namespace

Answer walk(const Ruleset &rules, Hook hook, const Packet &packet) { return Walker(rules, hook, packet, false).answer(); }

std::vector<RuleRef> blockers(const Ruleset &rules, Hook hook, const Packet &packet)
{
    return Walker(rules, hook, packet, true).blockers();
}

} // namespace bothways::filter
