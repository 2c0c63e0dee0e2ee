// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_connection.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

// IPS_SRC_NAT and IPS_DST_NAT, linux/netfilter/nf_conntrack_common.h
constexpr std::uint64_t sourceTranslated = 0x10;
constexpr std::uint64_t destinationTranslated = 0x20;

/// SNAT and DNAT are no states but say what was done to the connection.
struct States {
    Word bits;
    std::uint64_t translated = 0;
};

std::optional<States> readStates(std::string_view text)
{
    States states;
    const auto names = lower(text);
    for (const auto &name : split(names, ',')) {
        const auto state = readScalar(Type::CtState, name);
        if (name == "snat" || name == "dnat") {
            states.translated |= name == "snat" ? sourceTranslated : destinationTranslated;
        } else if (state && name.find_first_of("0123456789") == std::string_view::npos) {
            states.bits = states.bits | state->first;
        } else {
            return std::nullopt;
        }
    }
    return states;
}

bool readState(const Option &option, std::vector<Statement> &statements)
{
    const auto states = readStates(option.values[0]);
    if (!states) {
        return false;
    }
    const std::vector<Parts> bits{{Interval{states->bits, states->bits}}};
    if (states->translated == 0) {
        addMatch(statements, option, {{Key::CtState, allBits}}, bits, Operator::AnyBit);
        return true;
    }
    auto plain = option;
    plain.negated = false;
    AnyOf either{{}, option.negated, false, option.text, {}};
    either.matches.push_back(makeMatch(plain, {{Key::CtState, allBits}}, bits, Operator::AnyBit));
    either.matches.push_back(makeMatch(plain, {{Key::CtStatus, allBits}}, {point(states->translated)}, Operator::AnyBit));
    statements.emplace_back(std::move(either));
    return true;
}

std::optional<Match> readStatus(const Option &option)
{
    std::uint64_t bits = 0;
    const auto names = lower(option.values[0]);
    for (const auto &name : split(names, ',')) {
        static constexpr std::array<std::pair<std::string_view, std::uint64_t>, 5> known{
            {{"none", 0}, {"expected", 1}, {"seen_reply", 2}, {"assured", 4}, {"confirmed", 8}}};
        const auto *const found = std::find_if(known.begin(), known.end(), [&](const auto &each) { return each.first == name; });
        if (found == known.end()) {
            return std::nullopt;
        }
        bits |= found->second;
    }
    return makeMatch(option, {{Key::CtStatus, allBits}}, {point(bits)}, Operator::AnyBit);
}

/// "ctorigsrc" and its sisters: the addresses of the connection's two directions.
std::optional<Match> readTupleAddress(const Option &option, net::Family family)
{
    const bool v4 = family == net::Family::v4;
    const bool original = option.name.starts_with("ctorig");
    const bool source = option.name.ends_with("src");
    const auto original4 = source ? Key::CtOriginalIp4Source : Key::CtOriginalIp4Destination;
    const auto original6 = source ? Key::CtOriginalIp6Source : Key::CtOriginalIp6Destination;
    const auto reply4 = source ? Key::CtReplyIp4Source : Key::CtReplyIp4Destination;
    const auto reply6 = source ? Key::CtReplyIp6Source : Key::CtReplyIp6Destination;
    const auto key4 = original ? original4 : reply4;
    const auto key6 = original ? original6 : reply6;
    Field field{v4 ? key4 : key6, allBits};
    const auto rows = readAddresses(option.values[0], v4 ? Type::Ipv4Address : Type::Ipv6Address, field);
    return rows ? std::optional(makeMatch(option, {field}, *rows)) : std::nullopt;
}

std::optional<Match> readTuplePort(const Option &option)
{
    constexpr std::uint64_t highest = 65535;
    const bool original = option.name.starts_with("ctorig");
    const bool source = option.name.ends_with("srcport");
    const auto originalKey = source ? Key::CtOriginalSourcePort : Key::CtOriginalDestinationPort;
    const auto replyKey = source ? Key::CtReplySourcePort : Key::CtReplyDestinationPort;
    const auto range = readRange(option.values[0], Type::Service, highest);
    return range ? std::optional(makeMatch(option, {{original ? originalKey : replyKey, allBits}}, {{*range}})) : std::nullopt;
}

std::optional<Match> readTupleOption(const Option &option, net::Family family)
{
    if (option.name == "ctstatus") {
        return readStatus(option);
    }
    if (option.name == "ctproto") {
        const auto protocol = readScalar(Type::Protocol, lower(option.values[0]));
        return protocol ? std::optional(makeMatch(option, {{Key::CtProtocol, allBits}}, {{*protocol}})) : std::nullopt;
    }
    if (option.name == "ctdir") {
        const auto direction = readScalar(Type::CtDirection, lower(option.values[0]));
        return direction ? std::optional(makeMatch(option, {{Key::CtDirection, allBits}}, {{*direction}})) : std::nullopt;
    }
    return option.name.ends_with("port") ? readTuplePort(option) : readTupleAddress(option, family);
}

/// A packet without a connection, which the state let pass, is not asked for more (conntrack_mt).
Match withoutConnection(const std::string &text)
{
    const auto invalid = readScalar(Type::CtState, "invalid");
    const auto untracked = readScalar(Type::CtState, "untracked");
    const auto bits = invalid->first | untracked->first;
    return makeMatch(Option{{}, false, {}, text}, {{Key::CtState, allBits}}, {{Interval{bits, bits}}}, Operator::AnyBit);
}

/// "3/min" and the like need no reading: what counts is on which side of the limit the packet is taken to be.
bool isAbove(const Module &module)
{
    return std::any_of(module.options.begin(), module.options.end(),
                       [](const Option &each) { return each.name.ends_with("-above"); });
}

} // namespace

std::optional<std::string> readConntrack(const Module &module, const Surroundings &around, std::vector<Statement> &statements)
{
    const bool hasState = findOption(module, "ctstate") != nullptr;
    for (const auto &option : module.options) {
        if (option.name == "ctstate" || option.name == "state") {
            if (!readState(option, statements)) {
                return option.text;
            }
            continue;
        }
        if (option.name == "ctexpire") {
            return "when the connection expires";
        }
        auto match = readTupleOption(option, around.family);
        if (!match) {
            return option.text;
        }
        if (hasState) {
            statements.emplace_back(AnyOf{{withoutConnection(option.text), std::move(*match)}, false, false, option.text, {}});
        } else {
            statements.emplace_back(std::move(*match));
        }
    }
    return std::nullopt;
}

std::optional<std::string> readMark(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        const auto masked = readMasked(option.values[0]);
        if (!masked) {
            return option.text;
        }
        addMatch(statements, option, {{module.name == "mark" ? Key::Mark : Key::CtMark, {0, masked->mask}}},
                 {point(masked->value)});
    }
    return std::nullopt;
}

std::optional<std::string> readLimit(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    const auto *most = findOption(module, "connlimit-above");
    if (most != nullptr && most->values[0] == "0") {
        return std::nullopt; // each connection is one more than none
    }
    statements.emplace_back(Assumed{!isAbove(module), module.text});
    return std::nullopt;
}

/// --set only notes the address. A count of hits within a time is a limit; anything else depends on what came before.
std::optional<std::string> readRecent(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    if (const auto *set = findOption(module, "set")) {
        if (set->negated) {
            statements.emplace_back(never(Option{{}, false, {}, module.text}));
        }
        return std::nullopt;
    }
    const auto *hits = findOption(module, "hitcount");
    const auto count = hits != nullptr ? readNumber(hits->values[0]) : std::nullopt;
    const bool negated =
        std::any_of(module.options.begin(), module.options.end(), [](const Option &each) { return each.negated; });
    if (!count || *count < 2 || findOption(module, "remove") != nullptr) {
        return "which addresses were seen before";
    }
    statements.emplace_back(Assumed{negated, module.text});
    return std::nullopt;
}

std::optional<std::string> readQuota(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        if (option.values[0] == "0") {
            statements.emplace_back(never(option));
        } else {
            statements.emplace_back(Assumed{!option.negated, module.text});
        }
    }
    return std::nullopt;
}

} // namespace bothways::filter
