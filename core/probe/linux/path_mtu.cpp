// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/path_mtu.h"

#include "probe/linux/echo_socket.h"
#include "probe/linux/link_map.h"
#include "probe/linux/socket/kernel_clock.h"
#include "probe/linux/socket/new_token.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <set>

#include <poll.h>

namespace bothways::probe {

using evidence::Access;
using evidence::PathMtu;
using evidence::Reading;

namespace {

constexpr int largestPacket = 65535;
constexpr int smallPayload = 56; // as ping sends
constexpr int candidatesAtOnce = 16;
constexpr int triesEach = 2;
constexpr int samplesEach = 4;
constexpr qint64 paceNs = 1'000'000;
constexpr qint64 firstWaitNs = 1'000'000'000;
constexpr qint64 shortestWaitNs = 150'000'000;
constexpr std::size_t mostNotices = 32;
// Ethernet, PPPoE, WireGuard, VXLAN, GRE, IPv6's least, and jumbo frames: with these in the first round it is often the last.
constexpr std::array usualMtus{1280, 1400, 1420, 1450, 1476, 1492, 1500, 4000, 8996, 9000, 9216};
constexpr std::array sampledPayloads{56, 512, 1000, 1200, 1400, 1472};

class SizeRun {
public:
    SizeRun(IcmpSocket socket, const PathMtuPlan &plan, PathMtu &result, qint64 endNs, const std::stop_token &stop)
        : m_socket(std::move(socket))
        , m_result(result)
        , m_token(newToken())
        , m_endNs(endNs)
        , m_stop(stop)
        , m_overhead(static_cast<int>(net::icmpHeaderSize) + (plan.target.isV4() ? 20 : 40))
    {
        m_socket.forbidFragments();
    }

    void run()
    {
        const int small = smallPayload + m_overhead;
        const auto start = monotonicNs();
        if (!ask({small}).contains(small)) {
            return;
        }
        m_waitNs = std::clamp(4 * (monotonicNs() - start), shortestWaitNs, firstWaitNs);
        m_result.largestAnswered = small;
        const int most = largestSendable();
        if (ask({most}).contains(most)) {
            m_result.largestAnswered = most;
        } else {
            search(most);
        }
        sample(most);
        m_result.cutShort = over();
    }

private:
    struct Request {
        int size = 0;
        bool settled = false;
        bool answered = false;
    };

    bool over() const { return m_stop.stop_requested() || monotonicNs() >= m_endNs; }

    /// errno of sending, 0 when it is on its way.
    int send(int size)
    {
        const auto index = static_cast<int>(m_requests.size());
        EchoCookie cookie(m_token, size - m_overhead);
        m_socket.clearError();
        const int error = m_socket.send(index, static_cast<std::uint16_t>(index), cookie.payload(index));
        m_requests.push_back({size, error != 0, false});
        if (error != 0) {
            hear();
            m_socket.restartStamps();
        }
        if (error == EMSGSIZE && (m_result.refusedHere == 0 || size < m_result.refusedHere)) {
            m_result.refusedHere = size;
        }
        return error;
    }

    void hear()
    {
        while (const auto report = m_socket.report()) {
            if (const auto *refused = std::get_if<IcmpSocket::Refused>(&*report)) {
                const std::size_t index = refused->echo.sequence;
                const bool ours =
                    index < m_requests.size() && EchoCookie(m_token, smallPayload).match(refused->echo.payload, false).ours;
                if (ours) {
                    m_requests[index].settled = true;
                    note(*refused, m_requests[index].size);
                }
            }
        }
        while (const auto reply = m_socket.receive()) {
            const std::size_t index = reply->echo.sequence;
            if (index >= m_requests.size() || reply->sender != m_result.target) {
                continue;
            }
            auto &request = m_requests[index];
            if (EchoCookie(m_token, request.size - m_overhead).match(reply->echo.payload, true).ours) {
                request.settled = true;
                request.answered = true;
            }
        }
    }

    void note(const IcmpSocket::Refused &refused, int size)
    {
        if (!refused.icmp || refused.errorNumber != EMSGSIZE || m_result.notices.size() >= mostNotices) {
            return;
        }
        auto &all = m_result.notices;
        const bool known = std::any_of(all.begin(), all.end(), [&](const auto &notice) {
            return notice.sender == refused.sender && notice.mtu == refused.mtu;
        });
        if (!known) {
            all.push_back({refused.sender, refused.mtu, size});
        }
    }

    /// Until all requests from `first` on are settled, or their time is over.
    void await(std::size_t first, qint64 untilNs)
    {
        for (;;) {
            hear();
            const bool open = std::any_of(m_requests.begin() + static_cast<std::ptrdiff_t>(first), m_requests.end(),
                                          [](const Request &request) { return !request.settled; });
            const qint64 now = monotonicNs();
            if (!open || now >= untilNs || over()) {
                return;
            }
            sleep(std::min(untilNs, now + sliceNs));
        }
    }

    void sleep(qint64 untilNs) const
    {
        const timespec time{0, std::clamp<qint64>(untilNs - monotonicNs(), 0, sliceNs)};
        pollfd item{m_socket.descriptor(), POLLIN, 0};
        ::ppoll(&item, 1, &time, nullptr);
        m_socket.clearError(); // else poll() returns at once until somebody fetches it
    }

    /// Those of the sizes that were answered.
    std::set<int> ask(std::set<int> sizes)
    {
        std::set<int> answered;
        for (int attempt = 0; attempt < triesEach && !sizes.empty() && !over(); ++attempt) {
            const auto first = m_requests.size();
            for (const int size : sizes) {
                send(size);
                await(m_requests.size(), monotonicNs());
                sleep(monotonicNs() + paceNs);
            }
            await(first, monotonicNs() + m_waitNs);
            for (std::size_t i = first; i < m_requests.size(); ++i) {
                if (m_requests[i].answered) {
                    answered.insert(m_requests[i].size);
                    sizes.erase(m_requests[i].size);
                }
            }
        }
        return answered;
    }

    /// What the interface takes: its MTU, unless the packet leaves through another one than the source address lives on.
    int largestSendable()
    {
        const int mtu = std::min(m_result.interfaceMtu, largestPacket);
        if (mtu > m_result.largestAnswered && (mtu == largestPacket || send(mtu + 1) == EMSGSIZE)) {
            return mtu;
        }
        int sent = m_result.largestAnswered;
        int refused = largestPacket + 1;
        while (refused - sent > 1 && !over()) {
            const int middle = sent + (refused - sent) / 2;
            (send(middle) == EMSGSIZE ? refused : sent) = middle;
        }
        m_result.interface.clear();
        m_result.interfaceMtu = 0;
        return sent;
    }

    void search(int most)
    {
        int low = m_result.largestAnswered;
        int high = most;
        for (bool first = true; high - low > 1 && !over(); first = false) {
            const auto candidates = between(low, high, first);
            const auto answered = ask(candidates);
            if (over()) {
                break; // the last ones had no time to be answered
            }
            low = answered.empty() ? low : *answered.rbegin();
            high = next(candidates, low, high);
        }
        m_result.largestAnswered = low;
        m_result.smallestUnanswered = high;
    }

    /// The smallest candidate above `low`, else `high`.
    static int next(const std::set<int> &candidates, int low, int high)
    {
        const auto found = candidates.upper_bound(low);
        return found == candidates.end() ? high : *found;
    }

    std::set<int> between(int low, int high, bool first) const
    {
        std::set<int> sizes;
        const auto add = [&](int size) {
            if (size > low && size < high) {
                sizes.insert(size);
            }
        };
        for (int i = 1; i <= candidatesAtOnce; ++i) {
            add(low + static_cast<int>(qint64{high - low} * i / (candidatesAtOnce + 1)));
        }
        add(low + 1);
        for (const auto &notice : m_result.notices) {
            add(notice.mtu);
            add(notice.mtu + 1);
        }
        if (first) {
            for (const int mtu : usualMtus) {
                add(mtu);
                add(mtu + 1);
            }
        }
        return sizes;
    }

    void sample(int most)
    {
        std::set<int> sizes{most};
        for (const int payload : sampledPayloads) {
            if (payload + m_overhead <= most) {
                sizes.insert(payload + m_overhead);
            }
        }
        const auto first = m_requests.size();
        for (int i = 0; i < samplesEach && !over(); ++i) {
            for (const int size : sizes) {
                send(size);
                sleep(monotonicNs() + paceNs);
                hear();
            }
        }
        await(first, monotonicNs() + m_waitNs);
        std::map<int, evidence::SizeLoss> losses;
        for (std::size_t i = first; i < m_requests.size(); ++i) {
            auto &loss = losses[m_requests[i].size];
            loss.size = m_requests[i].size;
            ++loss.sent;
            loss.answered += m_requests[i].answered ? 1 : 0;
        }
        for (const auto &[size, loss] : losses) {
            m_result.sizes.push_back(loss);
        }
    }

    IcmpSocket m_socket;
    PathMtu &m_result;
    EchoCookie::Token m_token;
    qint64 m_endNs;
    const std::stop_token &m_stop;
    int m_overhead; ///< of headers, before the payload
    qint64 m_waitNs = firstWaitNs;
    std::vector<Request> m_requests; ///< the index is the sequence number
};

} // namespace

Reading<PathMtu> pathMtu(const PathMtuPlan &plan, const std::stop_token &stop)
{
    const auto source = QStringLiteral("path MTU search");
    EchoPlan echo;
    echo.target = plan.target;
    echo.source = plan.source;
    echo.interface = plan.interface;
    auto opened = openEitherRung(echo);
    if (!opened) {
        return Reading<PathMtu>::missing(opened.error().denied ? Access::Denied : Access::Failed, source, opened.error().message);
    }
    PathMtu result;
    result.target = plan.target;
    result.method = opened->method;
    result.source = sourceTowards(plan.target, plan.source, opened->socket.scope());
    if (const auto holder = result.source ? interfaceOf(*result.source) : std::nullopt) {
        result.interface = QString::fromStdString(holder->name);
        result.interfaceMtu = holder->mtu;
    }
    const qint64 end =
        monotonicNs() + nanoseconds(std::clamp(plan.deadline, std::chrono::milliseconds(1), std::chrono::milliseconds(60'000)));
    SizeRun(std::move(opened->socket), plan, result, end, stop).run();
    return Reading<PathMtu>::read(std::move(result), source);
}

} // namespace bothways::probe
