// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"

#include <QString>

#include <vector>

/// The pieces of evidence that a report quotes, each with its time and its SHA-256.
namespace bothways::shown {

struct Quote {
    QString check;
    QString source;
    QString text; ///< as the JSON report holds it, too
    QString time; ///< RFC 3339; empty where the evidence has none
    QString digest;
};

Quote quoteOf(const QString &check, const checks::EvidenceItem &item);
/// What the verdict rests on, in the order of the causes; without a cause, what was measured.
std::vector<Quote> decisiveQuotes(const conclusion::Conclusion &conclusion);
/// "virbr0, 2026-01-31T12:00:00.000+00:00, SHA-256 0123456789ab…"
QString caption(const Quote &quote);

} // namespace bothways::shown
