// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/capture_limits.h"
#include "session/session.h"
#include "watch/record.h"

#include <QString>
#include <QStringList>

#include <chrono>
#include <vector>

#include <tl/expected.hpp>

class QSettings;

namespace bothways::session {

/// The least and the most that a number may be.
struct Bounds {
    int least = 0;
    int most = 0;
    int of(int value) const { return value < least ? least : value > most ? most : value; }
};
inline constexpr Bounds echoCounts{1, 1000};
inline constexpr Bounds deadlines{1, 3600}; ///< seconds
inline constexpr Bounds capturedBytes{128, 4096};
inline constexpr Bounds capturePoints{1, 16};
inline constexpr Bounds followedRequests{64, 16'384};
inline constexpr Bounds guestPackets{100, 50'000}; ///< more than the agent hands over are none
inline constexpr Bounds guestSeconds{5, 600};
inline constexpr Bounds thousandths{0, 1000};
inline constexpr std::size_t mostPorts = 64;

/// Every number within its bounds; ports that are none, or one too many, left out.
Plan bounded(Plan plan);
CaptureLimits bounded(CaptureLimits limits);

struct PortsProblem {
    enum class Kind { NoNumber, TooMany };
    Kind kind = Kind::NoNumber;
    QString word; ///< NoNumber: what is none
};
/// "22, 80,443": each once, in the order given.
tl::expected<std::vector<int>, PortsProblem> portsOf(const QString &text);

/// What a person set once for all runs of the wizard.
struct Preferences {
    enum class Theme { System, Light, Dark };

    QString language; ///< empty: the system's
    Theme theme = Theme::System;
    int icmpSuccess = watch::Settings().icmpSuccess; ///< thousandths, as watch::Settings has them
    int tcpFailures = watch::Settings().tcpFailures;
    std::vector<int> ports = Plan().ports;
    int echoCount = Plan().echoCount;
    std::chrono::seconds deadline = Plan().deadline;
    CaptureLimits capture;
    bool operator==(const Preferences &) const = default;

    void applyTo(Plan &plan) const;
};

/// Where the wizard keeps them: in the user's configuration folder.
QString settingsFile();
/// False for a file that no Bothways wrote: it is too large, or QSettings would build objects out of what stands there.
bool isSound(const QString &settingsFile);
/// What the wizard keeps for this user; as they come where its file is not sound.
Preferences storedPreferences();
/// Total: what is missing, damaged or absurd is as if it had never been set.
Preferences readPreferences(const QSettings &settings);
void writePreferences(QSettings &settings, const Preferences &preferences);
/// "name = value", those that are not as they come; for bug reports.
QStringList differences(const Preferences &preferences);

} // namespace bothways::session
