// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/case.h"

#include <QString>
#include <QStringList>

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

/// The assessment (OAM of the catalogue): 0 to 100 over six dimensions. Pure: the same evidence, the same score.
namespace bothways::conclusion {

enum class Dimension : std::size_t { Reachability, Handshakes, Latency, Path, Policy, Headroom };
inline constexpr std::size_t dimensions = 6;

/// One measured value and the points that it gives.
struct Input {
    QString id;    ///< "icmp_host_to_vm"; never translated
    QString title; ///< translated
    double value = 0;
    QString unit; ///< "%", "ms", "x", "packets"; see shown()
    double points = 0;
    QString formula; ///< translated: how the value becomes points
    QString source;  ///< where the value is from: names and texts of machines, not made safe for anything
};

struct Rating {
    Dimension dimension = Dimension::Reachability;
    std::optional<double> points; ///< 0..100; empty: not measured, and so left out of the score
    QString leftOut;              ///< translated: why it was not measured; empty where it was
    std::vector<Input> inputs;
    QStringList missing; ///< translated, whole sentences: inputs that could not be measured. None of them is assumed to be good
};

struct Assessment {
    std::array<Rating, dimensions> ratings; ///< in the order of Dimension
    /// Weighted mean of the dimensions that were measured; empty where none was.
    std::optional<int> score() const;
    /// The same over those that were measured in `other`, too, so that the two can be compared.
    std::optional<int> scoreBeside(const Assessment &other) const;
    const Rating &of(Dimension dimension) const { return ratings[static_cast<std::size_t>(dimension)]; }
};

Assessment assess(const facts::Case &given);

int weightOf(Dimension dimension); ///< of 100
/// To a whole number, but 0 and 100 only where it is exactly that.
int wholePoints(double points);

QString name(Dimension dimension);    ///< "reachability"; never translated
QString title(Dimension dimension);   ///< translated
QString formula(Dimension dimension); ///< translated: how its inputs become one number
/// Translated: how the dimensions become one number, with the weights.
QString formula();
QString shown(double value, const QString &unit); ///< "97.5 %", "0.42 ms"
QString shown(const Input &input);

} // namespace bothways::conclusion
