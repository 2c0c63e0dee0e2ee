// SPDX-License-Identifier: GPL-3.0-or-later
#include "privilege/protocol_requests.h"

namespace bothways::privilege {

namespace {

// How each body is written and read stands together.

template <typename Empty>
void put(Writer & /*out*/, const Empty & /*body*/)
{
    static_assert(std::is_empty_v<Empty>);
}

void put(Writer &out, const OpenCapture &body)
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

void put(Writer &out, const Stop &body) { out.number(body.what); }

void put(Writer &out, const AskNeighbour &body)
{
    out.text(body.device, longestName);
    out.address(body.target);
    out.number(body.requests);
    out.number(body.waitMs);
}
AskNeighbour readAskNeighbour(Reader &in)
{
    AskNeighbour body;
    body.device = in.device();
    body.target = in.address();
    body.requests = in.number<std::uint8_t>();
    body.waitMs = in.number<std::uint16_t>();
    in.expect(body.requests >= 1 && body.requests <= mostNeighbourRequests && body.waitMs <= longestNeighbourWaitMs);
    return body;
}

void put(Writer &out, const AskEcho &body)
{
    out.address(body.target);
    out.flag(body.source.has_value());
    if (body.source) {
        out.address(*body.source);
    }
    out.text(body.device, longestName);
    out.number(body.count);
    out.number(body.intervalMs);
    out.number(body.timeoutMs);
    out.number(body.payloadBytes);
    out.number(body.hopLimit);
    out.flag(body.dontFragment);
}
AskEcho readAskEcho(Reader &in)
{
    AskEcho body;
    body.target = in.address();
    if (in.flag()) {
        body.source = in.address();
        in.expect(body.source->family() == body.target.family());
    }
    body.device = in.text(longestName);
    in.expect(body.device.empty() || isDeviceName(body.device));
    body.count = in.number<std::uint16_t>();
    body.intervalMs = in.number<std::uint16_t>();
    body.timeoutMs = in.number<std::uint16_t>();
    body.payloadBytes = in.number<std::uint16_t>();
    body.hopLimit = in.number<std::uint8_t>();
    body.dontFragment = in.flag();
    in.expect(body.count >= 1 && body.count <= mostEchoRequests && body.intervalMs >= shortestEchoIntervalMs &&
              body.intervalMs <= longestEchoWaitMs && body.timeoutMs >= 1 && body.timeoutMs <= longestEchoWaitMs &&
              body.payloadBytes <= largestEchoPayload);
    return body;
}

} // namespace

void write(Writer &out, const Request &body)
{
    std::visit([&out](const auto &one) { put(out, one); }, body);
}

std::optional<Request> readRequest(Type type, Reader &in)
{
    switch (type) {
    case Type::Hello:
        return Hello{};
    case Type::OpenCapture:
        return readOpenCapture(in);
    case Type::Stop:
        return Stop{in.number<std::uint32_t>()};
    case Type::ReadRules:
        return ReadRules{};
    case Type::AskNeighbour:
        return readAskNeighbour(in);
    case Type::AskEcho:
        return readAskEcho(in);
    case Type::ReadConntrack:
        return ReadConntrack{};
    default:
        return std::nullopt;
    }
}

} // namespace bothways::privilege
