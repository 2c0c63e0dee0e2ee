// SPDX-License-Identifier: GPL-3.0-or-later
// Makes a fault between two namespaces and lets a wizard inside the host's namespace find and mend it (inside_test.cpp).
#include "catch.h"

#include "lab.h"

#include <QByteArray>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

using namespace bothways::lab;

namespace {

Result wizardInside(const Pair &pair, const char *part)
{
    const auto self = std::filesystem::read_symlink("/proc/self/exe").string();
    return pair.host.run({"env", "BOTHWAYS_LAB_GUEST=" + pair.guest.name(), self, part}, {}, std::chrono::seconds(120));
}

void dropEcho(const Pair &pair)
{
    pair.guest.nft("table inet fw {\n"
                   "  chain input {\n"
                   "    type filter hook input priority 0; policy accept;\n"
                   "    ct state established,related accept\n"
                   "    icmp type echo-request drop\n"
                   "    tcp dport 22 accept\n"
                   "  }\n"
                   "}\n");
}

} // namespace

TEST_CASE("the wizard finds and mends a guest whose nft rule drops the echo request", "[wizard-lab]")
{
    require();
    const Pair pair;
    dropEcho(pair);
    REQUIRE_FALSE(pings(pair.host, Pair::guestAddress));
    const auto result = wizardInside(pair, "[guest-rule]");
    INFO(result.describe());
    CHECK(result.ok());
    CHECK(pings(pair.host, Pair::guestAddress));
}

TEST_CASE("the same in an X server, with mouse and keys", "[wizard-x11]")
{
    require();
    const auto *const language = GENERATE("en", "zh_CN");
    const Pair pair;
    dropEcho(pair);
    std::vector<std::string> command{"env", std::string("BOTHWAYS_VM=") + Pair::guestAddress,
                                     "BOTHWAYS_GUEST=ip netns exec " + pair.guest.name() + " sh -c", BOTHWAYS_X11_DRIVE};
    if (const auto *pictures = std::getenv("BOTHWAYS_PICTURES")) {
        command.insert(command.end(), {"--pictures", std::string(pictures) + '-' + language});
    }
    command.insert(command.end(), {"fault", language, BOTHWAYS_WIZARD});
    const auto result = pair.host.run(command, {}, std::chrono::seconds(150));
    INFO(result.describe());
    if (result.exitCode == 4) {
        skip("Xvfb, openbox, xdotool or the accessibility bus: " + result.out.substr(result.out.find(':') + 1));
    }
    CHECK(result.ok());
    CHECK(pings(pair.host, Pair::guestAddress));
}

TEST_CASE("the wizard finds and mends a wrong permanent neighbour of the host", "[wizard-lab]")
{
    require();
    const Pair pair;
    pair.host.must("ip neigh replace 10.9.0.10 lladdr 02:00:00:00:00:99 dev br0 nud permanent");
    REQUIRE_FALSE(pings(pair.host, Pair::guestAddress));
    const auto result = wizardInside(pair, "[host-neighbour]");
    INFO(result.describe());
    CHECK(result.ok());
    CHECK(pings(pair.host, Pair::guestAddress));
}

TEST_CASE("the wizard finds no fault where there is none", "[wizard-lab]")
{
    require();
    const Pair pair;
    const auto result = wizardInside(pair, "[healthy]");
    INFO(result.describe());
    CHECK(result.ok());
}

TEST_CASE("nothing blocks the wizard's window for 50 ms in a whole diagnosis", "[wizard-lab]")
{
    require();
    const Pair pair;
    dropEcho(pair);
    const auto result = wizardInside(pair, "[never-blocks]");
    INFO(result.describe());
    CHECK(result.ok());
}

TEST_CASE("a live run of the wizard is cancelled on every page", "[wizard-lab]")
{
    require();
    const Pair pair;
    dropEcho(pair);
    const auto result = wizardInside(pair, "[live-cancel]");
    INFO(result.describe());
    CHECK(result.ok());
}
