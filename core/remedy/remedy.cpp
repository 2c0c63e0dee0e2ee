// SPDX-License-Identifier: GPL-3.0-or-later
#include "remedy/remedy.h"

#include "diagnosis/catalogue.h"
#include "remedy/filter_rule.h"
#include "remedy/link_remedy.h"
#include "remedy/mtu_remedy.h"
#include "remedy/neighbour_remedy.h"
#include "remedy/quote.h"
#include "remedy/reach.h"
#include "remedy/route_remedy.h"
#include "remedy/setting_remedy.h"
#include "remedy/trial.h"
#include "words/text.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>
#include <optional>

namespace bothways::remedy {

using diagnosis::CauseClass;
using diagnosis::RemedyId;
using diagnosis::Variant;

namespace {

constexpr std::array<RemedyEntry, 28> remedyTable{{
    {RemedyId::R01, "A", QT_TRANSLATE_NOOP("remedies", "Add a port mapping"), nullptr},
    {RemedyId::R02, "A", QT_TRANSLATE_NOOP("remedies", "Add a host-only adapter"), nullptr},
    {RemedyId::R03, "A", QT_TRANSLATE_NOOP("remedies", "Change to bridged"), nullptr},
    {RemedyId::R04, "A", QT_TRANSLATE_NOOP("remedies", "Replace user mode or macvtap, or bring the host adapter back"), reattach},
    {RemedyId::R05, "B", QT_TRANSLATE_NOOP("remedies", "Allow echo in the guest"), allowEcho},
    {RemedyId::R06, "B", QT_TRANSLATE_NOOP("remedies", "Allow echo on the host"), allowEcho},
    {RemedyId::R07, "B", QT_TRANSLATE_NOOP("remedies", "Allow ICMPv6 and neighbour discovery"), allowEcho},
    {RemedyId::R08, "B", QT_TRANSLATE_NOOP("remedies", "Security group and network ACL entries"), nullptr},
    {RemedyId::R09, "C", QT_TRANSLATE_NOOP("remedies", "Remove or adjust the bridge filter"), allowEcho},
    {RemedyId::R10, "C", QT_TRANSLATE_NOOP("remedies", "vSphere security policy, Hyper-V port ACL and MAC spoofing"), nullptr},
    {RemedyId::R11, "C", QT_TRANSLATE_NOOP("remedies", "Port state, isolation and forwarding database"), letPortForward},
    {RemedyId::R12, "C", QT_TRANSLATE_NOOP("remedies", "Accept what Docker's forward policy or bridge-nf drops"), allowEcho},
    {RemedyId::R13, "D", QT_TRANSLATE_NOOP("remedies", "Port security: raise, clear, re-enable"), nullptr},
    {RemedyId::R14, "D", QT_TRANSLATE_NOOP("remedies", "Pin the VM's hardware address"), nullptr},
    {RemedyId::R15, "D", QT_TRANSLATE_NOOP("remedies", "Align the VLAN tag"), joinVlan},
    {RemedyId::R16, "D", QT_TRANSLATE_NOOP("remedies", "Inter-VLAN route or trunk"), nullptr},
    {RemedyId::R17, "E", QT_TRANSLATE_NOOP("remedies", "Correct the default route"), correctDefault},
    {RemedyId::R18, "E", QT_TRANSLATE_NOOP("remedies", "Add a route"), addRoute},
    {RemedyId::R19, "E", QT_TRANSLATE_NOOP("remedies", "Remove an overlap, metric or policy rule"), clearTheWay},
    {RemedyId::R20, "E", QT_TRANSLATE_NOOP("remedies", "Reverse path filter and forwarding"), changeSetting},
    {RemedyId::R21, "F", QT_TRANSLATE_NOOP("remedies", "Flush or replace a neighbour entry"), forgetNeighbour},
    {RemedyId::R22, "F", QT_TRANSLATE_NOOP("remedies", "Resolve an address conflict"), pinRightful},
    {RemedyId::R23, "F", QT_TRANSLATE_NOOP("remedies", "New hardware address for a clone"), nullptr},
    {RemedyId::R24, "F", QT_TRANSLATE_NOOP("remedies", "Neighbour table limits, ageing and ARP policy"), changeSetting},
    {RemedyId::R25, "G", QT_TRANSLATE_NOOP("remedies", "Align the MTU"), alignMtu},
    {RemedyId::R26, "G", QT_TRANSLATE_NOOP("remedies", "Echo, TTL and ICMP rate switches"), changeSetting},
    {RemedyId::R27, "G", QT_TRANSLATE_NOOP("remedies", "Enlarge the connection tables"), changeSetting},
    {RemedyId::R28, "G", QT_TRANSLATE_NOOP("remedies", "Link, driver and power of the VM"), bringUp},
}};
static_assert([] {
    for (std::size_t i = 0; i < remedyTable.size(); ++i) {
        if (static_cast<std::size_t>(remedyTable.at(i).id) != i) {
            return false;
        }
    }
    return true;
}());

bool isOneOf(std::optional<Variant> variant, std::initializer_list<Variant> variants)
{
    return variant && std::find(variants.begin(), variants.end(), *variant) != variants.end();
}

/// A confirmed one-way ping used the host's route, neighbour entry and link, and the guest's receive path, for its reply came
/// back by them: what mends those is never offered for it. The source that the user gave may still lack a route that the other
/// source has.
bool isExcluded(const diagnosis::Cause &cause, const facts::Case &given)
{
    const auto signature = given.symptom.signature;
    const auto &target = given.evidence.target;
    if (signature == facts::Signature::Healthy) {
        // It may answer well just now, from either owner; or the VM pings another address than this ping used.
        const bool fits = cause.variant && (diagnosis::entryOf(*cause.variant).signatures & diagnosis::bit(signature)) != 0;
        return !fits && cause.variant != Variant::DuplicateIp;
    }
    if (signature != facts::Signature::OneWay) {
        return false;
    }
    const auto *route = cause.object ? std::get_if<facts::RouteObject>(&*cause.object) : nullptr;
    if (cause.variant == Variant::MissingRoute && route != nullptr && route->wantedGateway) {
        return false; // the VM is behind a router that translates: the reply went to that router
    }
    const bool onHost = !cause.object || facts::whereOf(*cause.object) == facts::Where::Host;
    switch (cause.id) {
    case CauseClass::NetworkMode:
    case CauseClass::Vlan:
    case CauseClass::PortSecurity:
        return true;
    case CauseClass::Routing:
        return isOneOf(cause.variant, {Variant::WrongDefault, Variant::OverlappingPrefix, Variant::Metric, Variant::Blackhole,
                                       Variant::Loop, Variant::MissingRoute}) &&
               onHost && !target.hostAddressGiven;
    default:
        return isOneOf(cause.variant, {Variant::StalePermanent, Variant::Unanswered, Variant::NdDropped, Variant::MaskMismatch,
                                       Variant::OtherSubnet, Variant::LinkLocalOnly, Variant::NoAddress, Variant::LinkDown,
                                       Variant::VmNotRunning}) &&
               !(cause.variant == Variant::NdDropped && target.vmAddress6);
    }
}

/// Which of the catalogue serve it. A class of which no cause is named has those of all its causes.
std::vector<RemedyId> serving(const diagnosis::Cause &cause)
{
    if (cause.variant) {
        return diagnosis::entryOf(*cause.variant).remedies;
    }
    std::vector<RemedyId> all;
    for (const auto &each : diagnosis::entryOf(cause.id).causes) {
        std::copy_if(each.remedies.begin(), each.remedies.end(), std::back_inserter(all),
                     [&](RemedyId id) { return std::find(all.begin(), all.end(), id) == all.end(); });
    }
    return all;
}

Remedies forCause(const diagnosis::Cause &cause, const facts::Case &given)
{
    Remedies remedies;
    for (const auto id : serving(cause)) {
        if (const auto make = remedyTable.at(static_cast<std::size_t>(id)).make) {
            auto made = make({cause, given, id});
            std::move(made.begin(), made.end(), std::back_inserter(remedies));
        }
    }
    return remedies;
}

/// A name with a control or bidirectional character would do or look like something else when pasted: nothing is offered then.
bool isSafe(const Remedy &remedy)
{
    const QStringList all = remedy.commands + remedy.undo + remedy.verify;
    return !remedy.commands.isEmpty() && !remedy.undo.isEmpty() && std::all_of(all.begin(), all.end(), isPasteSafe);
}

} // namespace

QString name(Shell shell)
{
    switch (shell) {
    case Shell::Bash:
        return QStringLiteral("bash");
    case Shell::PowerShell:
        return QStringLiteral("powershell");
    case Shell::Cmd:
        return QStringLiteral("cmd");
    case Shell::Ios:
        return QStringLiteral("ios");
    case Shell::Aws:
        return QStringLiteral("aws");
    case Shell::Virsh:
        return QStringLiteral("virsh");
    case Shell::Esxcli:
        return QStringLiteral("esxcli");
    }
    return {};
}

QString name(Passes passes)
{
    switch (passes) {
    case Passes::Yes:
        return QStringLiteral("yes");
    case Passes::No:
        return QStringLiteral("no");
    case Passes::NotTried:
        return QStringLiteral("not-tried");
    }
    return {};
}

QString name(Risk risk)
{
    switch (risk) {
    case Risk::Low:
        return QStringLiteral("low");
    case Risk::Medium:
        return QStringLiteral("medium");
    case Risk::High:
        return QStringLiteral("high");
    }
    return {};
}

std::vector<Remedy> propose(const diagnosis::Diagnosis &diagnosis, const facts::Case &given)
{
    std::vector<Remedy> proposed;
    if (diagnosis.status == diagnosis::Status::NoFault) {
        return proposed;
    }
    std::vector<const diagnosis::Cause *> causes;
    for (const auto &cause : diagnosis.causes) {
        if (cause.grade != diagnosis::Grade::RuledOut && !isExcluded(cause, given)) {
            causes.push_back(&cause);
        }
    }
    std::stable_sort(causes.begin(), causes.end(), [](const auto *a, const auto *b) { return a->grade < b->grade; });
    for (const auto *cause : causes) {
        auto remedies = forCause(*cause, given);
        std::stable_sort(remedies.begin(), remedies.end(), [](const Remedy &a, const Remedy &b) {
            return std::pair(a.risk, a.persistent) < std::pair(b.risk, b.persistent);
        });
        for (auto &remedy : remedies) {
            const bool known = std::any_of(proposed.begin(), proposed.end(), [&](const Remedy &other) {
                return other.commands == remedy.commands && other.where == remedy.where;
            });
            if (!known && isSafe(remedy) && isWithinReach(remedy, given)) {
                proposed.push_back(std::move(remedy));
            }
        }
    }
    return tried(std::move(proposed), given);
}

std::span<const RemedyEntry> table() { return remedyTable; }

} // namespace bothways::remedy
