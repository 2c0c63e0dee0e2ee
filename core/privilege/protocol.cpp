// SPDX-License-Identifier: GPL-3.0-or-later
#include "privilege/protocol.h"

#include "privilege/protocol_replies.h"
#include "privilege/protocol_requests.h"

#include <utility>

namespace bothways::privilege {

namespace {

constexpr std::array<std::uint8_t, 4> opening{'B', 'w', 'H', protocolVersion};
constexpr std::size_t frameHeaderSize = 17;

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
    write(inner, body);
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
