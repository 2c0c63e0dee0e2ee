// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/packet/packet_keys.h"
#include "filter/ruleset.h"

namespace bothways::filter {
namespace {

using namespace packet_text;

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
    }
    return m_text;
}

} // namespace

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
