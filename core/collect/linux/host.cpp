// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/host.h"

#include "collect/linux/firewalld.h"
#include "collect/linux/managers.h"
#include "collect/linux/netlink/addresses.h"
#include "collect/linux/netlink/attached.h"
#include "collect/linux/netlink/bridges.h"
#include "collect/linux/netlink/links.h"
#include "collect/linux/netlink/policy_rules.h"
#include "collect/linux/netlink/routes.h"
#include "collect/linux/netlink/transforms.h"
#include "collect/linux/procfs.h"
#include "collect/linux/rulesets.h"
#include "collect/linux/sysctl.h"

#include <array>
#include <future>

#include <sys/utsname.h>

namespace bothways::collect {

namespace {

void identify(evidence::NodeFacts &facts)
{
    facts.os = evidence::Os::Linux;
    auto release = readFile(QStringLiteral("/etc/os-release"));
    if (!release.isRead()) {
        release = readFile(QStringLiteral("/usr/lib/os-release")); // os-release(5) names both places
    }
    facts.system = parsePrettyName(release.value);
    utsname names{};
    if (uname(&names) == 0) {
        facts.hostName = QString::fromUtf8(static_cast<const char *>(names.nodename));
        facts.kernel = QString::fromUtf8(static_cast<const char *>(names.release));
    }
}

} // namespace

evidence::NodeFacts readHost(const std::vector<RouteQuestion> &questions, const ElevatedReader &elevated)
{
    // The slow parts beside the rest. A new thread starts in the network namespace of the one that made it.
    auto rulesetsBeside = std::async(std::launch::async, [&elevated] { return readRulesets(elevated); });
    auto firewalldBeside = std::async(std::launch::async, readFirewalld);

    evidence::NodeFacts facts;
    identify(facts);
    facts.links = readLinks();
    facts.addresses = readAddresses();
    facts.routes = readRoutes();
    facts.policyRules = readPolicyRules();
    facts.neighbours = readNeighbours();
    facts.fdb = readFdb();
    facts.vlans = readPortVlans();
    facts.multicast = readMulticastMembers();
    facts.programs = readPrograms();
    facts.transforms = readTransforms();
    facts.routeAnswers.reserve(questions.size());
    for (const RouteQuestion &question : questions) {
        auto &answers = question.inputInterface.isEmpty() ? facts.routeAnswers : facts.incomingAnswers;
        answers.push_back(askRoute(question));
    }
    facts.sysctls = readSysctls();
    facts.counters = readCounters();
    facts.conntrack = readConntrack();

    Rulesets rulesets = rulesetsBeside.get();
    facts.managers = readManagers(rulesets, facts.links.value, firewalldBeside.get());
    facts.rulesets = std::move(rulesets.dumps);
    return facts;
}

evidence::NodeSnapshot readSnapshot(bool withRulesets, const ElevatedReader &elevated)
{
    evidence::NodeSnapshot snapshot;
    snapshot.counters = readCounters();
    snapshot.neighbours = readNeighbours();
    snapshot.links = readLinks();
    if (withRulesets) {
        snapshot.rulesets = readRulesets(elevated).dumps;
    }
    return snapshot;
}

} // namespace bothways::collect
