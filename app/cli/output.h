// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <atomic>

namespace bothways::cli {

void print(const QString &text); ///< to standard output, UTF-8
void printBytes(const QByteArray &bytes);
/// Control characters replaced: what comes from outside must not reach the terminal as a command.
QString visible(QString text);
void complain(const QString &message); ///< one line on standard error: "bothways-cli: ..."
/// As evidence::OutputFile writes. "-" is standard output. False, and a message that names the file, if it cannot.
bool writeFile(const QString &path, const QByteArray &bytes);
/// What writeFile() says of a file's problem; true, and nothing said, where there is none.
bool wrote(const QString &path, const QString &problem);
/// The last thing a program does: closes standard output. The status, or CouldNotMeasure, said aloud, where not all was written.
int endOutput(int status);

/// While one lives, a second Ctrl-C does not end the program: what was measured is being written.
class Writing {
public:
    Writing() { ++count(); }
    ~Writing() { --count(); }
    Writing(const Writing &) = delete;
    Writing &operator=(const Writing &) = delete;
    static bool isGoingOn() { return count() > 0; }

private:
    static std::atomic<int> &count();
};

} // namespace bothways::cli
