// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/object.h"
#include "checks/symptom.h"
#include "evidence/evidence.h"

#include <QDateTime>
#include <QString>

#include <optional>

/// What the reports share. Private to core/report.
namespace bothways::report {

/// Longest excerpt of one piece of evidence that a report quotes, in characters; the session file keeps the rest.
inline constexpr qsizetype excerptLength = 4000;

/// The text, cut at a line end where there is one, with a note of how much was left out.
QString excerpt(const QString &text, qsizetype length = excerptLength);
/// Control, format and separator characters written as <U+001B>; line feeds and tabs stay where `lines` is true.
QString visible(const QString &text, bool lines = false);

/// RFC 3339, UTC, milliseconds, "+00:00"; empty for an invalid time.
QString rfc3339(const QDateTime &time);
QString milliseconds(double value); ///< "0.42 ms", three significant figures
QString percent(double fraction);   ///< "98 %"; never 0 % or 100 % unless exactly that

/// One line for a cell of the symptom table, translated.
QString describe(const std::optional<checks::IcmpCell> &cell);
QString describe(const std::optional<checks::StateCell> &cell);
/// How a cell should look: good, bad, or nobody looked.
enum class Mood { Good, Bad, Caution, NotMeasured };
Mood moodOf(const std::optional<checks::IcmpCell> &cell);
Mood moodOf(const std::optional<checks::StateCell> &cell);

QString title(checks::Signature signature); ///< translated
QString title(checks::Where where);         ///< translated: "in the VM", "on this host"
/// "192.0.2.1 (virbr0)" and the like; empty parts left out.
QString hostEnd(const evidence::Target &target);
QString vmEnd(const evidence::Target &target);
QString targetName(const evidence::Target &target); ///< the VM's name, else what was asked for

} // namespace bothways::report
