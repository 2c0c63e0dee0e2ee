// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"
#include "net/packet.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

/// What the program and its helper with rights say to each other, over one stream in each direction. Total functions over bytes:
/// no input makes them read past its end, allocate more than a message may be long, or throw. Numbers are in network order.
///
/// A message: "BwH", version (1 byte), type (2), 0 (2), token (4), length of what follows (4).
/// A token names a request and stands in everything that answers it; those of a client only grow, so that nothing said twice or
/// in another order is taken for a request. The first request is Hello.
namespace bothways::privilege {

using net::Bytes;

inline constexpr std::uint8_t protocolVersion = 1;
inline constexpr std::size_t headerSize = 16;
inline constexpr std::size_t longestRequest = std::size_t{48} * 1024; ///< payload
inline constexpr std::size_t longestReply = std::size_t{1024} * 1024; ///< payload
inline constexpr std::size_t mostInstructions = 4096;                 ///< BPF_MAXINSNS of linux/bpf_common.h
inline constexpr std::size_t mostPoints = 16;
inline constexpr std::size_t longestName = 15; ///< IFNAMSIZ less its NUL
inline constexpr std::uint32_t largestSnapLength = 262144;
inline constexpr std::size_t longestText = 512;
inline constexpr std::uint8_t mostNeighbourRequests = 10;
inline constexpr std::uint16_t longestNeighbourWaitMs = 5000;
inline constexpr std::uint16_t mostEchoRequests = 1000;
inline constexpr std::uint16_t shortestEchoIntervalMs = 10;
inline constexpr std::uint16_t longestEchoWaitMs = 10000;
inline constexpr std::uint16_t largestEchoPayload = 65507 - 8; ///< of the largest IPv4 packet

// ---- requests

struct Hello {
    bool operator==(const Hello &) const = default;
};

/// One instruction of classic BPF, as struct sock_filter and struct bpf_insn have it.
struct Instruction {
    std::uint16_t code = 0;
    std::uint8_t jumpTrue = 0;
    std::uint8_t jumpFalse = 0;
    std::uint32_t operand = 0;
    bool operator==(const Instruction &) const = default;
};

/// Frames of up to 16 interfaces, which need not be there yet. Answered by PointChanged, Frames and Counters until Stop.
struct OpenCapture {
    std::uint32_t snapLength = 512; ///< bytes kept of a frame, at most largestSnapLength
    bool promiscuous = false;
    std::int32_t filterLinkType = 1;  ///< DLT_ number that the filter was compiled for
    std::vector<Instruction> filter;  ///< empty: every frame
    std::vector<std::string> devices; ///< a point's number is its place here
    bool operator==(const OpenCapture &) const = default;
};

/// Ends what goes on. A capture gives its last Counters, echo requests their EchoEnd; then comes Done to this token.
struct Stop {
    std::uint32_t what = 0; ///< token of an OpenCapture or AskEcho
    bool operator==(const Stop &) const = default;
};

/// The packet-filter rules of this network namespace. Answered by RulesPart, then Done.
struct ReadRules {
    bool operator==(const ReadRules &) const = default;
};

/// ARP request or neighbour solicitation. Answered by NeighbourAnswer, then NeighbourEnd.
struct AskNeighbour {
    std::string device;
    net::IpAddress target;
    std::uint8_t requests = 1;
    std::uint16_t waitMs = 1000; ///< after the last request
    bool operator==(const AskNeighbour &) const = default;
};

/// Echo requests over a raw socket. Answered by EchoHeard for everything that happens to one, then EchoEnd: after Stop, or when
/// the last timeout has passed (and the time in which the kernel says that it has not found the neighbour).
struct AskEcho {
    net::IpAddress target;
    std::optional<net::IpAddress> source; ///< of the same family; else the kernel chooses
    std::string device;                   ///< scope of a link-local target; else empty
    std::uint16_t count = 1;              ///< 1 to mostEchoRequests
    std::uint16_t intervalMs = 200;       ///< shortestEchoIntervalMs to longestEchoWaitMs
    std::uint16_t timeoutMs = 1000;       ///< of each, at most longestEchoWaitMs
    std::uint16_t payloadBytes = 56;      ///< at most largestEchoPayload
    std::uint8_t hopLimit = 0;            ///< 0: what this system gives a packet
    bool dontFragment = false;
    bool operator==(const AskEcho &) const = default;
};

/// What connection tracking counts. Answered by ConntrackNumbers.
struct ReadConntrack {
    bool operator==(const ReadConntrack &) const = default;
};

using Request = std::variant<Hello, OpenCapture, Stop, ReadRules, AskNeighbour, AskEcho, ReadConntrack>;

// ---- replies

/// What the helper can do, and how it is shut in.
struct Welcome {
    bool packets = false;     ///< holds CAP_NET_RAW
    bool rules = false;       ///< holds CAP_NET_ADMIN
    bool legacyNames = false; ///< had the lists of iptables-legacy's tables opened
    bool landlock = false;    ///< reaches no file: the kernel has Landlock
    bool operator==(const Welcome &) const = default;
};

enum class Refusal : std::uint16_t {
    BadMessage = 1, ///< no message of this protocol: the helper ends
    BadToken,       ///< one that was used or came before: the helper ends
    NotGreeted,     ///< another request before Hello, or Hello again: the helper ends
    NotAllowed,     ///< the helper lacks the capability
    NothingToStop,  ///< no such capture, no such echo requests (any more)
    TooMany,        ///< captures or echo requests at once
    BadFilter,      ///< the BPF program does not pass the check
    BadTarget,      ///< an address that nobody is asked for
    System,         ///< see error
};
struct Failure {
    Refusal reason = Refusal::System;
    std::int32_t error = 0; ///< errno, or 0
    std::string text;       ///< English, for the record
    bool operator==(const Failure &) const = default;
};

enum class PointStatus : std::uint8_t { Open, Gone, Refused };
struct PointChanged {
    std::uint8_t point = 0;
    PointStatus status = PointStatus::Open;
    std::int32_t linkType = 1; ///< DLT_ number
    bool nanoseconds = false;  ///< the stamps are finer than microseconds
    std::string text;          ///< libpcap's words where it is not open
    bool operator==(const PointChanged &) const = default;
};

/// One captured frame within Frames; a view.
struct FrameRecord {
    std::uint8_t point = 0;
    std::int64_t time = 0; ///< nanoseconds since 1970
    std::uint32_t originalLength = 0;
    Bytes bytes;
};
struct Frames {
    std::vector<std::uint8_t> records; ///< as appendFrame() wrote them
    bool operator==(const Frames &) const = default;
};

struct PointCount {
    std::uint8_t point = 0;
    std::uint64_t received = 0; ///< frames that passed the filter
    std::uint64_t dropped = 0;  ///< frames lost for lack of room
    bool operator==(const PointCount &) const = default;
};
struct Counters {
    std::vector<PointCount> points;
    bool operator==(const Counters &) const = default;
};

enum class RulesKind : std::uint8_t { NftJson, IpTablesNames, Ip6TablesNames };
enum class RulesAccess : std::uint8_t { Read, Denied, Absent, Failed };
/// A piece of one dump; pieces of a kind come one after another.
struct RulesPart {
    RulesKind kind = RulesKind::NftJson;
    RulesAccess access = RulesAccess::Read;
    bool last = true;
    std::int32_t error = 0;
    std::vector<std::uint8_t> text; ///< of the dump; where it was not read, why
    bool operator==(const RulesPart &) const = default;
};

struct NeighbourAnswer {
    net::MacAddress mac;
    std::int64_t rttNs = 0;
    bool operator==(const NeighbourAnswer &) const = default;
};
struct NeighbourEnd {
    std::uint8_t step = 0; ///< probe::NeighbourStep at which it ended; 0: none
    std::int32_t error = 0;
    std::uint16_t sent = 0;
    bool operator==(const NeighbourEnd &) const = default;
};

struct Done {
    bool operator==(const Done &) const = default;
};

enum class EchoEvent : std::uint8_t { Sent, Failed, Left, Reply, Refused }; ///< probe::EchoEvent
/// One thing that happened to an echo request: probe::EchoNews. Times are of this machine's clocks.
struct EchoHeard {
    EchoEvent event = EchoEvent::Sent;
    std::uint16_t index = 0; ///< of the request, from 0; below its count
    std::int64_t monotonicNs = 0;
    std::int64_t realtimeNs = 0; ///< the kernel's stamp, 0 where it gave none; of Sent the clock's
    net::IpAddress sender;       ///< of a reply or an error
    std::optional<std::uint8_t> hopLimit;
    bool icmp = false;
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::int32_t error = 0;
    bool operator==(const EchoHeard &) const = default;
};
struct EchoEnd {
    std::uint8_t step = 0; ///< probe::IcmpStep that did not work; 0: none
    std::int32_t error = 0;
    std::uint16_t sent = 0;
    std::uint32_t foreign = 0; ///< replies with our identifier that are to none of our requests
    bool operator==(const EchoEnd &) const = default;
};

/// -1: not known.
struct ConntrackNumbers {
    std::int64_t count = -1;
    std::int64_t most = -1;
    std::int64_t drop = -1; ///< this and what follows: since the kernel started, over all processors
    std::int64_t earlyDrop = -1;
    std::int64_t insertFailed = -1;
    bool operator==(const ConntrackNumbers &) const = default;
};

using Reply = std::variant<Welcome, Failure, PointChanged, Frames, Counters, RulesPart, NeighbourAnswer, NeighbourEnd, Done,
                           EchoHeard, EchoEnd, ConntrackNumbers>;

// ---- messages

/// Why bytes are no message, and at which byte that shows.
struct Fault {
    enum class Kind { NotOurs, OtherVersion, UnknownType, TooLong, Malformed };
    Kind kind = Kind::Malformed;
    std::size_t offset = 0;
    const char *text() const; ///< English
};

template <typename Body>
struct Taken {
    std::uint32_t token = 0;
    Body body;
    std::size_t size = 0; ///< bytes that the message took
};

/// The message at the beginning of `stream`; nothing while more bytes are needed.
tl::expected<std::optional<Taken<Request>>, Fault> takeRequest(Bytes stream);
tl::expected<std::optional<Taken<Reply>>, Fault> takeReply(Bytes stream);

std::vector<std::uint8_t> encode(std::uint32_t token, const Request &request);
std::vector<std::uint8_t> encode(std::uint32_t token, const Reply &reply);

/// Adds one frame to the records of a Frames; false where it would be longer than a reply may be.
bool appendFrame(std::vector<std::uint8_t> &records, const FrameRecord &frame);
/// Takes the next frame off the front; nothing at the end and where the bytes are none.
std::optional<FrameRecord> takeFrame(Bytes &records);

/// 1 to 15 bytes, none of them a space, a slash, a colon, a control byte or beyond ASCII, and not "." or "..".
/// Stricter than the kernel's dev_valid_name(): what goes to libpcap is an interface's name and nothing else.
bool isDeviceName(const std::string &name);

} // namespace bothways::privilege
