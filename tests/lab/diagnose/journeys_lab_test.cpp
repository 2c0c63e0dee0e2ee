// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "diagnose/closed_loop.h"
#include "diagnose/tagged_pings.h"

#include "evidence/session_file.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <functional>
#include <map>

using namespace bothways::lab;

/// Where packets die, as captures during a diagnosis see it, for faults of the real kernel; and what is said when a point is
/// missing.
namespace {

using Picks = std::function<bool(const QJsonObject &)>;

QString word(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toString(); }

/// "br0 > vnet0 request", with how often; of the journeys that are picked.
std::map<std::string, int> losses(const QJsonObject &json, const Picks &picks)
{
    std::map<std::string, int> counted;
    for (const auto &value : json.value(QLatin1String("journeys")).toArray()) {
        const auto journey = value.toObject();
        if (!picks(journey) || word(journey, "end") == QLatin1String("open")) {
            continue;
        }
        const auto between = journey.value(QLatin1String("lost_between")).toArray();
        const auto key = between.isEmpty() ? word(journey, "end")
                                           : between.at(0).toString() + QLatin1String(" > ") + between.at(1).toString() +
                                                 QLatin1Char(' ') + word(journey, "lost");
        ++counted[key.toStdString()];
    }
    return counted;
}

bool isOurEcho(const QJsonObject &journey)
{
    return word(journey, "kind") == QLatin1String("echo") && journey.value(QLatin1String("ours")).toBool();
}

bool isSeenWith(const QJsonObject &journey, const std::function<bool(const QJsonObject &)> &how)
{
    const auto points = journey.value(QLatin1String("points")).toArray();
    return std::any_of(points.begin(), points.end(), [&](const auto &point) { return how(point.toObject()); });
}

/// All that were picked ended in this way, and there were some.
void checkLost(const Diagnosed &diagnosed, const std::string &expected, const Picks &picks = isOurEcho, int atLeast = 8)
{
    const auto counted = losses(diagnosed.json, picks);
    std::string all;
    for (const auto &[where, count] : counted) {
        all += where + ": " + std::to_string(count) + "\n";
    }
    INFO(all << diagnosed.result.err);
    REQUIRE(counted.contains(expected));
    CHECK(counted.at(expected) >= atLeast);
    CHECK(counted.size() == 1);
}

/// The same run as if nobody had captured at that point.
Diagnosed without(const Diagnosed &diagnosed, const char *point)
{
    const auto session = bothways::evidence::fromBytes(diagnosed.session); // a large one is compressed
    REQUIRE(session);
    auto document = QJsonDocument::fromJson(bothways::evidence::toJson(*session)).object();
    auto evidence = document.value(QLatin1String("evidence")).toObject();
    auto captures = evidence.value(QLatin1String("captures")).toObject();
    auto value = captures.value(QLatin1String("value")).toObject();
    auto points = value.value(QLatin1String("points")).toArray();
    int index = -1;
    for (int i = 0; i < points.size(); ++i) {
        auto one = points.at(i).toObject();
        if (word(one, "name") == QLatin1String(point)) {
            one.insert(QLatin1String("opened"), false);
            points.replace(i, one);
            index = i;
        }
    }
    REQUIRE(index >= 0);
    auto journeys = value.value(QLatin1String("journeys")).toArray();
    QJsonArray left;
    for (const auto &each : journeys) {
        auto journey = each.toObject();
        QJsonArray sightings;
        for (const auto &sighting : journey.value(QLatin1String("sightings")).toArray()) {
            if (sighting.toObject().value(QLatin1String("point")).toInt() != index) {
                sightings.append(sighting);
            }
        }
        journey.insert(QLatin1String("sightings"), sightings);
        if (!sightings.isEmpty()) {
            left.append(journey);
        }
    }
    value.insert(QLatin1String("points"), points);
    value.insert(QLatin1String("journeys"), left);
    captures.insert(QLatin1String("value"), value);
    evidence.insert(QLatin1String("captures"), captures);
    document.insert(QLatin1String("evidence"), evidence);
    return replay(QJsonDocument(document).toJson());
}

/// A table with one chain of one rule.
std::string chain(const std::string &family, const std::string &hook, const std::string &rule, const std::string &type = "filter")
{
    return "table " + family + " " + type + "_" + hook + " {\n chain only {\n  type " + type + " hook " + hook +
           " priority 0;\n  " + rule + "\n }\n}\n";
}

} // namespace

TEST_CASE("journeys: the guest drops the request, or its reply: beyond the tap nothing tells which", "[journeys]")
{
    require();
    const Pair pair;
    SECTION("request") { pair.guest.nft(chain("inet", "input", "icmp type echo-request drop")); }
    SECTION("reply") { pair.guest.nft(chain("inet", "output", "icmp type echo-reply drop")); }
    const auto diagnosed = diagnose(pair);
    checkLost(diagnosed, "vnet0 > guest not-decidable");
    checkLost(without(diagnosed, "vnet0"), "br0 > guest not-decidable");
    checkLost(without(diagnosed, "br0"), "vnet0 > guest not-decidable");
}

TEST_CASE("journeys: the host's own filter drops the request", "[journeys]")
{
    require();
    const Pair pair;
    pair.host.nft(chain("inet", "output", "icmp type echo-request drop"));
    checkLost(diagnose(pair), "host > br0 request");
}

TEST_CASE("journeys: the host's own filter drops the reply", "[journeys]")
{
    require();
    const Pair pair;
    pair.host.nft(chain("inet", "input", "icmp type echo-reply drop"));
    const auto diagnosed = diagnose(pair);
    checkLost(diagnosed, "br0 > host reply");
    checkLost(without(diagnosed, "br0"), "vnet0 > host reply");
}

TEST_CASE("journeys: an ebtables rule drops the request between bridge and port", "[journeys]")
{
    require();
    const Pair pair;
    pair.host.must("ebtables-nft -A OUTPUT -p IPv4 --ip-protocol icmp --ip-icmp-type echo-request -j DROP");
    const auto diagnosed = diagnose(pair);
    checkLost(diagnosed, "br0 > vnet0 request");
    checkLost(without(diagnosed, "vnet0"), "br0 > guest not-decidable");
}

TEST_CASE("journeys: an nft rule of the bridge drops the reply by its MAC", "[journeys]")
{
    require();
    const Pair pair;
    pair.host.nft(chain("bridge", "input", std::string("ether saddr ") + Pair::guestMac + " icmp type echo-reply drop"));
    const auto diagnosed = diagnose(pair);
    checkLost(diagnosed, "vnet0 > br0 reply");
    checkLost(without(diagnosed, "vnet0"), "br0 > guest not-decidable");
    checkLost(without(diagnosed, "br0"), "vnet0 > host reply");
}

TEST_CASE("journeys: behind macvtap the host's ARP request goes out and is answered by nobody", "[journeys]")
{
    require();
    const Pair pair;
    const Namespace wire("wire");
    connect(pair.host, "lan0", wire, "eth0");
    pair.host.address("lan0", "10.7.0.1/24");
    // macvlan is what macvtap is made of, with the guest's end in its namespace instead of in a file.
    pair.host.must("ip link add link lan0 name mv0 netns " + pair.guest.name() + " type macvlan mode bridge");
    pair.guest.must("ip link set mv0 up && ip addr add 10.7.0.10/24 dev mv0");
    HowToDiagnose how;
    how.vm = "10.7.0.10";
    how.reportPings = "10.7.0.1";
    const auto diagnosed = diagnose(pair, how);
    const auto asks = [](const char *address) {
        return [address](const QJsonObject &journey) {
            return word(journey, "kind") == QLatin1String("arp") && word(journey, "to") == QLatin1String(address);
        };
    };
    checkLost(diagnosed, "lan0 > guest not-decidable", asks("10.7.0.10"), 2);
    checkLost(diagnosed, "host > lan0 request", isOurEcho, 1);
    const auto says = [](const QJsonObject &journey) {
        return isOurEcho(journey) && word(journey, "says").contains(QLatin1String("never left"));
    };
    CHECK_FALSE(losses(diagnosed.json, says).empty());
}

TEST_CASE("journeys: another VM with the same MAC talks, so the bridge sends to its port", "[journeys]")
{
    require();
    PairOptions options;
    options.secondGuest = true;
    const Pair pair(options);
    pair.second->mac("eth0", Pair::guestMac);
    // Quicker than the VM speaks, so that the bridge believes the other port nearly always.
    pair.second->nft(chain("arp", "input", "arp operation request arp daddr ip 10.9.0.10 drop"));
    const auto talks = pair.second->start({"ping", "-q", "-i", "0.002", "-w", "30", Pair::hostAddress});
    const auto diagnosed = diagnose(pair);
    const auto counted = losses(diagnosed.json, isOurEcho);
    INFO(diagnosed.describe());
    REQUIRE(counted.contains("br0 > vnet0 request"));
    CHECK(counted.at("br0 > vnet0 request") >= 5);
    const auto atTheOther = [](const QJsonObject &journey) {
        return isOurEcho(journey) && word(journey, "beside") == QLatin1String("vnet1");
    };
    CHECK(losses(diagnosed.json, atTheOther)["br0 > vnet0 request"] >= 5);
}

TEST_CASE("journeys: a wrong neighbour entry addresses the request to a MAC that is not the VM's", "[journeys]")
{
    require();
    const Pair pair;
    pair.host.must("ip neigh replace 10.9.0.10 lladdr 02:00:00:00:be:ef dev br0 nud permanent");
    const auto diagnosed = diagnose(pair);
    checkLost(diagnosed, "vnet0 > guest not-decidable");
    const auto strange = [](const QJsonObject &journey) {
        return isOurEcho(journey) && word(journey, "says").contains(QLatin1String("not the VM's")) &&
               isSeenWith(journey, [](const auto &point) { return word(point, "to_mac") == QLatin1String("02:00:00:00:be:ef"); });
    };
    CHECK(losses(diagnosed.json, strange)["vnet0 > guest not-decidable"] >= 8);
}

TEST_CASE("journeys: strict reverse-path filtering in the guest", "[journeys]")
{
    require();
    const Pair pair;
    pair.host.bridge("br1");
    pair.host.address("br1", "10.8.0.1/24");
    connect(pair.host, "vnet8", pair.guest, "eth1", "br1");
    pair.guest.address("eth1", "10.8.0.10/24");
    pair.guest.setSysctl("net.ipv4.conf.all.rp_filter", "1");
    pair.guest.setSysctl("net.ipv4.conf.eth0.rp_filter", "1");
    HowToDiagnose how;
    how.hostAddress = "10.8.0.1";
    const auto fromThere = [](const QJsonObject &journey) {
        return isOurEcho(journey) && word(journey, "from") == QLatin1String("10.8.0.1");
    };
    checkLost(diagnose(pair, how), "vnet0 > guest not-decidable", fromThere);
}

TEST_CASE("journeys: a tagged frame enters the tap of a guest that expects none", "[journeys]")
{
    require();
    const Pair pair;
    const TaggedPings pings(pair.host, Pair::bridgeName, 100, Pair::hostAddress, Pair::guestAddress, Pair::guestMac);
    const auto diagnosed = diagnose(pair);
    const auto tagged = [](const QJsonObject &journey) {
        return isSeenWith(journey, [](const auto &point) { return point.value(QLatin1String("vlan")).toInt() == 100; });
    };
    const auto counted = losses(diagnosed.json, tagged);
    INFO(diagnosed.describe());
    REQUIRE(counted.contains("vnet0 > guest not-decidable"));
    CHECK(counted.at("vnet0 > guest not-decidable") >= 5);
    checkLost(diagnosed, "answered");
}

namespace {

/// host br0 - router - guest eth9, with the guest's network behind the router.
struct Routed {
    Pair pair;
    Namespace router{"router"};

    Routed()
    {
        connect(pair.host, "vnet9", router, "eth0", Pair::bridgeName);
        router.address("eth0", "10.9.0.254/24");
        connect(router, "eth1", pair.guest, "eth9");
        router.address("eth1", "10.7.0.1/24");
        router.setSysctl("net.ipv4.ip_forward", "1");
        pair.guest.address("eth9", "10.7.0.10/24");
        pair.guest.must("ip link set eth0 down && ip route add 10.9.0.0/24 via 10.7.0.1");
    }
    HowToDiagnose how() const
    {
        HowToDiagnose how;
        how.vm = "10.7.0.10";
        how.arguments = {"--interface", Pair::bridgeName};
        return how;
    }
};

} // namespace

TEST_CASE("journeys: a TTL that runs out at a router is told by the router", "[journeys]")
{
    require();
    const Routed lab;
    lab.pair.host.must("ip route add 10.7.0.0/24 via 10.9.0.254");
    lab.router.setSysctl("net.ipv4.icmp_ratelimit", "0"); // else it tells of one in a second
    const auto pings = lab.pair.host.start({"ping", "-q", "-t", "1", "-i", "0.2", "-c", "150", "10.7.0.10"});
    const auto diagnosed = diagnose(lab.pair, lab.how());
    const auto expired = [](const QJsonObject &journey) {
        return isSeenWith(journey, [](const auto &point) {
            return point.value(QLatin1String("icmp")).toObject().value(QLatin1String("type")).toInt() == 11;
        });
    };
    checkLost(diagnosed, "vnet9 > 10.9.0.254 request", expired, 5);
    checkLost(without(diagnosed, "vnet9"), "br0 > 10.9.0.254 request", expired, 5);
    checkLost(diagnosed, "answered");
}

TEST_CASE("journeys: packets larger than the guest's MTU die behind the tap, small ones do not", "[journeys]")
{
    require();
    const Pair pair;
    pair.guest.must("ip link set eth0 mtu 1400");
    const auto pings = pair.host.start({"ping", "-q", "-s", "1450", "-M", "do", "-i", "0.2", "-w", "30", Pair::guestAddress});
    const auto diagnosed = diagnose(pair);
    const auto large = [](const QJsonObject &journey) {
        return word(journey, "kind") == QLatin1String("echo") && journey.value(QLatin1String("bytes")).toInt() == 1478;
    };
    const auto counted = losses(diagnosed.json, large);
    INFO(diagnosed.describe());
    REQUIRE(counted.contains("vnet0 > guest not-decidable"));
    CHECK(counted.at("vnet0 > guest not-decidable") >= 5);
    const auto small = [](const QJsonObject &journey) {
        return isOurEcho(journey) && journey.value(QLatin1String("bytes")).toInt() == 84;
    };
    checkLost(diagnosed, "answered", small);
}

TEST_CASE("journeys: behind a NAT router one packet is followed under two addresses", "[journeys]")
{
    require();
    const Routed lab;
    lab.router.nft(chain("ip", "postrouting", "oifname \"eth0\" masquerade", "nat") +
                   chain("ip", "forward", "ct state new iifname \"eth0\" drop"));
    lab.pair.host.must("ip route add 10.7.0.0/24 via 10.9.0.254");
    const QTemporaryDir directory;
    const auto inside = directory.filePath(QStringLiteral("inside.pcap")).toStdString();
    const auto tcpdump = lab.router.start({"tcpdump", "-q", "-U", "-i", "eth1", "-w", inside, "icmp"});
    REQUIRE(eventually([&] { return lab.router.sh("test -s " + inside).ok(); }));
    const auto pings = lab.pair.guest.start({"ping", "-q", "-i", "0.2", "-w", "30", Pair::hostAddress});
    auto how = lab.how();
    how.guestReport = false;
    how.arguments.insert(how.arguments.end(), {"--capture", inside});
    const auto diagnosed = diagnose(lab.pair, how);
    INFO(diagnosed.describe());
    // The VM's own ping: one journey, although it arrives from the router's address.
    const auto translated = [](const QJsonObject &journey) {
        return word(journey, "from") == QLatin1String("10.7.0.10") &&
               isSeenWith(journey, [](const auto &point) { return word(point, "source") == QLatin1String("10.9.0.254"); });
    };
    CHECK(losses(diagnosed.json, translated)["answered"] >= 5);
    // The host's: dropped by the router, before it came to the inner side.
    checkLost(diagnosed, "vnet9 > inside.pcap request");
    checkLost(without(diagnosed, "inside.pcap"), "vnet9 > guest not-decidable");
    CHECK(diagnosed.signature() == "wrong-address");
}

TEST_CASE("a VM that cannot be asked pings when it is told to, and the capture tells its side", "[journeys]")
{
    require();
    const Pair pair;
    pair.guest.nft(chain("inet", "input", "icmp type echo-request drop"));
    HowToDiagnose how;
    how.guestReport = false;
    how.arguments = {"--listen", "20"};
    SECTION("it pings")
    {
        // What a person would type into the VM some seconds later, as the program words it.
        const auto person = pair.guest.start({"sh", "-c", "sleep 6; ping -q -c 4 -s 91 10.9.0.1"});
        const auto diagnosed = diagnose(pair, how);
        INFO(diagnosed.describe());
        CHECK(diagnosed.result.err.find("ping -c 4 -s 91 10.9.0.1") != std::string::npos);
        CHECK(diagnosed.signature() == "one-way");
        const auto cell = diagnosed.json.value(QLatin1String("symptom"))
                              .toObject()
                              .value(QLatin1String("icmp"))
                              .toObject()
                              .value(QLatin1String("vm_to_host"))
                              .toObject();
        CHECK(cell.value(QLatin1String("sent")).toInt() == 4);
        CHECK(cell.value(QLatin1String("received")).toInt() == 4);
        CHECK(word(cell, "detail").contains(QLatin1String("TTL 64")));
        CHECK(diagnosed.topCause() == "guest-firewall/input-drops-request");
    }
    SECTION("it does not")
    {
        how.arguments = {"--listen", "2"};
        CHECK(diagnose(pair, how).signature() == "unobserved");
    }
}
