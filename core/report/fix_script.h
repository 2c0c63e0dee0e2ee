// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"

#include <QByteArray>
#include <QString>

#include <vector>

/// The first plan of a conclusion as scripts, the commands word for word: for each place and shell one that does, one that takes
/// back, and for POSIX sh one that does it on trial: taken back by itself unless it works and somebody says within a minute that
/// it shall stay, also where the terminal, or the script itself, is gone. One more verifies, on this host. Pure.
namespace bothways::report {

struct Script {
    QString name; ///< "host-do.sh"
    QByteArray text;
};

/// Empty where nothing is proposed.
std::vector<Script> scriptsOf(const conclusion::Conclusion &conclusion);

/// The first line but one of each, by which a file is known to be one of these.
QByteArray scriptMark();

} // namespace bothways::report
