// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/controller.h"

#include "evidence/session_file.h"
#include "state/workers.h"

namespace bothways::ui {

namespace {

using Shared = std::shared_ptr<const report::Comparison>;

Shared compared(const evidence::Evidence &before, const evidence::Evidence &after)
{
    // Concluded here, in the language of now: what was concluded earlier may be in another.
    return std::make_shared<const report::Comparison>(
        report::compare(before, report::conclude(before), after, report::conclude(after)));
}

} // namespace

void Controller::compareWith(const QString &path)
{
    if (!m_evidence || m_running) {
        return;
    }
    m_workers->start([this, path, shown = m_evidence](const std::stop_token &) -> Workers::Done {
        auto other = evidence::load(path);
        if (!other) {
            return [this, message = other.error().message] { Q_EMIT problem(message); };
        }
        const bool isLater = other->started > shown->started;
        auto result = isLater ? ui::compared(*shown, *other) : ui::compared(*other, *shown);
        return [this, result] { Q_EMIT compared(result); };
    });
}

void Controller::compareWithBefore()
{
    if (!m_evidence || !m_evidenceBefore || m_running) {
        return;
    }
    m_workers->start([this, before = m_evidenceBefore, after = m_evidence](const std::stop_token &) -> Workers::Done {
        auto result = ui::compared(*before, *after);
        return [this, result] { Q_EMIT compared(result); };
    });
}

void Controller::writeComparison(const std::shared_ptr<const report::Comparison> &comparison, const QString &path)
{
    m_workers->start([this, comparison, path](const std::stop_token &) -> Workers::Done {
        auto result = writeFile(path, report::toHtml(*comparison));
        return [this, path, result = std::move(result)] {
            if (result) {
                Q_EMIT written(path);
            } else {
                Q_EMIT problem(result.error());
            }
        };
    });
}

} // namespace bothways::ui
