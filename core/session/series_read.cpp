// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/series_read.h"

#include "words/text.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace bothways::session {

QString seriesPath(const QString &vm)
{
    QString name = vm;
    for (auto &letter : name) {
        if (!letter.isLetterOrNumber() && letter != QLatin1Char('-') && letter != QLatin1Char('.')) {
            letter = QLatin1Char('_');
        }
    }
    name.truncate(60);
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/bothways/watch/") +
           (name.startsWith(QLatin1Char('.')) ? QStringLiteral("_") : QString()) + name + QStringLiteral(".series");
}

tl::expected<SeriesRead, Error> readSeries(const QString &path, const watch::SeriesReader::Sink &sink)
{
    QFile file(path);
    const auto refuse = [&path](const QString &why) {
        return tl::unexpected(Error{ErrorKind::WrongUse, translate("session", "Cannot read “%1”: %2.").arg(path, why)});
    };
    if (const QFileInfo info(path); info.exists() && !info.isFile() && !info.isDir()) {
        return refuse(translate("session", "it is no plain file"));
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return refuse(file.errorString());
    }
    watch::SeriesReader reader;
    SeriesRead result;
    bool mayBeOurs = true;
    while (!file.atEnd()) {
        const auto bytes = file.read(1 << 16);
        if (bytes.isEmpty()) { // a folder, a failing disk
            return refuse(file.errorString());
        }
        mayBeOurs = result.size == 0 ? watch::mayBeginSeries(bytes) : mayBeOurs;
        result.size += bytes.size();
        reader.feed(bytes, sink);
    }
    result.records = reader.records();
    result.damaged = reader.damaged();
    result.intact = reader.intact();
    // A program that died while it wrote its first record leaves a part of that.
    const bool isBegun = mayBeOurs && result.records == 0 && result.damaged == 0 && result.size < watch::maximumLine;
    if (result.records == 0 && !isBegun) {
        return refuse(translate("session", "it is no series of a watch"));
    }
    return result;
}

} // namespace bothways::session
