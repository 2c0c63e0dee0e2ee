// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/ping_text.h"

#include "collect/guest/ip_text.h"
#include "words/text.h"

#include <QMap>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bothways::collect::guest {
namespace {

using evidence::Access;
using evidence::EchoOutcome;
using evidence::EchoSample;
using evidence::EchoSeries;

constexpr int maximumRequests = 1000;

struct ErrorText {
    QLatin1StringView words{};
    EchoOutcome outcome = EchoOutcome::Silence;
    int type = -1;
    int code = -1;
};

// iputils/ping/ping.c pr_icmph() and ping6_common.c print_icmp(); the longer wording stands before its beginning.
constexpr std::array errorTexts{
    ErrorText{"Destination Host Prohibited"_L1, EchoOutcome::Prohibited, 3, 10},
    ErrorText{"Destination Net Prohibited"_L1, EchoOutcome::Prohibited, 3, 9},
    ErrorText{"Packet filtered"_L1, EchoOutcome::Prohibited, 3, 13},
    ErrorText{"Destination Host Unreachable"_L1, EchoOutcome::Unreachable, 3, 1},
    ErrorText{"Destination Net Unreachable"_L1, EchoOutcome::Unreachable, 3, 0},
    ErrorText{"Destination Protocol Unreachable"_L1, EchoOutcome::Unreachable, 3, 2},
    ErrorText{"Destination Port Unreachable"_L1, EchoOutcome::Unreachable, 3, 3},
    ErrorText{"Frag needed"_L1, EchoOutcome::TooBig, 3, 4},
    ErrorText{"Time to live exceeded"_L1, EchoOutcome::TimeExceeded, 11, 0},
    ErrorText{"Destination unreachable: No route"_L1, EchoOutcome::Unreachable, 1, 0},
    ErrorText{"Destination unreachable: Administratively prohibited"_L1, EchoOutcome::Prohibited, 1, 1},
    ErrorText{"Destination unreachable: Address unreachable"_L1, EchoOutcome::Unreachable, 1, 3},
    ErrorText{"Destination unreachable: Port unreachable"_L1, EchoOutcome::Unreachable, 1, 4},
    ErrorText{"Packet too big"_L1, EchoOutcome::TooBig, 2, 0},
    ErrorText{"Time exceeded: Hop limit"_L1, EchoOutcome::TimeExceeded, 3, 0},
};

/// Milliseconds as ping prints them, "0.994" or "12", to nanoseconds without a detour through floating point.
std::optional<qint64> nanoseconds(QStringView text)
{
    const auto point = text.indexOf(u'.');
    const auto whole = point < 0 ? text : text.first(point);
    const auto fraction = point < 0 ? QString() : text.mid(point + 1).toString().leftJustified(6, u'0', true);
    bool wholeOk = false;
    bool fractionOk = true;
    const auto milliseconds = whole.toLongLong(&wholeOk);
    const auto rest = fraction.isEmpty() ? 0 : fraction.toLongLong(&fractionOk);
    constexpr qint64 dayInMilliseconds = 86'400'000;
    if (!wholeOk || !fractionOk || milliseconds < 0 || milliseconds > dayInMilliseconds) {
        return std::nullopt;
    }
    return milliseconds * 1'000'000 + rest;
}

class PingReader {
public:
    PingReader(EchoSeries &series, const std::vector<net::IpAddress> &own) : m_series(series), m_own(own) {}

    void line(const QString &text)
    {
        static const QRegularExpression reply(
            u"^\\d+ bytes from (\\S+?):? (?:icmp_)?(?:seq|req)=(\\d+) (?:ttl|hlim)=(\\d+) time[=<]([0-9.]+) ms(.*)$"_s);
        static const QRegularExpression error(u"^From (\\S+?):? icmp_seq[= ](\\d+) (.*)$"_s);
        static const QRegularExpression sent(u"^(\\d+) packets transmitted"_s);
        static const QRegularExpression head(u"^PING .*?(\\d+)(?:\\(\\d+\\))?(?: data)? bytes"_s);
        if (const auto match = reply.match(text); match.hasMatch()) {
            addReply(match);
        } else if (const auto failed = error.match(text); failed.hasMatch()) {
            addError(failed);
        } else if (const auto total = sent.match(text); total.hasMatch()) {
            m_transmitted = std::clamp(total.capturedView(1).toInt(), 0, maximumRequests);
        } else if (const auto first = head.match(text); first.hasMatch()) {
            m_series.payloadBytes = first.capturedView(1).toInt();
            // "PING 10.0.0.1 (10.0.0.1): 56 data bytes" is busybox, which counts from 0; iputils prints no colon there.
            m_first = text.contains("): "_L1) ? 0 : 1;
        }
    }

    /// Requests that nothing was printed about were met with silence, or with the error the local kernel gave.
    bool finish(int localError)
    {
        // busybox stops at the first error and prints no totals.
        const int count = m_transmitted.value_or(localError != 0 ? 1 : 0);
        for (int number = m_first; number < m_first + count; ++number) {
            auto sample = m_byNumber.value(number);
            sample.sequence = number - m_first + 1;
            if (!m_byNumber.contains(number) && localError != 0) {
                sample.errorNumber = localError;
                sample.outcome = localError == 1                          ? EchoOutcome::SendDenied
                                 : localError == 101 || localError == 113 ? EchoOutcome::NoRoute
                                 : localError == 90                       ? EchoOutcome::TooBig
                                                                          : EchoOutcome::SendFailed;
            }
            m_series.samples.push_back(std::move(sample));
        }
        return count > 0;
    }

private:
    void addReply(const QRegularExpressionMatch &match)
    {
        const auto number = match.capturedView(2).toInt();
        if (match.capturedView(5).contains("DUP!"_L1)) {
            ++m_series.duplicates;
            return;
        }
        const auto sender = asAddress(match.capturedView(1));
        if (number > maximumRequests || (sender && *sender != m_series.target)) {
            ++m_series.foreign;
            return;
        }
        EchoSample sample;
        sample.outcome = EchoOutcome::Reply;
        sample.sender = sender;
        sample.ttl = match.capturedView(3).toInt();
        sample.rttNs = nanoseconds(match.capturedView(4));
        sample.stamps = evidence::Stamps::PingProgram;
        m_byNumber.insert(number, sample);
    }

    void addError(const QRegularExpressionMatch &match)
    {
        const auto number = match.capturedView(2).toInt();
        for (const auto &known : errorTexts) {
            if (number <= maximumRequests && match.capturedView(3).startsWith(known.words)) {
                EchoSample sample;
                sample.sender = asAddress(match.capturedView(1));
                sample.icmpType = known.type;
                sample.icmpCode = known.code;
                const bool addressUnreachable = known.outcome == EchoOutcome::Unreachable &&
                                                (known.code == 1 || known.code == 3) &&
                                                known.words != "Destination Port Unreachable"_L1;
                const bool fromUs = sample.sender && std::find(m_own.begin(), m_own.end(), *sample.sender) != m_own.end();
                sample.outcome = addressUnreachable && fromUs ? EchoOutcome::NeighbourUnresolved : known.outcome;
                m_byNumber.insert(number, sample);
                return;
            }
        }
    }

    EchoSeries &m_series;
    const std::vector<net::IpAddress> &m_own;
    QMap<int, EchoSample> m_byNumber;
    std::optional<int> m_transmitted;
    int m_first = 1;
};

} // namespace

evidence::Reading<EchoSeries> parsePing(QStringView text, const net::IpAddress &target, const std::vector<net::IpAddress> &own,
                                        const QString &source)
{
    using Result = evidence::Reading<EchoSeries>;
    EchoSeries series;
    series.purpose = target.isV6() ? evidence::EchoPurpose::V6 : evidence::EchoPurpose::Main;
    series.target = target;
    series.method = evidence::ProbeMethod::GuestPing;
    PingReader reader(series, own);
    QStringView complaint;
    for (const auto line : text.split(u'\n', Qt::SkipEmptyParts)) {
        reader.line(line.toString());
        if (complaint.isEmpty() && line.startsWith("ping"_L1)) {
            complaint = line;
        }
    }
    const bool noSocket = complaint.contains("socket"_L1) || complaint.contains("are you root"_L1);
    if (noSocket && (complaint.contains("ermitted"_L1) || complaint.contains("ermission denied"_L1))) {
        return Result::missing(Access::Denied, source, complaint.left(200).toString());
    }
    if (!reader.finish(errorNumber(complaint))) {
        return Result::missing(Access::Failed, source,
                               complaint.isEmpty() ? translate("guest", "The guest's ping printed nothing that could be read.")
                                                   : complaint.left(200).toString());
    }
    return Result::read(std::move(series), source);
}

} // namespace bothways::collect::guest
