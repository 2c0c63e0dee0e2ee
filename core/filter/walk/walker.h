// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/order.h"
#include "filter/model/place.h"
#include "filter/ruleset.h"
#include "filter/walk/answer.h"
#include "filter/walk/passing.h"

#include <array>
#include <limits>
#include <utility>

/// The walk itself. Private to core/filter.
namespace bothways::filter {

/// Follows every path the packet may take: one where all is known, two behind each unknown condition. Paths are not
/// told apart afterwards; it suffices to know which verdicts some path ends with.
class Walker {
public:
    /// Both must outlive it. What the hook does to the packet is in `passing` afterwards.
    Walker(const Ruleset &rules, Hook hook, Passing &passing);
    /// Only the base chains of these priorities.
    void limitTo(int first, int last);
    /// Takes what stops the packet for mended, and goes on.
    void mend() { m_mending = true; }
    /// An accept of this very packet stands before these rules (or policies).
    void acceptBefore(const std::vector<Place> &places) { m_accepting.insert(m_accepting.end(), places.begin(), places.end()); }
    Answer answer();
    std::vector<Place> blockers();
    /// Where the packet may be stopped, or nobody knows what becomes of it, after answer().
    std::vector<Place> stops() const;

private:
    enum class Next : std::uint8_t { Rule, Leave, Dead }; ///< go on; back to the caller; no path goes on

    /// A chain being run: whether some path has left it, and how many doubts that left behind for the rest of it.
    struct Frame {
        bool left = false;
        int doubt = 0;
    };
    struct End {
        Place place;
        std::string field;
        std::string set;
    };
    void run();
    Truth comesBy(const BaseChain &base) const;
    Truth asksNat() const;
    void keepTranslations();
    void finish();
    void enter(const BaseChain &base);
    void reachEnd(const Chain &chain);
    bool runChain(std::size_t chain, int depth);
    Next runRule(const Rule &rule, int depth);
    bool goesOn(const Statement &statement, Truth &condition);
    Next apply(const Action &action, Truth condition, int depth);
    Next applyMap(const VerdictMap &map, Truth &condition, int depth);
    Next settle(Next next, Truth condition);
    bool meet(Truth &condition, Truth truth, const std::string &expression, std::string_view why);
    Next meetFragment(const FirstFragment &first, Truth &condition);
    void doubt(Truth &condition, const std::string &expression, const std::string &why);
    Next end(Verdict verdict, Truth condition);
    Next descend(const Action &action, Truth condition, int depth);
    Next giveUp(const std::string &expression, const std::string &why);
    void setMark(const SetMark &mark, Truth condition);
    Truth assign(const Assign &assign, Truth condition);
    void stopTracking(Truth condition);
    void assume(const Assumed &assumed);
    Next translate(const Nat &nat, Truth condition);
    void keepOriginal();
    void rewrite(const Nat &nat, bool source);
    void blurEnd(bool source, bool port);
    bool isAccepted() const;
    void recordUnknown(const std::string &expression, const std::string &why);
    void recordPath();
    std::optional<CtState> ctAt(int priority) const;
    bool hasZone() const;
    bool certain() const { return m_doubt == 0 && m_forked == 0; }
    std::pair<std::string, std::string> decisiveField() const;
    static std::pair<const Match *, int> decisiveMatch(const Rule &rule);

    const Ruleset &m_rules;
    Hook m_hook;
    Passing &m_passing;
    const Packet &m_packet;
    bool m_mending = false;
    int m_firstPriority = std::numeric_limits<int>::min();
    int m_lastPriority = std::numeric_limits<int>::max();
    std::vector<Place> m_accepting;
    View m_view;
    Values m_values;
    Place m_place;
    int m_priority = 0;
    std::vector<const Rule *> m_jumps;
    std::vector<Frame> m_frames;
    std::vector<std::size_t> m_chains;              ///< that are being run, of the table at hand
    std::pair<std::string, std::string> m_mapField; ///< what a verdict map found for the rule at hand, and the map's name
    std::array<std::optional<End>, 5> m_ends;
    std::optional<End> m_accepted; ///< the last accept by a rule
    bool m_maybeAccepted = false;  ///< another rule behind it may accept
    bool m_maybeStopped = false;   ///< more than one rule or policy may stop the packet
    std::vector<Place> m_path;
    std::vector<Undecided> m_undecided;
    std::vector<Assumption> m_assumptions;
    std::vector<Place> m_blockers;
    std::pair<std::string, std::string> m_unknown; ///< expression and reason of the first unknown of the rule at hand
    int m_doubt = 0;                               ///< how many unknowns led to where we are
    int m_forked = 0;                              ///< how many paths may have ended on the way
    std::size_t m_steps = 0;
};

} // namespace bothways::filter
