// SPDX-License-Identifier: GPL-3.0-or-later
// Remedies for iptables of both flavours, and for ufw, which writes it.
#include "catch.h"

#include "closed_remedy.h"

using namespace bothways;
using namespace bothways::lab;

TEST_CASE("iptables, legacy and nft: a rule in a jumped chain, and a policy")
{
    require();
    for (const std::string flavour : {"legacy", "nft"}) {
        INFO(flavour);
        const std::string program = "iptables-" + flavour;
        {
            const Pair pair;
            pair.guest.must(program + " -N 'odd;chain' && " + program + " -A INPUT -p icmp -j 'odd;chain' && " + program +
                            " -A 'odd;chain' -s 192.0.2.1 -j ACCEPT && " + program +
                            " -A 'odd;chain' -m comment --comment 'a b' -j DROP && " + program + " -A 'odd;chain' -j RETURN");
            proveAll(pair, diagnosisOf(diagnosis::Variant::GuestInputDropsRequest,
                                       ruleObject(facts::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8),
                                                  iptablesRule(flavour, "odd;chain", 2))));
        }
        const Pair pair;
        pair.guest.must(program + " -A INPUT -p tcp --dport 22 -j ACCEPT && " + program + " -P INPUT DROP");
        proveAll(pair, diagnosisOf(diagnosis::Variant::GuestInputDropsRequest,
                                   ruleObject(facts::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8),
                                              policyOf("iptables", "ip", "filter", "INPUT", flavour))));
    }
}

namespace {

/// /etc/ufw of one namespace alone: ip netns exec puts what is in /etc/netns/NAME over /etc.
class OwnUfw {
public:
    explicit OwnUfw(const Namespace &machine) : m_directory("/etc/netns/" + machine.name())
    {
        REQUIRE(run({"mkdir", "-p", m_directory}).ok());
        REQUIRE(run({"cp", "-a", "/etc/ufw", m_directory + "/ufw"}).ok());
    }
    ~OwnUfw() { run({"rm", "-rf", m_directory}); }
    OwnUfw(const OwnUfw &) = delete;
    OwnUfw &operator=(const OwnUfw &) = delete;

private:
    std::string m_directory;
};

} // namespace

TEST_CASE("ufw: a line of its own before.rules drops the echo, and outlives a reload")
{
    require();
    if (!run({"ufw", "version"}).ok()) {
        skip("ufw is not installed");
    }
    const Pair pair;
    const OwnUfw own(pair.guest);
    pair.guest.must("sed -i '/^-A ufw-before-input .*echo-request/s/ACCEPT/DROP/' /etc/ufw/before.rules && ufw --force enable");
    pair.guest.must("ufw reload"); // its first reload adds IPv6 limit rules that enabling leaves out, with or without us
    const std::string list = pair.guest.must("iptables -S ufw-before-input");
    int position = 0;
    for (std::size_t at = list.find("-A "); at != std::string::npos; at = list.find("-A ", at + 1)) {
        ++position;
        const auto line = list.substr(at, list.find('\n', at) - at);
        if (line.find("--icmp-type 8") != std::string::npos) {
            break;
        }
    }
    const std::string flavour = pair.guest.must("iptables --version").find("nf_tables") == std::string::npos ? "legacy" : "nft";
    auto rule = iptablesRule(flavour, "ufw-before-input", position);
    rule.owner = "ufw";
    const std::string rules = pair.guest.must("cat /etc/ufw/before.rules");
    const auto diagnosis =
        diagnosisOf(diagnosis::Variant::GuestInputDropsRequest,
                    ruleObject(facts::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8), std::move(rule)));
    CHECK(remedy::propose(diagnosis, facts::Case(evidenceOf())).size() == 2);
    proveAll(pair, diagnosis);
    CHECK(pair.guest.must("cat /etc/ufw/before.rules") == rules);
}
