// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/finding/finding.h"

namespace bothways::checks {

using namespace Qt::Literals::StringLiterals;

QString name(Status status)
{
    switch (status) {
    case Status::Pass:
        return u"pass"_s;
    case Status::Warn:
        return u"warn"_s;
    case Status::Fail:
        return u"fail"_s;
    case Status::Skipped:
        return u"skipped"_s;
    case Status::Unknown:
        return u"unknown"_s;
    }
    return {};
}

} // namespace bothways::checks
