// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/quotes.h"

#include "conclusion/conclusion.h"
#include "shown/digest.h"
#include "shown/terms.h"
#include "words/punctuation.h"

#include <algorithm>

namespace bothways::shown {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::size_t mostQuotes = 12;
constexpr std::size_t mostOfOneCheck = 3;

/// The checks that speak for a cause that is left, best first, each once.
QStringList decidingChecks(const diagnosis::Diagnosis &diagnosis)
{
    QStringList ids;
    for (const auto &cause : diagnosis.causes) {
        for (const auto &reason : cause.supporting) {
            if (cause.grade != diagnosis::Grade::RuledOut && !ids.contains(reason.check)) {
                ids << reason.check;
            }
        }
    }
    return ids.isEmpty() ? QStringList{u"PRE-4"_s, u"NET-7"_s, u"TRN-1"_s, u"LNK-1"_s} : ids;
}

} // namespace

Quote quoteOf(const QString &check, const checks::EvidenceItem &item)
{
    const auto text = excerpt(item.text);
    return {check, item.source, text, rfc3339(item.at), sha256(text)};
}

std::vector<Quote> decisiveQuotes(const conclusion::Conclusion &conclusion)
{
    std::vector<Quote> quotes;
    for (const auto &id : decidingChecks(conclusion.diagnosis)) {
        const auto finding = std::find_if(conclusion.findings.begin(), conclusion.findings.end(),
                                          [&](const auto &candidate) { return candidate.id == id; });
        if (finding == conclusion.findings.end()) {
            continue;
        }
        const auto taken = std::min({finding->evidence.size(), mostOfOneCheck, mostQuotes - quotes.size()});
        for (std::size_t i = 0; i < taken; ++i) {
            quotes.push_back(quoteOf(id, finding->evidence[i]));
        }
    }
    return quotes;
}

QString caption(const Quote &quote)
{
    QStringList parts{quote.source};
    if (!quote.time.isEmpty()) {
        parts << quote.time;
    }
    return listed(parts << u"SHA-256 %1\u2026"_s.arg(shortDigest(quote.digest)));
}

} // namespace bothways::shown
