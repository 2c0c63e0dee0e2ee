// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/sweep_probe.h"

#include "probe/icmp_outcome.h"
#include "probe/linux/echo_socket.h"
#include "probe/linux/link_map.h"
#include "probe/linux/neighbour/frame_socket.h"
#include "probe/linux/neighbour/neighbour_table.h"
#include "probe/linux/socket/error_text.h"
#include "probe/linux/socket/icmp_socket.h"
#include "probe/linux/socket/kernel_clock.h"
#include "probe/linux/socket/new_token.h"
#include "probe/linux/socket/socket_address.h"
#include "words/text.h"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <map>
#include <memory>
#include <utility>

#include <poll.h>

namespace bothways::probe {

using evidence::EchoOutcome;
using evidence::NeighbourMethod;
using evidence::SweptAddress;

namespace {

constexpr qint64 answerNs = 900'000'000;
constexpr int askRounds = 3;
constexpr qint64 askRoundNs = 270'000'000;
constexpr qint64 retryNs = 100'000'000;
// The kernel forgets a neighbour that nobody answered for after 3 s, so a full table has room again by then.
constexpr qint64 patienceNs = 4'000'000'000;
// As much at once as every queue on the way takes (a receive buffer of the usual size holds 270 packets), then the answers are
// read.
constexpr int burst = 64;
constexpr qint64 burstNs = 1'000'000;
constexpr int readsAtOnce = 256;
constexpr int payloadBytes = 56; // as ping sends

/// All that is asked on one link, by one socket.
struct Asking {
    FrameSocket frames;
    OnLink link;
    net::Family family;
};

class SweepRun {
public:
    SweepRun(const std::vector<net::IpAddress> &addresses, const SweepSink &sink)
        : m_sink(sink), m_own(localAddresses()), m_cookie(newToken(), payloadBytes), m_work(addresses.size())
    {
        m_sweep.started = QDateTime::currentDateTimeUtc();
        for (std::size_t i = 0; i < addresses.size(); ++i) {
            SweptAddress each;
            each.address = addresses[i];
            m_sweep.addresses.push_back(each);
            m_indexOf.emplace(addresses[i], i);
        }
    }

    /// The problem, where no socket for a family that is asked for could be had.
    std::optional<QString> open()
    {
        for (const auto &each : m_sweep.addresses) {
            auto &socket = socketOf(each.address.family());
            if (socket) {
                continue;
            }
            EchoPlan plan;
            plan.target = each.address;
            auto opened = openEitherRung(plan);
            if (!opened) {
                return opened.error().message;
            }
            m_sweep.echoMethod = opened->method;
            socket.emplace(std::move(opened->socket));
        }
        return std::nullopt;
    }

    evidence::Sweep run(const std::stop_token &stop)
    {
        prepare();
        m_nextBurstNs = monotonicNs();
        while (!stop.stop_requested()) {
            hear();
            const qint64 now = monotonicNs();
            expire(now);
            if (done(now)) {
                break;
            }
            if (now >= m_nextBurstNs || everybodyAnswered()) {
                send(now);
            }
            report(now);
            wait();
        }
        hear();
        finish(stop.stop_requested());
        return std::move(m_sweep);
    }

private:
    struct Work {
        Asking *asking = nullptr; ///< who asks for it; null where nobody need be asked
        bool awaitsNeighbour = false;
        bool open = false; ///< a request is out, or waits to be sent
        qint64 firstTryNs = 0;
        qint64 sentNs = 0;
        std::optional<qint64> leftNs; ///< the kernel's stamp
    };

    std::optional<IcmpSocket> &socketOf(net::Family family) { return family == net::Family::v4 ? m_socket4 : m_socket6; }

    void prepare()
    {
        const LinkMap links;
        std::vector<net::IpAddress> known;
        for (const auto family : {net::Family::v4, net::Family::v6}) {
            for (const auto &entry : socketOf(family) ? neighbourTable(family) : std::vector<TableEntry>()) {
                known.push_back(entry.address);
            }
        }
        std::sort(known.begin(), known.end());
        for (std::size_t i = 0; i < m_work.size(); ++i) {
            auto &address = m_sweep.addresses[i];
            const auto *link = links.find(address.address);
            if (link != nullptr) {
                address.interface = QString::fromStdString(link->interface);
                m_work[i].asking = askingOn(*link, address.address.family());
            }
            m_work[i].awaitsNeighbour =
                m_work[i].asking != nullptr && !std::binary_search(known.begin(), known.end(), address.address);
            if (m_work[i].asking != nullptr) {
                m_toAsk.push_back(i);
            }
            if (!m_work[i].awaitsNeighbour) {
                enqueue(i);
            }
        }
        m_askRound = m_toAsk.empty() ? askRounds : 1;
        m_awaited = m_toAsk.size();
    }

    Asking *askingOn(const OnLink &link, net::Family family)
    {
        const auto key = std::pair(link.interface, family);
        const auto found = m_asking.find(key);
        if (found != m_asking.end()) {
            return found->second.get();
        }
        auto asking = std::make_unique<Asking>(Asking{{}, link, family});
        const auto step = asking->frames.open(link.interface, family);
        if (step != NeighbourStep::None) {
            m_fromKernel = true;
            if (step == NeighbourStep::Socket) {
                m_noFrames = translate("probe", "The kernel gives no packet socket (CAP_NET_RAW): %1.").arg(errorText(errno));
            }
            asking.reset();
        } else {
            m_sweep.neighbourMethod = NeighbourMethod::Request;
            asking->frames.enlarge();
        }
        return m_asking.emplace(key, std::move(asking)).first->second.get();
    }

    void enqueue(std::size_t index)
    {
        m_work[index].open = true;
        ++m_open;
        m_toSend.push_back(index);
    }

    void send(qint64 now)
    {
        m_nextBurstNs = now + burstNs;
        int room = burst;
        while (room > 0 && !m_toSend.empty() && sendEcho(m_toSend.front(), now)) {
            m_toSend.pop_front();
            --room;
        }
        while (!m_toRetry.empty() && m_toRetry.front().second <= now) {
            m_toSend.push_back(m_toRetry.front().first);
            m_toRetry.pop_front();
        }
        if (m_asked == m_toAsk.size() && m_askRound < askRounds && now >= m_askedNs + askRoundNs) {
            ++m_askRound;
            m_asked = 0;
        }
        while (room > 0 && m_asked < m_toAsk.size() && ask(m_toAsk[m_asked])) {
            m_askedNs = now;
            ++m_asked;
            --room;
        }
    }

    /// False: later.
    bool ask(std::size_t index)
    {
        const auto &address = m_sweep.addresses[index];
        if (address.mac) {
            return true;
        }
        const auto &asking = *m_work[index].asking;
        const auto frame = asking.family == net::Family::v4
                               ? net::buildArpRequest(asking.frames.mac(), asking.link.own, address.address)
                               : net::buildNeighbourSolicitation(asking.frames.mac(), asking.link.own, address.address);
        const int error = asking.frames.send(frame.view());
        if (error != 0 && error != EAGAIN && error != ENOBUFS && !m_askError) {
            m_askError = true;
            m_sweep.problems << translate("probe", "Cannot send on the interface '%1': %2.")
                                    .arg(QString::fromStdString(asking.link.interface), errorText(error));
        }
        return error != EAGAIN && error != ENOBUFS;
    }

    /// False: later.
    bool sendEcho(std::size_t index, qint64 now)
    {
        auto &work = m_work[index];
        auto &address = m_sweep.addresses[index];
        auto &socket = *socketOf(address.address.family());
        work.firstTryNs = work.firstTryNs == 0 ? now : work.firstTryNs;
        const auto payload = m_cookie.payload(static_cast<int>(index));
        const auto attempt = [&] {
            work.sentNs = monotonicNs();
            return socket.sendTo(address.address, static_cast<int>(index), static_cast<std::uint16_t>(index), payload);
        };
        int error = attempt();
        if (error != 0 && error != EAGAIN) {
            // Perhaps the error of an older packet that came in just now: once more tells.
            hearReports(socket, address.address.family());
            socket.clearError();
            error = attempt();
        }
        if (error == 0) {
            address.echoSent = true;
            m_sentOrder.push_back(index);
            return true;
        }
        hearReports(socket, address.address.family());
        socket.restartStamps();
        if (error == EAGAIN) {
            return false;
        }
        // ENOBUFS: a full queue of a driver, or a full neighbour table.
        if (error == ENOBUFS && now < work.firstTryNs + patienceNs) {
            m_toRetry.emplace_back(index, now + retryNs);
            return true;
        }
        address.errorNumber = error;
        settle(index, outcomeOfSendError(error));
        return true;
    }

    void settle(std::size_t index, EchoOutcome outcome)
    {
        auto &work = m_work[index];
        if (work.open) {
            work.open = false;
            --m_open;
            m_sweep.addresses[index].echo = outcome;
            ++m_progress.decided;
            m_progress.answered += outcome == EchoOutcome::Reply ? 1 : 0;
        }
    }

    void hear()
    {
        for (auto &[key, asking] : m_asking) {
            if (asking) {
                hearFrames(*asking);
            }
        }
        for (const auto family : {net::Family::v4, net::Family::v6}) {
            if (auto &socket = socketOf(family)) {
                hearReports(*socket, family);
                hearReplies(*socket, family);
            }
        }
    }

    void hearFrames(Asking &asking)
    {
        for (int i = 0; i < readsAtOnce; ++i) {
            const auto frame = asking.frames.receive();
            if (!frame) {
                return;
            }
            const auto claim = claimIn(*frame, asking.family, asking.frames.mac());
            const auto found = claim ? m_indexOf.find(claim->address) : m_indexOf.end();
            if (found == m_indexOf.end() || m_work[found->second].asking != &asking || m_sweep.addresses[found->second].mac) {
                continue;
            }
            m_sweep.addresses[found->second].mac = claim->mac;
            --m_awaited;
            if (std::exchange(m_work[found->second].awaitsNeighbour, false)) {
                enqueue(found->second);
            }
        }
    }

    void hearReports(IcmpSocket &socket, net::Family family)
    {
        for (int i = 0; i < readsAtOnce; ++i) {
            const auto report = socket.report();
            if (!report) {
                return;
            }
            if (const auto *left = std::get_if<IcmpSocket::Left>(&*report)) {
                m_work.at(static_cast<std::size_t>(left->index)).leftNs = left->realtimeNs;
                continue;
            }
            const auto &refused = std::get<IcmpSocket::Refused>(*report);
            const std::size_t index = refused.echo.sequence;
            const bool ours = index < m_work.size() && m_sweep.addresses[index].address.family() == family &&
                              m_cookie.match(refused.echo.payload, false).ours;
            if (ours) {
                const bool fromOurselves = std::find(m_own.begin(), m_own.end(), refused.sender) != m_own.end();
                settle(index, refused.icmp ? outcomeOfIcmp(family, refused.type, refused.code, fromOurselves)
                                           : outcomeOfLocalError(refused.errorNumber));
            }
        }
    }

    void hearReplies(IcmpSocket &socket, net::Family family)
    {
        for (int i = 0; i < readsAtOnce; ++i) {
            const auto reply = socket.receive();
            if (!reply) {
                return;
            }
            const std::size_t index = reply->echo.sequence;
            if (index >= m_work.size() || m_sweep.addresses[index].address != reply->sender ||
                !m_cookie.match(reply->echo.payload, true).ours || !m_work[index].open) {
                continue;
            }
            const auto &work = m_work[index];
            if (!work.leftNs) {
                hearReports(socket, family);
            }
            const bool stamped = work.leftNs && reply->realtimeNs && *reply->realtimeNs >= *work.leftNs;
            m_sweep.addresses[index].rttNs = stamped ? *reply->realtimeNs - *work.leftNs : reply->monotonicNs - work.sentNs;
            settle(index, EchoOutcome::Reply);
        }
    }

    void expire(qint64 now)
    {
        while (!m_sentOrder.empty()) {
            const auto index = m_sentOrder.front();
            if (m_work[index].open && now < m_work[index].sentNs + answerNs) {
                return;
            }
            settle(index, EchoOutcome::Silence);
            m_sentOrder.pop_front();
        }
    }

    bool asksOver(qint64 now) const
    {
        return m_awaited == 0 || (m_askRound == askRounds && m_asked == m_toAsk.size() && now >= m_askedNs + askRoundNs);
    }

    /// Nothing of the last burst waits in any queue.
    bool everybodyAnswered() const { return m_sentOrder.empty() && m_asked == m_toAsk.size(); }

    bool done(qint64 now) const { return m_open == 0 && asksOver(now); }

    void wait() const
    {
        std::vector<pollfd> items;
        for (const auto &[key, asking] : m_asking) {
            if (asking) {
                items.push_back({asking->frames.descriptor(), POLLIN, 0});
            }
        }
        for (const auto *socket : {&m_socket4, &m_socket6}) {
            if (*socket) {
                items.push_back({(*socket)->descriptor(), POLLIN, 0});
            }
        }
        const bool sending = !m_toSend.empty() || m_asked < m_toAsk.size();
        const qint64 now = monotonicNs();
        const qint64 until = sending ? m_nextBurstNs : now + sliceNs / 10;
        const timespec time{0, std::clamp<qint64>(until - now, 0, sliceNs)};
        ::ppoll(items.data(), items.size(), &time, nullptr);
        for (const auto *socket : {&m_socket4, &m_socket6}) {
            if (*socket) {
                (*socket)->clearError(); // else poll() returns at once until somebody fetches it
            }
        }
    }

    void report(qint64 now)
    {
        if (m_sink && now >= m_nextReportNs) {
            m_nextReportNs = now + sliceNs;
            m_progress.all = m_work.size();
            m_sink(m_progress);
        }
    }

    void finish(bool interrupted)
    {
        m_sweep.interrupted = interrupted;
        for (std::size_t i = 0; i < m_work.size(); ++i) {
            auto &address = m_sweep.addresses[i];
            if (m_work[i].awaitsNeighbour && !interrupted) {
                address.echo = EchoOutcome::NeighbourUnresolved;
            }
        }
        if (m_fromKernel) {
            readKernelTable();
        }
        m_sweep.finished = QDateTime::currentDateTimeUtc();
    }

    // Whoever answered the echo just now is in the table with the address that answered; else only what is confirmed counts.
    void readKernelTable()
    {
        for (const auto family : {net::Family::v4, net::Family::v6}) {
            for (const auto &entry : socketOf(family) ? neighbourTable(family) : std::vector<TableEntry>()) {
                const auto found = m_indexOf.find(entry.address);
                if (found == m_indexOf.end() || m_sweep.addresses[found->second].interface.isEmpty()) {
                    continue;
                }
                auto &address = m_sweep.addresses[found->second];
                if (!address.mac && (entry.confirmed || address.answers())) {
                    address.mac = entry.mac;
                }
            }
        }
        if (!m_noFrames.isEmpty()) {
            if (m_sweep.neighbourMethod == NeighbourMethod::None) {
                m_sweep.neighbourMethod = NeighbourMethod::Kernel;
            }
            m_sweep.problems << translate("probe", "ARP was not asked by us but left to the kernel. %1").arg(m_noFrames);
        }
    }

    const SweepSink &m_sink;
    std::vector<net::IpAddress> m_own;
    EchoCookie m_cookie;
    evidence::Sweep m_sweep;
    std::vector<Work> m_work;
    std::map<net::IpAddress, std::size_t> m_indexOf;
    std::optional<IcmpSocket> m_socket4;
    std::optional<IcmpSocket> m_socket6;
    std::map<std::pair<std::string, net::Family>, std::unique_ptr<Asking>> m_asking; ///< null: nobody can be asked there
    bool m_fromKernel = false;
    bool m_askError = false;
    QString m_noFrames;
    std::vector<std::size_t> m_toAsk;
    std::size_t m_asked = 0; ///< of this round
    std::size_t m_awaited = 0;
    int m_askRound = 0;
    qint64 m_askedNs = 0;
    std::deque<std::size_t> m_toSend;
    std::deque<std::pair<std::size_t, qint64>> m_toRetry;
    std::deque<std::size_t> m_sentOrder;
    std::size_t m_open = 0;
    qint64 m_nextBurstNs = 0;
    qint64 m_nextReportNs = 0;
    SweepProgress m_progress;
};

} // namespace

tl::expected<evidence::Sweep, QString> sweep(const std::vector<net::IpAddress> &addresses, const std::stop_token &stop,
                                             const SweepSink &sink)
{
    SweepRun run(addresses, sink);
    if (const auto problem = run.open()) {
        return tl::unexpected(*problem);
    }
    return run.run(stop);
}

} // namespace bothways::probe
