// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lab.h"
#include "remedy/remedy.h"

#include <functional>
#include <string>

/// What the tests of remedies share: a pair of machines, a diagnosis made by hand, and the loop that closes it.
namespace bothways::lab {

inline const char *const hostAddress = Pair::hostAddress;
inline const char *const guestAddress = Pair::guestAddress;

net::IpAddress ip(const char *text);

/// Evidence with the pair's two addresses and nothing else.
evidence::Evidence evidenceOf();

/// One proven cause with this object.
diagnosis::Diagnosis diagnosisOf(diagnosis::Variant variant, facts::Object object);

/// An echo packet as the hook sees it; `type` as ICMP numbers them (8 request, 0 reply).
filter::Packet echo(const char *from, const char *to, int type);

facts::RuleObject ruleObject(facts::Where where, filter::Hook hook, filter::Packet packet, filter::RuleRef rule);

/// The rule of a chain whose text begins with `marker` (a regular expression), with its handle.
filter::RuleRef nftRule(const Namespace &machine, const std::string &family, const std::string &table, const std::string &chain,
                        const std::string &marker);
filter::RuleRef iptablesRule(const std::string &flavour, const std::string &chain, int position);
filter::RuleRef policyOf(const std::string &backend, const std::string &family, const std::string &table,
                         const std::string &chain, const std::string &flavour = {});

/// Whether one of a few echoes from a given source is answered.
bool pingsFrom(const Namespace &machine, const char *source);

/// Runs each remedy's do, verify and undo word for word: the ping works, then everything is as before, fault included.
/// `ping` is the fault as a person would see it.
void proveAll(const Pair &pair, const diagnosis::Diagnosis &diagnosis, const evidence::Evidence &evidence,
              const std::function<bool()> &ping);
void proveAll(const Pair &pair, const diagnosis::Diagnosis &diagnosis);

} // namespace bothways::lab
