// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/output_file.h"

#include "catch.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using bothways::evidence::OutputFile;
using bothways::evidence::writeWhole;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

TEST_CASE("a plain file is replaced whole, and nothing is left beside it")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"report.html"_s);
    CHECK(writeWhole(path, "first") == QString());
    CHECK(writeWhole(path, "second") == QString());
    CHECK(contentOf(path) == "second");
    CHECK(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden) == QStringList{u"report.html"_s});
}

TEST_CASE("without finish() the file holds what it held")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"report.html"_s);
    REQUIRE(writeWhole(path, "old") == QString());
    {
        OutputFile file(path);
        CHECK(file.write(QByteArray(1 << 20, 'x')));
    }
    CHECK(contentOf(path) == "old");
    CHECK(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size() == 1);
}

TEST_CASE("many small pieces are one file")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"samples.csv"_s);
    OutputFile file(path);
    QByteArray expected;
    for (int i = 0; i < 100'000; ++i) {
        const auto line = QByteArray::number(i) + '\n';
        expected += line;
        file.write(line);
    }
    CHECK(file.finish() == QString());
    CHECK(contentOf(path) == expected);
}

TEST_CASE("where nothing can be written, the reason is said")
{
    const QTemporaryDir folder;
    CHECK(writeWhole(QString(), "x") != QString());
    CHECK(writeWhole(folder.path(), "x") != QString());
    CHECK(writeWhole(folder.filePath(u"no/such/folder/file"_s), "x") != QString());
    CHECK(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).isEmpty());
}
