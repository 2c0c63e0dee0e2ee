// SPDX-License-Identifier: GPL-3.0-or-later
// What the command says to whoever called it.
#include "catch.h"

#include "cases.h"

using namespace bothways;
using namespace bothways::test;

namespace {

int statusOf(const evidence::Evidence &evidence) { return conclusion::exitStatus(conclusion::conclude(evidence)); }

} // namespace

TEST_CASE("exit status: 0 no fault, 1 fault, 3 could not measure")
{
    CHECK(statusOf(healthy()) == 0);
    CHECK(statusOf(guestDrops()) == 1);
    CHECK(statusOf(bothWays()) == 1);
    CHECK(statusOf({}) == 3);
    auto denied = healthy();
    denied.probes = {};
    denied.guest = test::denied<evidence::Guest>();
    CHECK(statusOf(denied) == 3);
    // A fault that nothing explains is still a fault.
    evidence::Evidence bare;
    bare.target.vmAddress = ip(vmAddress);
    bare.probes.echoes = {seen(echoes(vmAddress, hostAddress, evidence::EchoOutcome::Silence))};
    CHECK(statusOf(bare) == 1);
}
