// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab.h"

#include <QByteArray>
#include <QJsonObject>
#include <QTemporaryDir>

#include <functional>
#include <string>
#include <vector>

namespace bothways::lab {

/// A host and the VM that it pings, of whatever topology.
struct Site {
    Site(const Namespace &pinging, const Namespace &pinged) : host(pinging), guest(pinged) {}
    // A pair is one.
    Site(const Pair &pair)
        : host(pair.host), guest(pair.guest) {} // NOLINT(google-explicit-constructor,hicpp-explicit-conversions)
    const Namespace &host;
    const Namespace &guest;
};

/// One run of `bothways-cli diagnose` on the host of a site, with the guest's own report beside it.
struct Diagnosed {
    Result result;      ///< of the program
    QJsonObject json;   ///< its --json document; empty if it wrote none
    QByteArray session; ///< content of its --save file

    std::string topCause() const; ///< "class/variant" of the first cause that is not ruled out; empty if there is none
    std::string object() const;   ///< of that cause
    std::string grade() const;
    std::string signature() const;
    std::string verdict() const;
    std::string status(const char *check) const;
    QJsonObject remedy(int index = 0) const;
    std::string describe() const; ///< for INFO()
};

struct HowToDiagnose {
    std::string vm = Pair::guestAddress;
    std::string hostAddress;                     ///< --host-address; empty for none
    std::string reportPings = Pair::hostAddress; ///< what the guest script pings
    bool guestReport = true;
    std::vector<std::string> arguments; ///< further ones
    bool back = false;                  ///< the fault shows in the VM's ping of `reportPings`
    std::vector<std::string> pingWith;  ///< options of the ping that shows the fault; empty: an ordinary one
};

/// Runs the guest script in the guest and the program on the host.
Diagnosed diagnose(const Site &site, const HowToDiagnose &how = {});
/// The same program on a saved session, outside any namespace.
Diagnosed replay(const QByteArray &session, const std::vector<std::string> &arguments = {});

/// configuration() of both.
std::string configurationOf(const Site &site);

/// Strings of a remedy: "commands", "undo", "verify".
std::vector<std::string> strings(const QJsonObject &remedy, const char *key);

/// The whole loop of an issue: the cause is `expected` and names `object`, a replay gives the same verdict, causes and
/// remedies, a redacted one the same kinds of them and neither address, the first remedy's commands mend it (word for word, in
/// the shell where it says), its verify commands agree, and its undo brings back the earlier configuration and, unless
/// `faultMayHeal`, the fault.
struct Loop {
    std::string cause;
    std::string grade = "proven";
    std::vector<std::string> objectWords; ///< each must stand in the object
    HowToDiagnose how;
    bool faultMayHeal = false; ///< a fault that depends on who answers first
};
void closeLoop(const Site &site, const Loop &loop);

} // namespace bothways::lab
