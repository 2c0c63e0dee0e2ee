// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "collect/guest/capture_script.h"
#include "collect/guest/ip_rules.h"
#include "collect/guest/ip_text.h"
#include "collect/guest/linux_files.h"
#include "collect/guest/ping_text.h"

using namespace bothways;
using namespace bothways::collect::guest;
using evidence::Access;
using evidence::EchoOutcome;

namespace {

net::IpAddress address(const char *text) { return *net::IpAddress::parse(text); }

evidence::Reading<evidence::EchoSeries> ping(const char *text)
{
    return parsePing(QString::fromUtf8(text), address("10.0.0.1"), {address("10.0.0.2")}, QStringLiteral("test"));
}

} // namespace

TEST_CASE("ping of iputils and busybox: replies, times, losses in the middle")
{
    const auto iputils =
        ping("PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.\n64 bytes from 10.0.0.1: icmp_seq=1 ttl=64 time=0.994 ms\n"
             "64 bytes from 10.0.0.1: icmp_seq=3 ttl=63 time=12 ms\n64 bytes from 10.0.0.1: icmp_seq=3 ttl=63 time=13 ms (DUP!)\n"
             "\n--- 10.0.0.1 ping statistics ---\n3 packets transmitted, 2 received, +1 duplicates, 33% packet loss, time 5ms\n");
    REQUIRE(iputils.isRead());
    REQUIRE(iputils.value.sent() == 3);
    CHECK(iputils.value.samples[0].rttNs == 994'000);
    CHECK(iputils.value.samples[0].ttl == 64);
    CHECK(iputils.value.samples[1].outcome == EchoOutcome::Silence);
    CHECK(iputils.value.samples[2].rttNs == 12'000'000);
    CHECK(iputils.value.duplicates == 1);
    CHECK(iputils.value.payloadBytes == 56);

    const auto busybox = ping("PING 10.0.0.1 (10.0.0.1): 56 data bytes\n64 bytes from 10.0.0.1: seq=2 ttl=64 time=0.039 ms\n\n"
                              "--- 10.0.0.1 ping statistics ---\n3 packets transmitted, 1 packets received, 66% packet loss\n");
    REQUIRE(busybox.isRead());
    REQUIRE(busybox.value.sent() == 3);
    CHECK(busybox.value.samples[0].outcome == EchoOutcome::Silence);
    CHECK(busybox.value.samples[2].outcome == EchoOutcome::Reply);
    CHECK(busybox.value.samples[2].sequence == 3);
}

TEST_CASE("ping's errors keep their cause and their sender")
{
    const auto outcome = [](const char *line) {
        const auto text =
            QByteArray("PING 10.0.0.1 (10.0.0.1) 56(84) bytes of data.\n") + line +
            "\n\n--- 10.0.0.1 ping statistics ---\n1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n";
        const auto reading = ping(text.constData());
        REQUIRE(reading.isRead());
        REQUIRE(reading.value.sent() == 1);
        return reading.value.samples[0];
    };
    CHECK(outcome("From 10.0.0.2 icmp_seq=1 Destination Host Unreachable").outcome == EchoOutcome::NeighbourUnresolved);
    const auto router = outcome("From 10.0.0.254 icmp_seq=1 Destination Host Unreachable");
    CHECK(router.outcome == EchoOutcome::Unreachable);
    CHECK(router.sender == address("10.0.0.254"));
    CHECK(router.icmpCode == 1);
    CHECK(outcome("From 10.0.0.1 icmp_seq=1 Packet filtered").outcome == EchoOutcome::Prohibited);
    CHECK(outcome("From 10.0.0.9 icmp_seq=1 Time to live exceeded").outcome == EchoOutcome::TimeExceeded);
    CHECK(outcome("64 bytes from 10.9.9.9: icmp_seq=1 ttl=64 time=1 ms").outcome == EchoOutcome::Silence);

    CHECK(ping("ping: connect: Network is unreachable\n").value.samples.at(0).outcome == EchoOutcome::NoRoute);
    CHECK(ping("PING 10.0.0.1 (10.0.0.1): 56 data bytes\nping: sendto: Operation not permitted\n").value.samples.at(0).outcome ==
          EchoOutcome::SendDenied);
    CHECK(ping("ping: socket: Operation not permitted\n").access == Access::Denied);
    CHECK(ping("ping: permission denied (are you root?)\n").access == Access::Denied);
    CHECK(ping("").access == Access::Failed);
    CHECK(ping("ping: unknown host\n").access == Access::Failed);
}

TEST_CASE("addresses of ip and of /proc")
{
    const auto addresses = parseIpAddresses(
        u"2: eth0@if7    inet 10.0.0.2/24 brd 10.0.0.255 scope global dynamic eth0\\       valid_lft 3500sec preferred_lft "
        u"3500sec\n"
        u"3: tun0    inet 10.8.0.2 peer 10.8.0.1/32 scope global tun0\n"
        u"2: eth0    inet6 fe80::1/64 scope link tentative dadfailed \\       valid_lft forever preferred_lft forever\n");
    REQUIRE(addresses);
    REQUIRE(addresses->size() == 3);
    CHECK(addresses->at(0).interface == QLatin1String("eth0"));
    CHECK(addresses->at(1).prefix.toString() == "10.8.0.2/32");
    CHECK(addresses->at(2).dadFailed);
    CHECK_FALSE(parseIpAddresses(u"2: eth0    inet nonsense scope global eth0\n"));

    const auto v6 = parseIfInet6(u"fe8000000000000000fc00fffe000001 04 40 20 80     eth0\n");
    REQUIRE(v6);
    CHECK(v6->at(0).prefix.toString() == "fe80::fc:ff:fe00:1/64");
    CHECK(v6->at(0).scope == evidence::AddressScope::Link);
    const auto trie = parseFibTrie(u"Local:\n  +-- 0.0.0.0/0 2 0 2\n           |-- 10.5.0.2\n              /32 host LOCAL\n"
                                   u"        |-- 10.5.0.255\n           /32 link BROADCAST\n");
    REQUIRE(trie);
    REQUIRE(trie->size() == 1);
    CHECK(trie->front().prefix.address() == address("10.5.0.2"));
}

TEST_CASE("routes and neighbours of /proc")
{
    const auto routes = parseProcRoute(u"Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
                                       u"eth0\t00000000\t017AA8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
                                       u"eth0\t007AA8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n");
    REQUIRE(routes);
    CHECK(routes->at(0).nextHops.at(0).gateway == address("192.168.122.1"));
    CHECK(routes->at(0).metric == 100);
    CHECK(routes->at(1).destination.toString() == "192.168.122.0/24");
    const auto arp = parseProcArp(u"IP address       HW type     Flags       HW address            Mask     Device\n"
                                  u"192.0.2.1        0x1         0x2         02:fc:00:00:00:05     *        eth0\n"
                                  u"192.0.2.9        0x1         0x0         00:00:00:00:00:00     *        eth0\n");
    REQUIRE(arp);
    CHECK(arp->at(0).mac == net::MacAddress::parse("02:fc:00:00:00:05"));
    CHECK_FALSE(arp->at(1).mac);
}

TEST_CASE("routes: names of tables, odd lines")
{
    const auto names = parseTableNames(u"# comment\n255\tlocal\n0x64 vpn\n");
    const auto routes =
        parseIpRoutes(u"default via inet6 fe80::1 dev eth0 table vpn\nunreachable default dev lo metric 4294967295 error -101\n",
                      net::Family::v4, names);
    REQUIRE(routes);
    CHECK(routes->at(0).table == 100);
    CHECK(routes->at(0).nextHops.at(0).gateway == address("fe80::1"));
    CHECK(routes->at(1).type == evidence::RouteType::Unreachable);
    CHECK(routes->at(1).metric == 4294967295U);
    CHECK_FALSE(parseIpRoutes(u"10.0.0.0/99 dev eth0\n", net::Family::v4, names));
    CHECK_FALSE(parseIpRoutes(u"\tnexthop via 10.0.0.1 dev eth0\n", net::Family::v4, names));
    CHECK_FALSE(parseRouteGet(u"10.0.0.9 dev eth0 src 10.0.0.2", address("10.0.0.1"), names));
}

TEST_CASE("policy rules: every selector is kept, known or not")
{
    const auto rules = parseIpRules(QStringLiteral("0:\tfrom all lookup local\n"
                                                   "350:\tfrom all tos 0x10 fwmark 0x2/0xff uidrange 5-6 ipproto udp sport 10-20 "
                                                   "dport 53 lookup 1000\n"
                                                   "360:\tfrom all ipproto tlsp tun_id 7 lookup 1000\n"
                                                   "1000:\tfrom all lookup [l3mdev-table]\n"
                                                   "32766:\tfrom all lookup main\n"),
                                    net::Family::v4, {});
    REQUIRE(rules);
    REQUIRE(rules->size() == 5);
    CHECK((*rules)[0].others.empty());
    const auto &narrow = (*rules)[1];
    CHECK(narrow.tos == 0x10);
    CHECK(narrow.mark == 2U);
    CHECK(narrow.markMask == 0xffU);
    CHECK(narrow.users == evidence::NumberRange{5, 6});
    CHECK(narrow.protocol == 17);
    CHECK(narrow.sourcePorts == evidence::NumberRange{10, 20});
    CHECK(narrow.destinationPorts == evidence::NumberRange{53, 53});
    CHECK((*rules)[2].others == std::vector<QString>{QStringLiteral("ipproto"), QStringLiteral("tun_id")});
    CHECK((*rules)[3].others == std::vector<QString>{QStringLiteral("l3mdev")});
}

TEST_CASE("links: bridge ports, masters, and interfaces with dots")
{
    const Files files(
        u"/sys/class/net/br0/ifindex:3\n/sys/class/net/br0/bridge/bridge_id:8000.525400bb0001\n"
        u"/sys/class/net/eth0.5/ifindex:4\n/sys/class/net/eth0.5/iflink:2\n/sys/class/net/eth0.5/uevent:DEVTYPE=vlan\n"
        u"/sys/class/net/eth0/ifindex:2\n/sys/class/net/eth0/flags:0x1002\n/sys/class/net/eth0/master/ifindex:3\n"
        u"/sys/class/net/eth0/brport/state:3\n/sys/class/net/eth0/brport/isolated:1\n"
        u"/proc/sys/net/ipv4/conf/eth0.5/rp_filter:1\n/proc/sys/net/netfilter/nf_conntrack_count:7\n"
        u"/proc/net/stat/nf_conntrack:entries drop early_drop insert_failed\n/proc/net/stat/nf_conntrack:1 0000000a 1 0\n"
        u"/proc/net/stat/nf_conntrack:1 00000001 0 2\n");
    const auto links = linksFrom(files);
    REQUIRE(links);
    REQUIRE(links->size() == 3);
    CHECK(links->at(0).kind == evidence::LinkKind::Bridge);
    CHECK(links->at(1).name == QLatin1String("eth0.5"));
    CHECK(links->at(1).lower == QLatin1String("eth0"));
    CHECK(links->at(2).master == QLatin1String("br0"));
    CHECK_FALSE(links->at(2).up);
    REQUIRE(links->at(2).port);
    CHECK(links->at(2).port->isolated);
    CHECK(links->at(2).port->state == evidence::PortState::Forwarding);
    CHECK(sysctlsFrom(files).value(QStringLiteral("net.ipv4.conf.eth0.5.rp_filter")) == QLatin1String("1"));
    const auto conntrack = conntrackFrom(files, QStringLiteral("test"));
    REQUIRE(conntrack.isRead());
    CHECK(conntrack.value.drop == 11);
    CHECK(conntrack.value.insertFailed == 2);
}

TEST_CASE("the capture in the guest has its bounds")
{
    const auto mac = *net::MacAddress::parse("52:54:00:aa:bb:0c");
    const auto usual = captureScript(mac, "token7");
    CHECK(usual.contains("timeout 60 tcpdump"));
    CHECK(usual.count("-s 256 -c 4000 ") == 2);
    const auto small = captureScript(mac, "token7", {.bytes = 128, .packets = 77, .seconds = 9});
    CHECK(small.contains("timeout 9 tcpdump"));
    CHECK(small.count("-s 128 -c 77 ") == 2);
    CHECK(small.contains("'52:54:00:aa:bb:0c'"));
    CHECK_FALSE(small.contains('@'));
}
