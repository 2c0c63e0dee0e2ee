// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "lab.h"

#include <csignal>
#include <iostream>
#include <stdexcept>

#include <unistd.h>

using namespace bothways;

TEST_CASE("the standard pair reaches both ways, IPv6 too, and leaves nothing behind")
{
    lab::require();
    std::string hostName;
    {
        const lab::Pair pair({true, true});
        hostName = pair.host.name();
        CHECK(lab::pings(pair.host, lab::Pair::guestAddress));
        CHECK(lab::pings(pair.guest, lab::Pair::hostAddress));
        CHECK(lab::pings(pair.host, lab::Pair::secondAddress));
        CHECK(lab::pings(pair.host, lab::Pair::guestAddress6));
        CHECK(lab::pings(*pair.second, lab::Pair::hostAddress6));
    }
    CHECK(lab::run({"ip", "netns", "list"}).out.find(hostName) == std::string::npos);
}

TEST_CASE("a program's output, input, exit code and deadline come through")
{
    lab::require();
    const lab::Namespace machine("tools");
    const auto both = machine.sh("echo out; echo err >&2; exit 3");
    CHECK(both.out == "out\n");
    CHECK(both.err == "err\n");
    CHECK(both.exitCode == 3);
    CHECK(machine.run({"cat"}, "given").out == "given");
    CHECK(machine.run({"cat"}, std::string(300000, 'x')).out.size() == 300000);
    const auto slow = machine.sh("sleep 60", std::chrono::milliseconds(100));
    CHECK(slow.timedOut);
    CHECK(machine.sh("sleep 60 & echo started").out == "started\n");
    CHECK_THROWS(machine.must("false"));
}

TEST_CASE("the configuration tells a change and its undoing")
{
    lab::require();
    const lab::Pair pair;
    const auto before = lab::configuration(pair.guest);
    pair.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy accept;\n"
                   " icmp type echo-request counter drop\n }\n}\n");
    pair.guest.must("ip neigh replace 10.9.0.77 lladdr 52:54:00:00:00:77 dev eth0 nud permanent");
    CHECK_FALSE(lab::pings(pair.host, lab::Pair::guestAddress));
    CHECK(lab::configuration(pair.guest) != before);
    pair.guest.must("nft delete table inet fw && ip neigh del 10.9.0.77 dev eth0");
    CHECK(lab::configuration(pair.guest) == before);
}

TEST_CASE("dies with a machine on its hands", "[.dies]")
{
    const lab::Namespace machine("orphan");
    std::cout << machine.name() << std::endl;
    const auto process = machine.start({"sleep", "60"});
    std::raise(SIGKILL);
}

TEST_CASE("what dies with SIGKILL is cleaned up as well")
{
    lab::require();
    const auto victim = lab::run({"/proc/self/exe", "[.dies]"});
    CHECK(victim.exitCode == 128 + SIGKILL);
    const auto start = victim.out.find("bw-lab-"); // after Catch's own line
    REQUIRE(start != std::string::npos);
    const auto name = victim.out.substr(start, victim.out.find('\n', start) - start);
    CHECK(lab::eventually([&] { return lab::run({"ip", "netns", "list"}).out.find(name) == std::string::npos; }));
}

TEST_CASE("a background program ends with its object")
{
    lab::require();
    const lab::Namespace machine("background");
    int pid = -1;
    {
        const auto process = machine.start({"sleep", "60"});
        pid = process.pid();
        CHECK(process.running());
    }
    CHECK(::kill(pid, 0) == -1);
}

TEST_CASE("a thread that entered sees the namespace's own sockets and sysctls")
{
    lab::require();
    const lab::Namespace machine("enter");
    machine.setSysctl("net.ipv4.icmp_echo_ignore_all", "1");
    const auto inside = machine.must("readlink /proc/self/ns/net");
    machine.enter([&] {
        std::string link(64, '\0');
        const auto size = ::readlink("/proc/thread-self/ns/net", link.data(), link.size());
        REQUIRE(size > 0);
        link.resize(static_cast<std::size_t>(size));
        CHECK(link + '\n' == inside);
    });
    CHECK_THROWS_WITH(machine.enter([] { throw std::runtime_error("comes out"); }), "comes out");
}
