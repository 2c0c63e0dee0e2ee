// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// Where packets died, concluded from what the captures saw. Pure.
namespace bothways::facts {

struct Scene; // facts/scene.h

enum class JourneyEnd {
    Answered, ///< as far as the points tell; our own request: the answer came
    Refused,  ///< TCP reset, or an ICMP error of the asked machine itself: it is alive and says no
    Lost,
    Open, ///< asked when the capture was about to end: it cannot tell
};
enum class LostLeg {
    None,
    Request,
    Reply,
    NotDecidable, ///< it was lost beyond the last point: no point tells whether there was an answer
};
QString name(JourneyEnd end); ///< "answered", ...
QString name(LostLeg leg);    ///< "request", ...; empty for None

/// Who asked whom.
enum class Way { HostToVm, VmToHost, Other };

/// A place on the way in the order of the request: an end, or a point of capture.
struct Station {
    QString name; ///< "host", "guest", an address, or the point's name
    int point = -1;
    bool whole = true; ///< what it did not see did not pass
};

/// Two stations by name; none where nothing was lost.
struct Gap {
    QString from;
    QString to;
    bool isThere() const { return !from.isEmpty(); }
    bool operator==(const Gap &) const = default;
};

struct JourneyFate {
    const evidence::Journey *journey = nullptr; ///< null: a request of ours that no point saw
    evidence::JourneyKind kind = evidence::JourneyKind::Echo;
    net::IpAddress asker;
    net::IpAddress asked;
    int id = 0;
    int sequence = 0;
    Way way = Way::Other;
    bool ours = false; ///< sent by our own probe, which knows whether the answer came
    JourneyEnd end = JourneyEnd::Open;
    Gap lostBetween; ///< in the direction of travel
    LostLeg leg = LostLeg::None;
    std::optional<net::IpAddress> reporter;       ///< of the ICMP error that tells of it
    QString besideAt;                             ///< a point off the way where it was seen instead; empty: none
    bool strangeMac = false;                      ///< the request was addressed to a MAC that is not the VM's
    bool neighbourMissing = false;                ///< it never left: nobody answered for its neighbour's MAC
    std::optional<evidence::EchoOutcome> outcome; ///< of a request of ours: how our probe saw it end
    std::vector<Station> stations;
};

/// Every journey between host, VM and others that the captures hold, in the order of time, and our own echo requests that no
/// point saw. Empty where nothing was captured. It asks the scene who is who: sceneOf() keeps the answer, so that it is asked
/// once.
std::vector<JourneyFate> followed(const evidence::Evidence &evidence, const Scene &scene);

/// "host-to-vm" or "vm-to-host"; between others, "out" for the way of the request and "back".
QString direction(const JourneyFate &fate, const evidence::Sighting &sighting);

/// One sentence, translated.
QString describe(const JourneyFate &fate, const evidence::Captures &captures);

/// Journeys of one kind and way with one fate, counted together.
struct JourneyGroup {
    evidence::JourneyKind kind = evidence::JourneyKind::Echo;
    Way way = Way::Other;
    JourneyEnd end = JourneyEnd::Open;
    Gap lostBetween;
    LostLeg leg = LostLeg::None;
    int count = 0;
    int of = 0;                         ///< all of this kind and way whose end is known
    const JourneyFate *first = nullptr; ///< into the list that was given
};
/// Most frequent first; at most a hundred.
std::vector<JourneyGroup> grouped(const std::vector<JourneyFate> &fates);
QString describe(const JourneyGroup &group);

} // namespace bothways::facts
