// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding.h"
#include "report/format.h"

/// What the page is made of: elements that its sections share. Private to core/report.
namespace bothways::report {

/// Everything that comes from outside the template goes through here.
QString safe(const QString &text, bool lines = false);
/// `inner` is HTML.
QString element(const char *tag, const char *cssClass, const QString &inner);
/// Icon and word and colour: never colour alone.
QString stateLabel(Mood mood, const QString &words, const char *base = "state");
Mood statusMood(checks::Status status);

} // namespace bothways::report
