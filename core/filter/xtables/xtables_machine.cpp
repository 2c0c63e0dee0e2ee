// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_machine.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

constexpr Interval noName{{}, {}};

/// Of IPv6 these three are asked of the address itself, all others of the routing table (match_type6).
std::optional<std::vector<Parts>> ipv6Range(std::string_view type)
{
    const auto address = [](std::string_view text) { return readScalar(Type::Ipv6Address, text)->first; };
    if (type == "unspec") {
        return std::vector<Parts>{{Interval{}}};
    }
    if (type == "multicast") {
        return std::vector<Parts>{{Interval{address("ff00::"), allBits}}};
    }
    if (type == "unicast") {
        return std::vector<Parts>{{Interval{address("::1"), address("feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")}}};
    }
    return std::nullopt;
}

/// A list of types is "one of them" for IPv4; for IPv6 each of the address's own must hold, and one of the others.
bool readAddressType6(const Option &option, bool source, std::vector<Statement> &statements)
{
    std::vector<Parts> routed;
    const auto names = lower(option.values[0]);
    const auto all = split(names, ',');
    if (all.size() > 1 && option.negated) {
        return false;
    }
    for (const auto name : all) {
        if (const auto range = ipv6Range(name)) {
            addMatch(statements, option, {{source ? Key::Ip6Source : Key::Ip6Destination, allBits}}, *range);
            continue;
        }
        const auto type = readScalar(Type::AddressType, name);
        if (!type) {
            return false;
        }
        routed.push_back({*type});
    }
    if (!routed.empty()) {
        addMatch(statements, option, {{source ? Key::SourceType : Key::DestinationType, allBits}}, routed);
    }
    return true;
}

/// Multicast is a range of addresses, and broadcast may be some: a plain address is neither, whatever the routes say.
/// inet_addr_type() asks them for the others.
std::vector<Match> addressKinds(std::uint64_t type, bool source, const Option &plain)
{
    constexpr std::uint64_t broadcast = 3;
    constexpr std::uint64_t multicast = 5;
    const Field kind{source ? Key::SourceType : Key::DestinationType, allBits};
    const auto address = source ? Key::Ip4Source : Key::Ip4Destination;
    const auto range = [](std::string_view first, int length) { return Parts{*readPrefix(Type::Ipv4Address, first, length)}; };
    if (type == multicast) {
        return {makeMatch(plain, {{address, allBits}}, {range("224.0.0.0", 4)})};
    }
    if (type == broadcast) {
        constexpr Word lastBits{0, 3};
        const auto is = point(broadcast).front();
        return {makeMatch(plain, {{address, allBits}}, {range("0.0.0.0", 8), range("255.255.255.255", 32)}),
                makeMatch(plain, {kind, {address, lastBits}}, {{is, point(0).front()}, {is, point(3).front()}})};
    }
    return {makeMatch(plain, {kind}, {point(type)})};
}

bool readAddressType4(const Option &option, bool source, std::vector<Statement> &statements)
{
    auto plain = option;
    plain.negated = false;
    AnyOf any{{}, option.negated, false, option.text, std::string(textOf(source ? Key::SourceType : Key::DestinationType))};
    const auto names = lower(option.values[0]);
    for (const auto &name : split(names, ',')) {
        const auto type = readScalar(Type::AddressType, name);
        if (!type) {
            return false;
        }
        for (auto &match : addressKinds(type->first.low, source, plain)) {
            any.matches.push_back(std::move(match));
        }
    }
    if (any.matches.size() == 1 && !any.negated) {
        statements.emplace_back(std::move(any.matches.front()));
    } else {
        statements.emplace_back(std::move(any));
    }
    return true;
}

/// Without a bridge port at all, an inverted question holds; with one for the way in only, none about the way out does
/// (physdev_mt).
bool readBridgePort(const Option &option, std::vector<Statement> &statements)
{
    auto name = readInterfacePattern(option.values[0]);
    if (!name) {
        return false;
    }
    if (name->first == Word{}) {
        name->first = {0, 1}; // "+" is any port, not none
    }
    const bool out = option.name == "physdev-out";
    if (!out || !option.negated) {
        addMatch(statements, option, {{out ? Key::OutputPort : Key::InputPort, allBits}}, {{*name}});
        return true;
    }
    auto plain = option;
    plain.negated = false;
    AnyOf either{{}, false, false, option.text, {}};
    either.matches.push_back(makeMatch(plain, {{Key::InputPort, allBits}, {Key::OutputPort, allBits}}, {{noName, noName}}));
    either.matches.push_back(makeMatch(option, {{Key::OutputPort, allBits}}, {{noName}, {*name}}));
    statements.emplace_back(std::move(either));
    return true;
}

/// What the kernel compares one dimension of a set with.
void addFields(SetPart part, bool source, bool v4, std::vector<Field> &fields)
{
    switch (part) {
    case SetPart::Address: {
        const auto key4 = source ? Key::Ip4Source : Key::Ip4Destination;
        const auto key6 = source ? Key::Ip6Source : Key::Ip6Destination;
        fields.push_back({v4 ? key4 : key6});
        break;
    }
    case SetPart::Port:
    case SetPart::BarePort:
        fields.push_back({Key::L4Protocol});
        fields.push_back({source ? Key::SetSourcePort : Key::SetDestinationPort});
        break;
    case SetPart::Mac:
        fields.push_back({source ? Key::EtherSource : Key::EtherDestination});
        break;
    case SetPart::Interface:
        fields.push_back({source ? Key::InputName : Key::OutputName});
        break;
    case SetPart::Mark:
        fields.push_back({Key::Mark});
        break;
    }
}

/// "src,dst" for as many dimensions as the set has; nothing where it has more, or is of the other family: such a set holds
/// nothing.
std::optional<Match> inSet(const IpSet &set, const std::vector<std::string_view> &directions, const Option &option,
                           net::Family family)
{
    if (directions.size() < set.parts.size() || (set.family && *set.family != family)) {
        return std::nullopt;
    }
    const bool v4 = family == net::Family::v4;
    std::vector<Field> fields;
    for (std::size_t i = 0; i < set.parts.size(); ++i) {
        addFields(set.parts[i], directions[i] == "src", v4, fields);
    }
    return Match{std::move(fields), Operator::In, set.elements, option.values[0], option.text};
}

bool isUnderstood(const IpSet &set) { return !set.parts.empty() && set.elements != nullptr; }

/// The sets to ask: the one named, or the members of the list that it is.
std::vector<const IpSet *> askedSets(const IpSet &named, const IpSets &all, bool &open)
{
    if (named.type != "list:set") {
        return {&named};
    }
    std::vector<const IpSet *> asked;
    for (const auto &member : named.members) {
        const auto found = all.find(member);
        if (found == all.end() || !isUnderstood(found->second)) {
            open = true;
        } else {
            asked.push_back(&found->second);
        }
    }
    return asked;
}

} // namespace

std::optional<std::string> readAddressType(const Module &module, const Surroundings &around, std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        if (option.name.starts_with("limit-")) {
            return "the addresses of that one interface";
        }
        const bool source = option.name == "src-type";
        if (around.family == net::Family::v4 ? !readAddressType4(option, source, statements)
                                             : !readAddressType6(option, source, statements)) {
            return option.text;
        }
    }
    return std::nullopt;
}

std::optional<std::string> readMac(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        const auto mac = readScalar(Type::MacAddress, option.values[0]);
        if (!mac) {
            return option.text;
        }
        addMatch(statements, option, {{Key::EtherSource, allBits}}, {{*mac}});
    }
    return std::nullopt;
}

std::optional<std::string> readPhysdev(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        if (option.name == "physdev-in" || option.name == "physdev-out") {
            if (!readBridgePort(option, statements)) {
                return option.text;
            }
            continue;
        }
        auto match =
            makeMatch(option, {{option.name == "physdev-is-in" ? Key::InputPort : Key::OutputPort, allBits}}, {{noName}});
        match.op = option.negated ? Operator::In : Operator::NotIn;
        statements.emplace_back(std::move(match));
    }
    return std::nullopt;
}

std::optional<std::string> readPacketType(const Module &module, const Surroundings & /*around*/,
                                          std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        const auto type = readScalar(Type::PacketType, lower(option.values[0]));
        if (!type) {
            return option.text;
        }
        addMatch(statements, option, {{Key::PacketType, allBits}}, {{*type}});
    }
    return std::nullopt;
}

/// What came in through loopback always passes. A loose test asks for less than the strict one that the packet tells of.
std::optional<std::string> readReversePath(const Module &module, const Surroundings & /*around*/,
                                           std::vector<Statement> &statements)
{
    const bool inverted = findOption(module, "invert") != nullptr;
    const bool other = findOption(module, "loose") != nullptr || findOption(module, "accept-local") != nullptr;
    const Option plain{{}, false, {}, module.text};
    const auto loopback = fromName("lo");
    AnyOf passes{{}, inverted, other, module.text, "the routes to its source"};
    passes.matches.push_back(makeMatch(plain, {{Key::InputName, allBits}}, {{Interval{loopback, loopback}}}));
    passes.matches.push_back(makeMatch(plain, {{Key::ReversePath, allBits}}, {point(1)}));
    statements.emplace_back(std::move(passes));
    return std::nullopt;
}

std::optional<std::string> readGroup(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        const auto masked = readMasked(option.values[0]);
        if (!masked) {
            return option.text;
        }
        addMatch(statements, option, {{option.name == "src-group" ? Key::InputGroup : Key::OutputGroup, {0, masked->mask}}},
                 {point(masked->value)});
    }
    return std::nullopt;
}

std::optional<std::string> readSet(const Module &module, const Surroundings &around, std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        if (option.name.starts_with("update-")) {
            continue;
        }
        if (option.name != "match-set") {
            return option.text;
        }
        const auto &name = option.values[0];
        if (around.changing != nullptr && around.changing->count(name) > 0) {
            return "rules add to the set " + name + " or delete from it";
        }
        const auto *sets = around.sets;
        const auto found = sets == nullptr ? IpSets::const_iterator{} : sets->find(name);
        if (sets == nullptr || found == sets->end() || (found->second.type != "list:set" && !isUnderstood(found->second))) {
            return "the content of the set " + name;
        }
        bool open = false;
        const auto asked = askedSets(found->second, *sets, open);
        AnyOf any{{}, option.negated, open, option.text, "the content of the set " + name};
        for (const auto *set : asked) {
            if (auto match = inSet(*set, split(option.values[1], ','), option, around.family)) {
                any.matches.push_back(std::move(*match));
            }
        }
        if (any.matches.size() == 1 && !any.negated && !any.open) {
            statements.emplace_back(std::move(any.matches.front()));
        } else {
            statements.emplace_back(std::move(any));
        }
    }
    return std::nullopt;
}

} // namespace bothways::filter
