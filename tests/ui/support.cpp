// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "catch.h"
#include "session/debug_info.h"
#include "world/here/here.h"

#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <atomic>

namespace bothways::ui::test {

namespace {

using namespace Qt::Literals::StringLiterals;
using evidence::Access;
using evidence::Reading;

net::IpAddress address(const char *text) { return *net::IpAddress::parse(text); }
net::Prefix prefix(const char *text) { return *net::Prefix::parse(text); }
net::MacAddress mac(const char *text) { return *net::MacAddress::parse(text); }

template <typename T>
Reading<T> seen(T value, const QString &source = u"test"_s)
{
    Reading<T> reading;
    reading.access = Access::Read;
    reading.value = std::move(value);
    reading.source = source;
    reading.at = QDateTime::fromString(u"2026-11-23T02:00:00Z"_s, Qt::ISODate);
    return reading;
}

QString guestRules(bool drops, int packets)
{
    const QString head = u"{\"nftables\":[{\"metainfo\":{\"version\":\"1.0.6\",\"json_schema_version\":1}},"
                         "{\"table\":{\"family\":\"inet\",\"name\":\"fw\",\"handle\":1}},"
                         "{\"chain\":{\"family\":\"inet\",\"table\":\"fw\",\"name\":\"input\",\"handle\":1,\"type\":\"filter\","
                         "\"hook\":\"input\",\"prio\":0,\"policy\":\"accept\"}}"_s;
    const QString rule =
        u",{\"rule\":{\"family\":\"inet\",\"table\":\"fw\",\"chain\":\"input\",\"handle\":5,\"expr\":["
        "{\"match\":{\"op\":\"==\",\"left\":{\"payload\":{\"protocol\":\"icmp\",\"field\":\"type\"}},"
        "\"right\":\"echo-request\"}},{\"counter\":{\"packets\":%1,\"bytes\":%2}},{\"drop\":null}]}}"_s.arg(packets)
            .arg(packets * 84);
    return head + (drops ? rule : QString()) + u"]}"_s;
}

evidence::EchoSeries series(const char *target, const char *source, bool answered, evidence::ProbeMethod method)
{
    evidence::EchoSeries result;
    result.purpose = evidence::EchoPurpose::Main;
    result.target = address(target);
    result.source = address(source);
    result.method = method;
    result.payloadBytes = 56;
    for (int i = 0; i < 10; ++i) {
        evidence::EchoSample sample;
        sample.sequence = i + 1;
        sample.sentAt = QDateTime::fromString(u"2026-11-23T02:00:00Z"_s, Qt::ISODate).addMSecs(200 * i);
        if (answered) {
            sample.outcome = evidence::EchoOutcome::Reply;
            sample.rttNs = 800'000 + 40'000 * i;
            sample.stamps = evidence::Stamps::Kernel;
            sample.sender = result.target;
            sample.ttl = 64;
        }
        result.samples.push_back(sample);
    }
    return result;
}

evidence::Link link(int index, const QString &name, evidence::LinkKind kind, const char *hardware)
{
    evidence::Link result;
    result.index = index;
    result.name = name;
    result.kind = kind;
    result.mac = mac(hardware);
    result.operState = evidence::OperState::Up;
    result.up = true;
    result.carrier = true;
    result.mtu = 1500;
    return result;
}

evidence::NodeFacts hostFacts()
{
    evidence::NodeFacts host;
    host.hostName = u"host"_s;
    host.os = evidence::Os::Linux;
    host.system = u"Debian GNU/Linux 12 (bookworm)"_s;
    auto port = link(4, u"vnet0"_s, evidence::LinkKind::Tun, "fe:54:00:77:aa:07");
    port.master = u"virbr0"_s;
    port.port = evidence::BridgePort{.state = evidence::PortState::Forwarding};
    host.links = seen(std::vector{link(3, u"virbr0"_s, evidence::LinkKind::Bridge, "52:54:00:1e:08:a1"), port});
    host.addresses = seen(std::vector{evidence::InterfaceAddress{
        .interface = u"virbr0"_s, .prefix = prefix("192.168.122.1/24"), .scope = evidence::AddressScope::Global}});
    evidence::Route route;
    route.destination = prefix("192.168.122.0/24");
    route.nextHops = {{.interface = u"virbr0"_s, .gateway = {}}};
    host.routes = seen(std::vector{route});
    evidence::RouteAnswer answer;
    answer.destination = address("192.168.122.77");
    answer.type = evidence::RouteType::Unicast;
    answer.interface = u"virbr0"_s;
    answer.source = address("192.168.122.1");
    answer.matched = prefix("192.168.122.0/24");
    host.routeAnswers = {seen(answer)};
    host.neighbours = seen(std::vector{evidence::Neighbour{.address = address("192.168.122.77"),
                                                           .interface = u"virbr0"_s,
                                                           .mac = mac("52:54:00:77:aa:07"),
                                                           .state = evidence::NeighbourState::Reachable}});
    host.rulesets = {
        {.format = evidence::RulesetFormat::NftJson, .flavour = {}, .text = seen(u"{\"nftables\":[]}"_s, u"libnftables"_s)}};
    host.policyRules = seen(std::vector<evidence::PolicyRule>{});
    host.sysctls = seen(QMap<QString, QString>{{u"net.ipv4.icmp_echo_ignore_all"_s, u"0"_s}});
    return host;
}

evidence::Guest guest(bool drops)
{
    evidence::Guest result;
    result.channel = evidence::GuestChannel::QemuGuestAgent;
    result.facts.hostName = u"db7"_s;
    result.facts.os = evidence::Os::Linux;
    result.facts.links = seen(std::vector{link(2, u"eth0"_s, evidence::LinkKind::Hardware, "52:54:00:77:aa:07")});
    result.facts.addresses = seen(std::vector{evidence::InterfaceAddress{
        .interface = u"eth0"_s, .prefix = prefix("192.168.122.77/24"), .scope = evidence::AddressScope::Global}});
    result.facts.neighbours = seen(std::vector{evidence::Neighbour{.address = address("192.168.122.1"),
                                                                   .interface = u"eth0"_s,
                                                                   .mac = mac("52:54:00:1e:08:a1"),
                                                                   .state = evidence::NeighbourState::Reachable}});
    result.facts.rulesets = {{.format = evidence::RulesetFormat::NftJson,
                              .flavour = {},
                              .text = seen(guestRules(drops, 4), u"nft -j list ruleset"_s)}};
    result.facts.sysctls = seen(QMap<QString, QString>{{u"net.ipv4.icmp_echo_ignore_all"_s, u"0"_s}});
    evidence::NodeSnapshot after;
    after.rulesets = {{.format = evidence::RulesetFormat::NftJson,
                       .flavour = {},
                       .text = seen(guestRules(drops, 14), u"nft -j list ruleset"_s)}};
    result.after = seen(after);
    result.echoToHost = seen(series("192.168.122.1", "192.168.122.77", true, evidence::ProbeMethod::GuestPing));
    result.echoSource = address("192.168.122.77");
    return result;
}

evidence::Evidence pair(const QString &name, bool drops)
{
    evidence::Evidence result;
    result.tool.version = u"0.1.0"_s;
    result.started = QDateTime::fromString(u"2026-11-23T02:00:00Z"_s, Qt::ISODate);
    result.finished = result.started.addMSecs(3100);
    auto &target = result.target;
    target.requested = name;
    target.vm = name;
    target.hypervisor = evidence::HypervisorId::Libvirt;
    target.mode = evidence::Mode::Nat;
    target.network = u"default"_s;
    target.interface = u"virbr0"_s;
    target.port = u"vnet0"_s;
    target.hostAddress = address("192.168.122.1");
    target.vmAddress = address("192.168.122.77");
    target.vmMac = mac("52:54:00:77:aa:07");
    evidence::Rights rights;
    rights.effectiveUser = 0;
    rights.rawSockets = true;
    rights.administration = true;
    rights.pingSocket = true;
    rights.pingProgram = true;
    result.rights = seen(rights);
    result.inventory = seen(inventory(name));
    result.host = seen(hostFacts());
    result.guest = seen(guest(drops), u"qemu-guest-agent guest-exec"_s);
    result.probes.echoes = {seen(series("192.168.122.77", "192.168.122.1", !drops, evidence::ProbeMethod::PingSocket))};
    evidence::NeighbourProbe arp;
    arp.target = address("192.168.122.77");
    arp.interface = u"virbr0"_s;
    arp.requestsSent = 2;
    arp.answers = {{.mac = mac("52:54:00:77:aa:07"), .rttNs = 300'000, .at = result.started}};
    result.probes.neighbours = {seen(arp)};
    evidence::PortProbe port;
    port.protocol = evidence::ProbeProtocol::Tcp;
    port.target = address("192.168.122.77");
    port.port = 22;
    port.outcome = evidence::PortOutcome::Open;
    port.rttNs = 900'000;
    result.probes.ports = {seen(port)};
    return result;
}

} // namespace

evidence::Evidence guestDropsEcho(const QString &name) { return pair(name, true); }

evidence::Evidence mended(const QString &name) { return pair(name, false); }

evidence::Inventory inventory(const QString &name)
{
    evidence::Vm vm;
    vm.hypervisor = evidence::HypervisorId::Libvirt;
    vm.connection = u"qemu:///system"_s;
    vm.name = name;
    vm.uuid = u"0f0e0d0c"_s;
    vm.state = evidence::VmState::Running;
    evidence::VmInterface interface;
    interface.mac = mac("52:54:00:77:aa:07");
    interface.type = evidence::Attachment::Network;
    interface.network = u"default"_s;
    interface.bridge = u"virbr0"_s;
    interface.hostDevice = u"vnet0"_s;
    interface.addresses = {{.prefix = prefix("192.168.122.77/24"), .source = evidence::AddressSource::Lease}};
    vm.interfaces = {interface};
    evidence::Inventory result;
    result.vms = {vm};
    evidence::VirtualNetwork network;
    network.name = u"default"_s;
    network.forwardMode = evidence::ForwardMode::Nat;
    network.bridge = u"virbr0"_s;
    network.active = true;
    result.networks = {network};
    return result;
}

Engine engineGiving(evidence::Evidence evidence)
{
    Engine engine;
    engine.canMeasure = true;
    engine.run = [evidence](const session::Plan &, const std::stop_token &,
                            const session::EventSink &sink) -> tl::expected<evidence::Evidence, session::Error> {
        sink(session::StageChanged{session::Stage::Probing, {}});
        for (const auto &sample : evidence.probes.echoes.front().value.samples) {
            sink(session::EchoArrived{evidence::EchoPurpose::Main, true, sample});
        }
        return evidence;
    };
    engine.listVms = [found = evidence.inventory](const std::stop_token &) { return found; };
    engine.ping = [](const net::IpAddress &, std::optional<net::IpAddress>, const std::stop_token &,
                     const session::EventSink &) -> tl::expected<void, session::Error> { return {}; };
    engine.rights = [rights = evidence.rights](const auto &) { return rights; };
    engine.cannotUnlock = [](const auto &) { return u"Nothing to unlock here."_s; };
    engine.unlock = [](const std::stop_token &) { return world::Unlocked{}; };
    engine.debugInfo = [world = std::shared_ptr(world::here())](const session::Preferences &preferences) {
        return session::debugInfo(*world, preferences);
    };
    return engine;
}

Engine engineInTurn(Engine first, const decltype(Engine::run) &later)
{
    auto runs = std::make_shared<std::atomic<int>>(0);
    first.run = [runs, earlier = first.run, later](const session::Plan &plan, const std::stop_token &stop,
                                                   const session::EventSink &sink) {
        return ++*runs == 1 ? earlier(plan, stop, sink) : later(plan, stop, sink);
    };
    return first;
}

int pixelsOf(const QImage &image, const QColor &colour)
{
    int found = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            found += image.pixelColor(x, y) == colour ? 1 : 0;
        }
    }
    return found;
}

Wizard::Wizard(Engine engine)
{
    application();
    program =
        std::make_unique<WizardProgram>(std::move(engine), files, WizardProgram::Opening{.session = {}, .language = u"en"_s});
    language = &program->language();
    controller = &program->controller();
    window = &program->window();
    REQUIRE(QTest::qWaitForWindowActive(window));
    REQUIRE(waitFor([this] { return controller->inventory().access != evidence::Access::NotTried; }));
    REQUIRE(waitFor([this] { return window->findChild<QWidget *>(u"chartDock"_s) != nullptr; })); // comes after the first frame
}

Wizard::~Wizard()
{
    language->set(u"en"_s);
    window->close();
}

QWidget *Wizard::child(const QString &objectName) const
{
    INFO("object name " << objectName.toStdString());
    REQUIRE(window->findChild<QWidget *>(objectName) != nullptr);
    return window;
}

void Wizard::click(const char *objectName) const
{
    auto *button = find<QPushButton>(objectName);
    REQUIRE(button != nullptr);
    INFO("button " << objectName);
    REQUIRE(button->isEnabled());
    QTest::mouseClick(button, Qt::LeftButton);
}

QString Wizard::textOf(const char *objectName) const
{
    auto *label = find<QLabel>(objectName);
    REQUIRE(label != nullptr);
    return label->text();
}

void Wizard::diagnose(const QString &vm)
{
    controller->choose(vm);
    controller->runAll();
    REQUIRE(waitFor([this] { return controller->conclusion() != nullptr; }));
}

} // namespace bothways::ui::test
