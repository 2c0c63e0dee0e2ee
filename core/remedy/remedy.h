// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diagnosis/cause.h"
#include "diagnosis/diagnosis.h"
#include "facts/case.h"
#include "facts/object.h"
#include "remedy/edit.h"
#include "way/way.h"

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

/// Whether the pings that are stuck pass afterwards.
enum class Passes {
    Yes,
    No,
    NotTried, ///< the model cannot decide it
};
QString name(Passes passes); ///< "yes", "no", "not-tried"

/// What the way of the packets says of a remedy, or of all steps of its plan together.
struct Trial {
    struct LegFate {
        way::From from = way::From::Host;
        way::Part part = way::Part::Request;
        net::Family family = net::Family::v4;
        way::Result fate = way::Result::Unknown;
    };
    Passes passes = Passes::NotTried;
    std::vector<LegFate> legs; ///< of the pings that were stuck
    QStringList alsoChanges;   ///< addresses that go another way as well, the first of them
    int alsoCount = 0;         ///< how many do
};

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
    QString owner;   ///< the program that wrote the rule it gets round, and may write it again: "docker"; empty: nobody known
    Risk risk = Risk::Low;
    bool persistent = false; ///< survives a reboot
    QStringList commands;
    QStringList undo;
    QStringList verify;
    std::vector<Edit> edits; ///< the same as `commands`, for the trial; empty: not told, so not tried
    int step = 1;            ///< of a plan of `steps`, which only mends as a whole
    int steps = 1;
    Trial trial;
};

/// Best first, and tried (remedy/trial.h). Nothing that the signature excludes, nothing for a cause that is ruled out.
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
