// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/homes.h"

#include <algorithm>
#include <map>

namespace bothways::facts {

using evidence::CapturePoint;
using evidence::MacUse;
using evidence::PointRole;

namespace {

bool isPort(const CapturePoint &point)
{
    return point.role == PointRole::Port || point.role == PointRole::OtherPort || point.role == PointRole::UplinkPort;
}

/// All uses of one address at one port taken together.
struct Presence {
    qint64 frames = 0;
    qint64 firstNs = 0;
};
using Presences = std::map<int, Presence>; ///< by point

/// The point that had the first frame and most of them.
int ownPort(const Presences &presences)
{
    const auto first = std::min_element(presences.begin(), presences.end(), [](const auto &one, const auto &other) {
        return one.second.firstNs < other.second.firstNs;
    });
    const bool most = std::all_of(presences.begin(), presences.end(), [&](const auto &other) {
        return other.first == first->first ||
               (other.second.frames <= first->second.frames && other.second.firstNs > first->second.firstNs);
    });
    return most ? first->first : -1;
}

} // namespace

std::vector<Home> homesOf(const Scene &scene, const net::MacAddress &mac)
{
    std::vector<Home> homes;
    const auto &captures = scene.evidence->captures;
    if (!captures.isRead()) {
        return homes;
    }
    const auto &points = captures.value.points;
    std::map<net::IpAddress, Presences> byAddress;
    for (const MacUse &use : captures.value.uses) {
        const auto place = static_cast<std::size_t>(use.point);
        if (use.mac != mac || !use.address || use.point < 0 || place >= points.size() || !isPort(points[place]) ||
            !points[place].isWhole() || !points[place].live) {
            continue;
        }
        auto &presence = byAddress[*use.address][use.point];
        presence.firstNs = presence.frames == 0 ? use.firstNs : std::min(presence.firstNs, use.firstNs);
        presence.frames += std::clamp<qint64>(use.frames, 0, 1'000'000'000);
    }
    for (const auto &[address, presences] : byAddress) {
        const int own = ownPort(presences);
        if (own >= 0) {
            const auto &point = points[static_cast<std::size_t>(own)];
            homes.push_back({point.name, address, point.role == PointRole::Port, presences.at(own).frames});
        }
    }
    return homes;
}

std::optional<Twin> twinOf(const Scene &scene)
{
    if (!scene.vmMac) {
        return std::nullopt;
    }
    std::optional<Twin> twin;
    const auto homes = homesOf(scene, *scene.vmMac);
    const bool vmSpoke = std::any_of(homes.begin(), homes.end(), [](const Home &home) { return home.isVms; });
    for (const auto &home : homes) {
        // An address of the VM's own there would be the VM on another port than the one that was taken for its own.
        if (vmSpoke && !home.isVms && home.address != scene.vmAddress && !twin) {
            twin = Twin{home.port, home.address, true, false};
        }
    }
    const auto &port = scene.vmPort;
    const auto &host = scene.evidence->host;
    if (port.isEmpty() || !host.isRead() || !host.value.fdb.isRead()) {
        return twin;
    }
    for (const auto &entry : host.value.fdb.value) {
        const bool elsewhere = entry.mac == *scene.vmMac && !entry.permanent && entry.bridge == scene.interface &&
                               !entry.port.isEmpty() && entry.port != port && entry.port != entry.bridge;
        if (elsewhere && (!twin || twin->port == entry.port)) {
            twin = twin ? twin : Twin{entry.port, std::nullopt, false, true};
            twin->learned = true;
        }
    }
    return twin;
}

} // namespace bothways::facts
