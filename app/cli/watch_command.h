// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/watch_run.h"
#include "watch/monitor.h"

#include <QByteArray>
#include <QString>

#include <string>

namespace bothways::cli {

struct WatchOptions {
    std::string vm;
    std::string replay;
    std::string hostAddress;
    std::string connect;
    std::string ports = "22,80,443";
    double interval = 1;     ///< seconds
    double length = 0;       ///< seconds; 0: until interrupted
    double icmpSuccess = 90; ///< percent
    double tcpFailures = 5;  ///< percent
    int window = 20;         ///< samples
    int diagnoseEvery = 10;  ///< minutes; 0: never
    std::string series;
    std::string csv;
    std::string json;
};

/// Exit statuses: 0 no alert, 1 an alert was raised, 2 wrong use, 3 could not measure, 130 interrupted; whatever the end, what
/// was measured is written.
int watch(const WatchOptions &options);
QString watchFooter();

} // namespace bothways::cli
