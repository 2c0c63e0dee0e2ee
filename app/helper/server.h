// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "channel.h"
#include "kernel_rules.h"
#include "sandbox.h"

#include "capture/linux/live_points.h"
#include "privilege/protocol.h"
#include "probe/linux/raw_echo.h"

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <vector>

namespace bothways::helper {

/// Answers one client until it goes or breaks the protocol. One thread.
class Server {
public:
    Server(Channel &channel, Rules &rules, const Held &held);
    ~Server();
    Server(const Server &) = delete;
    Server &operator=(const Server &) = delete;

    /// The exit status: 0 when the client left, 1 when it broke the protocol.
    int run();

private:
    struct Capture;
    using Clock = std::chrono::steady_clock;

    void take();
    void handle(std::uint32_t token, const privilege::Request &request);
    void answer(std::uint32_t token, const privilege::Hello &request);
    void answer(std::uint32_t token, const privilege::OpenCapture &request);
    void answer(std::uint32_t token, const privilege::Stop &request);
    void answer(std::uint32_t token, const privilege::ReadRules &request);
    void answer(std::uint32_t token, const privilege::AskNeighbour &request);
    void answer(std::uint32_t token, const privilege::AskEcho &request);
    void answer(std::uint32_t token, const privilege::ReadConntrack &request);

    /// Waits for the client, for frames and for what echo requests bring.
    void wait(bool pause, bool more);
    void serveEchoes();
    void endEcho(std::uint32_t token, const probe::RawEcho &echo);
    void serveCaptures();
    void say(std::uint32_t token, const privilege::Reply &reply);
    void refuse(std::uint32_t token, privilege::Refusal reason, int error, const char *text);
    /// The last word: sent as far as it goes, then the end.
    void giveUp(std::uint32_t token, privilege::Refusal reason, const char *text);
    void flush();
    /// Sends until little is waiting; for answers that come in one go and may be large.
    void drain();

    Channel &m_channel;
    Rules &m_rules;
    Held m_held;
    std::vector<std::uint8_t> m_input;
    std::vector<std::uint8_t> m_output;
    std::size_t m_sent = 0; ///< of m_output
    std::map<std::uint32_t, std::unique_ptr<Capture>> m_captures;
    std::map<std::uint32_t, probe::RawEcho> m_echoes;
    Clock::time_point m_nextLook{};
    std::uint32_t m_lastToken = 0;
    bool m_greeted = false;
    bool m_ended = false;
    int m_status = 0;
};

} // namespace bothways::helper
