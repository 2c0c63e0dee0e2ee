// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/session.h"
#include "watch/record.h"

#include <QString>

#include <tl/expected.hpp>

namespace bothways::session {

/// Where a VM's series is kept: in the user's data folder.
QString seriesPath(const QString &vm);

struct SeriesRead {
    qint64 records = 0;
    qint64 damaged = 0; ///< lines that are no record
    qint64 intact = 0;  ///< bytes up to the last line end
    qint64 size = 0;    ///< bytes
};
/// Every record of one file. The error names it: it cannot be read, or holds no record at all.
tl::expected<SeriesRead, Error> readSeries(const QString &path, const watch::SeriesReader::Sink &sink);

} // namespace bothways::session
