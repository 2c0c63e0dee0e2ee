// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/conclusion.h"

namespace bothways::conclusion {

Conclusion conclude(std::shared_ptr<const facts::Case> given, const QStringList &only)
{
    Conclusion conclusion;
    conclusion.given = std::move(given);
    conclusion.legs = way::legs(*conclusion.given);
    conclusion.findings = checks::runAll(*conclusion.given, conclusion.legs, only);
    conclusion.diagnosis = diagnosis::diagnose(conclusion.findings, conclusion.given->symptom);
    conclusion.remedies = remedy::propose(conclusion.diagnosis, *conclusion.given);
    conclusion.assessment = assess(*conclusion.given);
    return conclusion;
}

Conclusion conclude(const evidence::Evidence &evidence, const QStringList &only)
{
    return conclude(std::make_shared<const facts::Case>(evidence), only);
}

Conclusion conclude(evidence::Evidence &&evidence, const QStringList &only)
{
    return conclude(std::make_shared<const facts::Case>(std::move(evidence)), only);
}

int exitStatus(const Conclusion &conclusion)
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
    const auto &main = conclusion.given->symptom.icmp.hostToVm;
    return main && main->sent > 0 ? 1 : 3;
}

} // namespace bothways::conclusion
