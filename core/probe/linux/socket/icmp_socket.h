// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/packet.h"
#include "probe/linux/socket/descriptor.h"
#include "probe/linux/socket/kernel_clock.h"
#include "probe/linux/socket/socket_address.h"

#include <tl/expected.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// One socket that sends echo requests and hears what comes back, errors and time stamps included. Linux: icmp(7), ip(7), raw(7),
/// Documentation/networking/timestamping.rst. No Qt: the helper with rights uses it too.
namespace bothways::probe {

enum class IcmpRung { PingSocket, RawSocket };

struct IcmpPlan {
    net::IpAddress target;
    std::optional<net::IpAddress> source; ///< bind to it; else the kernel chooses
    std::string device;                   ///< scope of a link-local target; else empty
    int hopLimit = 0;                     ///< 0: what this system gives a packet
    bool dontFragment = false;            ///< sent whole or not at all, whatever the kernel knows of the path's MTU
};

/// What did not work; the numbers are part of the helper's protocol.
enum class IcmpStep : std::uint8_t { None, Interface, Socket, Options, Source };
struct IcmpProblem {
    IcmpStep step = IcmpStep::None;
    int error = 0; ///< errno where a step has one
    /// Our rights do not reach, or the kernel has no such sockets: another kind may do.
    bool isDenial() const;
};

class IcmpSocket {
public:
    /// Opens, binds to the source asked for, and turns on time stamps and error reports.
    static tl::expected<IcmpSocket, IcmpProblem> open(IcmpRung rung, const IcmpPlan &plan);

    int descriptor() const { return m_socket.get(); }
    unsigned scope() const { return m_scope; }

    /// Sends one request; `index` names it in the stamps. Gives 0 or the errno of the call.
    int send(int index, std::uint16_t sequence, net::Bytes payload) { return sendTo(m_target, index, sequence, payload); }
    /// The same to any address of the family.
    int sendTo(const net::IpAddress &target, int index, std::uint16_t sequence, net::Bytes payload);

    /// TTL or hop limit of the requests to come. False with errno where the kernel refuses, likewise below.
    bool setTtl(int ttl) const;
    /// Requests to come are never fragmented, here or on the way, whatever path MTU the kernel remembers: one that is larger than
    /// the interface's MTU is refused with EMSGSIZE.
    bool forbidFragments() const;

    struct Reply {
        net::IcmpEcho echo; ///< views into the socket's buffer
        net::IpAddress sender;
        Nanoseconds monotonicNs = 0;
        std::optional<Nanoseconds> realtimeNs;
        std::optional<int> ttl;
    };
    /// The next echo reply for us, if one is waiting.
    std::optional<Reply> receive();

    struct Left { ///< the kernel handed a request to the driver
        int index = 0;
        Nanoseconds realtimeNs = 0;
    };
    struct Refused { ///< an error about a request
        net::IcmpEcho echo;
        bool icmp = false; ///< else of our own socket
        net::IpAddress sender;
        int type = 0;
        int code = 0;
        int errorNumber = 0;
        int mtu = 0; ///< that "fragmentation needed" or "packet too big" tells, else 0
    };
    using Report = std::variant<Left, Refused>;
    /// The next report of the error queue, if one is waiting.
    std::optional<Report> report();

    /// After a failed send, when report() has nothing more: the kernel's numbering of stamps begins anew.
    void restartStamps();
    /// Forgets an error that would make the next call fail in the place of an older packet.
    void clearError() const;

private:
    IcmpSocket(IcmpRung rung, const IcmpPlan &plan);
    IcmpProblem openRung(const IcmpPlan &plan);
    bool setPath(const IcmpPlan &plan);
    void setOptions();
    void filterReplies();

    IcmpRung m_rung;
    net::IpAddress m_target;
    unsigned m_scope = 0;
    std::uint16_t m_identifier = 0; ///< raw sockets; the kernel chooses that of a ping socket
    Descriptor m_socket;
    std::vector<int> m_stampKeys; ///< request of each transmit stamp the kernel has counted
    std::vector<std::uint8_t> m_buffer;
    std::vector<std::uint8_t> m_packet;
};

} // namespace bothways::probe
