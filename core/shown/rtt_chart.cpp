// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/rtt_chart.h"

#include "conclusion/conclusion.h"
#include "shown/symptom_words.h"
#include "words/punctuation.h"

#include <algorithm>

namespace bothways::shown {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double nanosecondsPerMillisecond = 1e6;
constexpr qsizetype mostRuns = 12;

bool isTimed(const evidence::EchoSeries &series)
{
    QDateTime before;
    for (const auto &sample : series.samples) {
        if (!sample.sentAt.isValid() || (before.isValid() && sample.sentAt < before)) {
            return false;
        }
        before = sample.sentAt;
    }
    return !series.samples.empty();
}

void fill(RttLane &lane, const evidence::EchoSeries &series)
{
    lane.timed = isTimed(series);
    int number = 0;
    for (const auto &sample : series.samples) {
        ++number;
        if (sample.outcome == evidence::EchoOutcome::Cancelled) {
            continue;
        }
        const bool answered = sample.outcome == evidence::EchoOutcome::Reply && !sample.late;
        if (answered && !sample.rttNs) {
            continue; // answered in a time that nobody measured
        }
        RttSample shown;
        shown.at = lane.timed ? static_cast<double>(series.samples.front().sentAt.msecsTo(sample.sentAt)) / 1000 : number;
        if (answered) {
            shown.ms = std::max(0.0, static_cast<double>(*sample.rttNs) / nanosecondsPerMillisecond);
        }
        lane.samples.push_back(shown);
    }
}

} // namespace

int RttLane::lost() const
{
    return static_cast<int>(std::count_if(samples.begin(), samples.end(), [](const auto &sample) { return !sample.ms; }));
}

bool RttChart::isEmpty() const
{
    return std::all_of(lanes.begin(), lanes.end(), [](const auto &lane) { return lane.samples.empty(); });
}

RttChart rttChartOf(const conclusion::Conclusion &conclusion)
{
    const auto &evidence = conclusion.given->evidence;
    const auto &scene = conclusion.given->scene;
    const auto &icmp = conclusion.given->symptom.icmp;
    RttChart chart;
    RttLane there{translate("report", "This host to the VM"), inLine(cellOf(icmp.hostToVm).text), false, {}};
    if (scene.main) {
        fill(there, *scene.main);
    }
    RttLane back{translate("report", "The VM to this host"), inLine(cellOf(icmp.vmToHost).text), false, {}};
    if (evidence.guest.isRead() && evidence.guest.value.echoToHost.isRead()) {
        fill(back, evidence.guest.value.echoToHost.value);
    }
    chart.sentence = clauses({labelled(there.title, there.facts), labelled(back.title, back.facts)});
    chart.lanes = {there, back};
    if (scene.v6) {
        RttLane lane{translate("report", "This host to the VM, IPv6"), {}, false, {}};
        fill(lane, *scene.v6);
        lane.facts = translate("report", "%1 of %2 answered").arg(scene.v6->received()).arg(scene.v6->sent());
        chart.lanes.push_back(lane);
    }
    return chart;
}

QString lostNumbers(const RttLane &lane)
{
    QStringList runs;
    std::size_t first = 0;
    for (std::size_t i = 0; i <= lane.samples.size(); ++i) {
        const bool lost = i < lane.samples.size() && !lane.samples[i].ms;
        if (lost) {
            continue;
        }
        if (i > first) {
            runs << (i - first == 1 ? QString::number(first + 1) : u"%1\u2013%2"_s.arg(first + 1).arg(i));
        }
        first = i + 1;
    }
    return runs.size() <= mostRuns ? listed(runs) : listed(runs.mid(0, mostRuns)) + u" \u2026"_s;
}

} // namespace bothways::shown
