// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/policy/policy_forwarding.h"

#include "checks/finding/echo_filter.h"

#include <algorithm>

/// POL-4: what passes between ports of the VM's bridge, and between its network and others. Sources: br_netfilter; Docker sets
/// the policy of FORWARD to DROP.
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;

namespace {

QString sysctl(const evidence::NodeFacts &facts, const QString &name)
{
    return facts.sysctls.isRead() ? facts.sysctls.value.value(name) : QString();
}

/// Another port of the bridge; empty where there is none.
QString otherPort(const evidence::NodeFacts &facts, const QString &bridge, const QString &port)
{
    const auto &links = facts.links.value;
    const auto found = std::find_if(links.begin(), links.end(),
                                    [&](const evidence::Link &link) { return link.master == bridge && link.name != port; });
    return found == links.end() ? QString() : found->name;
}

/// The VM's neighbour in number: any address of the network does for rules that do not name it.
net::IpAddress neighbourOf(const net::IpAddress &address)
{
    auto bytes = address.bytes();
    bytes.at(address.isV4() ? 3 : 15) ^= 1;
    return address.isV4() ? net::IpAddress::fromV4(address.toV4() ^ 1U) : net::IpAddress::fromV6(bytes);
}

QString defaultInterface(const evidence::NodeFacts &facts)
{
    if (!facts.routes.isRead()) {
        return {};
    }
    for (const auto &route : facts.routes.value) {
        const bool isDefault = route.destination.length() == 0 && route.destination.address().isV4() && route.table == 254;
        if (isDefault && !route.nextHops.empty()) {
            return route.nextHops.front().interface;
        }
    }
    return {};
}

/// Adds one way to the finding: worst first told.
void tell(Finding &finding, const Case &given, const Passage &passage, const QString &what)
{
    if (passage.fate == Passage::Fate::Passes) {
        show(finding, given.hostRules.sources.join(u", "_s), translate("checks", "%1: passes").arg(what), given.hostRules.at);
        return;
    }
    if (passage.fate == Passage::Fate::Open) {
        if (finding.status == Status::Pass) {
            say(finding, Status::Unknown, translate("checks", "Whether the host forwards is not known: %1.").arg(what),
                passage.open.mid(0, maximumNames).join(u' '));
        }
        return;
    }
    for (const auto &rule : passage.stoppers) {
        show(finding, given.hostRules.sources.join(u", "_s), describe(objectOf(Where::Host, passage, rule)), given.hostRules.at);
    }
    if (finding.status != Status::Warn) {
        say(finding, Status::Warn,
            translate("checks", "The host's filter forwards nothing like it, %1: %2")
                .arg(what, statement(objectOf(Where::Host, passage, passage.stoppers.front()))),
            translate("checks", "That parts VMs from each other or from other networks, never a VM from its own host."));
    }
}

void askBridged(Finding &finding, const Case &given, const Echo &echo)
{
    const auto &facts = given.evidence.host.value;
    const auto other = otherPort(facts, echo.hostInterface, echo.hostPort);
    if (echo.hostPort.isEmpty() || other.isEmpty()) {
        return;
    }
    const auto shown = sysctl(facts, u"net.bridge.bridge-nf-call-iptables"_s);
    show(finding, facts.sysctls.source, u"net.bridge.bridge-nf-call-iptables = %1"_s.arg(shown.isEmpty() ? u"-"_s : shown),
         facts.sysctls.at);
    auto packet = echo.request(false);
    packet.destination = neighbourOf(echo.vm);
    packet.destinationMac.reset();
    packet.inputInterface = packet.outputInterface = echo.hostInterface.toStdString();
    packet.inputPort = echo.hostPort.toStdString();
    packet.outputPort = other.toStdString();
    const auto what = translate("checks", "from bridge port %1 to %2").arg(echo.hostPort, other);
    for (const auto layer : {Layer::Ip, Layer::Bridge}) {
        tell(finding, given, pass(given.hostRules, filter::Way::Bridged, packet, echo.bridging, layer), what);
    }
}

void askRouted(Finding &finding, const Case &given, const Echo &echo)
{
    const auto &facts = given.evidence.host.value;
    const auto forwards = sysctl(facts, u"net.ipv4.ip_forward"_s);
    if (!forwards.isEmpty()) {
        show(finding, facts.sysctls.source, u"net.ipv4.ip_forward = %1"_s.arg(forwards), facts.sysctls.at);
    }
    const auto outward = defaultInterface(facts);
    if (forwards != u"1"_s || outward.isEmpty() || outward == echo.hostInterface || echo.hostInterface.isEmpty()) {
        return;
    }
    auto packet = echo.request(false);
    packet.destination = net::IpAddress::fromV4(0xc0000201); // 192.0.2.1, RFC 5737
    packet.inputInterface = echo.hostInterface.toStdString();
    packet.outputInterface = outward.toStdString();
    tell(finding, given, pass(given.hostRules, filter::Way::Through, packet, echo.bridging, Layer::Ip),
         translate("checks", "from %1 out through %2").arg(echo.hostInterface, outward));
}

} // namespace

Finding pol4(const Case &given)
{
    Finding finding;
    const auto &host = given.evidence.host;
    if (!host.isRead() || !host.value.links.isRead()) {
        say(finding, Status::Unknown, translate("checks", "The host was not read."),
            host.isRead() ? whyNot(host.value.links) : whyNot(host));
        return finding;
    }
    const auto echo = echoOf(given, false);
    if (!echo || echo->vm.isV6()) {
        say(finding, Status::Skipped, translate("checks", "The host's packet filter could not be asked."), noAddresses());
        return finding;
    }
    say(finding, Status::Pass,
        translate("checks", "Nothing keeps the host from forwarding for the VM, as far as it forwards at all."));
    askBridged(finding, given, *echo);
    askRouted(finding, given, *echo);
    return finding;
}

} // namespace bothways::checks
