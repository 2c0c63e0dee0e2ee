// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/losses_told.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "evidence/utc.h"
#include "facts/homes.h"
#include "facts/losses.h"

#include <algorithm>

/// What the captures say to the questions of POL-1, POL-3, LNK-1, LNK-2, LNK-4, LNK-7, NET-2 and NET-7.
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;

namespace {

const evidence::Captures &capturesOf(const Case &given) { return given.evidence.captures.value; }

/// "3 of 10"
QString share(const Losses &losses, const Loss &loss)
{
    return translate("checks", "%1 of %2", "packets").arg(loss.count).arg(losses.asked);
}

void showJourney(Finding &finding, const Case &given, const JourneyFate &fate)
{
    const auto at = fate.journey == nullptr || fate.journey->sightings.empty()
                        ? QDateTime()
                        : evidence::utc(fate.journey->sightings.front().timeNs / 1'000'000);
    show(finding, given.evidence.captures.source, describe(fate, capturesOf(given)), at);
}

/// What passed by what was read, and was lost there by what was seen, is not fine.
void doubt(Finding &finding, const QString &sentence)
{
    if (finding.status == Status::Pass) {
        finding.status = Status::Warn;
    }
    finding.reason = together(finding.reason, sentence);
}

struct Told {
    Outcome outcome;
    QString sentence;
    std::optional<Object> object;
};

void tell(Finding &finding, const Case &given, const Loss &loss, const Told &told)
{
    doubt(finding, told.sentence);
    showJourney(finding, given, *loss.first);
    observe(finding, told.outcome, Basis::Capture, told.sentence, told.object);
}

/// Frames between wrong MACs say nothing of what they passed.
bool rightlyAddressed(const Loss &loss) { return !loss.strangeMac && !loss.misaddressed; }

} // namespace

void addOutgoing(Finding &finding, const Case &given)
{
    const auto losses = echoLosses(given.scene);
    const auto *loss = losses.all();
    if (loss == nullptr) {
        return;
    }
    const auto nearest = loss->place == LossPlace::BeforeWire ? loss->between.to : loss->between.from;
    if (loss->place == LossPlace::BeforeWire) {
        tell(finding, given, *loss,
             {Outcome::RequestNotSent,
              translate("checks", "By the capture %1 echo requests never left this host's stack: they were not even seen at %2.")
                  .arg(share(losses, *loss), nearest),
              {}});
    } else if (loss->place == LossPlace::AtHost && rightlyAddressed(*loss)) {
        tell(finding, given, *loss,
             {Outcome::ReplyNotTaken,
              translate("checks", "By the capture the answers to %1 echo requests came in at %2, and this host's stack did not "
                                  "give them to the program.")
                  .arg(share(losses, *loss), nearest),
              PlainObject{Where::Host, translate("checks", "the packet filter on the way in")}});
    }
}

void addInside(Finding &finding, const Case &given)
{
    const auto losses = echoLosses(given.scene);
    const auto *loss = losses.all();
    if (loss == nullptr || !rightlyAddressed(*loss)) {
        return;
    }
    QString sentence;
    if (loss->place == LossPlace::InVm) {
        sentence =
            translate("checks", "By the capture %1 echo requests were given to the VM at %2, and no answer came out of it.")
                .arg(share(losses, *loss), loss->between.from);
        observe(finding, Outcome::RequestSwallowed, Basis::Capture, sentence);
    } else if (loss->place == LossPlace::BeforeVm) {
        sentence = translate("checks", "By the captures %1 echoes were lost between %2 and %3, where no filter of the VM is.")
                       .arg(share(losses, *loss), loss->between.from, loss->between.to);
        observe(finding, Outcome::LostBeforeVm, Basis::Capture, sentence);
    } else {
        return;
    }
    showJourney(finding, given, *loss->first);
    // The rules of a guest that was read speak for themselves; of one that was not, this is all there is.
    if (finding.status == Status::Unknown || finding.status == Status::Skipped) {
        finding.reason = together(sentence, finding.reason);
    }
}

void addBridge(Finding &finding, const Case &given)
{
    const auto losses = echoLosses(given.scene);
    const auto *loss = losses.all();
    if (loss == nullptr || loss->place != LossPlace::InBridge || !rightlyAddressed(*loss)) {
        return;
    }
    const auto twin = twinOf(given.scene);
    if (!loss->beside.isEmpty() && twin && twin->port == loss->beside) {
        doubt(finding, translate("checks", "By the capture the bridge sent %1 echo requests out at %2 instead of %3: see LNK-3.")
                           .arg(share(losses, *loss), loss->beside, loss->between.to));
        showJourney(finding, given, *loss->first);
        return;
    }
    const auto form = loss->leg == LostLeg::Request
                          ? translate("checks", "By the capture %1 echo requests were lost in the bridge, between %2 and %3.")
                          : translate("checks", "By the capture the answers to %1 echo requests were lost in the bridge, between "
                                                "%2 and %3.");
    const auto way = u"%1 → %2"_s.arg(loss->between.from, loss->between.to);
    tell(finding, given, *loss,
         {loss->leg == LostLeg::Request ? Outcome::RequestLostInBridge : Outcome::ReplyLostInBridge,
          form.arg(share(losses, *loss), loss->between.from, loss->between.to), PlainObject{Where::Host, way}});
}

void addAddressed(Finding &finding, const Case &given)
{
    const auto &scene = given.scene;
    const auto losses = echoLosses(scene);
    const auto *loss = losses.all();
    if (loss == nullptr) {
        return;
    }
    if (loss->strangeMac && scene.vmMac) {
        tell(finding, given, *loss,
             {Outcome::RequestMisaddressed,
              translate("checks", "By the capture the host addresses its echo requests to %1, the VM's MAC is %2.")
                  .arg(text(loss->strangeMac->toString()), text(scene.vmMac->toString())),
              {}});
    } else if (loss->misaddressed) {
        tell(finding, given, *loss,
             {Outcome::ReplyMisaddressed,
              translate("checks", "By the capture the VM addresses its answers to %1, which is not this host's MAC.")
                  .arg(text(loss->misaddressed->toString())),
              {}});
    }
}

void addAsked(Finding &finding, const Case &given)
{
    const auto losses = arpLosses(given.scene);
    const auto *loss = losses.all();
    if (loss == nullptr || !given.scene.live.empty() || losses.lost < losses.asked) {
        return;
    }
    if (loss->place == LossPlace::InBridge) {
        tell(finding, given, *loss,
             {Outcome::AskLostInBridge,
              translate("checks", "By the capture %1 ARP requests for the VM were lost in the bridge, between %2 and %3.")
                  .arg(share(losses, *loss), loss->between.from, loss->between.to),
              PlainObject{Where::Host, u"%1 → %2"_s.arg(loss->between.from, loss->between.to)}});
    } else if (loss->place == LossPlace::InVm) {
        tell(finding, given, *loss,
             {Outcome::AskSwallowed,
              translate("checks", "By the capture %1 ARP requests were given to the VM at %2, and no answer came out of it.")
                  .arg(share(losses, *loss), loss->between.from),
              {}});
    }
}

void addAnswerer(Finding &finding, const Case &given)
{
    const auto &scene = given.scene;
    const auto stranger = strangeAnswerer(scene);
    if (!stranger || !scene.vmAddress) {
        return;
    }
    AddressObject object;
    object.where = Where::Guest;
    object.interface = scene.guestInterface;
    object.address = scene.guestPrefix.value_or(net::Prefix(*scene.vmAddress, scene.vmAddress->width()));
    object.claimants = scene.ownMacs();
    object.claimants.resize(std::min<std::size_t>(object.claimants.size(), maximumNames));
    object.claimants.push_back(*stranger);
    object.rightful = scene.vmMac;
    const auto sentence =
        translate("checks", "By the capture the answers to the host's echo requests come from the MAC %1, which is not the VM's.")
            .arg(text(stranger->toString()));
    doubt(finding, sentence);
    observe(finding, Outcome::EchoByStranger, Basis::Capture, sentence, object);
}

void addElsewhere(Finding &finding, const Case &given)
{
    auto losses = echoLosses(given.scene);
    const auto *loss = losses.all();
    if (losses.asked == 0) {
        losses = arpLosses(given.scene);
        loss = losses.all();
    }
    if (loss != nullptr && loss->place == LossPlace::Elsewhere) {
        tell(finding, given, *loss,
             {Outcome::LeftElsewhere,
              translate("checks", "By the capture what the host sends to the VM leaves by %1, which does not lead to the VM.")
                  .arg(loss->beside),
              {}});
    }
}

void addTrail(Finding &finding, const Case &given)
{
    std::vector<JourneyFate> own;
    std::copy_if(given.scene.journeys.begin(), given.scene.journeys.end(), std::back_inserter(own),
                 [&](const JourneyFate &fate) { return isMainEcho(given.scene, fate); });
    QStringList lines;
    for (const auto &group : grouped(own)) {
        lines << describe(group);
        show(finding, given.evidence.captures.source, describe(group), given.evidence.captures.at);
    }
    if (lines.size() > 1 && echoLosses(given.scene).places.size() > 1) {
        finding.reason = together(finding.reason,
                                  translate("checks", "By the capture they were not all lost in one place: %1").arg(few(lines)));
    }
}

} // namespace bothways::checks
