// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/assessment.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

/// The assessment in the reports. Private to core/report.
namespace bothways::report {

/// Translated: its value and what points it gives.
QString inputText(const conclusion::Input &input);
QJsonObject assessmentObject(const conclusion::Assessment &assessment);
QString assessmentHtml(const conclusion::Assessment &assessment);
/// For a terminal: the score, each dimension, and the inputs that cost points.
QStringList assessmentLines(const conclusion::Assessment &assessment);

} // namespace bothways::report
