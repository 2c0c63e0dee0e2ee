// SPDX-License-Identifier: GPL-3.0-or-later
// R05, R06, R07, R09: let exactly one echo past the rule or policy that stops it, right where it stops.
#include "remedy/filter_rule.h"

#include "filter/walk/change.h"
#include "remedy/filter_owner.h"
#include "remedy/quote.h"
#include "remedy/windows_remedy.h"
#include "words/text.h"

namespace bothways::remedy {

using diagnosis::RemedyId;

namespace {

constexpr int icmp = 1;
constexpr int icmpv6 = 58;

struct Opening {
    QString nft;          ///< nft expression, made of our own words and printed addresses only
    QStringList iptables; ///< words of the iptables specification
};

QStringList words(const std::vector<std::string> &all)
{
    QStringList result;
    for (const auto &word : all) {
        result << text(word);
    }
    return result;
}

/// Exactly the packet that is stopped, as the walk of the rules says it.
Opening openingOf(const filter::Packet &packet, const filter::RuleRef &rule)
{
    const auto opening = filter::openingFor(packet, rule);
    return {words(opening.nft).join(u' '), words(opening.xtables)};
}

/// Neighbour discovery comes from link-local or multicast addresses; hop limit 255 proves it never crossed a router (RFC
/// 4861 7.1).
std::vector<Opening> discoveryOpenings()
{
    std::vector<Opening> openings;
    for (const auto &type : {QStringLiteral("nd-neighbor-solicit"), QStringLiteral("nd-neighbor-advert")}) {
        const QString xtables = type == QLatin1String("nd-neighbor-solicit") ? QStringLiteral("neighbour-solicitation")
                                                                             : QStringLiteral("neighbour-advertisement");
        openings.push_back({QStringLiteral("ip6 hoplimit 255 icmpv6 type %1").arg(type),
                            {QStringLiteral("-p"), QStringLiteral("ipv6-icmp"), QStringLiteral("--icmpv6-type"), xtables,
                             QStringLiteral("-m"), QStringLiteral("hl"), QStringLiteral("--hl-eq"), QStringLiteral("255")}});
    }
    return openings;
}

std::vector<Opening> openingsFor(const facts::RuleObject &object)
{
    filter::Packet packet = object.packet;
    std::vector<Opening> openings;
    if (packet.protocol == icmpv6 && packet.payloadType() != filter::etherArp) {
        const bool onlyEcho =
            object.rule.text.find("echo") != std::string::npos || object.rule.text.find("128") != std::string::npos;
        if (!onlyEcho) {
            openings = discoveryOpenings();
        }
        if (packet.icmpType == 135 || packet.icmpType == 136) {
            packet.icmpType = 128;
        }
    }
    openings.push_back(openingOf(packet, object.rule));
    return openings;
}

bool isSame(const filter::RuleRef &one, const filter::RuleRef &other)
{
    return one.backend == other.backend && one.flavour == other.flavour && one.family == other.family &&
           one.table == other.table && one.chain == other.chain && one.handle == other.handle && one.position == other.position &&
           one.policy == other.policy;
}

/// What else of the two pings the same rule stops: letting one packet past would leave the other ping dead.
std::vector<filter::Packet> alsoStopped(const facts::Case &given, const facts::RuleObject &object)
{
    std::vector<filter::Packet> packets;
    for (const auto &leg : way::legs(given)) {
        for (const auto &stage : leg.stages) {
            const auto *rule = stage.object ? std::get_if<facts::RuleObject>(&*stage.object) : nullptr;
            const bool other = rule != nullptr && stage.result == way::Result::Stops && rule->where == object.where &&
                               isSame(rule->rule, object.rule) && rule->packet.protocol == object.packet.protocol &&
                               !filter::Acceptance{object.rule, object.packet}.takes(rule->packet);
            if (other) {
                packets.push_back(rule->packet);
            }
        }
    }
    return packets;
}

/// Openings for neighbour discovery are not among them: the pings alone are tried.
std::vector<Edit> editsFor(const facts::RuleObject &object, const std::vector<filter::Packet> &others)
{
    filter::Packet packet = object.packet;
    if (packet.icmpType == 135 || packet.icmpType == 136) {
        packet.icmpType = 128;
    }
    std::vector<Edit> edits{filter::Acceptance{object.rule, packet}};
    for (const auto &other : others) {
        edits.emplace_back(filter::Acceptance{object.rule, other});
    }
    return edits;
}

QString placeOf(const filter::RuleRef &rule)
{
    if (rule.policy) {
        return QStringLiteral("policy-") + text(rule.chain);
    }
    if (rule.backend == "nft") {
        return QStringLiteral("h%1").arg(rule.handle);
    }
    return QStringLiteral("p%1-").arg(rule.position) + text(rule.chain);
}

/// Marks end up in comments: only letters, digits and dashes, and short (nft and xt_comment hold 127 and 255 bytes).
QString tagFor(const Request &request, const filter::RuleRef &rule)
{
    QString place = placeOf(rule);
    for (auto &c : place) {
        if (!(c.unicode() < 128 && (c.isLetterOrNumber() || c == u'-'))) {
            c = u'-';
        }
    }
    return mark(request, place.left(48));
}

void fillNft(Remedy &remedy, const filter::RuleRef &rule, const std::vector<Opening> &openings, const QString &tag)
{
    const QStringList chain{text(rule.family), text(rule.table), text(rule.chain)};
    for (const auto &opening : openings) {
        QStringList words{QStringLiteral("nft"), rule.policy ? QStringLiteral("add") : QStringLiteral("insert"),
                          QStringLiteral("rule")};
        words << chain;
        if (!rule.policy) {
            words << QStringLiteral("handle") << QString::number(rule.handle);
        }
        words << opening.nft.split(u' ') << QStringLiteral("counter") << QStringLiteral("accept") << QStringLiteral("comment")
              << u'"' + tag + u'"';
        remedy.commands << bashCommand(words);
    }
    const QString list = bashCommand(
        QStringList{QStringLiteral("nft"), QStringLiteral("-a"), QStringLiteral("list"), QStringLiteral("chain")} + chain);
    const QString script =
        QStringLiteral("s|^.* comment \"%1\" # handle \\([0-9][0-9]*\\)$|delete rule %2 handle \\1|p").arg(tag, chain.join(u' '));
    // The list is taken first so that a refusal ends the command with an error instead of passing for "nothing to delete".
    remedy.undo << QStringLiteral("rules=$(%1) && printf '%s\\n' \"$rules\" | sed -n %2 | nft -f -").arg(list, quoteBash(script));
}

void fillIptables(Remedy &remedy, const filter::RuleRef &rule, const std::vector<Opening> &openings, const QString &tag)
{
    const QString flavour = rule.flavour.empty() ? QString() : u'-' + text(rule.flavour);
    const bool ebtables = rule.backend == "ebtables"; // has neither -w nor comments
    QStringList program{text(rule.backend) + flavour};
    if (!ebtables) {
        program << QStringLiteral("-w");
    }
    program << QStringLiteral("-t") << text(rule.table);
    int position = rule.position;
    for (const auto &opening : openings) {
        auto specification = opening.iptables;
        if (!ebtables) {
            specification << QStringLiteral("-m") << QStringLiteral("comment") << QStringLiteral("--comment") << tag;
        }
        specification << QStringLiteral("-j") << QStringLiteral("ACCEPT");
        QStringList place{rule.policy ? QStringLiteral("-A") : QStringLiteral("-I"), text(rule.chain)};
        if (!rule.policy) {
            place << QString::number(position++);
        }
        remedy.commands << bashCommand(program + place + specification);
        remedy.undo.prepend(bashCommand(program + QStringList{QStringLiteral("-D"), text(rule.chain)} + specification));
    }
}

/// Where the host's own filter keeps the VM's request out, no ping of the host can show it: the rule's counter does, once
/// the VM pinged.
void verifyByCounter(Remedy &remedy, const filter::RuleRef &rule, const QString &tag)
{
    if (rule.backend == "nft") {
        remedy.verify = {QStringLiteral("%1 | grep -q %2")
                             .arg(bashCommand({QStringLiteral("nft"), QStringLiteral("list"), QStringLiteral("chain"),
                                               text(rule.family), text(rule.table), text(rule.chain)}),
                                  quoteBash(QStringLiteral("counter packets [1-9].*%1").arg(tag)))};
        return;
    }
    const QString flavour = rule.flavour.empty() ? QString() : u'-' + text(rule.flavour);
    remedy.verify = {QStringLiteral("%1 -c -t %2 | grep -q %3")
                         .arg(quoteBash(text(rule.backend) + flavour + QStringLiteral("-save")), quoteBash(text(rule.table)),
                              quoteBash(QStringLiteral("^\\[[1-9][0-9]*:.*%1").arg(tag)))};
}

bool isOnBridge(const filter::RuleRef &rule) { return rule.family == "bridge" || rule.backend == "ebtables"; }

QString titleFor(const facts::RuleObject &object)
{
    const auto &packet = object.packet;
    const bool reply = packet.icmpType == 0 || packet.icmpType == 129;
    const bool out =
        object.hook == filter::Hook::Output || object.hook == filter::Hook::Postrouting || object.hook == filter::Hook::Egress;
    if (object.hook == filter::Hook::Forward) {
        return translate("remedies", "Let this echo through the bridge, before the rule of the packet filter that drops it");
    }
    if (object.hook == filter::Hook::Prerouting && object.rule.table == "nat") {
        return translate("remedies", "Leave the VM's pings of this address untranslated");
    }
    if (isOnBridge(object.rule)) {
        return translate("remedies", "Let this echo through the bridge, before the rule that drops it");
    }
    if (object.where == facts::Where::Guest) {
        return reply || out ? translate("remedies", "Let the VM's echo replies to this host out, before the rule that drops them")
                            : translate("remedies", "Let this host's echo requests into the VM, before the rule that drops them");
    }
    if (reply) {
        return translate("remedies", "Let the VM's echo replies into this host, before the rule that drops them");
    }
    return out ? translate("remedies", "Let echo requests to the VM out of this host, before the rule that drops them")
               : translate("remedies", "Let the VM's echo requests into this host, before the rule that drops them");
}

QString changesFor(const facts::RuleObject &object, const std::vector<Opening> &openings)
{
    QStringList rules;
    for (const auto &opening : openings) {
        rules << opening.nft;
    }
    const QString chain = text(object.rule.table) + u' ' + text(object.rule.chain);
    return object.rule.policy
               ? translate("remedies",
                           "Adds to the end of chain %1, where its policy decides: accept %2. Until the rules are loaded again.")
                     .arg(chain, rules.join(QStringLiteral("; ")))
               : translate("remedies",
                           "Adds to chain %1, right before the rule that decides: accept %2. Until the rules are loaded again.")
                     .arg(chain, rules.join(QStringLiteral("; ")));
}

RemedyId fitting(const Request &request, const facts::RuleObject &object)
{
    if (request.cause.variant == diagnosis::Variant::BridgeNfForwardDrop) {
        return RemedyId::R12;
    }
    if (request.cause.id == diagnosis::CauseClass::VswitchFilter || isOnBridge(object.rule)) {
        return RemedyId::R09;
    }
    if (object.packet.protocol == icmpv6) {
        return RemedyId::R07;
    }
    return object.where == facts::Where::Guest ? RemedyId::R05 : RemedyId::R06;
}

bool canBeNamed(const filter::RuleRef &rule)
{
    if (rule.backend == "nft") {
        return isNftIdentifier(text(rule.family)) && isNftIdentifier(text(rule.table)) && isNftIdentifier(text(rule.chain)) &&
               (rule.policy || rule.handle > 0);
    }
    // iptables reads a chain that starts with a dash as an option, whatever the quotes.
    return (rule.backend == "iptables" || rule.backend == "ip6tables" || rule.backend == "ebtables") && !rule.chain.empty() &&
           rule.chain.front() != '-' && (rule.flavour.empty() || rule.flavour == "nft" || rule.flavour == "legacy") &&
           (rule.policy || rule.position > 0);
}

} // namespace

Remedies allowEcho(const Request &request)
{
    if (isWindowsGuest(request)) {
        return allowEchoOnWindows(request);
    }
    const auto *rule = objectOf<facts::RuleObject>(request);
    if (rule == nullptr || fitting(request, *rule) != request.id) {
        return {};
    }
    const auto &object = *rule;
    const auto &packet = object.packet;
    if (!isMachine(object.where) || (packet.protocol != icmp && packet.protocol != icmpv6) || !canBeNamed(object.rule)) {
        return {};
    }
    Remedies remedies = throughFirewalld(request, object);

    Remedy remedy = draft(request, object.where);
    auto openings = openingsFor(object);
    const auto others = alsoStopped(request.given, object);
    for (const auto &other : others) {
        openings.push_back(openingOf(other, object.rule));
    }
    const QString tag = tagFor(request, object.rule);
    if (object.rule.backend == "nft") {
        fillNft(remedy, object.rule, openings, tag);
    } else {
        fillIptables(remedy, object.rule, openings, tag);
    }
    remedy.edits = editsFor(object, others);
    remedy.title = titleFor(object);
    remedy.changes = changesFor(object, openings);
    const bool vmToHost = object.where == facts::Where::Host && object.hook == filter::Hook::Input &&
                          (packet.icmpType == 8 || packet.icmpType == 128);
    if (vmToHost) {
        verifyByCounter(remedy, object.rule, tag);
    } else {
        remedy.verify = pingVerify(request.given, packet.protocol == icmpv6 ? net::Family::v6 : net::Family::v4);
    }
    remedies.push_back(std::move(remedy));

    for (auto &lasting : throughUfw(request, object)) {
        remedies.push_back(std::move(lasting));
    }
    return remedies;
}

} // namespace bothways::remedy
