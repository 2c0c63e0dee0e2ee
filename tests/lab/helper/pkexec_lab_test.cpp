// SPDX-License-Identifier: GPL-3.0-or-later
// The way through pkexec(1), with a polkitd that answers instead of a person (with_polkit).
#include "catch.h"

#include "evidence/session_file.h"
#include "helper/support.h"

#include <QString>

using namespace bothways::lab;
namespace evidence = bothways::evidence;

namespace {

struct Diagnosed {
    int exitCode = -1;
    evidence::Evidence evidence;
};

Diagnosed diagnose(const Namespace &machine, const Installed &installed, const char *answer)
{
    const auto saved = installed.folder() + "/saved.bothways";
    const auto result = machine.run({BOTHWAYS_WITH_POLKIT, BOTHWAYS_POLICY, installed.folder(), answer, "setpriv",
                                     "--reuid=65534", "--regid=65534", "--clear-groups", installed.cli(), "diagnose", "--vm",
                                     Pair::guestAddress, "--ask-rights", "--save", saved},
                                    {}, std::chrono::seconds(90));
    INFO(result.describe());
    if (result.exitCode == 4) {
        skip(result.err);
    }
    auto loaded = evidence::load(QString::fromStdString(saved));
    REQUIRE(loaded.has_value());
    return {result.exitCode, std::move(*loaded)};
}

void dropOnOutput(const Namespace &host)
{
    host.nft("table inet fw {\n chain out {\n type filter hook output priority 0; policy accept;\n"
             " ip daddr 10.9.0.10 icmp type echo-request counter drop\n }\n}\n");
}

} // namespace

TEST_CASE("pkexec starts the helper where polkit says yes: an ordinary user reads the rules", "[pkexec]")
{
    require();
    const Installed installed("");
    const Pair pair;
    dropOnOutput(pair.host);
    const auto [exitCode, seen] = diagnose(pair.host, installed, "yes");
    CHECK(exitCode == 1); // the fault was found
    const auto &rights = seen.rights.value;
    INFO(rights.helperProblem.toStdString());
    CHECK(rights.effectiveUser == 65534);
    CHECK(rights.helped);
    CHECK(rights.administration);
    CHECK(rights.rawSockets);
    CHECK(seen.host.value.rulesets.size() >= 1);
    REQUIRE_FALSE(seen.probes.echoes.empty());
    CHECK(seen.probes.echoes.front().value.method == evidence::ProbeMethod::HelperRawSocket);
}

TEST_CASE("where polkit says no the diagnosis goes on without rights, and says so", "[pkexec]")
{
    require();
    const Installed installed("");
    const Pair pair;
    const auto [exitCode, seen] = diagnose(pair.host, installed, "no");
    const auto &rights = seen.rights.value;
    CHECK_FALSE(rights.helped);
    CHECK_FALSE(rights.administration);
    INFO(rights.helperProblem.toStdString());
    CHECK(rights.helperProblem.contains(QStringLiteral("were not granted")));
    REQUIRE_FALSE(seen.probes.echoes.empty());
    CHECK(seen.probes.echoes.front().value.received() > 0); // by the ping program
}
