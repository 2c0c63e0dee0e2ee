// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/// The only place where text becomes part of a command. Everything given is hostile. Pure and total. NUL cannot be part of
/// an argument anywhere and is removed; whether a text may be shown for copying at all is isPasteSafe().
namespace bothways::remedy {

/// One POSIX sh word (XCU 2.2): plain words stay bare, else '...'.
QString quoteBash(const QString &argument);
/// One PowerShell argument (about_Quoting_Rules). The curly quotes U+2018..U+201B end a '...' string just as ' does, so
/// each of them is doubled.
QString quotePowerShell(const QString &argument);
/// One argument on a cmd.exe command line for a program that splits by the C runtime's rules. CR and LF end the line
/// whatever is around them and are removed.
QString quoteCmd(const QString &argument);
/// An nft identifier or comment inside an nft command: bare where the grammar takes it as a name, else "...". The grammar
/// has no escape for " and no line break in a string: both are removed.
QString quoteNft(const QString &identifier);
/// Joins words, quoting each for POSIX sh.
QString bashCommand(const QStringList &words);

/// As filter::isNftIdentifier().
bool isNftIdentifier(const QString &text);
/// No control, format (bidirectional overrides), surrogate, line separator or replacement character: what is copied is what was
/// read.
bool isPasteSafe(const QString &text);

} // namespace bothways::remedy
