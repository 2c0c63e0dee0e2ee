// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/inventory.h"

#include "words/text.h"

#include <algorithm>
#include <iterator>

namespace bothways::session {

using evidence::Access;
using evidence::Inventory;
using evidence::Reading;

namespace {

template <typename T>
void append(std::vector<T> &to, std::vector<T> from)
{
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

} // namespace

Reading<Inventory> merged(std::vector<Reading<Inventory>> inventories)
{
    if (inventories.size() == 1) {
        return std::move(inventories.front());
    }
    // One that is not installed is no news where another answers or fails.
    const auto isHere = [](const auto &reading) { return reading.access != Access::Absent; };
    const auto firstHere = std::find_if(inventories.begin(), inventories.end(), isHere);
    if (firstHere == inventories.end()) {
        return Reading<Inventory>::missing(Access::Absent, QStringLiteral("hypervisors"),
                                           translate("session", "No hypervisor was found on this host."));
    }
    const bool anyRead =
        std::any_of(inventories.begin(), inventories.end(), [](const auto &reading) { return reading.isRead(); });
    Reading<Inventory> all;
    all.access = anyRead ? Access::Read : firstHere->access;
    all.at = firstHere->at;
    QStringList sources;
    QStringList problems;
    for (auto &reading : inventories) {
        if (!isHere(reading)) {
            continue;
        }
        if (reading.isRead() || !anyRead) {
            sources << reading.source;
        }
        if (!reading.problem.isEmpty()) {
            problems << QStringLiteral("%1: %2").arg(reading.source, reading.problem);
        }
        append(all.value.vms, std::move(reading.value.vms));
        append(all.value.networks, std::move(reading.value.networks));
    }
    all.source = sources.join(QLatin1String(", "));
    all.problem = problems.join(QLatin1Char(' '));
    return all;
}

Reading<Inventory> inventoryOf(const std::vector<std::unique_ptr<collect::Hypervisor>> &hypervisors, const std::stop_token &stop)
{
    std::vector<Reading<Inventory>> inventories;
    inventories.reserve(hypervisors.size());
    for (const auto &hypervisor : hypervisors) {
        inventories.push_back(hypervisor->inventory(stop));
    }
    return merged(std::move(inventories));
}

} // namespace bothways::session
