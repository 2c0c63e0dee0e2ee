// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

#include <tl/expected.hpp>

/// Runs one program to its end: no shell, a clean environment (LC_ALL=C and a fixed PATH), standard input empty, no
/// inherited descriptors, its own process group, in the network namespace of the calling thread.
namespace bothways::collect {

struct ProgramLimits {
    std::chrono::milliseconds deadline{5000};
    qsizetype outputBytes = qsizetype{32} * 1024 * 1024; ///< of standard output; of standard error 64 KiB are kept
};

struct ProgramOutput {
    int exitCode = 0;
    QByteArray output;
    QByteArray errors;
};

struct ProgramError {
    enum class Kind {
        NotStarted, ///< see number
        TimedOut,   ///< killed at the deadline
        TooLarge,   ///< killed at the limit of its output
        Signalled,  ///< ended by the signal in number
    };
    Kind kind = Kind::NotStarted;
    int number = 0; ///< errno or signal

    /// Whole translated sentence.
    QString message(const QString &program) const;
};

/// Blocks until the program ends or is killed. `path` is absolute.
tl::expected<ProgramOutput, ProgramError> runProgram(const QString &path, const QStringList &arguments,
                                                     const ProgramLimits &limits = {});

/// The program in /usr/sbin or /sbin, /usr/bin or /bin: fixed places, so that PATH decides nothing. Nothing if in none.
std::optional<QString> findProgram(const QString &name);

} // namespace bothways::collect
