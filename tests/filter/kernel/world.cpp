// SPDX-License-Identifier: GPL-3.0-or-later
#include "world.h"

#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bothways::kernel {
namespace {

constexpr std::array farNames{"p0", "p1", "q0", "q1"};

/// Before any device is there, so that each one starts with it.
constexpr auto quiet = R"(
for each in all default; do
    sysctl -qw net.ipv6.conf.$each.accept_dad=0 net.ipv6.conf.$each.dad_transmits=0 net.ipv6.conf.$each.accept_ra=0 \
        net.ipv6.conf.$each.router_solicitations=0 net.ipv4.conf.$each.rp_filter=0 net.ipv4.conf.$each.send_redirects=0 \
        net.ipv4.conf.$each.accept_local=1
done
)";

constexpr auto roads = R"(
ip link set eth0 address 52:54:00:09:00:10
ip link set eth1 address 52:54:00:08:00:10
ip link add br0 address 52:54:00:07:00:10 type bridge mcast_snooping 0 forward_delay 0
ip link set vnet0 master br0
ip link set vnet1 master br0
ip link set br0 up
bridge fdb add 52:54:00:07:00:01 dev vnet0 master static
bridge fdb add 52:54:00:07:00:02 dev vnet1 master static
n=9
for device in eth0 eth1 br0; do
    ip address add 10.$n.0.10/24 dev $device
    ip address add fd0$n::10/64 dev $device nodad
    for a in 1 2 77 200; do
        ip neigh replace 10.$n.0.$a lladdr 52:54:00:0$n:00:01 dev $device nud permanent
        ip neigh replace fd0$n::$a lladdr 52:54:00:0$n:00:01 dev $device nud permanent
    done
    n=$((n - 1))
done
sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.icmp_ratelimit=0 net.ipv6.icmp.ratelimit=0
sysctl -qw net.netfilter.nf_log.2=nfnetlink_log net.netfilter.nf_log.10=nfnetlink_log
sysctl -qw net.bridge.bridge-nf-call-iptables=0 net.bridge.bridge-nf-call-ip6tables=0 net.bridge.bridge-nf-call-arptables=0
)";

Descriptor packetSocket(const char *device)
{
    Descriptor made(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0), "packet socket"); // protocol 0: it receives nothing
    sockaddr_ll address{};
    address.sll_family = AF_PACKET;
    address.sll_ifindex = static_cast<int>(::if_nametoindex(device));
    if (::bind(made.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        throw std::runtime_error(std::string("bind to ") + device + ": " + std::strerror(errno));
    }
    return made;
}

} // namespace

Descriptor::Descriptor(int number, std::string_view what) : m_number(number)
{
    if (number < 0) {
        throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
    }
}

Descriptor::~Descriptor()
{
    if (m_number >= 0) {
        ::close(m_number);
    }
}

Descriptor::Descriptor(Descriptor &&other) noexcept : m_number(other.m_number) { other.m_number = -1; }

World::World()
{
    build();
    outside.enter([this] {
        for (const auto *name : farNames) {
            m_ports.push_back(packetSocket(name));
        }
    });
    box.enter([this] {
        m_raw.emplace_back(::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW), "raw IPv4 socket");
        m_raw.emplace_back(::socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW), "raw IPv6 socket");
    });
}

void World::build() const
{
    outside.must("sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1");
    box.must(quiet);
    for (std::size_t i = 0; i < portCount; ++i) {
        lab::connect(box, boxNames[i], outside, farNames[i]);
        outside.mac(farNames[i], farMac(static_cast<Port>(i)).toString());
        outside.must(std::string("ip link set ") + farNames[i] + " arp off");
    }
    box.must(roads);
}

void World::inject(Port port, const Buffer &bytes) const
{
    const auto sent = ::send(m_ports[static_cast<std::size_t>(port)].get(), bytes.data(), bytes.size(), 0);
    if (sent < 0) {
        throw std::runtime_error(std::string("sending a frame: ") + std::strerror(errno));
    }
}

void World::emit(const Buffer &packet, std::uint32_t mark) const
{
    const bool v4 = packet.at(0) >> 4 == 4;
    const int socket = m_raw[v4 ? 0 : 1].get();
    ::setsockopt(socket, SOL_SOCKET, SO_MARK, &mark, sizeof mark);
    if (v4) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        std::memcpy(&to.sin_addr, packet.data() + 16, 4);
        ::sendto(socket, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr *>(&to), sizeof to);
    } else {
        sockaddr_in6 to{};
        to.sin6_family = AF_INET6;
        std::memcpy(&to.sin6_addr, packet.data() + 24, 16);
        ::sendto(socket, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr *>(&to), sizeof to);
    }
}

net::MacAddress World::boxMac(Port port)
{
    static constexpr std::array<std::uint8_t, portCount> nets{9, 8, 7, 7};
    return net::MacAddress({0x52, 0x54, 0, nets[static_cast<std::size_t>(port)], 0, 0x10});
}

net::MacAddress World::farMac(Port port)
{
    auto bytes = boxMac(port).bytes();
    bytes[5] = port == Port::BridgeRight ? 2 : 1;
    return net::MacAddress(bytes);
}

} // namespace bothways::kernel
