// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/hardening_network.h"

// Commands as in bridge(8), ip(8), virsh(1) and iputils ping(8).

#include "words/punctuation.h"

#include <algorithm>

namespace bothways::conclusion::hardening {

using namespace Qt::Literals::StringLiterals;
using facts::Where;
using State = Advice::State;

namespace {

constexpr quint32 jumbo = 9000;
constexpr int echoOverhead = 28; ///< IPv4 and ICMP headers

std::optional<quint32> mtuOf(const evidence::NodeFacts *facts, const QString &interface)
{
    if (facts == nullptr || !facts->links.isRead()) {
        return std::nullopt;
    }
    const auto &links = facts->links.value;
    const auto found = std::find_if(links.begin(), links.end(), [&](const auto &link) { return link.name == interface; });
    return found == links.end() || found->mtu <= echoOverhead ? std::nullopt : std::optional(found->mtu);
}

} // namespace

Advice portIsolation(const Site &site)
{
    const auto &port = site.scene.vmPort;
    const auto *link = site.scene.hostLink(port);
    Advice advice{u"port-isolation"_s,
                  State::General,
                  translate("hardening", "Virtual switch"),
                  translate("hardening",
                            "Isolated bridge ports part VMs from each other, and never a VM from its own host. Isolate "
                            "those that have nothing to say to each other."),
                  Where::Host,
                  command({u"bridge"_s, u"-d"_s, u"link"_s, u"show"_s, u"dev"_s, port})};
    if (link != nullptr && link->port && link->port->isolated) {
        advice.state = State::Done;
        advice.measure = translate("hardening", "The VM's port %1 is isolated from those of other VMs.").arg(port);
    }
    return advice;
}

Advice neighbourTable(const Site &site)
{
    Advice advice{u"neighbour-table"_s,
                  State::General,
                  translate("hardening", "ARP"),
                  translate("hardening", "Keep the neighbour table under half of its limit (gc_thresh3), and let entries age: no "
                                         "PERMANENT ones, and on a router that serves many VMs an ARP timeout of 300 s."),
                  Where::Host,
                  command({u"sysctl"_s, u"net.ipv4.neigh.default.gc_thresh3"_s})};
    const auto *facts = site.factsOf(Where::Host);
    if (facts == nullptr || !facts->neighbours.isRead()) {
        return advice;
    }
    const auto limit = setting(*facts, u"net.ipv4.neigh.default.gc_thresh3"_s);
    const auto &entries = facts->neighbours.value;
    const auto count = std::count_if(entries.begin(), entries.end(), [](const auto &entry) { return entry.address.isV4(); });
    if (site.scene.entry != nullptr && site.scene.entry->state == evidence::NeighbourState::Permanent) {
        advice.state = State::Advised;
        advice.measure =
            translate("hardening", "The entry of the VM is PERMANENT on this host: it does not follow a new MAC. Let it age "
                                   "like the others.");
    } else if (limit && *limit > 0) {
        const bool roomy = count * 2 < *limit;
        advice.state = roomy ? State::Done : State::Advised;
        advice.measure =
            (roomy ? translate("hardening", "This host's neighbour table has room: %1 of %2 entries, and they age.")
                   : translate("hardening", "This host's neighbour table is more than half full: %1 of %2 entries. Raise "
                                            "gc_thresh1, gc_thresh2 and gc_thresh3."))
                .arg(count)
                .arg(*limit);
    }
    return advice;
}

Advice tunnels(const Site &site)
{
    const auto address = addressText(site.scene.vmAddress);
    Advice advice{
        u"vpn"_s,
        State::General,
        translate("hardening", "VPN"),
        translate("hardening", "A tunnel must not take the VM's network: leave its prefix out of what the tunnel routes."),
        Where::Host,
        command({u"ip"_s, u"route"_s, u"get"_s, address})};
    if (site.scene.route != nullptr && !site.scene.interface.isEmpty()) {
        advice.state = site.scene.diverted ? State::Advised : State::Done;
        advice.measure =
            site.scene.diverted
                ? translate("hardening",
                            "The route to the VM leaves through %1, and the VM is behind %2. Leave its prefix out of what "
                            "that interface routes.")
                      .arg(site.scene.route->interface, site.scene.interface)
                : translate("hardening", "No tunnel takes the VM's network: the route to it leaves through %1.")
                      .arg(site.scene.interface);
    }
    return advice;
}

Advice gateways(const Site &site)
{
    QString gateway;
    QString interface;
    if (const auto *facts = site.factsOf(Where::Host); facts != nullptr && facts->routes.isRead()) {
        for (const auto &route : facts->routes.value) {
            if (gateway.isEmpty() && route.destination.length() == 0 && route.destination.address().isV4() &&
                !route.nextHops.empty() && route.nextHops.front().gateway) {
                gateway = addressText(route.nextHops.front().gateway);
                interface = route.nextHops.front().interface;
            }
        }
    }
    return {u"inter-vlan"_s,
            State::General,
            translate("hardening", "Between VLANs"),
            translate("hardening",
                      "Host and VM in different VLANs meet in a router. VRRP gives it a second machine that takes over its "
                      "address; it does not route by itself."),
            Where::Host,
            command({u"ping"_s, u"-c"_s, u"3"_s, u"-I"_s, interface, gateway})};
}

Advice applications(const Site &site)
{
    const auto name = site.evidence.target.vm.isEmpty() ? addressText(site.scene.vmAddress) : site.evidence.target.vm;
    return {u"waf"_s,
            State::General,
            translate("hardening", "Application"),
            translate("hardening",
                      "A WAF reads HTTP only: it sees neither pings nor other ports. Let ports 80 and 443 of the VM in from "
                      "the WAF alone; from this host they must then be silent."),
            Where::Host,
            command({u"bothways-cli"_s, u"diagnose"_s, u"--vm"_s, name, u"--ports"_s, u"80,443"_s, u"--only"_s, u"TRN-1"_s})};
}

Advice packetSizes(const Site &site)
{
    const auto host = mtuOf(site.factsOf(Where::Host), site.scene.interface);
    const auto guest = mtuOf(site.factsOf(Where::Guest), site.scene.guestInterface);
    const auto probe = std::min(host.value_or(jumbo), guest.value_or(host.value_or(jumbo)));
    Advice advice{u"mtu"_s,
                  State::General,
                  translate("hardening", "Tuning: packet size"),
                  translate("hardening",
                            "For jumbo frames set 9000 at every place of the path: physical switch, the bridge's ports before "
                            "the bridge, and the VM. One place less, and large packets vanish while pings work."),
                  Where::Host,
                  command({u"ping"_s, u"-c"_s, u"3"_s, u"-M"_s, u"do"_s, u"-s"_s, QString::number(probe - echoOverhead),
                           addressText(site.scene.vmAddress)})};
    if (!host || !guest) {
        return advice;
    }
    if (*host != *guest) {
        advice.state = State::Advised;
        advice.measure =
            translate("hardening", "The MTU differs: %1 on %2, %3 on %4 in the VM. Set the same at every place of the path.")
                .arg(QString::number(*host), site.scene.interface, QString::number(*guest), site.scene.guestInterface);
    } else {
        advice.state = State::Done;
        advice.measure = together(translate("hardening", "Host and VM agree on an MTU of %1.").arg(*host),
                                  *host < jumbo ? advice.measure : QString());
    }
    return advice;
}

Advice bandwidth(const Site &site)
{
    const auto &port = site.scene.vmPort;
    return {u"qos"_s,
            State::General,
            translate("hardening", "Tuning: bandwidth"),
            translate("hardening",
                      "Where VMs share a link, give each a share of its own, a fifth of it for example: no VM then starves "
                      "the others, and latency stays low under load."),
            Where::Host,
            site.isLibvirt()
                ? site.virsh({u"domiftune"_s, site.scene.vm->name, port})
                : command({u"tc"_s, u"-s"_s, u"qdisc"_s, u"show"_s, u"dev"_s, port.isEmpty() ? site.scene.interface : port})};
}

} // namespace bothways::conclusion::hardening
