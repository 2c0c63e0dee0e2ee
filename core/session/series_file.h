// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "watch/record.h"
#include "world/world.h"

#include <QString>

#include <memory>
#include <optional>

#include <tl/expected.hpp>

namespace bothways::session {

/// A full file is renamed to "NAME.1", which takes the place of the one before, and a new one is begun: at most twice this, about
/// eight days at an echo and a connection a second.
inline constexpr qint64 maximumSeriesBytes = 32LL * 1024 * 1024;

/// A watch's series on disk, one record a line (watch/record.h), appended only. A record is handed to the system in one piece
/// before append() returns, so a program that is killed loses none that append() returned for; what it was writing is a torn last
/// line, which the next open() cuts off. To outlive a failing machine as well it is flushed to the disk every half minute and
/// after each record that is no sample.
class SeriesFile {
public:
    /// Creates the file and its folder where there is none; else every record of it, and of the full one before it, goes to
    /// `sink` first. The error names the file: it is no series, another program writes to it, or the system refuses.
    static tl::expected<SeriesFile, QString> open(world::World &world, const QString &path, const watch::SeriesReader::Sink &sink,
                                                  qint64 maximumBytes = maximumSeriesBytes);

    /// Empty, or why it could not be written; then the file holds what it held before.
    QString append(const watch::Record &record);
    qint64 damaged() const { return m_damaged; } ///< lines that were no record, when it was opened

private:
    SeriesFile(world::World &world, QString path, qint64 maximumBytes);
    QString begin();
    QString beginNext();
    QString problem(const QString &why) const; ///< empty where `why` is

    world::World *m_world;
    QString m_path;
    qint64 m_most;
    std::unique_ptr<world::AppendFile> m_file; ///< flushes at its end
    qint64 m_damaged = 0;
    world::Clock::Time m_flushed;
    std::optional<watch::Begin> m_begun;
};

} // namespace bothways::session
