// SPDX-License-Identifier: GPL-3.0-or-later
// The base chains of one hook, rule by rule. Connection tracking and address translation follow net/netfilter/nf_conntrack_core.c
// and nf_nat_core.c.
#include "filter/walk/walker.h"

#include "filter/model/acceptance.h"
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

constexpr std::array<std::uint32_t, 2> natBits{0x10, 0x20}; // IPS_SRC_NAT, IPS_DST_NAT

bool onLoopback(const Packet &packet) { return packet.inputInterface == "lo"; }

/// Where conntrack has its first look at a packet.
bool tracksAt(Hook hook) { return hook == Hook::Prerouting || hook == Hook::Output || hook == Hook::BridgePrerouting; }

bool translatesSource(Hook hook) { return hook == Hook::Postrouting || hook == Hook::Input; }

/// An ICMP error belongs to a connection whose translation was decided before.
bool isError(const Packet &packet)
{
    static constexpr std::array errors{3, 4, 5, 11, 12};
    const int type = packet.icmpType.value_or(8);
    return (packet.protocol == 1 && std::find(errors.begin(), errors.end(), type) != errors.end()) ||
           (packet.protocol == 58 && type < 128);
}

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
    for (const auto &acceptance : rules.accepts()) {
        const auto place = acceptance.takes(m_packet) ? acceptance.placeIn(rules.tables()) : std::nullopt;
        if (place) {
            m_accepting.push_back(*place);
        }
    }
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
    m_view.native = base.table->backend == "nft" || base.table->flavour == "nft";
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
        reachEnd(chain);
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

/// The end of a base chain. Where nobody said what its policy is, both are possible.
void Walker::reachEnd(const Chain &chain)
{
    if (!chain.base->policyKnown && !isAccepted()) {
        m_unknown = {"policy of " + chain.name, "the policy of the chain is not among what was given"};
        end(Verdict::Drop, Truth::Unknown);
    }
    end(chain.base->policyKnown && chain.base->dropByPolicy && !isAccepted() ? Verdict::Drop : Verdict::Accept, Truth::Yes);
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
        if (const auto *first = std::get_if<FirstFragment>(&statement)) {
            const auto next = meetFragment(*first, condition);
            if (next != Next::Rule || condition == Truth::No) {
                return next;
            }
            continue;
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

/// iptables-nft writes some of these modules in nft's own words, which know nothing of fragments.
Walker::Next Walker::meetFragment(const FirstFragment &first, Truth &condition)
{
    constexpr int overFlags = 8;
    constexpr int tcp = 6;
    const int offset = m_packet.fragmentOffset.value_or(0);
    if (offset == 0) {
        return Next::Rule;
    }
    if (m_view.native) {
        doubt(condition, "fragment", "whether the rule looks at later fragments");
    }
    if (first.dropsNext && offset == overFlags && m_packet.protocol == tcp) {
        const auto next = settle(end(Verdict::Drop, condition), condition);
        if (next != Next::Rule) {
            return next;
        }
    }
    condition = m_view.native ? condition : Truth::No;
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
        if (m_accepting.empty() && !m_packet.fragmentOffset && i < guards.size() && m_values.rulesOut(guards[i], m_view)) {
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

/// A packet without a connection that is given a zone has one to fill in from then on, whose state is new
/// (nft_ct_set_zone_eval()).
bool Walker::hasZone() const { return m_view.blurred.test(static_cast<std::size_t>(Key::CtZone)); }

/// Before conntrack has seen the packet it counts as invalid, except where it was seen on its way out already.
std::optional<CtState> Walker::ctAt(int priority) const
{
    if (m_passing.untracked == Truth::Unknown) {
        return std::nullopt;
    }
    if (m_passing.untracked == Truth::Yes) {
        return CtState::Untracked;
    }
    if (m_hook == Hook::Ingress && !onLoopback(m_packet)) {
        return CtState::Invalid;
    }
    const bool zoned = m_packet.ct == CtState::Invalid && hasZone();
    const auto state = m_passing.stateKnown && !zoned ? std::optional(m_packet.ct) : std::nullopt;
    if (!tracksAt(m_hook) || priority > conntrackPriority || onLoopback(m_packet)) {
        return state;
    }
    const bool mayBeKnown = priority == conntrackPriority || m_packet.ct == CtState::Related || hasZone();
    return mayBeKnown ? std::nullopt : std::optional(CtState::Invalid);
}

/// Conntrack sets its own state at -200 and is not undone later. A packet that it found no connection for can still be declared
/// untracked behind it, at any hook (nft_notrack_eval()).
void Walker::stopTracking(Truth condition)
{
    auto &untracked = m_passing.untracked;
    if (untracked == Truth::Yes || (m_view.ct && *m_view.ct != CtState::Invalid)) {
        return;
    }
    const bool inTime = tracksAt(m_hook) && m_priority < conntrackPriority && !onLoopback(m_packet);
    const bool sure = (inTime || m_view.ct == CtState::Invalid) && condition == Truth::Yes && certain();
    untracked = sure ? Truth::Yes : Truth::Unknown;
    m_view.ct = ctAt(m_priority);
    m_values.clear();
}

/// The chains of NAT are asked for the first packet of a connection, until one of their rules decides (nf_nat_inet_fn).
Truth Walker::asksNat() const
{
    const bool source = translatesSource(m_hook);
    const auto &mapping = source ? m_passing.connection.source : m_passing.connection.destination;
    const bool decidedBefore = onLoopback(m_packet) && (m_hook == Hook::Prerouting || m_hook == Hook::Input);
    if (mapping.decided || decidedBefore) {
        return Truth::No;
    }
    const auto state = ctAt(natPriority(m_hook));
    if (!state) {
        return Truth::Unknown;
    }
    const bool first = *state == CtState::New || (*state == CtState::Related && !isError(m_packet));
    if (!first) {
        return Truth::No;
    }
    return mapping.address.state == Mapping::State::Unknown ? Truth::Unknown : Truth::Yes;
}

void Walker::blurEnd(bool source, bool port)
{
    static constexpr std::array sourceAddress{Key::Ip4Source, Key::Ip6Source, Key::SourceType, Key::ReversePath};
    static constexpr std::array destinationAddress{Key::Ip4Destination, Key::Ip6Destination, Key::DestinationType, Key::Route};
    static constexpr std::array sourcePort{Key::TcpSourcePort,  Key::UdpSourcePort,     Key::SctpSourcePort,
                                           Key::DccpSourcePort, Key::UdpliteSourcePort, Key::AnySourcePort};
    static constexpr std::array destinationPort{Key::TcpDestinationPort,  Key::UdpDestinationPort,     Key::SctpDestinationPort,
                                                Key::DccpDestinationPort, Key::UdpliteDestinationPort, Key::AnyDestinationPort};
    const auto blur = [this](const auto &keys) {
        for (const auto key : keys) {
            m_view.blurred.set(static_cast<std::size_t>(key));
        }
    };
    if (port) {
        blur(source ? sourcePort : destinationPort);
    } else {
        blur(source ? sourceAddress : destinationAddress);
    }
}

void Walker::keepOriginal()
{
    if (!m_passing.original) {
        m_passing.original = m_packet;
        m_view.original = &*m_passing.original;
    }
}

/// What the rule says for certain is done to the packet at once, as nf_nat_packet() does.
void Walker::rewrite(const Nat &nat, bool source)
{
    auto &packet = m_passing.packet;
    auto &mapping = source ? m_passing.connection.source : m_passing.connection.destination;
    auto &address = source ? packet.source : packet.destination;
    auto &port = source ? packet.sourcePort : packet.destinationPort;
    keepOriginal();
    auto target = nat.address;
    if (nat.kind == Nat::Kind::Redirect && m_hook == Hook::Output) {
        target = net::IpAddress::parse(address.isV4() ? "127.0.0.1" : "::1");
    }
    if (nat.toAddress) {
        const bool fits = target && target->family() == address.family();
        mapping.address = {Mapping::State::Changed, address, fits ? target : std::nullopt};
        address = fits ? *target : address;
        if (!fits) {
            blurEnd(source, false);
        }
    }
    if (nat.toPort) {
        mapping.port = {Mapping::State::Changed, port, nat.port};
        port = nat.port ? nat.port : port;
        if (!nat.port) {
            blurEnd(source, true);
        }
    }
    packet.ctStatus = packet.ctStatus.value_or(0) | natBits.at(source ? 0 : 1);
    mapping.decided = true;
}

Walker::Next Walker::translate(const Nat &nat, Truth condition)
{
    const bool source = nat.kind == Nat::Kind::Source || nat.kind == Nat::Kind::Masquerade;
    m_values.clear();
    if (nat.kind == Nat::Kind::Redirect && m_hook != Hook::Output && !onLoopback(m_packet)) {
        m_unknown = {nat.text, "whether the interface has an address, without which the packet is dropped"};
        end(Verdict::Drop, Truth::Unknown);
    }
    if (condition == Truth::Yes && certain()) {
        rewrite(nat, source);
    } else {
        auto &mapping = source ? m_passing.connection.source : m_passing.connection.destination;
        keepOriginal();
        mapping.address = {Mapping::State::Unknown, source ? m_packet.source : m_packet.destination, std::nullopt};
        blurEnd(source, false);
        blurEnd(source, true);
        m_view.blurred.set(static_cast<std::size_t>(Key::CtStatus));
    }
    return end(Verdict::Accept, condition);
}

/// Later packets of the connection are translated as its first was, and answers the other way round.
void Walker::keepTranslations()
{
    const bool hasNat =
        m_hook == Hook::Prerouting || m_hook == Hook::Output || m_hook == Hook::Input || m_hook == Hook::Postrouting;
    const bool tracked = m_packet.ct == CtState::Established && m_passing.untracked != Truth::Yes;
    if (!hasNat || !tracked) {
        return;
    }
    m_values.clear();
    const bool reply = m_packet.ctDirection == CtDirection::Reply;
    const bool source = translatesSource(m_hook);
    const auto &connection = m_passing.connection;
    const auto &mapping = source != reply ? connection.source : connection.destination;
    const bool sure = m_passing.stateKnown && m_passing.untracked == Truth::No;
    const auto apply = [&](const auto &change, auto &value) {
        const auto &to = reply ? change.before : change.after;
        const bool known = sure && change.state == Mapping::State::Changed && to;
        if (known) {
            value = *to;
        }
        return known || change.state == Mapping::State::Kept;
    };
    auto &packet = m_passing.packet;
    if (!apply(mapping.address, source ? packet.source : packet.destination)) {
        blurEnd(source, false);
    }
    if (!apply(mapping.port, source ? packet.sourcePort : packet.destinationPort)) {
        blurEnd(source, true);
    }
}

} // namespace bothways::filter
