// SPDX-License-Identifier: GPL-3.0-or-later
#include "output.h"

#include "exit.h"

#include "evidence/output_file.h"
#include "words/text.h"

#include <cerrno>
#include <cstdio>

namespace bothways::cli {

namespace {

/// The errno of the first thing that standard output did not take; 0 while it takes all.
int &outputError()
{
    static int error = 0;
    return error;
}

void noteOutputError()
{
    if (outputError() == 0) {
        outputError() = errno == 0 ? EIO : errno;
    }
}

} // namespace

void printBytes(const QByteArray &bytes)
{
    const auto size = static_cast<std::size_t>(bytes.size());
    errno = 0;
    if (std::fwrite(bytes.constData(), 1, size, stdout) != size || std::fflush(stdout) != 0) {
        noteOutputError();
    }
}

std::atomic<int> &Writing::count()
{
    static std::atomic<int> count = 0;
    return count;
}

int endOutput(int status)
{
    errno = 0;
    if (std::fclose(stdout) != 0) {
        noteOutputError();
    }
    if (outputError() == 0) {
        return status;
    }
    complain(translate("cli", "Standard output could not be written: %1.").arg(qt_error_string(outputError())));
    return status == Interrupted ? status : int{CouldNotMeasure};
}

void print(const QString &text) { printBytes(text.toUtf8()); }

QString visible(QString text)
{
    for (auto &c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format) {
            c = QChar::ReplacementCharacter;
        }
    }
    return text;
}

void complain(const QString &message)
{
    const auto line = QStringLiteral("bothways-cli: %1\n").arg(visible(message)).toUtf8();
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
}

bool writeFile(const QString &path, const QByteArray &bytes)
{
    if (path == QLatin1String("-")) {
        printBytes(bytes);
        return true;
    }
    return wrote(path, evidence::writeWhole(path, bytes));
}

bool wrote(const QString &path, const QString &problem)
{
    if (!problem.isEmpty()) {
        complain(translate("cli", "Cannot write “%1”: %2.").arg(path, problem));
    }
    return problem.isEmpty();
}

} // namespace bothways::cli
