// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/worded.h"

#include <QDateTime>
#include <QString>

namespace bothways::evidence {

/// Whether something could be looked at. "Could not look" is never "fine" and never "broken".
enum class Access {
    NotTried, ///< nobody asked
    Read,     ///< the value is what was there at the time
    Absent,   ///< there is no such thing here (no such kernel feature, program or object): a fact, not a failure
    Denied,   ///< it exists but our rights do not reach it
    Failed,   ///< tried, and an error came back; `problem` holds it
    TimedOut, ///< tried, no answer within the deadline
};
template <>
struct Words<Access> {
    static constexpr Word<Access> all[] = {{Access::NotTried, "not-tried"}, {Access::Read, "read"},
                                           {Access::Absent, "absent"},      {Access::Denied, "denied"},
                                           {Access::Failed, "failed"},      {Access::TimedOut, "timed-out"}};
};

/// One item of evidence: what was read, from where, when, and if not, why not.
template <typename T>
struct Reading {
    Access access = Access::NotTried;
    T value{};
    QString source;  ///< e.g. "rtnetlink RTM_GETLINK", "qemu-guest-agent guest-exec", "guest report"
    QString problem; ///< why it could not be read; empty when it was
    QDateTime at;    ///< UTC

    bool isRead() const { return access == Access::Read; }

    static Reading read(T value, QString source)
    {
        return {Access::Read, std::move(value), std::move(source), {}, QDateTime::currentDateTimeUtc()};
    }
    static Reading missing(Access why, QString source, QString problem)
    {
        return {why, {}, std::move(source), std::move(problem), QDateTime::currentDateTimeUtc()};
    }

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("access", self.access);
        visit("value", self.value);
        visit("source", self.source);
        visit("problem", self.problem);
        visit("at", self.at);
    }
    bool operator==(const Reading &) const = default;
};

} // namespace bothways::evidence
