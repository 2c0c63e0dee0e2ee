// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diagnosis/cause.h"
#include "diagnosis/diagnosis.h"
#include "facts/case.h"
#include "facts/object.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <span>
#include <vector>

namespace bothways::remedy {

enum class Shell { Bash, PowerShell, Cmd, Ios, Aws, Virsh, Esxcli };
QString name(Shell shell); ///< "bash"; never translated
enum class Risk { Low, Medium, High };
QString name(Risk risk);

/// Each string runs as it stands, with rights, in `shell` at `where` (POSIX sh for Bash, no sudo). `undo` restores the
/// earlier state exactly. `verify` runs on the diagnosing host and exits 0 when the remedy worked.
struct Remedy {
    diagnosis::RemedyId id = diagnosis::RemedyId::R01;
    diagnosis::CauseClass cause = diagnosis::CauseClass::HostFirewall; ///< that it mends
    std::optional<diagnosis::Variant> variant;
    facts::Where where = facts::Where::Host;
    Shell shell = Shell::Bash;
    QString title;   ///< translated
    QString changes; ///< translated: what it changes, one line
    Risk risk = Risk::Low;
    bool persistent = false; ///< survives a reboot
    QStringList commands;
    QStringList undo;
    QStringList verify;
};

/// Best first. Nothing that the signature excludes, nothing for a cause that is ruled out.
std::vector<Remedy> propose(const diagnosis::Diagnosis &diagnosis, const facts::Case &given);

struct Request; // remedy/draft.h: one cause, and which remedy is asked for

/// The catalogue's 28, in the order of their ids.
struct RemedyEntry {
    diagnosis::RemedyId id = diagnosis::RemedyId::R01;
    const char *family = ""; ///< A..G
    const char *title = "";  ///< QT_TRANSLATE_NOOP("remedies", ...)
    std::vector<Remedy> (*make)(const Request &) =
        nullptr; ///< empty where it does not fit the object; null: not built in this version
};
std::span<const RemedyEntry> table();

} // namespace bothways::remedy
