// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/preparation/preparation_timeline.h"

#include "checks/finding/build.h"
#include "evidence/utc.h"
#include "facts/rules.h"
#include "filter/model/model.h"

#include <algorithm>
#include <set>

/// PRE-5: what happened when, as far as what was read twice, or captured, tells. Nothing read here keeps when a VM was started or
/// its address was leased, so of that it says nothing.
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::EchoOutcome;
using evidence::Link;

namespace {

struct Event {
    QDateTime at;
    QString what;
};

QDateTime timeOf(qint64 nanoseconds) { return evidence::utc(nanoseconds / 1'000'000); }

class Timeline {
public:
    void note(const QDateTime &at, const QString &what)
    {
        if (at.isValid() && m_events.size() < maximumItems) {
            m_events.push_back({at, what});
        }
    }
    /// Between two looks, so that the time is that of the second.
    void change(const QDateTime &at, const QString &what)
    {
        note(at, what);
        if (m_changes.size() < static_cast<qsizetype>(maximumItems)) {
            m_changes << what;
        }
    }
    void compared() { m_compared = true; }

    const QStringList &changes() const { return m_changes; }
    bool isEmpty() const { return m_events.empty(); }
    bool wasCompared() const { return m_compared; }
    void showIn(Finding &finding)
    {
        std::stable_sort(m_events.begin(), m_events.end(),
                         [](const Event &one, const Event &other) { return one.at < other.at; });
        for (const auto &event : m_events) {
            show(finding, translate("checks", "timeline"), event.what, event.at);
        }
    }

private:
    std::vector<Event> m_events;
    QStringList m_changes;
    bool m_compared = false;
};

/// Every rule by its place and text, without what it counted.
std::set<std::string> linesOf(const Rules &rules)
{
    std::set<std::string> lines;
    for (const auto &table : rules.ruleset.tables()) {
        const auto place = table.backend + ' ' + table.flavour + ' ' + table.family + ' ' + table.name + ' ';
        for (const auto &chain : table.chains) {
            lines.insert(place + chain.name + (chain.base && chain.base->dropByPolicy ? " policy drop" : ""));
            for (const auto &rule : chain.rules) {
                lines.insert(place + chain.name + ' ' + std::to_string(rule.handle) + ' ' + rule.text);
            }
        }
    }
    return lines;
}

/// `other`: the same at another time.
void compareRules(Timeline &timeline, const Rules &other, const Rules &now, const QString &changed)
{
    if (other.read && now.read) {
        timeline.compared();
        if (linesOf(other) != linesOf(now)) {
            timeline.change(now.at, changed);
        }
    }
}

QString stateOf(const Link &link)
{
    return u"%1 %2"_s.arg(link.up ? (link.carrier ? u"UP"_s : u"NO-CARRIER"_s) : u"DOWN"_s, link.master).trimmed();
}

void compareLinks(Timeline &timeline, const Case &given)
{
    const auto &before = given.evidence.hostBefore.value.links;
    const auto &after = given.evidence.host.value.links;
    if (!given.evidence.hostBefore.isRead() || !before.isRead() || !given.evidence.host.isRead() || !after.isRead()) {
        return;
    }
    timeline.compared();
    QMap<QString, const Link *> known;
    for (const auto &link : before.value) {
        known.insert(link.name, &link);
    }
    for (const auto &link : after.value) {
        const auto *earlier = known.take(link.name);
        if (earlier == nullptr) {
            timeline.change(after.at, translate("checks", "the host's interface %1 came").arg(link.name));
        } else if (stateOf(*earlier) != stateOf(link)) {
            timeline.change(after.at, translate("checks", "the host's interface %1 went from %2 to %3")
                                          .arg(link.name, stateOf(*earlier), stateOf(link)));
        } else if (earlier->mac != link.mac) {
            timeline.change(after.at, translate("checks", "the MAC of the host's interface %1 changed").arg(link.name));
        }
    }
    for (auto it = known.cbegin(); it != known.cend(); ++it) {
        timeline.change(after.at, translate("checks", "the host's interface %1 went away").arg(it.key()));
    }
}

void compareEntry(Timeline &timeline, const Case &given)
{
    const auto &before = given.evidence.hostBefore.value.neighbours;
    const auto *now = given.scene.entry;
    if (!given.evidence.hostBefore.isRead() || !before.isRead() || now == nullptr) {
        return;
    }
    timeline.compared();
    for (const auto &entry : before.value) {
        if (entry.address == now->address && entry.interface == now->interface && entry.mac && now->mac &&
            entry.mac != now->mac) {
            timeline.change(given.evidence.host.value.neighbours.at,
                            translate("checks", "the host's neighbour entry for the VM went from %1 to %2")
                                .arg(text(entry.mac->toString()), text(now->mac->toString())));
        }
    }
}

/// Where the echo began or ceased to be answered within the series.
void noteEcho(Timeline &timeline, const Scene &scene)
{
    if (scene.main == nullptr) {
        return;
    }
    std::optional<bool> answered;
    for (const auto &sample : scene.main->samples) {
        if (sample.outcome == EchoOutcome::Cancelled) {
            continue;
        }
        const bool reply = sample.outcome == EchoOutcome::Reply && !sample.late;
        if (!answered) {
            timeline.note(sample.sentAt, reply ? translate("checks", "the first echo request was sent, and answered")
                                               : translate("checks", "the first echo request was sent, and not answered"));
        } else if (*answered != reply) {
            timeline.change(sample.sentAt, (reply ? translate("checks", "echo requests were answered from number %1 on")
                                                  : translate("checks", "echo requests were not answered from number %1 on"))
                                               .arg(sample.sequence));
        }
        answered = reply;
    }
}

void noteCaptures(Timeline &timeline, const Scene &scene)
{
    const auto &captures = scene.evidence->captures;
    if (!captures.isRead()) {
        return;
    }
    for (const auto &point : captures.value.points) {
        if (point.opened && point.fromNs > 0) {
            timeline.note(timeOf(point.fromNs), translate("checks", "capturing at %1 began").arg(point.name));
        }
        if (point.opened && !point.problem.isEmpty()) {
            timeline.change(timeOf(point.toNs), labelled(point.name, point.problem));
        }
    }
    QMap<QString, std::pair<qint64, qint64>> heard;
    for (const auto &use : captures.value.uses) {
        if (!use.address || use.address != scene.vmAddress || heard.size() > maximumNames) {
            continue;
        }
        const auto mac = text(use.mac.toString());
        const auto known = heard.find(mac);
        heard.insert(mac, known == heard.end()
                              ? std::pair(use.firstNs, use.lastNs)
                              : std::pair(std::min(known->first, use.firstNs), std::max(known->second, use.lastNs)));
    }
    for (auto it = heard.cbegin(); it != heard.cend(); ++it) {
        timeline.note(timeOf(it->first), translate("checks", "the VM's address was heard from %1").arg(it.key()));
        timeline.note(timeOf(it->second), translate("checks", "the VM's address was last heard from %1").arg(it.key()));
    }
}

} // namespace

Finding pre5(const Case &given)
{
    Finding finding;
    const auto &evidence = given.evidence;
    Timeline timeline;
    timeline.note(evidence.started, translate("checks", "this run began"));
    noteEcho(timeline, given.scene);
    noteCaptures(timeline, given.scene);
    compareRules(timeline, given.hostRulesBefore, given.hostRules, translate("checks", "the host's packet filter was changed"));
    compareRules(timeline, given.guestRulesAfter, given.guestRules, translate("checks", "the guest's packet filter was changed"));
    compareLinks(timeline, given);
    compareEntry(timeline, given);
    timeline.note(evidence.finished, translate("checks", "this run ended"));
    timeline.showIn(finding);
    const auto beyond =
        translate("checks", "When the fault began is not known: nothing that was read keeps when the VM was started, when "
                            "its address was leased or when a rule was added.");
    if (!timeline.wasCompared() && !evidence.captures.isRead()) {
        say(finding, Status::Skipped, translate("checks", "Nothing was read twice or captured, so no change could show."),
            beyond);
    } else if (timeline.changes().isEmpty()) {
        say(finding, Status::Pass, translate("checks", "Nothing that was looked at changed while this run lasted."), beyond);
    } else {
        say(finding, Status::Warn,
            translate("checks", "While this run lasted: %1.").arg(clauses(timeline.changes().mid(0, maximumNames))), beyond);
    }
    return finding;
}

} // namespace bothways::checks
