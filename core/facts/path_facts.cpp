// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/path_facts.h"

#include <algorithm>

namespace bothways::facts {

bool contradictsItself(const evidence::PathMtu &mtu)
{
    // A few lost of many are a lossy link.
    return mtu.smallestUnanswered > 0 && std::any_of(mtu.sizes.begin(), mtu.sizes.end(), [&](const auto &size) {
               const bool dead = size.sent > 1 && size.answered == 0;
               return size.size <= mtu.largestAnswered ? dead : size.size >= mtu.smallestUnanswered && size.answered > 0;
           });
}

bool largePacketsVanish(const evidence::PathMtu &mtu)
{
    // A notice that asks for less than what arrives told the truth; one that asks for more says nothing of a second, silent
    // limit.
    const bool told = std::any_of(mtu.notices.begin(), mtu.notices.end(),
                                  [&](const auto &notice) { return notice.mtu <= mtu.largestAnswered; });
    return mtu.largestAnswered > 0 && mtu.smallestUnanswered > mtu.largestAnswered && !mtu.cutShort && !told &&
           !contradictsItself(mtu);
}

std::optional<SizeGap> sizeGap(const evidence::PathMtu &mtu)
{
    constexpr int enough = 3;
    int carried = 0;
    for (const auto &size : mtu.sizes) {
        carried = size.answered > 0 ? std::max(carried, size.size) : carried;
    }
    std::optional<SizeGap> gap;
    for (const auto &size : mtu.sizes) {
        if (size.answered == 0 && size.sent >= enough && size.size < carried) {
            gap = gap ? SizeGap{std::min(gap->from, size.size), std::max(gap->to, size.size)} : SizeGap{size.size, size.size};
        }
    }
    return gap;
}

std::optional<SizeGap> sizeGap(const Scene &scene)
{
    for (const auto &reading : scene.evidence->probes.pathMtus) {
        if (reading.isRead() && reading.value.target == scene.vmAddress) {
            if (const auto gap = sizeGap(reading.value)) {
                return gap;
            }
        }
    }
    return std::nullopt;
}

bool largePacketsVanish(const Scene &scene)
{
    const auto &all = scene.evidence->probes.pathMtus;
    return std::any_of(all.begin(), all.end(), [&](const auto &reading) {
        return reading.isRead() && reading.value.target == scene.vmAddress && largePacketsVanish(reading.value);
    });
}

const evidence::TooBigNotice *narrowestNotice(const evidence::PathMtu &mtu)
{
    const auto found =
        std::min_element(mtu.notices.begin(), mtu.notices.end(), [](const auto &a, const auto &b) { return a.mtu < b.mtu; });
    return found == mtu.notices.end() ? nullptr : &*found;
}

std::vector<LinkMtu> linkMtus(const Scene &scene)
{
    std::vector<LinkMtu> links;
    const auto add = [&](Where where, const evidence::Link *link) {
        if (link != nullptr && link->mtu > 0) {
            links.push_back({where, link->name, static_cast<int>(std::min(link->mtu, 65536U))});
        }
    };
    add(Where::Host, scene.homeLink());
    if (scene.vmPort != scene.interface) {
        add(Where::Host, scene.hostLink(scene.vmPort));
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
