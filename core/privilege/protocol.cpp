// SPDX-License-Identifier: GPL-3.0-or-later
#include "privilege/protocol.h"

#include <algorithm>
#include <string_view>
#include <type_traits>
#include <utility>

namespace bothways::privilege {

namespace {

enum class Type : std::uint16_t {
    Hello = 1,
    OpenCapture,
    StopCapture,
    ReadRules,
    AskNeighbour,
    Welcome = 0x101,
    Failure,
    PointChanged,
    Frames,
    Counters,
    RulesPart,
    NeighbourAnswer,
    NeighbourEnd,
    Done,
};

constexpr std::array<std::uint8_t, 4> opening{'B', 'w', 'H', protocolVersion};
constexpr std::size_t frameHeaderSize = 17;

class Writer {
public:
    explicit Writer(std::vector<std::uint8_t> &out) : m_out(out) {}

    template <typename Number>
    void number(Number value)
    {
        const auto bits = static_cast<std::uint64_t>(value);
        for (std::size_t left = sizeof(Number); left > 0; --left) {
            m_out.push_back(static_cast<std::uint8_t>(bits >> (8 * (left - 1))));
        }
    }
    void flag(bool value) { m_out.push_back(value ? 1 : 0); }
    void bytes(Bytes value) { m_out.insert(m_out.end(), value.begin(), value.end()); }
    /// At most `limit` bytes of it, behind their number.
    void text(std::string_view value, std::size_t limit)
    {
        value = value.substr(0, limit);
        number(static_cast<std::uint16_t>(value.size()));
        m_out.insert(m_out.end(), value.begin(), value.end());
    }

private:
    std::vector<std::uint8_t> &m_out;
};

/// Reads in order; once something is missing or wrong, everything after it is too.
class Reader {
public:
    explicit Reader(Bytes bytes) : m_bytes(bytes) {}

    template <typename Number>
    Number number()
    {
        std::uint64_t value = 0;
        for (const auto byte : take(sizeof(Number))) {
            value = value << 8 | byte;
        }
        return static_cast<Number>(value);
    }
    bool flag()
    {
        const auto value = number<std::uint8_t>();
        expect(value <= 1);
        return value == 1;
    }
    Bytes take(std::size_t size)
    {
        if (!m_good || size > m_bytes.size() - m_at) {
            m_good = false;
            return {};
        }
        m_at += size;
        return m_bytes.subspan(m_at - size, size);
    }
    Bytes rest() { return take(m_bytes.size() - m_at); }
    std::string text(std::size_t limit)
    {
        const auto size = number<std::uint16_t>();
        const auto bytes = expect(size <= limit) ? take(size) : Bytes();
        return {bytes.begin(), bytes.end()};
    }
    std::string device()
    {
        auto name = text(longestName);
        expect(isDeviceName(name));
        return name;
    }
    /// A number that is at most `last`.
    template <typename Enum>
    Enum choice(Enum first, Enum last)
    {
        const auto value = number<std::underlying_type_t<Enum>>();
        const bool fits =
            value >= static_cast<std::underlying_type_t<Enum>>(first) && value <= static_cast<std::underlying_type_t<Enum>>(last);
        return expect(fits) ? static_cast<Enum>(value) : first;
    }
    bool expect(bool condition)
    {
        m_good = m_good && condition;
        return m_good;
    }

    bool good() const { return m_good; }
    bool atEnd() const { return m_at == m_bytes.size(); }
    std::size_t at() const { return m_at; }

private:
    Bytes m_bytes;
    std::size_t m_at = 0;
    bool m_good = true;
};

// ---- bodies: how each is written and read stands together

template <typename Empty>
void write(Writer & /*out*/, const Empty & /*body*/)
{
    static_assert(std::is_empty_v<Empty>);
}

void write(Writer &out, const OpenCapture &body)
{
    out.number(body.snapLength);
    out.flag(body.promiscuous);
    out.number(body.filterLinkType);
    out.number(static_cast<std::uint16_t>(std::min(body.filter.size(), mostInstructions)));
    for (std::size_t i = 0; i < std::min(body.filter.size(), mostInstructions); ++i) {
        const auto &instruction = body.filter[i];
        out.number(instruction.code);
        out.number(instruction.jumpTrue);
        out.number(instruction.jumpFalse);
        out.number(instruction.operand);
    }
    out.number(static_cast<std::uint8_t>(std::min(body.devices.size(), mostPoints)));
    for (std::size_t i = 0; i < std::min(body.devices.size(), mostPoints); ++i) {
        out.text(body.devices[i], longestName);
    }
}
OpenCapture readOpenCapture(Reader &in)
{
    OpenCapture body;
    body.snapLength = in.number<std::uint32_t>();
    in.expect(body.snapLength >= 1 && body.snapLength <= largestSnapLength);
    body.promiscuous = in.flag();
    body.filterLinkType = in.number<std::int32_t>();
    const auto instructions = in.number<std::uint16_t>();
    in.expect(instructions <= mostInstructions);
    for (std::size_t i = 0; i < instructions && in.good(); ++i) {
        const auto code = in.number<std::uint16_t>();
        const auto jumpTrue = in.number<std::uint8_t>();
        const auto jumpFalse = in.number<std::uint8_t>();
        body.filter.push_back({code, jumpTrue, jumpFalse, in.number<std::uint32_t>()});
    }
    const auto devices = in.number<std::uint8_t>();
    in.expect(devices >= 1 && devices <= mostPoints);
    for (std::size_t i = 0; i < devices && in.good(); ++i) {
        auto name = in.device();
        in.expect(std::find(body.devices.begin(), body.devices.end(), name) == body.devices.end());
        body.devices.push_back(std::move(name));
    }
    return body;
}

void write(Writer &out, const StopCapture &body) { out.number(body.capture); }

void write(Writer &out, const AskNeighbour &body)
{
    out.text(body.device, longestName);
    out.flag(body.target.isV6());
    out.bytes(Bytes(body.target.bytes()).first(static_cast<std::size_t>(body.target.width() / 8)));
    out.number(body.requests);
    out.number(body.waitMs);
}
AskNeighbour readAskNeighbour(Reader &in)
{
    AskNeighbour body;
    body.device = in.device();
    const bool v6 = in.flag();
    const auto bytes = in.take(v6 ? 16 : 4);
    if (in.good()) {
        std::array<std::uint8_t, 16> address{};
        std::copy(bytes.begin(), bytes.end(), address.begin());
        body.target = v6 ? net::IpAddress::fromV6(address)
                         : net::IpAddress::fromV4(std::uint32_t{address[0]} << 24 | std::uint32_t{address[1]} << 16 |
                                                  std::uint32_t{address[2]} << 8 | address[3]);
    }
    body.requests = in.number<std::uint8_t>();
    body.waitMs = in.number<std::uint16_t>();
    in.expect(body.requests >= 1 && body.requests <= mostNeighbourRequests && body.waitMs <= longestNeighbourWaitMs);
    return body;
}

void write(Writer &out, const Welcome &body)
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

void write(Writer &out, const Failure &body)
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

void write(Writer &out, const PointChanged &body)
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

void write(Writer &out, const Frames &body) { out.bytes(body.records); }
Frames readFrames(Reader &in)
{
    const auto records = in.rest();
    auto left = records;
    while (takeFrame(left)) {
    }
    in.expect(left.empty());
    return {{records.begin(), records.end()}};
}

void write(Writer &out, const Counters &body)
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

void write(Writer &out, const RulesPart &body)
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

void write(Writer &out, const NeighbourAnswer &body)
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

void write(Writer &out, const NeighbourEnd &body)
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

// ---- framing

std::optional<Request> readRequest(Type type, Reader &in)
{
    switch (type) {
    case Type::Hello:
        return Hello{};
    case Type::OpenCapture:
        return readOpenCapture(in);
    case Type::StopCapture:
        return StopCapture{in.number<std::uint32_t>()};
    case Type::ReadRules:
        return ReadRules{};
    case Type::AskNeighbour:
        return readAskNeighbour(in);
    default:
        return std::nullopt;
    }
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
    default:
        return std::nullopt;
    }
}

template <typename Body, typename ReadBody>
tl::expected<std::optional<Taken<Body>>, Fault> take(Bytes stream, std::size_t longest, const ReadBody &readBody)
{
    using Kind = Fault::Kind;
    // What is there of the opening is judged at once, so that garbage is not waited on.
    for (std::size_t i = 0; i < std::min(stream.size(), opening.size()); ++i) {
        if (stream[i] != opening.at(i)) {
            return tl::unexpected(Fault{i + 1 == opening.size() ? Kind::OtherVersion : Kind::NotOurs, i});
        }
    }
    if (stream.size() < headerSize) {
        return std::nullopt;
    }
    Reader header(stream.subspan(opening.size(), headerSize - opening.size()));
    const auto type = static_cast<Type>(header.number<std::uint16_t>());
    if (header.number<std::uint16_t>() != 0) {
        return tl::unexpected(Fault{Kind::Malformed, 6});
    }
    const auto token = header.number<std::uint32_t>();
    const std::size_t length = header.number<std::uint32_t>();
    if (length > longest) {
        return tl::unexpected(Fault{Kind::TooLong, 12});
    }
    if (stream.size() - headerSize < length) {
        return std::nullopt;
    }
    Reader payload(stream.subspan(headerSize, length));
    auto body = readBody(type, payload);
    if (!body) {
        return tl::unexpected(Fault{Kind::UnknownType, 4});
    }
    if (!payload.good() || !payload.atEnd()) {
        return tl::unexpected(Fault{Kind::Malformed, headerSize + payload.at()});
    }
    return Taken<Body>{token, std::move(*body), headerSize + length};
}

template <typename Body>
std::vector<std::uint8_t> assemble(Type first, std::uint32_t token, const Body &body)
{
    std::vector<std::uint8_t> message(opening.begin(), opening.end());
    Writer out(message);
    // The alternatives stand in the order of their numbers.
    out.number(static_cast<std::uint16_t>(static_cast<std::uint16_t>(first) + body.index()));
    out.number(std::uint16_t{0});
    out.number(token);
    std::vector<std::uint8_t> payload;
    Writer inner(payload);
    std::visit([&inner](const auto &one) { write(inner, one); }, body);
    out.number(static_cast<std::uint32_t>(payload.size()));
    out.bytes(payload);
    return message;
}

} // namespace

const char *Fault::text() const
{
    static constexpr std::array texts{"these bytes are no message of Bothways", "this message is of another version",
                                      "a message of this type is not known", "this message is longer than any may be",
                                      "this message does not hold what its type says"};
    return texts.at(static_cast<std::size_t>(kind));
}

tl::expected<std::optional<Taken<Request>>, Fault> takeRequest(Bytes stream)
{
    return take<Request>(stream, longestRequest, readRequest);
}

tl::expected<std::optional<Taken<Reply>>, Fault> takeReply(Bytes stream) { return take<Reply>(stream, longestReply, readReply); }

std::vector<std::uint8_t> encode(std::uint32_t token, const Request &request) { return assemble(Type::Hello, token, request); }

std::vector<std::uint8_t> encode(std::uint32_t token, const Reply &reply) { return assemble(Type::Welcome, token, reply); }

bool appendFrame(std::vector<std::uint8_t> &records, const FrameRecord &frame)
{
    if (frame.bytes.size() > longestReply || records.size() + frameHeaderSize + frame.bytes.size() > longestReply) {
        return false;
    }
    Writer out(records);
    out.number(frame.point);
    out.number(frame.time);
    out.number(frame.originalLength);
    out.number(static_cast<std::uint32_t>(frame.bytes.size()));
    out.bytes(frame.bytes);
    return true;
}

std::optional<FrameRecord> takeFrame(Bytes &records)
{
    Reader in(records);
    FrameRecord frame;
    frame.point = in.number<std::uint8_t>();
    in.expect(frame.point < mostPoints);
    frame.time = in.number<std::int64_t>();
    frame.originalLength = in.number<std::uint32_t>();
    frame.bytes = in.take(in.number<std::uint32_t>());
    if (!in.good()) {
        return std::nullopt;
    }
    records = records.subspan(in.at());
    return frame;
}

bool isDeviceName(const std::string &name)
{
    return !name.empty() && name.size() <= longestName && name != "." && name != ".." &&
           std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f && c != '/' && c != ':'; });
}

} // namespace bothways::privilege
