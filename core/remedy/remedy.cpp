// SPDX-License-Identifier: GPL-3.0-or-later
#include "remedy/remedy.h"

#include "remedy/draft.h"
#include "remedy/quote.h"
#include "words/text.h"

#include <algorithm>
#include <array>
#include <type_traits>

namespace bothways::remedy {
namespace {

constexpr std::array<RemedyEntry, 28> catalogue{{
    {"R01", "A", QT_TRANSLATE_NOOP("remedies", "Add a port mapping"), false},
    {"R02", "A", QT_TRANSLATE_NOOP("remedies", "Add a host-only adapter"), false},
    {"R03", "A", QT_TRANSLATE_NOOP("remedies", "Change to bridged"), false},
    {"R04", "A", QT_TRANSLATE_NOOP("remedies", "Replace user mode or macvtap, or bring the host adapter back"), true},
    {"R05", "B", QT_TRANSLATE_NOOP("remedies", "Allow echo in the guest"), true},
    {"R06", "B", QT_TRANSLATE_NOOP("remedies", "Allow echo on the host"), true},
    {"R07", "B", QT_TRANSLATE_NOOP("remedies", "Allow ICMPv6 and neighbour discovery"), true},
    {"R08", "B", QT_TRANSLATE_NOOP("remedies", "Security group and network ACL entries"), false},
    {"R09", "C", QT_TRANSLATE_NOOP("remedies", "Remove or adjust the bridge filter"), true},
    {"R10", "C", QT_TRANSLATE_NOOP("remedies", "vSphere security policy, Hyper-V port ACL and MAC spoofing"), false},
    {"R11", "C", QT_TRANSLATE_NOOP("remedies", "Port state, isolation and forwarding database"), true},
    {"R12", "C", QT_TRANSLATE_NOOP("remedies", "Accept what Docker's forward policy or bridge-nf drops"), false},
    {"R13", "D", QT_TRANSLATE_NOOP("remedies", "Port security: raise, clear, re-enable"), false},
    {"R14", "D", QT_TRANSLATE_NOOP("remedies", "Pin the VM's hardware address"), false},
    {"R15", "D", QT_TRANSLATE_NOOP("remedies", "Align the VLAN tag"), false},
    {"R16", "D", QT_TRANSLATE_NOOP("remedies", "Inter-VLAN route or trunk"), false},
    {"R17", "E", QT_TRANSLATE_NOOP("remedies", "Correct the default route"), true},
    {"R18", "E", QT_TRANSLATE_NOOP("remedies", "Add a route"), true},
    {"R19", "E", QT_TRANSLATE_NOOP("remedies", "Remove an overlap, metric or policy rule"), true},
    {"R20", "E", QT_TRANSLATE_NOOP("remedies", "Reverse path filter and forwarding"), true},
    {"R21", "F", QT_TRANSLATE_NOOP("remedies", "Flush or replace a neighbour entry"), true},
    {"R22", "F", QT_TRANSLATE_NOOP("remedies", "Resolve an address conflict"), true},
    {"R23", "F", QT_TRANSLATE_NOOP("remedies", "New hardware address for a clone"), false},
    {"R24", "F", QT_TRANSLATE_NOOP("remedies", "Neighbour table limits, ageing and ARP policy"), true},
    {"R25", "G", QT_TRANSLATE_NOOP("remedies", "Align the MTU"), true},
    {"R26", "G", QT_TRANSLATE_NOOP("remedies", "Echo, TTL and ICMP rate switches"), true},
    {"R27", "G", QT_TRANSLATE_NOOP("remedies", "Enlarge the connection tables"), true},
    {"R28", "G", QT_TRANSLATE_NOOP("remedies", "Link, driver and power of the VM"), true},
}};

bool isOneOf(const QString &text, std::initializer_list<const char *> words)
{
    return std::any_of(words.begin(), words.end(), [&](const char *word) { return text == QLatin1String(word); });
}

/// A confirmed one-way ping used the host's route, neighbour entry and link, and the guest's receive path (facts.md 0.2): what
/// mends those is never offered for it. The source that the user gave may still lack a route that the other source has.
bool isExcluded(const diagnosis::Cause &cause, const facts::Case &given)
{
    const auto signature = given.symptom.signature;
    const auto &target = given.evidence.target;
    if (signature == facts::Signature::Healthy) {
        return cause.variant != QLatin1String("duplicate-ip"); // it may answer well just now, from either owner
    }
    if (signature != facts::Signature::OneWay) {
        return false;
    }
    if (isOneOf(cause.id, {"network-mode", "vlan", "port-security"})) {
        return true;
    }
    const bool onHost = !cause.object || facts::whereOf(*cause.object) == facts::Where::Host;
    if (cause.id == QLatin1String("routing")) {
        return isOneOf(cause.variant, {"wrong-default", "overlapping-prefix", "metric", "blackhole", "loop", "missing-route"}) &&
               onHost && !target.hostAddressGiven;
    }
    return isOneOf(cause.variant, {"stale-permanent", "unanswered", "nd-dropped", "mask-mismatch", "other-subnet",
                                   "link-local-only", "no-address", "link-down", "vm-not-running"}) &&
           !(cause.variant == QLatin1String("nd-dropped") && target.vmAddress6);
}

Remedies forObject(const Request &request, const facts::Object &object)
{
    return std::visit(
        [&](const auto &known) {
            using Kind = std::decay_t<decltype(known)>;
            if constexpr (std::is_same_v<Kind, facts::RuleObject>) {
                return forRule(request, known);
            } else if constexpr (std::is_same_v<Kind, facts::RouteObject>) {
                return forRoute(request, known);
            } else if constexpr (std::is_same_v<Kind, facts::SysctlObject>) {
                return forSysctl(request, known);
            } else if constexpr (std::is_same_v<Kind, facts::NeighbourObject>) {
                return forNeighbour(request, known);
            } else if constexpr (std::is_same_v<Kind, facts::AddressObject>) {
                return forAddress(request, known);
            } else if constexpr (std::is_same_v<Kind, facts::LinkObject>) {
                return forLink(request, known);
            } else if constexpr (std::is_same_v<Kind, facts::ModeObject>) {
                return forMode(request, known);
            } else if constexpr (std::is_same_v<Kind, facts::MtuObject>) {
                return forMtu(request, known);
            } else if constexpr (std::is_same_v<Kind, facts::RouterObject>) {
                return Remedies{}; // not ours to mend
            } else if constexpr (std::is_same_v<Kind, facts::MacObject> || std::is_same_v<Kind, facts::TagObject>) {
                return Remedies{}; // R23 and R15 are not built in this version
            } else {
                static_assert(std::is_same_v<Kind, facts::PlainObject>);
                return forPlain(request, known);
            }
        },
        object);
}

Remedies forCause(const Request &request)
{
    const auto *guest = factsOf(request.given.evidence, facts::Where::Guest);
    const bool windowsGuest = guest != nullptr && guest->os == evidence::Os::Windows;
    if (windowsGuest && request.cause.id == QLatin1String("guest-firewall")) {
        return forWindowsGuest(request);
    }
    return request.cause.object ? forObject(request, *request.cause.object) : Remedies{};
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
        auto remedies = forCause({*cause, given});
        std::stable_sort(remedies.begin(), remedies.end(), [](const Remedy &a, const Remedy &b) {
            return std::pair(a.risk, a.persistent) < std::pair(b.risk, b.persistent);
        });
        for (auto &remedy : remedies) {
            const bool known = std::any_of(proposed.begin(), proposed.end(), [&](const Remedy &other) {
                return other.commands == remedy.commands && other.where == remedy.where;
            });
            if (!known && isSafe(remedy)) {
                proposed.push_back(std::move(remedy));
            }
        }
    }
    return proposed;
}

std::span<const RemedyEntry> table() { return catalogue; }

} // namespace bothways::remedy
