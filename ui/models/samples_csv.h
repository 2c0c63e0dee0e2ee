// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace bothways::ui {

struct NamedSamples {
    QString id;
    SampleSeries samples;
};

/// "time,series,rtt_ms,lost": a line a sample, in the order of time. `time` is UTC as RFC 3339 writes it, with milliseconds;
/// `lost` is 0 or 1, and `rtt_ms` is empty where it is 1. In pieces of bounded size, until `write` returns false.
bool samplesCsv(const std::vector<NamedSamples> &series, const std::function<bool(const QByteArray &)> &write);

} // namespace bothways::ui
