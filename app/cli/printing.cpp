// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"

#include "evidence/session_file.h"
#include "words/text.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>

namespace bothways::cli {

namespace {

/// Beside this program where it was built, else where it is installed. Empty: this build cannot print.
QString printer()
{
    const auto here = QCoreApplication::applicationDirPath();
    return QStandardPaths::findExecutable(QStringLiteral("bothways-print"),
                                          {here, here + QStringLiteral("/" BOTHWAYS_LIBEXEC "/bothways")});
}

} // namespace

tl::expected<QByteArray, QString> pdf(const conclusion::Conclusion &conclusion, const QStringList &only, const QString &language)
{
    const auto program = printer();
    if (program.isEmpty()) {
        return tl::unexpected(translate("cli", "this build was made without Qt’s fonts and cannot print"));
    }
    constexpr int longest = 120'000; // milliseconds
    QProcess process;
    process.start(program, QStringList{language} + only);
    process.write(evidence::toJson(conclusion.given->evidence));
    process.closeWriteChannel();
    if (!process.waitForFinished(longest)) {
        const auto why = process.errorString();
        process.kill();
        process.waitForFinished();
        return tl::unexpected(why);
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        auto said = QString::fromUtf8(process.readAllStandardError()).trimmed().section(u'\n', -1).left(500);
        while (said.endsWith(u'.') || said.endsWith(u'\u3002')) {
            said.chop(1);
        }
        return tl::unexpected(said.isEmpty() ? translate("cli", "the program that prints ended early") : said);
    }
    return process.readAllStandardOutput();
}

} // namespace bothways::cli
