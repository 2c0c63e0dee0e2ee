// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "helper/support.h"

#include <csignal>
#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

using namespace bothways;
using namespace bothways::lab;
using namespace std::chrono_literals;
using evidence::Access;
using privilege::Helper;

namespace {

net::IpAddress guest() { return *net::IpAddress::parse(Pair::guestAddress); }

std::string only(const tl::expected<privilege::RulesText, privilege::Problem> &rules)
{
    return rules && rules->nftables.isRead() ? rules->nftables.value.toStdString() : std::string();
}

void expectShutIn(const std::map<std::string, std::string> &status)
{
    CHECK(status.at("Uid") == "65534\t65534\t65534\t65534");
    CHECK(status.at("Gid") == "65534\t65534\t65534\t65534");
    CHECK(status.at("CapInh") == "0000000000000000");
    CHECK(status.at("CapPrm") == "0000000000003000"); // CAP_NET_ADMIN, CAP_NET_RAW
    CHECK(status.at("CapEff") == "0000000000003000");
    CHECK(status.at("CapAmb") == "0000000000000000");
    CHECK(status.at("NoNewPrivs") == "1");
    CHECK(status.at("Seccomp") == "2");
}

} // namespace

TEST_CASE("an ordinary user's program has no capability, the helper just two, and everything is read", "[rights]")
{
    require();
    const Installed installed;
    const Pair pair;
    pair.host.nft("table inet fw {\n chain in {\n type filter hook input priority 0; policy accept;\n"
                  " ip protocol icmp icmp type echo-request counter\n iifname \"br0\" meta mark 7 accept\n }\n}\n");
    const auto byRoot = pair.host.must("nft -j -a list ruleset");
    std::map<std::string, std::string> own;
    std::map<std::string, std::string> helpers;
    tl::expected<privilege::RulesText, privilege::Problem> rules;
    tl::expected<privilege::RulesText, privilege::Problem> again;
    evidence::Reading<evidence::NeighbourProbe> neighbour;
    privilege::Welcome abilities;
    asUser(pair.host, [&] {
        auto helper = Helper::start(installed.launch(), 5s);
        REQUIRE(helper.has_value());
        abilities = (*helper)->abilities();
        own = statusOf("thread-self");
        const auto running = helpersOf(::getpid());
        REQUIRE(running.size() == 1);
        helpers = statusOf(std::to_string(running.front()));
        rules = (*helper)->rules(10s, {});
        again = (*helper)->rules(10s, {});
        neighbour = (*helper)->neighbour(guest(), QStringLiteral("br0"), 2, 300ms, {});
    });
    CHECK(own.at("CapPrm") == "0000000000000000");
    CHECK(own.at("CapEff") == "0000000000000000");
    expectShutIn(helpers);
    CHECK(abilities.packets);
    CHECK(abilities.rules);
    CHECK(abilities.legacyNames);
    CHECK(only(rules) == byRoot);
    CHECK(only(again) == byRoot);
    CHECK((rules->ipTablesNames.isRead() || rules->ipTablesNames.access == Access::Absent));
    REQUIRE(neighbour.isRead());
    REQUIRE(neighbour.value.answers.size() == 2);
    CHECK(neighbour.value.answers.front().mac.toString() == Pair::guestMac);
    CHECK(helpersOf(::getpid()).empty());
}

TEST_CASE("started by root, as pkexec does, it leaves root behind", "[rights]")
{
    require();
    const Installed installed("");
    const Pair pair;
    std::map<std::string, std::string> status;
    pair.host.enter([&] {
        auto helper = Helper::start(installed.launch(), 5s);
        REQUIRE(helper.has_value());
        const auto running = helpersOf(::getpid());
        REQUIRE(running.size() == 1);
        status = statusOf(std::to_string(running.front()));
        CHECK((*helper)->rules(10s, {}).has_value());
        // Nothing is open but the stream, the nothing behind it, the lists of names and libnftables' socket.
        const auto files = std::filesystem::directory_iterator("/proc/" + std::to_string(running.front()) + "/fd");
        CHECK(std::distance(begin(files), end(files)) <= 6);
    });
    expectShutIn(status);
    CHECK(status.at("CapBnd") == "0000000000000000");
    CHECK(status.at("Groups").empty());
}

TEST_CASE("what the helper has no capability for it denies, and says so", "[rights]")
{
    require();
    const Pair pair;
    const Installed none("");
    const Installed raw("cap_net_raw=p");
    asUser(pair.host, [&] {
        auto helper = Helper::start(none.launch(), 5s);
        REQUIRE(helper.has_value());
        CHECK((*helper)->abilities() == privilege::Welcome{false, false, false, (*helper)->abilities().landlock});
        CHECK((*helper)->rules(5s, {})->nftables.access == Access::Denied);
        CHECK((*helper)->neighbour(guest(), QStringLiteral("br0"), 1, 100ms, {}).access == Access::Denied);
        helper = Helper::start(raw.launch(), 5s);
        REQUIRE(helper.has_value());
        CHECK((*helper)->rules(5s, {})->nftables.access == Access::Denied);
        CHECK((*helper)->rules(5s, {})->ipTablesNames.access == Access::Denied);
        CHECK((*helper)->neighbour(guest(), QStringLiteral("br0"), 1, 100ms, {}).isRead());
    });
}

TEST_CASE("the environment is not asked", "[rights]")
{
    require();
    const Installed installed;
    // libxtables would load code from this folder; the dynamic linker from that file.
    const auto result =
        run({"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env", "XTABLES_LIBDIR=" + installed.folder(),
             "LD_PRELOAD=" + installed.folder() + "/no.so", installed.helper()});
    CHECK(result.exitCode == 2); // no socket to speak over
    CHECK(result.err.find("bothways-helper: Bothways starts this program") != std::string::npos);
    CHECK(result.err.find("no.so") == std::string::npos);
    CHECK(run({installed.helper(), "argument"}).exitCode == 2);
}

TEST_CASE("a client that dies takes its helper with it, within a second", "[rights]")
{
    require();
    const Installed installed;
    const Pair pair;
    pid_t child = -1;
    pair.host.enter([&] {
        child = ::fork();
        if (child == 0) {
            const auto helper = Helper::start(installed.launch(), 5s);
            if (helper && (*helper)->ask(privilege::OpenCapture{96, false, 1, {}, {"br0"}})) {
                ::pause();
            }
            ::_exit(1);
        }
    });
    REQUIRE(child > 0);
    REQUIRE(eventually([&] { return helpersOf(child).size() == 1; }));
    const int helper = helpersOf(child).front();
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    const auto gone = [helper] {
        const auto now = statusOf(std::to_string(helper));
        return now.count("State") == 0 || now.at("State").front() == 'Z'; // it may wait for a new parent to notice
    };
    CHECK(eventually(gone, 1s));
}
