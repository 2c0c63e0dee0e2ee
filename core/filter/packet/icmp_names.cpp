// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/packet/icmp_names.h"

#include "filter/packet/value.h"

#include <algorithm>
#include <array>
#include <span>

namespace bothways::filter {
namespace {

struct Name {
    std::string_view text;
    std::uint8_t type;
    int code; ///< -1: any
};

// iptables/extensions/libxt_icmp.h
constexpr std::array names4{
    Name{"echo-reply", 0, -1},
    Name{"pong", 0, -1},
    Name{"destination-unreachable", 3, -1},
    Name{"network-unreachable", 3, 0},
    Name{"host-unreachable", 3, 1},
    Name{"protocol-unreachable", 3, 2},
    Name{"port-unreachable", 3, 3},
    Name{"fragmentation-needed", 3, 4},
    Name{"source-route-failed", 3, 5},
    Name{"network-unknown", 3, 6},
    Name{"host-unknown", 3, 7},
    Name{"network-prohibited", 3, 9},
    Name{"host-prohibited", 3, 10},
    Name{"TOS-network-unreachable", 3, 11},
    Name{"TOS-host-unreachable", 3, 12},
    Name{"communication-prohibited", 3, 13},
    Name{"host-precedence-violation", 3, 14},
    Name{"precedence-cutoff", 3, 15},
    Name{"source-quench", 4, -1},
    Name{"redirect", 5, -1},
    Name{"network-redirect", 5, 0},
    Name{"host-redirect", 5, 1},
    Name{"TOS-network-redirect", 5, 2},
    Name{"TOS-host-redirect", 5, 3},
    Name{"echo-request", 8, -1},
    Name{"ping", 8, -1},
    Name{"router-advertisement", 9, -1},
    Name{"router-solicitation", 10, -1},
    Name{"time-exceeded", 11, -1},
    Name{"ttl-exceeded", 11, -1},
    Name{"ttl-zero-during-transit", 11, 0},
    Name{"ttl-zero-during-reassembly", 11, 1},
    Name{"parameter-problem", 12, -1},
    Name{"ip-header-bad", 12, 0},
    Name{"required-option-missing", 12, 1},
    Name{"timestamp-request", 13, -1},
    Name{"timestamp-reply", 14, -1},
    Name{"address-mask-request", 17, -1},
    Name{"address-mask-reply", 18, -1},
};

constexpr std::array names6{
    Name{"destination-unreachable", 1, -1},
    Name{"no-route", 1, 0},
    Name{"communication-prohibited", 1, 1},
    Name{"beyond-scope", 1, 2},
    Name{"address-unreachable", 1, 3},
    Name{"port-unreachable", 1, 4},
    Name{"failed-policy", 1, 5},
    Name{"reject-route", 1, 6},
    Name{"packet-too-big", 2, -1},
    Name{"time-exceeded", 3, -1},
    Name{"ttl-exceeded", 3, -1},
    Name{"ttl-zero-during-transit", 3, 0},
    Name{"ttl-zero-during-reassembly", 3, 1},
    Name{"parameter-problem", 4, -1},
    Name{"bad-header", 4, 0},
    Name{"unknown-header-type", 4, 1},
    Name{"unknown-option", 4, 2},
    Name{"echo-request", 128, -1},
    Name{"ping", 128, -1},
    Name{"echo-reply", 129, -1},
    Name{"pong", 129, -1},
    Name{"router-solicitation", 133, -1},
    Name{"router-advertisement", 134, -1},
    Name{"neighbour-solicitation", 135, -1},
    Name{"neighbor-solicitation", 135, -1},
    Name{"neighbour-advertisement", 136, -1},
    Name{"neighbor-advertisement", 136, -1},
    Name{"redirect", 137, -1},
};

std::optional<std::uint8_t> readByte(std::string_view text)
{
    const auto number = readNumber(text);
    return number && *number <= 255 ? std::optional(static_cast<std::uint8_t>(*number)) : std::nullopt;
}

} // namespace

std::optional<IcmpKind> readIcmpKind(net::Family family, std::string_view text)
{
    const auto names = family == net::Family::v4 ? std::span<const Name>(names4) : std::span<const Name>(names6);
    const auto found = std::find_if(names.begin(), names.end(), [text](const Name &each) { return each.text == text; });
    if (found != names.end()) {
        const auto code = static_cast<std::uint8_t>(found->code);
        return found->code < 0 ? IcmpKind{found->type} : IcmpKind{found->type, code, code};
    }
    const auto slash = text.find('/');
    const auto type = readByte(text.substr(0, slash));
    if (!type || slash == std::string_view::npos) {
        return type ? std::optional(IcmpKind{*type}) : std::nullopt;
    }
    const auto codes = text.substr(slash + 1);
    const auto dash = codes.find_first_of(":-");
    const auto first = readByte(codes.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : readByte(codes.substr(dash + 1));
    return first && last && *first <= *last ? std::optional(IcmpKind{*type, *first, *last}) : std::nullopt;
}

} // namespace bothways::filter
