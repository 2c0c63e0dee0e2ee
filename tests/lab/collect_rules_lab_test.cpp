// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "collect/linux/host.h"
#include "lab.h"

#include <QJsonDocument>

#include <algorithm>
#include <ctime>
#include <string>
#include <vector>

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace bothways;
using evidence::Access;

namespace {

evidence::NodeFacts read(const lab::Namespace &machine)
{
    evidence::NodeFacts facts;
    machine.enter([&] { facts = collect::readHost({}); });
    return facts;
}

const evidence::RulesetDump &dump(const std::vector<evidence::RulesetDump> &dumps, const char *format, const char *flavour)
{
    const auto found = std::find_if(dumps.begin(), dumps.end(), [&](const evidence::RulesetDump &one) {
        return one.format.word() == QLatin1String(format) && name(one.flavour) == QLatin1String(flavour);
    });
    static const evidence::RulesetDump none;
    return found != dumps.end() ? *found : none;
}

} // namespace

TEST_CASE("reading rules of a machine without any creates none")
{
    lab::require();
    const lab::Pair pair;
    const auto dumps = read(pair.guest).rulesets;
    CHECK(dump(dumps, "nft-json", "").text.isRead());
    CHECK(dump(dumps, "iptables-save", "legacy").text.access == Access::Absent);
    CHECK(dump(dumps, "ip6tables-save", "legacy").text.access == Access::Absent);
    CHECK(dump(dumps, "ebtables-save", "legacy").text.access == Access::Absent);
    CHECK(dumps.size() == 4);
    CHECK(pair.guest.must("nft list tables").empty());
    CHECK(pair.guest.must("cat /proc/net/ip_tables_names").empty());
}

TEST_CASE("nftables, iptables-nft and iptables-legacy rules are all read, each by its own tool")
{
    lab::require();
    const lab::Pair pair;
    pair.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy drop;\n"
                   " icmp type echo-request counter drop\n }\n}\n");
    pair.guest.must("iptables-nft -A INPUT -p icmp --icmp-type echo-request -m comment --comment 'a b' -j DROP");
    pair.guest.must("iptables-legacy -N ours && iptables-legacy -A INPUT -j ours && "
                    "iptables-legacy -A ours -p icmp --icmp-type 8 -j DROP");
    const std::string before = pair.guest.must("nft -a list ruleset");
    const auto facts = read(pair.guest);

    const auto &nft = dump(facts.rulesets, "nft-json", "");
    REQUIRE(nft.text.isRead());
    CHECK(QJsonDocument::fromJson(nft.text.value.toUtf8()) ==
          QJsonDocument::fromJson(QByteArray::fromStdString(pair.guest.must("nft -j -a list ruleset"))));
    const auto &overNft = dump(facts.rulesets, "iptables-save", "nft");
    REQUIRE(overNft.text.isRead());
    CHECK(overNft.text.value.contains(
        QLatin1String("[0:0] -A INPUT -p icmp -m icmp --icmp-type 8 -m comment --comment \"a b\" -j DROP")));
    const auto &legacy = dump(facts.rulesets, "iptables-save", "legacy");
    REQUIRE(legacy.text.isRead());
    CHECK(legacy.text.value.contains(QLatin1String("[0:0] -A ours -p icmp -m icmp --icmp-type 8 -j DROP")));
    CHECK_FALSE(legacy.text.value.contains(QLatin1String("a b")));
    CHECK(dump(facts.rulesets, "ip6tables-save", "legacy").text.access == Access::Absent);
    CHECK(pair.guest.must("nft -a list ruleset") == before);
}

TEST_CASE("a hand-made table named like one of iptables is not hidden behind an empty one")
{
    lab::require();
    const lab::Namespace machine("handmade");
    machine.nft("table ip filter {\n chain INPUT {\n type filter hook input priority 5; policy drop;\n }\n}\n");
    const auto dumps = read(machine).rulesets;
    CHECK(dump(dumps, "nft-json", "").text.value.contains(QLatin1String("\"policy\": \"drop\"")));
    CHECK_FALSE(dump(dumps, "iptables-save", "nft").text.value.contains(QLatin1String("*filter")));
}

TEST_CASE("five thousand rules are read in well under a second")
{
    lab::require();
    const lab::Namespace machine("many");
    std::string ruleset = "table inet big {\n chain input {\n type filter hook input priority 0;\n";
    for (int index = 0; index < 5000; ++index) {
        ruleset += " ip saddr 10." + std::to_string(index / 250) + "." + std::to_string(index % 250) + ".0/24 tcp dport " +
                   std::to_string(index + 1) + " counter drop\n";
    }
    machine.nft(ruleset + " }\n}\n");
    evidence::NodeSnapshot snapshot;
    timespec used{};
    machine.enter([&] {
        snapshot = collect::readSnapshot(true);
        // Of this thread, which is new and did nothing else: how busy the machine is does not count.
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    });
    REQUIRE(dump(snapshot.rulesets, "nft-json", "").text.isRead());
    CHECK(dump(snapshot.rulesets, "nft-json", "").text.value.count(QLatin1String("\"rule\"")) == 5000);
    CHECK(used.tv_sec == 0);
    CHECK(used.tv_nsec < 700'000'000);
}

TEST_CASE("without rights the rules are denied, with the reason, and the rest is read")
{
    lab::require();
    const lab::Pair pair;
    pair.host.must("iptables-legacy -A INPUT -j ACCEPT");
    evidence::NodeFacts facts;
    evidence::NodeSnapshot snapshot;
    pair.host.enter([&] {
        // The bare system calls change this thread only, and the threads that it starts.
        constexpr unsigned nobody = 65534;
        REQUIRE(syscall(SYS_setgroups, 0, nullptr) == 0);
        REQUIRE(syscall(SYS_setresgid, nobody, nobody, nobody) == 0);
        REQUIRE(syscall(SYS_setresuid, nobody, nobody, nobody) == 0);
        facts = collect::readHost({{net::IpAddress::parse(lab::Pair::guestAddress).value(), {}}});
        snapshot = collect::readSnapshot(true);
    });
    prctl(PR_SET_DUMPABLE, 1); // which the change of user took from the whole process
    for (const auto &one : {facts.rulesets, snapshot.rulesets}) {
        CHECK(dump(one, "nft-json", "").text.access == Access::Denied);
        CHECK(dump(one, "nft-json", "").text.problem.contains(QLatin1String("CAP_NET_ADMIN")));
        CHECK(dump(one, "iptables-save", "legacy").text.access == Access::Denied);
        CHECK_FALSE(dump(one, "iptables-save", "legacy").text.problem.isEmpty());
    }
    CHECK(facts.links.isRead());
    CHECK(facts.addresses.isRead());
    CHECK(facts.routes.isRead());
    CHECK(facts.policyRules.isRead());
    CHECK(facts.neighbours.isRead());
    CHECK(facts.fdb.isRead());
    CHECK(facts.sysctls.isRead());
    CHECK(facts.counters.isRead());
    CHECK(facts.managers.isRead());
    CHECK(facts.routeAnswers.at(0).value.interface == QLatin1String("br0"));
    CHECK(snapshot.counters.isRead());
    CHECK(snapshot.neighbours.isRead());
    CHECK_FALSE(facts.fdb.value.empty());
}
