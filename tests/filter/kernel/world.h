// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab.h"
#include "wire.h"

#include <array>

namespace bothways::kernel {

/// A socket or other descriptor of ours.
class Descriptor {
public:
    explicit Descriptor(int number, std::string_view what); ///< throws for a negative one, naming errno
    ~Descriptor();
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    Descriptor(Descriptor &&other) noexcept;
    Descriptor &operator=(Descriptor &&other) = delete;
    int get() const { return m_number; }

private:
    int m_number;
};

/// The cables' far ends: what is put in there arrives at the box.
enum class Port : std::uint8_t { Left, Right, BridgeLeft, BridgeRight };
constexpr std::size_t portCount = 4;

/// The filtered machine, `box`, and the silent other ends of its cables:
///
///     outside                              box
///     p0 52:54:00:09:00:01 --------------- eth0 10.9.0.10/24 fd09::10/64 52:54:00:09:00:10
///     p1 52:54:00:08:00:01 --------------- eth1 10.8.0.10/24 fd08::10/64 52:54:00:08:00:10
///     q0 52:54:00:07:00:01 --------------- vnet0 \ br0 10.7.0.10/24 fd07::10/64 52:54:00:07:00:10
///     q1 52:54:00:07:00:02 --------------- vnet1 /
///
/// Nothing outside has an address, so that no frame enters the box but ours. The box knows its neighbours, forwards, takes any
/// source address and limits no ICMP.
class World {
public:
    World();

    lab::Namespace box{"box"};
    lab::Namespace outside{"out"};

    /// Puts a frame on a cable. It has been through the box's rules when receive() of the trace shows a later one.
    void inject(Port port, const Buffer &bytes) const;
    /// Sends from the box itself, headers as given. What the kernel says is not looked at: the trace tells.
    void emit(const Buffer &packet, std::uint32_t mark) const;

    static net::MacAddress boxMac(Port port);
    static net::MacAddress farMac(Port port);
    static constexpr std::array<const char *, portCount> boxNames{"eth0", "eth1", "vnet0", "vnet1"};

private:
    void build() const;
    std::vector<Descriptor> m_ports;
    std::vector<Descriptor> m_raw; ///< IPv4, IPv6
};

} // namespace bothways::kernel
