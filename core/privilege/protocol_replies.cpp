// SPDX-License-Identifier: GPL-3.0-or-later
#include "privilege/protocol_replies.h"

namespace bothways::privilege {

namespace {

// How each body is written and read stands together.

template <typename Empty>
void put(Writer & /*out*/, const Empty & /*body*/)
{
    static_assert(std::is_empty_v<Empty>);
}

void put(Writer &out, const Welcome &body)
{
    out.flag(body.packets);
    out.flag(body.rules);
    out.flag(body.legacyNames);
    out.flag(body.landlock);
}
Welcome readWelcome(Reader &in)
{
    Welcome body;
    body.packets = in.flag();
    body.rules = in.flag();
    body.legacyNames = in.flag();
    body.landlock = in.flag();
    return body;
}

void put(Writer &out, const Failure &body)
{
    out.number(static_cast<std::uint16_t>(body.reason));
    out.number(body.error);
    out.text(body.text, longestText);
}
Failure readFailure(Reader &in)
{
    Failure body;
    body.reason = in.choice(Refusal::BadMessage, Refusal::System);
    body.error = in.number<std::int32_t>();
    body.text = in.text(longestText);
    return body;
}

void put(Writer &out, const PointChanged &body)
{
    out.number(body.point);
    out.number(static_cast<std::uint8_t>(body.status));
    out.number(body.linkType);
    out.flag(body.nanoseconds);
    out.text(body.text, longestText);
}
PointChanged readPointChanged(Reader &in)
{
    PointChanged body;
    body.point = in.number<std::uint8_t>();
    in.expect(body.point < mostPoints);
    body.status = in.choice(PointStatus::Open, PointStatus::Refused);
    body.linkType = in.number<std::int32_t>();
    body.nanoseconds = in.flag();
    body.text = in.text(longestText);
    return body;
}

void put(Writer &out, const Frames &body) { out.bytes(body.records); }
Frames readFrames(Reader &in)
{
    const auto records = in.rest();
    auto left = records;
    while (takeFrame(left)) {
    }
    in.expect(left.empty());
    return {{records.begin(), records.end()}};
}

void put(Writer &out, const Counters &body)
{
    out.number(static_cast<std::uint8_t>(std::min(body.points.size(), mostPoints)));
    for (std::size_t i = 0; i < std::min(body.points.size(), mostPoints); ++i) {
        out.number(body.points[i].point);
        out.number(body.points[i].received);
        out.number(body.points[i].dropped);
    }
}
Counters readCounters(Reader &in)
{
    Counters body;
    const auto points = in.number<std::uint8_t>();
    in.expect(points <= mostPoints);
    for (std::size_t i = 0; i < points && in.good(); ++i) {
        const auto point = in.number<std::uint8_t>();
        in.expect(point < mostPoints);
        const auto received = in.number<std::uint64_t>();
        body.points.push_back({point, received, in.number<std::uint64_t>()});
    }
    return body;
}

void put(Writer &out, const RulesPart &body)
{
    out.number(static_cast<std::uint8_t>(body.kind));
    out.number(static_cast<std::uint8_t>(body.access));
    out.flag(body.last);
    out.number(body.error);
    out.bytes(body.text);
}
RulesPart readRulesPart(Reader &in)
{
    RulesPart body;
    body.kind = in.choice(RulesKind::NftJson, RulesKind::Ip6TablesNames);
    body.access = in.choice(RulesAccess::Read, RulesAccess::Failed);
    body.last = in.flag();
    body.error = in.number<std::int32_t>();
    const auto text = in.rest();
    body.text.assign(text.begin(), text.end());
    return body;
}

void put(Writer &out, const NeighbourAnswer &body)
{
    out.bytes(Bytes(body.mac.bytes()));
    out.number(body.rttNs);
}
NeighbourAnswer readNeighbourAnswer(Reader &in)
{
    NeighbourAnswer body;
    std::array<std::uint8_t, 6> mac{};
    const auto bytes = in.take(mac.size());
    std::copy(bytes.begin(), bytes.end(), mac.begin());
    body.mac = net::MacAddress(mac);
    body.rttNs = in.number<std::int64_t>();
    in.expect(body.rttNs >= 0);
    return body;
}

void put(Writer &out, const NeighbourEnd &body)
{
    out.number(body.step);
    out.number(body.error);
    out.number(body.sent);
}
NeighbourEnd readNeighbourEnd(Reader &in)
{
    const auto step = in.number<std::uint8_t>();
    const auto error = in.number<std::int32_t>();
    return {step, error, in.number<std::uint16_t>()};
}

void put(Writer &out, const EchoHeard &body)
{
    out.number(static_cast<std::uint8_t>(body.event));
    out.number(body.index);
    out.number(body.monotonicNs);
    out.number(body.realtimeNs);
    out.address(body.sender);
    out.flag(body.hopLimit.has_value());
    out.number(body.hopLimit.value_or(0));
    out.flag(body.icmp);
    out.number(body.type);
    out.number(body.code);
    out.number(body.error);
}
EchoHeard readEchoHeard(Reader &in)
{
    EchoHeard body;
    body.event = in.choice(EchoEvent::Sent, EchoEvent::Refused);
    body.index = in.number<std::uint16_t>();
    in.expect(body.index < mostEchoRequests);
    body.monotonicNs = in.number<std::int64_t>();
    body.realtimeNs = in.number<std::int64_t>();
    in.expect(body.monotonicNs >= 0 && body.realtimeNs >= 0);
    body.sender = in.address();
    const bool known = in.flag();
    const auto hopLimit = in.number<std::uint8_t>();
    in.expect(known || hopLimit == 0);
    body.hopLimit = known ? std::optional(hopLimit) : std::nullopt;
    body.icmp = in.flag();
    body.type = in.number<std::uint8_t>();
    body.code = in.number<std::uint8_t>();
    body.error = in.number<std::int32_t>();
    return body;
}

void put(Writer &out, const EchoEnd &body)
{
    out.number(body.step);
    out.number(body.error);
    out.number(body.sent);
    out.number(body.foreign);
}
EchoEnd readEchoEnd(Reader &in)
{
    const auto step = in.number<std::uint8_t>();
    const auto error = in.number<std::int32_t>();
    const auto sent = in.number<std::uint16_t>();
    return {step, error, sent, in.number<std::uint32_t>()};
}

void put(Writer &out, const ConntrackNumbers &body)
{
    for (const auto number : {body.count, body.most, body.drop, body.earlyDrop, body.insertFailed}) {
        out.number(number);
    }
}
ConntrackNumbers readConntrackNumbers(Reader &in)
{
    ConntrackNumbers body;
    for (auto *number : {&body.count, &body.most, &body.drop, &body.earlyDrop, &body.insertFailed}) {
        *number = in.number<std::int64_t>();
        in.expect(*number >= -1);
    }
    return body;
}

} // namespace

void write(Writer &out, const Reply &body)
{
    std::visit([&out](const auto &one) { put(out, one); }, body);
}

std::optional<Reply> readReply(Type type, Reader &in)
{
    switch (type) {
    case Type::Welcome:
        return readWelcome(in);
    case Type::Failure:
        return readFailure(in);
    case Type::PointChanged:
        return readPointChanged(in);
    case Type::Frames:
        return readFrames(in);
    case Type::Counters:
        return readCounters(in);
    case Type::RulesPart:
        return readRulesPart(in);
    case Type::NeighbourAnswer:
        return readNeighbourAnswer(in);
    case Type::NeighbourEnd:
        return readNeighbourEnd(in);
    case Type::Done:
        return Done{};
    case Type::EchoHeard:
        return readEchoHeard(in);
    case Type::EchoEnd:
        return readEchoEnd(in);
    case Type::ConntrackNumbers:
        return readConntrackNumbers(in);
    default:
        return std::nullopt;
    }
}

} // namespace bothways::privilege
