// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "filter/model/model.h"
#include "rulesets/recorded.h"
#include "support.h"

#include <iomanip>
#include <iostream>
#include <set>

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

struct Count {
    int rules = 0;
    int statements = 0;
    std::vector<std::string> unknown;

    double share() const { return 100.0 * static_cast<double>(unknown.size()) / statements; }
};

/// Of the tables that nft's reader made, or of the others.
Count count(const Ruleset &ruleset, bool nft)
{
    Count all;
    for (const auto &table : ruleset.tables()) {
        for (const auto &chain : table.chains) {
            if ((table.backend == "nft") != nft) {
                continue;
            }
            for (const auto &rule : chain.rules) {
                ++all.rules;
                all.statements += static_cast<int>(rule.statements.size());
                for (const auto &statement : rule.statements) {
                    if (const auto *match = std::get_if<UnknownMatch>(&statement)) {
                        all.unknown.push_back(match->text);
                    } else if (const auto *opaque = std::get_if<UnknownStatement>(&statement)) {
                        all.unknown.push_back(opaque->text);
                    }
                }
            }
        }
    }
    return all;
}

} // namespace

TEST_CASE("of what real tools set up, next to nothing is unknown")
{
    const bool nft = GENERATE(false, true);
    Count all;
    for (const auto &name : recordedNames()) {
        const auto one = count(readRecorded(name), nft);
        if (one.rules == 0) {
            continue;
        }
        std::cout << std::setw(24) << std::left << name << std::right << std::setw(6) << one.rules << " rules" << std::setw(7)
                  << one.statements << " statements" << std::setw(5) << one.unknown.size() << " unknown\n";
        for (const auto &text : std::set<std::string>(one.unknown.begin(), one.unknown.end())) {
            std::cout << "    " << text << '\n';
        }
        // The two rulesets of 5,000 rules would hide what the others do not understand.
        if (name.rfind("many-", 0) != 0) {
            all.rules += one.rules;
            all.statements += one.statements;
            all.unknown.insert(all.unknown.end(), one.unknown.begin(), one.unknown.end());
        } else {
            CHECK(one.rules > 4900);
            CHECK(one.unknown.empty());
        }
    }
    std::cout << "without the rulesets of 5,000 rules: " << all.statements << " statements, " << all.unknown.size()
              << " unknown, " << std::setprecision(2) << all.share() << " %\n";
    CHECK(all.statements > (nft ? 1000 : 2000));
    CHECK(all.share() <= 0.5);
}

TEST_CASE("the recorded rulesets answer as their makers meant them")
{
    struct Asked {
        const char *name;
        Hook hook;
        const char *packet;
        Verdict verdict;
        const char *owner;
    };
    const auto each = GENERATE(values<Asked>({
        {"ufw-deny", Hook::Input, "iif=eth0 src=10.9.0.1 dst=10.9.0.10 proto=tcp sport=4000 dport=80", Verdict::Drop, ""},
        {"ufw-deny", Hook::Input, "iif=eth0 src=10.9.0.1 dst=10.9.0.10 proto=tcp sport=4000 dport=22", Verdict::Accept, "ufw"},
        {"ufw-deny", Hook::Input, "iif=eth0 src=10.9.0.1 dst=10.9.0.10 proto=icmp", Verdict::Accept, "ufw"},
        {"firewalld-block", Hook::Input, "iif=eth0 src=10.9.0.1 dst=10.9.0.10 proto=icmp ctstatus=0", Verdict::Reject,
         "firewalld"},
        {"firewalld-drop", Hook::Input, "iif=eth0 src=10.9.0.1 dst=10.9.0.10 proto=icmp ctstatus=0", Verdict::Drop, "firewalld"},
        {"firewalld-iptables", Hook::Input, "iif=eth0 src=10.9.0.66 dst=10.9.0.10 proto=icmp ctstatus=0", Verdict::Drop, ""},
        {"fail2ban-nftables", Hook::Input, "iif=eth0 src=10.9.0.77 dst=10.9.0.10 proto=tcp sport=4000 dport=22", Verdict::Reject,
         "fail2ban"},
        {"libvirt-isolated", Hook::Forward, "iif=virbr0 oif=eth0 src=192.168.122.10 dst=10.9.0.1 proto=icmp", Verdict::Reject,
         "libvirt"},
        {"docker", Hook::Forward, "iif=eth0 oif=docker0 src=10.9.0.1 dst=172.17.0.2 proto=icmp", Verdict::Drop, ""},
        {"docker", Hook::Forward, "iif=eth0 oif=docker0 src=10.9.0.1 dst=172.17.0.2 proto=tcp sport=4000 dport=80",
         Verdict::Accept, "docker"},
        {"libvirt-clean-traffic", Hook::BridgePrerouting,
         "iif=vnet0 src=192.168.122.11 dst=192.168.122.1 proto=icmp smac=52:54:00:09:00:20", Verdict::Drop, ""},
        {"libvirt-clean-traffic", Hook::BridgePrerouting,
         "iif=vnet0 src=192.168.122.10 dst=192.168.122.1 proto=icmp smac=52:54:00:09:00:20", Verdict::Accept, ""},
    }));
    INFO(each.name << ' ' << each.packet);
    const auto answer = walk(readRecorded(each.name), each.hook, packet(each.packet));
    INFO((answer.rule ? answer.rule->chain + ' ' + answer.rule->text : std::string("no rule")));
    for (const auto &open : answer.undecided) {
        UNSCOPED_INFO(open.rule.chain << ": " << open.expression << ": " << open.why);
    }
    CHECK(answer.verdict == each.verdict);
    if (each.owner[0] != '\0' && answer.rule) {
        CHECK(answer.rule->owner == each.owner);
    }
}
