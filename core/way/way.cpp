// SPDX-License-Identifier: GPL-3.0-or-later
#include "way/way.h"

#include "evidence/claim.h"
#include "facts/fib.h"
#include "facts/losses.h"
#include "filter/walk/exchange.h"
#include "way/between.h"
#include "way/machine.h"
#include "words/text.h"

#include <algorithm>
#include <array>

namespace bothways::way {

using namespace Qt::Literals::StringLiterals;
using facts::Layer;
using facts::Passage;
using filter::Crossing;
using filter::Turn;

namespace {

constexpr int icmp = 1;
constexpr int icmpv6 = 58;

filter::BridgeNetfilter bridgingOf(const evidence::NodeFacts &node, const QString &interface)
{
    const auto on = [&](const QString &name) { return node.sysctls.value.value(name) == u"1"_s; };
    const auto *link = evidence::linkNamed(node.links.value, interface);
    const bool own4 = link != nullptr && link->bridge && link->bridge->callIptables;
    const bool own6 = link != nullptr && link->bridge && link->bridge->callIp6tables;
    return {own4 || on(u"net.bridge.bridge-nf-call-iptables"_s), own6 || on(u"net.bridge.bridge-nf-call-ip6tables"_s)};
}

/// What kind of address one is, as the machine's routing tables say.
std::function<std::optional<int>(const net::IpAddress &)> typesOf(const Machine &machine)
{
    if (machine.node == nullptr) {
        return {};
    }
    return [node = machine.node](const net::IpAddress &address) { return facts::addressType(*node, address); };
}

/// One ping: who asks whom, and what the filters of both ends made of it.
struct Ping {
    From from = From::Host;
    net::IpAddress asker;
    net::IpAddress asked;
    bool bound = false; ///< the asker's address is given, not chosen
};

class Exchange {
public:
    Exchange(const facts::Case &known, const Machine &host, const Machine &guest, Ping ping);
    std::array<Leg, 2> legs() const;

private:
    filter::Packet request() const;
    const Crossing *crossing(Place place, Turn turn) const;
    const Machine &machine(Place place) const { return place == Place::Host ? m_host : m_guest; }
    Place asker() const { return m_ping.from == From::Host ? Place::Host : Place::Guest; }
    Place answerer() const { return m_ping.from == From::Host ? Place::Guest : Place::Host; }
    void passFilter(std::vector<Stage> &stages, Place place, Turn turn, bool out) const;
    bool passTranslation(std::vector<Stage> &stages, Place place, const Crossing &crossing, bool out) const;
    Leg walk(Part part) const;

    const facts::Case &m_known;
    const Machine &m_host;
    const Machine &m_guest;
    Ping m_ping;
    filter::BridgeNetfilter m_bridging;
    std::string m_hostPort;
    std::vector<Crossing> m_crossings;
};

Exchange::Exchange(const facts::Case &known, const Machine &host, const Machine &guest, Ping ping)
    : m_known(known), m_host(host), m_guest(guest), m_ping(std::move(ping)), m_hostPort(firstPort(known.scene).toStdString())
{
    using Role = filter::Machine::Role;
    static const filter::Ruleset none;
    if (host.node != nullptr) {
        m_bridging = bridgingOf(*host.node, host.interface);
    }
    const bool hostAsks = m_ping.from == From::Host;
    const filter::Machine::Side hostSide{host.interface.toStdString(), m_hostPort};
    const filter::Machine::Side guestSide{guest.interface.toStdString(), {}};
    filter::Machine here{&host.rules->ruleset, hostAsks ? Role::Sender : Role::Receiver, {}, {}, m_bridging};
    filter::Machine there{
        guest.node != nullptr ? &guest.rules->ruleset : &none, hostAsks ? Role::Receiver : Role::Sender, {}, {}, {}};
    here.addressType = typesOf(host);
    there.addressType = typesOf(guest);
    (hostAsks ? here.towardsReceiver : here.towardsSender) = hostSide;
    (hostAsks ? there.towardsSender : there.towardsReceiver) = guestSide;
    const std::vector<filter::Machine> machines = hostAsks ? std::vector{here, there} : std::vector{there, here};
    m_crossings = filter::walkExchange(machines, request());
}

filter::Packet Exchange::request() const
{
    filter::Packet packet;
    const bool v6 = m_ping.asked.isV6();
    packet.source = m_ping.asker;
    packet.destination = m_ping.asked;
    packet.protocol = v6 ? icmpv6 : icmp;
    packet.icmpType = v6 ? 128 : 8;
    packet.icmpCode = 0;
    packet.length = v6 ? 104 : 84;
    const auto *link = m_known.scene.hostLink(m_host.interface);
    const auto hostMac = link != nullptr ? link->mac : std::nullopt;
    packet.sourceMac = m_ping.from == From::Host ? hostMac : macOf(m_known.scene);
    packet.destinationMac = m_ping.from == From::Host ? macOf(m_known.scene) : hostMac;
    return packet;
}

const Crossing *Exchange::crossing(Place place, Turn turn) const
{
    const std::size_t index = place == asker() ? 0 : 1;
    const auto found = std::find_if(m_crossings.begin(), m_crossings.end(),
                                    [&](const auto &each) { return each.machine == index && each.turn == turn; });
    return found == m_crossings.end() ? nullptr : &*found;
}

bool translatesDestination(const filter::RuleRef &rule)
{
    const auto words = QString::fromStdString(rule.text);
    return words.contains("dnat"_L1, Qt::CaseInsensitive) || words.contains("redirect"_L1, Qt::CaseInsensitive) ||
           words.contains("netmap"_L1, Qt::CaseInsensitive);
}

/// The last rule that matched and translates destinations.
const filter::RuleRef *translator(const filter::PathAnswer &path, const filter::Step *&at)
{
    const filter::RuleRef *found = nullptr;
    const auto take = [&](const filter::RuleRef &rule, const filter::Step &step) {
        if (translatesDestination(rule)) {
            found = &rule;
            at = &step;
        }
    };
    for (const auto &step : path.steps) {
        std::for_each(step.answer.path.begin(), step.answer.path.end(), [&](const auto &rule) { take(rule, step); });
        if (step.answer.rule) {
            take(*step.answer.rule, step);
        }
    }
    return found;
}

/// True where a new destination decides what becomes of it.
bool Exchange::passTranslation(std::vector<Stage> &stages, Place place, const Crossing &crossing, bool out) const
{
    if (!crossing.path.rerouted) {
        return false;
    }
    const auto &here = machine(place);
    const auto target = crossing.left.destination;
    const auto shown = text(target.toString());
    const filter::Step *step = nullptr;
    const auto *rule = translator(crossing.path, step);
    auto made = stage(place, Kind::Translation, translate("way", "its destination becomes %1").arg(shown));
    const bool arrives = out ? target == m_ping.asked : here.node != nullptr && owns(*here.node, target);
    if (rule == nullptr || crossing.left.destination == m_ping.asked) {
        leaveOpen(made, translate("way", "To what its destination is translated, a capture would tell."));
    } else if (!arrives) {
        const facts::RuleObject object{here.where(), *rule, step->hook, step->packet};
        made.text = translate("way", "%1 sends it to %2 instead").arg(facts::statement(object), shown);
        stop(made, Fault::TranslatedAway, object);
    }
    stages.push_back(made);
    return true;
}

void addPassage(std::vector<Stage> &stages, const Machine &machine, const Passage &passage, Layer layer, bool out)
{
    const bool bridge = layer == Layer::Bridge;
    auto here = stage(bridge ? Place::Between : machine.place, Kind::Filter,
                      bridge ? translate("way", "the bridge's own hooks let it through")
                      : out  ? translate("way", "the packet filter lets it out")
                             : translate("way", "the packet filter lets it in"));
    if (passage.fate == Passage::Fate::Stopped) {
        const facts::RuleObject object{machine.where(), passage.stoppers.front(), passage.hook, passage.packet};
        here.text = translate("way", "stopped by %1").arg(facts::statement(object));
        stop(here, bridge ? Fault::BridgeRuleDrops : Fault::FilterDrops, object);
    } else if (passage.fate == Passage::Fate::Open) {
        leaveOpen(here, passage.open.mid(0, 8).join(u' '));
    }
    stages.push_back(here);
}

void Exchange::passFilter(std::vector<Stage> &stages, Place place, Turn turn, bool out) const
{
    const auto &here = machine(place);
    const auto *through = crossing(place, turn);
    if (here.node == nullptr || through == nullptr) {
        return;
    }
    const auto port = place == Place::Host ? m_hostPort : std::string();
    if (turn == Turn::FirstRequest && passTranslation(stages, place, *through, out)) {
        return;
    }
    addPassage(stages, here, facts::passageOf(*here.rules, through->path, Layer::Ip, port), Layer::Ip, out);
    if (!port.empty()) {
        addPassage(stages, here, facts::passageOf(*here.rules, through->path, Layer::Bridge, port), Layer::Bridge, out);
    }
    if (out && turn == Turn::FirstRequest && through->left.source != m_ping.asker) {
        stages.push_back(stage(place, Kind::Translation,
                               translate("way", "it goes on with the source %1").arg(text(through->left.source.toString()))));
    }
}

Leg Exchange::walk(Part part) const
{
    const bool asks = part == Part::Request;
    const auto turn = asks ? Turn::FirstRequest : Turn::Reply;
    const auto from = asks ? asker() : answerer();
    const auto to = asks ? answerer() : asker();
    const auto *out = crossing(from, turn);
    Leg leg;
    leg.from = m_ping.from;
    leg.part = part;
    leg.family = m_ping.asked.family();
    leg.source = asks ? m_ping.asker : m_ping.asked;
    leg.destination = asks ? m_ping.asked : m_ping.asker;
    auto &stages = leg.stages;
    const int protocol = leg.destination.isV4() ? icmp : icmpv6;
    const bool bound = !asks || m_ping.bound;
    const auto routing =
        leave(stages, machine(from), {leg.destination, bound ? std::optional(leg.source) : std::nullopt, {}, 0, 0, protocol});
    if (asks) {
        track(stages, machine(from));
    }
    passFilter(stages, from, turn, true);
    const auto left = out != nullptr ? out->left : filter::Packet();
    const auto source = out != nullptr ? left.source : leg.source;
    const auto destination = out != nullptr ? left.destination : leg.destination;
    handOver(stages, machine(from), routing, source, destination);
    auto between = left;
    between.ct = asks ? filter::CtState::New : filter::CtState::Established;
    cross(stages, m_known, m_host, from == Place::Host, between, m_bridging);
    arrive(stages, machine(to), source, destination);
    if (asks) {
        track(stages, machine(to));
    }
    passFilter(stages, to, turn, false);
    const auto *in = crossing(to, turn);
    const bool away = !stages.empty() && stages.back().fault == Fault::TranslatedAway; // it goes on from there to another
    if (!away) {
        deliver(stages, machine(to), source, in != nullptr ? in->left.destination : destination, asks);
    }
    return leg;
}

std::array<Leg, 2> Exchange::legs() const { return {walk(Part::Request), walk(Part::Reply)}; }

/// What was seen to arrive passed every stage, whatever the model says.
void observe(Leg &leg, const QString &how)
{
    leg.observed = true;
    for (auto &stage : leg.stages) {
        if (stage.result == Result::Stops) {
            stage.result = Result::Passes;
            stage.seen << how;
        }
    }
}

/// Stages that come before the place where a capture saw it.
void observeUpTo(Leg &leg, const std::vector<Place> &before, const QString &how)
{
    for (auto &stage : leg.stages) {
        if (std::find(before.begin(), before.end(), stage.place) != before.end() && stage.result == Result::Stops) {
            stage.result = Result::Passes;
            stage.seen << how;
        }
    }
}

/// The captures bracket where the host's own requests, or their replies, are lost.
void bracket(Leg &request, Leg &reply, const facts::Scene &scene)
{
    const auto losses = facts::echoLosses(scene);
    const auto *all = losses.all();
    if (all == nullptr) {
        return;
    }
    const auto how = all->between.isThere()
                         ? translate("way", "Captured beyond it: lost between %1 and %2.").arg(all->between.from, all->between.to)
                         : translate("way", "Captured beyond it.");
    switch (all->place) {
    case facts::LossPlace::InBridge:
        observeUpTo(all->leg == facts::LostLeg::Reply ? reply : request,
                    {all->leg == facts::LostLeg::Reply ? Place::Guest : Place::Host}, how);
        break;
    case facts::LossPlace::BeforeVm:
        observeUpTo(request, {Place::Host}, how);
        break;
    case facts::LossPlace::InVm:
        observeUpTo(request, {Place::Host, Place::Between}, how);
        break;
    case facts::LossPlace::AtHost:
        observe(request, how);
        observeUpTo(reply, {Place::Guest, Place::Between}, how);
        break;
    case facts::LossPlace::BeforeWire:
    case facts::LossPlace::Elsewhere:
    case facts::LossPlace::Unclear:
        break;
    }
}

struct Pair {
    std::optional<net::IpAddress> host;
    std::optional<net::IpAddress> vm;
    std::optional<net::IpAddress> pinged; ///< of the host, by the VM
    bool answered = false;                ///< the host's ping
    bool answeredBack = false;            ///< the VM's
    bool observedBack = false;            ///< the VM's ping was, whatever became of it
};

Pair pairOf(const facts::Case &known, net::Family family)
{
    const auto &scene = known.scene;
    if (family == net::Family::v6) {
        return {scene.hostAddress6, scene.vmAddress6, scene.hostAddress6, facts::fateOf(scene.v6) == facts::Fate::Works, false};
    }
    Pair pair{scene.hostAddress, scene.vmAddress, scene.hostAddress, scene.forward == facts::Fate::Works, false};
    const bool sourceFits = !scene.backSource || scene.backSource == scene.vmAddress;
    if (scene.backward != facts::Fate::NotMeasured && scene.backTarget && sourceFits) {
        pair.pinged = scene.backTarget;
        pair.answeredBack = scene.backward == facts::Fate::Works;
        pair.observedBack = true;
    }
    return pair;
}

/// Which address of this host the VM pings is not known, so those are asked for that a translation takes away from it.
void addTranslated(std::vector<Leg> &all, const facts::Case &known, const Machine &host, const Machine &guest, const Pair &pair)
{
    constexpr int most = 8;
    int asked = 0;
    for (const auto &each : host.node->addresses.value) {
        const auto &address = each.prefix.address();
        if (address.family() != pair.vm->family() || address.isLoopback() || address == *pair.pinged || ++asked > most) {
            continue;
        }
        const auto legs = Exchange(known, host, guest, {From::Vm, *pair.vm, address, false}).legs();
        const auto &stages = legs.front().stages;
        const bool away = std::any_of(stages.begin(), stages.end(), [](const Stage &stage) {
            return stage.fault == Fault::TranslatedAway && stage.place == Place::Host;
        });
        if (away) {
            all.insert(all.end(), legs.begin(), legs.end());
        }
    }
}

void addLegs(std::vector<Leg> &all, const facts::Case &known, const Machine &host, const Machine &guest, net::Family family)
{
    const auto pair = pairOf(known, family);
    if (!pair.host || !pair.vm || !pair.pinged || pair.host->family() != pair.vm->family() ||
        pair.pinged->family() != pair.vm->family()) {
        return;
    }
    const auto answered = translate("way", "Yet the ping is answered.");
    auto there = Exchange(known, host, guest, {From::Host, *pair.host, *pair.vm, known.evidence.target.hostAddressGiven}).legs();
    auto back = Exchange(known, host, guest, {From::Vm, *pair.vm, *pair.pinged, false}).legs();
    if (pair.answered) {
        std::for_each(there.begin(), there.end(), [&](Leg &leg) { observe(leg, answered); });
    } else if (family == net::Family::v4) {
        bracket(there[0], there[1], known.scene);
    }
    if (pair.answeredBack) {
        std::for_each(back.begin(), back.end(), [&](Leg &leg) { observe(leg, answered); });
    }
    all.insert(all.end(), there.begin(), there.end());
    all.insert(all.end(), back.begin(), back.end());
    if (!pair.observedBack && host.node != nullptr) {
        addTranslated(all, known, host, guest, pair);
    }
}

} // namespace

Result Leg::fate() const
{
    const auto has = [this](Result result) {
        return std::any_of(stages.begin(), stages.end(), [result](const Stage &stage) { return stage.result == result; });
    };
    if (has(Result::Stops)) {
        return Result::Stops;
    }
    return !observed && has(Result::Unknown) ? Result::Unknown : Result::Passes;
}

const Stage *Leg::stops() const
{
    const auto found =
        std::find_if(stages.begin(), stages.end(), [](const Stage &stage) { return stage.result == Result::Stops; });
    return found == stages.end() ? nullptr : &*found;
}

std::vector<Leg> legs(const facts::Case &known)
{
    const auto &scene = known.scene;
    const bool routed = scene.route != nullptr && scene.route->gateway;
    Machine host{Place::Host,
                 nullptr,
                 &known.hostRules,
                 scene.interface,
                 scene.interfaceSeen,
                 routed,
                 scene.vmAddress && evidence::isMisplaced(known.evidence, *scene.vmAddress, scene.vmMac, scene.interface),
                 translate("way", "Reading this host would tell.")};
    host.node = known.evidence.host.isRead() ? &known.evidence.host.value : nullptr;
    Machine guest{Place::Guest,
                  nullptr,
                  &known.guestRules,
                  scene.guestInterface,
                  false,
                  routed,
                  false,
                  translate("way", "Reading the guest would tell: install its agent, or run the guest script there as root.")};
    guest.node = scene.guest != nullptr ? &scene.guest->facts : nullptr;
    std::vector<Leg> all;
    addLegs(all, known, host, guest, net::Family::v4);
    addLegs(all, known, host, guest, net::Family::v6);
    return all;
}

const Leg *find(const std::vector<Leg> &legs, From from, Part part, net::Family family)
{
    const auto found = std::find_if(legs.begin(), legs.end(),
                                    [&](const Leg &leg) { return leg.from == from && leg.part == part && leg.family == family; });
    return found == legs.end() ? nullptr : &*found;
}

namespace {

template <typename E, std::size_t Count>
QString wordOf(E value, const std::array<const char *, Count> &words)
{
    return QLatin1String(words.at(static_cast<std::size_t>(value)));
}

} // namespace

QString name(Place place) { return wordOf(place, std::array{"host", "between", "guest"}); }
QString name(Kind kind)
{
    return wordOf(kind, std::array{"source", "route", "reverse-path", "filter", "translation", "tracking", "transform", "program",
                                   "neighbour", "device", "bridge", "vlan", "router", "delivery", "echo"});
}
QString name(Result result) { return wordOf(result, std::array{"passes", "stops", "unknown"}); }
QString name(From from) { return wordOf(from, std::array{"host", "vm"}); }
QString name(Part part) { return wordOf(part, std::array{"request", "reply"}); }

} // namespace bothways::way
