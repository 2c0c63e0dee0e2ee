// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/datalink/datalink_vlan.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "facts/losses.h"

#include <algorithm>
#include <set>

/// LNK-8: IEEE 802.1Q tags at the VM's port, as what is sent to it and what it sends carry them. A capture there sees a frame as
/// the VM does: after the bridge took a tag away, and before it adds one.
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::Leg;
using evidence::PointRole;

namespace {

using Tags = std::set<std::optional<int>>;

/// A tag of VLAN 0 only carries a priority: the frame is untagged (802.1Q, 9.6).
std::optional<int> tagOf(const std::optional<int> &vlan) { return vlan == 0 ? std::nullopt : vlan; }

struct Seen {
    Tags toVm;
    Tags fromVm;
    QString port;
    bool anywhere = false; ///< a tag at any point
};

QString word(const std::optional<int> &tag)
{
    return tag ? translate("checks", "VLAN %1").arg(*tag) : translate("checks", "untagged");
}

QString words(const Tags &tags)
{
    QStringList list;
    for (const auto &tag : tags) {
        list << word(tag);
    }
    return few(list);
}

/// The VM's port; where none was captured at, an interface inside it.
int portPoint(const Scene &scene)
{
    const auto &captures = scene.evidence->captures.value;
    int found = -1;
    for (std::size_t i = 0; i < captures.points.size(); ++i) {
        const auto &point = captures.points[i];
        const bool port = point.role == PointRole::Port || (point.role == PointRole::Bridge && isLine(scene, point.name));
        const bool fits = port || (found < 0 && point.role == PointRole::Guest);
        found = point.opened && fits ? static_cast<int>(i) : found;
    }
    return found;
}

void addJourneys(Seen &seen, const Scene &scene, int port)
{
    for (const auto &fate : scene.journeys) {
        if (fate.journey == nullptr || fate.way == Way::Other) {
            continue;
        }
        for (const auto &sighting : fate.journey->sightings) {
            seen.anywhere = seen.anywhere || tagOf(sighting.vlan);
            const bool asks = sighting.leg == Leg::Request;
            if (sighting.point == port && sighting.leg != Leg::Error) {
                (asks == (fate.way == Way::HostToVm) ? seen.toVm : seen.fromVm).insert(tagOf(sighting.vlan));
            }
        }
    }
}

Seen tagsOf(const Scene &scene)
{
    Seen seen;
    const auto &captures = scene.evidence->captures.value;
    const int port = portPoint(scene);
    if (port < 0) {
        return seen;
    }
    seen.port = captures.points[static_cast<std::size_t>(port)].name;
    addJourneys(seen, scene, port);
    const auto own = scene.ownMacs();
    for (const auto &use : captures.uses) {
        seen.anywhere = seen.anywhere || tagOf(use.vlan);
        if (use.point == port && use.address && use.address == scene.vmAddress &&
            std::binary_search(own.begin(), own.end(), use.mac)) {
            seen.fromVm.insert(tagOf(use.vlan));
        }
    }
    return seen;
}

bool isVlan(const Scene &scene)
{
    const auto *link = scene.guestLink();
    return link != nullptr && link->kind == evidence::LinkKind::Vlan;
}

/// "eth0.100": the number that Linux and its tools put into the name of a tagged interface, where they did.
std::optional<int> numberIn(const QString &name)
{
    bool ok = false;
    const int number = name.mid(name.lastIndexOf(u'.') + 1).toInt(&ok);
    return ok && name.contains(u'.') && number > 0 && number < 4095 ? std::optional(number) : std::nullopt;
}

/// What the VM sends; where it sent nothing, what its own report says that it would.
std::optional<Tags> expected(const Scene &scene, const Seen &seen)
{
    if (!seen.fromVm.empty()) {
        return seen.fromVm;
    }
    const auto *link = scene.guestLink();
    if (link == nullptr) {
        return std::nullopt;
    }
    if (!isVlan(scene)) {
        return Tags{std::nullopt};
    }
    const auto number = numberIn(link->name);
    return number ? std::optional(Tags{number}) : std::nullopt;
}

bool meet(const Tags &some, const Tags &others)
{
    return std::any_of(some.begin(), some.end(), [&](const auto &tag) { return others.contains(tag); });
}

/// The guest's report is another witness than the frames.
void askGuest(Finding &finding, const Scene &scene, const TagObject &object)
{
    const auto *link = scene.guestLink();
    if (link == nullptr) {
        return;
    }
    show(finding, scene.guest->facts.links.source,
         atGuest(u"%1 %2 %3"_s.arg(link->name, link->kind.word(), link->lower).simplified()), scene.guest->facts.links.at);
    if (isVlan(scene) == object.fromVm.has_value()) {
        observe(finding, Outcome::GuestTagsSo, Basis::Report,
                isVlan(scene) ? translate("checks", "The guest's interface %1 is one of a VLAN.").arg(link->name)
                              : translate("checks", "The guest's interface %1 is no VLAN's.").arg(link->name));
    }
}

} // namespace

Finding lnk8(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    const auto &captures = given.evidence.captures;
    if (!captures.isRead()) {
        say(finding, Status::Skipped, translate("checks", "No frame was captured, so no tag was seen."), whyNot(captures));
        return finding;
    }
    const auto seen = tagsOf(scene);
    if (seen.port.isEmpty() || (seen.toVm.empty() && seen.fromVm.empty())) {
        say(finding, Status::Skipped, translate("checks", "No frame between host and VM was captured at the VM's port."),
            translate("checks", "Which port is the VM's must be known, and one of the two must send something."));
        return finding;
    }
    show(finding, captures.source,
         translate("checks", "%1: to the VM %2; from the VM %3")
             .arg(seen.port, seen.toVm.empty() ? translate("checks", "nothing") : words(seen.toVm),
                  seen.fromVm.empty() ? translate("checks", "nothing") : words(seen.fromVm)),
         captures.at);
    const auto wanted = expected(scene, seen);
    if (seen.toVm.empty() || !wanted) {
        say(finding, Status::Unknown, translate("checks", "Only one direction's frames were captured at %1.").arg(seen.port),
            translate("checks", "What tags the other end uses is not known: read the guest, or let it send a ping."));
        return finding;
    }
    if (meet(seen.toVm, *wanted)) {
        say(finding, Status::Pass,
            seen.anywhere ? translate("checks", "Host and VM use the same tags at %1: %2.").arg(seen.port, words(seen.toVm))
                          : translate("checks", "No frame of host or VM carries a VLAN tag."));
        observe(finding, Outcome::TagsAgree, Basis::Capture, finding.summary);
        return finding;
    }
    const TagObject object{Where::Host, seen.port, *seen.toVm.begin(), *wanted->begin()};
    const auto sentence = translate("checks", "What is sent to the VM at %1 is %2, what the VM uses is %3.")
                              .arg(seen.port, words(seen.toVm), words(*wanted));
    say(finding, Status::Fail, sentence);
    observe(finding, Outcome::TagsDiffer, Basis::Capture, sentence, object);
    askGuest(finding, scene, object);
    return finding;
}

} // namespace bothways::checks
