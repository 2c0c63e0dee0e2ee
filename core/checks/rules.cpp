// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/rules.h"

#include "checks/build.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace bothways::checks {

using namespace Qt::Literals::StringLiterals;
using evidence::Access;

namespace {

constexpr int maximumCandidates = 64;

QString labelOf(const evidence::RulesetDump &dump)
{
    if (dump.format == u"nft-json"_s) {
        return u"nftables"_s;
    }
    const auto program = dump.format.endsWith(u"-save"_s) ? dump.format.chopped(5) : dump.format;
    return dump.flavour.isEmpty() ? program : program + u'-' + dump.flavour;
}

tl::expected<void, filter::ParseError> add(filter::Ruleset &ruleset, const evidence::RulesetDump &dump)
{
    const auto bytes = dump.text.value.toUtf8();
    const std::string_view view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (dump.format == u"nft-json"_s) {
        return ruleset.addNftJson(view);
    }
    const auto family = dump.format == u"ip6tables-save"_s ? net::Family::v6 : net::Family::v4;
    return ruleset.addIptablesSave(view, family, dump.flavour.toStdString());
}

bool isEvaluated(const QString &format)
{
    return format == u"nft-json"_s || format == u"iptables-save"_s || format == u"ip6tables-save"_s;
}

bool same(const filter::RuleRef &a, const filter::RuleRef &b)
{
    return a.backend == b.backend && a.flavour == b.flavour && a.family == b.family && a.table == b.table && a.chain == b.chain &&
           a.handle == b.handle && a.policy == b.policy && (a.handle != 0 || a.position == b.position);
}

QString quoted(const filter::RuleRef &rule)
{
    return u"%1 %2: %3"_s.arg(QString::fromStdString(rule.table), QString::fromStdString(rule.chain),
                              QString::fromStdString(rule.text));
}

void noteOpen(Passage &passage, const filter::Answer &answer)
{
    for (const auto &item : answer.undecided) {
        const auto expression = QString::fromStdString(item.expression);
        passage.open << translate("checks", R"(In "%1" the expression "%2" could not be evaluated: %3)")
                            .arg(quoted(item.rule), expression, QString::fromStdString(item.why));
    }
    if (answer.verdict == filter::Verdict::Queue && answer.rule) {
        passage.open << translate("checks", "\"%1\" hands the packet to a program, which decides.").arg(quoted(*answer.rule));
    }
    if (passage.open.isEmpty()) {
        passage.open << translate("checks", "The rules could not be evaluated to the end.");
    }
}

/// Addresses written anywhere in the dumps. A network's own address stands for a source inside it.
std::vector<net::IpAddress> namedAddresses(const std::vector<evidence::RulesetDump> &dumps, net::Family family)
{
    static const QRegularExpression pattern(u"[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}"_s);
    std::vector<net::IpAddress> found;
    for (const auto &dump : dumps) {
        if (!dump.text.isRead()) {
            continue;
        }
        auto matches = pattern.globalMatch(dump.text.value);
        while (matches.hasNext() && found.size() < maximumCandidates) {
            const auto address = net::IpAddress::parse(matches.next().captured().toStdString());
            if (address && address->family() == family && std::find(found.begin(), found.end(), *address) == found.end()) {
                found.push_back(*address);
            }
        }
    }
    return found;
}

bool namesSource(const filter::RuleRef &rule)
{
    return rule.text.find("saddr") != std::string::npos || rule.text.find("-s ") != std::string::npos ||
           rule.text.find("--src-range") != std::string::npos || !rule.set.empty();
}

bool excludesSource(const filter::RuleRef &rule)
{
    return rule.text.find("saddr !=") != std::string::npos || rule.text.find("! -s ") != std::string::npos;
}

/// True where the dump settles its share: rules were read, or nftables itself is not there, so it has none. Absent legacy
/// tables alone do not say that nobody filters.
bool readDump(Rules &rules, const evidence::RulesetDump &dump)
{
    if (dump.text.access == Access::Absent) {
        return dump.format == u"nft-json"_s;
    }
    if (!dump.text.isRead()) {
        rules.problems << translate("checks", "The rules of %1 could not be read. %2").arg(labelOf(dump), whyNot(dump.text));
        return false;
    }
    if (!isEvaluated(dump.format)) {
        rules.problems
            << translate("checks", "The rules of %1 were read, but this version cannot evaluate them.").arg(labelOf(dump));
        return false;
    }
    const auto added = add(rules.ruleset, dump);
    if (!added) {
        const auto &error = added.error();
        rules.problems << translate("checks", "The rules of %1 could not be understood at %2: %3.")
                              .arg(labelOf(dump))
                              .arg(error.position >= 0 ? QString::number(error.position) : QString::fromStdString(error.path))
                              .arg(QString::fromStdString(error.message));
        return false;
    }
    rules.sources << (dump.text.source.isEmpty() ? labelOf(dump) : dump.text.source);
    rules.at = rules.at.isValid() ? rules.at : dump.text.at;
    return true;
}

} // namespace

Rules readRules(const std::vector<evidence::RulesetDump> &dumps)
{
    Rules rules;
    bool any = false;
    // nft first: it names the tables that only iptables-save can tell in full.
    for (const bool nft : {true, false}) {
        for (const auto &dump : dumps) {
            if ((dump.format == u"nft-json"_s) == nft && dump.format != u"ebtables-save"_s) {
                any = readDump(rules, dump) || any;
            }
        }
    }
    if (!any && rules.problems.isEmpty()) {
        rules.problems << translate("checks", "No tool there could list the packet filter.");
    }
    rules.read = any && rules.problems.isEmpty();
    return rules;
}

Passage pass(const Rules &rules, const std::vector<Leg> &legs)
{
    Passage result;
    result.fate = Passage::Fate::Passes;
    for (const auto &leg : legs) {
        const auto answer = filter::walk(rules.ruleset, leg.hook, leg.packet);
        if (answer.verdict == filter::Verdict::Drop || answer.verdict == filter::Verdict::Reject) {
            result.fate = Passage::Fate::Stopped;
            result.hook = leg.hook;
            result.packet = leg.packet;
            result.stoppers = filter::blockers(rules.ruleset, leg.hook, leg.packet);
            if (answer.rule) {
                const auto known = std::find_if(result.stoppers.begin(), result.stoppers.end(),
                                                [&](const auto &rule) { return same(rule, *answer.rule); });
                if (known != result.stoppers.end()) {
                    result.stoppers.erase(known);
                }
                result.stoppers.insert(result.stoppers.begin(), *answer.rule);
            }
            result.open.clear();
            return result;
        }
        if (answer.verdict != filter::Verdict::Accept) {
            result.fate = Passage::Fate::Open;
            result.hook = leg.hook;
            result.packet = leg.packet;
            noteOpen(result, answer);
        }
    }
    if (result.fate == Passage::Fate::Passes && !rules.read) {
        result.fate = Passage::Fate::Open;
        result.open = rules.problems;
    }
    return result;
}

std::optional<qint64> grown(const Rules &before, const Rules &after, const Passage &passage)
{
    if (passage.stoppers.empty()) {
        return std::nullopt;
    }
    const auto first = filter::walk(before.ruleset, passage.hook, passage.packet);
    const auto second = filter::walk(after.ruleset, passage.hook, passage.packet);
    const auto &rule = passage.stoppers.front();
    const bool found = first.rule && second.rule && same(*first.rule, rule) && same(*second.rule, rule);
    if (!found || first.rule->packets < 0 || second.rule->packets < 0) {
        return std::nullopt;
    }
    qint64 growth = 0;
    return __builtin_sub_overflow(second.rule->packets, first.rule->packets, &growth) ? std::nullopt : std::optional(growth);
}

bool passesFromNamedSource(const Rules &rules, const std::vector<evidence::RulesetDump> &dumps, const Passage &stopped)
{
    if (stopped.stoppers.empty()) {
        return false;
    }
    const auto original = filter::walk(rules.ruleset, stopped.hook, stopped.packet);
    for (const auto &source : namedAddresses(dumps, stopped.packet.source.family())) {
        if (source == stopped.packet.source || source == stopped.packet.destination || source.isUnspecified() ||
            source.isLoopback() || source.isMulticast()) {
            continue;
        }
        auto packet = stopped.packet;
        packet.source = source;
        const auto answer = filter::walk(rules.ruleset, stopped.hook, packet);
        if (answer.verdict != filter::Verdict::Accept) {
            continue;
        }
        auto steps = answer.path;
        if (answer.rule) {
            steps.push_back(*answer.rule);
        }
        const bool letIn = std::any_of(steps.begin(), steps.end(), [&](const filter::RuleRef &rule) {
            const bool also = std::any_of(original.path.begin(), original.path.end(),
                                          [&](const filter::RuleRef &other) { return same(rule, other); });
            return !rule.policy && namesSource(rule) && !also;
        });
        if (letIn || excludesSource(stopped.stoppers.front())) {
            return true;
        }
    }
    return false;
}

} // namespace bothways::checks
