// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_header.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

/// Neither an extension header nor a fragment header: what a plain ping or connect sends.
const std::vector<Field> plainIp6{{Key::Ip6Extension, allBits}, {Key::Ip6Fragment, allBits}};

} // namespace

std::optional<std::string> readAddressRange(const Module &module, const Surroundings &around, std::vector<Statement> &statements)
{
    const bool v4 = around.family == net::Family::v4;
    for (const auto &option : module.options) {
        const bool source = option.name == "src-range";
        const auto range = readRange(option.values[0], v4 ? Type::Ipv4Address : Type::Ipv6Address, 0, '-');
        if (!range) {
            return option.text;
        }
        const auto key4 = source ? Key::Ip4Source : Key::Ip4Destination;
        const auto key6 = source ? Key::Ip6Source : Key::Ip6Destination;
        addMatch(statements, option, {{v4 ? key4 : key6, allBits}}, {{*range}});
    }
    return std::nullopt;
}

std::optional<std::string> readHopLimit(const Module &module, const Surroundings &around, std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        const auto value = readScalar(Type::Integer, option.values[0]);
        const bool equal = option.name.ends_with("-eq") || option.name == "ttl";
        if (!value || (option.negated && !equal)) {
            return option.text;
        }
        auto match =
            makeMatch(option, {{around.family == net::Family::v4 ? Key::Ip4Ttl : Key::Ip6HopLimit, allBits}}, {{*value}});
        if (!equal) {
            match.op = option.name.ends_with("-lt") ? Operator::Less : Operator::Greater;
        }
        statements.emplace_back(std::move(match));
    }
    return std::nullopt;
}

std::optional<std::string> readLength(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    constexpr std::uint64_t longest = 65535;
    for (const auto &option : module.options) {
        const auto range = readRange(option.values[0], Type::Integer, longest);
        if (!range) {
            return option.text;
        }
        addMatch(statements, option, {{Key::Length, allBits}}, {{*range}});
    }
    return std::nullopt;
}

/// The byte of the header is DSCP and ECN; `tos` masks the whole of it.
std::optional<std::string> readServiceType(const Module &module, const Surroundings &around, std::vector<Statement> &statements)
{
    const bool v4 = around.family == net::Family::v4;
    const auto dscp = v4 ? Key::Ip4Dscp : Key::Ip6Dscp;
    const auto ecn = v4 ? Key::Ip4Ecn : Key::Ip6Ecn;
    for (const auto &option : module.options) {
        if (option.name != "tos") {
            const auto value = readScalar(Type::Dscp, lower(option.values[0]));
            if (!value) {
                return option.text;
            }
            addMatch(statements, option, {{dscp, allBits}}, {{*value}});
            continue;
        }
        const auto masked = readMasked(option.values[0]);
        if (!masked || masked->value > 255) {
            return option.text;
        }
        const auto mask = masked->mask & 0xffU;
        addMatch(statements, option, {{dscp, {0, mask >> 2U}}, {ecn, {0, mask & 3U}}},
                 {{point(masked->value >> 2U).front(), point(masked->value & 3U).front()}});
    }
    return std::nullopt;
}

std::optional<std::string> readEcn(const Module &module, const Surroundings &around, std::vector<Statement> &statements)
{
    constexpr std::uint64_t echo = 0x40;
    constexpr std::uint64_t reduced = 0x80;
    for (const auto &option : module.options) {
        if (option.name != "ecn-ip-ect") {
            const auto bit = option.name == "ecn-tcp-cwr" ? reduced : echo;
            addMatch(statements, option, {{Key::TcpFlags, {0, bit}}}, {point(bit)});
            continue;
        }
        const auto value = readScalar(Type::Ecn, option.values[0]);
        if (!value) {
            return option.text;
        }
        addMatch(statements, option, {{around.family == net::Family::v4 ? Key::Ip4Ecn : Key::Ip6Ecn, allBits}}, {{*value}});
    }
    return std::nullopt;
}

/// Without an option they still ask for the header; iptables wants the protocol named beside them, ip6tables does not.
std::optional<std::string> readIpsec(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    constexpr std::uint64_t highest = 0xffffffff;
    const bool esp = module.name == "esp";
    constexpr std::uint64_t espProtocol = 50;
    constexpr std::uint64_t ahProtocol = 51;
    addMatch(statements, Option{{}, false, {}, module.text}, {{Key::L4Protocol, allBits}},
             {point(esp ? espProtocol : ahProtocol)});
    for (const auto &option : module.options) {
        if (!option.name.ends_with("spi")) {
            return option.text;
        }
        const auto range = readRange(option.values[0], Type::Integer, highest);
        if (!range) {
            return option.text;
        }
        addMatch(statements, option, {{esp ? Key::EspSpi : Key::AhSpi, allBits}}, {{*range}});
    }
    return std::nullopt;
}

/// Whatever they ask of the header, inverted or not: without it there is no match.
std::optional<std::string> readExtension(const Module &module, const Surroundings & /*around*/,
                                         std::vector<Statement> &statements)
{
    const bool fragment = module.name == "frag";
    AnyOf without{{}, true, true, module.text, fragment ? "what the fragment header holds" : "what the extension header holds"};
    without.matches.push_back(
        makeMatch(Option{{}, false, {}, module.text}, {{fragment ? Key::Ip6Fragment : Key::Ip6Extension, allBits}}, {point(0)}));
    statements.emplace_back(std::move(without));
    return std::nullopt;
}

/// Of a plain packet the kernel sees "proto" and no other header (ip6t_ipv6header.c).
std::optional<std::string> readHeaders(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    const auto *option = findOption(module, "header");
    if (option == nullptr) {
        return module.text;
    }
    const auto names = lower(option->values[0]);
    const auto all = split(names, ',');
    const bool proto = std::any_of(all.begin(), all.end(),
                                   [](std::string_view name) { return name == "proto" || name == "protocol" || name == "255"; });
    const bool others = all.size() > (proto ? 1U : 0U);
    const bool soft = findOption(module, "soft") != nullptr;
    // --soft compares the named headers only, each of which a "!" wants to be missing.
    const bool yes = soft ? (option->negated ? !proto : proto && !others) : (proto && !others) != option->negated;
    AnyOf plain{{}, !yes, true, module.text, "which extension headers it has"};
    plain.matches.push_back(makeMatch(Option{{}, false, {}, module.text}, plainIp6, {{point(0).front(), point(0).front()}}));
    statements.emplace_back(std::move(plain));
    return std::nullopt;
}

} // namespace bothways::filter
