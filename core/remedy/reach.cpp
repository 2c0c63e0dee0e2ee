// SPDX-License-Identifier: GPL-3.0-or-later
#include "remedy/reach.h"

#include "evidence/claim.h"
#include "words/text.h"

#include <QRegularExpression>

#include <algorithm>

namespace bothways::remedy {

namespace {

using evidence::NodeFacts;

const NodeFacts *hostOf(const facts::Case &given)
{
    const auto &host = given.evidence.host;
    return host.isRead() ? &host.value : nullptr;
}

bool isHosts(const NodeFacts &host, const net::IpAddress &address)
{
    const auto &own = host.addresses.value;
    return std::any_of(own.begin(), own.end(), [&](const auto &each) { return each.prefix.address() == address; });
}

/// Others are reached through it.
bool isGateway(const NodeFacts &host, const net::IpAddress &address)
{
    const auto &routes = host.routes.value;
    return std::any_of(routes.begin(), routes.end(), [&](const auto &route) {
        return std::any_of(route.nextHops.begin(), route.nextHops.end(), [&](const auto &hop) { return hop.gateway == address; });
    });
}

/// The first and the last address of a network of this host are nobody's (RFC 1812, 5.3.5); RFC 3021 has two machines on a /31.
bool isOfNetwork(const NodeFacts &host, const net::IpAddress &address)
{
    const auto &own = host.addresses.value;
    return std::any_of(own.begin(), own.end(), [&](const auto &each) {
        const auto &prefix = each.prefix;
        if (!address.isV4() || !prefix.address().isV4() || prefix.length() == 0 || prefix.length() >= 31) {
            return false;
        }
        const auto rest = ~std::uint32_t{0} >> prefix.length();
        const auto inside = address.toV4() & rest;
        return prefix.contains(address) && (inside == 0 || inside == rest);
    });
}

/// This host's own record has it for another VM.
bool isLeasedToAnother(const facts::Case &given, const net::IpAddress &address)
{
    const auto &vms = given.evidence.inventory.value.vms;
    return std::any_of(vms.begin(), vms.end(), [&](const auto &vm) {
        return std::any_of(vm.interfaces.begin(), vm.interfaces.end(), [&](const auto &each) {
            return each.mac && each.mac != given.scene.vmMac && evidence::isLeasedTo(given.evidence, address, *each.mac);
        });
    });
}

bool isInLink(const facts::Scene &scene, const NodeFacts &host, const net::IpAddress &address)
{
    return std::any_of(host.addresses.value.begin(), host.addresses.value.end(), [&](const auto &each) {
        return each.interface == scene.interface && each.prefix.length() > 0 && !each.prefix.address().isLinkLocal() &&
               each.prefix.contains(address);
    });
}

/// It was asked for, and nobody else claims it, in answers or in what was captured.
bool isUncontested(const facts::Case &given, const net::IpAddress &address)
{
    const auto &scene = given.scene;
    const auto isStranger = [&](const net::MacAddress &mac) { return mac != scene.vmMac; };
    const auto &uses = given.evidence.captures.value.uses;
    return scene.vmMac && scene.liveTried && std::none_of(scene.live.begin(), scene.live.end(), isStranger) &&
           std::none_of(uses.begin(), uses.end(),
                        [&](const auto &use) { return use.claimed && use.address == address && isStranger(use.mac); });
}

/// A machine that others may need, or none at all.
bool isOthers(const facts::Case &given, const NodeFacts &host, const net::IpAddress &address)
{
    const auto &scene = given.scene;
    return isGateway(host, address) || isOfNetwork(host, address) || isLeasedToAnother(given, address) ||
           evidence::isMisplaced(given.evidence, address, scene.vmMac, scene.interface);
}

bool isVms(const facts::Case &given, const NodeFacts &host, const net::IpAddress &address)
{
    const auto &scene = given.scene;
    if ((address != scene.vmAddress && address != scene.vmAddress6) || isOthers(given, host, address)) {
        return false;
    }
    return evidence::isVouchedFor(given.evidence, address, scene.vmMac) ||
           (isInLink(scene, host, address) && isUncontested(given, address));
}

/// A network that a route may be taken away from: one within the VM's own.
bool isWithinLink(const facts::Case &given, const NodeFacts &host, const net::Prefix &network)
{
    return std::any_of(host.addresses.value.begin(), host.addresses.value.end(), [&](const auto &each) {
        return each.interface == given.scene.interface && each.prefix.length() > 0 && !each.prefix.address().isLinkLocal() &&
               each.prefix.length() <= network.length() && each.prefix.contains(network.network());
    });
}

/// The words of a command that are addresses, networks, or the default route. What a route leads through only says which it is.
std::vector<net::Prefix> named(const QStringList &words)
{
    std::vector<net::Prefix> all;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const auto &word = words.at(i);
        if (i > 0 && words.at(i - 1) == QLatin1String("via")) {
            continue;
        }
        if (const auto prefix = net::Prefix::parse(word.toStdString())) {
            all.push_back(*prefix);
        } else if (word == QLatin1String("default")) {
            all.emplace_back();
        }
    }
    return all;
}

bool mayRoute(const facts::Case &given, const NodeFacts &host, const net::Prefix &prefix)
{
    const auto &address = prefix.address();
    if (prefix.length() < address.width()) {
        return isWithinLink(given, host, prefix);
    }
    const bool zoned = address.isV6() && address.isLinkLocal(); // its way is its link's; no route makes it another
    return !zoned && (isHosts(host, address) || isVms(given, host, address));
}

/// An exception for packets that are not the VM's is none for the VM.
bool mayLetPass(const facts::Case &given, const NodeFacts &host, const std::vector<net::Prefix> &prefixes)
{
    const auto isSingle = [](const net::Prefix &each) { return each.length() == each.address().width(); };
    const auto isOfVm = [&](const net::Prefix &each) { return isSingle(each) && isVms(given, host, each.address()); };
    return std::none_of(prefixes.begin(), prefixes.end(), isSingle) || std::any_of(prefixes.begin(), prefixes.end(), isOfVm);
}

bool mayRun(const facts::Case &given, const NodeFacts &host, const QString &command)
{
    static const QRegularExpression around(QStringLiteral("[\\s'\"=,{}]+"));
    const auto words = command.split(around, Qt::SkipEmptyParts);
    const auto prefixes = named(words);
    if (words.isEmpty() || words.front() != QLatin1String("ip")) {
        return mayLetPass(given, host, prefixes);
    }
    return std::all_of(prefixes.begin(), prefixes.end(), [&](const auto &prefix) { return mayRoute(given, host, prefix); });
}

} // namespace

bool isWithinReach(const Remedy &remedy, const facts::Case &given)
{
    const auto *host = hostOf(given);
    // An address that goes from one of the host's interfaces to another is the host's own affair, by its own configuration.
    if (remedy.where != facts::Where::Host || host == nullptr || remedy.variant == diagnosis::Variant::AddressOnPort) {
        return true;
    }
    return std::all_of(remedy.commands.begin(), remedy.commands.end(),
                       [&](const QString &command) { return mayRun(given, *host, command); });
}

} // namespace bothways::remedy
