// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/neighbour/neighbour_frames.h"

#include "net/packet.h"
#include "probe/linux/neighbour/frame_socket.h"
#include "probe/linux/socket/socket_address.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <memory>
#include <string_view>

#include <ifaddrs.h>
#include <poll.h>

namespace bothways::probe {

namespace {

constexpr std::int64_t requestIntervalNs = 200'000'000;
constexpr std::int64_t longestPauseNs = 50'000'000;
constexpr std::size_t mostAnswers = 1000;

std::int64_t nowNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::int64_t sinceEpochNs()
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

int prefixLengthOf(const net::IpAddress &mask)
{
    int length = 0;
    while (length < mask.width() && (mask.bytes().at(static_cast<std::size_t>(length / 8)) & 0x80U >> (length % 8)) != 0) {
        ++length;
    }
    return length;
}

/// The address to ask with: one whose subnet holds the target; for IPv6 else the link-local one; else any of the interface; else
/// none, which makes the request a probe (RFC 5227) or a duplicate-address solicitation.
net::IpAddress senderAddress(const std::string &device, const net::IpAddress &target)
{
    ifaddrs *first = nullptr;
    if (::getifaddrs(&first) != 0) {
        return {};
    }
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> list(first, &::freeifaddrs);
    net::IpAddress best;
    int rank = 0;
    for (const ifaddrs *entry = first; entry != nullptr; entry = entry->ifa_next) {
        const std::string_view label(entry->ifa_name);
        const auto address = fromSocketAddress(entry->ifa_addr);
        // The kernel gives an IPv4 address' label, which may be "eth0:1".
        if (!address || label.substr(0, label.find(':')) != device || address->family() != target.family()) {
            continue;
        }
        const auto mask = fromSocketAddress(entry->ifa_netmask);
        const bool near = mask && net::Prefix(*address, prefixLengthOf(*mask)).contains(target);
        const int itsRank = near ? 3 : address->isV6() && address->isLinkLocal() ? 2 : 1;
        if (itsRank > rank) {
            rank = itsRank;
            best = *address;
        }
    }
    return best;
}

class NeighbourRun {
public:
    NeighbourRun(FrameSocket &socket, const NeighbourQuestion &question, const NeighbourSink &sink)
        : m_socket(socket), m_question(question), m_sink(sink)
    {
        const auto sender = senderAddress(question.device, question.target);
        m_request = question.target.isV4() ? net::buildArpRequest(socket.mac(), sender, question.target)
                                           : net::buildNeighbourSolicitation(socket.mac(), sender, question.target);
    }

    NeighbourOutcome run(const std::function<bool()> &stop)
    {
        std::int64_t nextNs = nowNs();
        while (!stop()) {
            const auto now = nowNs();
            hear(now);
            if (now >= nextNs && m_outcome.sent == m_question.requests) {
                break;
            }
            if (now >= nextNs) {
                m_outcome.error = m_socket.send(m_request.view());
                if (m_outcome.error != 0) {
                    m_outcome.step = NeighbourStep::Send;
                    break;
                }
                m_sentNs = now;
                ++m_outcome.sent;
                nextNs = now + (m_outcome.sent < m_question.requests ? requestIntervalNs : m_question.waitNs);
            }
            const timespec time{0, std::clamp<std::int64_t>(nextNs - now, 0, longestPauseNs)};
            pollfd item{m_socket.descriptor(), POLLIN, 0};
            ::ppoll(&item, 1, &time, nullptr);
        }
        return std::move(m_outcome);
    }

private:
    void hear(std::int64_t now)
    {
        while (const auto frame = m_socket.receive()) {
            const auto claim = claimIn(*frame, m_question.target.family(), m_socket.mac());
            if (claim && claim->address == m_question.target && m_heard < mostAnswers) {
                ++m_heard;
                const HeardNeighbour answer{claim->mac, now - m_sentNs, sinceEpochNs()};
                if (m_sink) {
                    m_sink(answer);
                } else {
                    m_outcome.answers.push_back(answer);
                }
            }
        }
    }

    FrameSocket &m_socket;
    const NeighbourQuestion &m_question;
    const NeighbourSink &m_sink;
    net::BuiltFrame m_request;
    NeighbourOutcome m_outcome;
    std::size_t m_heard = 0;
    std::int64_t m_sentNs = 0;
};

} // namespace

NeighbourOutcome askNeighbour(const NeighbourQuestion &question, const std::function<bool()> &stop, const NeighbourSink &sink)
{
    FrameSocket socket;
    const auto step = socket.open(question.device, question.target.family());
    if (step != NeighbourStep::None) {
        return {step, errno, 0, {}};
    }
    return NeighbourRun(socket, question, sink).run(stop);
}

} // namespace bothways::probe
