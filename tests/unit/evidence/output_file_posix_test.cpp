// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/output_file.h"

#include "catch.h"

#include <QFile>
#include <QTemporaryDir>

#include <future>

#include <sys/stat.h>

using bothways::evidence::writeWhole;
using namespace Qt::Literals::StringLiterals;

namespace {

mode_t typeOf(const QString &path)
{
    struct stat status {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & S_IFMT : 0;
}

} // namespace

TEST_CASE("a device takes the text and stays a device")
{
    CHECK(writeWhole(u"/dev/null"_s, "text") == QString());
    CHECK(typeOf(u"/dev/null"_s) == S_IFCHR);
}

TEST_CASE("a full device says that it is full")
{
    CHECK(writeWhole(u"/dev/full"_s, "text").contains(u"No space left"_s));
    CHECK(typeOf(u"/dev/full"_s) == S_IFCHR);
}

TEST_CASE("a pipe hands the text to its reader and stays a pipe")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"pipe"_s);
    REQUIRE(::mkfifo(QFile::encodeName(path).constData(), 0600) == 0);
    auto reader = std::async(std::launch::async, [&path] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    });
    const QByteArray text(1 << 20, 'x'); // more than a pipe holds
    CHECK(writeWhole(path, text) == QString());
    CHECK(reader.get() == text);
    CHECK(typeOf(path) == S_IFIFO);
}

TEST_CASE("a link stays a link, and what it leads to is written")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"target"_s);
    const auto link = folder.filePath(u"link"_s);
    REQUIRE(writeWhole(path, "old") == QString());
    REQUIRE(QFile::link(path, link));
    CHECK(writeWhole(link, "new") == QString());
    CHECK(typeOf(link) == S_IFLNK);
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    CHECK(file.readAll() == "new");
}
