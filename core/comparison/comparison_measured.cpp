// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison_measured.h"

#include "comparison/comparison_parts.h"
#include "comparison/statistics.h"
#include "shown/terms.h"

#include "facts/scene.h"
#include "words/numbers.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

/// Loss and round trips of two sessions: only what chance does not explain is called better or worse.
namespace bothways::comparison {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Several values are compared at once, so one of a hundred, not one of twenty, is still taken for chance.
constexpr double chance = 0.01;
constexpr std::size_t mostSamples = 20'000;

/// As in watch/baseline.h: a link's ordinary noise, which a busy host alone brings about.
double noise(double medianMs) { return std::max(0.2, medianMs / 4); }

struct Samples {
    int sent = 0;
    int answered = 0;
    std::vector<double> times; ///< ms
};

std::optional<Samples> samplesOf(const evidence::EchoSeries *series)
{
    if (series == nullptr || facts::decided(*series) == 0) {
        return std::nullopt;
    }
    Samples samples;
    samples.sent = facts::decided(*series);
    samples.answered = std::min(series->received(), samples.sent);
    for (const auto &sample : series->samples) {
        if (sample.outcome == evidence::EchoOutcome::Reply && !sample.late && sample.rttNs &&
            samples.times.size() < mostSamples) {
            samples.times.push_back(static_cast<double>(*sample.rttNs) / 1e6);
        }
    }
    return samples;
}

QString lossOf(const std::optional<Samples> &samples)
{
    if (!samples) {
        return translate("comparison", "not measured");
    }
    const int lost = samples->sent - samples->answered;
    const auto between = wilson(lost, samples->sent);
    return translate("comparison", "%1 of %2 lost (%3 to %4)")
        .arg(lost)
        .arg(samples->sent)
        .arg(percent(between.low), percent(between.high));
}

QString timesOf(const std::optional<Samples> &samples)
{
    if (!samples || samples->times.empty()) {
        return translate("comparison", "no round trip was timed");
    }
    return translate("comparison", "%1, the median of %2").arg(milliseconds(median(samples->times))).arg(samples->times.size());
}

QString shownProbability(double probability)
{
    return probability < 0.001 ? QStringLiteral("< 0.001")
                               : QStringLiteral("= ") + QLocale::c().toString(probability, 'f', probability < 0.1 ? 3 : 2);
}

/// What is said where nothing better can be said.
bool isUndecided(MeasuredTwice &value, double probability, double least, const QString &test)
{
    value.probability = probability;
    if (least > chance) {
        value.tendency = Tendency::TooFew;
        value.sentence =
            translate("comparison", "With so few samples even the clearest difference could be chance (%1).").arg(test);
    } else if (probability > chance) {
        value.tendency = Tendency::NotDistinguishable;
        value.sentence = translate("comparison", "Not distinguishable: a difference like this may well be chance (%1, p %2).")
                             .arg(test, shownProbability(probability));
    } else {
        return false;
    }
    return true;
}

void judgeLoss(MeasuredTwice &value, const Samples &before, const Samples &after)
{
    const auto test = fisher(before.answered, before.sent, after.answered, after.sent);
    const auto name = translate("comparison", "Fisher's exact test");
    if (!test || isUndecided(value, test->probability, test->least, name)) {
        return;
    }
    const bool better = static_cast<double>(after.answered) / after.sent > static_cast<double>(before.answered) / before.sent;
    value.tendency = better ? Tendency::Better : Tendency::Worse;
    value.sentence =
        (better ? translate("comparison", "Fewer are lost (%1, p %2).") : translate("comparison", "More are lost (%1, p %2)."))
            .arg(name, shownProbability(test->probability));
}

void judgeTimes(MeasuredTwice &value, const Samples &before, const Samples &after)
{
    const auto test = mannWhitney(before.times, after.times);
    const auto name = translate("comparison", "Mann-Whitney U test");
    if (!test) {
        return;
    }
    value.effect = test->effect;
    if (isUndecided(value, test->probability, test->least, name)) {
        return;
    }
    const double was = median(before.times);
    const double is = median(after.times);
    if (std::abs(is - was) < noise(std::min(was, is))) {
        value.tendency = Tendency::NotDistinguishable;
        value.sentence = translate("comparison", "They differ by more than chance (%1, p %2), but by no more than an ordinary "
                                                 "link's noise of 0.2 ms and a quarter.")
                             .arg(name, shownProbability(test->probability));
        return;
    }
    const bool better = is < was;
    value.tendency = better ? Tendency::Better : Tendency::Worse;
    const auto pairs = percent((1 + std::abs(test->effect)) / 2);
    value.sentence =
        (better ? translate("comparison", "Faster: in %3 of all pairs the later round trip is the shorter (%1, p %2).")
                : translate("comparison", "Slower: in %3 of all pairs the later round trip is the longer (%1, p %2)."))
            .arg(name, shownProbability(test->probability), pairs);
}

struct Title {
    const char *id;
    const char *loss;
    const char *times;
};

void compareSeries(Comparison &comparison, const Title &title, const evidence::EchoSeries *before,
                   const evidence::EchoSeries *after)
{
    const auto was = samplesOf(before);
    const auto is = samplesOf(after);
    if (!was && !is) {
        return;
    }
    MeasuredTwice loss;
    loss.id = QLatin1String(title.id) + u"_loss"_s;
    loss.title = translate("comparison", title.loss);
    loss.before = lossOf(was);
    loss.after = lossOf(is);
    MeasuredTwice times;
    times.id = QLatin1String(title.id) + u"_rtt"_s;
    times.title = translate("comparison", title.times);
    times.before = timesOf(was);
    times.after = timesOf(is);
    loss.sentence = translate("comparison", "Cannot be compared: one of the two sessions did not measure it.");
    times.sentence = loss.sentence;
    if (was && is) {
        judgeLoss(loss, *was, *is);
        if (!was->times.empty() && !is->times.empty()) {
            judgeTimes(times, *was, *is);
        } else {
            times.sentence =
                translate("comparison", "Cannot be compared: in one of the two nothing came back that could be timed.");
        }
    }
    comparison.measured.push_back(std::move(loss));
    comparison.measured.push_back(std::move(times));
}

} // namespace

void compareMeasured(Comparison &comparison, const facts::Scene &was, const facts::Scene &is)
{
    compareSeries(comparison,
                  {"icmp_host_to_vm", QT_TRANSLATE_NOOP("comparison", "Loss, this host to the VM"),
                   QT_TRANSLATE_NOOP("comparison", "Round trip, this host to the VM")},
                  was.main, is.main);
    compareSeries(comparison,
                  {"icmp_vm_to_host", QT_TRANSLATE_NOOP("comparison", "Loss, the VM to this host"),
                   QT_TRANSLATE_NOOP("comparison", "Round trip, the VM to this host")},
                  was.back, is.back);
    compareSeries(comparison,
                  {"icmpv6_host_to_vm", QT_TRANSLATE_NOOP("comparison", "Loss over IPv6, this host to the VM"),
                   QT_TRANSLATE_NOOP("comparison", "Round trip over IPv6, this host to the VM")},
                  was.v6, is.v6);
}

} // namespace bothways::comparison
