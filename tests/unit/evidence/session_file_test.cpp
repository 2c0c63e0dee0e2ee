// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "evidence/session_file.h"
#include "evidence/utc.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace bothways;
using namespace bothways::evidence;

namespace {

net::IpAddress ip(const char *text) { return *net::IpAddress::parse(text); }

Captures sampleCaptures()
{
    Captures captures;
    CapturePoint point;
    point.name = QStringLiteral("vnet0");
    point.role = PointRole::Port;
    point.distance = 20;
    point.opened = true;
    point.live = false;
    point.problem = QStringLiteral("away");
    point.frames = 3;
    point.dropped = 1;
    point.fromNs = 1'700'000'000'123'456'789; // does not fit a double
    captures.points.push_back(point);
    Sighting sighting;
    sighting.timeNs = 1'700'000'000'123'456'789;
    sighting.leg = Leg::Error;
    sighting.sourceMac = net::MacAddress::parse("52:54:00:77:aa:07");
    sighting.source = ip("fd09::1");
    sighting.vlan = 100;
    sighting.ttl = 63;
    sighting.icmpType = 3;
    sighting.mtu = 1400;
    sighting.quotesReply = true;
    captures.journeys.push_back({JourneyKind::Nd, ip("fd09::1"), ip("fd09::2"), 1, 2, 84, {sighting}});
    captures.uses.push_back({*sighting.sourceMac, ip("fd09::2"), 0, 100, true, 5, 1, 2, 64});
    captures.leftOut = 6;
    return captures;
}

// Every list has an entry and every optional a value, so that a field that is not serialised makes the round trip fail.
Evidence sample()
{
    Evidence e;
    e.tool.version = QStringLiteral("0.1.0");
    e.tool.platform = QStringLiteral("Linux");
    e.started = evidence::utc(1'700'000'000'123);
    e.finished = e.started.addMSecs(4321);
    e.interrupted = true;
    e.target.requested = QStringLiteral("db7 <b>\"'$(id)");
    e.target.vmAddress = ip("192.168.122.77");
    e.target.vmMac = net::MacAddress::parse("52:54:00:77:aa:07");
    e.target.hostAddress6 = ip("fd09::1");
    e.told = {QStringLiteral("Monday, 9 o’clock – nach dem Neustart, 重启之后"), QStringLiteral("<b>Docker</b> & \"ufw\"")};
    Rights rights;
    rights.rawSockets = true;
    rights.effectiveUser = 1000;
    e.rights = Reading<Rights>::read(rights, QStringLiteral("capget"));
    e.rights.at = e.started;
    Vm vm;
    vm.name = QStringLiteral("db7");
    VmInterface nic;
    nic.type = evidence::Attachment::Network;
    nic.addresses.push_back({*net::Prefix::parse("192.168.122.77/24"), evidence::AddressSource::Agent});
    vm.interfaces.push_back(nic);
    Inventory inventory;
    inventory.vms.push_back(vm);
    inventory.networks.push_back({QStringLiteral("default"),
                                  evidence::ForwardMode::Nat,
                                  QStringLiteral("virbr0"),
                                  true,
                                  {*net::Prefix::parse("192.168.122.1/24")}});
    e.inventory = Reading<Inventory>::read(inventory, QStringLiteral("libvirt"));
    e.inventory.at = e.started;
    NodeFacts host;
    Link link;
    link.index = 7;
    link.name = QStringLiteral("vnet0");
    link.mac = net::MacAddress::parse("fe:54:00:77:aa:07");
    link.counters.rxPackets = 9'007'199'254'740'993; // does not fit a double
    link.port = BridgePort{evidence::PortState::Forwarding, true, false, true, false, true};
    host.links = Reading<std::vector<Link>>::read({link}, QStringLiteral("rtnetlink"));
    host.links.at = e.started;
    Route route;
    route.destination = *net::Prefix::parse("::/0");
    route.nextHops.push_back({QStringLiteral("eth0"), ip("fe80::1")});
    route.metric = 4'294'967'295;
    host.routes = Reading<std::vector<Route>>::read({route}, QStringLiteral("rtnetlink"));
    host.routes.at = e.started;
    host.sysctls.value.insert(QStringLiteral("net.ipv4.conf.eth0.100.rp_filter"), QStringLiteral("2"));
    host.rulesets.push_back(
        {evidence::RulesetFormat::NftJson,
         {},
         Reading<QString>::missing(Access::Denied, QStringLiteral("libnftables"), QStringLiteral("needs CAP_NET_ADMIN"))});
    host.rulesets.back().text.at = e.started;
    e.host = Reading<NodeFacts>::read(host, QStringLiteral("this host"));
    e.host.at = e.started;
    EchoSeries series;
    series.target = ip("192.168.122.77");
    EchoSample reply;
    reply.outcome = EchoOutcome::Prohibited;
    reply.rttNs = 1'234'567;
    reply.sentAt = e.started;
    reply.sender = ip("192.168.122.77");
    reply.icmpCode = 13;
    series.samples.push_back(reply);
    auto echo = Reading<EchoSeries>::read(series, QStringLiteral("probe"));
    echo.at = e.started;
    e.probes.echoes.push_back(echo);
    e.captures = Reading<Captures>::read(sampleCaptures(), QStringLiteral("libpcap"));
    e.captures.at = e.started;
    PathTrace trace;
    trace.protocol = evidence::ProbeProtocol::Udp;
    trace.target = ip("192.168.122.77");
    trace.source = ip("192.168.122.1");
    trace.port = 33434;
    trace.method = evidence::ProbeMethod::UdpSocket;
    trace.hops.push_back({3, EchoOutcome::TimeExceeded, ip("10.0.0.1"), 123'456, 11, 0, 113, 2});
    trace.reached = true;
    trace.cutShort = true;
    e.probes.traces.push_back(Reading<PathTrace>::read(trace, QStringLiteral("probe")));
    e.probes.traces.back().at = e.started;
    PathMtu mtu;
    mtu.target = ip("192.168.122.77");
    mtu.source = ip("192.168.122.1");
    mtu.interface = QStringLiteral("virbr0");
    mtu.interfaceMtu = 9000;
    mtu.method = evidence::ProbeMethod::PingSocket;
    mtu.largestAnswered = 1400;
    mtu.smallestUnanswered = 1401;
    mtu.refusedHere = 9001;
    mtu.notices.push_back({ip("10.0.0.1"), 1400, 9000});
    mtu.sizes.push_back({9000, 4, 1});
    mtu.cutShort = true;
    e.probes.pathMtus.push_back(Reading<PathMtu>::read(mtu, QStringLiteral("probe")));
    e.probes.pathMtus.back().at = e.started;
    return e;
}

QByteArray withEvidence(const QByteArray &body)
{
    return "{\"format\":\"bothways-session\",\"version\":1,\"evidence\":" + body + "}";
}

} // namespace

TEST_CASE("a session survives the way to its file and back, plain and compressed")
{
    const auto before = sample();
    const auto json = toJson(before);
    const auto after = fromBytes(json);
    REQUIRE(after);
    CHECK(*after == before);
    CHECK(toJson(*after) == json);

    QTemporaryDir directory;
    auto large = before;
    large.host.value.rulesets.front().text.value = QString(400'000, QLatin1Char('x'));
    const auto path = directory.filePath(QStringLiteral("a.bothways"));
    REQUIRE(save(large, path));
    CHECK(QFile(path).size() < 100'000);
    const auto loaded = load(path);
    REQUIRE(loaded);
    CHECK(*loaded == large);
}

TEST_CASE("a session of before the path was probed is read, and knows nothing of the path")
{
    auto root = QJsonDocument::fromJson(toJson(sample())).object();
    auto body = root.value(QLatin1String("evidence")).toObject();
    auto probes = body.value(QLatin1String("probes")).toObject();
    REQUIRE(probes.contains(QLatin1String("traces")));
    probes.remove(QStringLiteral("traces"));
    probes.remove(QStringLiteral("path_mtus"));
    body.insert(QStringLiteral("probes"), probes);
    root.insert(QStringLiteral("evidence"), body);
    const auto old = fromBytes(QJsonDocument(root).toJson());
    REQUIRE(old);
    auto expected = sample();
    expected.probes.traces.clear();
    expected.probes.pathMtus.clear();
    CHECK(*old == expected);
}

TEST_CASE("a session of before anything was told is read, and tells nothing")
{
    auto root = QJsonDocument::fromJson(toJson(sample())).object();
    auto body = root.value(QLatin1String("evidence")).toObject();
    REQUIRE(body.contains(QLatin1String("told")));
    body.remove(QStringLiteral("told"));
    root.insert(QStringLiteral("evidence"), body);
    const auto old = fromBytes(QJsonDocument(root).toJson());
    REQUIRE(old);
    auto expected = sample();
    expected.told = {};
    CHECK(*old == expected);
    CHECK(old->told.isEmpty());
}

TEST_CASE("what a session says was told is one line of bounded length, with nothing invisible in it")
{
    const auto [words, expected] = GENERATE(table<QString, QString>({
        {QStringLiteral("  since\r\nMonday\u2028 at\t9 "), QStringLiteral("since Monday at 9")},
        {QStringLiteral("\u001b[31mred\u202e \u0000\u0007bell\u200b"), QStringLiteral("[31mred bell")},
        {QStringLiteral("half ") + QChar(0xD83D), QStringLiteral("half")},
        {QString(1'000'000, QLatin1Char('x')), QString(longestTold, QLatin1Char('x'))},
        {QString(longestTold - 1, QLatin1Char('x')) + QStringLiteral("\U0001F600y"), QString(longestTold - 1, QLatin1Char('x'))},
        {QString(1'000'000, QLatin1Char('\n')), QString()},
    }));
    auto hostile = sample();
    hostile.told = {words, words};
    const auto read = fromBytes(toJson(hostile));
    REQUIRE(read);
    CHECK(read->told == Told{expected, expected});
    CHECK(asTold(read->told) == read->told);
    CHECK(*fromBytes(toJson(*read)) == *read);
}

TEST_CASE("a session that cannot be written leaves the earlier file whole")
{
    QTemporaryDir directory;
    const auto path = directory.filePath(QStringLiteral("missing/a.bothways"));
    const auto result = save(sample(), path);
    REQUIRE_FALSE(result);
    CHECK(result.error().message.contains(path));
}

TEST_CASE("hostile session files give an error that names the place")
{
    const auto [bytes, words] = GENERATE(table<QByteArray, QString>({
        {"", QStringLiteral("JSON")},
        {"[]", QStringLiteral("format")},
        {"{\"format\":\"bothways-session\"}", QStringLiteral("version")},
        {"{\"format\":\"bothways-session\",\"version\":99,\"evidence\":{}}", QStringLiteral("99")},
        {"{\"format\":\"bothways-session\",\"version\":1,\"evidence\":[]}", QStringLiteral("evidence")},
        {withEvidence("{\"interrupted\":3}"), QStringLiteral("evidence.interrupted")},
        {withEvidence("{\"started\":\"yesterday\"}"), QStringLiteral("evidence.started")},
        {withEvidence("{\"target\":{\"vm_address\":\"1.2.3\"}}"), QStringLiteral("evidence.target.vm_address")},
        {withEvidence("{\"told\":\"yesterday\"}"), QStringLiteral("evidence.told")},
        {withEvidence("{\"told\":{\"began\":[\"yesterday\"]}}"), QStringLiteral("evidence.told.began")},
        {withEvidence("{\"rights\":{\"access\":\"maybe\"}}"), QStringLiteral("evidence.rights.access")},
        {withEvidence("{\"rights\":{\"value\":{\"effective_user\":1e300}}}"), QStringLiteral("effective_user")},
        {withEvidence("{\"rights\":{\"value\":{\"effective_user\":1.5}}}"), QStringLiteral("effective_user")},
        {withEvidence("{\"host\":{\"value\":{\"links\":{\"value\":[{\"index\":99999999999}]}}}}"),
         QStringLiteral("links.value[0].index")},
        {withEvidence("{\"host\":{\"value\":{\"sysctls\":{\"value\":{\"a\":1}}}}}"), QStringLiteral("sysctls.value.a")},
        {QByteArray(100'000, '['), QStringLiteral("nested")},
        {QByteArray("\x1f\x8b\x08garbage"), QStringLiteral("compressed")},
    }));
    const auto result = fromBytes(bytes);
    REQUIRE_FALSE(result);
    CAPTURE(result.error().message.toStdString());
    CHECK(result.error().message.contains(words));
}

TEST_CASE("a session cut anywhere is an error, never a half session")
{
    const auto json = toJson(sample());
    for (qsizetype length = 0; length < json.size() - 2; length += 7) {
        CHECK_FALSE(fromBytes(json.left(length)));
    }
}

TEST_CASE("unknown keys are ignored and missing ones keep their defaults")
{
    const auto result = fromBytes(withEvidence("{\"from_the_future\":[1,2],\"interrupted\":true}"));
    REQUIRE(result);
    CHECK(result->interrupted);
    CHECK(result->host.access == Access::NotTried);
}

TEST_CASE("programs and policies are read by their words, and a word that is not known stays as it is")
{
    const auto result = fromBytes(withEvidence(R"({"host":{"value":{
        "programs":{"access":"read","value":[{"hook":"egress"},{"hook":"tcx"},{}]},
        "transforms":{"access":"read","value":[{"direction":"fwd","action":"block"},{"direction":"up","action":"allow"}]}}}})"));
    REQUIRE(result);
    const auto &programs = result->host.value.programs.value;
    REQUIRE(programs.size() == 3);
    CHECK(programs[0].hook == ProgramHook::Egress);
    CHECK(programs[1].hook == ProgramHook::Other);
    CHECK(programs[1].hook.word() == QLatin1String("tcx"));
    CHECK(programs[2].hook.isEmpty());
    const auto &policies = result->host.value.transforms.value;
    REQUIRE(policies.size() == 2);
    CHECK(policies[0].direction == TransformDirection::Forward);
    CHECK(policies[0].action == TransformAction::Block);
    CHECK(policies[1].direction.word() == QLatin1String("up"));
    const auto again = fromBytes(toJson(*result));
    REQUIRE(again);
    CHECK(again->host == result->host);
}

TEST_CASE("what unpacks to more than the limit is refused")
{
    // 100 MB of blanks pack to 100 kB: the size must be checked while unpacking.
    QTemporaryDir directory;
    const auto path = directory.filePath(QStringLiteral("bomb.bothways"));
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(100'000'000, ' '));
    file.close();
    const auto result = load(path);
    REQUIRE_FALSE(result);
    CHECK(result.error().message.contains(QStringLiteral("64 MiB")));
}

TEST_CASE("a small file that holds millions of values is refused before it takes the memory")
{
    QByteArray json = R"({"format": "bothways-session", "version": 1, "evidence": {"x": [)";
    for (int i = 0; i < 1'500'000; ++i) {
        json += "[[0]],";
    }
    json += "0]}}";
    const auto result = evidence::fromBytes(json);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().message.contains(QStringLiteral("more values")));
}
