// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/finding.h"
#include "diagnosis/cause.h"
#include "facts/symptom.h"

#include <QString>

#include <optional>
#include <vector>

namespace bothways::diagnosis {

enum class Grade { Proven, Probable, Possible, RuledOut };
QString name(Grade grade); ///< "proven", ... in JSON

/// One reason for or against a cause, with the check that gave it and its weight in nats.
struct Reason {
    QString check;
    QString outcome;
    QString text; ///< translated
    double weight = 0;
    checks::Basis basis = checks::Basis::Configuration;
};

struct Cause {
    CauseClass id = CauseClass::HostFirewall;
    std::optional<Variant> variant; ///< empty: the class as a whole
    std::optional<facts::Object> object;
    double probability = 0; ///< 0..1; comparable within one diagnosis, all causes and "something else" sum to 1 per fault
    Grade grade = Grade::Possible;
    std::vector<Reason> supporting;
    std::vector<Reason> opposing;
    QString decidedBy;   ///< translated: the one further observation that would settle it; empty when proven or ruled out
    bool second = false; ///< found in the second pass, as if the first were mended
};

enum class Status { Fault, NoFault, Unexplained };
QString name(Status status); ///< "fault", "no-fault", "unexplained"

struct Diagnosis {
    Status status = Status::Unexplained;
    QString headline;          ///< translated: the finding in one sentence, naming the object
    std::vector<Cause> causes; ///< ranked; ruled-out ones last
};

Diagnosis diagnose(const std::vector<checks::Finding> &findings, const facts::Symptom &symptom);

} // namespace bothways::diagnosis
