// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/checks.h"
#include "diagnosis/diagnosis.h"
#include "evidence/evidence.h"
#include "remedy/remedy.h"
#include "watch/assessment.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace bothways::report {

/// Everything that follows from the evidence. Pure: the same evidence and language give the same conclusion anywhere.
struct Conclusion {
    checks::Symptom symptom;
    std::vector<checks::Finding> findings;
    diagnosis::Diagnosis diagnosis;
    std::vector<remedy::Remedy> remedies;
    watch::Assessment assessment;
};

Conclusion conclude(const evidence::Evidence &evidence, const QStringList &only = {});

/// How much a report tells. JSON and the text of a terminal are always whole.
enum class Depth {
    Whole,
    Short, ///< without score, hardening and the appendix of all checks, and it says so
};

/// The document of contract.md, schema "bothways/1". UTF-8, indented, keys in alphabetical order.
QByteArray toJson(const evidence::Evidence &evidence, const Conclusion &conclusion);
/// One file: styles and script inside, no network, Copy buttons; complete without script.
QByteArray toHtml(const evidence::Evidence &evidence, const Conclusion &conclusion, Depth depth = Depth::Whole);
QByteArray toMarkdown(const evidence::Evidence &evidence, const Conclusion &conclusion, Depth depth = Depth::Whole);
/// For a terminal; `colour` adds ANSI colours. Control characters of anything read from outside are made visible.
QString toText(const evidence::Evidence &evidence, const Conclusion &conclusion, bool colour);

/// Exit status of contract.md: 0 no fault, 1 fault found, 3 could not measure.
int exitStatus(const evidence::Evidence &evidence, const Conclusion &conclusion);

} // namespace bothways::report
