// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diagnose/closed_loop.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

/// A fault as a small text file: how the machines stand, what is broken, what is true of it and what mends it. A case that
/// somebody reports is ten lines:
///
///     title     a rule by source takes the host's replies into a tunnel
///     site      bridged
///     host      ip rule add pref 1000 from 10.61.7.0/24 lookup 200
///     fails     back
///     cause     routing/policy-rule
///     object    rule 1000
///     fix host  ip rule add pref 999 from 10.61.7.1 lookup main
///
/// `site` is one of bridged, routed, chained, direct, nat; `host`, `guest`, `router` and `other` are commands run there in the
/// order of the file; `fails` names the pings that must fail before anything is looked at: there, back, both, none.
namespace bothways::lab {

struct Scenario {
    std::string name; ///< of the file, without its ending
    std::string title;
    std::string site = "bridged";
    std::string vm = "10.61.7.44";
    std::string hostAddress = "10.61.7.1"; ///< that the VM pings
    std::string fails = "there";
    std::string cause; ///< "class/variant"; empty: healthy, or harmless
    std::string grade = "proven";
    std::string without; ///< what is told without the guest's report, where it is not `cause`: "class/variant", or "open"
    std::vector<std::string> object;
    std::vector<std::pair<std::string, std::string>> setUp; ///< machine, command
    std::vector<std::pair<std::string, std::string>> fix;   ///< the reference: machine, command
    std::vector<std::string> needs;                         ///< commands on the host that fail where the kernel cannot do this
    std::vector<std::string> arguments;                     ///< of the program
    bool mends = true;                                      ///< a remedy is expected that mends
    bool heals = false;                                     ///< undone, the fault need not be back
};

/// A key that is not known throws, with the line.
Scenario readScenario(const std::string &path);

/// What came of one: what is wrong is in `faults`.
struct Outcome {
    std::vector<std::string> faults;
    std::string told;  ///< "class/variant", with the report
    std::string grade; ///< of that
    std::string blind; ///< without it
    std::string stage; ///< the leg and the stage that stop it
    std::string object;
    bool mended = false;
    bool undone = false;
    bool skipped = false; ///< the kernel lacks what it needs
    double seconds = 0;
};

Outcome play(const Scenario &scenario);

} // namespace bothways::lab
