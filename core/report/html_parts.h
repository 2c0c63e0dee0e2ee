// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding.h"
#include "conclusion/conclusion.h"
#include "shown/terms.h"

/// What the page is made of: elements that its sections share, and those sections that have files of their own. Private to
/// core/report.
namespace bothways::report {

/// Everything that comes from outside the template goes through here.
QString safe(const QString &text, bool lines = false);
/// `inner` is HTML.
QString element(const char *tag, const char *cssClass, const QString &inner);
/// Icon and word and colour: never colour alone.
QString stateLabel(shown::Mood mood, const QString &words, const char *base = "state");
shown::Mood statusMood(checks::Status status);

QString causesHtml(const diagnosis::Diagnosis &diagnosis);
QString evidenceHtml(const conclusion::Conclusion &conclusion);
QString notTestedHtml(const std::vector<checks::Finding> &findings);
QString remediesHtml(const conclusion::Conclusion &conclusion);
/// Round-trip times; empty where none were measured.
QString chartHtml(const conclusion::Conclusion &conclusion);
QString hardeningHtml(const facts::Case &given);
/// `room`: bytes that the page has left for the evidence quoted.
QString checksHtml(const std::vector<checks::Finding> &findings, qsizetype room);

} // namespace bothways::report
