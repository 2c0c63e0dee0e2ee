// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/assessment.h"

#include "checks/checks.h"
#include "diagnosis/diagnosis.h"
#include "facts/case.h"
#include "remedy/remedy.h"
#include "way/way.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace bothways::conclusion {

/// Everything that follows from the evidence. Pure: the same evidence and language give the same conclusion anywhere.
struct Conclusion {
    std::shared_ptr<const facts::Case> given; ///< what it follows from; never empty in what conclude() returns
    std::vector<way::Leg> legs;               ///< the way of request and reply of both pings
    std::vector<checks::Finding> findings;
    diagnosis::Diagnosis diagnosis;
    std::vector<remedy::Remedy> remedies;
    Assessment assessment;
};

/// `only`: these checks alone.
Conclusion conclude(std::shared_ptr<const facts::Case> given, const QStringList &only = {});
/// Of evidence that outlives the conclusion, or is given away to it.
Conclusion conclude(const evidence::Evidence &evidence, const QStringList &only = {});
Conclusion conclude(evidence::Evidence &&evidence, const QStringList &only = {});

/// Exit status of the command: 0 no fault, 1 fault found, 3 could not measure.
int exitStatus(const Conclusion &conclusion);

} // namespace bothways::conclusion
