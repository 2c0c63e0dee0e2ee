// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

#include <QString>

/// Evidence of a host and its VM on one bridge, as the lab makes them: healthy until a test spoils it.
namespace bothways::test {

using namespace Qt::Literals::StringLiterals;

inline net::IpAddress ip(const char *text) { return *net::IpAddress::parse(text); }
inline net::Prefix prefix(const char *text) { return *net::Prefix::parse(text); }
inline net::MacAddress mac(const char *text) { return *net::MacAddress::parse(text); }

inline constexpr const char *hostAddress = "10.0.0.1";
inline constexpr const char *vmAddress = "10.0.0.10";
inline constexpr const char *hostMac = "02:00:00:00:00:01";
inline constexpr const char *vmMac = "02:00:00:00:00:10";
inline constexpr const char *strangerMac = "02:00:00:00:00:99";

template <typename T>
evidence::Reading<T> seen(T value)
{
    evidence::Reading<T> reading;
    reading.access = evidence::Access::Read;
    reading.value = std::move(value);
    reading.source = u"test"_s;
    return reading;
}

template <typename T>
evidence::Reading<T> denied()
{
    evidence::Reading<T> reading;
    reading.access = evidence::Access::Denied;
    reading.source = u"test"_s;
    reading.problem = u"no rights"_s;
    return reading;
}

inline evidence::EchoSeries echoes(const char *target, const char *source, evidence::EchoOutcome outcome,
                                   evidence::EchoPurpose purpose = evidence::EchoPurpose::Main)
{
    evidence::EchoSeries series;
    series.purpose = purpose;
    series.target = ip(target);
    series.source = ip(source);
    series.method = evidence::ProbeMethod::RawSocket;
    for (int i = 0; i < 10; ++i) {
        evidence::EchoSample sample;
        sample.sequence = i;
        sample.outcome = outcome;
        if (outcome == evidence::EchoOutcome::Reply) {
            sample.rttNs = 300000 + i * 1000;
            sample.sender = ip(target);
        }
        series.samples.push_back(sample);
    }
    return series;
}

inline evidence::RulesetDump dump(evidence::RulesetFormat format, evidence::XtablesFlavour flavour, const QString &text)
{
    return {format, flavour, seen(text)};
}

inline evidence::Link link(const QString &name, evidence::LinkKind kind, const char *address, const QString &master = {})
{
    evidence::Link result;
    result.name = name;
    result.kind = kind;
    result.master = master;
    result.mac = mac(address);
    result.operState = evidence::OperState::Up;
    result.mtu = 1500;
    result.up = true;
    result.carrier = true;
    return result;
}

inline evidence::Route route(const char *destination, const QString &interface)
{
    evidence::Route result;
    result.destination = prefix(destination);
    result.nextHops = {{interface, std::nullopt}};
    return result;
}

inline evidence::Neighbour neighbour(const char *address, const QString &interface, const char *lladdr,
                                     evidence::NeighbourState state)
{
    evidence::Neighbour result;
    result.address = ip(address);
    result.interface = interface;
    if (lladdr) {
        result.mac = mac(lladdr);
    }
    result.state = state;
    return result;
}

inline QString emptyNft() { return u"{\"nftables\": [{\"metainfo\": {\"json_schema_version\": 1}}]}"_s; }

/// One nft table "inet fw" with one base chain and these expressions as its rules, handles from 5 on.
inline QString nft(const QString &chain, const QString &policy, const QStringList &rules)
{
    QString text = u"{\"nftables\": [{\"metainfo\": {\"json_schema_version\": 1}},"
                   "{\"table\": {\"family\": \"inet\", \"name\": \"fw\", \"handle\": 1}},"
                   "{\"chain\": {\"family\": \"inet\", \"table\": \"fw\", \"name\": \"%1\", \"handle\": 1, \"type\": \"filter\", "
                   "\"hook\": \"%1\", \"prio\": 0, \"policy\": \"%2\"}}"_s.arg(chain, policy);
    int handle = 5;
    for (const auto &rule : rules) {
        text += u",{\"rule\": {\"family\": \"inet\", \"table\": \"fw\", \"chain\": \"%1\", \"handle\": %2, \"expr\": [%3]}}"_s
                    .arg(chain)
                    .arg(handle++)
                    .arg(rule);
    }
    return text + u"]}"_s;
}

inline QString icmpDrop(const QString &type)
{
    return u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"icmp\", \"field\": \"type\"}}, \"right\": "
           u"\"%1\"}}, "
           "{\"drop\": null}"_s.arg(type);
}

inline QString establishedAccept()
{
    return u"{\"match\": {\"op\": \"in\", \"left\": {\"ct\": {\"key\": \"state\"}}, \"right\": [\"established\", \"related\"]}}, "
           "{\"accept\": null}"_s;
}

inline QString sourceAccept(const QString &source)
{
    return u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"ip\", \"field\": \"saddr\"}}, \"right\": "
           u"\"%1\"}}, "
           "{\"accept\": null}"_s.arg(source);
}

inline evidence::NodeFacts healthyHost()
{
    evidence::NodeFacts facts;
    facts.os = evidence::Os::Linux;
    facts.links = seen(std::vector<evidence::Link>{link(u"br0"_s, evidence::LinkKind::Bridge, hostMac),
                                                   link(u"port0"_s, evidence::LinkKind::Veth, "02:00:00:00:01:01", u"br0"_s),
                                                   link(u"other0"_s, evidence::LinkKind::Veth, "02:00:00:00:02:01")});
    facts.addresses =
        seen(std::vector<evidence::InterfaceAddress>{{u"br0"_s, prefix("10.0.0.1/24"), evidence::AddressScope::Global},
                                                     {u"other0"_s, prefix("10.9.0.1/24"), evidence::AddressScope::Global}});
    facts.routes = seen(std::vector<evidence::Route>{route("10.0.0.0/24", u"br0"_s), route("10.9.0.0/24", u"other0"_s)});
    facts.policyRules = seen(std::vector<evidence::PolicyRule>{});
    facts.neighbours =
        seen(std::vector<evidence::Neighbour>{neighbour(vmAddress, u"br0"_s, vmMac, evidence::NeighbourState::Reachable)});
    facts.fdb = seen(std::vector<evidence::FdbEntry>{{mac(vmMac), u"port0"_s, u"br0"_s, 0, false}});
    evidence::RouteAnswer answer;
    answer.destination = ip(vmAddress);
    answer.type = evidence::RouteType::Unicast;
    answer.interface = u"br0"_s;
    answer.source = ip(hostAddress);
    answer.table = 254;
    answer.matched = prefix("10.0.0.0/24");
    facts.routeAnswers = {seen(answer)};
    facts.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, emptyNft())};
    facts.sysctls = seen(QMap<QString, QString>{{u"net.ipv4.icmp_echo_ignore_all"_s, u"0"_s}});
    facts.counters = seen(QMap<QString, qint64>{{u"Icmp.InEchos"_s, 0}});
    return facts;
}

inline evidence::Guest healthyGuest()
{
    evidence::Guest guest;
    guest.channel = evidence::GuestChannel::GuestReport;
    auto &facts = guest.facts;
    facts.os = evidence::Os::Linux;
    facts.links = seen(std::vector<evidence::Link>{link(u"eth0"_s, evidence::LinkKind::Veth, vmMac)});
    facts.addresses =
        seen(std::vector<evidence::InterfaceAddress>{{u"eth0"_s, prefix("10.0.0.10/24"), evidence::AddressScope::Global}});
    facts.routes = seen(std::vector<evidence::Route>{route("10.0.0.0/24", u"eth0"_s)});
    facts.policyRules = seen(std::vector<evidence::PolicyRule>{});
    facts.neighbours =
        seen(std::vector<evidence::Neighbour>{neighbour(hostAddress, u"eth0"_s, hostMac, evidence::NeighbourState::Reachable)});
    facts.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, emptyNft())};
    facts.sysctls = seen(QMap<QString, QString>{{u"net.ipv4.icmp_echo_ignore_all"_s, u"0"_s},
                                                {u"net.ipv4.conf.all.rp_filter"_s, u"0"_s},
                                                {u"net.ipv4.conf.eth0.rp_filter"_s, u"0"_s}});
    facts.counters = seen(QMap<QString, qint64>{});
    guest.echoToHost = seen(echoes(hostAddress, vmAddress, evidence::EchoOutcome::Reply, evidence::EchoPurpose::Guest));
    guest.echoSource = ip(vmAddress);
    return guest;
}

inline evidence::Evidence healthy()
{
    evidence::Evidence evidence;
    auto &target = evidence.target;
    target.requested = QString::fromLatin1(vmAddress);
    target.interface = u"br0"_s;
    target.hostAddress = ip(hostAddress);
    target.vmAddress = ip(vmAddress);
    target.vmMac = mac(vmMac);
    evidence.rights = seen(evidence::Rights{0, true, true, true, true, u"1 0"_s, {}, false, {}});
    evidence.inventory = evidence::Reading<evidence::Inventory>{evidence::Access::Absent, {}, u"libvirt"_s, {}, {}};
    evidence.host = seen(healthyHost());
    evidence.guest = seen(healthyGuest());
    evidence.probes.echoes = {seen(echoes(vmAddress, hostAddress, evidence::EchoOutcome::Reply))};
    evidence::NeighbourProbe probe;
    probe.target = ip(vmAddress);
    probe.interface = u"br0"_s;
    probe.requestsSent = 3;
    probe.answers = {{mac(vmMac), 200000, {}}};
    evidence.probes.neighbours = {seen(probe)};
    evidence::PortProbe port;
    port.protocol = evidence::ProbeProtocol::Tcp;
    port.target = ip(vmAddress);
    port.port = 22;
    port.outcome = evidence::PortOutcome::Refused;
    evidence.probes.ports = {seen(port)};
    return evidence;
}

/// The host's pings end so, the VM's are answered, TCP is silent like ICMP.
inline evidence::Evidence oneWay(evidence::EchoOutcome outcome = evidence::EchoOutcome::Silence)
{
    auto evidence = healthy();
    evidence.probes.echoes = {seen(echoes(vmAddress, hostAddress, outcome))};
    return evidence;
}

inline evidence::Evidence bothWays(evidence::EchoOutcome outcome = evidence::EchoOutcome::Silence)
{
    auto evidence = oneWay(outcome);
    evidence.guest.value.echoToHost =
        seen(echoes(hostAddress, vmAddress, evidence::EchoOutcome::Silence, evidence::EchoPurpose::Guest));
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Silent;
    return evidence;
}

} // namespace bothways::test
