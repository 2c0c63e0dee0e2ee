// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace bothways::world {

/// A file that only grows, and that one program at a time writes. Every function but size() gives an empty text, or the system's
/// words why it could not. One thread.
class AppendFile {
public:
    virtual ~AppendFile() = default;
    virtual qint64 size() const = 0;
    /// Handed to the system in one piece: a program that is killed after it loses nothing. Where it fails nothing was added.
    virtual QString append(const QByteArray &bytes) = 0;
    virtual QString cutTo(qint64 bytes) = 0;
    virtual QString flush() = 0; ///< to the disk
    /// Flushes, gives it that name in place of whatever had it, and closes: nothing more can be done with it.
    virtual QString closeAs(const QString &path) = 0;
};

/// Why a file could not be opened for appending.
struct AppendProblem {
    bool taken = false; ///< another program writes to it
    QString why;        ///< the system's words
};

} // namespace bothways::world
