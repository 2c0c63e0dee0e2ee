// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/rules.h"

#include "facts/fib.h"
#include "facts/why_not.h"
#include "filter/walk/hook_walk.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;
using evidence::Access;
using evidence::RulesetFormat;

namespace {

constexpr int maximumCandidates = 64;

tl::expected<void, filter::ParseError> add(filter::Ruleset &ruleset, const evidence::RulesetDump &dump)
{
    const auto bytes = dump.text.value.toUtf8();
    const std::string_view view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    if (dump.format == RulesetFormat::NftJson) {
        return ruleset.addNftJson(view);
    }
    if (dump.format == RulesetFormat::EbtablesSave) {
        return ruleset.addEbtablesSave(view, name(dump.flavour).toStdString());
    }
    const auto family = dump.format == RulesetFormat::Ip6tablesSave ? net::Family::v6 : net::Family::v4;
    return ruleset.addIptablesSave(view, family, name(dump.flavour).toStdString());
}

bool isEvaluated(RulesetFormat format)
{
    return format == RulesetFormat::NftJson || format == RulesetFormat::IptablesSave || format == RulesetFormat::Ip6tablesSave ||
           format == RulesetFormat::EbtablesSave;
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
        passage.undecided.push_back(item.rule);
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
bool readDump(Rules &rules, const evidence::RulesetDump &dump, QStringList &problems)
{
    if (dump.text.access == Access::Absent) {
        rules.at = rules.at.isValid() ? rules.at : dump.text.at; // that there is none was seen then
        return dump.format == RulesetFormat::NftJson;
    }
    if (!dump.text.isRead()) {
        problems << translate("checks", "The rules of %1 could not be read. %2").arg(labelOf(dump), whyNot(dump.text));
        return false;
    }
    if (!isEvaluated(dump.format.value())) {
        problems << translate("checks", "The rules of %1 were read, but this version cannot evaluate them.").arg(labelOf(dump));
        return false;
    }
    const auto added = add(rules.ruleset, dump);
    if (!added) {
        const auto &error = added.error();
        problems << translate("checks", "The rules of %1 could not be understood at %2: %3.")
                        .arg(labelOf(dump))
                        .arg(error.position >= 0 ? QString::number(error.position) : QString::fromStdString(error.path))
                        .arg(QString::fromStdString(error.message));
        return false;
    }
    rules.sources << (dump.text.source.isEmpty() ? labelOf(dump) : dump.text.source);
    rules.at = rules.at.isValid() ? rules.at : dump.text.at;
    return true;
}

/// Hooks of devices belong to whatever device it is: the bridge's port, or the interface that has the address.
Layer layerOf(const filter::Step &step, const std::string &port)
{
    if (filter::isDevice(step.hook)) {
        const auto &device = step.hook == filter::Hook::Ingress ? step.packet.inputInterface : step.packet.outputInterface;
        return !port.empty() && device == port ? Layer::Bridge : Layer::Ip;
    }
    return filter::isBridge(step.hook) || filter::isArp(step.hook) ? Layer::Bridge : Layer::Ip;
}

void stop(Passage &passage, const Rules &rules, const filter::Step &step)
{
    passage.fate = Passage::Fate::Stopped;
    passage.hook = step.hook;
    passage.packet = step.packet;
    passage.open.clear();
    passage.stopperCertain = step.answer.ruleCertain;
    passage.stoppers = filter::blockers(rules.ruleset, step.hook, step.before);
    if (step.answer.rule) {
        std::erase_if(passage.stoppers, [&](const auto &rule) { return same(rule, *step.answer.rule); });
        passage.stoppers.insert(passage.stoppers.begin(), *step.answer.rule);
    }
}

bool worse(const Passage &a, const Passage &b) { return a.fate == Passage::Fate::Stopped && b.fate != Passage::Fate::Stopped; }

} // namespace

QString labelOf(const evidence::RulesetDump &dump)
{
    if (dump.format == evidence::RulesetFormat::NftJson) {
        return u"nftables"_s;
    }
    const auto format = dump.format.word();
    const auto program = format.endsWith(u"-save"_s) ? format.chopped(5) : format;
    return dump.flavour == evidence::XtablesFlavour::None ? program : program + u'-' + name(dump.flavour);
}

Rules readRules(const std::vector<evidence::RulesetDump> &dumps)
{
    Rules rules;
    bool any = false;
    bool nft = false;
    for (const auto &dump : dumps) {
        // nft first: it names the tables that only the save programs can tell in full.
        if (dump.format == RulesetFormat::NftJson) {
            nft = readDump(rules, dump, rules.problems) || nft;
        }
    }
    rules.bridgeProblems = rules.problems;
    any = nft;
    for (const auto &dump : dumps) {
        if (dump.format == RulesetFormat::EbtablesSave) {
            readDump(rules, dump, rules.bridgeProblems);
        } else if (dump.format != RulesetFormat::NftJson) {
            any = readDump(rules, dump, rules.problems) || any;
        }
    }
    const auto none = translate("checks", "No tool there could list the packet filter.");
    if (!any && rules.problems.isEmpty()) {
        rules.problems << none;
    }
    if (!nft && rules.bridgeProblems.isEmpty()) {
        rules.bridgeProblems << none;
    }
    rules.read = any && rules.problems.isEmpty();
    rules.bridgeRead = nft && rules.bridgeProblems.isEmpty();
    return rules;
}

Passage passageOf(const Rules &rules, const filter::PathAnswer &path, Layer layer, const std::string &port)
{
    Passage result;
    result.fate = Passage::Fate::Passes;
    for (const auto &step : path.steps) {
        if (layerOf(step, port) != layer) {
            continue;
        }
        if (step.answer.verdict == filter::Verdict::Drop || step.answer.verdict == filter::Verdict::Reject) {
            stop(result, rules, step);
            return result;
        }
        for (const auto &each : step.answer.assumptions) {
            result.assumed << QString::fromStdString(each.expression);
        }
        if (step.answer.verdict != filter::Verdict::Accept) {
            result.fate = Passage::Fate::Open;
            result.hook = step.hook;
            result.packet = step.packet;
            noteOpen(result, step.answer);
        }
    }
    if (path.rerouted && path.verdict == filter::Verdict::Undecided && layer == Layer::Ip) {
        result.fate = Passage::Fate::Open;
        result.open << translate("checks", "The rules give it another destination; where that leads was not followed.");
    }
    const bool read = layer == Layer::Ip ? rules.read : rules.bridgeRead;
    if (result.fate == Passage::Fate::Passes && !read) {
        result.fate = Passage::Fate::Open;
        result.open = layer == Layer::Ip ? rules.problems : rules.bridgeProblems;
    }
    return result;
}

Rules Rules::with(std::vector<filter::Acceptance> accepts) const
{
    return {ruleset.with(std::move(accepts)), read, problems, bridgeRead, bridgeProblems, sources, at};
}

Passage pass(const Rules &rules, filter::Way way, const filter::Packet &packet, filter::BridgeNetfilter bridging, Layer layer)
{
    filter::Passing passing(packet);
    const auto port = way == filter::Way::In ? packet.inputPort : packet.outputPort;
    return passageOf(rules, filter::walkPath(rules.ruleset, way, passing, bridging), layer, port);
}

Round ask(const Rules &rules, const End &end, const filter::Packet &request, Layer layer)
{
    using Role = filter::Machine::Role;
    static const filter::Ruleset none;
    const bool sends = end.role == Role::Sender;
    const filter::Machine::Side side{end.interface.toStdString(), end.port.toStdString()};
    filter::Machine here{&rules.ruleset, end.role, {}, {}, end.bridging};
    if (end.node != nullptr) {
        here.addressType = [node = end.node](const net::IpAddress &address) { return addressType(*node, address); };
    }
    (sends ? here.towardsReceiver : here.towardsSender) = side;
    const filter::Machine peer{&none, sends ? Role::Receiver : Role::Sender, {}, {}, {}};
    const std::vector<filter::Machine> machines = sends ? std::vector{here, peer} : std::vector{peer, here};
    Round round;
    for (const auto &crossing : filter::walkExchange(machines, request)) {
        if (crossing.machine != (sends ? 0U : 1U)) {
            continue;
        }
        auto passage = passageOf(rules, crossing.path, layer, side.port);
        if (crossing.turn == filter::Turn::Reply) {
            round.reply = std::move(passage);
        } else if (crossing.turn == filter::Turn::FirstRequest || worse(passage, round.request)) {
            round.request = std::move(passage);
        }
    }
    return round;
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

} // namespace bothways::facts
