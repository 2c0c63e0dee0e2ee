// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/report.h"

#include "collect/guest/ip_text.h"
#include "collect/guest/linux_report.h"
#include "collect/guest/windows_report.h"

using namespace Qt::StringLiterals;

namespace bothways::collect::guest {
namespace {

template <typename T>
void stamp(evidence::Reading<T> &reading, const QDateTime &at)
{
    reading.at = at;
}

/// A report that somebody brought may be days old: the date that it printed is the better "when". Over a live channel the
/// time of reading is, for a guest's clock may be wrong.
void stampAll(evidence::Guest &guest, const QDateTime &at)
{
    auto &facts = guest.facts;
    stamp(facts.links, at);
    stamp(facts.addresses, at);
    stamp(facts.routes, at);
    stamp(facts.policyRules, at);
    stamp(facts.neighbours, at);
    stamp(facts.managers, at);
    stamp(facts.sysctls, at);
    stamp(facts.counters, at);
    stamp(facts.conntrack, at);
    for (auto &answer : facts.routeAnswers) {
        stamp(answer, at);
    }
    for (auto &dump : facts.rulesets) {
        stamp(dump.text, at);
    }
    stamp(guest.echoToHost, at);
}

std::optional<QDateTime> dateOf(const Report &report)
{
    const auto *section = report.find(u"date");
    auto text = section == nullptr ? QString() : section->body.trimmed();
    text.remove(u'"').remove(u'[').remove(u']');
    auto date = QDateTime::fromString(text.left(32), Qt::ISODate);
    return date.isValid() ? std::optional(date.toUTC()) : std::nullopt;
}

} // namespace

tl::expected<evidence::Guest, ReportError> parseReport(const QByteArray &bytes, evidence::GuestChannel channel)
{
    return readSections(bytes, u"report", channel).map([](const Report &report) {
        auto guest = report.system == "windows"_L1 ? windowsGuest(report) : linuxGuest(report);
        if (const auto date = dateOf(report); date && report.channel == evidence::GuestChannel::GuestReport) {
            stampAll(guest, *date);
        }
        return guest;
    });
}

tl::expected<evidence::NodeSnapshot, ReportError> parseSnapshot(const QByteArray &bytes, evidence::GuestChannel channel)
{
    return readSections(bytes, u"snapshot", channel).map([](const Report &report) {
        return report.system == "windows"_L1 ? windowsNodeSnapshot(report) : linuxNodeSnapshot(report);
    });
}

} // namespace bothways::collect::guest
