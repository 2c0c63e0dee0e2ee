// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/hypervisor/guest_login.h"
#include "evidence/evidence.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include <tl/expected.hpp>

/// Who answers what and when on a machine that is made up for a test, as a small text says it:
///
///     # a comment
///     include FILE                    the lines of another script; names of files are relative to its own
///     session FILE                    the machine is as this session saw it; what follows changes it
///     at POINTER JSON                 a value of the session (RFC 6901; "*" is each entry of a list)
///     add POINTER JSON                the same for a key that is not there yet; "-" is the end of a list
///     text POINTER                    a text of the session: the lines that follow, up to "end"
///     takes STEP SPAN                 how long a step takes: 200ms, 3s, never
///     fails STEP ACCESS WORDS         absent, denied, failed or timed-out, and why
///     hypervisor ID ACCESS WORDS      another one, which fails
///     hypervisor ID read JSON         another one, and what it knows
///     output                          what the guest's script prints: the lines that follow, up to "end"
///     login USER PASSWORD             the guest asks for it
///     lost SPAN WORDS                 when the helper with rights ends, and what is said of it
///     outage SPAN SPAN                from when until when nothing answers
///     frame SPAN INTERFACE HEX        when it passes where; without any nobody may capture
///     disk BYTES                      how much can be written
///
/// Spans count from the beginning of the script's time.
namespace bothways::world {

enum class Step { Inventory, Snapshot, Host, Guest, GuestAgain, Echo, Neighbour, Tcp, Trace, PathMtu, Capture };

struct Script {
    using Span = std::chrono::milliseconds;

    struct Failure {
        evidence::Access access = evidence::Access::Failed;
        QString words;
    };
    struct Hypervisor {
        QString id;
        evidence::Reading<evidence::Inventory> inventory;
    };
    struct Lost {
        Span at{0};
        QString words;
    };
    struct Outage {
        Span from{0};
        Span until{0};
    };
    struct Frame {
        Span at{0};
        std::string interface;
        QByteArray bytes;
    };

    evidence::Evidence evidence;
    std::map<Step, Span> takes;
    std::map<Step, Failure> failures;
    std::vector<Hypervisor> hypervisors;
    std::optional<QByteArray> guestOutput;
    std::optional<collect::GuestLogin> login;
    std::optional<Lost> helperLost;
    std::vector<Outage> outages;
    std::vector<Frame> frames;
    std::optional<qint64> diskBytes;
};

struct ScriptError {
    QString file; ///< empty: the text itself
    int line = 0; ///< from 1; 0: the session that the lines make is none
    QString message;
};

/// Strict: a word that is not known is an error with its line. `folder`: what names of files are relative to.
tl::expected<Script, ScriptError> readScript(const QString &text, const QString &folder);

} // namespace bothways::world
