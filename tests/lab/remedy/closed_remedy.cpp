// SPDX-License-Identifier: GPL-3.0-or-later
#include "closed_remedy.h"

#include "catch.h"

#include "diagnosis/catalogue.h"

#include <chrono>
#include <regex>
#include <thread>

namespace bothways::lab {
namespace {

/// All that a remedy of these could leave behind, in order, without handles and counters, which no undo can put back.
std::string everything(const Namespace &machine)
{
    std::string all = configuration(machine);
    for (const char *command : {"nft -s list ruleset", "ip -d route show table all", "ip -6 -d route show table all", "ip rule",
                                "ip neigh show nud permanent", "iptables-legacy-save", "iptables-nft-save", "ip -o link",
                                "bridge -d link", "sysctl net.ipv4.conf net.ipv4.icmp_echo_ignore_all"}) {
        all += std::string("\n== ") + command + "\n" + machine.sh(command).out;
    }
    all = std::regex_replace(all, std::regex(R"(\[\d+:\d+\])"), "[0:0]");
    all = std::regex_replace(all, std::regex(R"(counter packets \d+ bytes \d+)"), "counter");
    all = std::regex_replace(all, std::regex(R"(# (Generated|Completed)[^\n]*)"), "#");
    return std::regex_replace(all, std::regex(R"(expires \d+sec)"), "");
}

/// What a machine settles to: a bridge tells the loss of its last port up to a second later (the kernel's linkwatch).
std::string settled(const Namespace &machine, const std::string &wanted)
{
    std::string now = everything(machine);
    for (int i = 0; i < 20 && now != wanted; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        now = everything(machine);
    }
    return now;
}

} // namespace

net::IpAddress ip(const char *text) { return net::IpAddress::parse(text).value(); }

evidence::Evidence evidenceOf()
{
    evidence::Evidence evidence;
    evidence.tool.platform = QStringLiteral("Linux");
    evidence.started = QDateTime::fromString(QStringLiteral("2026-11-23T03:12:00Z"), Qt::ISODate);
    evidence.target.vm = QStringLiteral("db7");
    evidence.target.hostAddress = ip(hostAddress);
    evidence.target.vmAddress = ip(guestAddress);
    evidence.target.interface = QStringLiteral("br0");
    return evidence;
}

diagnosis::Diagnosis diagnosisOf(diagnosis::Variant variant, facts::Object object)
{
    diagnosis::Cause cause;
    cause.id = diagnosis::classOf(variant);
    cause.variant = variant;
    cause.object = std::move(object);
    cause.grade = diagnosis::Grade::Proven;
    diagnosis::Diagnosis diagnosis;
    diagnosis.status = diagnosis::Status::Fault;
    diagnosis.causes.push_back(std::move(cause));
    return diagnosis;
}

filter::Packet echo(const char *from, const char *to, int type)
{
    filter::Packet packet;
    packet.source = ip(from);
    packet.destination = ip(to);
    packet.icmpType = type;
    packet.icmpCode = 0;
    return packet;
}

facts::RuleObject ruleObject(facts::Where where, filter::Hook hook, filter::Packet packet, filter::RuleRef rule)
{
    facts::RuleObject object;
    object.where = where;
    object.hook = hook;
    object.packet = std::move(packet);
    object.rule = std::move(rule);
    return object;
}

filter::RuleRef nftRule(const Namespace &machine, const std::string &family, const std::string &table, const std::string &chain,
                        const std::string &marker)
{
    filter::RuleRef rule;
    rule.backend = "nft";
    rule.family = family;
    rule.table = table;
    rule.chain = chain;
    const std::string list = machine.must("nft -a list chain " + family + " " + table + " " + chain);
    std::smatch match;
    REQUIRE(std::regex_search(list, match, std::regex("\n\t*(" + marker + "[^\n]*) # handle (\\d+)")));
    rule.text = match[1];
    rule.handle = std::stoll(match[2]);
    return rule;
}

filter::RuleRef policyOf(const std::string &backend, const std::string &family, const std::string &table,
                         const std::string &chain, const std::string &flavour)
{
    filter::RuleRef rule;
    rule.backend = backend;
    rule.flavour = flavour;
    rule.family = family;
    rule.table = table;
    rule.chain = chain;
    rule.policy = true;
    rule.text = "policy drop";
    return rule;
}

filter::RuleRef iptablesRule(const std::string &flavour, const std::string &chain, int position)
{
    filter::RuleRef rule;
    rule.backend = "iptables";
    rule.flavour = flavour;
    rule.family = "ip";
    rule.table = "filter";
    rule.chain = chain;
    rule.position = position;
    return rule;
}

void proveAll(const Pair &pair, const diagnosis::Diagnosis &diagnosis, const evidence::Evidence &evidence,
              const std::function<bool()> &ping)
{
    const auto remedies = remedy::propose(diagnosis, facts::Case(evidence));
    REQUIRE_FALSE(remedies.empty());
    REQUIRE_FALSE(ping());
    for (const auto &remedy : remedies) {
        INFO(name(remedy.id).toStdString() << " " << remedy.title.toStdString());
        const auto &machine = remedy.where == facts::Where::Guest ? pair.guest : pair.host;
        const std::string hostBefore = everything(pair.host);
        const std::string guestBefore = everything(pair.guest);
        for (const auto &command : remedy.commands) {
            const auto result = machine.sh(command.toStdString());
            INFO(command.toStdString() << "\n" << result.describe());
            REQUIRE(result.ok());
        }
        CHECK((ping() || ping())); // a neighbour that did not answer just now is asked again after a second only
        CHECK(everything(machine) != (remedy.where == facts::Where::Guest ? guestBefore : hostBefore));
        REQUIRE(remedy.verify.size() == 1);
        CHECK(pair.host.sh(remedy.verify.front().toStdString()).ok());
        for (const auto &command : remedy.undo) {
            const auto result = machine.sh(command.toStdString());
            INFO(command.toStdString() << "\n" << result.describe());
            CHECK(result.ok());
        }
        CHECK(settled(pair.host, hostBefore) == hostBefore);
        CHECK(settled(pair.guest, guestBefore) == guestBefore);
        CHECK_FALSE(ping());
        CHECK_FALSE(pair.host.sh(remedy.verify.front().toStdString()).ok());
    }
}

void proveAll(const Pair &pair, const diagnosis::Diagnosis &diagnosis)
{
    proveAll(pair, diagnosis, evidenceOf(), [&] { return pings(pair.host, guestAddress); });
}

bool pingsFrom(const Namespace &machine, const char *source)
{
    return machine.run({"ping", "-n", "-q", "-i", "0.5", "-W", "2", "-c", "4", "-I", source, guestAddress}).ok();
}

} // namespace bothways::lab
