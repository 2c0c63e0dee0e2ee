// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/format.h"
#include "watch/assessment.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

/// The assessment in the reports. Private to core/report.
namespace bothways::report {

QJsonObject assessmentObject(const watch::Assessment &assessment);
QString assessmentHtml(const watch::Assessment &assessment);
QString assessmentMarkdown(const watch::Assessment &assessment);
/// For a terminal: the score, each dimension, and the inputs that cost points.
QStringList assessmentLines(const watch::Assessment &assessment);

/// Translated: "63 of 100", or that nothing was measured.
QString scoreText(const std::optional<int> &score);
/// Half of the points is where the source raises an alert.
Mood moodOf(double points);

} // namespace bothways::report
