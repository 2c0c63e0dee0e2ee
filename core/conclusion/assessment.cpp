// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/assessment.h"

#include "conclusion/assess_headroom.h"
#include "conclusion/assess_latency.h"
#include "conclusion/assess_policy.h"
#include "conclusion/assess_reach.h"
#include "words/numbers.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>
#include <cmath>

namespace bothways::conclusion {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Reaching each other is what it is about, so it counts as much as any four others but one.
constexpr std::array<int, dimensions> weights{40, 15, 15, 10, 10, 10};

std::optional<int> meanOf(const Assessment &assessment, const Assessment &other)
{
    double points = 0;
    int weight = 0;
    for (std::size_t i = 0; i < dimensions; ++i) {
        if (assessment.ratings[i].points && other.ratings[i].points) {
            points += weights[i] * *assessment.ratings[i].points;
            weight += weights[i];
        }
    }
    return weight == 0 ? std::nullopt : std::optional(wholePoints(points / weight));
}

} // namespace

std::optional<int> Assessment::score() const { return meanOf(*this, *this); }

std::optional<int> Assessment::scoreBeside(const Assessment &other) const { return meanOf(*this, other); }

Assessment assess(const facts::Case &given)
{
    Assessment assessment{{rateReachability(given), rateHandshakes(given), rateLatency(given), ratePath(given), ratePolicy(given),
                           rateHeadroom(given)}};
    for (std::size_t i = 0; i < dimensions; ++i) {
        assessment.ratings[i].dimension = static_cast<Dimension>(i);
    }
    return assessment;
}

int weightOf(Dimension dimension) { return weights[static_cast<std::size_t>(dimension)]; }

int wholePoints(double points)
{
    const auto rounded = static_cast<int>(std::lround(points));
    if (points > 0 && points < 100) {
        return std::clamp(rounded, 1, 99);
    }
    return std::clamp(rounded, 0, 100);
}

QString name(Dimension dimension)
{
    static constexpr std::array names{"reachability", "handshakes", "latency", "path", "policy", "headroom"};
    return QString::fromLatin1(names[static_cast<std::size_t>(dimension)]);
}

QString title(Dimension dimension)
{
    switch (dimension) {
    case Dimension::Reachability:
        return translate("assessment", "Reachability");
    case Dimension::Handshakes:
        return translate("assessment", "Handshakes");
    case Dimension::Latency:
        return translate("assessment", "Latency");
    case Dimension::Path:
        return translate("assessment", "Path");
    case Dimension::Policy:
        return translate("assessment", "Policy");
    case Dimension::Headroom:
        return translate("assessment", "Headroom");
    }
    return {};
}

QString formula(Dimension dimension)
{
    switch (dimension) {
    case Dimension::Reachability:
        return translate("assessment", "IPv4 and IPv6 count alike, each with its worse direction.");
    case Dimension::Policy:
        return translate("assessment", "What is let in although the echo does not need it costs points, machine by machine; the "
                                       "worse machine counts.");
    case Dimension::Handshakes:
    case Dimension::Latency:
    case Dimension::Path:
    case Dimension::Headroom:
        break;
    }
    return translate("assessment", "The input with the fewest points counts.");
}

QString formula()
{
    QStringList parts;
    for (std::size_t i = 0; i < dimensions; ++i) {
        parts << u"%1 %2"_s.arg(title(static_cast<Dimension>(i))).arg(weights[i]);
    }
    return translate("assessment", "Mean of the dimensions that were measured, weighted: %1. Within a dimension points lie on a "
                                   "straight line between the values named.")
        .arg(listed(parts));
}

QString shown(double value, const QString &unit)
{
    if (unit == u"%"_s) {
        return percent(value / 100, 1);
    }
    if (unit == u"ms"_s) {
        return milliseconds(value);
    }
    const auto number = figures(value);
    if (unit == u"x"_s) {
        return translate("assessment", "%1 times").arg(number);
    }
    if (unit == u"packets"_s) {
        return (value == 1 ? translate("assessment", "%1 packet") : translate("assessment", "%1 packets")).arg(number);
    }
    return number;
}

QString shown(const Input &input) { return shown(input.value, input.unit); }

} // namespace bothways::conclusion
