// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/frame.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

/// Frames as they pass, on several interfaces at once. No Qt: the helper with rights is built from it too.
namespace bothways::capture {

/// One instruction of classic BPF (struct bpf_insn).
struct FilterInstruction {
    std::uint16_t code = 0;
    std::uint8_t jumpTrue = 0;
    std::uint8_t jumpFalse = 0;
    std::uint32_t operand = 0;
};

struct LiveOptions {
    /// Bytes kept of a frame: its headers, and those that an ICMP error quotes. The kernel keeps a place of this size for each
    /// frame (PACKET_RX_RING), so that with long ones most of a burst is lost.
    std::uint32_t snapLength = 512;
    bool promiscuous = false;
    std::vector<FilterInstruction> filter; ///< empty: every frame
    int filterLinkType = 1;                ///< DLT_ number that the filter was compiled for
    int bufferBytes = 8 * 1024 * 1024;     ///< the kernel's, for each interface
};

struct LiveChange {
    enum class Status {
        Open,   ///< frames come from now on
        Gone,   ///< not there or not up (any more): it is opened when it comes (back)
        Refused ///< there, but cannot be captured on; tried again when it has been away
    };
    std::uint32_t point = 0;
    Status status = Status::Gone;
    int linkType = 1;         ///< DLT_ number
    bool nanoseconds = false; ///< the stamps are finer than microseconds
    std::string reason;       ///< libpcap's words where it is not open
};

struct LiveCount {
    std::uint64_t received = 0; ///< frames that passed the filter, since the beginning, over every time the interface was open
    std::uint64_t dropped = 0;  ///< frames lost for lack of room, by the kernel's and the interface's own count
};

/// Called on the thread that reads.
class LiveSink {
public:
    virtual ~LiveSink() = default;
    virtual void frame(const Frame &frame) = 0;
    virtual void changed(const LiveChange &change) = 0;
};

/// Frames as they pass, whoever captures: this process where it may, else its helper.
class LiveSource {
public:
    virtual ~LiveSource() = default;
    /// Waits at most that long, then hands over what came; call it again and again. The error is for good: nothing more comes,
    /// and what was handed over until then stands. English or translated, a whole sentence.
    virtual tl::expected<void, std::string> read(LiveSink &sink, std::chrono::milliseconds wait) = 0;
    /// By point, as last told.
    virtual std::vector<LiveCount> counts() const = 0;
};

} // namespace bothways::capture
