// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "collect/guest/report.h"
#include "collect/guest/script.h"

#include <QFile>
#include <QRegularExpression>
#include <QStringConverter>

#include <algorithm>
#include <random>

using namespace bothways;
using namespace bothways::collect::guest;
using evidence::Access;

namespace {

QByteArray recorded(const char *name)
{
    QFile file(QStringLiteral(BOTHWAYS_TEST_DATA "/guest/") + QLatin1String(name));
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

evidence::Guest parsed(const QByteArray &bytes)
{
    const auto guest = parseReport(bytes, evidence::GuestChannel::GuestReport);
    INFO((guest ? QString() : guest.error().message).toStdString());
    REQUIRE(guest);
    return *guest;
}

const evidence::RulesetDump *dump(const std::vector<evidence::RulesetDump> &dumps, const char *format, const char *flavour)
{
    const auto found = std::find_if(dumps.begin(), dumps.end(), [&](const auto &one) {
        return one.format.word() == QLatin1String(format) && name(one.flavour) == QLatin1String(flavour);
    });
    return found == dumps.end() ? nullptr : &*found;
}

net::IpAddress address(const char *text) { return *net::IpAddress::parse(text); }

} // namespace

TEST_CASE("the report of a real busybox VM is read whole")
{
    const auto guest = parsed(recorded("vm-busybox.txt"));
    const auto &facts = guest.facts;
    CHECK(facts.hostName == QLatin1String("bw-guest"));
    CHECK(facts.os == evidence::Os::Linux);
    CHECK(facts.system == QLatin1String("Bothways test guest"));
    CHECK(facts.kernel.startsWith(QLatin1String("6.1.0-")));

    REQUIRE(facts.links.isRead());
    REQUIRE(facts.links.value.size() == 2);
    const auto &eth0 = facts.links.value[0];
    CHECK(eth0.name == QLatin1String("eth0"));
    CHECK(eth0.mac == net::MacAddress::parse("52:54:00:bb:00:01"));
    CHECK(eth0.mtu == 1500);
    CHECK(eth0.up);
    CHECK(eth0.carrier);
    CHECK(eth0.operState == evidence::OperState::Up);
    CHECK(eth0.driver == QLatin1String("virtio_net"));
    CHECK(eth0.counters.rxPackets > 0);
    CHECK(facts.links.value[1].loopback);

    REQUIRE(facts.addresses.isRead());
    CHECK(facts.addresses.value[2].prefix.toString() == "192.168.122.225/24");
    REQUIRE(facts.routes.isRead());
    CHECK(facts.routes.value[0].destination.length() == 0);
    CHECK(facts.routes.value[0].nextHops.at(0).gateway == address("192.168.122.1"));
    REQUIRE(facts.policyRules.isRead());
    CHECK(facts.policyRules.value.size() == 5);
    REQUIRE(facts.neighbours.isRead());
    CHECK(facts.neighbours.value.at(0).address == address("192.168.122.1"));
    REQUIRE(facts.sysctls.isRead());
    CHECK(facts.sysctls.value.value(QStringLiteral("net.ipv4.conf.eth0.rp_filter")) == QLatin1String("0"));
    REQUIRE(facts.counters.isRead());
    CHECK(facts.counters.value.contains(QStringLiteral("Icmp.InEchos")));
    CHECK(facts.counters.value.contains(QStringLiteral("IcmpMsg.InType0")));
    CHECK(facts.counters.value.value(QStringLiteral("Icmp.InEchos"), -1) == 0); // dropped before the stack saw them
    CHECK(facts.counters.value.contains(QStringLiteral("TcpExt.IPReversePathFilter")));

    const auto *nft = dump(facts.rulesets, "nft-json", "");
    REQUIRE(nft != nullptr);
    REQUIRE(nft->text.isRead());
    CHECK(nft->text.value.contains(QLatin1String("echo-request")));
    const auto *legacy = dump(facts.rulesets, "iptables-save", "legacy");
    REQUIRE(legacy != nullptr);
    REQUIRE(legacy->text.isRead());
    CHECK(legacy->text.value.contains(QLatin1String("--icmp-type 13 -j DROP")));
    CHECK(dump(facts.rulesets, "iptables-save", "nft") == nullptr);

    REQUIRE(guest.echoToHost.isRead());
    CHECK(guest.echoToHost.value.sent() == 3);
    CHECK(guest.echoToHost.value.received() == 3);
    CHECK(guest.echoToHost.value.target == address("192.168.122.1"));
    CHECK(guest.echoSource == address("192.168.122.225"));
    CHECK(guest.after.access == Access::NotTried);
    // A pasted report is as old as it says.
    CHECK(guest.echoToHost.at == facts.links.at);
    CHECK(facts.links.at.date() <= QDate(2026, 11, 23));
}

TEST_CASE("a snapshot of the real VM is read, and is no report")
{
    const auto bytes = recorded("vm-busybox-snapshot.txt");
    const auto snapshot = parseSnapshot(bytes, evidence::GuestChannel::QemuGuestAgent);
    REQUIRE(snapshot);
    CHECK(snapshot->counters.isRead());
    CHECK(snapshot->neighbours.isRead());
    CHECK(dump(snapshot->rulesets, "nft-json", "")->text.isRead());
    CHECK_FALSE(parseReport(bytes, evidence::GuestChannel::GuestReport));
}

TEST_CASE("iproute2's words: multipath, negated rules, both iptables flavours, quoted hostile comments")
{
    const auto guest = parsed(recorded("namespace-iproute2.txt"));
    const auto &facts = guest.facts;
    REQUIRE(facts.routes.isRead());
    const auto &routes = facts.routes.value;
    const auto multipath =
        std::find_if(routes.begin(), routes.end(), [](const auto &route) { return route.nextHops.size() == 2; });
    REQUIRE(multipath != routes.end());
    CHECK(multipath->destination.toString() == "10.6.0.0/16");
    CHECK(multipath->nextHops[1].gateway == address("10.5.0.8"));
    CHECK(std::any_of(routes.begin(), routes.end(), [](const auto &route) {
        return route.type == evidence::RouteType::Unreachable && route.metric == 7 && route.nextHops.empty();
    }));
    CHECK(std::any_of(routes.begin(), routes.end(),
                      [](const auto &route) { return route.table == 100 && route.preferredSource == address("10.5.0.3"); }));
    REQUIRE(facts.policyRules.isRead());
    const auto &rules = facts.policyRules.value;
    CHECK(rules.at(1).suppressPrefixLength == 0);
    CHECK(rules.at(1).inputInterface == QLatin1String("eth0"));
    CHECK(rules.at(2).inverted);
    CHECK(rules.at(2).mark == 0xca6cU);
    CHECK(rules.at(2).table == 51820);
    CHECK(facts.addresses.value.at(3).secondary);
    REQUIRE(dump(facts.rulesets, "iptables-save", "nft") != nullptr);
    CHECK(dump(facts.rulesets, "iptables-save", "nft")->text.value.contains(QLatin1String("--ctstate NEW -j DROP")));
    CHECK(dump(facts.rulesets, "iptables-save", "legacy")->text.value.contains(QLatin1String("-A INPUT -p icmp -j ICMPS")));
    CHECK(dump(facts.rulesets, "nft-json", "")->text.value.contains(QLatin1String("$(reboot)")));
    REQUIRE(facts.managers.isRead());
    REQUIRE_FALSE(facts.managers.value.empty());
    CHECK_FALSE(facts.managers.value.front().running);
}

TEST_CASE("busybox alone: what it cannot tell is not guessed")
{
    const auto guest = parsed(recorded("namespace-busybox.txt"));
    const auto &facts = guest.facts;
    // "from all fwmark 0xca6c" is "not from all ..." in truth; busybox leaves the "not" out.
    CHECK(facts.policyRules.access == Access::Failed);
    CHECK(facts.routes.isRead());
    // Rules exist there, and no program to list them: not "no rules".
    CHECK(dump(facts.rulesets, "nft-json", "")->text.access == Access::Failed);
    CHECK(dump(facts.rulesets, "iptables-save", "legacy")->text.access == Access::Failed);
    CHECK(dump(facts.rulesets, "ip6tables-save", "legacy")->text.access == Access::Absent);
    REQUIRE(facts.routeAnswers.size() == 3);
    CHECK(facts.routeAnswers[1].value.source == address("2001:db8:5::2"));
    REQUIRE(facts.routeAnswers[2].isRead());
    CHECK(facts.routeAnswers[2].value.error == 113);
    // The pings ran at once and end in another order; the first address asked for is the one that counts.
    CHECK(guest.echoToHost.value.target == address("10.5.0.1"));
    CHECK(guest.echoToHost.value.received() == 3);
}

TEST_CASE("the guest's kernel tells the way of its replies, and of what comes in")
{
    const auto guest = parsed("@@bothways report 1 linux\n"
                              "@@bothways target begin\ngiven 10.5.0.1\n@@bothways target ok\n"
                              "@@bothways route-get:10.5.0.1 begin\n10.5.0.1 dev eth0 src 10.5.0.2 uid 0 \n    cache \n"
                              "@@bothways route-get:10.5.0.1 ok\n"
                              "@@bothways route-get:10.5.0.1,10.5.0.2 begin\n10.5.0.1 from 10.5.0.2 dev tun0 table 200 uid 0 \n"
                              "@@bothways route-get:10.5.0.1,10.5.0.2 ok\n"
                              "@@bothways route-in:10.5.0.2,10.5.0.1,eth0 begin\n"
                              "@@bothways route-in:10.5.0.2,10.5.0.1,eth0 failed exit 2: RTNETLINK answers: Invalid cross-device "
                              "link\n"
                              "@@bothways route-in:nonsense begin\n@@bothways route-in:nonsense ok\n"
                              "@@bothways end begin\n@@bothways end ok\n");
    const auto &facts = guest.facts;
    REQUIRE(facts.routeAnswers.size() == 2);
    CHECK_FALSE(facts.routeAnswers[0].value.from);
    CHECK(facts.routeAnswers[1].value.from == address("10.5.0.2"));
    CHECK(facts.routeAnswers[1].value.interface == QStringLiteral("tun0"));
    CHECK(facts.routeAnswers[1].value.table == 200);
    REQUIRE(facts.incomingAnswers.size() == 1);
    CHECK(facts.incomingAnswers[0].value.error == 18);
    CHECK(facts.incomingAnswers[0].value.inputInterface == QStringLiteral("eth0"));
    CHECK(guest.echoSource == address("10.5.0.2"));
}

TEST_CASE("a plain user's report says denied, never empty")
{
    const auto guest = parsed(recorded("namespace-user.txt"));
    for (const auto &one : guest.facts.rulesets) {
        CHECK(one.text.access == Access::Denied);
        CHECK_FALSE(one.text.problem.isEmpty());
    }
    CHECK(guest.echoToHost.value.received() == 3);
}

TEST_CASE("line ends, encodings and a pasted prompt do not matter")
{
    const auto plain = recorded("vm-busybox.txt");
    const auto expected = parsed(plain);
    auto crlf = plain;
    crlf.replace("\n", "\r\n");
    QByteArray utf16 = QStringEncoder(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom)(QString::fromUtf8(crlf));
    for (const auto &bytes : {crlf, utf16, "\xEF\xBB\xBF" + plain, "C:\\> sh report.sh\n~# \n" + plain + "\n~# exit\n"}) {
        auto guest = parsed(bytes);
        CHECK(guest.facts.routes.value == expected.facts.routes.value);
        CHECK(guest.facts.rulesets == expected.facts.rulesets);
        CHECK(guest.facts.counters == expected.facts.counters);
        CHECK(guest.echoToHost == expected.echoToHost);
    }
}

TEST_CASE("a report cut after any line reads what is there and says what is not")
{
    const auto *name = GENERATE("vm-busybox.txt", "namespace-iproute2.txt");
    const auto whole = recorded(name);
    const auto complete = parsed(whole);
    qsizetype end = 0;
    while ((end = whole.indexOf('\n', end) + 1) > 0 && end < whole.size()) {
        const auto guest = parseReport(whole.first(end), evidence::GuestChannel::GuestReport);
        if (!guest) {
            CHECK(end < 300); // before the first marker only
            continue;
        }
        const auto agrees = [](const auto &part, const auto &all) {
            return part.isRead() ? part.value == all.value : !part.problem.isEmpty();
        };
        CHECK(agrees(guest->facts.links, complete.facts.links));
        CHECK(agrees(guest->facts.addresses, complete.facts.addresses));
        CHECK(agrees(guest->facts.routes, complete.facts.routes));
        CHECK(agrees(guest->facts.policyRules, complete.facts.policyRules));
        CHECK(agrees(guest->facts.neighbours, complete.facts.neighbours));
        CHECK(agrees(guest->facts.counters, complete.facts.counters));
        CHECK(agrees(guest->facts.sysctls, complete.facts.sysctls));
        CHECK(agrees(guest->echoToHost, complete.echoToHost));
        for (const auto &one : guest->facts.rulesets) {
            // A missing ruleset must never look like an empty one.
            CHECK((one.text.isRead() || !one.text.problem.isEmpty()));
        }
    }
}

TEST_CASE("a report without its packet filter is not a guest without one")
{
    auto bytes = recorded("vm-busybox.txt");
    const auto begin = bytes.indexOf("@@bothways nft ");
    REQUIRE(begin >= 0);
    bytes.remove(begin, bytes.indexOf("@@bothways ", begin + 1) - begin);
    for (const auto &dump : parsed(bytes).facts.rulesets) {
        if (dump.format == evidence::RulesetFormat::NftJson) {
            CHECK(dump.text.access == evidence::Access::Failed);
        }
    }
}

TEST_CASE("any bytes give facts or an error")
{
    const auto whole = recorded("namespace-iproute2.txt");
    std::mt19937 random(20261123);
    const QByteArray pieces[] = {"@@bothways ", "begin\n",     " ok\n", "\n",       "<script>",
                                 "$(reboot)",   "'; rm -rf /", "\0",    "\xff\xfe", "999999999999999999999"};
    for (int round = 0; round < 300; ++round) {
        auto bytes = whole;
        for (int change = 0; change < 20; ++change) {
            const auto at = static_cast<qsizetype>(random() % static_cast<unsigned>(bytes.size()));
            switch (random() % 4) {
            case 0:
                bytes[at] = static_cast<char>(random());
                break;
            case 1:
                bytes.insert(at, pieces[random() % std::size(pieces)]);
                break;
            case 2:
                bytes.remove(at, static_cast<qsizetype>(random() % 200));
                break;
            default:
                bytes.insert(at, bytes.mid(static_cast<qsizetype>(random() % static_cast<unsigned>(bytes.size())), 100));
            }
        }
        const auto guest = parseReport(bytes, evidence::GuestChannel::GuestReport);
        CHECK((guest || !guest.error().message.isEmpty()));
    }
    CHECK_FALSE(parseReport({}, evidence::GuestChannel::GuestReport));
    CHECK_FALSE(parseReport("@@bothways report 2 linux\n", evidence::GuestChannel::GuestReport));
    CHECK_FALSE(parseReport("@@bothways report 1 plan9\n", evidence::GuestChannel::GuestReport));
    CHECK_FALSE(parseReport(QByteArray(17 * 1024 * 1024, 'x'), evidence::GuestChannel::GuestReport));
}

TEST_CASE("hostile values are data")
{
    const QByteArray report = "@@bothways report 1 linux\n@@bothways system begin\n"
                              "/proc/sys/kernel/hostname:<img src=x onerror=alert(1)>$(reboot)`id`\n"
                              "/etc/os-release:PRETTY_NAME=\"'; DROP TABLE vms; --\"\n"
                              "@@bothways system ok\n@@bothways end begin\n@@bothways end ok\n";
    const auto guest = parsed(report);
    CHECK(guest.facts.hostName == QLatin1String("<img src=x onerror=alert(1)>$(reboot)`id`"));
    CHECK(guest.facts.system == QLatin1String("'; DROP TABLE vms; --"));
}

TEST_CASE("only validated addresses get into a script")
{
    const auto text = script(System::Linux, {address("10.0.0.1"), address("fe80::1"), address("2001:db8::1"), address("0.0.0.0"),
                                             address("224.0.0.1")});
    CHECK(text.contains("hosts='10.0.0.1 2001:db8::1'\n"));
    CHECK(script(System::Linux, {}).contains("hosts=''\n"));
    CHECK(script(System::Windows, {address("10.0.0.1"), address("10.0.0.2")}).contains("$hosts = @('10.0.0.1', '10.0.0.2')\n"));
    CHECK(snapshotScript(System::Linux).contains("@@bothways snapshot 1 linux"));
    CHECK_FALSE(snapshotScript(System::Linux).contains("ping_one"));
}

TEST_CASE("a Windows report's plain cases are read")
{
    const QByteArray report =
        "PS C:\\> .\\report.ps1\r\n@@bothways report 1 windows\r\n"
        "@@bothways system begin\r\n[{\"name\":\"WIN10\",\"caption\":\"Microsoft Windows 10 "
        "Pro\",\"version\":\"10.0.19045\"}]\r\n@@bothways system ok\r\n"
        "@@bothways adapters "
        "begin\r\n[{\"index\":7,\"name\":\"Ethernet\",\"mac\":\"52-54-00-BB-00-02\",\"status\":\"Up\",\"admin\":\"Up\",\"media\":"
        "\"Connected\",\"mtu\":\"1500\",\"driver\":\"Red Hat VirtIO\"}]\r\n@@bothways adapters ok\r\n"
        "@@bothways addresses "
        "begin\r\n[{\"interface\":\"Ethernet\",\"address\":\"fe80::5:6%7\",\"length\":64,\"state\":\"Preferred\"},{\"interface\":"
        "\"Ethernet\",\"address\":\"192.168.122.9\",\"length\":24,\"state\":\"Duplicate\"}]\r\n@@bothways addresses ok\r\n"
        "@@bothways routes "
        "begin\r\n[{\"interface\":\"Ethernet\",\"destination\":\"0.0.0.0/"
        "0\",\"gateway\":\"192.168.122.1\",\"metric\":25,\"protocol\":\"NetMgmt\"}]\r\n@@bothways routes ok\r\n"
        "@@bothways target begin\r\ngiven 192.168.122.1\r\n@@bothways target ok\r\n"
        "@@bothways ping:192.168.122.1 "
        "begin\r\n[{\"sequence\":1,\"status\":\"Success\",\"sender\":\"192.168.122.1\",\"milliseconds\":1,\"ttl\":64},{"
        "\"sequence\":2,\"status\":\"TimedOut\",\"sender\":\"0.0.0.0\",\"milliseconds\":0,\"ttl\":0}]\r\n@@bothways "
        "ping:192.168.122.1 ok\r\n"
        "@@bothways firewall-profiles begin\r\n[]\r\n@@bothways firewall-profiles ok\r\n@@bothways connection-profiles "
        "begin\r\n[]\r\n@@bothways connection-profiles ok\r\n"
        "@@bothways firewall-rules begin\r\n@@bothways firewall-rules denied Access is denied\r\n"
        "@@bothways neighbours "
        "begin\r\n[{\"interface\":\"Ethernet\",\"address\":\"192.168.122.1\",\"mac\":\"52-54-00-11-22-33\",\"state\":"
        "\"Reachable\"},{\"interface\":\"Ethernet\",\"address\":\"192.168.122.5\",\"mac\":\"00-00-00-00-00-00\",\"state\":"
        "\"Unreachable\"}]\r\n@@bothways neighbours ok\r\n"
        "@@bothways end begin\r\n@@bothways end ok\r\n";
    const auto guest = parsed(report);
    const auto &facts = guest.facts;
    CHECK(facts.os == evidence::Os::Windows);
    CHECK(facts.hostName == QLatin1String("WIN10"));
    REQUIRE(facts.links.isRead());
    CHECK(facts.links.value.at(0).carrier);
    REQUIRE(facts.addresses.isRead());
    CHECK(facts.addresses.value.at(0).prefix.address() == address("fe80::5:6"));
    CHECK(facts.addresses.value.at(1).dadFailed);
    CHECK(facts.routes.value.at(0).nextHops.at(0).gateway == address("192.168.122.1"));
    CHECK(facts.neighbours.value.at(0).state == evidence::NeighbourState::Reachable);
    CHECK(facts.neighbours.value.at(1).state == evidence::NeighbourState::Failed);
    CHECK_FALSE(facts.neighbours.value.at(1).mac);
    CHECK(facts.rulesets.at(0).text.access == Access::Denied);
    REQUIRE(guest.echoToHost.isRead());
    CHECK(guest.echoToHost.value.sent() == 2);
    CHECK(guest.echoToHost.value.received() == 1);
}
