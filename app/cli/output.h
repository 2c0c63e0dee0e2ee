// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace bothways::cli {

void print(const QString &text); ///< to standard output, UTF-8
void printBytes(const QByteArray &bytes);
/// Control characters replaced: what comes from outside must not reach the terminal as a command.
QString visible(QString text);
void complain(const QString &message); ///< one line on standard error: "bothways-cli: ..."
/// Writes to a temporary beside it, then renames. "-" is standard output. False, and a message that names the file, if it cannot.
bool writeFile(const QString &path, const QByteArray &bytes);

} // namespace bothways::cli
