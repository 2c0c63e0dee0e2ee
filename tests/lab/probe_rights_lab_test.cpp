// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "lab.h"
#include "probe/linux/echo_ladder.h"
#include "probe/linux/neighbour/neighbour_probe.h"
#include "probe/linux/rights_probe.h"

#include <chrono>
#include <functional>

#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bothways;
using namespace std::chrono_literals;
using evidence::Access;

namespace {

net::IpAddress guest() { return *net::IpAddress::parse(lab::Pair::guestAddress); }

probe::EchoPlan threeEchoes()
{
    probe::EchoPlan plan;
    plan.target = guest();
    plan.count = 3;
    plan.interval = 20ms;
    plan.timeout = 2s; // a busy machine may be late; no reply that is missing is waited for here
    return plan;
}

} // namespace

TEST_CASE("an unprivileged process: ping socket where the group may, else the ping program, else Denied with every reason")
{
    lab::require();
    const lab::Pair pair;
    const auto asNobody = [&](const std::function<bool()> &check) {
        bool passed = false;
        pair.host.enter([&] {
            const auto child = ::fork();
            if (child == 0) {
                const bool dropped = ::setgroups(0, nullptr) == 0 && ::setresgid(65534, 65534, 65534) == 0 &&
                                     ::setresuid(65534, 65534, 65534) == 0;
                ::_exit(dropped && check() ? 0 : 1);
            }
            int status = -1;
            ::waitpid(child, &status, 0);
            passed = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        });
        return passed;
    };
    const auto method = [](evidence::ProbeMethod wanted) {
        return [wanted] {
            const auto reading = probe::echo(threeEchoes(), {});
            return reading.isRead() && reading.value.method == wanted && reading.value.received() == 3;
        };
    };
    CHECK(asNobody([] {
        const auto rights = probe::rights().value;
        return rights.effectiveUser == 65534 && !rights.rawSockets && !rights.administration && !rights.pingSocket &&
               rights.pingProgram && rights.pingGroupRange == QStringLiteral("1 0");
    }));
    CHECK(asNobody(method(evidence::ProbeMethod::PingProgram)));
    CHECK(asNobody([] { return probe::neighbour(guest(), QStringLiteral("br0"), 1, 100ms, {}).access == Access::Denied; }));
    CHECK(asNobody([] {
        // No new privileges: the file capability of the ping program is not granted either.
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        const auto reading = probe::echo(threeEchoes(), {});
        return reading.access == Access::Denied && reading.problem.contains(QStringLiteral("ping_group_range")) &&
               reading.problem.contains(QStringLiteral("CAP_NET_RAW")) &&
               reading.problem.contains(QStringLiteral("/usr/bin/ping"));
    }));
    pair.host.setSysctl("net.ipv4.ping_group_range", "0 2147483647");
    CHECK(asNobody(method(evidence::ProbeMethod::PingSocket)));
}

TEST_CASE("root's rights are those the kernel grants")
{
    lab::require();
    const lab::Namespace machine("rights");
    evidence::Rights rights;
    machine.enter([&] { rights = probe::rights().value; });
    CHECK(rights.effectiveUser == 0);
    CHECK(rights.rawSockets);
    CHECK(rights.administration);
    CHECK_FALSE(rights.pingSocket); // a new namespace allows no group
}
