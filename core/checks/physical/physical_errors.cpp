// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/physical/physical_errors.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "facts/counters.h"
#include "facts/homes.h"

#include <algorithm>
#include <array>

/// PHY-3 and PHY-4: what the interfaces and the stacks of both ends counted as broken while the probes ran. Sources: rtnetlink
/// IFLA_STATS64, /proc/net/snmp (RFC 4293, RFC 4022, RFC 4113).
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::Link;
using evidence::LinkCounters;

namespace {

struct LinkCounter {
    const char *name;
    qint64 LinkCounters::*value;
    bool error; ///< a broken frame; else one that was thrown away whole
};

constexpr std::array<LinkCounter, 4> linkCounters{{{"rx_errors", &LinkCounters::rxErrors, true},
                                                   {"tx_errors", &LinkCounters::txErrors, true},
                                                   {"rx_dropped", &LinkCounters::rxDropped, false},
                                                   {"tx_dropped", &LinkCounters::txDropped, false}}};

/// A session file may hold any number.
qint64 growth(qint64 before, qint64 after)
{
    qint64 by = 0;
    return __builtin_sub_overflow(after, before, &by) || by < 0 ? 0 : by;
}

const Link *linkIn(const std::vector<Link> &links, const QString &name)
{
    const auto found = std::find_if(links.begin(), links.end(), [&](const Link &link) { return link.name == name; });
    return found == links.end() ? nullptr : &*found;
}

LinkObject objectOf(Where where, const Scene &scene, const Link &link, const QString &state)
{
    LinkObject object;
    object.where = where;
    object.name = link.name;
    object.mac = where == Where::Guest ? link.mac : scene.vmMac;
    object.state = state;
    return object;
}

/// The host's interfaces between it and the VM.
QStringList onTheWay(const Scene &scene)
{
    QStringList names{scene.interface, scene.vmPort};
    names.removeAll(QString());
    names.removeDuplicates();
    return names;
}

/// True where the counters of that interface could be compared.
bool judgeLink(Finding &finding, const Case &given, const QString &name)
{
    const auto &scene = given.scene;
    const auto *before = linkIn(given.evidence.hostBefore.value.links.value, name);
    const auto *after = linkIn(given.evidence.host.value.links.value, name);
    if (before == nullptr || after == nullptr || before->index != after->index) {
        return false;
    }
    QStringList grown;
    bool errors = false;
    qint64 thrownAway = 0;
    for (const auto &counter : linkCounters) {
        const auto by = growth(before->counters.*counter.value, after->counters.*counter.value);
        if (by > 0) {
            grown << u"%1 +%2"_s.arg(QLatin1String(counter.name)).arg(by);
            errors = errors || counter.error;
            thrownAway = counter.value == &LinkCounters::txDropped ? by : thrownAway;
        }
    }
    const auto &source = given.evidence.host.value.links;
    show(finding, source.source, atHost(u"%1 %2"_s.arg(name, grown.isEmpty() ? u"+0"_s : grown.join(u", "_s))), source.at);
    if (grown.isEmpty()) {
        return true;
    }
    const auto sentence =
        translate("checks", "While the probes ran, the host's interface %1 counted %2.").arg(name, grown.join(u", "_s));
    say(finding, Status::Warn, finding.status == Status::Warn ? together(finding.summary, sentence) : sentence);
    const auto sent = scene.main ? decided(*scene.main) : 0;
    if (errors) {
        observe(finding, Outcome::LinkErrorsCounted, Basis::Counter, sentence,
                objectOf(Where::Host, scene, *after, grown.join(u", "_s)));
    } else if (name == scene.vmPort && scene.forward == Fate::Fails && sent > 0 && thrownAway >= sent) {
        observe(finding, Outcome::PortDropsCounted, Basis::Counter, sentence,
                objectOf(Where::Host, scene, *after, grown.join(u", "_s)));
    }
    return true;
}

struct StackCounter {
    const char *name;
    bool checksum;
};
constexpr std::array<StackCounter, 7> stackCounters{{{"Ip.InHdrErrors", false},
                                                     {"Ip.InDiscards", false},
                                                     {"Ip.OutDiscards", false},
                                                     {"Icmp.InErrors", false},
                                                     {"Icmp.InCsumErrors", true},
                                                     {"Tcp.InCsumErrors", true},
                                                     {"Udp.InCsumErrors", true}}};

std::optional<qint64> hostGrowth(const Case &given, const QString &counter)
{
    const auto &earlier = given.evidence.hostBefore;
    const auto &host = given.evidence.host;
    if (!earlier.isRead() || !host.isRead() || !earlier.value.counters.isRead() || !host.value.counters.isRead()) {
        return std::nullopt;
    }
    const auto &before = earlier.value.counters.value;
    const auto &after = host.value.counters.value;
    if (!before.contains(counter) || !after.contains(counter)) {
        return std::nullopt;
    }
    return growth(before.value(counter), after.value(counter));
}

/// What a stack counted: of checksums, or of everything else. Empty where it was not read twice.
struct Counted {
    bool read = false;
    QStringList grown;
};

Counted countedBy(const Case &given, Where where, bool checksums)
{
    Counted counted;
    for (const auto &counter : stackCounters) {
        const auto name = QString::fromLatin1(counter.name);
        const auto by = where == Where::Guest ? guestGrowth(given.scene, name) : hostGrowth(given, name);
        if (counter.checksum != checksums || !by) {
            continue;
        }
        counted.read = true;
        if (*by > 0) {
            counted.grown << u"%1 +%2"_s.arg(name).arg(*by);
        }
    }
    return counted;
}

bool judgeStack(Finding &finding, const Case &given, Where where)
{
    const auto counted = countedBy(given, where, false);
    if (!counted.read) {
        return false;
    }
    const auto shown = counted.grown.isEmpty() ? u"+0"_s : counted.grown.join(u", "_s);
    const auto &evidence = given.evidence;
    show(finding, u"/proc/net/snmp"_s, where == Where::Guest ? atGuest(shown) : atHost(shown),
         where == Where::Guest ? evidence.guest.value.after.at : evidence.host.value.counters.at);
    if (!counted.grown.isEmpty()) {
        const auto form = where == Where::Guest ? translate("checks", "While the probes ran, the guest's stack counted %1.")
                                                : translate("checks", "While the probes ran, the host's stack counted %1.");
        finding.status = Status::Warn;
        finding.reason = together(finding.reason, form.arg(shown));
    }
    return true;
}

/// True where the drivers of the VM's interfaces are known.
bool showDrivers(Finding &finding, const Scene &scene)
{
    bool any = false;
    for (const auto &name : onTheWay(scene)) {
        const auto *link = scene.hostLink(name);
        if (link != nullptr && !link->driver.isEmpty()) {
            show(finding, scene.evidence->host.value.links.source, atHost(u"%1: %2"_s.arg(name, link->driver)),
                 scene.evidence->host.value.links.at);
            any = true;
        }
    }
    const auto *inside = scene.guestLink();
    if (inside != nullptr && !inside->driver.isEmpty()) {
        show(finding, scene.guest->facts.links.source, atGuest(u"%1: %2"_s.arg(inside->name, inside->driver)),
             scene.guest->facts.links.at);
        any = true;
    }
    return any;
}

bool judgeCapturedChecksums(Finding &finding, const Case &given)
{
    const auto &captures = given.evidence.captures;
    bool any = false;
    if (!captures.isRead()) {
        return false;
    }
    for (const auto &point : captures.value.points) {
        if (!point.opened || point.frames <= 0) {
            continue;
        }
        any = true;
        if (point.badChecksums > 0) {
            const auto sentence =
                translate("checks", "By the capture %1 ICMP messages at %2 have a wrong checksum. No network card "
                                    "makes that of ICMP, so they were spoilt on their way.")
                    .arg(point.badChecksums)
                    .arg(point.name);
            say(finding, Status::Warn, sentence);
            observe(finding, Outcome::ChecksumsSpoilt, Basis::Capture, sentence);
        }
    }
    return any;
}

bool judgeCountedChecksums(Finding &finding, const Case &given, Where where)
{
    const auto counted = countedBy(given, where, true);
    if (counted.grown.isEmpty()) {
        return counted.read;
    }
    const auto shown = counted.grown.join(u", "_s);
    const auto form = where == Where::Guest
                          ? translate("checks", "While the probes ran, the guest threw packets away for a wrong checksum: %1.")
                          : translate("checks", "While the probes ran, the host threw packets away for a wrong checksum: %1.");
    say(finding, Status::Warn, form.arg(shown));
    const auto &scene = given.scene;
    const auto *link = where == Where::Guest ? scene.guestLink() : scene.homeLink();
    const auto object = link == nullptr ? std::nullopt : std::optional<Object>(objectOf(where, scene, *link, shown));
    observe(finding, Outcome::ChecksumsCounted, Basis::Counter, form.arg(shown), object);
    return true;
}

} // namespace

Finding phy3(const Case &given)
{
    Finding finding;
    const auto &evidence = given.evidence;
    say(finding, Status::Pass, translate("checks", "No interface on the way counted an error or a drop while the probes ran."));
    bool links = false;
    if (evidence.hostBefore.isRead() && evidence.hostBefore.value.links.isRead() && evidence.host.isRead() &&
        evidence.host.value.links.isRead()) {
        for (const auto &name : onTheWay(given.scene)) {
            links = judgeLink(finding, given, name) || links;
        }
    }
    const bool host = judgeStack(finding, given, Where::Host);
    const bool guest = judgeStack(finding, given, Where::Guest);
    if (!links && !host && !guest) {
        say(finding, Status::Skipped, translate("checks", "No counter was read both before and after the probes."),
            together(translate("checks", "Only what they grew by tells: they count since the interface is there."),
                     evidence.hostBefore.isRead() ? whyNot(evidence.hostBefore.value.links) : whyNot(evidence.hostBefore)));
    } else if (!links && finding.status == Status::Pass) {
        finding.summary = translate("checks", "The stacks that were read twice counted no error while the probes ran.");
    } else if (finding.status == Status::Warn && !finding.reason.isEmpty() && finding.observations.empty()) {
        finding.summary = finding.reason;
        finding.reason.clear();
    }
    return finding;
}

Finding phy4(const Case &given)
{
    Finding finding;
    say(finding, Status::Pass, translate("checks", "No packet with a wrong checksum was seen."));
    const bool drivers = showDrivers(finding, given.scene);
    const bool captured = judgeCapturedChecksums(finding, given);
    const bool host = judgeCountedChecksums(finding, given, Where::Host);
    const bool guest = judgeCountedChecksums(finding, given, Where::Guest);
    if (captured || host || guest) {
        return finding;
    }
    say(finding, drivers ? Status::Unknown : Status::Skipped,
        drivers ? translate("checks", "The drivers are known, and whether they spoil packets is not.")
                : translate("checks", "Neither driver nor checksums could be looked at."),
        translate("checks", "A capture, or the guest's counters before and after the probes, would show wrong checksums."));
    return finding;
}

} // namespace bothways::checks
