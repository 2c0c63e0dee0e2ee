// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare.h"

namespace bothways::kernel {
namespace {

using filter::Verdict;

/// A verdict, where it fell, and the way there, in words that are equal for both sides.
struct Story {
    std::string verdict;
    std::string rule;
    std::vector<std::string> path;
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

std::string placeOf(const Event &event)
{
    const auto chain = familyName(event.tableFamily) + ' ' + event.table + ' ' + event.chain + ' ';
    return chain + (event.type == EventType::Policy ? "policy" : '#' + std::to_string(event.handle));
}

std::string placeOf(const filter::RuleRef &rule)
{
    const auto chain = rule.family + ' ' + rule.table + ' ' + rule.chain + ' ';
    return chain + (rule.policy ? "policy" : '#' + std::to_string(rule.handle));
}

/// A rule that accepts comes before a policy that does: that is how the walk names the deciding one of several base chains.
Story kernelStory(const Visit &visit)
{
    Story story;
    bool byRule = false;
    for (const auto &event : visit.events) {
        const bool rule = event.type != EventType::Policy;
        if (rule && event.handle == 0) {
            continue; // the kernel shows that the packet enters the chain
        }
        if (rule) {
            story.path.push_back(placeOf(event));
        }
        if (event.type == EventType::Return) {
            continue;
        }
        if (event.verdict == verdictDrop || event.verdict == verdictStolen || event.verdict == verdictQueue) {
            story.verdict = event.verdict == verdictQueue ? "queue" : "stop";
            story.rule = placeOf(event);
            return story;
        }
        if (event.verdict == verdictAccept && (rule || !byRule)) {
            byRule = byRule || rule;
            story.rule = placeOf(event);
        }
    }
    story.verdict = visit.passed ? "accept" : "vanished";
    return story;
}

Story walkStory(const filter::Answer &answer)
{
    Story story;
    for (const auto &rule : answer.path) {
        story.path.push_back(placeOf(rule));
    }
    story.verdict =
        answer.verdict == Verdict::Drop || answer.verdict == Verdict::Reject ? "stop" : std::string(name(answer.verdict));
    story.rule = answer.rule ? placeOf(*answer.rule) : std::string{};
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
    const bool rejects = answer.rule && (" " + answer.rule->text + ' ').find(" reject ") != std::string::npos;
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
    std::string text = " by " + story.rule + "; rules that matched:\n";
    for (const auto &each : story.path) {
        text += "  " + each + '\n';
    }
    return text;
}

} // namespace

Finding compare(const Visit &visit, const filter::Answer &answer)
{
    const auto kernel = kernelStory(visit);
    Finding finding;
    finding.stopped = kernel.verdict == "stop";
    if (answer.verdict == Verdict::Undecided) {
        finding.kind = Finding::Kind::Undecided;
        finding.reason = whyUndecided(answer);
        return finding;
    }
    const auto walk = walkStory(answer);
    const bool alike = kernel.verdict == walk.verdict && isPart(walk.path, kernel.path) && walk.path != kernel.path;
    if (alike && kernel.rule != walk.rule) {
        finding.kind = Finding::Kind::Undecided;
        finding.reason = "the verdict is certain, which rule gives it depends on something unknown";
        return finding;
    }
    const bool same = kernel.verdict == walk.verdict && kernel.rule == walk.rule && rejectsRightly(answer);
    if (same && isPart(walk.path, kernel.path)) {
        finding.partial = walk.path != kernel.path;
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
    text += packet.destinationMac ? " dmac=" + packet.destinationMac->toString() : "";
    return text;
}

} // namespace bothways::kernel
