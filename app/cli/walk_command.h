// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"
#include "filter/walk/change.h"

#include <string>
#include <vector>

#include <QByteArray>
#include <QString>

namespace bothways::cli {

struct WalkOptions {
    std::vector<std::string> rules;
    std::vector<std::string> formats; ///< one for all, or one for each
    std::string hook;
    std::string packet;
    std::string json;
};

/// Exit statuses: 0 accepted, 1 dropped or rejected, 2 wrong use, 3 undecided or not readable.
int walk(const WalkOptions &options);
std::vector<std::string> hookNames();
std::vector<std::string> formatNames();
/// What `--help` says behind the options.
QString walkFooter();

/// One walk and all that is said of it.
struct Walked {
    filter::Hook hook = filter::Hook::Input;
    filter::Packet packet;
    filter::Answer answer;
    std::vector<filter::RuleRef> blockers; ///< behind the deciding one
    std::vector<filter::Change> changes;
    std::vector<filter::Missing> missing; ///< of what judges such a packet; then nothing is said of the rest
};

} // namespace bothways::cli
