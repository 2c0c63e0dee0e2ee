// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "lab.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <filesystem>
#include <map>
#include <set>
#include <sstream>

using namespace bothways::lab;

namespace {

constexpr auto guestMac = "52:54:00:77:00:02";

/// host 10.77.0.1/22 and a machine that owns 10.77.0.2, 10.77.1.0/24 and half of 10.77.2.0/24: 383 of 1,022 addresses live.
struct Wide {
    Namespace host{"sweeper"};
    Namespace guest{"many"};

    Wide()
    {
        connect(host, "eth0", guest, "eth0");
        guest.mac("eth0", guestMac);
        host.address("eth0", "10.77.0.1/22");
        guest.address("eth0", "10.77.0.2/22");
        guest.must("ip route add local 10.77.1.0/24 dev eth0 && ip route add local 10.77.2.0/25 dev eth0");
        host.address("eth0", "fd77::1/64");
        guest.address("eth0", "fd77::2/64");
        guest.address("eth0", "fd77::60/64");
        REQUIRE(eventually([&] { return guest.must("ip -6 addr show tentative").empty(); }));
    }
};

QJsonObject documentOf(const Result &result) { return QJsonDocument::fromJson(QByteArray::fromStdString(result.out)).object(); }

Result sweep(const Namespace &machine, std::vector<std::string> words, const std::vector<std::string> &before = {})
{
    std::vector<std::string> all(before);
    all.insert(all.end(), {BOTHWAYS_CLI, "sweep", "--json", "-"});
    all.insert(all.end(), words.begin(), words.end());
    return machine.run(all);
}

std::set<std::string> answering(const QJsonObject &document, std::map<std::string, std::string> *owners = nullptr)
{
    std::set<std::string> set;
    for (const auto &entry : document.value(QLatin1String("addresses")).toArray()) {
        const auto object = entry.toObject();
        const auto address = object.value(QLatin1String("address")).toString().toStdString();
        if (object.value(QLatin1String("icmp")).toObject().value(QLatin1String("answered")).toBool()) {
            set.insert(address);
        }
        const auto arp = object.value(QLatin1String("arp"));
        if (owners != nullptr && !arp.isNull()) {
            owners->emplace(address, arp.toObject().value(QLatin1String("mac")).toString().toStdString());
        }
    }
    return set;
}

int total(const QJsonObject &document, const char *name)
{
    return document.value(QLatin1String("totals")).toObject().value(QLatin1String(name)).toInt(-1);
}

/// Who answers, as fping tells it: "10.77.0.2 : xmt/rcv/%loss = 1/1/0%, ...".
std::set<std::string> fping(const Namespace &machine, const std::string &prefix)
{
    const auto result = machine.run({"fping", "-q", "-c1", "-i", "0", "-g", prefix});
    std::set<std::string> set;
    std::istringstream lines(result.err);
    for (std::string line; std::getline(lines, line);) {
        if (line.find("= 1/1/0%") != std::string::npos) {
            set.insert(line.substr(0, line.find(' ')));
        }
    }
    return set;
}

/// The kernel holds 1,024 neighbours for all namespaces together: what one program left there must not starve the next.
void forgetNeighbours(const Namespace &machine) { machine.must("ip neigh flush all; ip -6 neigh flush all"); }

const std::vector<std::string> asNobody{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all"};

} // namespace

TEST_CASE("a /22 on our link: who answers is who answers fping, dead addresses among them, and each owner is named")
{
    require();
    const Wide lab;
    // Firewalled machines own their address all the same.
    lab.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy accept;\n"
                  " ip daddr 10.77.2.0/26 icmp type echo-request drop\n }\n}\n");
    const auto result = sweep(lab.host, {"10.77.0.0/22"});
    INFO(result.describe().substr(0, 2000));
    REQUIRE(result.exitCode == 0);
    const auto document = documentOf(result);
    std::map<std::string, std::string> owners;
    const auto ours = answering(document, &owners);
    forgetNeighbours(lab.host);
    CHECK(ours == fping(lab.host, "10.77.0.0/22"));
    CHECK(ours.size() == 2 + 256 + 64);
    CHECK(owners.size() == 1 + 256 + 128);
    CHECK(std::all_of(owners.begin(), owners.end(), [](const auto &owner) { return owner.second == guestMac; }));
    CHECK(total(document, "addresses") == 1022);
    CHECK(total(document, "on_link") == 1021); // all but our own
    CHECK(total(document, "arp_answered") == 1 + 256 + 128);
    CHECK(total(document, "undecided") == 0);
    // Nobody was sent an echo request whose neighbour did not answer: the kernel's table stays small.
    CHECK(total(document, "icmp_not_sent") == 1022 - 2 - 256 - 128);
    CHECK(document.value(QLatin1String("problems")).toArray().isEmpty());
}

TEST_CASE("without rights the kernel asks for the neighbours; the same set answers, and its table names the owners")
{
    require();
    const Wide lab;
    lab.host.setSysctl("net.ipv4.ping_group_range", "0 2147483647");
    forgetNeighbours(lab.host);
    const auto result = sweep(lab.host, {"10.77.1.128/25", "10.77.3.0/26", "10.77.0.2"}, asNobody);
    INFO(result.describe().substr(0, 2000));
    REQUIRE(result.exitCode == 0);
    const auto document = documentOf(result);
    std::map<std::string, std::string> owners;
    CHECK(answering(document, &owners).size() == 126 + 1);
    CHECK(owners.size() == 126 + 1);
    CHECK(owners["10.77.0.2"] == guestMac);
    CHECK(document.value(QLatin1String("method")).toObject().value(QLatin1String("icmp")).toString() ==
          QLatin1String("ping-socket"));
    CHECK(document.value(QLatin1String("method")).toObject().value(QLatin1String("arp")).toString() ==
          QLatin1String("kernel-table"));
    CHECK(document.value(QLatin1String("problems")).toArray().size() == 1);

    lab.host.setSysctl("net.ipv4.ping_group_range", "1 0");
    const auto denied = sweep(lab.host, {"10.77.0.2"}, asNobody);
    CHECK(denied.exitCode == 3);
    CHECK(denied.err.find("ping_group_range") != std::string::npos);
    CHECK(denied.err.find("CAP_NET_RAW") != std::string::npos);
}

TEST_CASE("IPv6, a prefix behind a router, addresses without a route, and a permanent entry for a machine that asks not to be "
          "asked")
{
    require();
    const Wide lab;
    std::map<std::string, std::string> owners;
    CHECK(answering(documentOf(sweep(lab.host, {"fd77::/120"})), &owners) ==
          std::set<std::string>{"fd77::1", "fd77::2", "fd77::60"});
    CHECK(owners.size() == 2);
    CHECK(owners["fd77::60"] == guestMac);

    lab.guest.must("ip addr add 10.78.0.9/32 dev lo");
    lab.guest.setSysctl("net.ipv4.ip_forward", "1");
    lab.guest.must("ip route add blackhole 10.78.0.128/25");
    lab.host.must("ip route add 10.78.0.0/24 via 10.77.0.2");
    const auto routed = documentOf(sweep(lab.host, {"10.78.0.0/24", "192.0.2.1", "10.77.0.1"}));
    CHECK(answering(routed) == std::set<std::string>{"10.77.0.1", "10.78.0.9"});
    CHECK(total(routed, "on_link") == 0);
    CHECK(total(routed, "icmp_not_sent") == 1); // 192.0.2.1
    const auto nowhere = sweep(lab.host, {"192.0.2.0/29"});
    CHECK(nowhere.exitCode == 3);

    lab.guest.must("ip link set eth0 arp off");
    forgetNeighbours(lab.host);
    lab.host.must(std::string("ip neigh replace 10.77.0.2 lladdr ") + guestMac + " dev eth0");
    lab.guest.must("ip neigh replace 10.77.0.1 dev eth0 lladdr " +
                   lab.host.must("ip -br link show eth0 | awk '{printf \"%s\", $3}'"));
    owners.clear();
    CHECK(answering(documentOf(sweep(lab.host, {"10.77.0.2/32", "10.77.0.3"})), &owners) == std::set<std::string>{"10.77.0.2"});
    CHECK(owners.empty()); // it answered no ARP request
}

TEST_CASE("what is no target is named, and an interrupted sweep keeps what it has")
{
    require();
    const Wide lab;
    for (const auto *word : {"10.0.0.0/8", "fd77::/64", "10.77.0.0/33", "kitchen", "224.0.0.0/24", "fe80::1", ""}) {
        const auto result = sweep(lab.host, {word});
        INFO(word << result.describe());
        CHECK(result.exitCode == 2);
        CHECK(result.out.empty());
        CHECK(result.err.find(word) != std::string::npos);
    }
    // Two that are allowed alone are too much together.
    CHECK(sweep(lab.host, {"10.77.0.0/16", "10.78.0.0/24"}).exitCode == 2);

    const auto stopped = sweep(lab.host, {"10.77.0.0/22"}, {"timeout", "--foreground", "--preserve-status", "-s", "INT", "0.4"});
    INFO(stopped.describe().substr(0, 2000));
    CHECK(stopped.exitCode == 130);
    const auto document = documentOf(stopped);
    CHECK(document.value(QLatin1String("interrupted")).toBool());
    CHECK(answering(document).size() == 2 + 256 + 128);
    CHECK(total(document, "undecided") == 1022 - 2 - 256 - 128);
}
