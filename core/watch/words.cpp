// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/words.h"

#include "words/numbers.h"
#include "words/punctuation.h"
#include "words/text.h"

namespace bothways::watch {

QString title(Measure measure)
{
    switch (measure) {
    case Measure::IcmpLoss:
        return translate("watch", "ICMP loss");
    case Measure::IcmpRtt:
        return translate("watch", "ICMP round trip");
    case Measure::TcpFailures:
        return translate("watch", "TCP failures");
    case Measure::TcpRtt:
        return translate("watch", "TCP handshake");
    }
    return {};
}

QString word(Fit fit)
{
    switch (fit) {
    case Fit::Nothing:
        return translate("watch", "too few samples");
    case Fit::Learning:
        return translate("watch", "learning");
    case Fit::Usual:
        return translate("watch", "usual");
    case Fit::Unusual:
        return translate("watch", "unusual");
    }
    return {};
}

QString shown(double value, Measure measure)
{
    const bool isShare = measure == Measure::IcmpLoss || measure == Measure::TcpFailures;
    return isShare ? percent(value, 1) : milliseconds(value);
}

QString sentence(const Event &event)
{
    const auto value = shown(event.value, event.measure);
    const auto limit = shown(event.limit, event.measure);
    switch (event.what) {
    case What::Started:
        return translate("watch", "Watching %1.").arg(event.text);
    case What::Stopped:
        return translate("watch", "Watching ended.");
    case What::Raised:
        return translate("watch", "Alert: %1 %2 of the last %3, more than %4.")
            .arg(title(event.measure), value, QString::number(event.counted), limit);
    case What::Cleared:
        return translate("watch", "Over: %1 %2 of the last %3.").arg(title(event.measure), value, QString::number(event.counted));
    case What::Unusual:
        return translate("watch", "Unusual five minutes: %1 %2; up to %3 is usual.").arg(title(event.measure), value, limit);
    case What::Diagnosed:
        return labelled(translate("watch", "Diagnosis"), event.text);
    }
    return {};
}

QString name(Kind kind) { return kind == Kind::Icmp ? QStringLiteral("icmp") : QStringLiteral("tcp"); }

QString name(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Answered:
        return QStringLiteral("answered");
    case Outcome::Refused:
        return QStringLiteral("refused");
    case Outcome::Failed:
        return QStringLiteral("failed");
    case Outcome::NotMeasured:
        return QStringLiteral("not-measured");
    }
    return {};
}

QString name(Measure measure)
{
    switch (measure) {
    case Measure::IcmpLoss:
        return QStringLiteral("icmp-loss");
    case Measure::IcmpRtt:
        return QStringLiteral("icmp-rtt");
    case Measure::TcpFailures:
        return QStringLiteral("tcp-failures");
    case Measure::TcpRtt:
        return QStringLiteral("tcp-rtt");
    }
    return {};
}

QString name(Fit fit)
{
    switch (fit) {
    case Fit::Nothing:
        return QStringLiteral("nothing");
    case Fit::Learning:
        return QStringLiteral("learning");
    case Fit::Usual:
        return QStringLiteral("usual");
    case Fit::Unusual:
        return QStringLiteral("unusual");
    }
    return {};
}

QString name(What what)
{
    switch (what) {
    case What::Started:
        return QStringLiteral("started");
    case What::Stopped:
        return QStringLiteral("stopped");
    case What::Raised:
        return QStringLiteral("raised");
    case What::Cleared:
        return QStringLiteral("cleared");
    case What::Unusual:
        return QStringLiteral("unusual");
    case What::Diagnosed:
        return QStringLiteral("diagnosed");
    }
    return {};
}

} // namespace bothways::watch
