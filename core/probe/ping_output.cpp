// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/ping_output.h"

#include "evidence/error_number.h"

#include <array>
#include <charconv>

namespace bothways::probe {

namespace error_number = evidence::error_number;

namespace {

constexpr std::size_t longestLine = 512;
constexpr qint64 longestRttNs = 3'600'000'000'000;

struct Words {
    std::string_view text;
    net::Family family;
    int type;
    int code;
};

// The texts of iputils' pr_icmph() and print_icmp(); a text may go on with a detail such as "(mtu = 1400)".
constexpr std::array errorTexts{
    Words{"Destination Net Unreachable", net::Family::v4, 3, 0},
    Words{"Destination Host Unreachable", net::Family::v4, 3, 1},
    Words{"Destination Protocol Unreachable", net::Family::v4, 3, 2},
    Words{"Destination Port Unreachable", net::Family::v4, 3, 3},
    Words{"Frag needed and DF set", net::Family::v4, 3, 4},
    Words{"Source Route Failed", net::Family::v4, 3, 5},
    Words{"Destination Net Unknown", net::Family::v4, 3, 6},
    Words{"Destination Host Unknown", net::Family::v4, 3, 7},
    Words{"Source Host Isolated", net::Family::v4, 3, 8},
    Words{"Destination Net Prohibited", net::Family::v4, 3, 9},
    Words{"Destination Host Prohibited", net::Family::v4, 3, 10},
    Words{"Destination Net Unreachable for Type of Service", net::Family::v4, 3, 11},
    Words{"Destination Host Unreachable for Type of Service", net::Family::v4, 3, 12},
    Words{"Packet filtered", net::Family::v4, 3, 13},
    Words{"Precedence Violation", net::Family::v4, 3, 14},
    Words{"Precedence Cutoff", net::Family::v4, 3, 15},
    Words{"Time to live exceeded", net::Family::v4, 11, 0},
    Words{"Frag reassembly time exceeded", net::Family::v4, 11, 1},
    Words{"Destination unreachable: No route", net::Family::v6, 1, 0},
    Words{"Destination unreachable: Administratively prohibited", net::Family::v6, 1, 1},
    Words{"Destination unreachable: Beyond scope of source address", net::Family::v6, 1, 2},
    Words{"Destination unreachable: Address unreachable", net::Family::v6, 1, 3},
    Words{"Destination unreachable: Port unreachable", net::Family::v6, 1, 4},
    Words{"Destination unreachable: Source address failed ingress/egress policy", net::Family::v6, 1, 5},
    Words{"Destination unreachable: Reject route to destination", net::Family::v6, 1, 6},
    Words{"Packet too big", net::Family::v6, 2, 0},
    Words{"Time exceeded: Hop limit", net::Family::v6, 3, 0},
    Words{"Time exceeded: Defragmentation failure", net::Family::v6, 3, 1},
};

struct LocalError {
    std::string_view text;
    int number;
};
constexpr std::array localErrors{
    LocalError{"Operation not permitted", error_number::notPermitted},
    LocalError{"Network is unreachable", error_number::networkUnreachable},
    LocalError{"No route to host", error_number::hostUnreachable},
    LocalError{"Invalid argument", error_number::invalidArgument},
    LocalError{"Permission denied", error_number::accessDenied},
    LocalError{"Message too long", error_number::messageTooLong},
    LocalError{"message too long", error_number::messageTooLong},
    LocalError{"Network is down", error_number::networkDown},
    LocalError{"Cannot assign requested address", error_number::addressNotAvailable},
    LocalError{"Do you want to ping broadcast?",
               error_number::accessDenied}, // what iputils makes of EACCES from a prohibit route
};

bool take(std::string_view &text, std::string_view prefix)
{
    if (!text.starts_with(prefix)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

std::optional<int> takeNumber(std::string_view &text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || value < 0) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

// "0.045", "12.3", "1234": milliseconds with up to three decimals.
std::optional<qint64> takeMilliseconds(std::string_view &text)
{
    const auto whole = takeNumber(text);
    if (!whole) {
        return std::nullopt;
    }
    qint64 ns = qint64{*whole} * 1'000'000;
    qint64 weight = 100'000;
    if (take(text, ".")) {
        while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
            ns += (text.front() - '0') * weight;
            weight /= 10;
            text.remove_prefix(1);
        }
    }
    return ns <= longestRttNs ? std::optional(ns) : std::nullopt;
}

// "10.9.0.10", "fe80::1%eth0", "name (10.9.0.10)".
std::optional<net::IpAddress> addressIn(std::string_view text)
{
    const auto open = text.rfind('(');
    if (open != std::string_view::npos && text.ends_with(')')) {
        text = text.substr(open + 1, text.size() - open - 2);
    }
    return net::IpAddress::parse(text.substr(0, text.find('%')));
}

// "icmp_seq=1 ..." (iputils) or "seq=0 ..." (BusyBox).
bool takeSequence(std::string_view &text, PingLine &line)
{
    if (!take(text, "icmp_seq=")) {
        if (!take(text, "seq=")) {
            return false;
        }
        line.countsFromZero = true;
    }
    const auto number = takeNumber(text);
    line.sequence = number.value_or(0);
    return number.has_value();
}

// "64 bytes from 10.9.0.10: icmp_seq=1 ttl=64 time=0.045 ms (DUP!)"
std::optional<PingLine> parseReply(std::string_view text)
{
    PingLine line;
    if (!takeNumber(text) || !take(text, " bytes from ")) {
        return std::nullopt;
    }
    const auto colon = text.find(": ");
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    line.sender = addressIn(text.substr(0, colon));
    text.remove_prefix(colon + 2);
    if (!line.sender || !takeSequence(text, line)) {
        return std::nullopt;
    }
    if (take(text, " ttl=")) {
        line.ttl = takeNumber(text);
        if (!line.ttl || *line.ttl > 255) {
            return std::nullopt;
        }
    }
    if (take(text, " time=")) {
        line.rttNs = takeMilliseconds(text);
        if (!line.rttNs || !take(text, " ms")) {
            return std::nullopt;
        }
    }
    line.duplicate = take(text, " (DUP!)");
    return text.empty() ? std::optional(line) : std::nullopt;
}

// "From 10.9.0.1 icmp_seq=1 Destination Host Unreachable"; old versions put a colon behind the address.
std::optional<PingLine> parseError(std::string_view text, net::Family family)
{
    PingLine line;
    line.kind = PingLine::Kind::Error;
    if (!take(text, "From ")) {
        return std::nullopt;
    }
    const auto at = text.find(" icmp_seq=");
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    auto sender = text.substr(0, at);
    if (sender.ends_with(':')) {
        sender.remove_suffix(1);
    }
    line.sender = addressIn(sender);
    text.remove_prefix(at + 1);
    if (!line.sender || !takeSequence(text, line) || !take(text, " ")) {
        return std::nullopt;
    }
    std::size_t longest = 0; // one text may begin with another
    for (const auto &words : errorTexts) {
        if (words.family == family && words.text.size() > longest && text.starts_with(words.text)) {
            longest = words.text.size();
            line.icmpType = words.type;
            line.icmpCode = words.code;
        }
    }
    return line.icmpType ? std::optional(line) : std::nullopt;
}

std::optional<PingLine> parseLocalError(std::string_view text)
{
    if (!take(text, "ping: ") && !take(text, "ping6: ")) {
        return std::nullopt;
    }
    const bool fatal = take(text, "connect: ") || text.starts_with("Do you want");
    if (!fatal && !take(text, "sendmsg: ") && !take(text, "local error: ") && !take(text, "sendto: ")) {
        return std::nullopt;
    }
    for (const auto &error : localErrors) {
        if (text.starts_with(error.text)) {
            PingLine line;
            line.kind = PingLine::Kind::SendError;
            line.errorNumber = error.number;
            line.fatal = fatal;
            return line;
        }
    }
    return std::nullopt;
}

// "[1700000000.123456] " of ping -D.
void dropStamp(std::string_view &text)
{
    const auto close = text.find("] ");
    if (text.starts_with('[') && close != std::string_view::npos &&
        text.substr(1, close - 1).find_first_not_of("0123456789.") == std::string_view::npos) {
        text.remove_prefix(close + 2);
    }
}

} // namespace

std::optional<PingLine> parsePingLine(std::string_view line, net::Family family)
{
    if (line.size() > longestLine) {
        return std::nullopt;
    }
    while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) {
        line.remove_suffix(1);
    }
    dropStamp(line);
    if (auto reply = parseReply(line)) {
        return reply;
    }
    if (auto error = parseError(line, family)) {
        return error;
    }
    return parseLocalError(line);
}

} // namespace bothways::probe
