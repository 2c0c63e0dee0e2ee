// SPDX-License-Identifier: GPL-3.0-or-later
#include "sweep_output.h"

#include "output.h"
#include "words/numbers.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace bothways::cli {

using evidence::EchoOutcome;
using evidence::NeighbourMethod;
using evidence::Sweep;
using evidence::SweptAddress;

namespace {

QString k(const char *name) { return QString::fromLatin1(name); }

const char *word(EchoOutcome outcome)
{
    switch (outcome) {
    case EchoOutcome::Reply:
        return "reply";
    case EchoOutcome::Silence:
        return "silence";
    case EchoOutcome::Unreachable:
        return "unreachable";
    case EchoOutcome::Prohibited:
        return "prohibited";
    case EchoOutcome::TimeExceeded:
        return "time-exceeded";
    case EchoOutcome::TooBig:
        return "too-big";
    case EchoOutcome::NeighbourUnresolved:
        return "no-neighbour";
    case EchoOutcome::NoRoute:
        return "no-route";
    case EchoOutcome::SendDenied:
        return "send-denied";
    case EchoOutcome::SendFailed:
        return "send-failed";
    case EchoOutcome::Cancelled:
        return "cancelled";
    }
    return "";
}

QByteArray number(double value) { return QByteArray::number(value, 'f', 6); }

/// A text as JSON has it, quotes and all.
QByteArray quoted(const QString &value)
{
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).chopped(1).mid(1);
}

/// Put together by hand: a document each would take longer than asking them all. `interface` is a finished JSON value.
void appendAddress(QByteArray &lines, const SweptAddress &each, const QByteArray &interface)
{
    const auto yes = [](bool value) { return value ? "true" : "false"; };
    lines.append(R"({"address":")").append(each.address.toString().c_str()).append(R"(","interface":)").append(interface);
    lines.append(R"(,"icmp":{"sent":)").append(yes(each.echoSent)).append(R"(,"answered":)").append(yes(each.answers()));
    lines.append(R"(,"outcome":")").append(word(each.echo)).append(R"(","errno":)");
    lines.append(each.errorNumber == 0 ? "null" : QByteArray::number(each.errorNumber));
    lines.append(R"(,"rtt_ms":)").append(each.rttNs ? number(static_cast<double>(*each.rttNs) / 1e6) : "null");
    lines.append(R"(},"arp":)");
    lines.append(each.mac ? QByteArray(R"({"mac":")").append(each.mac->toString().c_str()).append(R"("})") : "null").append('}');
}

QJsonValue methodJson(NeighbourMethod method)
{
    switch (method) {
    case NeighbourMethod::None:
        return {};
    case NeighbourMethod::Request:
        return k("request");
    case NeighbourMethod::Kernel:
        return k("kernel-table");
    }
    return {};
}

} // namespace

SweepTotals totalsOf(const Sweep &sweep)
{
    SweepTotals totals;
    for (const auto &each : sweep.addresses) {
        ++totals.all;
        totals.answered += each.answers() ? 1 : 0;
        totals.onLink += each.interface.isEmpty() ? 0 : 1;
        totals.owned += each.mac ? 1 : 0;
        totals.unsent += each.echoSent ? 0 : 1;
        totals.undecided += each.echo == EchoOutcome::Cancelled ? 1 : 0;
    }
    return totals;
}

void writeSweepJson(const QStringList &targets, const Sweep &sweep, const std::function<void(const QByteArray &)> &write)
{
    const auto totals = totalsOf(sweep);
    const QJsonObject head{
        {k("schema"), k("bothways/1")},
        {k("targets"), QJsonArray::fromStringList(targets)},
        {k("started"), sweep.started.toString(Qt::ISODateWithMs)},
        {k("finished"), sweep.finished.toString(Qt::ISODateWithMs)},
        {k("interrupted"), sweep.interrupted},
        {k("method"), QJsonObject{{k("icmp"), name(sweep.echoMethod)}, {k("arp"), methodJson(sweep.neighbourMethod)}}},
        {k("totals"), QJsonObject{{k("addresses"), totals.all},
                                  {k("icmp_answered"), totals.answered},
                                  {k("icmp_not_sent"), totals.unsent},
                                  {k("undecided"), totals.undecided},
                                  {k("on_link"), totals.onLink},
                                  {k("arp_answered"), totals.owned}}},
        {k("problems"), QJsonArray::fromStringList(sweep.problems)}};
    const auto document = QJsonDocument(head).toJson();
    write(document.first(document.lastIndexOf("\n}"))); // its end comes behind the long list
    QByteArray lines(",\n    \"addresses\": [");
    const char *separator = "\n        ";
    QString last;
    QByteArray interface("null");
    for (const auto &each : sweep.addresses) {
        if (each.interface != last) {
            last = each.interface;
            interface = last.isEmpty() ? QByteArray("null") : quoted(last);
        }
        appendAddress(lines.append(separator), each, interface);
        separator = ",\n        ";
    }
    write(lines + "]\n}\n");
}

QString sweepText(const Sweep &sweep)
{
    QString lines;
    for (const auto &each : sweep.addresses) {
        if (!each.answers() && !each.mac) {
            continue;
        }
        const auto echo =
            each.answers() ? translate("cli", "ICMP %1").arg(millisecondsOf(each.rttNs)) : translate("cli", "no ICMP answer");
        const auto owner =
            each.mac ? translate("cli", "ARP %1 on %2").arg(text(each.mac->toString()), each.interface) : QString();
        lines +=
            visible(QStringLiteral("%1 %2  %3").arg(text(each.address.toString()), -39).arg(echo, -18).arg(owner).trimmed()) +
            QLatin1Char('\n');
    }
    const auto totals = totalsOf(sweep);
    QStringList sums{translate("cli", "%1 of %2 addresses answer ICMP echo").arg(totals.answered).arg(totals.all)};
    if (totals.onLink > 0) {
        sums << translate("cli", "%1 of %2 on our links are owned by somebody").arg(totals.owned).arg(totals.onLink);
    }
    if (totals.undecided > 0) {
        sums << translate("cli", "%1 were not decided").arg(totals.undecided);
    }
    lines += asSentence(clauses(sums)) + QLatin1Char('\n');
    for (const auto &problem : sweep.problems) {
        lines += visible(problem) + QLatin1Char('\n');
    }
    return lines;
}

} // namespace bothways::cli
