// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/datalink/datalink_filter.h"

#include "checks/finding/echo_filter.h"
#include "checks/finding/outcomes.h"

#include <algorithm>
#include <array>

/// LNK-7: what lies between host and VM on the same machine. Sources: ebtables(8), nft(8) bridge family, bridge(8) port flags,
/// libvirt's formatnwfilter. Frames between two isolated ports of a bridge are not forwarded (br_should_deliver()).
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using filter::Packet;

namespace {

QString onOff(bool value) { return value ? u"on"_s : u"off"_s; }

QString flagsOf(const evidence::Link &link)
{
    const auto &port = *link.port;
    return u"%1: state %2, isolated %3, locked %4, learning %5, flood %6, hairpin %7"_s.arg(
        link.name, port.state.word(), onOff(port.isolated), onOff(port.locked), onOff(port.learning), onOff(port.flood),
        onOff(port.hairpin));
}

/// What the port's own flags keep from the VM; empty where nothing does. An isolated port still reaches the bridge itself.
QString stoppedByFlags(const Case &given, const evidence::Link &link)
{
    const auto &port = *link.port;
    if (!port.state.isEmpty() && port.state != evidence::PortState::Forwarding) {
        return translate("checks", "The VM's bridge port %1 is %2, not forwarding.").arg(link.name, port.state.word());
    }
    const auto &fdb = given.evidence.host.value.fdb;
    if (!port.locked || !fdb.isRead() || !given.scene.vmMac) {
        return {};
    }
    const bool known = std::any_of(fdb.value.begin(), fdb.value.end(), [&](const evidence::FdbEntry &entry) {
        return entry.port == link.name && entry.mac == *given.scene.vmMac;
    });
    return known ? QString()
                 : translate("checks", "The VM's bridge port %1 is locked, and the VM's MAC is not among those it lets in.")
                       .arg(link.name);
}

/// An ARP request in Ethernet's own way: to all.
Packet arpRequest(const Echo &echo, bool fromHost)
{
    auto packet = echo.request(fromHost);
    packet.etherType = filter::etherArp;
    packet.arpOperation = 1;
    packet.icmpType.reset();
    packet.destinationMac = net::MacAddress({0xff, 0xff, 0xff, 0xff, 0xff, 0xff});
    packet.arpSenderMac = packet.sourceMac;
    return packet;
}

/// libvirt's other rules, those of its networks, stand in chains LIBVIRT_*.
bool isNetworkFilter(const filter::RuleRef &rule) { return rule.owner == "libvirt" && !rule.chain.starts_with("LIBVIRT_"); }

struct Question {
    QString what; ///< translated
    bool fromHost;
    bool arp;
};

/// Where one of them is stopped; the rest is not asked then, for it would name the same rule again.
const Passage *stopper(const Round &round)
{
    if (round.request.fate == Passage::Fate::Stopped) {
        return &round.request;
    }
    return round.reply.fate == Passage::Fate::Stopped ? &round.reply : nullptr;
}

void tell(Finding &finding, const Case &given, const Passage &passage, const QString &what, bool proven)
{
    const auto object = objectOf(Where::Host, passage, passage.stoppers.front());
    const auto sentence = translate("checks", "A filter on the bridge stops %1: %2").arg(what, statement(object));
    for (const auto &rule : passage.stoppers) {
        show(finding, given.hostRules.sources.join(u", "_s), describe(objectOf(Where::Host, passage, rule)), given.hostRules.at);
    }
    if (proven) {
        say(finding, Status::Warn, sentence,
            translate("checks", "Yet replies came: the rules changed in between, or were read on another machine."));
        return;
    }
    say(finding, Status::Fail, sentence);
    observe(finding, isNetworkFilter(object.rule) ? Outcome::NetworkFilterDrops : Outcome::BridgeDrops, Basis::Configuration,
            sentence, object);
}

/// The echo and the ARP before it, both ways.
void askBridge(Finding &finding, const Case &given, const Echo &echo)
{
    const std::array<Question, 4> questions{{{translate("checks", "the host's echo"), true, false},
                                             {translate("checks", "the VM's echo"), false, false},
                                             {translate("checks", "the host's ARP for the VM"), true, true},
                                             {translate("checks", "the VM's ARP for the host"), false, true}}};
    QStringList open;
    for (const auto &question : questions) {
        if (question.arp && echo.vm.isV6()) {
            continue;
        }
        const auto packet = question.arp ? arpRequest(echo, question.fromHost) : echo.request(question.fromHost);
        const auto round = ask(given.hostRules, echo.atHost(question.fromHost), packet, Layer::Bridge);
        if (const auto *stopped = stopper(round)) {
            const bool proven = (question.fromHost ? given.scene.forward : given.scene.backward) == Fate::Works;
            tell(finding, given, *stopped, question.what, proven);
            return;
        }
        open += round.request.open + round.reply.open;
    }
    open.removeDuplicates();
    if (!open.isEmpty()) {
        say(finding, Status::Unknown, translate("checks", "Whether the bridge lets the echo pass is not known."),
            open.mid(0, maximumNames).join(u' '));
        return;
    }
    observe(finding, Outcome::BridgePasses, Basis::Configuration, translate("checks", "No filter on the bridge stops the echo."));
}

} // namespace

Finding lnk7(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    const auto &host = given.evidence.host;
    const auto echo = echoOf(given, false);
    const auto *bridge = scene.homeLink();
    if (!host.isRead() || !host.value.links.isRead()) {
        say(finding, Status::Unknown, translate("checks", "The host's bridges were not read."),
            host.isRead() ? whyNot(host.value.links) : whyNot(host));
        return finding;
    }
    if (bridge != nullptr && bridge->kind == evidence::LinkKind::OpenVswitch) {
        say(finding, Status::Unknown, translate("checks", "The flows of Open vSwitch are not read in this version."));
        return finding;
    }
    if (bridge == nullptr || bridge->kind != evidence::LinkKind::Bridge) {
        say(finding, Status::Skipped, translate("checks", "No Linux bridge of this host carries the VM."));
        return finding;
    }
    if (!echo) {
        say(finding, Status::Skipped, translate("checks", "The bridge's filter could not be asked."), noAddresses());
        return finding;
    }
    const auto *port = scene.hostLink(echo->hostPort);
    if (port == nullptr) {
        say(finding, Status::Unknown,
            translate("checks", "Which port of bridge %1 leads to the VM is not known.").arg(bridge->name),
            translate("checks", "A running VM that sent a packet shows it."));
        return finding;
    }
    say(finding, Status::Pass,
        translate("checks", "Bridge %1 lets the echo pass between the host and the VM's port %2.").arg(bridge->name, port->name));
    if (scene.vmInterface && !scene.vmInterface->filter.isEmpty()) {
        show(finding, u"libvirt"_s, u"nwfilter %1"_s.arg(scene.vmInterface->filter), given.evidence.inventory.at);
    }
    askBridge(finding, given, *echo);
    if (port->port) {
        show(finding, host.value.links.source, flagsOf(*port), host.value.links.at);
        const auto stopped = stoppedByFlags(given, *port);
        if (!stopped.isEmpty()) {
            say(finding, Status::Fail, stopped);
        } else if (port->port->isolated && finding.status == Status::Pass) {
            finding.reason = translate("checks", "The port is isolated: it reaches the host, but no other isolated port.");
        }
    }
    return finding;
}

} // namespace bothways::checks
