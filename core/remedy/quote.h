// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// The only place where text becomes part of a command. Everything given is hostile.
namespace bothways::remedy
{

QString quoteBash(const QString &argument);       ///< one POSIX sh word; plain words stay bare, else '...'
QString quotePowerShell(const QString &argument); ///< one PowerShell argument, '...' with '' inside
QString quoteCmd(const QString &argument);        ///< one cmd.exe argument
QString quoteNft(const QString &identifier);      ///< an nft identifier or comment inside an nft command; "..." where needed
/// Joins words, quoting each for POSIX sh.
QString bashCommand(const QStringList &words);

} // namespace bothways::remedy
