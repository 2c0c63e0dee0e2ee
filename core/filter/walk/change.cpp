// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/walk/change.h"

#include "filter/nft/nft_text.h"
#include "filter/packet/value_names.h"
#include "filter/walk/walker.h"

#include <algorithm>

namespace bothways::filter {
namespace {

constexpr int icmp = 1;
constexpr int tcp = 6;
constexpr int udp = 17;
constexpr int icmpv6 = 58;
constexpr std::size_t mostChanges = 64;

using Words = std::vector<std::string>;

void add(Words &words, std::initializer_list<std::string> more) { words.insert(words.end(), more); }

std::string named(Type type, std::uint64_t number)
{
    const auto name = nameOf(type, number);
    return name.empty() ? std::to_string(number) : std::string(name);
}

/// iptables names the two of discovery its own way (libip6t_icmp6.c).
std::string xtablesType(bool v4, int type)
{
    if (!v4 && type == 135) {
        return "neighbour-solicitation";
    }
    if (!v4 && type == 136) {
        return "neighbour-advertisement";
    }
    const bool echo = v4 ? type == 0 || type == 8 : type == 128 || type == 129;
    return echo ? named(v4 ? Type::IcmpType : Type::Icmpv6Type, static_cast<std::uint64_t>(type)) : std::to_string(type);
}

void addIcmp(Opening &opening, const Packet &packet, bool ebtables)
{
    const bool v4 = packet.protocol == icmp;
    const int type = packet.icmpType.value_or(v4 ? 8 : 128);
    const int code = packet.icmpCode.value_or(0);
    const std::string nft = v4 ? "icmp" : "icmpv6";
    add(opening.nft, {nft, "type", named(v4 ? Type::IcmpType : Type::Icmpv6Type, static_cast<std::uint64_t>(type))});
    if (code != 0) {
        add(opening.nft, {nft, "code", std::to_string(code)});
    }
    const auto number = std::to_string(type) + (code != 0 ? "/" + std::to_string(code) : "");
    if (ebtables) {
        add(opening.xtables, {v4 ? "--ip-icmp-type" : "--ip6-icmp-type", number});
    } else {
        add(opening.xtables, {v4 ? "--icmp-type" : "--icmpv6-type", code != 0 ? number : xtablesType(v4, type)});
    }
}

/// A port that is called stands; that of the caller changes with every call. In an answer it is the other way round.
void addPort(Opening &opening, const Packet &packet, const std::string &prefix)
{
    const bool answer = packet.ct == CtState::Established &&
                        packet.ctDirection.value_or(CtDirection::Reply) == CtDirection::Reply && packet.sourcePort &&
                        (!packet.destinationPort || *packet.sourcePort < *packet.destinationPort);
    const auto &port = answer ? packet.sourcePort : packet.destinationPort;
    if (!port) {
        return;
    }
    const std::string name = packet.protocol == tcp ? "tcp" : "udp";
    add(opening.nft, {name, answer ? "sport" : "dport", std::to_string(*port)});
    add(opening.xtables, {prefix + (answer ? "sport" : "dport"), std::to_string(*port)});
}

void addTransport(Opening &opening, const Packet &packet, bool ebtables)
{
    const std::string ip = packet.destination.isV4() ? "ip" : "ip6";
    const auto protocol =
        packet.protocol == icmpv6 ? std::string("ipv6-icmp") : named(Type::Protocol, static_cast<std::uint64_t>(packet.protocol));
    add(opening.xtables, {ebtables ? "--" + ip + "-proto" : "-p", protocol});
    if (packet.protocol == icmp || packet.protocol == icmpv6) {
        addIcmp(opening, packet, ebtables);
        return;
    }
    const bool ports = packet.protocol == tcp || packet.protocol == udp;
    if (!ports || !(packet.destinationPort || packet.sourcePort)) {
        add(opening.nft, {"meta", "l4proto", named(Type::Protocol, static_cast<std::uint64_t>(packet.protocol))});
        return;
    }
    addPort(opening, packet, ebtables ? "--" + ip + "-" : "--");
}

Opening arpOpening(const Packet &packet)
{
    Opening opening;
    const auto source = packet.source.toString();
    const auto destination = packet.destination.toString();
    add(opening.nft, {"arp", "saddr", "ip", source, "arp", "daddr", "ip", destination});
    add(opening.xtables, {"-p", "ARP", "--arp-ip-src", source, "--arp-ip-dst", destination});
    return opening;
}

Opening frameOpening(const Packet &packet)
{
    Opening opening;
    const auto type = named(Type::EtherProtocol, packet.payloadType());
    if (packet.sourceMac) {
        add(opening.nft, {"ether", "saddr", packet.sourceMac->toString()});
        add(opening.xtables, {"-s", packet.sourceMac->toString()});
    }
    add(opening.nft, {"ether", "type", type});
    add(opening.xtables, {"-p", std::to_string(packet.payloadType())});
    return opening;
}

bool isXtables(const RuleRef &rule)
{
    return rule.backend == "iptables" || rule.backend == "ip6tables" || rule.backend == "ebtables" || rule.backend == "arptables";
}

Words commandFor(const RuleRef &before, const Opening &opening)
{
    Words words;
    if (isXtables(before)) {
        const bool canBeNamed = !before.chain.empty() && before.chain.front() != '-' && (before.policy || before.position > 0);
        if (!canBeNamed) {
            return {};
        }
        words = {before.flavour.empty() ? before.backend : before.backend + '-' + before.flavour, "-t", before.table,
                 before.policy ? "-A" : "-I", before.chain};
        if (!before.policy) {
            words.push_back(std::to_string(before.position));
        }
        words.insert(words.end(), opening.xtables.begin(), opening.xtables.end());
        add(words, {"-j", "ACCEPT"});
        return words;
    }
    // nft reads its words again as its own language, whatever a shell's quotes did: a name may hold a command.
    const bool canBeNamed = isNftIdentifier(before.family) && isNftIdentifier(before.table) && isNftIdentifier(before.chain);
    if (!canBeNamed || (!before.policy && before.handle <= 0)) {
        return {};
    }
    words = {"nft", before.policy ? "add" : "insert", "rule", before.family, before.table, before.chain};
    if (!before.policy) {
        add(words, {"handle", std::to_string(before.handle)});
    }
    words.insert(words.end(), opening.nft.begin(), opening.nft.end());
    add(words, {"counter", "accept"});
    return words;
}

/// Where the packet may still be stopped once accepts stand before these places; empty where it passes for certain.
std::vector<Place> stillStopped(const Ruleset &rules, Hook hook, Passing passing, const std::vector<Place> &places)
{
    Walker walker(rules, hook, passing);
    walker.acceptBefore(places);
    const auto answer = walker.answer();
    return answer.verdict == Verdict::Accept ? std::vector<Place>{} : walker.stops();
}

} // namespace

Opening openingFor(const Packet &packet, const RuleRef &before)
{
    if (packet.payloadType() == etherArp) {
        return arpOpening(packet);
    }
    if (packet.payloadType() != etherIpv4 && packet.payloadType() != etherIpv6) {
        return frameOpening(packet);
    }
    Opening opening;
    const bool ebtables = before.backend == "ebtables";
    const bool v4 = packet.destination.isV4();
    const std::string ip = v4 ? "ip" : "ip6";
    const auto source = packet.source.toString();
    const auto destination = packet.destination.toString();
    add(opening.nft, {ip, "saddr", source, ip, "daddr", destination});
    if (ebtables) {
        add(opening.xtables, {"-p", v4 ? "IPv4" : "IPv6", "--" + ip + "-src", source, "--" + ip + "-dst", destination});
    } else {
        add(opening.xtables, {"-s", source, "-d", destination});
    }
    addTransport(opening, packet, ebtables);
    return opening;
}

std::vector<Change> smallestChange(const Ruleset &rules, Hook hook, const Passing &passing)
{
    std::vector<Place> places;
    auto stops = stillStopped(rules, hook, passing, places);
    while (!stops.empty() && places.size() < mostChanges) {
        places.push_back(stops.front());
        stops = stillStopped(rules, hook, passing, places);
    }
    if (!stops.empty()) {
        return {};
    }
    std::vector<Change> changes;
    std::transform(places.begin(), places.end(), std::back_inserter(changes), [&passing](const Place &place) {
        Change change{reference(place), {}, {}};
        change.opening = openingFor(passing.packet, change.before);
        change.command = commandFor(change.before, change.opening);
        return change;
    });
    return changes;
}

} // namespace bothways::filter
