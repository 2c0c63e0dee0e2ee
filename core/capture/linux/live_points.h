// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/live_source.h"

#include <memory>
#include <string>
#include <vector>

/// libpcap on Linux.
namespace bothways::capture {

/// Whether libpcap finds the program sound (bpf_validate), and every jump leads forward, within it: it ends on every way.
bool isSoundFilter(const std::vector<FilterInstruction> &filter);

/// Interfaces by name, in the network namespace of the thread that makes and reads this; not to be shared between threads.
/// An interface that is not there, or goes, is opened when it comes.
class LivePoints {
public:
    LivePoints(std::vector<std::string> names, const LiveOptions &options);
    ~LivePoints();
    LivePoints(const LivePoints &) = delete;
    LivePoints &operator=(const LivePoints &) = delete;

    /// Opens what is there and not open, notes what has gone. Call it now and then, every quarter of a second say.
    void follow(LiveSink &sink);
    /// Hands over what has arrived, at most `most` frames of each interface; never blocks. True if there may be more.
    bool read(LiveSink &sink, int most);
    /// File descriptors that become readable when there are frames.
    std::vector<int> descriptors() const;
    /// By point.
    std::vector<LiveCount> counts() const;

private:
    class Device;
    std::vector<std::unique_ptr<Device>> m_devices;
};

} // namespace bothways::capture
