// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/assess_policy.h"

#include "conclusion/assessment_parts.h"

#include "filter/walk/path_walk.h"
#include "words/text.h"

#include <algorithm>

/// Policy: how much wider the filters are open than the echo of the pair needs. Each machine's rules are walked with packets that
/// nobody asked for; what is let in costs its weight. An open filter is no fault, so nothing here names a cause.
namespace bothways::conclusion {

using namespace Qt::Literals::StringLiterals;

namespace {

enum class Sender { Peer, Others };

/// A kind of packet that the echo does not need, and what letting it in costs.
struct Opening {
    const char *id;
    const char *title;
    Sender sender;
    int protocol;
    double weight;
};

constexpr int icmp = 1;
constexpr int icmp6 = 58;
constexpr int tcp = 6;
constexpr int udp = 17;
constexpr int gre = 47;

constexpr std::array<Opening, 6> openings{{
    {"tcp_others", QT_TRANSLATE_NOOP("assessment", "new TCP connections to any port, from anybody"), Sender::Others, tcp, 40},
    {"udp_others", QT_TRANSLATE_NOOP("assessment", "UDP to any port, from anybody"), Sender::Others, udp, 20},
    {"protocols_others", QT_TRANSLATE_NOOP("assessment", "other protocols (GRE), from anybody"), Sender::Others, gre, 10},
    {"echo_others", QT_TRANSLATE_NOOP("assessment", "echo requests from anybody"), Sender::Others, icmp, 10},
    {"tcp_peer", QT_TRANSLATE_NOOP("assessment", "new TCP connections to any port, from the other end"), Sender::Peer, tcp, 15},
    {"udp_peer", QT_TRANSLATE_NOOP("assessment", "UDP to any port, from the other end"), Sender::Peer, udp, 5},
}};

/// Unassigned by IANA, one of the system's, one registered, one dynamic: a rule that opens all three opens them all.
constexpr std::array<int, 3> unusedPorts{811, 28119, 58117};

/// One machine as the walk sees it.
struct Gate {
    const char *id;
    const facts::Rules &rules;
    QString interface;
    net::IpAddress self;
    net::IpAddress peer;
};

/// Nearby with another number, so that it is neither end nor looks like a network's own or broadcast address.
net::IpAddress neighbourOf(const Gate &gate)
{
    for (const unsigned step : {4U, 8U, 16U}) {
        auto bytes = gate.self.bytes();
        auto &last = bytes[gate.self.isV4() ? 3 : 15];
        last = static_cast<std::uint8_t>(last ^ step);
        const auto found = gate.self.isV4() ? net::IpAddress::fromV4(gate.self.toV4() ^ step) : net::IpAddress::fromV6(bytes);
        if (found != gate.peer && last != 0 && last != 0xff) {
            return found;
        }
    }
    return gate.peer; // not reached: of three numbers at most one is the peer's, and one has all bits alike
}

/// A neighbour on the link, and an address of the Internet that no list of private or documentation prefixes holds.
std::vector<net::IpAddress> others(const Gate &gate)
{
    return {*net::IpAddress::parse(gate.self.isV4() ? "91.198.174.192" : "2620:0:862:ed1a::1"), neighbourOf(gate)};
}

filter::Packet packetOf(const Gate &gate, const Opening &opening, const net::IpAddress &from, int port)
{
    filter::Packet packet;
    packet.source = from;
    packet.destination = gate.self;
    packet.inputInterface = gate.interface.toStdString();
    packet.interfacesKnown = !gate.interface.isEmpty();
    packet.protocol = opening.protocol;
    if (opening.protocol == icmp) {
        packet.protocol = gate.self.isV4() ? icmp : icmp6;
        packet.icmpType = gate.self.isV4() ? 8 : 128;
        packet.icmpCode = 0;
    } else if (opening.protocol == tcp || opening.protocol == udp) {
        packet.sourcePort = 40'000;
        packet.destinationPort = port;
        packet.tcpFlags = opening.protocol == tcp ? std::optional<std::uint8_t>(0x02) : std::nullopt;
    }
    return packet;
}

struct Asked {
    int packets = 0;
    int letIn = 0;
    bool open = false; ///< the rules leave one of them undecided
    QString by;        ///< what let the first of them in
};

QString nameOf(const filter::Answer &answer)
{
    if (!answer.rule) {
        return translate("assessment", "no filter on the way in");
    }
    const auto &rule = *answer.rule;
    return QString::fromStdString(rule.backend + ' ' + rule.family + ' ' + rule.table + ' ' + rule.chain + ": " + rule.text);
}

void ask(Asked &asked, const Gate &gate, const filter::Packet &packet)
{
    filter::Passing passing(packet);
    const auto path = filter::walkPath(gate.rules.ruleset, filter::Way::In, passing);
    ++asked.packets;
    if (path.verdict == filter::Verdict::Undecided || path.verdict == filter::Verdict::Queue) {
        asked.open = asked.open || path.canPass;
        return;
    }
    if (path.verdict != filter::Verdict::Accept) {
        return;
    }
    ++asked.letIn;
    if (asked.by.isEmpty()) {
        const auto input = std::find_if(path.steps.begin(), path.steps.end(),
                                        [](const filter::Step &step) { return step.hook == filter::Hook::Input; });
        asked.by = nameOf(input == path.steps.end() ? filter::Answer{} : input->answer);
    }
}

Asked askAll(const Gate &gate, const Opening &opening)
{
    const auto senders = opening.sender == Sender::Peer ? std::vector{gate.peer} : others(gate);
    const bool ports = opening.protocol == tcp || opening.protocol == udp;
    Asked asked;
    for (const auto &from : senders) {
        for (const int port : unusedPorts) {
            if (ports || port == unusedPorts.front()) {
                ask(asked, gate, packetOf(gate, opening, from, port));
            }
        }
    }
    return asked;
}

/// What this machine's openings leave of 100, over those that the rules decide; empty where they decide none.
std::optional<double> rate(Rating &rating, const Gate &gate)
{
    double cost = 0;
    double weight = 0;
    for (const auto &opening : openings) {
        const auto asked = askAll(gate, opening);
        const auto where = QString::fromLatin1(gate.id);
        const auto title =
            (where == u"guest"_s ? translate("assessment", "the VM lets in %1") : translate("assessment", "this host lets in %1"))
                .arg(translate("assessment", opening.title));
        if (asked.open) {
            rating.missing << translate("assessment", "Whether %1 is not known: a rule could not be evaluated.").arg(title);
            continue;
        }
        const double share = 100.0 * asked.letIn / asked.packets;
        cost += opening.weight * share / 100;
        weight += opening.weight;
        rating.inputs.push_back({where + u'_' + QString::fromLatin1(opening.id), title, share, u"%"_s, 100 - share,
                                 translate("assessment", "Costs up to %1 of its machine's 100 points").arg(opening.weight),
                                 asked.by.isEmpty() ? gate.rules.sources.join(u", "_s) : asked.by});
    }
    return weight > 0 ? std::optional(100 - 100 * cost / weight) : std::nullopt;
}

void add(Rating &rating, const Gate &gate, const QString &notRead)
{
    if (!gate.rules.read) {
        rating.missing << notRead;
    } else if (const auto points = rate(rating, gate)) {
        rating.points = std::min(rating.points.value_or(100), *points);
    }
}

} // namespace

Rating ratePolicy(const facts::Case &given)
{
    Rating rating;
    const auto &scene = given.scene;
    if (!scene.vmAddress || !scene.hostAddress || scene.vmAddress->family() != scene.hostAddress->family()) {
        rating.leftOut = translate("assessment", "The rules could not be asked: the addresses of both ends are not known.");
        return rating;
    }
    add(rating, {"guest", given.guestRules, scene.guestInterface, *scene.vmAddress, *scene.hostAddress},
        translate("assessment", "The VM's rules could not be read."));
    add(rating, {"host", given.hostRules, scene.interface, *scene.hostAddress, *scene.vmAddress},
        translate("assessment", "This host's rules could not be read."));
    if (!rating.points) {
        rating.leftOut = translate("assessment", "No machine's packet filter could be read and evaluated.");
    }
    return rating;
}

} // namespace bothways::conclusion
