// SPDX-License-Identifier: GPL-3.0-or-later
// What a VM says of itself is a claim. This host is sound, and shares its LAN and its virtual network with others; the VM lies by
// its agent, its report, its ARP and its names. Nothing that is offered for the host touches anybody but the two.
#include "machine.h"

#include "checks/checks.h"
#include "diagnosis/diagnosis.h"
#include "facts/case.h"
#include "remedy/remedy.h"
#include "session/typed_target.h"
#include "words/text.h"

#include <QFile>
#include <QRegularExpression>

#include <random>

using namespace bothways;
using namespace Qt::Literals::StringLiterals;
using bothways::test::Machine;

namespace {

net::IpAddress ip(const char *text) { return *net::IpAddress::parse(text); }
net::Prefix prefix(const char *text) { return *net::Prefix::parse(text); }
net::MacAddress mac(const char *text) { return *net::MacAddress::parse(text); }

constexpr const char *vmAddress = "192.168.122.225";
constexpr const char *lanGateway = "192.168.0.1";
constexpr const char *otherVm = "192.168.122.77";
constexpr const char *vmMac = "52:54:00:bb:00:01";
constexpr const char *otherMac = "52:54:00:bb:00:77";
constexpr const char *gatewayMac = "02:00:00:00:fe:01";

/// Addresses that a liar may give, and where this host's tables lead for each.
struct Place {
    const char *address;
    const char *interface; ///< empty: this host itself
    const char *gateway;
    const char *matched;
};
constexpr Place places[] = {{vmAddress, "virbr0", nullptr, "192.168.122.0/24"},
                            {otherVm, "virbr0", nullptr, "192.168.122.0/24"},
                            {"192.168.122.44", "virbr0", nullptr, "192.168.122.0/24"}, // nobody's
                            {"192.168.122.255", "virbr0", nullptr, "192.168.122.255/32"},
                            {"192.168.122.1", "", nullptr, "192.168.122.1/32"},
                            {"192.168.0.5", "", nullptr, "192.168.0.5/32"},
                            {lanGateway, "eth0", nullptr, "192.168.0.0/24"},
                            {"192.168.0.7", "eth0", nullptr, "192.168.0.0/24"},
                            {"9.9.9.9", "eth0", lanGateway, "0.0.0.0/0"},
                            {"224.0.0.1", "eth0", lanGateway, "0.0.0.0/0"},
                            {"255.255.255.255", "eth0", nullptr, "255.255.255.255/32"},
                            {"0.0.0.0", "", nullptr, "0.0.0.0/0"},
                            {"10.0.2.15", "eth0", lanGateway, "0.0.0.0/0"},
                            {"fe80::1", "eth0", nullptr, "fe80::/64"},
                            {"fd00::9", "eth0", nullptr, "fd00::/64"},
                            {"ff02::1", "eth0", nullptr, "ff00::/8"}};

evidence::Link lan(evidence::Link model)
{
    model.index = 9;
    model.name = u"eth0"_s;
    model.master.clear();
    model.mac = mac("02:00:00:00:00:05");
    model.port.reset();
    model.bridge.reset();
    return model;
}

evidence::Route leading(const char *to, const QString &interface, const char *gateway, const char *source)
{
    evidence::Route route;
    route.destination = prefix(to);
    route.nextHops = {{interface, gateway ? std::optional(ip(gateway)) : std::nullopt}};
    route.preferredSource = source ? std::optional(ip(source)) : std::nullopt;
    route.protocol = gateway ? u"dhcp"_s : u"kernel"_s;
    route.scope = gateway ? evidence::AddressScope::Global : evidence::AddressScope::Link;
    return route;
}

/// The recorded healthy machine, put into a LAN beside others.
world::Script soundHost()
{
    auto script = Machine::scriptOf(u"include healthy.world\n"_s);
    auto &host = script.evidence.host.value;
    host.links.value.push_back(lan(host.links.value.back()));
    host.addresses.value.push_back({u"eth0"_s, prefix("192.168.0.5/24"), evidence::AddressScope::Global});
    host.addresses.value.push_back({u"eth0"_s, prefix("fd00::5/64"), evidence::AddressScope::Global});
    host.routes.value.push_back(leading("192.168.0.0/24", u"eth0"_s, nullptr, "192.168.0.5"));
    host.routes.value.push_back(leading("0.0.0.0/0", u"eth0"_s, lanGateway, nullptr));
    host.routes.value.push_back(leading("fd00::/64", u"eth0"_s, nullptr, nullptr));
    host.routes.value.push_back(leading("fe80::/64", u"eth0"_s, nullptr, nullptr));
    host.routeAnswers.clear();
    for (const auto &place : places) {
        evidence::RouteAnswer answer;
        answer.destination = ip(place.address);
        const QString interface = QString::fromLatin1(place.interface);
        answer.interface = interface.isEmpty() ? u"lo"_s : interface;
        answer.type = interface.isEmpty() ? evidence::RouteType::Local : evidence::RouteType::Unicast;
        answer.gateway = place.gateway ? std::optional(ip(place.gateway)) : std::nullopt;
        answer.matched = prefix(place.matched);
        answer.table = interface.isEmpty() ? 255 : 254;
        if (answer.destination.isV4()) {
            answer.source = ip(interface == u"virbr0"_s ? "192.168.122.1" : "192.168.0.5");
        }
        host.routeAnswers.push_back(evidence::Reading<evidence::RouteAnswer>::read(answer, u"RTM_GETROUTE"_s));
    }
    host.neighbours.value.push_back({ip(lanGateway), u"eth0"_s, mac(gatewayMac), evidence::NeighbourState::Reachable});
    auto other = script.evidence.inventory.value.vms.front();
    other.name = u"other"_s;
    other.uuid = u"other"_s;
    other.interfaces.front().mac = mac(otherMac);
    other.interfaces.front().hostDevice = u"vnet1"_s;
    other.interfaces.front().addresses = {{prefix("192.168.122.77/24"), evidence::AddressSource::Lease}};
    script.evidence.inventory.value.vms.push_back(other);
    return script;
}

class Liar {
public:
    explicit Liar(unsigned seed) : m_random(seed) {}

    bool chance(int oneIn) { return below(oneIn) == 0; }
    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(m_random); }
    const Place &place() { return places[below(static_cast<int>(std::size(places)))]; }

    net::MacAddress address()
    {
        static constexpr const char *macs[] = {
            vmMac, vmMac, otherMac, gatewayMac, "52:54:00:8d:80:a5", "02:66:00:00:00:01", "ff:ff:ff:ff:ff:ff"};
        return mac(macs[below(static_cast<int>(std::size(macs)))]);
    }
    QString name()
    {
        static const QStringList names{u"eth0"_s, u"virbr0"_s, u"eth0; reboot"_s, u"$(reboot)"_s, u"a\nb"_s,
                                       u"-f"_s,   QString(),   u"\u202eoht"_s,    u"eth0.10"_s};
        return names.at(below(static_cast<int>(names.size())));
    }

    void spoil(world::Script &script)
    {
        auto &nic = script.evidence.inventory.value.vms.front().interfaces.front();
        if (chance(2)) {
            nic.addresses.clear(); // no lease either
        }
        for (int i = below(4); i > 0; --i) {
            const net::Prefix claimed(ip(place().address), 24);
            nic.addresses.insert(nic.addresses.begin(),
                                 {claimed, chance(2) ? evidence::AddressSource::Agent : evidence::AddressSource::Arp});
        }
        spoilGuest(script.evidence.guest.value);
        spoilAnswers(script);
        if (chance(4)) {
            script.guestOutput = report();
        }
        for (int i = chance(3) ? 1 + below(6) : 0; i > 0; --i) {
            const bool answer = !chance(3);
            script.frames.push_back({std::chrono::milliseconds(200 * i), chance(2) ? "vnet0" : "virbr0", arp(answer)});
        }
        auto &neighbours = script.evidence.host.value.neighbours.value; // what its ARP made of this host's table
        for (int i = below(3); i > 0; --i) {
            const auto &about = place();
            neighbours.push_back({ip(about.address), QString::fromLatin1(about.interface), address(),
                                  chance(4) ? evidence::NeighbourState::Failed : evidence::NeighbourState::Stale});
        }
    }

private:
    /// What a real guest printed, with lines left out, twice, or of another's numbers.
    QByteArray report()
    {
        static const auto real = [] {
            QFile file(QStringLiteral(BOTHWAYS_TEST_DATA "/guest/vm-busybox.txt"));
            return file.open(QIODevice::ReadOnly) ? file.readAll().split('\n') : QList<QByteArray>();
        }();
        REQUIRE_FALSE(real.isEmpty());
        QByteArray text;
        for (auto line : real) {
            if (chance(6)) {
                line.replace("192.168.122.225", place().address);
            }
            if (!chance(60)) {
                text += line + '\n';
            }
            if (chance(60)) {
                text += line + '\n';
            }
        }
        return text;
    }

    /// A request or an answer with a claim of its own, with a tag now and then.
    QByteArray arp(bool answers)
    {
        const auto sender = address();
        const auto claimed = ip(place().address);
        QByteArray frame(6, '\xff');
        const auto add = [&](const auto &bytes, std::size_t count) {
            frame.append(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(count));
        };
        add(sender.bytes(), 6);
        if (chance(4)) {
            frame += QByteArray::fromHex("8100000a");
        }
        frame += QByteArray::fromHex("0806"
                                     "0001080006040000");
        frame.back() = answers ? 2 : 1;
        add(sender.bytes(), 6);
        add(claimed.bytes(), 4);
        frame += QByteArray(6, '\0');
        add(ip("192.168.122.1").bytes(), 4);
        return frame.leftJustified(60, '\0');
    }

    evidence::PathMtu pathMtu(const Place &place)
    {
        evidence::PathMtu mtu;
        mtu.target = ip(place.address);
        mtu.interface = QString::fromLatin1(place.interface);
        mtu.interfaceMtu = 1500;
        mtu.method = evidence::ProbeMethod::RawSocket;
        mtu.largestAnswered = 1280 + below(220);
        mtu.smallestUnanswered = mtu.largestAnswered + 1;
        if (chance(2)) {
            mtu.notices.push_back({ip(this->place().address), mtu.largestAnswered});
        }
        return mtu;
    }

    void spoilGuest(evidence::Guest &guest)
    {
        auto &facts = guest.facts;
        for (auto &link : facts.links.value) {
            link.name = chance(4) ? name() : link.name;
            link.mac = chance(4) ? address() : *link.mac;
            link.mtu = chance(3) ? static_cast<quint32>(below(70000)) : link.mtu;
            link.up = !chance(5);
            link.kind = chance(5) ? evidence::LinkKind::Vlan : link.kind.value();
        }
        for (int i = below(3); i > 0; --i) {
            facts.addresses.value.insert(facts.addresses.value.begin(),
                                         {facts.links.value.front().name, net::Prefix(ip(place().address), 8 + below(25)),
                                          evidence::AddressScope::Global});
        }
        if (chance(3)) {
            facts.routes.value.clear();
        }
        if (chance(3)) {
            facts.sysctls.value.insert(u"net.ipv4.icmp_echo_ignore_all"_s, u"1"_s);
        }
        if (chance(3)) {
            facts.sysctls.value.insert(u"net.ipv4.conf.all.arp_ignore"_s, u"8"_s);
        }
        for (auto &sample : guest.echoToHost.value.samples) {
            sample.outcome = chance(2) ? evidence::EchoOutcome::Silence : evidence::EchoOutcome::Reply;
        }
        guest.echoToHost.value.target = chance(3) ? ip(place().address) : guest.echoToHost.value.target;
        guest.echoSource = chance(2) ? std::optional(ip(place().address)) : guest.echoSource;
        for (auto &counter : guest.after.value.counters.value) {
            counter += chance(8) ? below(100) : 0;
        }
    }

    /// It answers what it likes at each address of its link; the others answer for their own.
    void spoilAnswers(world::Script &script)
    {
        auto &probes = script.evidence.probes;
        const auto model = probes.echoes.front();
        const auto arp = probes.neighbours.front();
        const auto port = probes.ports.front();
        probes = {};
        probes.echoes.push_back(model);
        for (const auto &place : places) {
            const bool others = QLatin1String(place.interface) != "virbr0"_L1 || ip(place.address) == ip(otherVm);
            auto series = model;
            series.value.target = ip(place.address);
            series.value.source.reset();
            const bool answers = others ? !chance(3) : chance(3);
            for (auto &sample : series.value.samples) {
                sample.outcome = answers ? evidence::EchoOutcome::Reply : evidence::EchoOutcome::Silence;
                sample.sender = answers ? std::optional(series.value.target) : std::nullopt;
            }
            probes.echoes.push_back(series);
            auto asked = arp;
            asked.value.target = series.value.target;
            asked.value.interface = QString::fromLatin1(others ? place.interface : "virbr0");
            for (auto &answer : asked.value.answers) {
                answer.mac = ip(place.address) == ip(otherVm) ? mac(otherMac) : others ? mac(gatewayMac) : address();
            }
            if (chance(3)) {
                asked.value.answers.clear();
            } else if (ip(place.address) == ip(otherVm)) {
                asked.value.answers.push_back({mac(vmMac), 1000, {}}); // the liar, too
            }
            probes.neighbours.push_back(asked);
            if (chance(2)) {
                probes.pathMtus.push_back(evidence::Reading<evidence::PathMtu>::read(pathMtu(place), u"echo"_s));
            }
            auto tried = port;
            tried.value.target = series.value.target;
            probes.ports.push_back(tried);
        }
        probes.echoes.front().value.samples = probes.echoes.at(1 + static_cast<std::size_t>(below(2))).value.samples;
    }

    std::mt19937 m_random;
};

/// The VM's, or one in its own network that is nobody's; the other VM's where the user asked for that one.
bool isPairs(const net::IpAddress &address, const evidence::Target &target)
{
    const bool asked = address == ip(otherVm) && target.requested == QLatin1String(otherVm) && target.vmMac == mac(otherMac);
    const bool typed = target.vm.isEmpty() && net::IpAddress::parse(target.requested.toStdString()) == address &&
                       address != ip(lanGateway) && session::unfitTarget(address).isEmpty();
    return asked || typed || address == ip(vmAddress) || address == ip("192.168.122.44") || address == ip("192.168.122.1") ||
           address == ip("192.168.0.5");
}

/// Which word of a command on the host reaches somebody else; empty: none.
QString reaching(const QString &command, const evidence::Target &target)
{
    static const QRegularExpression around(u"[\\s'\"=,]+"_s);
    const auto words = command.split(around, Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < words.size(); ++i) {
        const auto &word = words.at(i);
        if (i > 0 && words.at(i - 1) == u"via"_s && target.vm.isEmpty()) {
            continue; // the way that leads there already
        }
        if (const auto named = net::Prefix::parse(word.toStdString())) {
            const bool one = named->length() == named->address().width();
            if (!one || !isPairs(named->address(), target)) {
                return word;
            }
        }
        if (word == u"default"_s || (word == u"eth0"_s && !target.vm.isEmpty()) || word == u"flush"_s || word == u"vlan"_s ||
            word == u"sysctl"_s) {
            return word;
        }
    }
    return command.startsWith(u"ip link set dev virbr0"_s) ? u"virbr0"_s : QString();
}

void judge(const evidence::Evidence &evidence)
{
    const facts::Case given(evidence);
    const auto diagnosis = diagnosis::diagnose(checks::runAll(given), given.symptom);
    for (const auto &cause : diagnosis.causes) {
        if (cause.grade == diagnosis::Grade::Proven) {
            REQUIRE(cause.object.has_value());
            CAPTURE(name(cause.id).toStdString(), name(cause.variant).toStdString(),
                    facts::describe(*cause.object).toStdString());
            // The host's own address is one fact, and that the VM answers at it another.
            const bool conflict =
                cause.variant == diagnosis::Variant::DuplicateIp || cause.variant == diagnosis::Variant::Poisoned;
            const bool ours = conflict && given.scene.route != nullptr && given.scene.route->type == evidence::RouteType::Local;
            CHECK((ours || facts::whereOf(*cause.object) == facts::Where::Guest));
        }
    }
    for (const auto &remedy : remedy::propose(diagnosis, given)) {
        for (const auto &command : remedy.where == facts::Where::Host ? remedy.commands : QStringList()) {
            CAPTURE(command.toStdString());
            CHECK(reaching(command, evidence.target).toStdString().empty());
        }
    }
}

} // namespace

TEST_CASE("a thousand lies of a VM move nothing on this host but the two", "[lies]")
{
    int measured = 0;
    for (unsigned seed = 0; seed < 1000; ++seed) {
        INFO("seed " << seed);
        Liar liar(seed);
        auto script = soundHost();
        liar.spoil(script);
        world::ScriptedWorld world(script);
        session::Plan plan;
        plan.vm = liar.chance(3) ? QString::fromLatin1(liar.place().address) : script.evidence.target.requested;
        const auto evidence = session::run(world, plan, {}, {});
        if (!evidence) { // an address that is no VM's is refused
            CHECK_FALSE(evidence.error().message.isEmpty());
            continue;
        }
        ++measured;
        judge(*evidence);
    }
    CHECK(measured > 700);
}

TEST_CASE("a VM that gives the host's gateway as its address gets no route of the host's", "[lies]")
{
    auto script = soundHost();
    auto &nic = script.evidence.inventory.value.vms.front().interfaces.front();
    nic.addresses = {{prefix("192.168.0.1/24"), evidence::AddressSource::Agent}};
    for (auto &own : script.evidence.guest.value.facts.addresses.value) {
        own.prefix = own.prefix.address() == ip(vmAddress) ? prefix("192.168.0.1/24") : own.prefix;
    }
    for (auto &sample : script.evidence.probes.echoes.front().value.samples) {
        sample.outcome = evidence::EchoOutcome::Silence;
    }
    world::ScriptedWorld world(script);
    session::Plan plan;
    plan.vm = script.evidence.target.requested;
    auto evidence = session::run(world, plan, {}, {});
    REQUIRE(evidence.has_value());
    CHECK_FALSE(evidence->target.vmAddress); // no machine on that bridge can have it
    judge(*evidence);
    // A session of another program's making may name it all the same.
    evidence->target.vmAddress = ip(lanGateway);
    evidence->probes = script.evidence.probes;
    evidence->probes.echoes.front().value.target = ip(lanGateway);
    judge(*evidence);
}

TEST_CASE("no route decides where a link-local address is, and none is taken away for it", "[lies]")
{
    auto script = soundHost();
    for (auto &sample : script.evidence.probes.echoes.front().value.samples) {
        sample.outcome = evidence::EchoOutcome::Silence;
    }
    script.evidence.probes.neighbours.clear();
    world::ScriptedWorld world(script);
    session::Plan plan;
    plan.vm = u"fe80::1"_s;
    plan.interface = u"virbr0"_s;
    const auto evidence = session::run(world, plan, {}, {});
    REQUIRE(evidence.has_value());
    const facts::Case given(*evidence);
    CHECK_FALSE(given.scene.diverted); // the kernel's answer is for another link
    const auto diagnosis = diagnosis::diagnose(checks::runAll(given), given.symptom);
    for (const auto &cause : diagnosis.causes) {
        CAPTURE(name(cause.id).toStdString());
        CHECK((cause.grade == diagnosis::Grade::RuledOut || cause.id != diagnosis::CauseClass::Routing ||
               cause.grade == diagnosis::Grade::Possible));
    }
    for (const auto &remedy : remedy::propose(diagnosis, given)) {
        CHECK_FALSE(remedy.commands.join(u' ').contains(u"route"_s));
    }
}
