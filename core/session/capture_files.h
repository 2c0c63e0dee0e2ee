// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/file.h"
#include "capture/journeys.h"
#include "evidence/evidence.h"
#include "session/session.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace bothways::session {

/// Addresses and MACs of the VM, as far as they are known.
capture::Interest interestIn(const evidence::Target &target);

/// Reads a capture to its end or to its first fault, which is kept as the point's problem, and adds its points behind those that
/// are there. `name`: of the point where the file names no interface. A point that is named as the target's interface or port
/// takes that place; others get `role` and their place behind all that are there already. `clockOffsetNs` is taken off its times.
void followFile(capture::FileReader &file, const QString &name, evidence::PointRole role, const evidence::Target &target,
                capture::JourneyFollower &follower, std::vector<evidence::CapturePoint> &points, const std::stop_token &stop,
                std::int64_t clockOffsetNs = 0);

/// What to take off the VM's times so that they are this host's: between the least by which what comes there is later and the
/// most by which what leaves there is earlier. Nothing where no packet is in both. Reads the file to its end.
std::optional<std::int64_t> clockOffset(capture::FileReader &file, const capture::JourneyFollower &follower);

/// Those of the files that can be read, in their order.
void followFiles(const QStringList &paths, const evidence::Target &target, capture::JourneyFollower &follower,
                 std::vector<evidence::CapturePoint> &points, const std::stop_token &stop);

/// Captures made elsewhere, pcap or pcapng, from the host's side to the VM's: what they show is added to evidence that was
/// recorded before. The error names a file that cannot be read at all; then nothing is added.
tl::expected<void, Error> addCaptures(evidence::Evidence &evidence, const QStringList &paths, const std::stop_token &stop);

/// All of them, or the error that names the one which is no capture.
tl::expected<std::vector<capture::FileReader>, Error> openCaptures(const QStringList &paths);

} // namespace bothways::session
