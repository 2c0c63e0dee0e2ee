// SPDX-License-Identifier: GPL-3.0-or-later
#include "server.h"

#include "conntrack.h"

#include "probe/linux/neighbour/neighbour_frames.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iterator>
#include <variant>

namespace bothways::helper {

using namespace privilege;

namespace {

constexpr std::size_t mostCaptures = 4;
constexpr std::size_t mostEchoes = 4;
constexpr std::size_t muchWaiting = std::size_t{4} * 1024 * 1024; ///< bytes to send: captures pause, the kernel keeps and counts
constexpr std::size_t batchSize = std::size_t{64} * 1024;
constexpr std::chrono::milliseconds lookInterval{250};
constexpr int framesAtATime = 512;

/// Nobody answers for it, or a whole network would.
bool isNobodys(const net::IpAddress &address)
{
    return address.isUnspecified() || address.isMulticast() || address.isBroadcast();
}

/// A request as the next layer has it.
probe::RawEchoQuestion questionOf(const AskEcho &request)
{
    constexpr probe::Nanoseconds millisecond = 1'000'000;
    return {{request.target, request.source, request.device, request.hopLimit, request.dontFragment},
            request.count,
            request.intervalMs * millisecond,
            request.timeoutMs * millisecond,
            request.payloadBytes};
}

EchoHeard heardOf(const probe::EchoNews &news)
{
    EchoHeard heard{static_cast<EchoEvent>(news.event),
                    static_cast<std::uint16_t>(news.index),
                    std::max<std::int64_t>(news.monotonicNs, 0),
                    std::max<std::int64_t>(news.realtimeNs, 0),
                    news.sender,
                    std::nullopt,
                    news.icmp,
                    static_cast<std::uint8_t>(news.type),
                    static_cast<std::uint8_t>(news.code),
                    news.error};
    if (news.ttl) {
        heard.hopLimit = static_cast<std::uint8_t>(*news.ttl);
    }
    return heard;
}

} // namespace

struct Server::Capture final : capture::LiveSink {
    Capture(Server &owner, std::uint32_t itsToken, const OpenCapture &request, const capture::LiveOptions &options)
        : server(owner), token(itsToken), points(request.devices, options)
    {}

    void frame(const capture::Frame &frame) override
    {
        const FrameRecord record{static_cast<std::uint8_t>(frame.point), frame.time, frame.originalLength, frame.bytes};
        if (batch.records.size() + frame.bytes.size() > batchSize) {
            send();
        }
        appendFrame(batch.records, record); // a frame is at most largestSnapLength, which fits an empty batch
    }

    void changed(const capture::LiveChange &change) override
    {
        send();
        server.say(token, PointChanged{static_cast<std::uint8_t>(change.point), static_cast<PointStatus>(change.status),
                                       change.linkType, change.nanoseconds, change.reason});
    }

    void send()
    {
        if (!batch.records.empty()) {
            server.say(token, batch);
            batch.records.clear();
        }
    }

    void sendCounts() const
    {
        Counters counters;
        std::uint8_t point = 0;
        for (const auto &count : points.counts()) {
            counters.points.push_back({point++, count.received, count.dropped});
        }
        server.say(token, counters);
    }

    Server &server;
    std::uint32_t token;
    capture::LivePoints points;
    Frames batch;
};

static_assert(static_cast<int>(PointStatus::Open) == static_cast<int>(capture::LiveChange::Status::Open));
static_assert(static_cast<int>(PointStatus::Gone) == static_cast<int>(capture::LiveChange::Status::Gone));
static_assert(static_cast<int>(PointStatus::Refused) == static_cast<int>(capture::LiveChange::Status::Refused));
static_assert(static_cast<int>(EchoEvent::Sent) == static_cast<int>(probe::EchoEvent::Sent));
static_assert(static_cast<int>(EchoEvent::Refused) == static_cast<int>(probe::EchoEvent::Refused));

Server::Server(Channel &channel, Rules &rules, const Held &held) : m_channel(channel), m_rules(rules), m_held(held) {}

Server::~Server() = default;

int Server::run()
{
    bool more = false; // frames are waiting in the kernel
    while (!m_ended) {
        const bool pause = m_output.size() - m_sent > muchWaiting;
        wait(pause, more);
        if (m_channel.hungUp()) {
            break;
        }
        if (!pause) {
            take();
            more = false;
            for (auto &[token, capture] : m_captures) {
                more = capture->points.read(*capture, framesAtATime) || more;
                capture->send();
            }
            serveCaptures();
            serveEchoes();
        }
        flush();
    }
    return m_status;
}

void Server::wait(bool pause, bool more)
{
    std::vector<int> others;
    auto longest = m_captures.empty() && m_echoes.empty() ? -1 : static_cast<int>(lookInterval.count());
    for (const auto &[token, capture] : m_captures) {
        const auto numbers = pause ? std::vector<int>() : capture->points.descriptors();
        others.insert(others.end(), numbers.begin(), numbers.end());
    }
    for (const auto &[token, echo] : m_echoes) {
        if (!pause) {
            constexpr probe::Nanoseconds millisecond = 1'000'000;
            const auto due = (echo.nextNs() - probe::monotonicNs() + millisecond - 1) / millisecond;
            longest = static_cast<int>(std::clamp<probe::Nanoseconds>(due, 0, longest));
            others.push_back(echo.descriptor());
        }
    }
    // A client that does not read its answers is not read from either.
    m_channel.wait(!pause, !m_output.empty(), others, more && !pause ? 0 : longest);
}

void Server::take()
{
    std::array<std::uint8_t, 16384> room{};
    std::size_t count = 0;
    if (m_channel.receive(room, count) == Channel::State::Closed) {
        m_ended = true;
        return;
    }
    m_input.insert(m_input.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(count));
    while (!m_ended) {
        const auto taken = takeRequest(m_input);
        if (!taken) {
            giveUp(0, Refusal::BadMessage, taken.error().text());
            return;
        }
        if (!*taken) {
            return;
        }
        const auto &message = **taken;
        m_input.erase(m_input.begin(), m_input.begin() + static_cast<std::ptrdiff_t>(message.size));
        handle(message.token, message.body);
    }
}

void Server::handle(std::uint32_t token, const Request &request)
{
    if (token <= m_lastToken) {
        giveUp(token, Refusal::BadToken, "a token only grows");
        return;
    }
    m_lastToken = token;
    if (std::holds_alternative<Hello>(request) == m_greeted) {
        giveUp(token, Refusal::NotGreeted, "the first request, and only that, is Hello");
        return;
    }
    std::visit([&](const auto &one) { answer(token, one); }, request);
}

void Server::answer(std::uint32_t token, const Hello & /*request*/)
{
    m_greeted = true;
    say(token, Welcome{m_held.rawSockets, m_held.administration, m_rules.hasLegacyNames(), m_held.landlock});
}

void Server::answer(std::uint32_t token, const OpenCapture &request)
{
    if (!m_held.rawSockets) {
        refuse(token, Refusal::NotAllowed, 0, "capturing needs CAP_NET_RAW");
        return;
    }
    if (m_captures.size() >= mostCaptures) {
        refuse(token, Refusal::TooMany, 0, "too many captures at once");
        return;
    }
    capture::LiveOptions options;
    options.snapLength = request.snapLength;
    options.promiscuous = request.promiscuous;
    options.filterLinkType = request.filterLinkType;
    for (const auto &one : request.filter) {
        options.filter.push_back({one.code, one.jumpTrue, one.jumpFalse, one.operand});
    }
    if (!capture::isSoundFilter(options.filter)) {
        refuse(token, Refusal::BadFilter, 0, "the filter is no sound BPF program");
        return;
    }
    auto capture = std::make_unique<Capture>(*this, token, request, options);
    capture->points.follow(*capture);
    m_captures.emplace(token, std::move(capture));
}

void Server::answer(std::uint32_t token, const Stop &request)
{
    if (const auto capture = m_captures.find(request.what); capture != m_captures.end()) {
        // What was seen before the stop belongs to it.
        capture->second->points.read(*capture->second, framesAtATime);
        capture->second->send();
        capture->second->sendCounts();
        m_captures.erase(capture);
    } else if (const auto echo = m_echoes.find(request.what); echo != m_echoes.end()) {
        endEcho(echo->first, echo->second);
        m_echoes.erase(echo);
    } else {
        refuse(token, Refusal::NothingToStop, 0, "that does not go on");
        return;
    }
    say(token, privilege::Done{});
}

void Server::answer(std::uint32_t token, const ReadRules & /*request*/)
{
    // The kernel is asked even without the capability: it says itself what is denied.
    m_rules.read([&](const RulesPart &part) {
        say(token, part);
        drain();
    });
    say(token, privilege::Done{});
}

void Server::answer(std::uint32_t token, const AskNeighbour &request)
{
    if (!m_held.rawSockets) {
        refuse(token, Refusal::NotAllowed, 0, "asking for a neighbour needs CAP_NET_RAW");
        return;
    }
    const auto &target = request.target;
    if (isNobodys(target) || target.isLoopback()) {
        refuse(token, Refusal::BadTarget, 0, "this address is nobody's");
        return;
    }
    const probe::NeighbourQuestion question{request.device, target, request.requests, std::int64_t{request.waitMs} * 1'000'000};
    const auto outcome = probe::askNeighbour(
        question, [this] { return m_channel.hungUp(); },
        [&](const probe::HeardNeighbour &heard) {
            say(token, privilege::NeighbourAnswer{heard.mac, heard.rttNs});
            flush();
        });
    say(token, NeighbourEnd{static_cast<std::uint8_t>(outcome.step), outcome.error, static_cast<std::uint16_t>(outcome.sent)});
}

void Server::answer(std::uint32_t token, const AskEcho &request)
{
    if (!m_held.rawSockets) {
        refuse(token, Refusal::NotAllowed, 0, "sending echo requests needs CAP_NET_RAW");
        return;
    }
    if (m_echoes.size() >= mostEchoes) {
        refuse(token, Refusal::TooMany, 0, "too many echo requests at once");
        return;
    }
    if (isNobodys(request.target)) {
        refuse(token, Refusal::BadTarget, 0, "this address is nobody's");
        return;
    }
    auto echo = probe::RawEcho::open(questionOf(request));
    if (!echo) {
        say(token, EchoEnd{static_cast<std::uint8_t>(echo.error().step), echo.error().error, 0, 0});
        return;
    }
    m_echoes.emplace(token, std::move(*echo));
}

void Server::answer(std::uint32_t token, const ReadConntrack & /*request*/)
{
    const auto numbers = readConntrack();
    if (numbers) {
        say(token, *numbers);
    } else {
        refuse(token, numbers.error() == EPERM ? Refusal::NotAllowed : Refusal::System, numbers.error(),
               "connection tracking gives no numbers");
    }
}

void Server::serveEchoes()
{
    for (auto one = m_echoes.begin(); one != m_echoes.end();) {
        auto &[token, echo] = *one;
        const bool goesOn = echo.step([this, token = token](const probe::EchoNews &news) { say(token, heardOf(news)); });
        if (!goesOn) {
            endEcho(token, echo);
        }
        one = goesOn ? std::next(one) : m_echoes.erase(one);
    }
}

void Server::endEcho(std::uint32_t token, const probe::RawEcho &echo)
{
    say(token, EchoEnd{0, 0, static_cast<std::uint16_t>(echo.sent()), static_cast<std::uint32_t>(echo.foreign())});
}

void Server::serveCaptures()
{
    const auto now = Clock::now();
    if (m_captures.empty() || now < m_nextLook) {
        return;
    }
    m_nextLook = now + lookInterval;
    for (auto &[token, capture] : m_captures) {
        capture->points.follow(*capture);
        capture->sendCounts();
    }
}

void Server::say(std::uint32_t token, const Reply &reply)
{
    const auto message = encode(token, reply);
    m_output.insert(m_output.end(), message.begin(), message.end());
}

void Server::refuse(std::uint32_t token, Refusal reason, int error, const char *text)
{
    say(token, Failure{reason, error, text});
}

void Server::giveUp(std::uint32_t token, Refusal reason, const char *text)
{
    refuse(token, reason, 0, text);
    flush();
    m_ended = true;
    m_status = 1;
}

void Server::flush()
{
    while (m_sent < m_output.size() && !m_ended) {
        std::size_t count = 0;
        if (m_channel.send(net::Bytes(m_output).subspan(m_sent), count) == Channel::State::Closed) {
            m_ended = true;
        }
        if (count == 0) {
            break;
        }
        m_sent += count;
    }
    if (m_sent == m_output.size()) {
        m_output.clear();
        m_sent = 0;
    } else if (m_sent > muchWaiting) {
        m_output.erase(m_output.begin(), m_output.begin() + static_cast<std::ptrdiff_t>(m_sent));
        m_sent = 0;
    }
}

void Server::drain()
{
    flush();
    while (!m_ended && m_output.size() - m_sent > muchWaiting) {
        m_channel.wait(false, true, {}, static_cast<int>(lookInterval.count()));
        m_ended = m_ended || m_channel.hungUp();
        flush();
    }
}

} // namespace bothways::helper
