// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding.h"
#include "evidence/evidence.h"
#include "evidence/punctuation.h"
#include "evidence/text.h"

#include <QString>
#include <QStringList>

#include <utility>

/// Short ways to write a finding down. Private to core/checks.
namespace bothways::checks {

/// Longest raw excerpt kept with a finding: characters.
inline constexpr int maximumExcerpt = 4000;
/// Most items and observations kept with a finding, and most names in one sentence: sessions come from anywhere.
inline constexpr std::size_t maximumItems = 64;
inline constexpr qsizetype maximumNames = 8;

inline void say(Finding &finding, Status status, QString summary, QString reason = {})
{
    finding.status = status;
    finding.summary = std::move(summary);
    finding.reason = std::move(reason);
}

inline void show(Finding &finding, const QString &source, const QString &raw, const QDateTime &at = {})
{
    if (finding.evidence.size() < maximumItems) {
        finding.evidence.push_back({source, raw.left(maximumExcerpt), at});
    }
}

inline void observe(Finding &finding, const char *outcome, Basis basis, QString text, std::optional<Object> object = std::nullopt)
{
    if (finding.observations.size() < maximumItems) {
        finding.observations.push_back({QString::fromLatin1(outcome), basis, std::move(object), std::move(text)});
    }
}

/// The first few of a list, and how many more there are.
inline QString few(const QStringList &items)
{
    const auto first = listed(items.mid(0, maximumNames));
    return items.size() <= maximumNames ? first
                                        : translate("checks", "%1 and %2 more").arg(first).arg(items.size() - maximumNames);
}

/// "why not" of a reading, for the reason line: what it said itself, else what its access means.
template <typename T>
QString whyNot(const evidence::Reading<T> &reading)
{
    using evidence::Access;
    const auto own = asSentence(reading.problem);
    const auto orElse = [&](const QString &general) { return own.isEmpty() ? general : own; };
    switch (reading.access) {
    case Access::Read:
        return {};
    case Access::NotTried:
        return orElse(translate("checks", "It was not asked for."));
    case Access::Absent:
        return orElse(translate("checks", "There is no such thing here."));
    case Access::Denied:
        return together(orElse(translate("checks", "Our rights do not reach it.")),
                        translate("checks", "Root rights would show it."));
    case Access::Failed:
        return orElse(translate("checks", "Reading it failed, and no reason was given."));
    case Access::TimedOut:
        return orElse(translate("checks", "There was no answer in time."));
    }
    return {};
}

/// What to do about a guest that was not read.
inline QString howToReadGuest()
{
    return translate("checks", "Install the guest agent in the VM, or run the guest script there as root and give its output.");
}

} // namespace bothways::checks
