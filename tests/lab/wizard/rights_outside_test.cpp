// SPDX-License-Identifier: GPL-3.0-or-later
// An ordinary user's wizard with the helper beside it, on a fault that only somebody with rights can prove
// (rights_inside_test.cpp).
#include "catch.h"

#include "helper/support.h"

#include <chrono>
#include <filesystem>

using namespace bothways::lab;

namespace {

/// `before`: the command that starts what follows.
Result wizardInside(const Pair &pair, const Installed &installed, std::vector<std::string> before, const char *part)
{
    // The helper is looked for beside the program.
    const auto program = installed.folder() + "/wizard_lab_test";
    std::filesystem::copy("/proc/self/exe", program);
    before.insert(before.end(), {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "env",
                                 "HOME=" + installed.folder(), program, part});
    return pair.host.run(before, {}, std::chrono::seconds(120));
}

void dropOnOutput(const Pair &pair)
{
    pair.host.nft("table inet fw {\n chain out {\n type filter hook output priority 0; policy accept;\n"
                  " ip daddr 10.9.0.10 icmp type echo-request counter drop\n }\n}\n");
}

void expectPassed(const Result &result)
{
    INFO(result.describe());
    if (result.exitCode == 4) {
        skip(result.err);
    }
    CHECK(result.ok());
}

} // namespace

TEST_CASE("an ordinary user's wizard proves by its helper, and has no capability itself", "[wizard-rights]")
{
    require();
    const Installed installed;
    const Pair pair;
    dropOnOutput(pair);
    expectPassed(wizardInside(pair, installed, {"env"}, "[helper-beside]"));
}

TEST_CASE("Unlock starts the helper through pkexec, and the wizard still has no capability", "[wizard-rights]")
{
    require();
    const Installed installed("");
    const Pair pair;
    dropOnOutput(pair);
    expectPassed(
        wizardInside(pair, installed, {BOTHWAYS_WITH_POLKIT, BOTHWAYS_POLICY, installed.folder(), "yes"}, "[unlock-granted]"));
}

TEST_CASE("Unlock that polkit refuses says so, and nothing else changes", "[wizard-rights]")
{
    require();
    const Installed installed("");
    const Pair pair;
    expectPassed(
        wizardInside(pair, installed, {BOTHWAYS_WITH_POLKIT, BOTHWAYS_POLICY, installed.folder(), "no"}, "[unlock-refused]"));
}
