// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/windows_report.h"

#include "collect/guest/node_report.h"

#include "collect/guest/ip_text.h"
#include "words/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bothways::collect::guest {
namespace {

using evidence::Access;
using evidence::AddressScope;
using evidence::EchoPurpose;
using evidence::NeighbourState;
using evidence::Reading;

template <typename T>
using List = std::vector<T>;

Parsed<QJsonArray> arrayOf(const Section &section)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(section.body.toUtf8(), &error);
    if (!document.isArray()) {
        return tl::unexpected(
            translate("guest", "Line %1: the section \"%2\" is no JSON array (%3, byte %4).")
                .arg(QString::number(section.line), section.name, error.errorString(), QString::number(error.offset)));
    }
    return document.array();
}

/// One value per object; `read` answers nothing for an object that it cannot understand, which fails the whole section.
template <typename T, typename Read>
Reading<List<T>> listOf(const Report &report, QStringView name, const Read &read)
{
    return readingFrom<List<T>>(report, name, [&](const Section &section) -> Parsed<List<T>> {
        const auto array = arrayOf(section);
        if (!array) {
            return tl::unexpected(array.error());
        }
        List<T> result;
        for (const auto &value : *array) {
            const auto one = read(value.toObject());
            if (!one) {
                return tl::unexpected(translate("guest", "Line %1: an entry of the section \"%2\" was not understood.")
                                          .arg(QString::number(section.line), section.name));
            }
            result.push_back(*one);
        }
        return result;
    });
}

QString string(const QJsonObject &object, QLatin1StringView key) { return object.value(key).toString(); }

/// Windows appends the scope to a link-local address: "fe80::1%12".
std::optional<net::IpAddress> scopedAddress(const QString &text) { return asAddress(text.section(u'%', 0, 0)); }

std::optional<evidence::Link> asLink(const QJsonObject &object)
{
    evidence::Link link;
    link.index = object.value("index"_L1).toInt();
    link.name = string(object, "name"_L1);
    link.driver = string(object, "driver"_L1);
    link.mac = asMac(string(object, "mac"_L1));
    link.mtu = string(object, "mtu"_L1).toUInt();
    link.up = string(object, "admin"_L1) == "Up"_L1;
    link.carrier = string(object, "media"_L1) == "Connected"_L1;
    link.operState = string(object, "status"_L1) == "Up"_L1 ? evidence::OperState::Up : evidence::OperState::Down;
    return link.name.isEmpty() ? std::nullopt : std::optional(link);
}

std::optional<evidence::InterfaceAddress> asInterfaceAddress(const QJsonObject &object)
{
    const auto address = scopedAddress(string(object, "address"_L1));
    const auto length = object.value("length"_L1).toInt(-1);
    if (!address || length < 0 || length > address->width()) {
        return std::nullopt;
    }
    const auto state = string(object, "state"_L1);
    const auto scope = address->isLoopback()    ? AddressScope::Host
                       : address->isLinkLocal() ? AddressScope::Link
                                                : AddressScope::Global;
    return evidence::InterfaceAddress{string(object, "interface"_L1), net::Prefix(*address, length), scope, false,
                                      state == "Tentative"_L1,        state == "Duplicate"_L1};
}

std::optional<evidence::Route> asRoute(const QJsonObject &object)
{
    const auto destination = asPrefix(string(object, "destination"_L1));
    const auto gateway = scopedAddress(string(object, "gateway"_L1));
    if (!destination) {
        return std::nullopt;
    }
    evidence::Route route;
    route.destination = *destination;
    route.nextHops.push_back({string(object, "interface"_L1), gateway && !gateway->isUnspecified() ? gateway : std::nullopt});
    route.metric = static_cast<quint32>(object.value("metric"_L1).toInteger());
    route.protocol = string(object, "protocol"_L1);
    return route;
}

std::optional<evidence::Neighbour> asNeighbour(const QJsonObject &object)
{
    const auto address = scopedAddress(string(object, "address"_L1));
    if (!address) {
        return std::nullopt;
    }
    // Windows calls an entry whose resolution failed unreachable; zeros stand for an address that it does not have.
    const auto state = string(object, "state"_L1).toUpper();
    const auto mac = asMac(string(object, "mac"_L1));
    return evidence::Neighbour{*address, string(object, "interface"_L1), mac && !mac->isZero() ? mac : std::nullopt,
                               state == "UNREACHABLE"_L1 ? NeighbourState::Failed : evidence::Worded<NeighbourState>::of(state)};
}

/// Profiles, connections and rules as one document; a section that could not be read makes the whole unread.
evidence::RulesetDump firewallOf(const Report &report)
{
    const auto source = report.source(u"Get-NetFirewallRule");
    QJsonObject whole;
    for (const auto &[section, key] :
         {std::pair(u"firewall-profiles"_s, u"profiles"_s), std::pair(u"connection-profiles"_s, u"connections"_s),
          std::pair(u"firewall-rules"_s, u"rules"_s)}) {
        const auto part = readingFrom<QJsonArray>(report, section, arrayOf);
        if (!part.isRead()) {
            return {evidence::RulesetFormat::WindowsJson, evidence::XtablesFlavour::None,
                    Reading<QString>::missing(part.access, source, part.problem)};
        }
        whole.insert(key, part.value);
    }
    const auto text = QString::fromUtf8(QJsonDocument(whole).toJson(QJsonDocument::Compact));
    return {evidence::RulesetFormat::WindowsJson, evidence::XtablesFlavour::None, Reading<QString>::read(text, source)};
}

/// System.Net.NetworkInformation.IPStatus by name; RFC 792 numbers.
evidence::EchoSample asSample(const QJsonObject &object)
{
    using evidence::EchoOutcome;
    evidence::EchoSample sample;
    sample.sequence = object.value("sequence"_L1).toInt();
    sample.stamps = evidence::Stamps::PingProgram;
    sample.sender = scopedAddress(string(object, "sender"_L1));
    const auto status = string(object, "status"_L1);
    if (status == "Success"_L1) {
        sample.outcome = EchoOutcome::Reply;
        sample.rttNs = std::clamp<qint64>(object.value("milliseconds"_L1).toInteger(), 0, 3'600'000) * 1'000'000;
        const auto ttl = object.value("ttl"_L1).toInt();
        sample.ttl = ttl > 0 ? std::optional(ttl) : std::nullopt;
    } else if (status == "DestinationHostUnreachable"_L1 || status == "DestinationNetworkUnreachable"_L1 ||
               status == "DestinationPortUnreachable"_L1 || status == "DestinationUnreachable"_L1) {
        sample.outcome = EchoOutcome::Unreachable;
    } else if (status == "DestinationProhibited"_L1) {
        sample.outcome = EchoOutcome::Prohibited;
    } else if (status == "TtlExpired"_L1 || status == "TimeExceeded"_L1) {
        sample.outcome = EchoOutcome::TimeExceeded;
    } else if (status == "PacketTooBig"_L1) {
        sample.outcome = EchoOutcome::TooBig;
    } else if (status != "TimedOut"_L1) {
        sample.outcome = EchoOutcome::SendFailed;
    }
    if (sample.outcome == EchoOutcome::Silence) {
        sample.sender.reset();
    }
    return sample;
}

Reading<evidence::EchoSeries> echoOf(const Report &report, const PingTargets &targets)
{
    using Echo = Reading<evidence::EchoSeries>;
    if (targets.addresses.empty()) {
        return Echo::missing(report.cut ? Access::Failed : Access::Absent, report.source(u"ping"),
                             report.cut
                                 ? translate("guest", "The guest report is cut.")
                                 : translate("guest", "No address to ping was given and the guest has no default gateway."));
    }
    const auto &target = targets.addresses.front();
    const QString name = "ping:"_L1 + text(target.toString());
    return readingFrom<evidence::EchoSeries>(report, name, [&](const Section &section) -> Parsed<evidence::EchoSeries> {
        const auto array = arrayOf(section);
        if (!array || array->isEmpty() || array->size() > 1000) {
            return tl::unexpected(array ? translate("guest", "The guest's ping printed nothing that could be read.")
                                        : array.error());
        }
        evidence::EchoSeries series;
        series.purpose = targets.isGateway ? EchoPurpose::Gateway : target.isV6() ? EchoPurpose::V6 : EchoPurpose::Main;
        series.target = target;
        series.method = evidence::ProbeMethod::GuestPing;
        series.payloadBytes = 32; // System.Net.NetworkInformation.Ping's own default
        for (const auto &value : *array) {
            series.samples.push_back(asSample(value.toObject()));
        }
        return series;
    });
}

/// Find-NetRoute answers with two objects, an address and a route.
Reading<evidence::RouteAnswer> routeAnswer(const Report &report, const net::IpAddress &address)
{
    const QString name = "route-get:"_L1 + text(address.toString());
    return readingFrom<evidence::RouteAnswer>(report, name, [&](const Section &section) -> Parsed<evidence::RouteAnswer> {
        const auto array = arrayOf(section);
        if (!array) {
            return tl::unexpected(array.error());
        }
        evidence::RouteAnswer answer;
        answer.destination = address;
        answer.type = evidence::RouteType::Unicast;
        for (const auto &value : *array) {
            const auto object = value.toObject();
            answer.interface = string(object, "interface"_L1);
            if (const auto source = scopedAddress(string(object, "source"_L1))) {
                answer.source = source;
            }
            if (const auto gateway = scopedAddress(string(object, "gateway"_L1)); gateway && !gateway->isUnspecified()) {
                answer.gateway = gateway;
            }
            if (const auto matched = asPrefix(string(object, "destination"_L1))) {
                answer.matched = matched;
            }
        }
        return answer;
    });
}

template <typename T>
void notOnWindows(Reading<T> &reading, const Report &report)
{
    reading = Reading<T>::missing(Access::Absent, name(report.channel), translate("guest", "Windows has no such thing."));
}

} // namespace

evidence::Guest windowsGuest(const Report &report)
{
    evidence::Guest guest;
    guest.channel = report.channel;
    auto &facts = guest.facts;
    facts.os = evidence::Os::Windows;
    if (const auto *section = report.find(u"system"); section != nullptr && section->status == "ok"_L1) {
        if (const auto array = arrayOf(*section)) {
            const auto system = array->first().toObject();
            facts.hostName = string(system, "name"_L1);
            facts.system = string(system, "caption"_L1);
            facts.kernel = string(system, "version"_L1);
        }
    }
    facts.links = listOf<evidence::Link>(report, u"adapters", asLink);
    facts.addresses = listOf<evidence::InterfaceAddress>(report, u"addresses", asInterfaceAddress);
    facts.routes = listOf<evidence::Route>(report, u"routes", asRoute);
    facts.neighbours = listOf<evidence::Neighbour>(report, u"neighbours", asNeighbour);
    facts.rulesets.push_back(firewallOf(report));
    notOnWindows(facts.policyRules, report);
    notOnWindows(facts.sysctls, report);
    notOnWindows(facts.counters, report);
    notOnWindows(facts.conntrack, report);
    notOnWindows(facts.managers, report);
    const auto targets = pingTargets(report);
    for (const auto &address : targets.addresses) {
        facts.routeAnswers.push_back(routeAnswer(report, address));
    }
    guest.echoToHost = echoOf(report, targets);
    if (!facts.routeAnswers.empty() && facts.routeAnswers.front().isRead()) {
        guest.echoSource = facts.routeAnswers.front().value.source;
        guest.echoToHost.value.source = guest.echoToHost.isRead() ? guest.echoSource : std::nullopt;
    }
    return guest;
}

evidence::NodeSnapshot windowsNodeSnapshot(const Report &report)
{
    evidence::NodeSnapshot snapshot;
    snapshot.neighbours = listOf<evidence::Neighbour>(report, u"neighbours", asNeighbour);
    snapshot.rulesets.push_back(firewallOf(report));
    notOnWindows(snapshot.counters, report);
    return snapshot;
}

} // namespace bothways::collect::guest
