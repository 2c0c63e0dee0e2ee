// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/capture.h"
#include "facts/fates.h"
#include "words/text.h"

#include <QString>

/// Words of the drawing of a journey. Private to core/shown.
namespace bothways::shown {

/// The difference, whatever times a file names: it wraps rather than being undefined.
qint64 apart(qint64 time, qint64 since);
QString wordFor(evidence::Leg leg);
QString wordFor(facts::LostLeg leg);
/// "ICMP echo, host to VM"
QString nameOf(const facts::JourneyGroup &group);
/// "10 of 10 lost between vnet0 and the VM"
QString fateOf(const facts::JourneyGroup &group);
/// "host" and "guest" as a person reads them; anything else as it is.
QString endName(const QString &station);
QString captionOf(const evidence::CapturePoint &point);
/// Why a frame may have passed there unseen; empty where none can.
QString doubtOf(const evidence::CapturePoint &point);
/// Everything that is known of a frame at a point. `begin`: the journey's first sighting.
QString describe(const evidence::Sighting &sighting, const evidence::CapturePoint &point, qint64 begin);

} // namespace bothways::shown
