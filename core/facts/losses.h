// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/fates.h"
#include "facts/scene.h"

#include <vector>

/// What the captures tell of our own echo requests, as the checks use it: where they were lost, whom they were addressed to and
/// who answered.
namespace bothways::facts {

enum class LossPlace {
    BeforeWire, ///< sent, and seen at no point
    Elsewhere,  ///< left by an interface that does not lead to the VM
    InBridge,   ///< between the host's own interface on the bridge and the VM's port
    BeforeVm,   ///< between the VM's port and the interface inside it
    InVm,       ///< given to the VM, and nothing came out
    AtHost,     ///< the answer was at the host's own interface, and did not reach the program
    Unclear,    ///< anywhere else, or no point saw enough
};

struct Loss {
    LossPlace place = LossPlace::Unclear;
    LostLeg leg = LostLeg::None;
    Gap between;
    int count = 0;
    QString beside;                              ///< the point where it was seen instead; empty: none
    const JourneyFate *first = nullptr;          ///< into the scene's journeys
    std::optional<net::MacAddress> strangeMac;   ///< the request was addressed to this one, which is not the VM's
    std::optional<net::MacAddress> misaddressed; ///< the reply was addressed to this one, which is not the host's
};

struct Losses {
    int asked = 0;
    int lost = 0;             ///< of those that left or should have; one that waited for its neighbour in vain is not among them
    std::vector<Loss> places; ///< most frequent first

    /// Where all of them were lost; nullptr where they do not agree, or most of them were answered.
    const Loss *all() const;
};

/// A tap or veth that is in no bridge is the host's own interface and the VM's port in one.
bool isLine(const Scene &scene, const QString &name);
/// One of the main series' requests.
bool isMainEcho(const Scene &scene, const JourneyFate &fate);
/// Of the echo requests from the host's address to the VM's, those of the main series. Nothing where the echo works.
Losses echoLosses(const Scene &scene);
/// Of the host's ARP requests for the VM's address.
Losses arpLosses(const Scene &scene);

/// A reply to our echo requests that came from a MAC which is not the VM's, where the two are on one link.
std::optional<net::MacAddress> strangeAnswerer(const Scene &scene);

} // namespace bothways::facts
