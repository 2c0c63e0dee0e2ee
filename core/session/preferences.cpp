// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/preferences.h"

#include <QFile>
#include <QFileInfo>
#include <QSettings>

#include <algorithm>

namespace bothways::session {

namespace {

constexpr const char *themes[] = {"system", "light", "dark"};

/// A number of the preferences by its name in the file.
struct Number {
    const char *name;
    Bounds bounds;
    int (*get)(const Preferences &preferences);
    void (*set)(Preferences &preferences, int value);
};
constexpr Number numbers[] = {
    {"watch/icmp-success", thousandths, [](const Preferences &p) { return p.icmpSuccess; },
     [](Preferences &p, int value) { p.icmpSuccess = value; }},
    {"watch/tcp-failures", thousandths, [](const Preferences &p) { return p.tcpFailures; },
     [](Preferences &p, int value) { p.tcpFailures = value; }},
    {"run/echo-count", echoCounts, [](const Preferences &p) { return p.echoCount; },
     [](Preferences &p, int value) { p.echoCount = value; }},
    {"run/deadline", deadlines, [](const Preferences &p) { return static_cast<int>(p.deadline.count()); },
     [](Preferences &p, int value) { p.deadline = std::chrono::seconds(value); }},
    {"capture/bytes", capturedBytes, [](const Preferences &p) { return p.capture.bytes; },
     [](Preferences &p, int value) { p.capture.bytes = value; }},
    {"capture/points", capturePoints, [](const Preferences &p) { return p.capture.points; },
     [](Preferences &p, int value) { p.capture.points = value; }},
    {"capture/followed", followedRequests, [](const Preferences &p) { return p.capture.followed; },
     [](Preferences &p, int value) { p.capture.followed = value; }},
    {"capture/guest-packets", guestPackets, [](const Preferences &p) { return p.capture.guestPackets; },
     [](Preferences &p, int value) { p.capture.guestPackets = value; }},
    {"capture/guest-seconds", guestSeconds, [](const Preferences &p) { return p.capture.guestSeconds; },
     [](Preferences &p, int value) { p.capture.guestSeconds = value; }},
};
constexpr qint64 largestFile = 256LL * 1024;
constexpr const char *languageName = "language";
constexpr const char *themeName = "theme";
constexpr const char *portsName = "run/ports";

bool isPort(int port) { return port >= 1 && port <= 65535; }

QString listed(const std::vector<int> &ports)
{
    QStringList words;
    for (const int port : ports) {
        words << QString::number(port);
    }
    return words.join(QLatin1Char(','));
}

QString word(Preferences::Theme theme) { return QString::fromLatin1(themes[static_cast<std::size_t>(theme)]); }

} // namespace

CaptureLimits bounded(CaptureLimits limits)
{
    limits.bytes = capturedBytes.of(limits.bytes);
    limits.points = capturePoints.of(limits.points);
    limits.followed = followedRequests.of(limits.followed);
    limits.guestPackets = guestPackets.of(limits.guestPackets);
    limits.guestSeconds = guestSeconds.of(limits.guestSeconds);
    return limits;
}

Plan bounded(Plan plan)
{
    plan.echoCount = echoCounts.of(plan.echoCount);
    plan.deadline = std::clamp(plan.deadline, std::chrono::seconds(deadlines.least), std::chrono::seconds(deadlines.most));
    auto &ports = plan.ports;
    ports.erase(std::remove_if(ports.begin(), ports.end(), [](int port) { return !isPort(port); }), ports.end());
    ports.resize(std::min(ports.size(), mostPorts));
    plan.capture = bounded(plan.capture);
    return plan;
}

tl::expected<std::vector<int>, PortsProblem> portsOf(const QString &text)
{
    std::vector<int> ports;
    for (const auto &each : text.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const int port = each.trimmed().toInt(&isNumber);
        if (!isNumber || !isPort(port)) {
            return tl::unexpected(PortsProblem{PortsProblem::Kind::NoNumber, each.trimmed()});
        }
        if (std::find(ports.begin(), ports.end(), port) == ports.end()) {
            ports.push_back(port);
        }
        if (ports.size() > mostPorts) {
            return tl::unexpected(PortsProblem{PortsProblem::Kind::TooMany, {}});
        }
    }
    return ports;
}

void Preferences::applyTo(Plan &plan) const
{
    plan.ports = ports;
    plan.echoCount = echoCount;
    plan.deadline = deadline;
    plan.capture = capture;
}

QString settingsFile()
{
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("bothways"), QStringLiteral("bothways"))
        .fileName();
}

bool isSound(const QString &settingsFile)
{
    QFile file(settingsFile);
    if (!file.exists()) { // a first start
        return true;
    }
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly)) { // opening a pipe would wait for its writer
        return false;
    }
    const auto bytes = file.read(largestFile + 1);
    return bytes.size() <= largestFile && !bytes.contains("@Variant(") && !bytes.contains("@DateTime(");
}

Preferences storedPreferences()
{
    const auto path = settingsFile();
    return isSound(path) ? readPreferences(QSettings(path, QSettings::IniFormat)) : Preferences();
}

Preferences readPreferences(const QSettings &settings)
{
    Preferences result;
    const auto said = [&settings](const char *name) { return settings.value(QLatin1String(name)); };
    const auto language = said(languageName).toString();
    if (language == QLatin1String("en") || language == QLatin1String("zh_CN")) {
        result.language = language;
    }
    const auto theme = said(themeName).toString();
    const auto found =
        std::find_if(std::begin(themes), std::end(themes), [&theme](const char *each) { return theme == QLatin1String(each); });
    if (found != std::end(themes)) {
        result.theme = static_cast<Preferences::Theme>(found - std::begin(themes));
    }
    // Without a comma QSettings gives a text, with one a list.
    const auto list = said(portsName);
    if (list.typeId() == QMetaType::QString || list.typeId() == QMetaType::QStringList) {
        result.ports = portsOf(list.toStringList().join(QLatin1Char(','))).value_or(result.ports);
    }
    for (const auto &number : numbers) {
        bool isNumber = false;
        const double value = said(number.name).toDouble(&isNumber);
        if (isNumber && value == value) { // not NaN
            number.set(result, static_cast<int>(std::clamp<double>(value, number.bounds.least, number.bounds.most)));
        }
    }
    return result;
}

void writePreferences(QSettings &settings, const Preferences &preferences)
{
    const Preferences usual;
    const auto put = [&settings](const char *name, bool isUsual, const QVariant &value) {
        if (isUsual) {
            settings.remove(QLatin1String(name)); // so that a better default reaches those who chose nothing
        } else {
            settings.setValue(QLatin1String(name), value);
        }
    };
    put(languageName, preferences.language.isEmpty(), preferences.language);
    put(themeName, preferences.theme == usual.theme, word(preferences.theme));
    put(portsName, preferences.ports == usual.ports, listed(preferences.ports));
    for (const auto &number : numbers) {
        const int value = number.bounds.of(number.get(preferences));
        put(number.name, value == number.get(usual), value);
    }
}

QStringList differences(const Preferences &preferences)
{
    const Preferences usual;
    QStringList lines;
    const auto add = [&lines](const char *name, const QString &value) {
        lines << QString::fromLatin1(name) + QStringLiteral(" = ") + value;
    };
    if (!preferences.language.isEmpty()) {
        add(languageName, preferences.language);
    }
    if (preferences.theme != usual.theme) {
        add(themeName, word(preferences.theme));
    }
    if (preferences.ports != usual.ports) {
        add(portsName, listed(preferences.ports));
    }
    for (const auto &number : numbers) {
        if (number.get(preferences) != number.get(usual)) {
            add(number.name, QString::number(number.get(preferences)));
        }
    }
    return lines;
}

} // namespace bothways::session
