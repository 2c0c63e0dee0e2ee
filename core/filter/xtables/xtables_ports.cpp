// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_ports.h"

#include "filter/packet/icmp_names.h"

#include <algorithm>

namespace bothways::filter {
namespace {

constexpr std::uint64_t highestPort = 65535;

std::optional<std::string> noReading(const Option &option) { return option.text; }

/// The masks of holes are rare; a list of addresses with one of them is refused by iptables as well.
bool readAddress(const Option &option, bool source, net::Family family, std::vector<Statement> &statements)
{
    const bool v4 = family == net::Family::v4;
    const auto sourceKey = v4 ? Key::Ip4Source : Key::Ip6Source;
    const auto destinationKey = v4 ? Key::Ip4Destination : Key::Ip6Destination;
    Field field{source ? sourceKey : destinationKey, allBits};
    const auto rows = readAddresses(option.values[0], v4 ? Type::Ipv4Address : Type::Ipv6Address, field);
    if (rows) {
        addMatch(statements, option, {field}, *rows);
    }
    return rows.has_value();
}

bool readInterface(const Option &option, std::vector<Statement> &statements)
{
    const auto interval = readInterfacePattern(option.values[0]);
    if (interval) {
        addMatch(statements, option, {{option.name.front() == 'i' ? Key::InputName : Key::OutputName, allBits}}, {{*interval}});
    }
    return interval.has_value();
}

/// Protocol 0 is every one; `! -p all` is refused by iptables.
bool readProtocol(const Option &option, std::vector<Statement> &statements)
{
    const auto protocol = readScalar(Type::Protocol, lower(option.values[0]));
    if (option.values[0] == "all" || (protocol && protocol->first.low == 0)) {
        return !option.negated;
    }
    if (protocol) {
        addMatch(statements, option, {{Key::L4Protocol, allBits}}, {{*protocol}});
    }
    return protocol.has_value();
}

bool readBasicOption(const Option &option, net::Family family, std::vector<Statement> &statements)
{
    constexpr Word offset{0, 0x1fff};
    const auto kind = option.name.front();
    if (kind == 'f') { // second and further fragments
        auto whole = makeMatch(option, {{Key::Ip4FragmentOffset, offset}}, {point(0)});
        whole.op = option.negated ? Operator::In : Operator::NotIn;
        statements.emplace_back(std::move(whole));
        return true;
    }
    if (kind == 'i' || kind == 'o') {
        return readInterface(option, statements);
    }
    if (kind == 'p') {
        return readProtocol(option, statements);
    }
    return readAddress(option, kind == 's', family, statements);
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
    const bool syn = option.name == "syn";
    const auto mask = flags(syn ? "fin,syn,rst,ack" : option.values[0]);
    const auto set = flags(syn ? "syn" : option.values[1]);
    if (mask && set) {
        addMatch(statements, option, {{Key::TcpFlags, *mask}}, {{Interval{*set, *set}}});
    }
    return mask && set;
}

bool isSource(const Option &option) { return option.name.starts_with('s'); }

Key portKey(std::string_view module, bool source)
{
    if (module == "tcp") {
        return source ? Key::TcpSourcePort : Key::TcpDestinationPort;
    }
    if (module == "udp") {
        return source ? Key::UdpSourcePort : Key::UdpDestinationPort;
    }
    if (module == "sctp") {
        return source ? Key::SctpSourcePort : Key::SctpDestinationPort;
    }
    return source ? Key::DccpSourcePort : Key::DccpDestinationPort;
}

bool readPort(std::string_view module, const Option &option, std::vector<Statement> &statements)
{
    const auto range = readRange(option.values[0], Type::Service, highestPort);
    if (range) {
        addMatch(statements, option, {{portKey(module, isSource(option)), allBits}}, {{*range}});
    }
    return range.has_value();
}

} // namespace

std::optional<std::string> readBasic(const Module &module, const Surroundings &around, std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        if (!readBasicOption(option, around.family, statements)) {
            return noReading(option);
        }
    }
    return std::nullopt;
}

std::optional<std::string> readTcp(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    statements.emplace_back(FirstFragment{true});
    for (const auto &option : module.options) {
        if (option.name == "tcp-option") {
            return "the TCP options";
        }
        const bool flags = option.name == "tcp-flags" || option.name == "syn";
        if (flags ? !readTcpFlags(option, statements) : !readPort(module.name, option, statements)) {
            return noReading(option);
        }
    }
    return std::nullopt;
}

std::optional<std::string> readPorts(const Module &module, const Surroundings & /*around*/, std::vector<Statement> &statements)
{
    statements.emplace_back(FirstFragment{});
    for (const auto &option : module.options) {
        if (!option.name.ends_with("port") || !readPort(module.name, option, statements)) {
            return noReading(option);
        }
    }
    return std::nullopt;
}

std::optional<std::string> readMultiport(const Module &module, const Surroundings & /*around*/,
                                         std::vector<Statement> &statements)
{
    for (const auto &option : module.options) {
        std::vector<Parts> rows;
        for (const auto &part : split(option.values[0], ',')) {
            const auto range = readRange(part, Type::Service, highestPort);
            if (!range) {
                return noReading(option);
            }
            rows.push_back({*range});
        }
        if (option.name == "ports") { // either end
            auto plain = option;
            plain.negated = false;
            AnyOf either{{}, option.negated, false, option.text, {}};
            either.matches.push_back(makeMatch(plain, {{Key::AnySourcePort, allBits}}, rows));
            either.matches.push_back(makeMatch(plain, {{Key::AnyDestinationPort, allBits}}, rows));
            statements.emplace_back(std::move(either));
        } else {
            addMatch(statements, option, {{isSource(option) ? Key::AnySourcePort : Key::AnyDestinationPort, allBits}}, rows);
        }
    }
    return std::nullopt;
}

std::optional<std::string> readIcmp(const Module &module, const Surroundings &around, std::vector<Statement> &statements)
{
    const bool v4 = around.family == net::Family::v4;
    const auto typeKey = v4 ? Key::IcmpType : Key::Icmpv6Type;
    const auto codeKey = v4 ? Key::IcmpCode : Key::Icmpv6Code;
    for (const auto &option : module.options) {
        if (option.values[0] == "any") {
            addMatch(statements, option, {{typeKey, allBits}}, {{Interval{{}, {0, 255}}}});
            continue;
        }
        const auto kind = readIcmpKind(around.family, option.values[0]);
        if (!kind) {
            return noReading(option);
        }
        if (kind->firstCode == 0 && kind->lastCode == 255) {
            addMatch(statements, option, {{typeKey, allBits}}, {point(kind->type)});
        } else {
            addMatch(statements, option, {{typeKey, allBits}, {codeKey, allBits}},
                     {{point(kind->type).front(), Interval{{0, kind->firstCode}, {0, kind->lastCode}}}});
        }
    }
    return std::nullopt;
}

} // namespace bothways::filter
