// SPDX-License-Identifier: GPL-3.0-or-later
#include "made.h"

#include "net/packet.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <vector>

namespace bothways::test {

namespace {

using Frame = std::vector<std::uint8_t>;
constexpr std::int64_t microsecond = 1000;
constexpr std::int64_t second = 1'000'000'000;

void put16(Frame &out, std::uint32_t value)
{
    out.push_back(static_cast<std::uint8_t>(value >> 8U));
    out.push_back(static_cast<std::uint8_t>(value));
}
void put32(Frame &out, std::uint32_t value)
{
    put16(out, value >> 16U);
    put16(out, value & 0xffffU);
}
void set16(Frame &out, std::size_t at, std::uint16_t value)
{
    out.at(at) = static_cast<std::uint8_t>(value >> 8U);
    out.at(at + 1) = static_cast<std::uint8_t>(value);
}

net::MacAddress macOf(std::uint32_t address)
{
    return net::MacAddress({2, 0, static_cast<std::uint8_t>(address >> 24U), static_cast<std::uint8_t>(address >> 16U),
                            static_cast<std::uint8_t>(address >> 8U), static_cast<std::uint8_t>(address)});
}

Frame ipv4(std::uint32_t from, std::uint32_t to, std::uint8_t protocol, std::uint16_t identification, const Frame &payload)
{
    Frame out;
    put16(out, 0x4500);
    put16(out, static_cast<std::uint32_t>(20 + payload.size()));
    put16(out, identification);
    put16(out, 0x4000);
    put16(out, 64U << 8U | protocol);
    put16(out, 0);
    put32(out, from);
    put32(out, to);
    set16(out, 10, net::internetChecksum(out));
    out.insert(out.end(), payload.begin(), payload.end());
    return out;
}

Frame icmp(std::uint8_t type, std::uint8_t code, std::uint32_t rest, const Frame &body)
{
    Frame out{type, code};
    put16(out, 0);
    put32(out, rest);
    out.insert(out.end(), body.begin(), body.end());
    set16(out, 2, net::internetChecksum(out));
    return out;
}

Frame tcp(std::uint16_t from, std::uint16_t to, std::uint32_t sequence, std::uint32_t acknowledged, std::uint8_t flags,
          std::size_t size)
{
    Frame out;
    put16(out, from);
    put16(out, to);
    put32(out, sequence);
    put32(out, acknowledged);
    put16(out, 0x5000U | flags);
    put32(out, 0xffff0000U);
    put16(out, 0);
    out.resize(out.size() + size, 0x42);
    return out;
}

class Maker {
public:
    Maker(std::FILE *file, const MakeOptions &options) : m_file(file), m_options(options), m_state(options.seed) {}

    Made make()
    {
        const std::uint32_t header[] = {0xa1b2c3d4, 0x00040002, 0, 0, 262144, 1};
        std::fwrite(header, 1, sizeof header, m_file);
        conflicts();
        while (m_made.packets + m_waiting.size() < m_options.packets) {
            m_now += (20 + below(180)) * microsecond;
            emitUntil(m_now);
            step();
        }
        emitUntil(INT64_MAX);
        // What was asked at the end has had its time when this comes.
        choosePair();
        m_now = m_last + 2 * second;
        ++m_pair->udp;
        send(0, true, 17, datagram());
        emitUntil(INT64_MAX);
        return m_made;
    }

private:
    struct Due {
        std::int64_t time;
        std::uint64_t order;
        Frame frame;
        MadePair *pair;
        bool operator<(const Due &other) const { return std::tie(time, order) > std::tie(other.time, other.order); }
    };

    std::uint32_t below(std::uint32_t limit)
    {
        m_state = m_state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>((m_state >> 33U) % limit);
    }
    std::int64_t delay() { return (10 + below(below(10) == 0 ? 400'000 : 900)) * microsecond; }

    void later(std::int64_t after, Frame frame, MadePair *pair)
    {
        m_waiting.push({m_now + after, m_order++, std::move(frame), pair});
    }

    void emitUntil(std::int64_t time)
    {
        while (!m_waiting.empty() && m_waiting.top().time <= time) {
            const auto &due = m_waiting.top();
            const auto micros = due.time / microsecond;
            const auto size = static_cast<std::uint32_t>(due.frame.size());
            const std::uint32_t record[] = {static_cast<std::uint32_t>(1'700'000'000 + micros / 1'000'000),
                                            static_cast<std::uint32_t>(micros % 1'000'000), size, size};
            std::fwrite(record, 1, sizeof record, m_file);
            std::fwrite(due.frame.data(), 1, due.frame.size(), m_file);
            ++m_made.packets;
            m_made.bytes += size;
            if (due.pair != nullptr) {
                ++due.pair->packets;
                due.pair->bytes += size;
            }
            m_last = due.time;
            m_waiting.pop();
        }
    }

    /// A packet of the chosen pair, in its Ethernet frame.
    void send(std::int64_t after, bool forward, std::uint8_t protocol, const Frame &payload)
    {
        const auto from = forward ? m_asker : m_asked;
        const auto to = forward ? m_asked : m_asker;
        later(after, framed(from, to, ipv4(from, to, protocol, m_identification++, payload)), m_pair);
    }
    Frame framed(std::uint32_t from, std::uint32_t to, const Frame &packet) const
    {
        Frame out;
        for (const auto &mac : {macOf(to), macOf(from)}) {
            out.insert(out.end(), mac.bytes().begin(), mac.bytes().end());
        }
        if (m_pair->vlan != 0) {
            put16(out, 0x8100);
            put16(out, m_pair->vlan);
        }
        put16(out, 0x0800);
        out.insert(out.end(), packet.begin(), packet.end());
        return out;
    }

    void choosePair()
    {
        const auto low = below(m_options.hosts - 1);
        const auto high = low + 1 + below(m_options.hosts - 1 - low);
        const auto index = low * m_options.hosts + high;
        m_asker = 0x0a000001 + low;
        m_asked = 0x0a000001 + high;
        m_pair = &m_made.pairs[{net::IpAddress::fromV4(m_asker), net::IpAddress::fromV4(m_asked)}];
        m_pair->fromHigher = index % 2 == 1;
        m_pair->vlan = static_cast<std::uint16_t>(index % 7 == 0 ? 10 + index % 3 : 0);
        if (m_pair->fromHigher) {
            std::swap(m_asker, m_asked);
        }
    }

    void step()
    {
        choosePair();
        const auto kind = below(100);
        if (kind < 40) {
            echo();
        } else if (kind < 47) {
            connection();
        } else if (kind < 90) {
            const auto frames = 1 + below(2);
            for (std::uint32_t i = 0; i < frames; ++i) {
                send(i * microsecond, i % 2 == 0, 6, tcp(40000, 443, below(1U << 30U), 1, 0x18, 250 + below(850)));
            }
        } else if (kind < 95) {
            ++m_pair->udp;
            send(0, true, 17, datagram());
        } else if (kind < 99) {
            arp();
        } else {
            ++m_made.malformed;
            auto packet = ipv4(m_asker, m_asked, 17, m_identification++, datagram());
            packet[2] = 0x7f; // longer than the frame
            later(0, framed(m_asker, m_asked, packet), m_pair);
        }
    }

    void echo()
    {
        const auto number = static_cast<std::uint32_t>(m_pair->requests++);
        const auto identifierAndSequence = (m_asker & 0xffU) << 24U | (m_asked & 0xffU) << 16U | (number & 0xffffU);
        Frame body(56);
        for (auto &byte : body) {
            byte = static_cast<std::uint8_t>(below(256));
        }
        const auto request = icmp(8, 0, identifierAndSequence, body);
        const auto quoted = ipv4(m_asker, m_asked, 1, m_identification, request);
        send(0, true, 1, request);
        const auto fate = below(100);
        if (fate < 6) {
            ++m_pair->lost;
            return;
        }
        const auto took = delay();
        if (fate < 10) {
            ++m_pair->rejected;
            send(took, false, 1, icmp(3, 1, 0, quoted));
            return;
        }
        const auto reply = icmp(0, 0, identifierAndSequence, body);
        send(took, false, 1, reply);
        ++m_pair->answered;
        m_pair->leastDelay = std::min(m_pair->leastDelay, took);
        m_pair->mostDelay = std::max(m_pair->mostDelay, took);
        m_pair->sumOfDelays += took;
        if (fate < 13) {
            ++m_pair->answeredTwice;
            send(took + 5 * microsecond, false, 1, reply);
        }
    }

    void connection()
    {
        const auto port = static_cast<std::uint16_t>(20000 + m_pair->connections++ % 20000);
        const auto sequence = below(1U << 31U);
        const auto syn = tcp(port, 80, sequence, 0, 0x02, 0);
        send(0, true, 6, syn);
        const auto took = delay();
        switch (below(5)) {
        case 0:
            ++m_pair->silent;
            send(second, true, 6, syn);
            return;
        case 1:
            ++m_pair->refused;
            send(took, false, 6, tcp(80, port, 0, sequence + 1, 0x14, 0));
            return;
        default:
            ++m_pair->accepted;
            send(took, false, 6, tcp(80, port, 77, sequence + 1, 0x12, 0));
            send(took + microsecond, true, 6, tcp(port, 80, sequence + 1, 78, 0x10, 0));
        }
    }

    void arp()
    {
        const auto number = static_cast<std::uint32_t>(m_made.arpAsked++);
        const auto asker = net::IpAddress::fromV4(0x0a000001 + number % m_options.hosts);
        const bool silent = below(5) == 0;
        // Nobody is asked for twice by the same one before the first question is over.
        const auto which = number / m_options.hosts;
        const auto target = silent ? 0x0a020000U + which : 0x0a010000U + which % 200;
        const auto request = net::buildArpRequest(macOf(asker.toV4()), asker, net::IpAddress::fromV4(target)).view();
        later(0, {request.begin(), request.end()}, nullptr);
        if (silent) {
            ++m_made.arpSilent;
            later(second, {request.begin(), request.end()}, nullptr);
            return;
        }
        ++m_made.arpAnswered;
        const auto reply = net::buildArpReply(macOf(target), net::IpAddress::fromV4(target), macOf(asker.toV4()), asker).view();
        later(delay(), {reply.begin(), reply.end()}, nullptr);
    }

    void conflicts()
    {
        for (std::uint32_t i = 0; i < 3; ++i) {
            const auto address = net::IpAddress::fromV4(0x0a030000U + i);
            for (const auto mac : {macOf(i), macOf(i + 100)}) {
                const auto announcement = net::buildArpRequest(mac, address, address).view();
                later(0, {announcement.begin(), announcement.end()}, nullptr);
            }
            ++m_made.conflicts;
        }
    }

    static Frame datagram()
    {
        Frame out;
        put16(out, 5353);
        put16(out, 9);
        put16(out, 28);
        put16(out, 0);
        out.resize(28, 0x55);
        return out;
    }

    std::FILE *m_file;
    MakeOptions m_options;
    Made m_made;
    std::uint64_t m_state;
    std::int64_t m_now = 0;
    std::int64_t m_last = 0;
    std::uint64_t m_order = 0;
    std::uint16_t m_identification = 0;
    std::uint32_t m_asker = 0;
    std::uint32_t m_asked = 0;
    MadePair *m_pair = nullptr;
    std::priority_queue<Due> m_waiting;
};

} // namespace

Made makeCapture(std::FILE *file, const MakeOptions &options) { return Maker(file, options).make(); }

} // namespace bothways::test
