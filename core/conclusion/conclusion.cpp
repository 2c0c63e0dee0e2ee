// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/conclusion.h"

namespace bothways::conclusion {

Conclusion conclude(const evidence::Evidence &evidence, const QStringList &only)
{
    Conclusion conclusion;
    conclusion.symptom = facts::observe(evidence);
    conclusion.findings = checks::runAll(evidence, conclusion.symptom, only);
    conclusion.diagnosis = diagnosis::diagnose(conclusion.findings, conclusion.symptom);
    conclusion.remedies = remedy::propose(conclusion.diagnosis, evidence);
    conclusion.assessment = assess(evidence);
    return conclusion;
}

int exitStatus(const evidence::Evidence &, const Conclusion &conclusion)
{
    switch (conclusion.diagnosis.status) {
    case diagnosis::Status::Fault:
        return 1;
    case diagnosis::Status::NoFault:
        return 0;
    case diagnosis::Status::Unexplained:
        break;
    }
    // A ping that was measured and did not work is a fault, even where nothing explains it.
    const auto &main = conclusion.symptom.icmp.hostToVm;
    return main && main->sent > 0 ? 1 : 3;
}

} // namespace bothways::conclusion
