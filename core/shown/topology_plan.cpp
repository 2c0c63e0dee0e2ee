// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/topology_plan.h"

#include "shown/topology_facts.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QHash>
#include <QSet>

#include <algorithm>

namespace bothways::shown {

using namespace Qt::Literals::StringLiterals;
using Kind = TopologyNode::Kind;

namespace {

constexpr int mostRows = 7;
constexpr int mostPortsBeside = 4;
constexpr int mostLooked = 64; ///< side rows thought about: evidence may come from anybody

QString utf8(const std::string &value) { return QString::fromStdString(value); }

TopologyNode made(Kind kind, const QString &id, const QString &caption, const QString &name)
{
    TopologyNode node;
    node.kind = kind;
    node.id = id;
    node.caption = caption;
    node.name = name;
    return node;
}

class Planner {
public:
    Planner(const facts::Case &given, const Fate &fate)
        : m_given(given), m_evidence(given.evidence), m_scene(given.scene), m_fate(fate), m_host(given.evidence.host.value)
    {
        for (const auto &route : m_host.routes.value) {
            for (const auto &hop : route.nextHops) {
                if (route.destination.length() == 0 && hop.gateway && !m_gateways.contains(hop.interface)) {
                    m_gateways.insert(hop.interface, *hop.gateway);
                }
            }
        }
        for (const auto &address : m_host.addresses.value) {
            if (!address.prefix.address().isLinkLocal()) {
                m_addressed.insert(address.interface);
            }
        }
    }

    Plan plan()
    {
        titles();
        way();
        gates();
        besideTheBridge();
        besideTheHost();
        keepFew();
        return std::move(m_plan);
    }

private:
    const evidence::Link *link(const QString &name) const { return m_scene.hostLink(name); }
    const evidence::Vm *vmAt(const QString &device) const;
    std::optional<net::IpAddress> gatewayThrough(const QString &interface) const;
    bool isHosts(const net::IpAddress &address) const;
    void titles();
    void way();
    void wayIntoTheVm();
    void gate(Column after, Heading heading, const QString &id, const QString &name, const facts::Rules &rules, bool bridge);
    void gates();
    Placed interfaceBox(const QString &name, const QString &id) const;
    void portRow(SideRow &row, const evidence::Link &port, const QString &id) const;
    void gatewayBox(SideRow &row, const net::IpAddress &address, const QString &id) const;
    void besideTheBridge();
    void besideTheHost();
    void hostInterface(const evidence::Link &link);
    void keepFew();

    const facts::Case &m_given;
    const evidence::Evidence &m_evidence;
    const facts::Scene &m_scene;
    const Fate &m_fate;
    const evidence::NodeFacts &m_host;
    QHash<QString, net::IpAddress> m_gateways; ///< of the default routes, by interface
    QSet<QString> m_addressed;                 ///< interfaces of the host with an address
    Plan m_plan;
};

const evidence::Vm *Planner::vmAt(const QString &device) const
{
    const auto &vms = m_evidence.inventory.value.vms;
    const auto found = std::find_if(vms.begin(), vms.end(), [&](const auto &vm) {
        return std::any_of(vm.interfaces.begin(), vm.interfaces.end(),
                           [&](const auto &interface) { return !device.isEmpty() && interface.hostDevice == device; });
    });
    return found == vms.end() ? nullptr : &*found;
}

std::optional<net::IpAddress> Planner::gatewayThrough(const QString &interface) const
{
    const auto found = m_gateways.constFind(interface);
    return found == m_gateways.constEnd() ? std::nullopt : std::optional(*found);
}

bool Planner::isHosts(const net::IpAddress &address) const
{
    return std::any_of(m_host.addresses.value.begin(), m_host.addresses.value.end(),
                       [&](const auto &own) { return own.prefix.address() == address; });
}

void Planner::titles()
{
    const auto &target = m_evidence.target;
    m_plan.hostTitle = m_host.hostName.isEmpty() ? translate("topology", "this host")
                                                 : labelled(translate("topology", "this host"), m_host.hostName);
    const QString vm = target.vm.isEmpty() ? target.requested : target.vm;
    m_plan.vmTitle = vm.isEmpty() ? translate("topology", "the VM") : labelled(translate("topology", "the VM"), vm);
}

Placed Planner::interfaceBox(const QString &name, const QString &id) const
{
    const auto *found = link(name);
    const bool bridge = found != nullptr && found->kind == evidence::LinkKind::Bridge;
    QString caption = bridge ? translate("topology", "bridge") : translate("topology", "interface");
    if (found != nullptr && !bridge && !found->kind.isEmpty()) {
        caption = found->kind.word();
    }
    for (const auto &network : m_evidence.inventory.value.networks) {
        if (bridge && network.bridge == name) {
            caption = network.forwardMode == evidence::ForwardMode::Nat ? translate("topology", "bridge, NAT") : caption;
        }
    }
    auto node = made(bridge ? Kind::Bridge : Kind::Interface, id, caption, name);
    describeLink(node, m_host, name);
    return {Column::Interface, node};
}

void Planner::way()
{
    auto host = made(Kind::Stack, u"host"_s, translate("topology", "host"), translate("topology", "IP stack"));
    describeStack(host, m_evidence.host);
    m_plan.way.push_back({Column::Host, host});

    const auto &name = m_scene.interface;
    if (m_evidence.target.mode == evidence::Mode::User) {
        m_plan.way.push_back(
            {Column::Interface, made(Kind::Nat, u"interface"_s, translate("topology", "user mode"), u"slirp"_s)});
    } else if (!name.isEmpty()) {
        m_plan.way.push_back(interfaceBox(name, u"interface"_s));
    }
    const auto &port = m_scene.vmPort;
    if (!port.isEmpty() && port != name) {
        auto node = made(Kind::Port, u"port"_s, translate("topology", "port"), port);
        describeLink(node, m_host, port);
        m_plan.way.push_back({Column::Port, node});
    }
    const bool routed = m_scene.route != nullptr && m_scene.route->gateway && m_scene.route->error == 0;
    if (routed) {
        auto node = made(Kind::Gateway, u"gateway"_s, translate("topology", "gateway"), utf8(m_scene.route->gateway->toString()));
        node.facts.emplace_back(translate("topology", "Address"), node.name);
        m_plan.way.push_back({Column::Gateway, node});
    }
    wayIntoTheVm();
}

void Planner::wayIntoTheVm()
{
    const auto &guest = m_evidence.guest;
    const auto &facts = guest.value.facts;
    auto nic = made(Kind::Nic, u"nic"_s, translate("topology", "the VM’s NIC"), m_scene.guestInterface);
    if (const auto *own = m_scene.guestLink(); own != nullptr) {
        nic.name = own->name;
        describeLink(nic, facts, own->name);
    } else {
        nic.state = TopologyState::NotSeen;
        if (m_scene.vmAddress) {
            nic.lines << utf8(m_scene.vmAddress->toString());
            nic.facts.emplace_back(translate("topology", "Address"), nic.lines.back());
        }
        if (m_scene.vmMac) {
            nic.lines << utf8(m_scene.vmMac->toString());
            nic.facts.emplace_back(translate("topology", "MAC"), nic.lines.back());
        }
        nic.lines << word(TopologyState::NotSeen);
    }
    if (m_scene.vmInterface != nullptr && !m_scene.vmInterface->model.isEmpty()) {
        nic.facts.emplace_back(translate("topology", "Model"), m_scene.vmInterface->model);
    }
    m_plan.way.push_back({Column::Nic, nic});
    auto stack = made(Kind::Stack, u"guest"_s, translate("topology", "guest"), translate("topology", "IP stack"));
    evidence::Reading<evidence::NodeFacts> reading;
    reading.access = guest.access;
    reading.value = facts;
    reading.problem = guest.problem;
    describeStack(stack, reading);
    m_plan.way.push_back({Column::Guest, stack});
}

void Planner::gate(Column after, Heading heading, const QString &id, const QString &name, const facts::Rules &rules, bool bridge)
{
    const bool stops = m_fate.node == id;
    auto node = made(Kind::Gate, id, translate("topology", "hook"), stops && !m_fate.hook.isEmpty() ? m_fate.hook : name);
    node.state = stops ? TopologyState::Stops : TopologyState::Plain;
    describeGate(node, rules, id.endsWith(u".in"), bridge);
    m_plan.gates.push_back({after, heading, node});
}

void Planner::gates()
{
    gate(Column::Host, Heading::ToVm, u"gate.host.out"_s, u"output"_s, m_given.hostRules, false);
    gate(Column::Host, Heading::ToHost, u"gate.host.in"_s, u"input"_s, m_given.hostRules, false);
    if (m_fate.node == u"gate.bridge.out"_s) {
        gate(Column::Interface, Heading::ToVm, m_fate.node, m_fate.hook, m_given.hostRules, true);
    } else if (m_fate.node == u"gate.bridge.in"_s) {
        gate(Column::Interface, Heading::ToHost, m_fate.node, m_fate.hook, m_given.hostRules, true);
    }
    const bool read = m_evidence.guest.isRead();
    gate(Column::Nic, Heading::ToVm, u"gate.guest.in"_s, u"input"_s, m_given.guestRules, false);
    gate(Column::Nic, Heading::ToHost, u"gate.guest.out"_s, u"output"_s, m_given.guestRules, false);
    if (!read) {
        for (auto &gate : m_plan.gates) {
            const bool guests = gate.node.id.startsWith(u"gate.guest");
            gate.node.state = guests && gate.node.state == TopologyState::Plain ? TopologyState::NotSeen : gate.node.state;
        }
    }
}

void Planner::gatewayBox(SideRow &row, const net::IpAddress &address, const QString &id) const
{
    auto node = made(Kind::Gateway, id, translate("topology", "gateway"), utf8(address.toString()));
    node.facts.emplace_back(translate("topology", "Address"), node.name);
    for (const auto &entry : m_host.neighbours.value) {
        if (entry.address == address) {
            node.lines << entry.state.word();
            node.facts.emplace_back(translate("topology", "Neighbour entry"),
                                    u"%1 %2"_s.arg(entry.mac ? utf8(entry.mac->toString()) : u"-"_s, entry.state.word()));
        }
    }
    row.nodes.push_back({Column::Nic, node});
}

void Planner::portRow(SideRow &row, const evidence::Link &port, const QString &id) const
{
    const auto *vm = vmAt(port.name);
    const bool hardware = port.kind.isEmpty();
    auto node = made(hardware ? Kind::Interface : Kind::Port, id + u".port"_s,
                     hardware ? translate("topology", "uplink") : translate("topology", "port"), port.name);
    describeLink(node, m_host, port.name);
    row.nodes.push_back({Column::Port, node});
    if (vm != nullptr) {
        auto other = made(Kind::Machine, id + u".vm"_s, translate("topology", "VM"), vm->name);
        other.facts.emplace_back(translate("topology", "State"), vm->state.word());
        for (const auto &interface : vm->interfaces) {
            for (const auto &address : interface.addresses) {
                if (interface.hostDevice == port.name) {
                    other.lines << utf8(address.prefix.toString());
                }
            }
        }
        other.facts.emplace_back(translate("topology", "Addresses"), other.lines.join(u'\n'));
        row.nodes.push_back({Column::Nic, other});
    } else if (const auto gateway = gatewayThrough(port.master); hardware && gateway) {
        gatewayBox(row, *gateway, id + u".gateway"_s);
    }
}

void Planner::besideTheBridge()
{
    const auto &name = m_scene.interface;
    for (const auto &port : m_host.links.value) {
        if (!name.isEmpty() && port.master == name && port.name != m_scene.vmPort && m_plan.rows.size() < mostLooked) {
            SideRow row;
            row.ofHost = false;
            portRow(row, port, u"side%1"_s.arg(m_plan.rows.size()));
            m_plan.rows.push_back(row);
        }
    }
    // A gateway of the guest's that is not this host stands on the same segment.
    for (const auto &route : m_evidence.guest.value.facts.routes.value) {
        for (const auto &hop : route.nextHops) {
            if (route.destination.length() == 0 && hop.gateway && !isHosts(*hop.gateway) && m_plan.rows.size() < mostLooked) {
                SideRow row;
                row.ofHost = false;
                gatewayBox(row, *hop.gateway, u"side%1"_s.arg(m_plan.rows.size()));
                row.nodes.back().node.caption = translate("topology", "the VM’s gateway");
                m_plan.rows.push_back(row);
            }
        }
    }
}

void Planner::hostInterface(const evidence::Link &link)
{
    const QString id = u"side%1"_s.arg(m_plan.rows.size());
    SideRow row;
    row.nodes.push_back(interfaceBox(link.name, id));
    const auto gateway = gatewayThrough(link.name);
    const auto &networks = m_evidence.inventory.value.networks;
    row.nat = gateway && std::any_of(networks.begin(), networks.end(), [this](const auto &network) {
                  return network.bridge == m_scene.interface && network.forwardMode == evidence::ForwardMode::Nat;
              });
    std::vector<const evidence::Link *> ports;
    for (const auto &port : m_host.links.value) {
        if (port.master == link.name && static_cast<int>(ports.size()) < mostPortsBeside) {
            ports.push_back(&port);
        }
    }
    if (gateway && ports.empty()) {
        gatewayBox(row, *gateway, id + u".gateway"_s);
    }
    m_plan.rows.push_back(row);
    for (std::size_t i = 0; i < ports.size(); ++i) {
        if (i > 0) {
            SideRow next;
            next.joined = true;
            m_plan.rows.push_back(next);
        }
        portRow(m_plan.rows.back(), *ports[i], u"%1.%2"_s.arg(id).arg(i));
    }
}

void Planner::besideTheHost()
{
    std::vector<const evidence::Link *> found;
    for (const auto &link : m_host.links.value) {
        if (!link.loopback && link.master.isEmpty() && link.name != m_scene.interface && link.name != m_scene.vmPort &&
            (m_addressed.contains(link.name) || gatewayThrough(link.name)) && found.size() < mostLooked) {
            found.push_back(&link);
        }
    }
    // The way out first: it is what the others are asked about.
    std::stable_sort(found.begin(), found.end(), [this](const auto *a, const auto *b) {
        return gatewayThrough(a->name).has_value() && !gatewayThrough(b->name).has_value();
    });
    for (const auto *link : found) {
        hostInterface(*link);
    }
}

void Planner::keepFew()
{
    if (static_cast<int>(m_plan.rows.size()) > mostRows) {
        m_plan.hidden = static_cast<int>(m_plan.rows.size()) - mostRows;
        m_plan.rows.resize(mostRows);
    }
}

} // namespace

Plan planOf(const facts::Case &given, const Fate &fate) { return Planner(given, fate).plan(); }

} // namespace bothways::shown
