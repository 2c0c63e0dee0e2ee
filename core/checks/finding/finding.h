// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/outcomes.h"
#include "facts/object.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace bothways::checks {

enum class Status { Pass, Warn, Fail, Skipped, Unknown };
QString name(Status status); ///< "pass", ... in JSON

/// How a thing was seen. Two observations of one cause count as independent only if their basis differs.
enum class Basis {
    Configuration, ///< a rule, route, sysctl or setting was read and reasoned about
    LiveProbe,     ///< a packet of ours was sent and its fate observed
    Counter,       ///< a kernel counter moved (or did not) across the probes
    KernelState,   ///< neighbour entry, link state, FDB: what the kernel believes
    Report,        ///< what the other end or the hypervisor says of itself
    /// Frames were seen, or not, at a point that saw everything. All captures of one thing are one observation. That our ping got
    /// no answer is another than where it was last seen; but a packet that a probe of ours received and a capture saw come in is
    /// one.
    Capture,
};

struct EvidenceItem {
    QString source;
    QString text; ///< raw excerpt, bounded
    QDateTime at;
};

/// What a check saw: a key of the diagnosis (diagnosis/catalogue.h).
struct Observation {
    Outcome outcome;
    Basis basis = Basis::Configuration;
    std::optional<facts::Object> object;
    QString text; ///< translated: one sentence for the "for" or "against" list
};

struct Finding {
    QString id; ///< "NET-7"
    Status status = Status::Unknown;
    QString summary; ///< translated, one line: what was found
    QString reason;  ///< translated: why skipped or unknown and what would enable it; else what it means
    std::vector<EvidenceItem> evidence;
    std::vector<Observation> observations;
};

} // namespace bothways::checks
