// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/path_facts.h"

#include <algorithm>

namespace bothways::facts {

bool largePacketsVanish(const evidence::PathMtu &mtu)
{
    // A notice that asks for less than what arrives told the truth; one that asks for more says nothing of a second, silent
    // limit.
    const bool told = std::any_of(mtu.notices.begin(), mtu.notices.end(),
                                  [&](const auto &notice) { return notice.mtu <= mtu.largestAnswered; });
    return mtu.largestAnswered > 0 && mtu.smallestUnanswered > mtu.largestAnswered && !mtu.cutShort && !told;
}

bool largePacketsVanish(const Scene &scene)
{
    const auto &all = scene.evidence->probes.pathMtus;
    return std::any_of(all.begin(), all.end(), [&](const auto &reading) {
        return reading.isRead() && reading.value.target == scene.vmAddress && largePacketsVanish(reading.value);
    });
}

const evidence::TooBigNotice &narrowestNotice(const evidence::PathMtu &mtu)
{
    return *std::min_element(mtu.notices.begin(), mtu.notices.end(), [](const auto &a, const auto &b) { return a.mtu < b.mtu; });
}

namespace {

/// The VM's port on the host's bridge: named by target or inventory, else where the VM's MAC was learned.
QString portOf(const Scene &scene)
{
    const auto &target = scene.evidence->target;
    if (!target.port.isEmpty()) {
        return target.port;
    }
    if (scene.vmInterface && !scene.vmInterface->hostDevice.isEmpty()) {
        return scene.vmInterface->hostDevice;
    }
    const auto &host = scene.evidence->host;
    if (host.isRead() && host.value.fdb.isRead() && scene.vmMac) {
        for (const auto &entry : host.value.fdb.value) {
            if (entry.mac == *scene.vmMac && !entry.permanent && entry.bridge == scene.interface) {
                return entry.port;
            }
        }
    }
    return {};
}

} // namespace

std::vector<LinkMtu> linkMtus(const Scene &scene)
{
    std::vector<LinkMtu> links;
    const auto add = [&](Where where, const evidence::Link *link) {
        if (link != nullptr && link->mtu > 0) {
            links.push_back({where, link->name, static_cast<int>(std::min(link->mtu, 65536U))});
        }
    };
    add(Where::Host, scene.hostLink(scene.interface));
    if (const auto port = portOf(scene); port != scene.interface) {
        add(Where::Host, scene.hostLink(port));
    }
    add(Where::Guest, scene.guestLink());
    return links;
}

const LinkMtu *narrowest(const std::vector<LinkMtu> &links)
{
    const auto found =
        std::min_element(links.begin(), links.end(), [](const LinkMtu &a, const LinkMtu &b) { return a.mtu < b.mtu; });
    return found == links.end() ? nullptr : &*found;
}

} // namespace bothways::facts
