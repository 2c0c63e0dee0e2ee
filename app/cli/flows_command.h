// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/file.h"
#include "capture/flows.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <string>

namespace bothways::cli {

struct FlowsOptions {
    std::string file;
    std::string json;
};

/// Exit statuses: 0 nothing is amiss, 1 something asked was not answered or two own one address, 2 no capture file, 3 the file is
/// damaged or cut off, 130 interrupted; in the last two what was read until then is shown.
int flows(const FlowsOptions &options);
QString flowsFooter();

/// A capture file as it was read.
struct CountedFile {
    QString name;
    std::uint64_t size = 0; ///< bytes read
    capture::FileFormat format = capture::FileFormat::Pcap;
    std::vector<capture::Point> points;
    QString problem; ///< empty: read to its end
    capture::Flows flows;
};

using Writer = std::function<void(const QByteArray &)>;

} // namespace bothways::cli
