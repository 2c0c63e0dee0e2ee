// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/packet/packet_text.h"

#include "filter/packet/value.h"
#include "filter/packet/value_names.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

constexpr int icmp = 1;
constexpr int tcp = 6;
constexpr int icmpv6 = 58;

/// In the order of writing, and of reading: addresses tell the protocol, the protocol whose names types have.
enum Key : std::size_t {
    EtherTypeKey,
    SourceKey,
    DestinationKey,
    ProtocolKey,
    TypeKey,
    CodeKey,
    IdKey,
    SequenceKey,
    SourcePortKey,
    DestinationPortKey,
    FlagsKey,
    OperationKey,
    FragmentKey,
    TtlKey,
    LengthKey,
    InputKey,
    OutputKey,
    InputPortKey,
    OutputPortKey,
    InputTypeKey,
    OutputTypeKey,
    SourceMacKey,
    DestinationMacKey,
    VlanKey,
    MarkKey,
    StateKey,
    DirectionKey,
    CtMarkKey,
    FrameTypeKey,
    SourceTypeKey,
    DestinationTypeKey,
    KeyCount
};

constexpr std::array<std::string_view, KeyCount> names{
    "ethertype", "src",  "dst",  "proto", "type",  "code",   "id",      "seq",     "sport",   "dport",   "flags",
    "op",        "frag", "ttl",  "len",   "iif",   "oif",    "physin",  "physout", "iiftype", "oiftype", "smac",
    "dmac",      "vlan", "mark", "ct",    "ctdir", "ctmark", "pkttype", "srctype", "dsttype"};

bool isIcmp(const Packet &packet) { return packet.protocol == icmp || packet.protocol == icmpv6; }

bool isEcho(const Packet &packet)
{
    const int type = packet.icmpType.value_or(-1);
    return packet.protocol == icmp ? type == 0 || type == 8 : packet.protocol == icmpv6 && (type == 128 || type == 129);
}

bool isIpPayload(const Packet &packet) { return packet.payloadType() == etherIpv4 || packet.payloadType() == etherIpv6; }

bool hasPorts(int protocol)
{
    static constexpr std::array withPorts{6, 17, 33, 132, 136};
    return std::find(withPorts.begin(), withPorts.end(), protocol) != withPorts.end();
}

std::string named(Type type, std::uint64_t number)
{
    const auto name = nameOf(type, number);
    return name.empty() ? std::to_string(number) : std::string(name);
}

std::string pair(Key key, std::string_view value) { return std::string(names.at(key)) + '=' + std::string(value); }

constexpr std::size_t longestText = 4096;

using Values = std::array<std::optional<std::string_view>, KeyCount>;

std::optional<std::uint64_t> numberUpTo(std::string_view text, std::uint64_t most)
{
    const auto number = readNumber(text);
    return number && *number <= most ? number : std::nullopt;
}

std::optional<std::uint64_t> namedUpTo(Type type, std::string_view text, std::uint64_t most)
{
    const auto named = numberOf(type, text);
    return named ? named : numberUpTo(text, most);
}

/// As the kernel's dev_valid_name(): no space, slash or colon, at most 15 bytes.
bool isInterfaceName(std::string_view text)
{
    return !text.empty() && text.size() <= 15 && text != "." && text != ".." &&
           std::none_of(text.begin(), text.end(),
                        [](char c) { return c == '/' || c == ':' || static_cast<unsigned char>(c) <= ' '; });
}

std::optional<std::uint8_t> readFlags(std::string_view text)
{
    if (text == "none") {
        return std::uint8_t{0};
    }
    if (const auto number = numberUpTo(text, 0xff)) {
        return static_cast<std::uint8_t>(*number);
    }
    std::uint8_t all = 0;
    while (true) {
        const auto comma = text.find(',');
        const auto flag = numberOf(Type::TcpFlag, text.substr(0, comma));
        if (!flag) {
            return std::nullopt;
        }
        all |= static_cast<std::uint8_t>(*flag);
        if (comma == std::string_view::npos) {
            return all;
        }
        text.remove_prefix(comma + 1);
    }
}

template <typename T, typename From>
bool take(std::optional<T> &field, const std::optional<From> &value)
{
    if (value) {
        field = static_cast<T>(*value);
    }
    return value.has_value();
}

template <typename T, typename From>
bool take(T &field, const std::optional<From> &value)
{
    if (value) {
        field = static_cast<T>(*value);
    }
    return value.has_value();
}

bool takeName(std::string &field, std::string_view text)
{
    field = text;
    return isInterfaceName(text);
}

bool readState(Packet &packet, std::string_view text)
{
    const auto bit = numberOf(Type::CtState, text);
    static constexpr std::array<std::pair<std::uint64_t, CtState>, 5> states{
        {{1, CtState::Invalid}, {2, CtState::Established}, {4, CtState::Related}, {8, CtState::New}, {64, CtState::Untracked}}};
    const auto found = std::find_if(states.begin(), states.end(), [&bit](const auto &each) { return each.first == bit; });
    return take(packet.ct, found == states.end() ? std::nullopt : std::optional(found->second));
}

bool readDirection(Packet &packet, std::string_view text) { return take(packet.ctDirection, numberOf(Type::CtDirection, text)); }

bool readIpField(Key key, std::string_view text, Packet &packet)
{
    switch (key) {
    case SourceKey:
        return take(packet.source, net::IpAddress::parse(text));
    case DestinationKey:
        return take(packet.destination, net::IpAddress::parse(text));
    case ProtocolKey:
        return take(packet.protocol, namedUpTo(Type::Protocol, text, 255));
    case TypeKey:
        return take(packet.icmpType, namedUpTo(packet.protocol == icmp ? Type::IcmpType : Type::Icmpv6Type, text, 255));
    case CodeKey:
        return take(packet.icmpCode, namedUpTo(packet.protocol == icmp ? Type::IcmpCode : Type::Icmpv6Code, text, 255));
    case IdKey:
        return take(packet.icmpId, numberUpTo(text, 0xffff));
    case SequenceKey:
        return take(packet.icmpSequence, numberUpTo(text, 0xffff));
    case SourcePortKey:
        return take(packet.sourcePort, numberUpTo(text, 0xffff));
    case DestinationPortKey:
        return take(packet.destinationPort, numberUpTo(text, 0xffff));
    case FlagsKey:
        return take(packet.tcpFlags, readFlags(text));
    case FragmentKey:
        return take(packet.fragmentOffset, numberUpTo(text, 65528)) && *packet.fragmentOffset % 8 == 0;
    case TtlKey:
        return take(packet.ttl, numberUpTo(text, 255));
    case LengthKey:
        return take(packet.length, numberUpTo(text, 65575)); // 65535 of payload behind the 40 bytes of IPv6
    default:
        return false;
    }
}

bool readField(Key key, std::string_view text, Packet &packet)
{
    switch (key) {
    case EtherTypeKey:
        return take(packet.etherType, namedUpTo(Type::EtherProtocol, text, 0xffff));
    case OperationKey:
        return take(packet.arpOperation, namedUpTo(Type::ArpOperation, text, 0xffff));
    case InputKey:
        return takeName(packet.inputInterface, text);
    case OutputKey:
        return takeName(packet.outputInterface, text);
    case InputPortKey:
        return takeName(packet.inputPort, text);
    case OutputPortKey:
        return takeName(packet.outputPort, text);
    case InputTypeKey:
        return take(packet.inputType, namedUpTo(Type::InterfaceType, text, 0xffff));
    case OutputTypeKey:
        return take(packet.outputType, namedUpTo(Type::InterfaceType, text, 0xffff));
    case SourceMacKey:
        return take(packet.sourceMac, net::MacAddress::parse(text));
    case DestinationMacKey:
        return take(packet.destinationMac, net::MacAddress::parse(text));
    case VlanKey:
        return take(packet.vlan, numberUpTo(text, 4095));
    case MarkKey:
        return take(packet.mark, numberUpTo(text, 0xffffffff));
    case StateKey:
        return readState(packet, text);
    case DirectionKey:
        return readDirection(packet, text);
    case CtMarkKey:
        return take(packet.ctMark, numberUpTo(text, 0xffffffff));
    case FrameTypeKey:
        return take(packet.frameType, numberOf(Type::PacketType, text));
    case SourceTypeKey:
        return take(packet.sourceType, numberOf(Type::AddressType, text));
    case DestinationTypeKey:
        return take(packet.destinationType, numberOf(Type::AddressType, text));
    default:
        return readIpField(key, text, packet);
    }
}

using Refusal = std::optional<PacketError>;

class Reader {
public:
    tl::expected<Packet, PacketError> read(std::string_view text);

private:
    Refusal split(std::string_view text);
    Refusal fill();
    Refusal refuse(Key key, std::string other) const;
    Refusal checkAddresses() const;
    Refusal checkPayload() const;
    Refusal checkTransport() const;
    void complete();
    bool has(Key key) const { return m_values.at(key).has_value(); }

    Values m_values;
    Packet m_packet;
};

Refusal Reader::split(std::string_view text)
{
    constexpr std::string_view spaces = " \t\r\n";
    if (text.size() > longestText) {
        return PacketError{PacketError::Kind::TooLong, {}, {}, {}};
    }
    for (auto at = text.find_first_not_of(spaces); at != std::string_view::npos; at = text.find_first_not_of(spaces, at)) {
        const auto word = text.substr(at, text.find_first_of(spaces, at) - at);
        at += word.size();
        const auto equals = word.find('=');
        if (equals == std::string_view::npos) {
            return PacketError{PacketError::Kind::NoPair, {}, std::string(word), {}};
        }
        const auto name = word.substr(0, equals);
        const auto key = std::find(names.begin(), names.end(), name);
        if (key == names.end()) {
            return PacketError{PacketError::Kind::UnknownKey, std::string(name), std::string(word.substr(equals + 1)), {}};
        }
        auto &value = m_values.at(static_cast<std::size_t>(key - names.begin()));
        if (value) {
            return PacketError{PacketError::Kind::Twice, std::string(name), std::string(word.substr(equals + 1)), {}};
        }
        value = word.substr(equals + 1);
    }
    return std::nullopt;
}

Refusal Reader::refuse(Key key, std::string other) const
{
    return PacketError{PacketError::Kind::Contradiction, std::string(names.at(key)), std::string(m_values.at(key).value_or("")),
                       std::move(other)};
}

/// Addresses first, for the protocol that is not told is theirs, then the protocol, for it tells whose names types have.
Refusal Reader::fill()
{
    for (std::size_t i = 0; i < KeyCount; ++i) {
        const auto key = static_cast<Key>(i);
        if (key == ProtocolKey) {
            if (auto refusal = checkAddresses()) {
                return refusal;
            }
            m_packet.protocol = has(FlagsKey) ? tcp : icmp;
            if (m_packet.protocol == icmp && m_packet.destination.isV6()) {
                m_packet.protocol = icmpv6;
            }
        }
        if (has(key) && !readField(key, *m_values.at(key), m_packet)) {
            return PacketError{PacketError::Kind::BadValue, std::string(names.at(key)), std::string(*m_values.at(key)), {}};
        }
    }
    return std::nullopt;
}

Refusal Reader::checkAddresses() const
{
    const bool carriesAddresses = isIpPayload(m_packet) || m_packet.payloadType() == etherArp;
    for (const auto key : {SourceKey, DestinationKey}) {
        if (carriesAddresses && !has(key)) {
            return PacketError{PacketError::Kind::Missing, std::string(names.at(key)), {}, {}};
        }
        if (!carriesAddresses && has(key)) {
            return refuse(key, pair(EtherTypeKey, *m_values[EtherTypeKey]));
        }
    }
    if (m_packet.source.family() != m_packet.destination.family()) {
        return refuse(DestinationKey, pair(SourceKey, *m_values[SourceKey]));
    }
    const bool wrong = m_packet.etherType && carriesAddresses && (*m_packet.etherType == etherIpv6) != m_packet.source.isV6();
    return wrong ? refuse(SourceKey, pair(EtherTypeKey, *m_values[EtherTypeKey])) : std::nullopt;
}

Refusal Reader::checkPayload() const
{
    const auto other = m_packet.etherType ? pair(EtherTypeKey, named(Type::EtherProtocol, *m_packet.etherType)) : std::string{};
    if (has(OperationKey) && m_packet.payloadType() != etherArp) {
        return refuse(OperationKey, other.empty() ? "ethertype=" + std::string(m_packet.source.isV4() ? "ip" : "ip6") : other);
    }
    static constexpr std::array ipOnly{
        ProtocolKey, TypeKey, CodeKey,   IdKey,    SequenceKey,  SourcePortKey, DestinationPortKey, FlagsKey,
        FragmentKey, TtlKey,  LengthKey, StateKey, DirectionKey, CtMarkKey,     SourceTypeKey,      DestinationTypeKey};
    const auto found = std::find_if(ipOnly.begin(), ipOnly.end(), [this](Key key) { return has(key); });
    return !isIpPayload(m_packet) && found != ipOnly.end() ? refuse(*found, other) : std::nullopt;
}

Refusal Reader::checkTransport() const
{
    const auto protocol = pair(ProtocolKey, named(Type::Protocol, static_cast<std::uint64_t>(m_packet.protocol)));
    if ((m_packet.protocol == icmp) != (isIcmp(m_packet) && m_packet.source.isV4())) {
        return refuse(ProtocolKey, pair(SourceKey, *m_values[SourceKey]));
    }
    const bool echo = isEcho(m_packet);
    const std::array<std::pair<Key, bool>, 7> fits{{{TypeKey, isIcmp(m_packet)},
                                                    {CodeKey, isIcmp(m_packet)},
                                                    {IdKey, isIcmp(m_packet)},
                                                    {SequenceKey, isIcmp(m_packet)},
                                                    {SourcePortKey, hasPorts(m_packet.protocol)},
                                                    {DestinationPortKey, hasPorts(m_packet.protocol)},
                                                    {FlagsKey, m_packet.protocol == tcp}}};
    for (const auto &[key, possible] : fits) {
        if (has(key) && !possible) {
            return refuse(key, protocol);
        }
        if (has(key) && m_packet.fragmentOffset.value_or(0) > 0) {
            return refuse(key, pair(FragmentKey, *m_values[FragmentKey]));
        }
    }
    for (const auto key : {IdKey, SequenceKey}) {
        if (has(key) && !echo && has(TypeKey)) {
            return refuse(key, pair(TypeKey, *m_values[TypeKey]));
        }
    }
    return std::nullopt;
}

void Reader::complete()
{
    m_packet.interfacesKnown = false;
    if (isIcmp(m_packet) && isIpPayload(m_packet) && m_packet.fragmentOffset.value_or(0) == 0) {
        m_packet.icmpType = m_packet.icmpType.value_or(m_packet.protocol == icmp ? 8 : 128);
        m_packet.icmpCode = m_packet.icmpCode.value_or(0);
    }
    if (m_packet.payloadType() == etherArp) {
        m_packet.arpOperation = m_packet.arpOperation.value_or(1);
    }
    if (!isIpPayload(m_packet)) {
        return;
    }
    m_packet.ct = has(StateKey) ? m_packet.ct : usualState(m_packet);
    m_packet.ttl = has(TtlKey) ? m_packet.ttl : usualTtl(m_packet);
    m_packet.length = has(LengthKey) ? m_packet.length : usualLength(m_packet);
}

tl::expected<Packet, PacketError> Reader::read(std::string_view text)
{
    if (auto refusal = split(text)) {
        return tl::unexpected(std::move(*refusal));
    }
    if (auto refusal = fill()) {
        return tl::unexpected(std::move(*refusal));
    }
    if (auto refusal = checkPayload()) {
        return tl::unexpected(std::move(*refusal));
    }
    if (auto refusal = isIpPayload(m_packet) ? checkTransport() : std::nullopt) {
        return tl::unexpected(std::move(*refusal));
    }
    complete();
    return m_packet;
}

/// Of the types that conntrack leaves alone (nf_conntrack_proto_icmpv6.c, noct_valid_new).
bool isDiscovery(const Packet &packet)
{
    const int type = packet.icmpType.value_or(-1);
    return packet.protocol == icmpv6 && ((type >= 130 && type <= 136) || type == 143);
}

/// Errors quote the packet they answer, and belong to its connection.
bool isIcmpError(const Packet &packet)
{
    static constexpr std::array v4{3, 4, 5, 11, 12};
    static constexpr std::array v6{1, 2, 3, 4};
    const int type = packet.icmpType.value_or(-1);
    return (packet.protocol == icmp && std::find(v4.begin(), v4.end(), type) != v4.end()) ||
           (packet.protocol == icmpv6 && std::find(v6.begin(), v6.end(), type) != v6.end());
}

std::string flagText(std::uint8_t flags)
{
    std::string text;
    for (unsigned bit = 0; bit < 8; ++bit) {
        const auto flag = static_cast<std::uint8_t>(1U << bit);
        if ((flags & flag) != 0) {
            text += (text.empty() ? "" : ",") + std::string(nameOf(Type::TcpFlag, flag));
        }
    }
    return text.empty() ? "none" : text;
}

class Writer {
public:
    explicit Writer(const Packet &packet) : m_packet(packet) {}
    std::string write();

private:
    void add(Key key, const std::string &value)
    {
        if (!value.empty()) {
            m_text += (m_text.empty() ? "" : " ") + pair(key, value);
        }
    }
    template <typename T>
    void add(Key key, const std::optional<T> &value)
    {
        if (value) {
            add(key, std::to_string(*value));
        }
    }
    template <typename T>
    void addNamed(Key key, Type type, const std::optional<T> &value)
    {
        if (value) {
            add(key, named(type, static_cast<std::uint64_t>(*value)));
        }
    }
    void addIp();
    void addTransport();
    void addFrame();

    const Packet &m_packet;
    std::string m_text;
};

void Writer::addTransport()
{
    if (m_packet.fragmentOffset.value_or(0) > 0) {
        return;
    }
    if (isIcmp(m_packet)) {
        const bool v4 = m_packet.protocol == icmp;
        addNamed(TypeKey, v4 ? Type::IcmpType : Type::Icmpv6Type, m_packet.icmpType);
        add(CodeKey, m_packet.icmpCode.value_or(0) == 0 ? std::nullopt : m_packet.icmpCode);
    }
    if (isEcho(m_packet)) {
        add(IdKey, m_packet.icmpId);
        add(SequenceKey, m_packet.icmpSequence);
    }
    if (hasPorts(m_packet.protocol)) {
        add(SourcePortKey, m_packet.sourcePort);
        add(DestinationPortKey, m_packet.destinationPort);
    }
    if (m_packet.protocol == tcp && m_packet.tcpFlags) {
        add(FlagsKey, flagText(*m_packet.tcpFlags));
    }
}

void Writer::addIp()
{
    if (m_packet.ttl >= 0 && m_packet.ttl != usualTtl(m_packet)) {
        add(TtlKey, std::to_string(m_packet.ttl));
    }
    if (m_packet.length >= 0 && m_packet.length != usualLength(m_packet)) {
        add(LengthKey, std::to_string(m_packet.length));
    }
}

void Writer::addFrame()
{
    add(InputKey, m_packet.inputInterface);
    add(OutputKey, m_packet.outputInterface);
    add(InputPortKey, m_packet.inputPort);
    add(OutputPortKey, m_packet.outputPort);
    addNamed(InputTypeKey, Type::InterfaceType, m_packet.inputType);
    addNamed(OutputTypeKey, Type::InterfaceType, m_packet.outputType);
    add(SourceMacKey, m_packet.sourceMac ? m_packet.sourceMac->toString() : std::string{});
    add(DestinationMacKey, m_packet.destinationMac ? m_packet.destinationMac->toString() : std::string{});
    add(VlanKey, m_packet.vlan);
    addNamed(FrameTypeKey, Type::PacketType, m_packet.frameType);
    if (m_packet.mark != 0) {
        add(MarkKey, std::to_string(m_packet.mark));
    }
}

std::string Writer::write()
{
    addNamed(EtherTypeKey, Type::EtherProtocol, m_packet.etherType);
    const bool ip = isIpPayload(m_packet);
    if (ip || m_packet.payloadType() == etherArp) {
        add(SourceKey, m_packet.source.toString());
        add(DestinationKey, m_packet.destination.toString());
    }
    if (ip) {
        add(ProtocolKey, named(Type::Protocol, static_cast<std::uint64_t>(m_packet.protocol)));
        addTransport();
        add(FragmentKey, m_packet.fragmentOffset);
        addIp();
    } else if (m_packet.payloadType() == etherArp) {
        addNamed(OperationKey, Type::ArpOperation, m_packet.arpOperation);
    }
    addFrame();
    if (ip) {
        add(StateKey, m_packet.ct == usualState(m_packet) ? std::string{} : std::string(name(m_packet.ct)));
        addNamed(DirectionKey, Type::CtDirection, m_packet.ctDirection);
        add(CtMarkKey, m_packet.ctMark);
        addNamed(SourceTypeKey, Type::AddressType, m_packet.sourceType);
        addNamed(DestinationTypeKey, Type::AddressType, m_packet.destinationType);
    }
    return m_text;
}

} // namespace

tl::expected<Packet, PacketError> readPacket(std::string_view text) { return Reader().read(text); }

std::span<const std::string_view> packetKeys() { return names; }

CtState usualState(const Packet &packet)
{
    constexpr std::uint8_t ack = 0x10;
    if (isDiscovery(packet)) {
        return CtState::Untracked;
    }
    if (isIcmpError(packet)) {
        return CtState::Related;
    }
    const bool reply = isEcho(packet) && (packet.icmpType == 0 || packet.icmpType == 129);
    const bool later = packet.protocol == tcp && (packet.tcpFlags.value_or(0) & ack) != 0;
    return reply || later ? CtState::Established : CtState::New;
}

int usualTtl(const Packet &packet)
{
    const int type = packet.icmpType.value_or(-1);
    if (!isDiscovery(packet)) {
        return 64;
    }
    return type >= 133 && type <= 136 ? 255 : 1; // RFC 4861 7.1, RFC 3810 5
}

int usualLength(const Packet &packet)
{
    const int header = packet.destination.isV4() ? 20 : 40;
    constexpr int echo = 8 + 56; // ping's default
    constexpr int syn = 40;      // with the options of Linux: MSS, SACK, timestamps, window scale
    constexpr std::uint8_t synFlag = 0x02;
    if (packet.fragmentOffset) {
        return -1;
    }
    if (isEcho(packet)) {
        return header + echo;
    }
    return packet.protocol == tcp && (packet.tcpFlags.value_or(synFlag) & synFlag) != 0 ? header + syn : -1;
}

std::string writePacket(const Packet &packet) { return Writer(packet).write(); }

} // namespace bothways::filter
