// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding.h"
#include "evidence/evidence.h"
#include "evidence/text.h"

#include <QString>

#include <utility>

/// Short ways to write a finding down. Private to core/checks.
namespace bothways::checks {

/// Longest raw excerpt kept with a finding: characters.
inline constexpr int maximumExcerpt = 4000;

inline void say(Finding &finding, Status status, QString summary, QString reason = {})
{
    finding.status = status;
    finding.summary = std::move(summary);
    finding.reason = std::move(reason);
}

inline void show(Finding &finding, const QString &source, const QString &raw, const QDateTime &at = {})
{
    finding.evidence.push_back({source, raw.left(maximumExcerpt), at});
}

inline void observe(Finding &finding, const char *outcome, Basis basis, QString text, std::optional<Object> object = std::nullopt)
{
    finding.observations.push_back({QString::fromLatin1(outcome), basis, std::move(object), std::move(text)});
}

/// "why not" of a reading, for the reason line.
template <typename T>
QString whyNot(const evidence::Reading<T> &reading)
{
    using evidence::Access;
    const auto detail = reading.problem.isEmpty() ? QString() : QStringLiteral(" (") + reading.problem + QLatin1Char(')');
    switch (reading.access) {
    case Access::Read:
        return {};
    case Access::NotTried:
        return translate("checks", "Nobody asked for it.") + detail;
    case Access::Absent:
        return translate("checks", "There is no such thing here.") + detail;
    case Access::Denied:
        return translate("checks", "Our rights do not reach it: run as root or with the helper.") + detail;
    case Access::Failed:
        return translate("checks", "Reading it failed.") + detail;
    case Access::TimedOut:
        return translate("checks", "There was no answer in time.") + detail;
    }
    return {};
}

} // namespace bothways::checks
