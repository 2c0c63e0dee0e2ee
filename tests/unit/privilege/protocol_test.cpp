// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "privilege/protocol.h"

#include <random>

using namespace bothways;
using namespace bothways::privilege;

namespace {

OpenCapture usualCapture()
{
    OpenCapture capture;
    capture.snapLength = 128;
    capture.promiscuous = true;
    capture.filter = {{0x28, 0, 0, 12}, {0x15, 0, 1, 0x0806}, {0x06, 0, 0, 262144}, {0x06, 0, 0, 0}};
    capture.devices = {"virbr0", "vnet0"};
    return capture;
}

std::vector<Request> everyRequest()
{
    return {Hello{},
            usualCapture(),
            Stop{7},
            ReadRules{},
            AskNeighbour{"br0", *net::IpAddress::parse("10.0.0.10"), 3, 700},
            AskNeighbour{"br0", *net::IpAddress::parse("fd00::10"), 1, 0},
            AskEcho{*net::IpAddress::parse("10.0.0.10"), *net::IpAddress::parse("10.0.0.1"), "", 10, 200, 1000, 56, 0, false},
            AskEcho{*net::IpAddress::parse("fe80::10"), std::nullopt, "br0", mostEchoRequests, shortestEchoIntervalMs,
                    longestEchoWaitMs, largestEchoPayload, 255, true},
            ReadConntrack{}};
}

std::vector<Reply> everyReply()
{
    const std::vector<std::uint8_t> bytes{1, 2, 3, 4};
    Frames frames;
    appendFrame(frames.records, {1, 1'700'000'000'123'456'789, 1500, Bytes(bytes)});
    appendFrame(frames.records, {0, -1, 0, {}});
    return {Welcome{true, false, true, false},
            Failure{Refusal::System, 19, "No such device"},
            PointChanged{3, PointStatus::Gone, 113, true, "gone"},
            frames,
            Counters{{{0, 0xffff'ffff'ffffU, 3}, {1, 5, 0}}},
            RulesPart{RulesKind::Ip6TablesNames, RulesAccess::Failed, false, -1, {'x'}},
            NeighbourAnswer{net::MacAddress({2, 0, 0, 0, 0, 1}), 123'456},
            NeighbourEnd{2, 1, 3},
            Done{},
            EchoHeard{EchoEvent::Reply, 3, 5, 7, *net::IpAddress::parse("10.0.0.10"), std::uint8_t{64}, false, 0, 0, 0},
            EchoHeard{EchoEvent::Refused, 999, 0, 0, *net::IpAddress::parse("fe80::1"), std::nullopt, true, 1, 4, 111},
            EchoEnd{2, 1, 0, 0},
            EchoEnd{0, 0, 10, 0xffff'ffff},
            ConntrackNumbers{12, 262144, 0, -1, 3}};
}

Fault::Kind faultOf(Bytes stream)
{
    const auto taken = takeRequest(stream);
    REQUIRE_FALSE(taken.has_value());
    return taken.error().kind;
}

void putLength(std::vector<std::uint8_t> &message, std::uint32_t length)
{
    for (int i = 0; i < 4; ++i) {
        message.at(12 + static_cast<std::size_t>(i)) = static_cast<std::uint8_t>(length >> (24 - 8 * i));
    }
}

} // namespace

TEST_CASE("each message reads as it was written, however the stream is cut")
{
    std::uint32_t token = 41;
    std::vector<std::uint8_t> stream;
    for (const auto &request : everyRequest()) {
        const auto message = encode(++token, request);
        for (std::size_t size = 0; size < message.size(); ++size) {
            const auto part = takeRequest(Bytes(message).first(size));
            REQUIRE(part.has_value());
            CHECK_FALSE(part->has_value());
        }
        stream = message;
        stream.push_back('B'); // the next one begins
        const auto taken = takeRequest(stream);
        REQUIRE((taken && *taken));
        CHECK((*taken)->token == token);
        CHECK((*taken)->size == message.size());
        CHECK((*taken)->body == request);
        CHECK_FALSE(takeReply(message).has_value()); // a helper never says that
    }
    for (const auto &reply : everyReply()) {
        const auto message = encode(++token, reply);
        const auto taken = takeReply(message);
        REQUIRE((taken && *taken));
        CHECK((*taken)->token == token);
        CHECK((*taken)->body == reply);
        CHECK_FALSE(takeRequest(message).has_value());
    }
}

TEST_CASE("the frames of a batch come out one by one")
{
    const std::vector<std::uint8_t> first{1, 2, 3};
    std::vector<std::uint8_t> records;
    CHECK(appendFrame(records, {2, 5, 60, Bytes(first)}));
    CHECK(appendFrame(records, {15, 6, 61, {}}));
    Bytes left(records);
    const auto one = takeFrame(left);
    REQUIRE(one);
    CHECK(one->point == 2);
    CHECK(one->time == 5);
    CHECK(one->originalLength == 60);
    CHECK(std::vector(one->bytes.begin(), one->bytes.end()) == first);
    CHECK(takeFrame(left)->point == 15);
    CHECK_FALSE(takeFrame(left));
    CHECK(left.empty());
    const std::vector<std::uint8_t> huge(longestReply);
    CHECK_FALSE(appendFrame(records, {0, 0, 0, Bytes(huge)}));
}

TEST_CASE("garbage is told from the first byte on")
{
    CHECK(faultOf(Bytes(std::vector<std::uint8_t>{'G', 'E', 'T'})) == Fault::Kind::NotOurs);
    CHECK(faultOf(Bytes(std::vector<std::uint8_t>{'B', 'w', 'x'})) == Fault::Kind::NotOurs);
    CHECK(faultOf(Bytes(std::vector<std::uint8_t>{'B', 'w', 'H', protocolVersion + 1})) == Fault::Kind::OtherVersion);
    auto message = encode(1, Request(Hello{}));
    message.at(5) = 99;
    CHECK(faultOf(message) == Fault::Kind::UnknownType);
    message = encode(1, Request(Hello{}));
    message.at(7) = 1;
    CHECK(faultOf(message) == Fault::Kind::Malformed);
}

TEST_CASE("a message that is too long is refused by its header; a BPF program of 1 MB is one")
{
    auto message = encode(1, Request(usualCapture()));
    putLength(message, 1024 * 1024);
    CHECK(faultOf(Bytes(message).first(headerSize)) == Fault::Kind::TooLong);
    putLength(message, 0xffff'ffff);
    CHECK(faultOf(Bytes(message).first(headerSize)) == Fault::Kind::TooLong);
    putLength(message, longestRequest);
    CHECK(takeRequest(Bytes(message).first(headerSize)).has_value()); // it may be that long

    auto capture = usualCapture();
    capture.filter.assign(mostInstructions, {0x06, 0, 0, 0});
    message = encode(1, Request(capture));
    CHECK((takeRequest(message) && *takeRequest(message)));
    // One more than the kernel takes: the number stands behind snap length, flag and link type.
    message.at(headerSize + 9) = 0x10;
    message.at(headerSize + 10) = 0x01;
    CHECK(faultOf(message) == Fault::Kind::Malformed);
}

TEST_CASE("what does not fit its type is refused, and so is what is left over")
{
    auto message = encode(1, Request(Stop{1}));
    message.push_back(0);
    putLength(message, 5);
    CHECK(faultOf(message) == Fault::Kind::Malformed);

    const auto refused = [](const OpenCapture &capture) {
        const auto taken = takeRequest(encode(1, Request(capture)));
        return !taken.has_value() && taken.error().kind == Fault::Kind::Malformed;
    };
    auto capture = usualCapture();
    capture.snapLength = 0;
    CHECK(refused(capture));
    capture.snapLength = largestSnapLength + 1;
    CHECK(refused(capture));
    capture = usualCapture();
    capture.devices = {};
    CHECK(refused(capture));
    capture.devices = {"eth0", "eth0"};
    CHECK(refused(capture));
    for (const auto *name : {"", ".", "..", "../../etc", "a b", "dbus:system", "nflog:5", "\x01", "caf\xc3\xa9"}) {
        INFO(name);
        CHECK_FALSE(isDeviceName(name));
        capture.devices = {name};
        CHECK(refused(capture));
    }
    CHECK(isDeviceName("enp0s31f6.4094"));
    CHECK_FALSE(isDeviceName("sixteen-bytes-xx"));

    const auto target = *net::IpAddress::parse("10.0.0.10");
    for (const auto &ask : {AskNeighbour{"br0", target, 0, 0}, AskNeighbour{"br0", target, mostNeighbourRequests + 1, 0},
                            AskNeighbour{"br0", target, 1, longestNeighbourWaitMs + 1}}) {
        CHECK_FALSE(takeRequest(encode(1, Request(ask))).has_value());
    }
}

TEST_CASE("echo requests beyond any bound are refused")
{
    const AskEcho usual{*net::IpAddress::parse("10.0.0.10"), std::nullopt, "", 10, 200, 1000, 56, 64, true};
    const auto refused = [&](const auto &change) {
        auto ask = usual;
        change(ask);
        const auto taken = takeRequest(encode(1, Request(ask)));
        return !taken.has_value() && taken.error().kind == Fault::Kind::Malformed;
    };
    CHECK_FALSE(refused([](AskEcho &) {}));
    CHECK(refused([](AskEcho &ask) { ask.count = 0; }));
    CHECK(refused([](AskEcho &ask) { ask.count = mostEchoRequests + 1; }));
    CHECK(refused([](AskEcho &ask) { ask.intervalMs = shortestEchoIntervalMs - 1; }));
    CHECK(refused([](AskEcho &ask) { ask.intervalMs = longestEchoWaitMs + 1; }));
    CHECK(refused([](AskEcho &ask) { ask.timeoutMs = 0; }));
    CHECK(refused([](AskEcho &ask) { ask.timeoutMs = longestEchoWaitMs + 1; }));
    CHECK(refused([](AskEcho &ask) { ask.payloadBytes = largestEchoPayload + 1; }));
    CHECK(refused([](AskEcho &ask) { ask.source = *net::IpAddress::parse("fd00::1"); }));
    CHECK(refused([](AskEcho &ask) { ask.device = "../etc"; }));
}

TEST_CASE("an event or a number that cannot be is refused")
{
    const auto refused = [](const Reply &reply) { return !takeReply(encode(1, reply)).has_value(); };
    EchoHeard heard;
    CHECK_FALSE(refused(heard));
    heard.index = mostEchoRequests;
    CHECK(refused(heard));
    heard = {};
    heard.monotonicNs = -1;
    CHECK(refused(heard));
    heard = {};
    heard.realtimeNs = -1;
    CHECK(refused(heard));
    heard = {};
    heard.event = static_cast<EchoEvent>(5);
    CHECK(refused(heard));
    CHECK(refused(ConntrackNumbers{-2, 1, 1, 1, 1}));
}

TEST_CASE("any change of one byte is read or refused, never more than that")
{
    std::mt19937 random(7);
    for (const auto &request : everyRequest()) {
        const auto message = encode(3, request);
        for (std::size_t at = 0; at < message.size(); ++at) {
            auto changed = message;
            changed[at] = static_cast<std::uint8_t>(random());
            const auto taken = takeRequest(changed);
            if (taken && *taken) {
                CHECK((*taken)->size == changed.size());
                CHECK(encode((*taken)->token, (*taken)->body) == changed);
            }
        }
    }
}
