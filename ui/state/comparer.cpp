// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/comparer.h"

#include "conclusion/conclusion.h"
#include "evidence/session_file.h"
#include "state/workers.h"

namespace bothways::ui {

namespace {

std::shared_ptr<const comparison::Comparison> comparisonOf(const evidence::Evidence &before, const evidence::Evidence &after)
{
    // Concluded here, in the language of now: what was concluded earlier may be in another.
    return std::make_shared<const comparison::Comparison>(
        comparison::compare(conclusion::conclude(before), conclusion::conclude(after)));
}

} // namespace

Comparer::Comparer(Workers &workers, QObject *parent) : QObject(parent), m_workers(workers) {}

void Comparer::compareWithFile(const Session &shown, const QString &path)
{
    m_workers.start([this, path, shown](const std::stop_token &) -> Workers::Done {
        auto other = evidence::load(path);
        if (!other) {
            return [this, message = other.error().message] { Q_EMIT problem(message); };
        }
        const bool isLater = other->started > shown->started;
        auto result = isLater ? comparisonOf(*shown, *other) : comparisonOf(*other, *shown);
        return [this, result] { Q_EMIT compared(result); };
    });
}

void Comparer::compare(const Session &before, const Session &after)
{
    m_workers.start([this, before, after](const std::stop_token &) -> Workers::Done {
        auto result = comparisonOf(*before, *after);
        return [this, result] { Q_EMIT compared(result); };
    });
}

} // namespace bothways::ui
