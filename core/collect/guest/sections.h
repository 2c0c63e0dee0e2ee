// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/guest/report.h"
#include "evidence/reading.h"

#include <QStringView>

#include <functional>

/// The outer form of a report: sections between marker lines. Private to core/collect/guest.
namespace bothways::collect::guest {

/// What stands between "@@bothways NAME begin" and "@@bothways NAME STATUS TEXT".
struct Section {
    QString name;
    QString body;   ///< as the tool printed it, lines end in \n
    QString status; ///< ok, absent, denied, failed; empty if the report ends or another section begins before it is closed
    QString detail; ///< the tool's own words on a status other than ok
    int line = 0;   ///< of the opening marker, counted from 1

    bool isComplete() const { return !status.isEmpty(); }
};

struct Report {
    QString system; ///< linux, windows
    std::vector<Section> sections;
    bool cut = true; ///< the end marker is missing
    evidence::GuestChannel channel = evidence::GuestChannel::None;

    /// The first section of that name, or nothing.
    const Section *find(QStringView name) const;
    /// Where a fact came from, as Reading::source shows it.
    QString source(QStringView what) const;
};

inline constexpr qsizetype maximumReportBytes = 16LL * 1024 * 1024;

/// `kind` is report or snapshot. Text before the first marker is skipped. Total.
tl::expected<Report, ReportError> readSections(const QByteArray &bytes, QStringView kind, evidence::GuestChannel channel);

/// Bytes as a terminal or a clipboard gives them: UTF-8, or UTF-16 with a byte order mark; line ends become \n.
QString decoded(const QByteArray &bytes);

/// Access and sentence of a section that is missing, cut or failed; Access::Read where its body may be read.
struct Standing {
    evidence::Access access = evidence::Access::Read;
    QString problem;
};
Standing standing(const Report &report, QStringView name);

/// A reading from a section: `parse` gets the body and returns a value, or an error text for what it could not understand.
template <typename T>
evidence::Reading<T> readingFrom(const Report &report, QStringView name,
                                 const std::function<tl::expected<T, QString>(const Section &)> &parse)
{
    const auto source = report.source(name);
    const auto state = standing(report, name);
    if (state.access != evidence::Access::Read) {
        return evidence::Reading<T>::missing(state.access, source, state.problem);
    }
    auto value = parse(*report.find(name));
    if (!value) {
        return evidence::Reading<T>::missing(evidence::Access::Failed, source, value.error());
    }
    return evidence::Reading<T>::read(std::move(*value), source);
}

} // namespace bothways::collect::guest
