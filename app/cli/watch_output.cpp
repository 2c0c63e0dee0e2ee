// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch_output.h"

#include "evidence/utc.h"
#include "output.h"
#include "watch/words.h"
#include "words/numbers.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace bothways::cli {

namespace {

using watch::Kind;
using watch::Measure;

constexpr std::size_t shownBuckets = 24; // two hours

QString k(const char *key) { return QString::fromLatin1(key); }

QString rfc3339(qint64 ms)
{
    return evidence::utc(ms).toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzz")) + QLatin1String("+00:00");
}
QJsonValue timeJson(const QDateTime &time) { return time.isValid() ? rfc3339(time.toMSecsSinceEpoch()) : QJsonValue(); }

QJsonValue millisecondsJson(std::optional<qint64> ns) { return ns ? QJsonValue(static_cast<double>(*ns) / 1e6) : QJsonValue(); }

QJsonObject countsJson(const watch::Tally &tally)
{
    const auto share = tally.failedShare();
    return {{k("counted"), tally.counted},
            {k("failed"), tally.failed},
            {k("failed_share"), share ? QJsonValue(*share) : QJsonValue()},
            {k("refused"), tally.refused},
            {k("not_measured"), tally.notMeasured}};
}

QJsonObject tallyJson(const watch::Tally &tally)
{
    auto object = countsJson(tally);
    object.insert(k("rtt_ms"), QJsonObject{{k("min"), millisecondsJson(tally.leastNs)},
                                           {k("median"), millisecondsJson(tally.medianNs)},
                                           {k("p95"), millisecondsJson(tally.p95Ns)},
                                           {k("max"), millisecondsJson(tally.mostNs)}});
    return object;
}

QJsonObject bucketJson(const watch::Bucket &bucket, bool isOpen)
{
    QJsonObject fit;
    for (std::size_t i = 0; i < watch::measures; ++i) {
        fit.insert(name(static_cast<Measure>(i)), name(bucket.fit[i]));
    }
    return {{k("start"), rfc3339(bucket.startMs)},
            {k("open"), isOpen},
            {k("icmp"), tallyJson(bucket.icmp)},
            {k("tcp"), tallyJson(bucket.tcp)},
            {k("against_baseline"), fit}};
}

QJsonObject baselineJson(const watch::Monitor &monitor)
{
    const auto norms = monitor.baseline();
    QJsonObject object;
    for (std::size_t i = 0; i < watch::measures; ++i) {
        const auto measure = static_cast<Measure>(i);
        object.insert(name(measure), norms[i] ? QJsonValue(QJsonObject{{k("buckets"), static_cast<int>(norms[i]->buckets)},
                                                                       {k("median"), norms[i]->median},
                                                                       {k("mad"), norms[i]->deviation},
                                                                       {k("usual_up_to"), limitOf(*norms[i], measure)}})
                                              : QJsonValue());
    }
    return object;
}

QJsonObject eventJson(const watch::Event &event)
{
    QJsonObject object{{k("at"), rfc3339(event.atMs)}, {k("event"), name(event.what)}};
    const bool isMeasured =
        event.what == watch::What::Raised || event.what == watch::What::Cleared || event.what == watch::What::Unusual;
    if (isMeasured) {
        object.insert(k("measure"), name(event.measure));
        object.insert(k("value"), event.value);
        object.insert(k("limit"), event.limit);
        object.insert(k("counted"), event.counted);
    }
    if (event.what == watch::What::Diagnosed) {
        object.insert(k("headline"), event.text);
        object.insert(k("session"), event.file.isEmpty() ? QJsonValue() : QJsonValue(event.file));
    }
    return object;
}

QJsonObject settingsJson(const watch::Monitor &monitor)
{
    if (!monitor.begun()) {
        return {};
    }
    const auto &settings = monitor.begun()->settings;
    return {{k("interval_s"), monitor.begun()->intervalMs / 1000.0},
            {k("icmp_success_below"), settings.icmpSuccess / 1000.0},
            {k("tcp_failures_above"), settings.tcpFailures / 1000.0},
            {k("window"), settings.window},
            {k("least_samples"), settings.least}};
}

QJsonArray alertsJson(const watch::Monitor &monitor)
{
    QJsonArray alerts;
    for (const auto kind : {Kind::Icmp, Kind::Tcp}) {
        const auto &alert = monitor.alert(kind);
        alerts.append(QJsonObject{{k("kind"), name(kind)},
                                  {k("raised"), alert.raised},
                                  {k("since"), alert.sinceMs == 0 ? QJsonValue() : QJsonValue(rfc3339(alert.sinceMs))},
                                  {k("counted"), alert.counted},
                                  {k("failed"), alert.failed}});
    }
    return alerts;
}

QString shareText(const watch::Tally &tally)
{
    const auto share = tally.failedShare();
    return share ? shown(*share, Measure::IcmpLoss) : QStringLiteral("\u2013");
}

QString fitText(const watch::Bucket &bucket)
{
    QStringList unusual;
    auto best = watch::Fit::Nothing;
    for (std::size_t i = 0; i < watch::measures; ++i) {
        if (bucket.fit[i] == watch::Fit::Unusual) {
            unusual << title(static_cast<Measure>(i));
        }
        best = std::max(best, bucket.fit[i]);
    }
    return unusual.isEmpty() ? word(best) : labelled(word(watch::Fit::Unusual), listed(unusual));
}

QString columns(const QString &when, const QString &loss, const QString &rtt, const QString &p95, const QString &tcp,
                const QString &fit)
{
    return QStringLiteral("%1 %2 %3 %4 %5  %6\n").arg(when, -12).arg(loss, 10).arg(rtt, 12).arg(p95, 12).arg(tcp, 13).arg(fit);
}

QString row(const watch::Bucket &bucket, bool isOpen)
{
    const auto when = QDateTime::fromMSecsSinceEpoch(bucket.startMs).toString(QStringLiteral("MM-dd HH:mm"));
    return columns(when, shareText(bucket.icmp), millisecondsOf(bucket.icmp.medianNs), millisecondsOf(bucket.icmp.p95Ns),
                   shareText(bucket.tcp), isOpen ? translate("cli", "not over yet") : fitText(bucket));
}

} // namespace

QByteArray watchJson(const WatchFacts &facts, const watch::Monitor &monitor)
{
    QJsonArray buckets;
    for (const auto &bucket : monitor.buckets()) {
        buckets.append(bucketJson(bucket, false));
    }
    if (const auto open = monitor.open()) {
        buckets.append(bucketJson(*open, true));
    }
    QJsonArray events;
    for (const auto &event : monitor.events()) {
        events.append(eventJson(event));
    }
    const QJsonObject document{
        {k("schema"), k("bothways/1")},
        {k("tool"), QJsonObject{{k("name"), k("bothways")}, {k("version"), QStringLiteral(BOTHWAYS_VERSION)}}},
        {k("target"), QJsonObject{{k("vm"), facts.target}}},
        {k("series"), facts.series},
        {k("started"), timeJson(facts.started)},
        {k("finished"), timeJson(facts.finished)},
        {k("interrupted"), facts.interrupted},
        {k("replayed"), facts.replayed},
        {k("damaged_records"), static_cast<double>(facts.damaged)},
        {k("problems"), QJsonArray::fromStringList(facts.problems)},
        {k("settings"), settingsJson(monitor)},
        {k("totals"),
         QJsonObject{{k("icmp"), countsJson(monitor.total(Kind::Icmp))}, {k("tcp"), countsJson(monitor.total(Kind::Tcp))}}},
        {k("alerts_raised"), monitor.raised()},
        {k("alerts"), alertsJson(monitor)},
        {k("baseline"), baselineJson(monitor)},
        {k("buckets"), buckets},
        {k("events"), events}};
    return QJsonDocument(document).toJson();
}

QByteArray csvHead() { return "time,kind,port,outcome,rtt_ms\n"; }

QByteArray csvLine(const watch::Sample &sample)
{
    return rfc3339(sample.atMs).toLatin1() + ',' + name(sample.kind).toLatin1() + ',' +
           (sample.kind == Kind::Tcp ? QByteArray::number(sample.port) : QByteArray()) + ',' + name(sample.outcome).toLatin1() +
           ',' + (sample.rttNs ? QByteArray::number(static_cast<double>(*sample.rttNs) / 1e6, 'f', 6) : QByteArray()) + '\n';
}

QString eventLine(const watch::Event &event)
{
    return visible(QDateTime::fromMSecsSinceEpoch(event.atMs).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) +
                   QLatin1String("  ") + sentence(event)) +
           QLatin1Char('\n');
}

QString nowLine(const watch::Monitor &monitor)
{
    QStringList parts;
    for (const auto kind : {Kind::Icmp, Kind::Tcp}) {
        const auto &alert = monitor.alert(kind);
        if (alert.counted > 0) {
            const auto measure = kind == Kind::Icmp ? Measure::IcmpLoss : Measure::TcpFailures;
            const auto share = shown(static_cast<double>(alert.failed) / alert.counted, measure);
            const auto &last = monitor.last(kind);
            parts << translate("cli", "%1 %2 of the last %3, last %4")
                         .arg(title(measure), share, QString::number(alert.counted),
                              millisecondsOf(last ? last->rttNs : std::nullopt));
        }
    }
    return clauses(parts);
}

QString watchText(const watch::Monitor &monitor)
{
    QString lines =
        columns(translate("cli", "from"), watch::title(watch::Measure::IcmpLoss), translate("cli", "median"),
                QStringLiteral("p95"), watch::title(watch::Measure::TcpFailures), translate("cli", "five minutes are"));
    const auto &buckets = monitor.buckets();
    for (std::size_t i = buckets.size() - std::min(buckets.size(), shownBuckets); i < buckets.size(); ++i) {
        lines += row(buckets[i], false);
    }
    if (const auto open = monitor.open()) {
        lines += row(*open, true);
    }
    const auto icmp = monitor.total(Kind::Icmp);
    const auto tcp = monitor.total(Kind::Tcp);
    lines += translate("cli", "Pings: %1 asked, %2 lost. TCP handshakes: %3 tried, %4 failed. Alerts: %5.")
                 .arg(QString::number(icmp.counted), QString::number(icmp.failed), QString::number(tcp.counted),
                      QString::number(tcp.failed), QString::number(monitor.raised())) +
             QLatin1Char('\n');
    if (tcp.refused > 0) {
        lines +=
            translate("cli", "%1 connections were refused by ports that were never open; they do not count.").arg(tcp.refused) +
            QLatin1Char('\n');
    }
    return lines;
}

} // namespace bothways::cli
