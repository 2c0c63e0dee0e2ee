// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "helper/support.h"

#include <array>

#include <unistd.h>

using namespace bothways;
using namespace bothways::lab;
using namespace bothways::privilege;
using namespace std::chrono_literals;

namespace {

using Message = std::vector<std::uint8_t>;

struct Said {
    std::vector<Reply> replies;
    bool closed = false;
    Link::Ending ending;
    const Failure *failure() const { return replies.empty() ? nullptr : std::get_if<Failure>(&replies.back()); }
};

/// What the real helper says to these bytes, until it ends or is silent for half a second.
Said tell(const Namespace &machine, const Installed &installed, const std::vector<Message> &messages)
{
    Said said;
    asUser(machine, [&] {
        auto link = launch(installed.launch());
        REQUIRE(link.has_value());
        for (const auto &message : messages) {
            (*link)->send(message, 2s);
        }
        Message input;
        std::array<std::uint8_t, 65536> room{};
        std::size_t count = 1;
        while (!said.closed && count > 0) {
            said.closed = (*link)->receive(room, count, 500ms) == Link::State::Closed;
            input.insert(input.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(count));
        }
        Bytes left(input);
        for (auto taken = takeReply(left); taken && *taken; taken = takeReply(left)) {
            said.replies.push_back((*taken)->body);
            left = left.subspan((*taken)->size);
        }
        CHECK(left.empty());
        if (said.closed) {
            said.ending = (*link)->ending();
        }
    });
    CHECK(eventually([] { return helpersOf(::getpid()).empty(); }, 1s));
    return said;
}

void expectEnd(const Said &said, Refusal reason)
{
    REQUIRE(said.failure() != nullptr);
    CHECK(said.failure()->reason == reason);
    CHECK(said.closed);
    CHECK(said.ending.exitCode == 1);
}

Message hello(std::uint32_t token = 1) { return encode(token, Request(Hello{})); }
Message rules(std::uint32_t token) { return encode(token, Request(ReadRules{})); }

} // namespace

TEST_CASE("garbage, another version, a message too long, in another order or twice: a clear answer and the end", "[protocol]")
{
    require();
    const Installed installed;
    const Namespace machine("protocol");
    const std::string request = "GET / HTTP/1.1\r\n\r\n";
    expectEnd(tell(machine, installed, {{request.begin(), request.end()}}), Refusal::BadMessage);
    expectEnd(tell(machine, installed, {hello(), Message(4096, 0xff)}), Refusal::BadMessage);
    auto other = hello();
    other.at(3) = protocolVersion + 1;
    expectEnd(tell(machine, installed, {other}), Refusal::BadMessage);
    expectEnd(tell(machine, installed, {rules(1)}), Refusal::NotGreeted);
    expectEnd(tell(machine, installed, {hello(1), hello(2)}), Refusal::NotGreeted);
    expectEnd(tell(machine, installed, {hello(0)}), Refusal::BadToken);
    expectEnd(tell(machine, installed, {hello(1), rules(1)}), Refusal::BadToken);
    expectEnd(tell(machine, installed, {hello(5), rules(4)}), Refusal::BadToken);
    expectEnd(tell(machine, installed, {hello(1), rules(2), rules(2)}), Refusal::BadToken);
    expectEnd(tell(machine, installed, {hello(1), encode(2, Reply(Done{}))}), Refusal::BadMessage);
}

TEST_CASE("a BPF program of 1 MB is refused by the length of its message", "[protocol]")
{
    require();
    const Installed installed;
    const Namespace machine("protocol");
    OpenCapture capture;
    capture.devices = {"lo"};
    capture.filter = {{0x06, 0, 0, 0}};
    auto message = encode(2, Request(capture));
    message.at(12) = 0;
    message.at(13) = 0x10;
    message.at(14) = 0;
    message.at(15) = 0;
    message.resize(headerSize + 1024 * 1024, 0x06);
    expectEnd(tell(machine, installed, {hello(), message}), Refusal::BadMessage);
}

TEST_CASE("a request that cannot be done is refused, and the next one is answered", "[protocol]")
{
    require();
    const Installed installed;
    const Namespace machine("protocol");
    const auto refused = [&](const Request &request, Refusal reason) {
        const auto said = tell(machine, installed, {hello(1), encode(2, request), rules(3)});
        REQUIRE(said.replies.size() >= 3);
        const auto *failure = std::get_if<Failure>(&said.replies.at(1));
        REQUIRE(failure != nullptr);
        CHECK(failure->reason == reason);
        CHECK(std::holds_alternative<Done>(said.replies.back()));
        CHECK_FALSE(said.closed);
    };
    OpenCapture capture;
    capture.devices = {"lo"};
    capture.filter = {{0x05, 0, 0, 1000}}; // a jump out of the program
    refused(capture, Refusal::BadFilter);
    capture.filter = {{0xffff, 0, 0, 0}};
    refused(capture, Refusal::BadFilter);
    capture.filter = {{0x06, 0, 0, 0}, {0x05, 0, 0, 0xfffffffe}, {0x06, 0, 0, 0}}; // a jump back to the first instruction
    refused(capture, Refusal::BadFilter);
    capture.filter = {{0x05, 0, 0, 0xffffffff}, {0x06, 0, 0, 0}}; // a jump to itself
    refused(capture, Refusal::BadFilter);
    refused(Stop{9}, Refusal::NothingToStop);
    for (const auto *address : {"0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "ff02::1"}) {
        refused(AskNeighbour{"lo", *net::IpAddress::parse(address), 1, 0}, Refusal::BadTarget);
    }
}

TEST_CASE("more captures than may be are refused, and stopping makes room", "[protocol]")
{
    require();
    const Installed installed;
    const Namespace machine("protocol");
    OpenCapture capture;
    capture.devices = {"lo"};
    std::vector<Message> messages{hello(1)};
    for (std::uint32_t token = 2; token <= 6; ++token) {
        messages.push_back(encode(token, Request(capture)));
    }
    messages.push_back(encode(7, Request(Stop{2})));
    messages.push_back(encode(8, Request(capture)));
    asUser(machine, [&] {
        auto link = launch(installed.launch());
        REQUIRE(link.has_value());
        for (const auto &message : messages) {
            (*link)->send(message, 2s);
        }
        Message input;
        std::array<std::uint8_t, 65536> room{};
        int failures = 0;
        int opened = 0;
        const auto end = std::chrono::steady_clock::now() + 2s;
        while (opened < 5 && std::chrono::steady_clock::now() < end) {
            std::size_t count = 0;
            REQUIRE((*link)->receive(room, count, 100ms) == Link::State::Open);
            input.insert(input.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(count));
            for (auto taken = takeReply(input); taken && *taken; taken = takeReply(input)) {
                const auto *failure = std::get_if<Failure>(&(*taken)->body);
                failures += failure != nullptr && failure->reason == Refusal::TooMany && (*taken)->token == 6 ? 1 : 0;
                const auto *change = std::get_if<PointChanged>(&(*taken)->body);
                opened += change != nullptr && change->status == PointStatus::Open ? 1 : 0;
                input.erase(input.begin(), input.begin() + static_cast<std::ptrdiff_t>((*taken)->size));
            }
        }
        CHECK(opened == 5);
        CHECK(failures == 1);
    });
}
