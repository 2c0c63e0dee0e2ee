// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/finding.h"
#include "diagnosis/diagnosis.h"
#include "evidence/evidence.h"
#include "facts/object.h"
#include "remedy/remedy.h"

#include <QDateTime>
#include <QString>

#include <optional>
#include <vector>

/// Words of the domain that reports and windows share.
namespace bothways::shown {

/// Longest excerpt of one piece of evidence that a report quotes, in characters; the session file keeps the rest.
inline constexpr qsizetype excerptLength = 4000;

/// The text, cut at a line end where there is one, with a note of how much was left out.
QString excerpt(const QString &text, qsizetype length = excerptLength);
/// Control, format and separator characters written as <U+001B>; line feeds and tabs stay where `lines` is true.
QString visible(const QString &text, bool lines = false);

/// RFC 3339, UTC, milliseconds, "+00:00"; empty for an invalid time.
QString rfc3339(const QDateTime &time);

/// How a thing should look: good, bad, or nobody looked.
enum class Mood { Good, Bad, Caution, NotMeasured };
Mood moodOf(diagnosis::Status status);
Mood moodOf(checks::Status status);
Mood moodOf(remedy::Risk risk);
Mood moodOf(double points); ///< half of the points is where the source raises an alert

QString title(facts::Where where);    ///< translated: "in the VM", "on this host"
QString word(checks::Status status);  ///< translated: "passed"
QString word(diagnosis::Grade grade); ///< translated: "ruled out"
QString word(remedy::Risk risk);      ///< translated: "low risk"
/// Translated: "63 of 100", or that nothing was measured.
QString scoreText(const std::optional<int> &score);
QString pointsText(const std::optional<int> &points); ///< the same of one dimension; translated
/// Why there is no remedy, translated.
QString nothingToFix(diagnosis::Status status);
QString lasting(const remedy::Remedy &remedy); ///< translated: "kept after reboot"
/// "Do, as root in the VM", translated.
QString doLabel(const remedy::Remedy &remedy);
QString undoLabel();    ///< of the commands below it, translated
QString verifyLabel();  ///< of the commands below it, translated
QString forLabel();     ///< of a cause's reasons, translated
QString againstLabel(); ///< of a cause's reasons, translated
/// What would settle the cause, a sentence; empty where nothing is open. Translated.
QString decider(const diagnosis::Cause &cause);
/// How sure the verdict is, and why; translated.
QString leadOf(const diagnosis::Diagnosis &diagnosis);
/// What the finding says beyond its summary; empty where the two are the same.
QString reasonOf(const checks::Finding &finding);
QString inFull(const checks::Finding &finding); ///< summary and reason as running text

/// What was not tested: those that could not, each with its reason, and those that this version cannot do at all.
struct Untested {
    std::vector<const checks::Finding *> couldNot;
    QString notBuilt; ///< translated: one sentence that names them; empty where there are none
};
Untested untested(const std::vector<checks::Finding> &findings);
bool isBuilt(const checks::Finding &finding);
/// All 38 in the order of the catalogue; those that the run left out are there and say so.
std::vector<checks::Finding> allChecks(const std::vector<checks::Finding> &findings);

/// What a person said of the fault, translated: a sentence for each answer, which says that nobody measured it.
QStringList toldLines(const evidence::Told &told);

/// "192.0.2.1 (virbr0)" and the like; empty parts left out.
QString hostEnd(const evidence::Target &target);
QString vmEnd(const evidence::Target &target);
QString targetName(const evidence::Target &target); ///< the VM's name, else what was asked for

/// What a short report says of itself, translated.
QString shortNote();

} // namespace bothways::shown
