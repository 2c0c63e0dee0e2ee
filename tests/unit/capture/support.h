// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/file.h"
#include "capture/flows.h"
#include "net/layers.h"

#include <QByteArray>

#include <string>
#include <vector>

namespace bothways::test {

struct Kept {
    std::int64_t time = 0;
    std::uint32_t point = 0;
    net::LinkType linkType = net::LinkType::Ethernet;
    std::uint32_t originalLength = 0;
    std::vector<std::uint8_t> bytes;

    net::Layers layers() const { return net::decodeLayers(linkType, bytes, originalLength); }
    capture::Frame frame() const { return {time, point, linkType, bytes, originalLength}; }
};
struct ReadFile {
    std::vector<Kept> frames;
    std::vector<capture::Point> points;
    std::string problem; ///< empty: none
    capture::FileFormat format = capture::FileFormat::Pcap;
};

QByteArray recordedBytes(const char *name); ///< of tests/data/capture
ReadFile readBytes(const QByteArray &bytes);
inline ReadFile recorded(const char *name) { return readBytes(recordedBytes(name)); }
capture::Flows flowsOf(const ReadFile &file);
net::IpAddress ip(const char *text);
/// The direction from one address to another; fails the test if there is no such pair.
const capture::Direction &way(const capture::Flows &flows, const char *from, const char *to);

} // namespace bothways::test
