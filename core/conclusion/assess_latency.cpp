// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/assess_latency.h"

#include "conclusion/assessment_parts.h"

#include "facts/path_facts.h"
#include "words/numbers.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

/// Latency and path. The article calls under 10 ms good and over 500 ms the fault; 100 ms, ten times the one, stands in the
/// middle.
namespace bothways::conclusion {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double goodMs = 10;
constexpr std::array<Anchor, 3> roundTrip{{{goodMs, 100, QT_TRANSLATE_NOOP("assessment", "good in the article")},
                                           {100, 50, ""},
                                           {500, 0, QT_TRANSLATE_NOOP("assessment", "the fault in the article")}}};
/// 500 ms one way and 10 ms the other are 50 times.
constexpr std::array<Anchor, 3> symmetry{
    {{1, 100, ""}, {5, 50, ""}, {50, 0, QT_TRANSLATE_NOOP("assessment", "the fault in the article")}}};
/// A tunnel's header of 50 bytes leaves 97 % of 1500.
constexpr std::array<Anchor, 3> ofMtu{
    {{50, 0, ""}, {97, 50, QT_TRANSLATE_NOOP("assessment", "a tunnel's header is missing")}, {100, 100, ""}}};
constexpr std::array<Anchor, 2> vanishing{{{0, 100, ""}, {1, 0, QT_TRANSLATE_NOOP("assessment", "connections stall")}}};
constexpr std::array<Anchor, 3> notReassembled{{{0, 100, ""}, {1, 50, ""}, {10, 0, ""}}};

struct Median {
    double ms = 0;
    int count = 0;
};

std::optional<Median> medianOf(const evidence::EchoSeries *series)
{
    std::vector<double> times;
    for (std::size_t i = 0; series != nullptr && i < series->samples.size(); ++i) {
        const auto &sample = series->samples[i];
        if (sample.outcome == evidence::EchoOutcome::Reply && !sample.late && sample.rttNs && *sample.rttNs >= 0) {
            times.push_back(static_cast<double>(*sample.rttNs) / 1e6);
        }
    }
    if (times.empty()) {
        return std::nullopt;
    }
    std::sort(times.begin(), times.end());
    const auto half = times.size() / 2;
    return Median{times.size() % 2 == 1 ? times[half] : (times[half - 1] + times[half]) / 2, static_cast<int>(times.size())};
}

void addTimes(Rating &rating, const char *id, const QString &title, const std::optional<Median> &median, const QString &method,
              const QString &missing)
{
    if (median) {
        rating.inputs.push_back(measured(id, title, median->ms, "ms", roundTrip, u"%1: %2"_s.arg(method).arg(median->count)));
    } else {
        rating.missing << missing;
    }
}

const evidence::PathMtu *searched(const facts::Case &given)
{
    const auto &all = given.evidence.probes.pathMtus;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto &reading) {
        return reading.isRead() && reading.value.target == given.scene.vmAddress && reading.value.largestAnswered > 0 &&
               reading.value.interfaceMtu > 0 && !reading.value.cutShort;
    });
    return found == all.end() ? nullptr : &found->value;
}

void addAgreement(Rating &rating, const facts::Scene &scene)
{
    const auto links = facts::linkMtus(scene);
    if (!scene.onLink() || links.size() < 2) {
        rating.missing << (scene.onLink() ? translate("assessment", "The MTU of only one interface on the way was read.")
                                          : translate("assessment", "Behind a router the MTUs of both ends need not agree."));
        return;
    }
    const auto [least, most] =
        std::minmax_element(links.begin(), links.end(), [](const auto &a, const auto &b) { return a.mtu < b.mtu; });
    QStringList told;
    for (const auto &link : links) {
        told << u"%1 %2"_s.arg(link.where == facts::Where::Guest ? facts::atGuest(link.name) : facts::atHost(link.name))
                    .arg(link.mtu);
    }
    rating.inputs.push_back(measured("mtu_agreement", translate("assessment", "smallest MTU on the way, of the largest"),
                                     100.0 * least->mtu / most->mtu, "%", ofMtu, listed(told)));
    if (scene.guestLink() == nullptr) {
        rating.missing << translate("assessment", "The MTU inside the VM was not read.");
    }
}

void addSearch(Rating &rating, const evidence::PathMtu &mtu)
{
    const auto source = u"%1: %2 / %3"_s.arg(name(mtu.method)).arg(mtu.largestAnswered).arg(mtu.interfaceMtu);
    const double carried = std::min(100.0, 100.0 * mtu.largestAnswered / mtu.interfaceMtu);
    rating.inputs.push_back(measured("largest_packet",
                                     translate("assessment", "largest packet that arrived whole, of this host's MTU"), carried,
                                     "%", ofMtu, source));
    rating.inputs.push_back(measured("silent_loss",
                                     translate("assessment", "part of this host's MTU that vanishes without an ICMP error"),
                                     facts::largePacketsVanish(mtu) ? 100 - carried : 0, "%", vanishing, source));
}

void addReassembly(Rating &rating, const char *id, const QString &title, const evidence::Reading<QMap<QString, qint64>> &before,
                   const evidence::Reading<QMap<QString, qint64>> &after)
{
    const auto counter = u"Ip.ReasmFails"_s;
    const bool both = before.isRead() && after.isRead() && before.value.contains(counter) && after.value.contains(counter);
    const auto grown = both ? growth(before.value.value(counter), after.value.value(counter)) : std::nullopt;
    if (grown) {
        rating.inputs.push_back(measured(id, title, *grown, "packets", notReassembled, counter));
    }
}

} // namespace

Rating rateLatency(const facts::Case &given)
{
    Rating rating;
    const auto &scene = given.scene;
    const auto out = medianOf(scene.main);
    const auto back = scene.reportOutdated ? std::nullopt : medianOf(scene.back);
    addTimes(rating, "rtt_host_to_vm", translate("assessment", "median round trip, this host to the VM"), out,
             scene.main ? name(scene.main->method) : QString(),
             translate("assessment", "No echo of this host was answered, so none could be timed."));
    addTimes(rating, "rtt_vm_to_host", translate("assessment", "median round trip, the VM to this host"), back,
             scene.back ? name(scene.back->method) : QString(),
             translate("assessment", "No echo of the VM was timed inside it."));
    if (out && back) {
        const auto [least, most] = std::minmax(std::max(out->ms, goodMs), std::max(back->ms, goodMs));
        rating.inputs.push_back(measured(
            "rtt_symmetry", translate("assessment", "slower direction against the faster, either taken for 10 ms at least"),
            most / least, "x", symmetry, listed({milliseconds(out->ms), milliseconds(back->ms)})));
    }
    takeLowest(rating);
    if (!rating.points) {
        rating.leftOut = translate("assessment", "No round trip was timed in either direction.");
    }
    return rating;
}

Rating ratePath(const facts::Case &given)
{
    Rating rating;
    addAgreement(rating, given.scene);
    if (const auto *mtu = searched(given)) {
        addSearch(rating, *mtu);
    } else {
        rating.missing << translate("assessment", "The largest packet that arrives was not found out.");
    }
    if (rating.inputs.empty()) { // the counters alone say nothing of the way between the two
        rating.leftOut = translate("assessment", "Neither the MTUs of both ends nor the largest packet that arrives is known.");
        return rating;
    }
    const auto &evidence = given.evidence;
    if (evidence.host.isRead() && evidence.hostBefore.isRead()) {
        addReassembly(rating, "not_reassembled_host",
                      translate("assessment", "fragments that this host could not put together while it was probed"),
                      evidence.hostBefore.value.counters, evidence.host.value.counters);
    }
    if (given.scene.guest != nullptr && given.scene.guest->after.isRead()) {
        addReassembly(rating, "not_reassembled_guest",
                      translate("assessment", "fragments that the VM could not put together while it was probed"),
                      given.scene.guest->facts.counters, given.scene.guest->after.value.counters);
    }
    takeLowest(rating);
    return rating;
}

} // namespace bothways::conclusion
