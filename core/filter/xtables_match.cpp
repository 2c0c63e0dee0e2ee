// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables_match.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace bothways::filter {
namespace {

using Parts = std::vector<Interval>;

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    for (std::size_t end = text.find(separator); end != std::string_view::npos; end = text.find(separator, start)) {
        parts.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    parts.push_back(text.substr(start));
    return parts;
}

std::string lower(std::string_view text)
{
    std::string all(text);
    std::transform(all.begin(), all.end(), all.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return all;
}

bool addMatch(const Option &option, std::vector<Field> fields, const std::vector<Parts> &rows, std::vector<Statement> &statements,
              Operator op = Operator::In)
{
    Elements elements(fields.size());
    for (const auto &row : rows) {
        elements.add(row);
    }
    elements.finish();
    const bool bits = op == Operator::AnyBit;
    const auto negative = bits ? Operator::NoBit : Operator::NotIn;
    statements.emplace_back(Match{std::move(fields),
                                  option.negated ? negative : op,
                                  std::make_shared<const Elements>(std::move(elements)),
                                  {},
                                  option.text});
    return true;
}

/// "first:last" with either end left out, or one number.
std::optional<Interval> readRange(std::string_view text, Type type, std::uint64_t highest)
{
    const auto parts = split(text, ':');
    if (parts.size() == 1) {
        return readScalar(type, text);
    }
    const auto first = parts[0].empty() ? std::optional(Interval{}) : readScalar(type, parts[0]);
    const auto last = parts[1].empty() ? std::optional(Interval{{0, highest}, {0, highest}}) : readScalar(type, parts[1]);
    const bool ascending = parts.size() == 2 && first && last && first->first <= last->first;
    return ascending ? std::optional(Interval{first->first, last->first}) : std::nullopt;
}

/// "address", "address/length" or "address/mask"; a mask with holes stays a mask.
bool readAddress(const Option &option, bool source, net::Family family, std::vector<Statement> &statements)
{
    const bool v4 = family == net::Family::v4;
    const auto type = v4 ? Type::Ipv4Address : Type::Ipv6Address;
    Field field{v4 ? (source ? Key::Ip4Source : Key::Ip4Destination) : (source ? Key::Ip6Source : Key::Ip6Destination), allBits};
    const auto parts = split(option.values[0], '/');
    const auto length =
        parts.size() == 2 ? readNumber(parts[1]) : std::optional<std::uint64_t>(static_cast<std::uint64_t>(width(type)));
    if (parts.size() <= 2 && length && *length <= 128) {
        const auto prefix = readPrefix(type, parts[0], static_cast<int>(*length));
        return prefix && addMatch(option, {field}, {{*prefix}}, statements);
    }
    const auto address = readScalar(type, parts[0]);
    const auto mask = parts.size() == 2 ? readScalar(type, parts[1]) : std::nullopt;
    if (!address || !mask) {
        return false;
    }
    field.mask = mask->first;
    const auto value = address->first & mask->first;
    return addMatch(option, {field}, {{Interval{value, value}}}, statements);
}

/// A trailing "+" is any rest; nft's reader spells that "*", and has no other wildcard.
bool readInterface(const Option &option, bool input, std::vector<Statement> &statements)
{
    auto name = option.values[0];
    if (name.ends_with('+')) {
        name.back() = '*';
    } else if (name.ends_with('*')) {
        name.back() = '\\';
        name += '*';
    }
    const auto interval = name == "*" ? std::optional(Interval{{}, allBits}) : readScalar(Type::InterfaceName, name);
    return interval && addMatch(option, {{input ? Key::InputName : Key::OutputName, allBits}}, {{*interval}}, statements);
}

bool readProtocol(const Option &option, std::vector<Statement> &statements)
{
    const auto protocol = readScalar(Type::Protocol, lower(option.values[0]));
    if (option.values[0] == "all" || option.values[0] == "0" || (protocol && protocol->first.low == 0)) {
        return !option.negated;
    }
    return protocol && addMatch(option, {{Key::L4Protocol, allBits}}, {{*protocol}}, statements);
}

bool readBasic(const Option &option, net::Family family, std::vector<Statement> &statements)
{
    if (option.name == "-s" || option.name == "--source" || option.name == "-d" || option.name == "--destination") {
        return readAddress(option, option.name == "-s" || option.name == "--source", family, statements);
    }
    if (option.name == "-i" || option.name == "-o") {
        return readInterface(option, option.name == "-i", statements);
    }
    return option.name == "-p" && readProtocol(option, statements);
}

bool readTcpFlags(const Option &option, std::vector<Statement> &statements)
{
    const auto flags = [](std::string_view text) -> std::optional<Word> {
        Word all;
        const auto names = lower(text);
        for (const auto &name : split(names, ',')) {
            const auto flag = readScalar(Type::TcpFlag, name);
            if (name == "none") {
                continue;
            }
            if (!flag && name != "all") {
                return std::nullopt;
            }
            all = all | (flag ? flag->first : Word{0, 0x3f});
        }
        return all;
    };
    const auto mask = flags(option.values[0]);
    const auto set = flags(option.values[1]);
    return mask && set && addMatch(option, {{Key::TcpFlags, *mask}}, {{Interval{*set, *set}}}, statements);
}

bool readPorts(std::string_view module, const Option &option, std::vector<Statement> &statements)
{
    if (option.name == "--tcp-flags" && module == "tcp") {
        return readTcpFlags(option, statements);
    }
    const bool source = option.name == "--sport";
    if (!source && option.name != "--dport") {
        return false;
    }
    const auto range = readRange(option.values[0], Type::Service, 65535);
    const auto key = module == "tcp"   ? (source ? Key::TcpSourcePort : Key::TcpDestinationPort)
                     : module == "udp" ? (source ? Key::UdpSourcePort : Key::UdpDestinationPort)
                                       : (source ? Key::SctpSourcePort : Key::SctpDestinationPort);
    return range && addMatch(option, {{key, allBits}}, {{*range}}, statements);
}

/// --ports: either end may be one of them, which no single comparison says; rare enough to stay unknown.
bool readMultiport(const Option &option, std::vector<Statement> &statements)
{
    const bool source = option.name == "--sports";
    if (!source && option.name != "--dports") {
        return false;
    }
    std::vector<Parts> rows;
    for (const auto &part : split(option.values[0], ',')) {
        const auto range = readRange(part, Type::Service, 65535);
        if (!range) {
            return false;
        }
        rows.push_back({*range});
    }
    return addMatch(option, {{source ? Key::AnySourcePort : Key::AnyDestinationPort, allBits}}, rows, statements);
}

bool readIcmp(const Option &option, net::Family family, std::vector<Statement> &statements)
{
    const bool v4 = family == net::Family::v4;
    if (option.name != (v4 ? "--icmp-type" : "--icmpv6-type")) {
        return false;
    }
    const auto typeKey = v4 ? Key::IcmpType : Key::Icmpv6Type;
    const auto codeKey = v4 ? Key::IcmpCode : Key::Icmpv6Code;
    if (option.values[0] == "any") {
        return addMatch(option, {{typeKey, allBits}}, {{Interval{{}, {0, 255}}}}, statements);
    }
    const auto parts = split(option.values[0], '/');
    const auto type = readScalar(typeOf(typeKey), parts[0]);
    if (!type || parts.size() > 2) {
        return false;
    }
    if (parts.size() == 1) {
        return addMatch(option, {{typeKey, allBits}}, {{*type}}, statements);
    }
    const auto code = readScalar(typeOf(codeKey), parts[1]);
    return code && addMatch(option, {{typeKey, allBits}, {codeKey, allBits}}, {{*type, *code}}, statements);
}

/// SNAT and DNAT are no states but the connection's status: a list with one of them is not understood.
bool readState(const Option &option, std::vector<Statement> &statements)
{
    if (option.name != "--ctstate" && option.name != "--state") {
        return false;
    }
    Word bits;
    const auto names = lower(option.values[0]);
    for (const auto &name : split(names, ',')) {
        const auto state = readScalar(Type::CtState, name);
        if (!state || name.find_first_of("0123456789") != std::string_view::npos) {
            return false;
        }
        bits = bits | state->first;
    }
    return addMatch(option, {{Key::CtState, allBits}}, {{Interval{bits, bits}}}, statements, Operator::AnyBit);
}

bool readMark(const Option &option, std::vector<Statement> &statements)
{
    const auto parts = split(option.values[0], '/');
    const auto value = readScalar(Type::Integer, parts[0]);
    const auto mask = parts.size() == 2 ? readScalar(Type::Integer, parts[1]) : std::optional(Interval{allBits, allBits});
    if (option.name != "--mark" || parts.size() > 2 || !value || !mask) {
        return false;
    }
    return addMatch(option, {{Key::Mark, mask->first}}, {{*value}}, statements);
}

bool readAddressType(const Option &option, std::vector<Statement> &statements)
{
    const bool source = option.name == "--src-type";
    if (!source && option.name != "--dst-type") {
        return false;
    }
    std::vector<Parts> rows;
    const auto names = lower(option.values[0]);
    for (const auto &name : split(names, ',')) {
        const auto type = readScalar(Type::AddressType, name);
        if (!type) {
            return false;
        }
        rows.push_back({*type});
    }
    return addMatch(option, {{source ? Key::SourceType : Key::DestinationType, allBits}}, rows, statements);
}

bool readAddressRange(const Option &option, net::Family family, std::vector<Statement> &statements)
{
    const bool v4 = family == net::Family::v4;
    const bool source = option.name == "--src-range";
    const auto parts = split(option.values[0], '-');
    const auto type = v4 ? Type::Ipv4Address : Type::Ipv6Address;
    const auto first = readScalar(type, parts.front());
    const auto last = readScalar(type, parts.back());
    if ((!source && option.name != "--dst-range") || parts.size() > 2 || !first || !last || last->first < first->first) {
        return false;
    }
    const auto key = v4 ? (source ? Key::Ip4Source : Key::Ip4Destination) : (source ? Key::Ip6Source : Key::Ip6Destination);
    return addMatch(option, {{key, allBits}}, {{Interval{first->first, last->first}}}, statements);
}

bool readHopLimit(const Option &option, net::Family family, std::vector<Statement> &statements)
{
    const auto value = readScalar(Type::Integer, option.values[0]);
    const auto suffix = option.name.substr(option.name.find_last_of('-') + 1);
    if (!value || (suffix != "eq" && suffix != "lt" && suffix != "gt")) {
        return false;
    }
    const auto op = suffix == "eq" ? Operator::In : suffix == "lt" ? Operator::Less : Operator::Greater;
    return (op == Operator::In || !option.negated) &&
           addMatch(option, {{family == net::Family::v4 ? Key::Ip4Ttl : Key::Ip6HopLimit, allBits}}, {{*value}}, statements, op);
}

bool readLength(const Option &option, std::vector<Statement> &statements)
{
    const auto range = readRange(option.values[0], Type::Integer, 65535);
    return option.name == "--length" && range && addMatch(option, {{Key::Length, allBits}}, {{*range}}, statements);
}

bool readMac(const Option &option, std::vector<Statement> &statements)
{
    const auto mac = readScalar(Type::MacAddress, option.values[0]);
    return option.name == "--mac-source" && mac && addMatch(option, {{Key::EtherSource, allBits}}, {{*mac}}, statements);
}

} // namespace

int valueCount(std::string_view module, std::string_view option)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 31> known{{
        {"", "-s"},
        {"", "-d"},
        {"", "-i"},
        {"", "-o"},
        {"", "-p"},
        {"", "--source"},
        {"", "--destination"},
        {"tcp", "--sport"},
        {"tcp", "--dport"},
        {"udp", "--sport"},
        {"udp", "--dport"},
        {"sctp", "--sport"},
        {"sctp", "--dport"},
        {"multiport", "--sports"},
        {"multiport", "--dports"},
        {"icmp", "--icmp-type"},
        {"icmp6", "--icmpv6-type"},
        {"conntrack", "--ctstate"},
        {"state", "--state"},
        {"mark", "--mark"},
        {"comment", "--comment"},
        {"addrtype", "--src-type"},
        {"addrtype", "--dst-type"},
        {"iprange", "--src-range"},
        {"iprange", "--dst-range"},
        {"ttl", "--ttl-eq"},
        {"ttl", "--ttl-lt"},
        {"ttl", "--ttl-gt"},
        {"hl", "--hl-eq"},
        {"length", "--length"},
        {"mac", "--mac-source"},
    }};
    if (module == "tcp" && option == "--tcp-flags") {
        return 2;
    }
    if (module == "hl" && (option == "--hl-lt" || option == "--hl-gt")) {
        return 1;
    }
    return std::find(known.begin(), known.end(), std::pair(module, option)) == known.end() ? -1 : 1;
}

bool readMatchOption(std::string_view module, const Option &option, net::Family family, std::vector<Statement> &statements)
{
    if (module.empty()) {
        return readBasic(option, family, statements);
    }
    if (module == "tcp" || module == "udp" || module == "sctp") {
        return readPorts(module, option, statements);
    }
    if (module == "multiport") {
        return readMultiport(option, statements);
    }
    if (module == "icmp" || module == "icmp6") {
        return readIcmp(option, family, statements);
    }
    if (module == "conntrack" || module == "state") {
        return readState(option, statements);
    }
    if (module == "mark") {
        return readMark(option, statements);
    }
    if (module == "addrtype") {
        return readAddressType(option, statements);
    }
    if (module == "iprange") {
        return readAddressRange(option, family, statements);
    }
    if (module == "ttl" || module == "hl") {
        return readHopLimit(option, family, statements);
    }
    if (module == "length") {
        return readLength(option, statements);
    }
    return module == "mac" && readMac(option, statements);
}

} // namespace bothways::filter
