// SPDX-License-Identifier: GPL-3.0-or-later
#include "rules_include.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace bothways::cli {

namespace {

constexpr qint64 maximumBytes = 64LL * 1024 * 1024;
constexpr qsizetype maximumFiles = 512;

using Found = tl::expected<std::vector<filter::IncludedText>, std::string>;

/// A link may lead out of the folder, and only what it leads to tells.
bool isInside(const QFileInfo &file, const QString &folder)
{
    const auto path = file.canonicalFilePath();
    return !path.isEmpty() && path.startsWith(folder + QLatin1Char('/'));
}

tl::expected<filter::IncludedText, std::string> readFile(const QFileInfo &info, const QString &folder)
{
    if (!info.exists()) {
        return tl::unexpected(std::string("there is no such file"));
    }
    if (!isInside(info, folder)) {
        return tl::unexpected("it is outside of " + folder.toStdString());
    }
    if (!info.isFile() || info.size() > maximumBytes) {
        return tl::unexpected(std::string("no plain file of at most 64 MiB"));
    }
    QFile file(info.canonicalFilePath());
    if (!file.open(QIODevice::ReadOnly)) {
        return tl::unexpected(file.errorString().toStdString());
    }
    return filter::IncludedText{info.filePath().toStdString(), file.read(maximumBytes).toStdString()};
}

/// nft takes patterns in the last part of the path, and no hidden files for them.
Found find(const QString &folder, const QString &pattern)
{
    const auto absolute = QDir::isAbsolutePath(pattern) ? pattern : folder + QLatin1Char('/') + pattern;
    const QFileInfo last(absolute);
    std::vector<filter::IncludedText> all;
    const bool many = last.fileName().contains(QLatin1Char('*')) || last.fileName().contains(QLatin1Char('?')) ||
                      last.fileName().contains(QLatin1Char('['));
    QFileInfoList files{last};
    if (many) {
        const QDir directory(last.path());
        if (!directory.exists()) {
            return tl::unexpected(std::string("there is no such folder"));
        }
        const auto path = directory.canonicalPath();
        if (path != folder && !path.startsWith(folder + QLatin1Char('/'))) {
            return tl::unexpected("it is outside of " + folder.toStdString());
        }
        files = directory.entryInfoList({last.fileName()}, QDir::Files, QDir::Name);
    }
    if (files.size() > maximumFiles) {
        return tl::unexpected(std::string("too many files"));
    }
    for (const auto &each : files) {
        auto read = readFile(each, folder);
        if (!read) {
            return tl::unexpected(read.error());
        }
        all.push_back(std::move(*read));
    }
    return all;
}

} // namespace

filter::Includes includesBeside(const QString &file)
{
    if (file == QLatin1String("-")) {
        return {};
    }
    const auto folder = QFileInfo(QFileInfo(file).canonicalFilePath()).canonicalPath();
    return [folder](const std::string &pattern) { return find(folder, QString::fromStdString(pattern)); };
}

} // namespace bothways::cli
