// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/walk/exchange.h"

#include "filter/field/elements.h"

#include <algorithm>
#include <utility>

namespace bothways::filter {
namespace {

constexpr int icmp = 1;
constexpr int tcp = 6;
constexpr int udp = 17;
constexpr int icmpv6 = 58;
constexpr std::uint8_t syn = 0x02;
constexpr std::uint8_t ack = 0x10;

Way wayOf(Machine::Role role, bool towardsReceiver)
{
    switch (role) {
    case Machine::Role::Sender:
        return towardsReceiver ? Way::Out : Way::In;
    case Machine::Role::Receiver:
        return towardsReceiver ? Way::In : Way::Out;
    case Machine::Role::Router:
        return Way::Through;
    case Machine::Role::Bridge:
        break;
    }
    return Way::Bridged;
}

/// One machine's memory of the connection.
struct Memory {
    Connection connection;
    Truth requestTracked = Truth::Unknown;
    Truth replyTracked = Truth::Unknown;
    std::optional<std::uint32_t> mark;
};

/// What conntrack says of an answer to something that it did not see (nf_conntrack_proto_*.c): nothing is known of an echo reply
/// or a SYN with ACK, while any datagram begins a connection.
CtState strangersState(const Packet &packet) { return packet.protocol == udp ? CtState::New : CtState::Invalid; }

class Conversation {
public:
    Conversation(std::span<const Machine> machines, Packet request)
        : m_machines(machines), m_memories(machines.size()), m_request(std::move(request))
    {}
    std::vector<Crossing> hold();

private:
    void pass(Turn turn, Packet &packet);
    void cross(std::size_t machine, Turn turn, Packet &packet);
    Passing passingFor(const Memory &memory, Turn turn, const Packet &packet) const;
    static void keep(Memory &memory, Turn turn, const Passing &passing);

    std::span<const Machine> m_machines;
    std::vector<Memory> m_memories;
    Packet m_request;
    std::vector<Crossing> m_crossings;
};

void setSide(Packet &packet, const Machine::Side &from, const Machine::Side &to, Way way)
{
    packet.inputInterface = way == Way::Out ? std::string{} : from.interface;
    packet.inputPort = way == Way::Out ? std::string{} : from.port;
    packet.outputInterface = way == Way::In ? std::string{} : to.interface;
    packet.outputPort = way == Way::In ? std::string{} : to.port;
    const bool input = way == Way::Out || !from.interface.empty();
    const bool output = way == Way::In || !to.interface.empty();
    packet.interfacesKnown = input && output;
}

/// At both ends the addresses are the machine's own, and single ones: who talks there is known.
void tellTypes(Packet &packet, Way way)
{
    constexpr int local = 2; // RTN_LOCAL
    const bool group = packet.destination.isMulticast() || packet.destination.isBroadcast();
    packet.destinationType = way == Way::In && !group ? std::optional(local) : std::nullopt;
    packet.sourceType.reset();
}

Passing Conversation::passingFor(const Memory &memory, Turn turn, const Packet &packet) const
{
    Passing passing(packet);
    auto &own = passing.packet;
    own.ctStatus.reset();
    own.ctMark.reset();
    own.ctDirection = turn == Turn::Reply ? CtDirection::Reply : CtDirection::Original;
    if (turn == Turn::FirstRequest) {
        own.ct = m_request.ct;
        return passing;
    }
    own.ctMark = memory.mark;
    const auto tracked = turn == Turn::Reply ? memory.requestTracked : memory.replyTracked;
    passing.stateKnown = memory.requestTracked != Truth::Unknown && tracked != Truth::Unknown;
    if (memory.requestTracked == Truth::No) {
        own.ct = turn == Turn::Reply ? strangersState(own) : CtState::New;
        own.ctDirection = CtDirection::Original;
        return passing;
    }
    own.ct = tracked == Truth::No ? CtState::New : CtState::Established;
    passing.connection = memory.connection;
    return passing;
}

void Conversation::keep(Memory &memory, Turn turn, const Passing &passing)
{
    const auto tracked = !passing.untracked;
    if (turn == Turn::FirstRequest) {
        const auto state = passing.packet.ct;
        memory.requestTracked = state == CtState::Invalid || state == CtState::Untracked ? Truth::No : tracked;
        memory.connection = passing.connection;
        memory.mark = passing.blurred.test(static_cast<std::size_t>(Key::CtMark))
                          ? std::nullopt
                          : std::optional(passing.packet.ctMark.value_or(0));
    } else if (turn == Turn::Reply) {
        memory.replyTracked = tracked;
    }
}

void Conversation::cross(std::size_t machine, Turn turn, Packet &packet)
{
    const auto &here = m_machines[machine];
    auto &memory = m_memories[machine];
    const bool towardsReceiver = turn != Turn::Reply;
    const auto way = wayOf(here.role, towardsReceiver);
    auto passing = passingFor(memory, turn, packet);
    passing.packet.mark = here.role == Machine::Role::Sender && towardsReceiver ? m_request.mark : 0;
    const auto &from = towardsReceiver ? here.towardsSender : here.towardsReceiver;
    const auto &to = towardsReceiver ? here.towardsReceiver : here.towardsSender;
    setSide(passing.packet, from, to, way);
    tellTypes(passing.packet, way);
    if (here.addressType) {
        const auto destination = here.addressType(passing.packet.destination);
        passing.packet.sourceType = here.addressType(passing.packet.source);
        passing.packet.destinationType = destination ? destination : passing.packet.destinationType;
    }
    auto path = walkPath(*here.rules, way, passing, here.bridging);
    m_crossings.push_back({machine, turn, way, std::move(path), passing.packet});
    keep(memory, turn, passing);
    passing.packet.sourceType.reset(); // the next machine's tables say otherwise
    passing.packet.destinationType.reset();
    packet = passing.packet;
    if (way == Way::Through) {
        packet.sourceMac.reset(); // those of the next link are others
        packet.destinationMac.reset();
    }
}

/// What one machine translates the next one sees translated.
void Conversation::pass(Turn turn, Packet &packet)
{
    for (std::size_t i = 0; i < m_machines.size(); ++i) {
        cross(turn == Turn::Reply ? m_machines.size() - 1 - i : i, turn, packet);
    }
}

std::vector<Crossing> Conversation::hold()
{
    auto request = m_request;
    pass(Turn::FirstRequest, request);
    auto reply = replyTo(request);
    if (reply) {
        pass(Turn::Reply, *reply);
        auto next = m_request;
        next.tcpFlags = next.protocol == tcp ? std::optional(ack) : next.tcpFlags;
        pass(Turn::NextRequest, next);
    }
    return std::move(m_crossings);
}

} // namespace

std::optional<Packet> replyTo(const Packet &request)
{
    auto reply = request;
    std::swap(reply.source, reply.destination);
    std::swap(reply.sourcePort, reply.destinationPort);
    std::swap(reply.sourceMac, reply.destinationMac);
    reply.ct = CtState::Established;
    if (request.payloadType() == etherArp) {
        reply.arpOperation = 2;
        std::swap(reply.arpSenderMac, reply.arpTargetMac);
        return request.arpOperation.value_or(1) == 1 ? std::optional(reply) : std::nullopt;
    }
    if (request.protocol == icmp || request.protocol == icmpv6) {
        const int echo = request.protocol == icmp ? 8 : 128;
        reply.icmpType = request.protocol == icmp ? 0 : 129;
        return request.icmpType.value_or(echo) == echo ? std::optional(reply) : std::nullopt;
    }
    if (request.protocol == tcp) {
        reply.tcpFlags = static_cast<std::uint8_t>(syn | ack);
        return reply;
    }
    return request.protocol == udp ? std::optional(reply) : std::nullopt;
}

std::vector<Crossing> walkExchange(std::span<const Machine> machines, const Packet &request)
{
    return Conversation(machines, request).hold();
}

std::string_view name(Turn turn)
{
    switch (turn) {
    case Turn::FirstRequest:
        return "first request";
    case Turn::Reply:
        return "reply";
    case Turn::NextRequest:
        return "next request";
    }
    return {};
}

} // namespace bothways::filter
