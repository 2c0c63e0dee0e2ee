// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare.h"

#include <algorithm>

namespace bothways::kernel {
namespace {

using filter::Verdict;

/// A verdict, where it fell, and the way there, in words that are equal for both sides. nft's rules and those of the legacy
/// tables are reported apart, without an order between them.
struct Story {
    std::string verdict;
    std::vector<std::string> rules; ///< that may be called the deciding one
    std::vector<std::string> path;
    std::vector<std::string> legacyPath;
};

std::string familyName(std::uint8_t family)
{
    switch (family) {
    case familyInet:
        return "inet";
    case familyIp:
        return "ip";
    case familyIp6:
        return "ip6";
    case familyArp:
        return "arp";
    case familyBridge:
        return "bridge";
    default:
        return "netdev";
    }
}

/// The last one that accepts is the deciding one, a rule before a policy: that is how the walk names one of several base chains.
struct Accepted {
    std::string byRule;
    std::string byPolicy;
    void add(const std::string &name, bool rule) { (rule ? byRule : byPolicy) = name; }
};

void addEvents(Story &story, Accepted &accepted, const Subject &subject, const Visit &visit)
{
    for (const auto &event : visit.events) {
        const bool rule = event.type != EventType::Policy;
        if (rule && event.handle == 0) {
            continue; // the kernel shows that the packet enters the chain
        }
        const auto name =
            subject.nameOf(familyName(event.tableFamily), event.table, event.chain, static_cast<std::int64_t>(event.handle));
        if (rule) {
            story.path.push_back(name);
        }
        if (event.type == EventType::Return) {
            continue;
        }
        if (event.verdict == verdictAccept) {
            accepted.add(name, rule);
        } else if (event.verdict == verdictDrop || event.verdict == verdictStolen || event.verdict == verdictQueue) {
            story.verdict = event.verdict == verdictQueue ? "queue" : "stop";
            story.rules = {name};
        }
    }
}

/// A legacy table says which rules matched, not what came of it: a packet that is gone afterwards was stopped by the last one.
void addLegacyEvents(Story &story, Accepted &accepted, const Subject &subject, const Visit &visit)
{
    std::string last;
    for (const auto &event : visit.legacy) {
        const auto rule = subject.legacyRule(event.v4, event.table, event.chain, event.position);
        if (rule.isRule) {
            story.legacyPath.push_back(rule.name);
        }
        const bool isBase = std::all_of(event.chain.begin(), event.chain.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
        if (rule.accepts || (!rule.isRule && isBase)) {
            accepted.add(rule.name, rule.isRule);
        }
        last = rule.name;
    }
    if (story.verdict.empty() && !visit.passed && !last.empty()) {
        story.verdict = "stop";
        story.rules = {last};
    }
}

Story kernelStory(const Subject &subject, const Visit &visit)
{
    Story story;
    Accepted nft;
    Accepted legacy;
    addEvents(story, nft, subject, visit);
    addLegacyEvents(story, legacy, subject, visit);
    if (story.verdict.empty()) {
        story.verdict = visit.passed ? "accept" : "vanished";
        const bool byRule = !nft.byRule.empty() || !legacy.byRule.empty();
        for (const auto &each : {nft, legacy}) {
            const auto &name = byRule ? each.byRule : each.byPolicy;
            if (!name.empty()) {
                story.rules.push_back(name);
            }
        }
    }
    return story;
}

Story walkStory(const filter::Answer &answer)
{
    Story story;
    for (const auto &rule : answer.path) {
        (rule.flavour == "legacy" ? story.legacyPath : story.path).push_back(Subject::nameOf(rule));
    }
    story.verdict =
        answer.verdict == Verdict::Drop || answer.verdict == Verdict::Reject ? "stop" : std::string(name(answer.verdict));
    if (answer.rule) {
        story.rules.push_back(Subject::nameOf(*answer.rule));
    }
    return story;
}

std::string whyUndecided(const filter::Answer &answer)
{
    return answer.undecided.empty() ? "no reason given"
                                    : answer.undecided.front().expression + ": " + answer.undecided.front().why;
}

/// The trace shows a reject as a drop; the rule's text tells which it is.
bool rejectsRightly(const filter::Answer &answer)
{
    if (!answer.rule) {
        return answer.verdict != Verdict::Reject;
    }
    const auto text = " " + answer.rule->text + ' ';
    const bool rejects = text.find(answer.rule->backend == "nft" ? " reject " : " -j REJECT ") != std::string::npos;
    return rejects == (answer.verdict == Verdict::Reject);
}

/// Whether `part` is `whole` with some entries left out.
bool isPart(const std::vector<std::string> &part, const std::vector<std::string> &whole)
{
    auto next = part.begin();
    for (const auto &each : whole) {
        next += next != part.end() && *next == each ? 1 : 0;
    }
    return next == part.end();
}

std::string lines(const Story &story)
{
    std::string text = " by";
    for (const auto &each : story.rules) {
        text += ' ' + each + ',';
    }
    text += " rules that matched:\n";
    for (const auto &each : story.path) {
        text += "  " + each + '\n';
    }
    for (const auto &each : story.legacyPath) {
        text += "  " + each + '\n';
    }
    return text;
}

} // namespace

Finding compare(const Subject &subject, const Visit &visit, const filter::Answer &answer)
{
    const auto kernel = kernelStory(subject, visit);
    Finding finding;
    finding.stopped = kernel.verdict == "stop";
    if (answer.verdict == Verdict::Undecided) {
        finding.kind = Finding::Kind::Undecided;
        finding.reason = whyUndecided(answer);
        return finding;
    }
    const auto walk = walkStory(answer);
    const bool part = isPart(walk.path, kernel.path) && isPart(walk.legacyPath, kernel.legacyPath);
    finding.partial = part && (walk.path != kernel.path || walk.legacyPath != kernel.legacyPath);
    const bool sameRule = kernel.rules == walk.rules ||
                          std::count(kernel.rules.begin(), kernel.rules.end(), walk.rules.empty() ? "" : walk.rules.front()) > 0;
    finding.partial = finding.partial || !answer.ruleCertain;
    if (kernel.verdict == walk.verdict && (sameRule || !answer.ruleCertain) && part &&
        (rejectsRightly(answer) || !answer.ruleCertain)) {
        return finding;
    }
    finding.kind = Finding::Kind::Disagreement;
    finding.kernel = kernel.verdict + lines(kernel);
    finding.walk = std::string(name(answer.verdict)) + lines(walk);
    return finding;
}

std::string describe(const filter::Packet &packet)
{
    auto text =
        "src=" + packet.source.toString() + " dst=" + packet.destination.toString() + " proto=" + std::to_string(packet.protocol);
    const auto number = [&text](const char *key, const std::optional<int> &value) {
        text += value ? std::string(" ") + key + '=' + std::to_string(*value) : std::string{};
    };
    number("type", packet.icmpType);
    number("code", packet.icmpCode);
    number("sport", packet.sourcePort);
    number("dport", packet.destinationPort);
    number("flags", packet.tcpFlags ? std::optional<int>(*packet.tcpFlags) : std::nullopt);
    text += " ttl=" + std::to_string(packet.ttl) + " len=" + std::to_string(packet.length);
    text += " mark=" + std::to_string(packet.mark) + " ct=" + std::string(name(packet.ct));
    text += packet.inputInterface.empty() ? "" : " iif=" + packet.inputInterface;
    text += packet.outputInterface.empty() ? "" : " oif=" + packet.outputInterface;
    text += packet.sourceMac ? " smac=" + packet.sourceMac->toString() : "";
    text += packet.inputPort.empty() ? "" : " physin=" + packet.inputPort;
    text += packet.outputPort.empty() ? "" : " physout=" + packet.outputPort;
    text += packet.vlan ? " vlan=" + std::to_string(*packet.vlan) : "";
    text += packet.arpOperation ? " arp op=" + std::to_string(*packet.arpOperation) : "";
    text += packet.destinationMac ? " dmac=" + packet.destinationMac->toString() : "";
    return text;
}

} // namespace bothways::kernel
