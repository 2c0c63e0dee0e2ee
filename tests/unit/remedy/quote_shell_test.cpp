// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "hostile.h"
#include "remedy/quote.h"

#include <QProcess>
#include <QStandardPaths>

using namespace bothways;

namespace {

/// The words as a real shell understood them.
QStringList throughShell(const QString &shell, const QStringList &quoted)
{
    QProcess process;
    process.start(shell, {QStringLiteral("-s")});
    REQUIRE(process.waitForStarted());
    // One printf a word, so that an empty list of words cannot pass for one empty word.
    for (const auto &word : quoted) {
        process.write("printf '%s\\0' " + word.toUtf8() + "\n");
    }
    process.closeWriteChannel();
    REQUIRE(process.waitForFinished(30000));
    REQUIRE(process.exitCode() == 0);
    QStringList words;
    for (const auto &part : process.readAllStandardOutput().split('\0')) {
        words << QString::fromUtf8(part);
    }
    words.removeLast();
    return words;
}

} // namespace

TEST_CASE("a POSIX shell reads back what was quoted")
{
    const QStringList hostile = test::hostileStrings(1500);
    QStringList quoted;
    for (const auto &text : hostile) {
        quoted << remedy::quoteBash(text);
    }
    int shells = 0;
    for (const auto &shell : {QStringLiteral("/bin/sh"), QStringLiteral("dash"), QStringLiteral("bash")}) {
        const QString path = QStandardPaths::findExecutable(shell);
        if (path.isEmpty()) {
            continue;
        }
        ++shells;
        const QStringList back = throughShell(path, quoted);
        REQUIRE(back.size() == hostile.size());
        for (qsizetype i = 0; i < hostile.size(); ++i) {
            INFO(quoted.at(i).toStdString());
            CHECK(back.at(i) == hostile.at(i));
        }
    }
    CHECK(shells > 0);
}
