// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/assessment.h"

#include "checks/checks.h"
#include "diagnosis/diagnosis.h"
#include "evidence/evidence.h"
#include "remedy/remedy.h"

#include <QStringList>

#include <vector>

namespace bothways::conclusion {

/// Everything that follows from the evidence. Pure: the same evidence and language give the same conclusion anywhere.
struct Conclusion {
    facts::Symptom symptom;
    std::vector<checks::Finding> findings;
    diagnosis::Diagnosis diagnosis;
    std::vector<remedy::Remedy> remedies;
    Assessment assessment;
};

Conclusion conclude(const evidence::Evidence &evidence, const QStringList &only = {});

/// Exit status of the command: 0 no fault, 1 fault found, 3 could not measure.
int exitStatus(const evidence::Evidence &evidence, const Conclusion &conclusion);

} // namespace bothways::conclusion
