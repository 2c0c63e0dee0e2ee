// SPDX-License-Identifier: GPL-3.0-or-later
#include "flood.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <thread>
#include <vector>

#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bothways::lab {

namespace {

constexpr std::size_t ipAt = 14;
constexpr std::size_t icmpAt = ipAt + 20;
constexpr std::size_t size = icmpAt + 8 + 56; // what ping sends
constexpr std::size_t malformedSize = ipAt + 12;
using Frame = std::array<std::uint8_t, size>;

void put16(Frame &frame, std::size_t at, std::uint16_t value)
{
    frame.at(at) = static_cast<std::uint8_t>(value >> 8);
    frame.at(at + 1) = static_cast<std::uint8_t>(value);
}

void checksum(Frame &frame, std::size_t begin, std::size_t end, std::size_t place)
{
    put16(frame, place, 0);
    std::uint32_t sum = 0;
    for (std::size_t at = begin; at < end; at += 2) {
        sum += static_cast<std::uint32_t>(frame.at(at) << 8 | frame.at(at + 1));
    }
    while (sum >> 16 != 0) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    put16(frame, place, static_cast<std::uint16_t>(~sum));
}

/// Request number `pair`, or its reply.
Frame echo(std::uint64_t pair, bool reply)
{
    Frame frame{};
    const std::array<std::uint8_t, 6> macs[2] = {{0x02, 0, 0, 0, 0xaa, 1}, {0x02, 0, 0, 0, 0xaa, 2}};
    std::memcpy(frame.data(), macs[reply ? 0 : 1].data(), 6);
    std::memcpy(frame.data() + 6, macs[reply ? 1 : 0].data(), 6);
    put16(frame, 12, ETHERTYPE_IP);
    frame.at(ipAt) = 0x45;
    put16(frame, ipAt + 2, size - ipAt);
    frame.at(ipAt + 8) = 64;
    frame.at(ipAt + 9) = IPPROTO_ICMP;
    const std::array<std::uint8_t, 4> hosts[2] = {{10, 77, 0, 1}, {10, 77, 0, 2}};
    std::memcpy(frame.data() + ipAt + 12, hosts[reply ? 1 : 0].data(), 4);
    std::memcpy(frame.data() + ipAt + 16, hosts[reply ? 0 : 1].data(), 4);
    checksum(frame, ipAt, icmpAt, ipAt + 10);
    frame.at(icmpAt) = reply ? 0 : 8;
    put16(frame, icmpAt + 4, static_cast<std::uint16_t>(pair >> 16));
    put16(frame, icmpAt + 6, static_cast<std::uint16_t>(pair));
    checksum(frame, icmpAt, size, icmpAt + 2);
    return frame;
}

class PacketSocket {
public:
    explicit PacketSocket(const std::string &device) : m_number(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0))
    {
        sockaddr_ll address{};
        address.sll_family = AF_PACKET;
        address.sll_ifindex = static_cast<int>(::if_nametoindex(device.c_str()));
        if (m_number < 0 || ::bind(m_number, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
            throw std::system_error(errno, std::generic_category(), "cannot send on " + device);
        }
        const int room = 16 * 1024 * 1024;
        ::setsockopt(m_number, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room);
    }
    ~PacketSocket() { ::close(m_number); }
    PacketSocket(const PacketSocket &) = delete;
    PacketSocket &operator=(const PacketSocket &) = delete;

    void send(std::vector<mmsghdr> &messages) const
    {
        std::size_t done = 0;
        while (done < messages.size()) {
            const int count = ::sendmmsg(m_number, messages.data() + done, static_cast<unsigned>(messages.size() - done), 0);
            if (count < 0 && errno != EINTR && errno != ENOBUFS) {
                throw std::system_error(errno, std::generic_category(), "sendmmsg");
            }
            done += count > 0 ? static_cast<std::size_t>(count) : 0;
        }
    }

private:
    int m_number;
};

} // namespace

Flooded flood(const std::string &device, const Flood &how)
{
    using Clock = std::chrono::steady_clock;
    const PacketSocket socket(device);
    const std::uint64_t total = how.perSecond * static_cast<std::uint64_t>(how.seconds);
    Flooded flooded;
    bool reply = false;
    std::vector<Frame> frames;
    std::vector<iovec> parts;
    std::vector<mmsghdr> messages;
    const auto begin = Clock::now();
    while (flooded.sent < total) {
        std::this_thread::sleep_until(begin + std::chrono::nanoseconds(1'000'000'000 / how.perSecond * flooded.sent));
        const std::uint64_t burst =
            std::min<std::uint64_t>(std::max<std::uint64_t>(how.perSecond / 1000, 1), total - flooded.sent);
        frames.assign(burst, {});
        parts.assign(burst, {});
        messages.assign(burst, {});
        for (std::size_t i = 0; i < burst; ++i) {
            ++flooded.sent;
            const bool malformed = how.malformedEach != 0 && flooded.sent % how.malformedEach == 0;
            frames[i] = echo(flooded.pairs, reply);
            parts[i] = {frames[i].data(), malformed ? malformedSize : size};
            messages[i].msg_hdr.msg_iov = &parts[i];
            messages[i].msg_hdr.msg_iovlen = 1;
            flooded.malformed += malformed ? 1 : 0;
            if (!malformed) {
                flooded.pairs += reply ? 1 : 0;
                reply = !reply;
            }
        }
        socket.send(messages);
    }
    flooded.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    return flooded;
}

} // namespace bothways::lab
