// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diagnosis/diagnosis.h"
#include "facts/case.h"
#include "facts/object.h"
#include "remedy/remedy.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// What the families of remedies share. Private to core/remedy.
namespace bothways::remedy {

/// One cause whose object is known, with all that is known around it.
struct Request {
    const diagnosis::Cause &cause;
    const facts::Case &given;
};
using Remedies = std::vector<Remedy>;

Remedies forRule(const Request &request, const facts::RuleObject &object);
Remedies forRoute(const Request &request, const facts::RouteObject &object);
Remedies forSysctl(const Request &request, const facts::SysctlObject &object);
Remedies forNeighbour(const Request &request, const facts::NeighbourObject &object);
Remedies forAddress(const Request &request, const facts::AddressObject &object);
Remedies forLink(const Request &request, const facts::LinkObject &object);
Remedies forMode(const Request &request, const facts::ModeObject &object);
Remedies forMtu(const Request &request, const facts::MtuObject &object);
Remedies forPlain(const Request &request, const facts::PlainObject &object);
/// A Windows guest whose firewall is the cause; facts.md W1, W2.
Remedies forWindowsGuest(const Request &request);
/// The owner's own way (firewalld, ufw) to let a packet past one of its rules; empty where the owner has none.
Remedies throughFirewalld(const Request &request, const facts::RuleObject &object, const QString &id);
Remedies throughUfw(const Request &request, const facts::RuleObject &object, const QString &id);

/// A remedy with id, cause, place and verify filled in; low risk, runtime, bash.
Remedy draft(const Request &request, const QString &id, facts::Where where);
/// The ping that shows it worked, on the diagnosing host in its own shell. Empty where the VM's address is not known.
QStringList pingVerify(const facts::Case &given, net::Family family = net::Family::v4);
/// A mark that only this session's remedy carries, so that its undo finds exactly its own rule.
QString mark(const evidence::Evidence &evidence, const QString &id, const QString &place);
/// What is known of the node; nullptr where it was not read.
const evidence::NodeFacts *factsOf(const evidence::Evidence &evidence, facts::Where where);
QString addressText(const net::IpAddress &address);
QString hostPrefix(const net::IpAddress &address); ///< "192.0.2.1/32"

} // namespace bothways::remedy
