// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/topology_fate.h"

#include "shown/topology_plan.h"

#include "conclusion/conclusion.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::shown {

using namespace Qt::Literals::StringLiterals;
using facts::Where;
using filter::Hook;

namespace {

bool isOutward(Hook hook)
{
    return hook == Hook::Output || hook == Hook::Postrouting || hook == Hook::Egress || hook == Hook::BridgeOutput ||
           hook == Hook::BridgePostrouting || hook == Hook::ArpOutput;
}

/// Finds the node that an object belongs to.
struct Locator {
    const facts::Scene &scene;
    Fate &fate;

    Heading request() const { return fate.fromHost ? Heading::ToVm : Heading::ToHost; }
    void at(const QString &node, Heading heading, bool leaving)
    {
        fate.node = node;
        fate.heading = heading;
        fate.leaving = leaving;
    }
    void leaves(Where where)
    {
        const bool guest = where == Where::Guest;
        at(guest ? u"guest"_s : u"host"_s, guest ? Heading::ToHost : Heading::ToVm, true);
    }
    void comesTo(Where where)
    {
        const bool guest = where == Where::Guest;
        at(guest ? u"guest"_s : u"host"_s, guest ? Heading::ToVm : Heading::ToHost, false);
    }

    void operator()(const facts::RuleObject &object)
    {
        const bool outward = isOutward(object.hook);
        const auto name = filter::name(object.hook);
        fate.hook = QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
        if (object.hook == Hook::Forward || object.hook == Hook::BridgeForward) {
            const bool toHost = scene.vmAddress && object.packet.source == *scene.vmAddress;
            const auto heading = toHost ? Heading::ToHost : Heading::ToVm;
            at(heading == Heading::ToVm ? u"gate.bridge.out"_s : u"gate.bridge.in"_s, heading, false);
        } else if (object.where == Where::Guest) {
            at(outward ? u"gate.guest.out"_s : u"gate.guest.in"_s, outward ? Heading::ToHost : Heading::ToVm, false);
        } else if (object.where == Where::Host) {
            at(outward ? u"gate.host.out"_s : u"gate.host.in"_s, outward ? Heading::ToVm : Heading::ToHost, false);
        }
    }
    void operator()(const facts::SysctlObject &object) { comesTo(object.where); }
    void operator()(const facts::NeighbourObject &object) { leaves(object.where); }
    void operator()(const facts::RouteObject &object) { leaves(object.where); }
    void operator()(const facts::AddressObject &object)
    {
        if (object.where == Where::Guest) {
            at(u"nic"_s, Heading::ToVm, false);
        } else {
            leaves(object.where);
        }
    }
    void operator()(const facts::LinkObject &object)
    {
        if (object.where == Where::Guest) {
            at(u"nic"_s, request(), false);
        } else {
            at(object.name == scene.interface ? u"interface"_s : u"port"_s, request(), false);
        }
    }
    void operator()(const facts::MacObject &) { at(u"port"_s, Heading::ToVm, false); }
    void operator()(const facts::TagObject &) { at(u"port"_s, request(), false); }
    void operator()(const facts::VlanObject &) { at(u"port"_s, request(), false); }
    void operator()(const facts::ModeObject &) { at(u"interface"_s, request(), false); }
    void operator()(const facts::MtuObject &object)
    {
        if (object.where == Where::Guest) {
            at(u"nic"_s, Heading::ToVm, false);
        } else {
            at(object.interface == scene.interface ? u"interface"_s : u"port"_s, Heading::ToVm, false);
        }
    }
    void operator()(const facts::RouterObject &) {} // routers are not drawn
    void operator()(const facts::PlainObject &object)
    {
        if (object.where == Where::Guest || object.where == Where::Hypervisor) {
            at(u"guest"_s, Heading::ToVm, false);
        } else if (object.where == Where::Host) {
            leaves(object.where);
        }
    }
};

bool fails(const std::optional<facts::IcmpCell> &cell) { return cell && cell->sent > 0 && cell->received * 10 < cell->sent * 9; }

QString stopsAtGate(const Fate &fate, bool reply)
{
    const bool guest = fate.node.startsWith(u"gate.guest");
    const bool bridge = fate.node.startsWith(u"gate.bridge");
    if (bridge) {
        return (reply ? translate("topology", "The reply dies on the bridge, at its hook %1")
                      : translate("topology", "The request dies on the bridge, at its hook %1"))
            .arg(fate.hook);
    }
    if (guest) {
        return (reply ? translate("topology", "The reply dies in the VM, at its hook %1")
                      : translate("topology", "The request dies in the VM, at its hook %1"))
            .arg(fate.hook);
    }
    return (reply ? translate("topology", "The reply dies in this host, at its hook %1")
                  : translate("topology", "The request dies in this host, at its hook %1"))
        .arg(fate.hook);
}

QString stopsAt(const Fate &fate, const QString &name)
{
    if (fate.cause != nullptr && fate.cause->object && std::holds_alternative<facts::MtuObject>(*fate.cause->object)) {
        return translate("topology", "Large packets die at %1").arg(name);
    }
    const bool reply = (fate.heading == Heading::ToVm) != fate.fromHost;
    if (!fate.hook.isEmpty()) {
        return stopsAtGate(fate, reply);
    }
    if (fate.node == u"host"_s) {
        return reply ? translate("topology", "The reply goes wrong in this host")
                     : translate("topology", "The request goes wrong in this host");
    }
    if (fate.node == u"guest"_s) {
        return reply ? translate("topology", "The reply goes wrong in the VM")
                     : translate("topology", "The request goes wrong in the VM");
    }
    return (reply ? translate("topology", "The reply dies at %1") : translate("topology", "The request dies at %1")).arg(name);
}

} // namespace

Fate fateOf(const conclusion::Conclusion &conclusion)
{
    Fate fate;
    const auto &icmp = conclusion.given->symptom.icmp;
    fate.fromHost = fails(icmp.hostToVm) || !fails(icmp.vmToHost);
    const auto &diagnosis = conclusion.diagnosis;
    if (diagnosis.status == diagnosis::Status::NoFault) {
        fate.whole = TopologyState::Works;
    }
    if (diagnosis.status != diagnosis::Status::Fault || diagnosis.causes.empty()) {
        return fate;
    }
    const auto &cause = diagnosis.causes.front();
    if (cause.grade == diagnosis::Grade::RuledOut || !cause.object) {
        return fate;
    }
    Locator locator{conclusion.given->scene, fate};
    std::visit(locator, *cause.object);
    if (fate.node.isEmpty()) {
        return fate;
    }
    fate.whole = TopologyState::Stops;
    fate.cause = &cause;
    fate.certain = cause.grade != diagnosis::Grade::Possible;
    // A packet that dies on the way to the VM although the VM's ping works is the host's request, and so on.
    if (!fails(icmp.hostToVm) && !fails(icmp.vmToHost) && fate.heading != Heading::ToVm && !fate.leaving) {
        fate.fromHost = false;
    }
    return fate;
}

void tell(Topology &topology, const Fate &fate, const Plan &plan)
{
    topology.state = fate.whole;
    switch (fate.whole) {
    case TopologyState::Works:
        topology.sentence = translate("topology", "The way is open in both directions");
        break;
    case TopologyState::Stops: {
        const auto found =
            std::find_if(plan.way.begin(), plan.way.end(), [&](const auto &placed) { return placed.node.id == fate.node; });
        topology.sentence = stopsAt(fate, found == plan.way.end() ? QString() : found->node.name);
        topology.lead = fate.certain
                            ? facts::describe(*fate.cause->object)
                            : translate("topology", "Possible, not proven: %1").arg(facts::describe(*fate.cause->object));
        break;
    }
    default:
        topology.sentence = translate("topology", "Where the request dies is not known");
        topology.lead = translate("topology", "What stands between host and VM, as far as it could be read.");
    }
    if (plan.hidden > 0) {
        topology.lead =
            together(topology.lead, translate("topology", "Not drawn: %1 further ports and interfaces.").arg(plan.hidden));
    }
}

} // namespace bothways::shown
