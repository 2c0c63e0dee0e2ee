// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/finding.h"
#include "facts/why_not.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QString>
#include <QStringList>

#include <utility>

/// Short ways to write a finding down. Private to core/checks.
namespace bothways::checks {

/// Longest raw excerpt kept with a finding: characters.
inline constexpr int maximumExcerpt = 4000;
/// Most items and observations kept with a finding: sessions come from anywhere.
inline constexpr std::size_t maximumItems = 64;

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

inline void observe(Finding &finding, Outcome outcome, Basis basis, QString text,
                    std::optional<facts::Object> object = std::nullopt)
{
    if (finding.observations.size() < maximumItems) {
        finding.observations.push_back({outcome, basis, std::move(object), std::move(text)});
    }
}

/// What to do about a guest that was not read.
inline QString howToReadGuest()
{
    return translate("checks", "Install the guest agent in the VM, or run the guest script there as root and give its output.");
}

} // namespace bothways::checks
