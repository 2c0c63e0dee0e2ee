// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/input_file.h"

#include "catch.h"

#include "evidence/session_file.h"

#include <QFile>
#include <QTemporaryDir>

#include <chrono>
#include <future>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using bothways::evidence::readWhole;
using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString made(const QTemporaryDir &folder, const QByteArray &bytes)
{
    QFile file(folder.filePath(u"file"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    return file.fileName();
}

QString madePipe(const QTemporaryDir &folder)
{
    const auto path = folder.filePath(u"pipe"_s);
    REQUIRE(::mkfifo(QFile::encodeName(path).constData(), 0600) == 0);
    return path;
}

} // namespace

TEST_CASE("a plain file is read whole, and of one that is too long one byte more than allowed")
{
    const QTemporaryDir folder;
    const auto path = made(folder, "abcdef");
    CHECK(readWhole(path, 100) == QByteArray("abcdef"));
    CHECK(readWhole(path, 3) == QByteArray("abcd"));
    CHECK(readWhole(made(folder, ""), 100) == QByteArray());
}

TEST_CASE("what is no file is refused at once, with the reason")
{
    const QTemporaryDir folder;
    for (const auto &path : {folder.path(), u"/dev/zero"_s, u"/dev/tty"_s, folder.filePath(u"none"_s), QString()}) {
        INFO(path.toStdString());
        const auto read = readWhole(path, 100, 100ms);
        REQUIRE_FALSE(read.has_value());
        CHECK_FALSE(read.error().isEmpty());
    }
    CHECK(readWhole(u"/proc/kmsg"_s, 100, 100ms).value_or(QByteArray()).isEmpty()); // where it may be opened, it is not read
}

TEST_CASE("a pipe gives what is written to it")
{
    const QTemporaryDir folder;
    const auto path = madePipe(folder);
    auto writer = std::async(std::launch::async, [&path] {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(QByteArray(1 << 20, 'x')) > 0;
    });
    CHECK(readWhole(path, 1 << 21) == QByteArray(1 << 20, 'x'));
    CHECK(writer.get());
}

TEST_CASE("a pipe that nobody writes to, or that never ends, is not waited for")
{
    const QTemporaryDir folder;
    const auto path = madePipe(folder);
    const auto begun = std::chrono::steady_clock::now();
    SECTION("without a writer") { CHECK_FALSE(readWhole(path, 100, 100ms).has_value()); }
    SECTION("with one that is silent")
    {
        const int writer = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC);
        CHECK(::write(writer, "part", 4) == 4);
        CHECK_FALSE(readWhole(path, 100, 100ms).has_value());
        ::close(writer);
    }
    SECTION("a session")
    {
        const int writer = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC);
        CHECK(::write(writer, "{}", 2) == 2);
        std::jthread closes([writer] {
            std::this_thread::sleep_for(200ms);
            ::close(writer);
        });
        CHECK_FALSE(bothways::evidence::load(path).has_value()); // {} is none
    }
    CHECK(std::chrono::steady_clock::now() - begun < 5s);
}
