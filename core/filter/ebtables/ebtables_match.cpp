// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/ebtables/ebtables_match.h"

#include "filter/packet/icmp_names.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace bothways::filter {
namespace {

struct Name {
    std::string_view text;
    std::uint64_t number;
};

// Debian's /etc/ethertypes; case does not count.
constexpr std::array etherTypes{
    Name{"ipv4", 0x0800},    Name{"x25", 0x0805},     Name{"arp", 0x0806},    Name{"fr_arp", 0x0808},  Name{"bpq", 0x08ff},
    Name{"dec", 0x6000},     Name{"dna_dl", 0x6001},  Name{"dna_rc", 0x6002}, Name{"dna_rt", 0x6003},  Name{"lat", 0x6004},
    Name{"diag", 0x6005},    Name{"cust", 0x6006},    Name{"sca", 0x6007},    Name{"teb", 0x6558},     Name{"raw_fr", 0x6559},
    Name{"rarp", 0x8035},    Name{"aarp", 0x80f3},    Name{"atalk", 0x809b},  Name{"802_1q", 0x8100},  Name{"ipx", 0x8137},
    Name{"netbeui", 0x8191}, Name{"ipv6", 0x86dd},    Name{"ppp", 0x880b},    Name{"atmmpoa", 0x884c}, Name{"ppp_disc", 0x8863},
    Name{"ppp_ses", 0x8864}, Name{"atmfate", 0x8884}, Name{"loop", 0x9000},
};

constexpr std::array arpOperations{
    Name{"request", 1},       Name{"reply", 2},         Name{"request_reverse", 3},
    Name{"reply_reverse", 4}, Name{"drarp_request", 5}, Name{"drarp_reply", 6},
    Name{"drarp_error", 7},   Name{"inarp_request", 8}, Name{"arp_nak", 9},
};

template <std::size_t size>
std::optional<std::uint64_t> numberOf(const std::array<Name, size> &names, std::string_view text)
{
    const auto wanted = lower(text);
    const auto *const found =
        std::find_if(names.begin(), names.end(), [&wanted](const Name &each) { return each.text == wanted; });
    return found == names.end() ? readNumber(text) : std::optional(found->number);
}

std::optional<std::uint64_t> readHex(std::string_view text)
{
    std::uint64_t number = 0;
    const auto *end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number, 16);
    return error == std::errc{} && stop == end ? std::optional(number) : std::nullopt;
}

std::optional<Word> readMac(std::string_view text)
{
    const auto groups = split(text, ':');
    Word word;
    for (const auto group : groups) {
        const auto byte = readHex(group);
        if (!byte || *byte > 255) {
            return std::nullopt;
        }
        word.low = word.low << 8U | *byte;
    }
    return groups.size() == 6 ? std::optional(word) : std::nullopt;
}

bool addPoint(const Option &option, Key key, std::optional<std::uint64_t> value, std::vector<Statement> &statements)
{
    if (value) {
        addMatch(statements, option, {{key, allBits}}, {point(*value)});
    }
    return value.has_value();
}

bool addRange(const Option &option, Key key, std::optional<Interval> range, std::vector<Statement> &statements)
{
    if (range) {
        addMatch(statements, option, {{key, allBits}}, {{*range}});
    }
    return range.has_value();
}

bool addMac(const Option &option, Key key, std::vector<Statement> &statements)
{
    const auto mac = readMaskedMac(option.values[0]);
    if (mac) {
        addMatch(statements, option, {{key, mac->mask}}, {{Interval{mac->value, mac->value}}});
    }
    return mac.has_value();
}

bool addAddress(const Option &option, Key key, std::vector<Statement> &statements)
{
    Field field{key, allBits};
    const auto rows = readAddresses(option.values[0], typeOf(key), field);
    if (rows) {
        addMatch(statements, option, {field}, *rows);
    }
    return rows.has_value();
}

/// Below 0x600 the field of the frame is a length (802.3).
bool readProtocol(const Option &option, std::vector<Statement> &statements)
{
    constexpr std::uint64_t longest = 0x5ff;
    if (lower(option.values[0]) == "length") {
        return addRange(option, Key::EtherType, Interval{{}, {0, longest}}, statements);
    }
    return addPoint(option, Key::EtherType, numberOf(etherTypes, option.values[0]), statements);
}

bool readBasic(const Option &option, std::vector<Statement> &statements)
{
    const auto &name = option.name;
    if (name == "p" || name == "proto" || name == "protocol") {
        return readProtocol(option, statements);
    }
    if (name == "s" || name == "src" || name == "source") {
        return addMac(option, Key::EtherSource, statements);
    }
    if (name == "d" || name == "dst" || name == "destination") {
        return addMac(option, Key::EtherDestination, statements);
    }
    const auto pattern = readInterfacePattern(option.values[0]);
    if (name == "i" || name == "in-if" || name == "in-interface") {
        return addRange(option, Key::InputName, pattern, statements);
    }
    if (name == "o" || name == "out-if" || name == "out-interface") {
        return addRange(option, Key::OutputName, pattern, statements);
    }
    return addRange(option, name == "logical-in" ? Key::InputBridge : Key::OutputBridge, pattern, statements);
}

/// "8", "echo-request", "8/0:3", "8:10/0:255": a range of types and one of codes.
bool readIcmpType(const Option &option, net::Family family, std::vector<Statement> &statements)
{
    const bool v4 = family == net::Family::v4;
    const std::vector<Field> fields{{v4 ? Key::IcmpType : Key::Icmpv6Type, allBits},
                                    {v4 ? Key::IcmpCode : Key::Icmpv6Code, allBits}};
    const auto &text = option.values[0];
    if (const auto kind = readIcmpKind(family, text)) {
        addMatch(statements, option, fields, {{point(kind->type).front(), Interval{{0, kind->firstCode}, {0, kind->lastCode}}}});
        return true;
    }
    constexpr std::uint64_t highest = 255;
    const auto slash = text.find('/');
    const auto types = readRange(std::string_view(text).substr(0, slash), Type::Integer, highest);
    const auto codes = slash == std::string::npos ? std::optional(Interval{{}, {0, highest}})
                                                  : readRange(std::string_view(text).substr(slash + 1), Type::Integer, highest);
    if (types && codes) {
        addMatch(statements, option, fields, {{*types, *codes}});
    }
    return types && codes;
}

/// The whole byte: DSCP and ECN.
bool readServiceType(const Option &option, bool v4, std::vector<Statement> &statements)
{
    const auto value = option.values[0].starts_with("0x") ? readNumber(option.values[0]) : readHex(option.values[0]);
    if (!value || *value > 255) {
        return false;
    }
    addMatch(statements, option, {{v4 ? Key::Ip4Dscp : Key::Ip6Dscp}, {v4 ? Key::Ip4Ecn : Key::Ip6Ecn}},
             {{point(*value >> 2U).front(), point(*value & 3U).front()}});
    return true;
}

bool readNetwork(const Option &option, std::string_view what, bool v4, std::vector<Statement> &statements)
{
    constexpr std::uint64_t highestPort = 65535;
    if (what == "src" || what == "source") {
        return addAddress(option, v4 ? Key::Ip4Source : Key::Ip6Source, statements);
    }
    if (what == "dst" || what == "destination") {
        return addAddress(option, v4 ? Key::Ip4Destination : Key::Ip6Destination, statements);
    }
    if (what == "proto" || what == "protocol") {
        const auto protocol = readScalar(Type::Protocol, lower(option.values[0]));
        return addRange(option, v4 ? Key::Ip4Protocol : Key::L4Protocol, protocol, statements);
    }
    if (what == "sport" || what == "source-port" || what == "dport" || what == "destination-port") {
        const auto key = what.front() == 's' ? Key::AnySourcePort : Key::AnyDestinationPort;
        return addRange(option, key, readRange(option.values[0], Type::Service, highestPort), statements);
    }
    if (what == "icmp-type") {
        return readIcmpType(option, v4 ? net::Family::v4 : net::Family::v6, statements);
    }
    return (what == "tos" || what == "tclass") && readServiceType(option, v4, statements);
}

bool readArp(const Option &option, std::string_view what, std::vector<Statement> &statements)
{
    if (what == "op" || what == "opcode") {
        return addPoint(option, Key::ArpOperation, numberOf(arpOperations, option.values[0]), statements);
    }
    if (what == "htype") {
        const auto number =
            lower(option.values[0]) == "ethernet" ? std::optional<std::uint64_t>(1) : readNumber(option.values[0]);
        return addPoint(option, Key::ArpHardwareType, number, statements);
    }
    if (what == "ptype") {
        return addPoint(option, Key::ArpProtocolType, numberOf(etherTypes, option.values[0]), statements);
    }
    if (what == "ip-src" || what == "ip-dst") {
        return addAddress(option, what == "ip-src" ? Key::ArpSenderAddress : Key::ArpTargetAddress, statements);
    }
    if (what == "mac-src" || what == "mac-dst") {
        return addMac(option, what == "mac-src" ? Key::ArpSenderMac : Key::ArpTargetMac, statements);
    }
    return false;
}

bool readVlan(const Option &option, std::string_view what, std::vector<Statement> &statements)
{
    if (what == "id" || what == "prio") {
        return addPoint(option, what == "id" ? Key::VlanId : Key::VlanPriority, readNumber(option.values[0]), statements);
    }
    if (what != "encap") {
        return false;
    }
    const auto name = numberOf(etherTypes, option.values[0]);
    const auto hex = readHex(option.values[0]); // a bare number is in hexadecimal here
    return addPoint(option, Key::VlanType, hex ? hex : name, statements);
}

/// "value/mask", or "/mask" for any of its bits.
bool readMark(const Option &option, std::vector<Statement> &statements)
{
    if (option.values[0].starts_with('/')) {
        const auto mask = readNumber(std::string_view(option.values[0]).substr(1));
        if (mask) {
            addMatch(statements, option, {{Key::Mark, allBits}}, {point(*mask)}, Operator::AnyBit);
        }
        return mask.has_value();
    }
    const auto masked = readMasked(option.values[0]);
    if (masked) {
        addMatch(statements, option, {{Key::Mark, {0, masked->mask}}}, {point(masked->value)});
    }
    return masked.has_value();
}

/// MACs, each with or without the IPv4 address that IP and ARP frames must carry beside it (ebt_among_mt()). ebtables-nft asks
/// for IPv4 first, inverted or not, where it has addresses at all, and takes no list that mixes both kinds (add_nft_among() and
/// bramong_parse() of iptables).
bool readAmong(const Option &option, bool source, bool native, std::vector<Statement> &statements)
{
    std::vector<Parts> alone;
    std::vector<Parts> pairs;
    for (const auto entry : split(option.values[0], ',')) {
        if (entry.empty()) {
            continue; // the list ends with a comma
        }
        const auto equals = entry.find('=');
        const auto mac = readMac(entry.substr(0, equals));
        const auto address =
            equals == std::string_view::npos ? std::nullopt : readScalar(Type::Ipv4Address, entry.substr(equals + 1));
        if (!mac || (equals != std::string_view::npos && !address)) {
            return false;
        }
        if (address) {
            pairs.push_back({Interval{*mac, *mac}, *address});
        } else {
            alone.push_back({Interval{*mac, *mac}});
        }
    }
    auto plain = option;
    plain.negated = false;
    const auto key = source ? Key::EtherSource : Key::EtherDestination;
    if (native && !pairs.empty() && !alone.empty()) {
        return false;
    }
    if (native && !pairs.empty()) {
        addMatch(statements, plain, {{Key::EtherProtocol, allBits}}, {point(etherIpv4)});
        addMatch(statements, option, {{key, allBits}, {source ? Key::Ip4Source : Key::Ip4Destination, allBits}}, pairs);
        return true;
    }
    AnyOf any{{}, option.negated, false, option.text, {}};
    any.matches.push_back(makeMatch(plain, {{key, allBits}}, alone));
    any.matches.push_back(makeMatch(plain, {{key, allBits}, {source ? Key::Ip4Source : Key::Ip4Destination, allBits}}, pairs));
    any.matches.push_back(
        makeMatch(plain, {{key, allBits}, {source ? Key::ArpSenderAddress : Key::ArpTargetAddress, allBits}}, pairs));
    statements.emplace_back(std::move(any));
    return true;
}

} // namespace

std::optional<MaskedMac> readMaskedMac(std::string_view text)
{
    static constexpr std::uint64_t group = 0x010000000000;
    static constexpr std::uint64_t all = 0xffffffffffff;
    static constexpr std::uint64_t bridges = 0x0180c2000000;
    const auto name = lower(text);
    if (name == "unicast" || name == "multicast") {
        return MaskedMac{{0, name == "unicast" ? 0 : group}, {0, group}};
    }
    if (name == "broadcast" || name == "bga") {
        return MaskedMac{{0, name == "bga" ? bridges : all}, {0, all}};
    }
    const auto slash = text.find('/');
    const auto value = readMac(text.substr(0, slash));
    const auto mask = slash == std::string_view::npos ? std::optional(Word{0, all}) : readMac(text.substr(slash + 1));
    return value && mask ? std::optional(MaskedMac{*value & *mask, *mask}) : std::nullopt;
}

bool readFrameOption(const Option &option, bool native, std::vector<Statement> &statements)
{
    const std::string_view name = option.name;
    static constexpr std::array<std::string_view, 15> basic{"p",      "proto",        "protocol",     "s", "src", "source",
                                                            "d",      "dst",          "destination",  "i", "o",   "in-if",
                                                            "out-if", "in-interface", "out-interface"};
    if (std::find(basic.begin(), basic.end(), name) != basic.end() || name.starts_with("logical-")) {
        return readBasic(option, statements);
    }
    if (name.starts_with("ip-") || name.starts_with("ip6-")) {
        return readNetwork(option, name.substr(name.find('-') + 1), name[2] == '-', statements);
    }
    if (name.starts_with("arp-")) {
        return readArp(option, name.substr(4), statements);
    }
    if (name.starts_with("vlan-")) {
        return readVlan(option, name.substr(5), statements);
    }
    if (name == "among-src" || name == "among-dst") {
        return readAmong(option, name == "among-src", native, statements);
    }
    if (name == "mark") {
        return readMark(option, statements);
    }
    if (name == "pkttype-type") {
        const auto kind = option.values[0] == "otherhost" ? "other" : option.values[0];
        return addRange(option, Key::PacketType, readScalar(Type::PacketType, lower(kind)), statements);
    }
    if (name == "limit") {
        statements.emplace_back(Assumed{true, option.text});
        return true;
    }
    return false;
}

} // namespace bothways::filter
