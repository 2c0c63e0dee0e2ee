// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/reading.h"
#include "net/address.h"

#include <QString>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

/// What captures at several points saw of the packets between host and VM. Only sightings: where a packet was lost is concluded
/// from them (facts/fates.h). Times are nanoseconds since 1970, by the clock of the machine that captured.
namespace bothways::evidence {

enum class PointRole {
    Unknown,    ///< a capture file whose interface is not known here; `distance` is all that tells its place
    Uplink,     ///< a way out of this host that is no port of the VM's bridge; the VM's own link for macvtap
    UplinkPort, ///< the physical port of the VM's bridge
    Bridge,     ///< the host's own interface on the VM's bridge or network: what its stack sends and gets
    OtherPort,  ///< a port of the VM's bridge that is not the VM's: nothing of the pair should go out there
    Port,       ///< the VM's port (tap, vnet, veth): what the VM is given and what it sends
    Guest,      ///< an interface inside the VM
};
template <>
struct Words<PointRole> {
    static constexpr Word<PointRole> all[] = {
        {PointRole::Unknown, "unknown"}, {PointRole::Uplink, "uplink"},        {PointRole::UplinkPort, "uplink-port"},
        {PointRole::Bridge, "bridge"},   {PointRole::OtherPort, "other-port"}, {PointRole::Port, "port"},
        {PointRole::Guest, "guest"}};
};

/// Where frames were captured, and how far to believe that something was not there.
struct CapturePoint {
    QString name; ///< of the interface, or of the file and its interface
    PointRole role = PointRole::Unknown;
    int distance = 0;    ///< from the host's stack: the nearest has the least; points beside the way have any
    bool opened = false; ///< frames were captured, at least for a time
    bool live = true;    ///< false: from a file, made at a time of its own
    QString problem;     ///< why it was not open, or not all the time; empty where it was
    qint64 frames = 0;   ///< that passed the filter
    qint64 dropped = 0;  ///< lost by the capture for lack of room: with some, "not seen" says nothing
    qint64 malformed = 0;
    qint64 badChecksums = 0; ///< ICMP messages captured whole whose checksum is wrong
    qint64 fromNs = 0;       ///< first and last moment of capturing; 0 where unknown
    qint64 toNs = 0;

    /// What is not in this capture did not pass.
    bool isWhole() const { return opened && dropped == 0 && problem.isEmpty(); }

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("name", self.name);
        visit("role", self.role);
        visit("distance", self.distance);
        visit("opened", self.opened);
        visit("live", self.live);
        visit("problem", self.problem);
        visit("frames", self.frames);
        visit("dropped", self.dropped);
        visit("malformed", self.malformed);
        visit("bad_checksums", self.badChecksums);
        visit("from_ns", self.fromNs);
        visit("to_ns", self.toNs);
    }
    bool operator==(const CapturePoint &) const = default;
};

enum class JourneyKind { Echo, Tcp, Udp, Arp, Nd };
template <>
struct Words<JourneyKind> {
    static constexpr Word<JourneyKind> all[] = {{JourneyKind::Echo, "echo"},
                                                {JourneyKind::Tcp, "tcp"},
                                                {JourneyKind::Udp, "udp"},
                                                {JourneyKind::Arp, "arp"},
                                                {JourneyKind::Nd, "nd"}};
};

enum class Leg {
    Request,
    Reply,   ///< the answer: echo reply, SYN-ACK, UDP back, ARP reply, advertisement
    Refusal, ///< TCP reset
    Error,   ///< an ICMP error that quotes the request or the reply
};
template <>
struct Words<Leg> {
    static constexpr Word<Leg> all[] = {
        {Leg::Request, "request"}, {Leg::Reply, "reply"}, {Leg::Refusal, "refusal"}, {Leg::Error, "error"}};
};

/// One frame of a journey at one point.
struct Sighting {
    int point = 0; ///< index into Captures::points
    qint64 timeNs = 0;
    Leg leg = Leg::Request;
    std::optional<net::MacAddress> sourceMac;
    std::optional<net::MacAddress> destinationMac;
    std::optional<net::IpAddress> source;      ///< of the IP header, or the sender an ARP packet names
    std::optional<net::IpAddress> destination; ///< likewise; for an error, who it was sent to
    std::optional<int> vlan;                   ///< outer tag
    int ttl = 0;                               ///< 0 where there is none (ARP)
    std::optional<int> icmpType;               ///< of an error
    std::optional<int> icmpCode;
    std::optional<qint64> mtu; ///< that an error tells
    bool quotesReply = false;  ///< of an error: it is about the answer, not about the request
    bool incoming = false;     ///< known to come in at this interface (cooked captures tell)

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("point", self.point);
        visit("time_ns", self.timeNs);
        visit("leg", self.leg);
        visit("source_mac", self.sourceMac);
        visit("destination_mac", self.destinationMac);
        visit("source", self.source);
        visit("destination", self.destination);
        visit("vlan", self.vlan);
        visit("ttl", self.ttl);
        visit("icmp_type", self.icmpType);
        visit("icmp_code", self.icmpCode);
        visit("mtu", self.mtu);
        visit("quotes_reply", self.quotesReply);
        visit("incoming", self.incoming);
    }
    bool operator==(const Sighting &) const = default;
};

/// One question (an echo request, a SYN, a datagram, who-has) with all that was seen of it and of its answer.
struct Journey {
    JourneyKind kind = JourneyKind::Echo;
    net::IpAddress asker; ///< as the first sighting has them; behind a NAT other sightings have others
    net::IpAddress asked;
    int id = 0;                      ///< echo identifier, or the asker's port; 0 for ARP and ND
    int sequence = 0;                ///< echo sequence, or the asked port; for ARP and ND a count
    int bytes = 0;                   ///< of the request's IP packet; 0 for ARP
    std::vector<Sighting> sightings; ///< by time; bounded

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("kind", self.kind);
        visit("asker", self.asker);
        visit("asked", self.asked);
        visit("id", self.id);
        visit("sequence", self.sequence);
        visit("bytes", self.bytes);
        visit("sightings", self.sightings);
    }
    bool operator==(const Journey &) const = default;
};

/// A MAC as the source of frames at a point, with an address that it spoke for (ARP sender, IP source).
struct MacUse {
    net::MacAddress mac;
    std::optional<net::IpAddress> address;
    int point = 0;
    std::optional<int> vlan;
    bool claimed = false; ///< by ARP or neighbour discovery, unasked or in answer
    qint64 frames = 0;
    qint64 firstNs = 0;
    qint64 lastNs = 0;
    int ttl = 0; ///< of its last IP packet; 0 where it sent none

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("mac", self.mac);
        visit("address", self.address);
        visit("point", self.point);
        visit("vlan", self.vlan);
        visit("claimed", self.claimed);
        visit("frames", self.frames);
        visit("first_ns", self.firstNs);
        visit("last_ns", self.lastNs);
        visit("ttl", self.ttl);
    }
    bool operator==(const MacUse &) const = default;
};

/// The ping that a VM without a channel is asked for. Its size is like no other's, so that it is known whatever address it comes
/// from.
inline constexpr int askingPingPayload = 91; ///< bytes
inline constexpr std::size_t askingPingCount = 4;
inline int askingPingBytes(bool v4) { return (v4 ? 20 : 40) + 8 + askingPingPayload; }
inline QString askingPing(const std::string &host)
{
    return QStringLiteral("ping -c %1 -s %2 %3").arg(askingPingCount).arg(askingPingPayload).arg(QString::fromStdString(host));
}
inline QString askingPingForWindows(const std::string &host)
{
    return QStringLiteral("ping -n %1 -l %2 %3").arg(askingPingCount).arg(askingPingPayload).arg(QString::fromStdString(host));
}

struct Captures {
    std::vector<CapturePoint> points;
    std::vector<Journey> journeys; ///< in the order of their first sighting
    std::vector<MacUse> uses;
    qint64 leftOut = 0; ///< journeys that there was no room for

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("points", self.points);
        visit("journeys", self.journeys);
        visit("uses", self.uses);
        visit("left_out", self.leftOut);
    }
    bool operator==(const Captures &) const = default;
};

} // namespace bothways::evidence
