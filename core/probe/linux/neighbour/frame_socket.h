// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/packet.h"
#include "probe/linux/neighbour/neighbour_frames.h"
#include "probe/linux/socket/descriptor.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

/// Ethernet frames that ask for neighbours and their answers. No Qt: the helper with rights is built from it too. Needs
/// CAP_NET_RAW.
namespace bothways::probe {

/// Frames of ARP, or of IPv6 neighbour discovery, on one interface; packet(7).
class FrameSocket {
public:
    /// None, or the step that failed, with its errno in `errno`.
    NeighbourStep open(const std::string &device, net::Family family);

    const net::MacAddress &mac() const { return m_mac; } ///< of the interface
    int descriptor() const { return m_socket.get(); }

    /// errno, or 0.
    int send(net::Bytes frame) const;

    /// The next frame that came in, or nothing; valid until the next call.
    std::optional<net::Bytes> receive();

    /// As much room for what waits as the kernel allows.
    void enlarge() const;

private:
    static constexpr std::size_t largestFrame = 2048;

    NeighbourStep readMac(const std::string &device);
    void onlyAdvertisements() const;

    Descriptor m_socket;
    net::MacAddress m_mac;
    std::array<std::uint8_t, largestFrame> m_buffer{};
};

/// "This address is mine", as an answer to a request says it.
struct NeighbourClaim {
    net::IpAddress address;
    net::MacAddress mac;
};
/// The claim in a frame, if it is one: an ARP reply to `own`, or a neighbour advertisement (RFC 4861, 7.1.2).
std::optional<NeighbourClaim> claimIn(net::Bytes frame, net::Family family, const net::MacAddress &own);

} // namespace bothways::probe
