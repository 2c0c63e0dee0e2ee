// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "filter/model.h"
#include "filter_lab_generator.h"
#include "lab.h"

#include <array>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <tuple>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace bothways;
using namespace bothways::filter;

namespace {

constexpr int rulesets = 24;
constexpr int packetsEach = 40;

void put16(std::vector<std::uint8_t> &bytes, std::size_t at, std::uint16_t value)
{
    bytes[at] = static_cast<std::uint8_t>(value >> 8);
    bytes[at + 1] = static_cast<std::uint8_t>(value);
}

void addAddress(std::vector<std::uint8_t> &bytes, const net::IpAddress &address)
{
    bytes.insert(bytes.end(), address.bytes().begin(), address.bytes().begin() + address.width() / 8);
}

/// RFC 1071 over the pseudo header and the segment.
std::uint16_t checksum(const Packet &packet, const std::vector<std::uint8_t> &segment)
{
    std::vector<std::uint8_t> all;
    if (packet.protocol != 1) {
        addAddress(all, packet.source);
        addAddress(all, packet.destination);
        const auto length = static_cast<std::uint16_t>(segment.size());
        for (const auto part : {length >> 8, length & 0xff, 0, packet.protocol}) {
            all.push_back(static_cast<std::uint8_t>(part));
        }
    }
    all.insert(all.end(), segment.begin(), segment.end());
    all.resize(all.size() + all.size() % 2);
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < all.size(); i += 2) {
        sum += static_cast<std::uint32_t>(all[i] << 8 | all[i + 1]);
    }
    while (sum >> 16 != 0) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return static_cast<std::uint16_t>(~sum);
}

std::vector<std::uint8_t> segmentOf(const Packet &packet, std::uint16_t echoId)
{
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(packet.length - (packet.destination.isV4() ? 20 : 40)));
    std::size_t checksumAt = 2;
    if (packet.protocol == 1 || packet.protocol == 58) {
        bytes[0] = static_cast<std::uint8_t>(*packet.icmpType);
        bytes[1] = static_cast<std::uint8_t>(*packet.icmpCode);
        put16(bytes, 4, echoId);
    } else {
        put16(bytes, 0, static_cast<std::uint16_t>(*packet.sourcePort));
        put16(bytes, 2, static_cast<std::uint16_t>(*packet.destinationPort));
        if (packet.protocol == 6) {
            bytes[12] = 0x50;
            bytes[13] = *packet.tcpFlags;
            put16(bytes, 14, 1024);
            checksumAt = 16;
        } else {
            put16(bytes, 4, static_cast<std::uint16_t>(bytes.size()));
            checksumAt = 6;
        }
    }
    put16(bytes, checksumAt, checksum(packet, bytes));
    return bytes;
}

/// The oracle tells packets apart by the IPv4 identification and the IPv6 flow label.
std::vector<std::uint8_t> wireOf(const Packet &packet, std::uint16_t number, std::uint16_t echoId)
{
    const auto segment = segmentOf(packet, echoId);
    std::vector<std::uint8_t> bytes;
    if (packet.destination.isV4()) {
        bytes.resize(12);
        bytes[0] = 0x45;
        put16(bytes, 2, static_cast<std::uint16_t>(packet.length));
        put16(bytes, 4, number);
        bytes[8] = static_cast<std::uint8_t>(packet.ttl);
        bytes[9] = static_cast<std::uint8_t>(packet.protocol);
    } else {
        bytes.resize(8);
        bytes[0] = 0x60;
        put16(bytes, 2, number);
        put16(bytes, 4, static_cast<std::uint16_t>(segment.size()));
        bytes[6] = static_cast<std::uint8_t>(packet.protocol);
        bytes[7] = static_cast<std::uint8_t>(packet.ttl);
    }
    addAddress(bytes, packet.source);
    addAddress(bytes, packet.destination);
    bytes.insert(bytes.end(), segment.begin(), segment.end());
    return bytes;
}

/// A drop at OUTPUT comes back as EPERM: the counters tell, not the result.
void send(const std::vector<Packet> &packets, int serial)
{
    const int v4 = ::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    const int v6 = ::socket(AF_INET6, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    for (std::size_t i = 0; i < packets.size(); ++i) {
        const auto &packet = packets[i];
        const auto wire = wireOf(packet, static_cast<std::uint16_t>(i + 1),
                                 static_cast<std::uint16_t>(serial * packetsEach + static_cast<int>(i)));
        if (packet.destination.isV4()) {
            sockaddr_in to{};
            to.sin_family = AF_INET;
            std::memcpy(&to.sin_addr, packet.destination.bytes().data(), 4);
            ::sendto(v4, wire.data(), wire.size(), 0, reinterpret_cast<const sockaddr *>(&to), sizeof to);
        } else {
            sockaddr_in6 to{};
            to.sin6_family = AF_INET6;
            std::memcpy(&to.sin6_addr, packet.destination.bytes().data(), 16);
            ::sendto(v6, wire.data(), wire.size(), 0, reinterpret_cast<const sockaddr *>(&to), sizeof to);
        }
    }
    ::close(v4);
    ::close(v6);
}

std::string oracle(Hook hook)
{
    std::string all = "table inet oracle {\n";
    for (const auto &[chain, priority] : {std::pair("first", -5000), std::pair("last", 5000)}) {
        all += std::string(" chain ") + chain + " {\n  type filter hook " + std::string(name(hook)) + " priority " +
               std::to_string(priority) + "; policy accept;\n";
        for (int i = 1; i <= packetsEach; ++i) {
            const auto device = std::string(hook == Hook::Input ? "iifname" : "oifname") + " \"eth0\" ";
            all += "  " + device + "ip id " + std::to_string(i) + " counter\n";
            all += "  " + device + "ip6 flowlabel " + std::to_string(i) + " counter\n";
        }
        all += "  counter\n }\n";
    }
    return all + " chain tracking {\n  ct state new counter\n }\n}\n";
}

struct Dumps {
    std::string nft;
    std::vector<std::tuple<std::string, net::Family, std::string>> xtables;
};

Dumps dump(const lab::Namespace &machine)
{
    Dumps dumps;
    dumps.nft = machine.must("nft -j list ruleset");
    for (const auto *flavour : {"legacy", "nft"}) {
        dumps.xtables.emplace_back(machine.must(std::string("iptables-") + flavour + "-save -c"), net::Family::v4, flavour);
        dumps.xtables.emplace_back(machine.must(std::string("ip6tables-") + flavour + "-save -c"), net::Family::v6, flavour);
    }
    return dumps;
}

Ruleset read(const Dumps &dumps)
{
    Ruleset rules;
    const auto nft = rules.addNftJson(dumps.nft);
    INFO((nft ? std::string{} : nft.error().message + ' ' + nft.error().path));
    REQUIRE(nft);
    for (const auto &[text, family, flavour] : dumps.xtables) {
        INFO(text);
        REQUIRE(rules.addIptablesSave(text, family, flavour));
    }
    return rules;
}

using Place = std::tuple<std::string, std::string, std::string, std::string, std::string, int>;

Place placeOf(const RuleRef &rule) { return {rule.backend, rule.flavour, rule.family, rule.table, rule.chain, rule.position}; }

/// Every rule's counter, but the oracle's.
std::map<Place, std::pair<std::int64_t, std::string>> counters(const Ruleset &rules)
{
    std::map<Place, std::pair<std::int64_t, std::string>> all;
    for (const auto &table : rules.tables()) {
        for (const auto &chain : table.chains) {
            for (std::size_t i = 0; table.name != "oracle" && i < chain.rules.size(); ++i) {
                all[{table.backend, table.flavour, table.family, table.name, chain.name, static_cast<int>(i) + 1}] = {
                    chain.rules[i].packets, chain.rules[i].text};
            }
        }
    }
    return all;
}

/// What the oracle's rule counted; the one behind all packets' rules counts everything.
std::int64_t counted(const Ruleset &rules, std::string_view chainName, std::size_t rule)
{
    for (const auto &table : rules.tables()) {
        const auto chain = table.chainIndex.find(chainName);
        if (table.name == "oracle" && chain != table.chainIndex.end()) {
            return table.chains[chain->second].rules.at(rule).packets;
        }
    }
    return 0;
}

void prepare(const lab::Pair &pair)
{
    pair.guest.must("ip neigh replace 10.9.0.1 lladdr 52:54:00:09:00:01 dev eth0 nud permanent;"
                    "for a in 2 77 200; do ip neigh replace 10.9.0.$a lladdr 52:54:00:09:00:01 dev eth0 nud permanent;"
                    " ip neigh replace fd09::$a lladdr 52:54:00:09:00:01 dev eth0 nud permanent; done;"
                    "ip neigh replace fd09::1 lladdr 52:54:00:09:00:01 dev eth0 nud permanent");
    pair.host.must("ip neigh replace 10.9.0.10 lladdr 52:54:00:09:00:10 dev br0 nud permanent;"
                   "ip neigh replace fd09::10 lladdr 52:54:00:09:00:10 dev br0 nud permanent");
}

void load(const lab::Namespace &guest, lab::Generator &generator, Hook hook)
{
    auto text = generator.nftRuleset();
    for (int i = 0; i < 50 && !guest.run({"nft", "-c", "-f", "-"}, text).ok(); ++i) {
        text = generator.nftRuleset(); // nft refuses a few combinations, say meta nfproto outside of inet
    }
    INFO(text);
    guest.must(
        "nft flush ruleset; for t in filter mangle; do for v in iptables ip6tables; do $v-legacy -t $t -F; $v-legacy -t $t -X;"
        " for c in INPUT OUTPUT; do $v-legacy -t $t -P $c ACCEPT; done; done; done");
    guest.nft(oracle(hook) + text);
    for (const auto *flavour : {"legacy", "nft"}) {
        if (generator.chance(50)) {
            const bool v4 = generator.chance(65);
            const auto rules = generator.xtablesRuleset(v4 ? net::Family::v4 : net::Family::v6);
            INFO(rules);
            const auto result = guest.run({std::string(v4 ? "iptables-" : "ip6tables-") + flavour + "-restore"}, rules);
            INFO(result.describe());
            REQUIRE(result.ok());
        }
    }
}

struct Score {
    int compared = 0;
    int dropped = 0;
    int undecided = 0;
    int paths = 0; ///< rulesets whose counters were compared rule by rule
};

void compare(const lab::Pair &pair, unsigned seed, int serial, Hook hook, Score &score)
{
    lab::Generator generator(seed + static_cast<unsigned>(serial), hook);
    load(pair.guest, generator, hook);
    const auto rules = read(dump(pair.guest));
    const auto packets = generator.packets(packetsEach, serial);
    (hook == Hook::Input ? pair.host : pair.guest).enter([&] { send(packets, serial); });
    ::usleep(30000);
    const auto after = read(dump(pair.guest));
    std::map<Place, std::int64_t> expected;
    bool pathsCount = true;
    std::int64_t arrived = 0;
    for (std::size_t i = 0; i < packets.size(); ++i) {
        const auto oracleRule = i * 2 + (packets[i].destination.isV4() ? 0 : 1);
        if (counted(after, "first", oracleRule) == 0) {
            continue;
        }
        ++arrived;
        const auto answer = walk(rules, hook, packets[i]);
        for (const auto &rule : answer.path) {
            ++expected[placeOf(rule)];
        }
        if (answer.verdict == Verdict::Undecided) {
            ++score.undecided;
            pathsCount = false;
            UNSCOPED_INFO("undecided: " << answer.undecided.front().rule.text << " because of " << answer.undecided.front().why);
            continue;
        }
        ++score.compared;
        const bool passed = counted(after, "last", oracleRule) > 0;
        score.dropped += passed ? 0 : 1;
        INFO("seed " << seed << " ruleset " << serial << " packet " << i << ' ' << packets[i].source.toString() << " > "
                     << packets[i].destination.toString() << " protocol " << packets[i].protocol << " decided by "
                     << (answer.rule ? answer.rule->text : "nothing"));
        CHECK(passed == (answer.verdict == Verdict::Accept));
    }
    // The kernel's own packets (neighbour discovery, group reports, error messages to ourselves) are counted by the rules, too.
    pathsCount = pathsCount && counted(after, "first", packetsEach * 2) == arrived;
    score.paths += pathsCount ? 1 : 0;
    for (const auto &[place, count] : counters(after)) {
        if (pathsCount && count.first >= 0) {
            INFO("seed " << seed << " ruleset " << serial << " rule " << std::get<1>(place) << ' ' << std::get<3>(place) << ' '
                         << std::get<4>(place) << ' ' << count.second);
            CHECK(count.first == expected[place]);
        }
    }
}

} // namespace

TEST_CASE("the walk answers as the kernel does")
{
    lab::require();
    const auto *given = std::getenv("BOTHWAYS_SEED");
    const unsigned seed = given != nullptr ? static_cast<unsigned>(std::stoul(given)) : std::random_device{}();
    std::cout << "BOTHWAYS_SEED=" << seed << '\n';
    lab::PairOptions options;
    options.ipv6 = true;
    const lab::Pair pair(options);
    prepare(pair);
    Score score;
    for (int i = 0; i < rulesets; ++i) {
        compare(pair, seed, i, i % 2 == 0 ? Hook::Input : Hook::Output, score);
    }
    std::cout << score.compared << " verdicts compared, " << score.dropped << " of them stopped, " << score.undecided
              << " undecided; rule by rule in " << score.paths << " rulesets\n";
    CHECK(score.compared > rulesets * packetsEach / 2);
    CHECK(score.undecided == 0);
    CHECK(score.paths > rulesets / 4);
}
