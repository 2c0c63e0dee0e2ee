// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "filter/model/match.h"
#include "filter/ruleset.h"
#include "lab.h"

#include <fstream>
#include <iostream>
#include <sstream>

using namespace bothways;
using namespace bothways::filter;

namespace {

/// One place in the way of a ping where every form of comparison is tried on the one packet that comes by.
struct Spot {
    const lab::Namespace &machine;
    const char *family;
    const char *hook;
    const char *device; ///< of netdev
    Hook where;
    bool request;
    Packet packet;
};

std::vector<std::string> linesOf(std::string_view name)
{
    std::ifstream file(std::string(BOTHWAYS_TEST_DATA) + "/filter/" + std::string(name));
    REQUIRE(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    return lines;
}

/// The chain "matches" of forms.nft, without what needs named sets, and forms.list, whose lines hold somewhere.
std::vector<std::string> forms()
{
    auto all = linesOf("forms.list");
    bool inside = false;
    for (const auto &line : linesOf("forms.nft")) {
        inside = line == "\tchain matches {" || (inside && line != "\t}");
        const auto set = line.find('@');
        const bool named = set != std::string::npos && line.compare(set + 2, 1, "h") != 0 && line.compare(set + 1, 2, "ll") != 0;
        if (inside && line.starts_with("\t\t") && !line.starts_with("\t\ttype") && !named) {
            all.push_back(line.substr(2));
        }
    }
    return all;
}

/// Rules that nft or this kernel refuses at that hook are left out by nft itself: each is a transaction of its own.
void load(const Spot &spot, bool v4, const std::vector<std::string> &expressions)
{
    const auto table = std::string(spot.family) + " sweep";
    const auto device = *spot.device == '\0' ? std::string{} : std::string(" device \"") + spot.device + '"';
    const std::string packet = std::string(v4 ? "icmp" : "icmpv6") + " type " + (spot.request ? "echo-request" : "echo-reply");
    std::ostringstream input;
    input << "flush ruleset\n"
          << "add table " << table << '\n'
          << "add chain " << table << " forms\n"
          << "add chain " << table << " base { type filter hook " << spot.hook << device << " priority -50; }\n"
          << "add rule " << table << " base " << packet << " jump forms\n"
          << "add rule " << table << " forms counter\n";
    for (const auto &expression : expressions) {
        input << "add rule " << table << " forms " << expression << " counter\n";
    }
    (void)spot.machine.run({"nft", "-i"}, input.str());
}

Truth holds(const Rule &rule, const View &view)
{
    auto all = Truth::Yes;
    for (const auto &statement : rule.statements) {
        const auto *match = std::get_if<Match>(&statement);
        const auto one = match == nullptr ? Truth::Unknown : filter::holds(*match, view);
        if (one == Truth::No) {
            return one;
        }
        all = one == Truth::Unknown ? one : all;
    }
    return all;
}

struct Score {
    int known = 0;
    int yes = 0;
    int unknown = 0;
};

void compare(const Spot &spot, Score &score)
{
    Ruleset rules;
    REQUIRE(rules.addNftJson(spot.machine.must("nft -j list ruleset")));
    const auto &table = rules.tables().front();
    const auto &chain = table.chains.at(table.chainIndex.find("forms")->second);
    REQUIRE(chain.rules.front().packets == 1);
    REQUIRE(chain.rules.size() > 100);
    const View view{spot.packet, spot.where, spot.packet.ct, spot.packet.mark, {}, table.protocolFamily()};
    for (const auto &rule : chain.rules) {
        const auto truth = holds(rule, view);
        if (truth == Truth::Unknown) {
            ++score.unknown;
            continue;
        }
        ++score.known;
        score.yes += truth == Truth::Yes ? 1 : 0;
        INFO(spot.family << ' ' << spot.hook << ' ' << spot.device << ": " << rule.text);
        CHECK(rule.packets == (truth == Truth::Yes ? 1 : 0));
    }
}

/// Over the wire between the pair's host and guest, as one of the two sees it.
Packet echo(bool v4, bool request, bool fromHost)
{
    Packet packet;
    const auto host = net::IpAddress::parse(v4 ? lab::Pair::hostAddress : lab::Pair::hostAddress6);
    const auto guest = net::IpAddress::parse(v4 ? lab::Pair::guestAddress : lab::Pair::guestAddress6);
    packet.source = fromHost ? *host : *guest;
    packet.destination = fromHost ? *guest : *host;
    packet.protocol = v4 ? 1 : 58;
    packet.icmpType = v4 ? (request ? 8 : 0) : (request ? 128 : 129);
    packet.icmpCode = 0;
    packet.length = v4 ? 84 : 104;
    packet.ct = request ? CtState::New : CtState::Established;
    packet.sourceMac = net::MacAddress::parse(fromHost ? lab::Pair::hostMac : lab::Pair::guestMac);
    packet.destinationMac = net::MacAddress::parse(fromHost ? lab::Pair::guestMac : lab::Pair::hostMac);
    return packet;
}

/// The host pings the guest: the request leaves through br0 and its port vnet0, the reply comes back the same way.
std::vector<Spot> spots(const lab::Pair &pair, bool v4)
{
    auto in = echo(v4, true, true);
    in.inputInterface = "eth0";
    auto out = echo(v4, false, false);
    out.outputInterface = "eth0";
    auto sent = echo(v4, true, true);
    sent.outputInterface = lab::Pair::bridgeName;
    sent.outputPort = lab::Pair::port;
    auto back = echo(v4, false, false);
    back.inputInterface = lab::Pair::bridgeName;
    back.inputPort = lab::Pair::port;
    auto onPort = back;
    onPort.inputInterface = lab::Pair::port;
    onPort.inputPort.clear();
    auto fromPort = sent;
    fromPort.outputInterface = lab::Pair::port;
    fromPort.outputPort.clear();
    return {
        {pair.guest, "inet", "prerouting", "", Hook::Prerouting, true, in},
        {pair.guest, "inet", "input", "", Hook::Input, true, in},
        {pair.guest, "inet", "output", "", Hook::Output, false, out},
        {pair.guest, "inet", "postrouting", "", Hook::Postrouting, false, out},
        {pair.guest, v4 ? "ip" : "ip6", "input", "", Hook::Input, true, in},
        {pair.host, "inet", "output", "", Hook::Output, true, sent},
        {pair.host, "bridge", "output", "", Hook::BridgeOutput, true, sent},
        {pair.host, "bridge", "postrouting", "", Hook::BridgePostrouting, true, sent},
        {pair.host, "bridge", "prerouting", "", Hook::BridgePrerouting, false, back},
        {pair.host, "bridge", "input", "", Hook::BridgeInput, false, back},
        {pair.host, "netdev", "ingress", lab::Pair::port, Hook::Ingress, false, onPort},
        {pair.host, "netdev", "ingress", lab::Pair::bridgeName, Hook::Ingress, false, back},
        {pair.host, "netdev", "egress", lab::Pair::port, Hook::Egress, true, fromPort},
        {pair.host, "inet", "input", "", Hook::Input, false, back},
    };
}

} // namespace

TEST_CASE("every form of comparison holds for a ping where it does in the kernel, at every hook")
{
    lab::require();
    const bool v4 = GENERATE(true, false);
    lab::PairOptions options;
    options.ipv6 = true;
    const lab::Pair pair(options);
    const auto expressions = forms();
    const auto *const to = v4 ? lab::Pair::guestAddress : lab::Pair::guestAddress6;
    REQUIRE(lab::eventually([&] { return lab::pings(pair.host, to); }));
    Score score;
    for (const auto &spot : spots(pair, v4)) {
        load(spot, v4, expressions);
        REQUIRE(lab::pings(pair.host, to));
        compare(spot, score);
        spot.machine.must("nft flush ruleset");
    }
    std::cout << score.known << " comparisons as the kernel made them, " << score.yes << " of them held; " << score.unknown
              << " that a packet does not determine\n";
    CHECK(score.yes > 200);
    CHECK(score.unknown * 4 < score.known);
}
