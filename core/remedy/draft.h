// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diagnosis/diagnosis.h"
#include "facts/case.h"
#include "facts/object.h"
#include "remedy/remedy.h"

#include <QString>
#include <QStringList>

#include <variant>
#include <vector>

/// What the families of remedies share. Private to core/remedy.
namespace bothways::remedy {

/// One remedy for one cause, with all that is known around it.
struct Request {
    const diagnosis::Cause &cause;
    const facts::Case &given;
    diagnosis::RemedyId id;
};
using Remedies = std::vector<Remedy>;

/// The object that the cause rests on, if it is of this kind.
template <typename Kind>
const Kind *objectOf(const Request &request)
{
    return request.cause.object ? std::get_if<Kind>(&*request.cause.object) : nullptr;
}

/// A remedy with id, cause, place and verify filled in; low risk, runtime, bash.
Remedy draft(const Request &request, facts::Where where);
/// Where it can be acted on by commands of ours.
bool isMachine(facts::Where where);
/// The ping that shows it worked, on the diagnosing host in its own shell. Empty where the VM's address is not known.
QStringList pingVerify(const facts::Case &given, net::Family family = net::Family::v4);
/// A mark that only this session's remedy carries, so that its undo finds exactly its own rule.
QString mark(const Request &request, const QString &place);
/// What is known of the node; nullptr where it was not read.
const evidence::NodeFacts *factsOf(const evidence::Evidence &evidence, facts::Where where);
QString addressText(const net::IpAddress &address);
QString hostPrefix(const net::IpAddress &address); ///< "192.0.2.1/32"

} // namespace bothways::remedy
