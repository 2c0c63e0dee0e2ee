// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/histogram.h"
#include "net/layers.h"

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

/// What a capture says about the conversations in it, as plain values.
namespace bothways::capture {

/// Questions of one kind and what became of them. Each question is counted once, in exactly one of answered, refused, rejected,
/// silent, open and forgotten.
struct Exchanges {
    std::uint64_t asked = 0;
    std::uint64_t askedAgain = 0; ///< the same question seen once more: repeated, or captured twice
    std::uint64_t answered = 0;
    std::uint64_t answeredAgain = 0; ///< further answers to an answered question
    std::uint64_t refused = 0;       ///< TCP: reset
    std::uint64_t rejected = 0;      ///< an ICMP error came back for it, and no answer
    std::uint64_t silent = 0;        ///< nothing came within a minute, or until the capture ended
    std::uint64_t open = 0;          ///< asked in the capture's last second: it cannot tell
    std::uint64_t forgotten = 0;     ///< there was no room to wait for its answer
    std::uint64_t stray = 0;         ///< answers to what was not asked, or not in this capture, or more than a minute before
    Extent delay;                    ///< question (the last time it was asked) to first answer

    std::uint64_t failed() const { return refused + rejected + silent; }
    /// Of those whose fate was seen, 0 to 1: an open or forgotten one is neither lost nor answered.
    double failedShare() const
    {
        const auto known = answered + failed();
        return known == 0 ? 0 : static_cast<double>(failed()) / static_cast<double>(known);
    }
};

/// Packets from one address to another.
struct Direction {
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0; ///< on the wire, link header included
    std::uint64_t udp = 0;
    std::uint64_t errors = 0; ///< ICMP errors that quote a packet of this direction
    Exchanges echo;
    Exchanges handshake;                   ///< TCP
    std::unique_ptr<Histogram> echoSpread; ///< null: nothing was answered, or there was no room
};

/// Two addresses; `ways[0]` is from `a` to `b`, `ways[1]` back. What was asked one way is counted there with its answers.
struct Pair {
    net::IpAddress a;
    net::IpAddress b;
    std::array<Direction, 2> ways;
    std::int64_t first = 0;
    std::int64_t last = 0;
    static constexpr std::size_t mostVlans = 4;
    std::array<std::uint16_t, mostVlans> vlans{}; ///< outer tags seen
    std::uint8_t vlanCount = 0;
    bool moreVlans = false;
    bool untagged = false;
};

/// Who says that an address is his.
struct Claim {
    net::MacAddress mac;
    std::uint64_t times = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
};
struct Neighbour {
    net::IpAddress address;
    std::uint32_t vlan = 0; ///< outer tag's id << 12 | inner; 0 without
    static constexpr std::size_t mostClaims = 4;
    std::array<Claim, mostClaims> claims{};
    std::uint8_t claimCount = 0;
    bool moreClaims = false;
    Exchanges resolution; ///< of questions for this address, with ARP or neighbour discovery

    bool isConflict() const { return claimCount > 1; }
};

struct ErrorKind {
    net::Family family = net::Family::v4;
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint64_t count = 0;
    net::IpAddress reporter; ///< of the first one, likewise below
    net::IpAddress source;   ///< of the packet that it quotes
    net::IpAddress destination;
    std::uint8_t protocol = 0;
    std::uint16_t destinationPort = 0; ///< 0 where there is none
    std::uint32_t mtu = 0;             ///< the smallest that was told; 0 where none was
};

struct Totals {
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;                                       ///< on the wire
    std::uint64_t captured = 0;                                    ///< bytes
    std::int64_t first = std::numeric_limits<std::int64_t>::max(); ///< nanoseconds since 1970
    std::int64_t last = std::numeric_limits<std::int64_t>::min();
    std::uint64_t backwards = 0; ///< packets with a time before their forerunner's
    std::uint64_t arp = 0;
    std::uint64_t ipv4 = 0;
    std::uint64_t ipv6 = 0;
    std::uint64_t icmp = 0;
    std::uint64_t icmpv6 = 0;
    std::uint64_t tcp = 0;
    std::uint64_t udp = 0;
    std::uint64_t otherTransport = 0;
    std::uint64_t fragments = 0; ///< first ones too
    std::uint64_t other = 0;     ///< neither ARP nor IP
    std::uint64_t tagged = 0;
    std::uint64_t doubleTagged = 0;
    std::uint64_t cut = 0; ///< too little was captured of them to be decoded whole
    std::uint64_t malformed = 0;
    std::uint64_t unknownLink = 0;
    std::uint64_t groupEchoes = 0;   ///< echo requests to a group, whose answers come from others
    std::uint64_t addressProbes = 0; ///< RFC 5227, RFC 4862: nobody is to answer
    std::uint64_t announcements = 0; ///< gratuitous ARP and unsolicited advertisements
};

/// What did not fit. Totals count it all the same.
struct LeftOut {
    std::uint64_t pairPackets = 0;      ///< of pairs that came when the table was full
    std::uint64_t neighbourPackets = 0; ///< likewise of neighbours
    std::uint64_t errors = 0;           ///< ICMP errors of further kinds
};

/// Sizes of the tables. All full, they take about 35 MB.
struct FlowLimits {
    std::size_t pairs = 16384;
    std::size_t spreads = 2048; ///< directions whose delays are spread out; the others have least, average and most
    std::size_t neighbours = 8192;
    std::size_t questions = std::size_t{1} << 17U; ///< that wait for an answer at one time
    std::size_t errorKinds = 64;
};

struct Flows {
    Totals totals;
    Exchanges echo;
    Exchanges handshake;
    Exchanges arp;
    Exchanges neighbour;
    Histogram echoSpread;
    Histogram handshakeSpread;
    std::vector<Pair> pairs; ///< in the order of their first packet
    std::vector<Neighbour> neighbours;
    std::vector<ErrorKind> errors;
    std::vector<std::pair<std::uint16_t, std::uint64_t>> vlans; ///< outer id, packets
    LeftOut leftOut;

    /// Something asked got no, or no good, answer; or an address has two owners.
    bool hasFault() const;
};

} // namespace bothways::capture
