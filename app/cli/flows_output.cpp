// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows_output.h"

#include "checks/finding/explain.h"
#include "evidence/utc.h"
#include "output.h"
#include "words/numbers.h"
#include "words/text.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace bothways::cli {

namespace {

using capture::Exchanges;
using capture::Flows;

constexpr std::size_t mostLines = 20; // of pairs, and of neighbours; JSON has all

class Lines {
public:
    explicit Lines(bool colour) : m_colour(colour) {}
    void add(const QString &line) { m_text += visible(line) + QLatin1Char('\n'); }
    void add(const char *paint, const QString &line)
    {
        m_text += m_colour ? QStringLiteral("\033[%1m%2\033[0m\n").arg(QLatin1String(paint), visible(line))
                           : visible(line) + QLatin1Char('\n');
    }
    void heading(const QString &line) { add("1", line); }
    void judged(bool good, const QString &line) { add(good ? "32" : "31", line); }
    QString text() const { return m_text; }

private:
    bool m_colour;
    QString m_text;
};

QString grouped(std::uint64_t value) { return QLocale(QLocale::English).toString(static_cast<qulonglong>(value)); }

QString delays(const capture::Extent &extent, const capture::Histogram *spread)
{
    auto range = translate("cli", "min %1, avg %2, max %3")
                     .arg(millisecondsOf(extent.least), millisecondsOf(extent.average()), millisecondsOf(extent.most));
    if (spread == nullptr) {
        return range;
    }
    const auto at = [&](double share) { return millisecondsOf(std::clamp(spread->quantile(share), extent.least, extent.most)); };
    return range + QStringLiteral(", p50 %1, p95 %2, p99 %3").arg(at(0.5), at(0.95), at(0.99));
}

/// What the good and the bad counts leave unsaid.
QStringList remarks(const Exchanges &all)
{
    QStringList words;
    if (all.askedAgain > 0) {
        words << translate("cli", "%1 asked again or captured twice").arg(grouped(all.askedAgain));
    }
    if (all.answeredAgain > 0) {
        words << translate("cli", "%1 further answers").arg(grouped(all.answeredAgain));
    }
    if (all.stray > 0) {
        words << translate("cli", "%1 answers without a question").arg(grouped(all.stray));
    }
    if (all.open > 0) {
        words << translate("cli", "%1 in the last second, which cannot be told").arg(grouped(all.open));
    }
    if (all.forgotten > 0) {
        words << translate("cli", "%1 not followed for lack of room").arg(grouped(all.forgotten));
    }
    return words;
}

void addExchanges(Lines &lines, const QString &title, const Exchanges &all, const capture::Histogram *spread)
{
    if (all.asked + all.stray == 0) {
        return;
    }
    auto line = translate("cli", "%1: %2 asked, %3 answered").arg(title, grouped(all.asked), grouped(all.answered));
    if (all.failed() > 0) {
        line += translate("cli", ", %1 unanswered (%2)")
                    .arg(grouped(all.failed()), percent(static_cast<double>(all.failed()) / static_cast<double>(all.asked), 1));
    }
    lines.judged(all.failed() == 0, line);
    const QString indent(title.size() - title.trimmed().size() + 4, QLatin1Char(' '));
    QStringList why;
    if (all.refused > 0) {
        why << translate("cli", "%1 refused").arg(grouped(all.refused));
    }
    if (all.rejected > 0) {
        why << translate("cli", "%1 rejected by an ICMP error").arg(grouped(all.rejected));
    }
    if (all.silent > 0) {
        why << translate("cli", "%1 without any answer").arg(grouped(all.silent));
    }
    for (const auto &words : {why, remarks(all)}) {
        if (!words.isEmpty()) {
            lines.add(indent + words.join(QLatin1String(", ")));
        }
    }
    if (all.delay.count > 0) {
        lines.add(indent + delays(all.delay, spread));
    }
}

void addTotals(Lines &lines, const CountedFile &file)
{
    const auto &all = file.flows.totals;
    lines.heading(translate("cli", "%1 (%2): %3 packets, %4 bytes")
                      .arg(file.name, formatName(file.format), grouped(all.packets), grouped(all.bytes)));
    if (all.packets == 0) {
        return;
    }
    const auto begin = evidence::utc(all.first / 1'000'000).toString(Qt::ISODateWithMs);
    lines.add(
        translate("cli", "%1 s from %2 on").arg(QString::number(static_cast<double>(all.last - all.first) / 1e9, 'f', 3), begin));
    lines.add(QStringLiteral("IPv4 %1, IPv6 %2, ARP %3, ICMP %4, ICMPv6 %5, TCP %6, UDP %7")
                  .arg(grouped(all.ipv4), grouped(all.ipv6), grouped(all.arp), grouped(all.icmp), grouped(all.icmpv6),
                       grouped(all.tcp), grouped(all.udp)));
    QStringList oddities;
    const auto odd = [&oddities](std::uint64_t count, const QString &words) {
        if (count > 0) {
            oddities << words.arg(grouped(count));
        }
    };
    odd(all.fragments, translate("cli", "%1 fragments"));
    odd(all.malformed, translate("cli", "%1 malformed"));
    odd(all.cut, translate("cli", "%1 cut off by the capture"));
    odd(all.unknownLink, translate("cli", "%1 of an unknown link type"));
    odd(all.backwards, translate("cli", "%1 with a time before the one in front of it"));
    if (!oddities.isEmpty()) {
        lines.add("33", oddities.join(QLatin1String(", ")));
    }
}

void addVlans(Lines &lines, const Flows &flows)
{
    QStringList words;
    for (const auto &[id, packets] : flows.vlans) {
        words << QStringLiteral("%1 (%2)").arg(id).arg(grouped(packets));
        if (words.size() == static_cast<qsizetype>(mostLines)) {
            words << QStringLiteral("…");
            break;
        }
    }
    if (!words.isEmpty()) {
        lines.add(translate("cli", "VLAN tags (packets): %1").arg(words.join(QLatin1String(", "))));
    }
}

void addErrors(Lines &lines, const Flows &flows)
{
    if (!flows.errors.empty()) {
        lines.heading(translate("cli", "ICMP errors:"));
    }
    for (const auto &each : flows.errors) {
        const auto port = each.destinationPort == 0 ? QString() : QStringLiteral(" %1").arg(each.destinationPort);
        auto line = translate("cli", "  %1: %2, first from %3 about %4 → %5%6")
                        .arg(errorName(each), grouped(each.count), text(each.reporter.toString()), text(each.source.toString()),
                             text(each.destination.toString()), port);
        if (each.mtu != 0) {
            line += translate("cli", ", MTU %1").arg(each.mtu);
        }
        lines.add("33", line);
    }
}

void addNeighbours(Lines &lines, const Flows &flows)
{
    std::size_t shown = 0;
    for (const auto &each : flows.neighbours) {
        if (!each.isConflict() || shown == mostLines) {
            continue;
        }
        QStringList owners;
        for (std::size_t i = 0; i < each.claimCount; ++i) {
            owners << text(each.claims.at(i).mac.toString());
        }
        lines.add("31", translate("cli", "%1 has more than one owner: %2")
                            .arg(text(each.address.toString()), owners.join(QLatin1String(", "))));
        ++shown;
    }
    QStringList silent;
    for (const auto &each : flows.neighbours) {
        if (each.resolution.silent > 0 && each.resolution.answered == 0 && silent.size() < static_cast<qsizetype>(mostLines)) {
            silent << text(each.address.toString());
        }
    }
    if (!silent.isEmpty()) {
        lines.add("33", translate("cli", "Nobody answers for: %1").arg(silent.join(QLatin1String(", "))));
    }
}

std::uint64_t failures(const capture::Pair &pair)
{
    std::uint64_t sum = 0;
    for (const auto &way : pair.ways) {
        sum += way.echo.failed() + way.handshake.failed() + way.errors;
    }
    return sum;
}

void addWay(Lines &lines, const net::IpAddress &from, const net::IpAddress &to, const capture::Direction &way)
{
    if (way.packets + way.errors == 0) {
        return;
    }
    lines.add(translate("cli", "  %1 → %2: %3 packets, %4 bytes")
                  .arg(text(from.toString()), text(to.toString()), grouped(way.packets), grouped(way.bytes)));
    for (const auto &[title, all, spread] : {std::tuple{QStringLiteral("    ping"), &way.echo, way.echoSpread.get()},
                                             {QStringLiteral("    TCP"), &way.handshake, nullptr}}) {
        addExchanges(lines, title, *all, spread);
    }
    if (way.errors > 0) {
        lines.add("33", QStringLiteral("    ") + translate("cli", "%1 ICMP errors about its packets").arg(grouped(way.errors)));
    }
}

void addPairs(Lines &lines, const Flows &flows)
{
    std::vector<const capture::Pair *> sorted;
    for (const auto &pair : flows.pairs) {
        sorted.push_back(&pair);
    }
    const auto rank = [](const capture::Pair *pair) {
        return std::pair{failures(*pair), pair->ways[0].packets + pair->ways[1].packets};
    };
    const auto shown = std::min(sorted.size(), mostLines);
    std::partial_sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(shown), sorted.end(),
                      [&rank](const auto *one, const auto *other) { return rank(one) > rank(other); });
    if (shown > 0) {
        lines.heading(
            translate("cli", "Pairs of addresses (%1 of %2, the ones with failures first):").arg(shown).arg(sorted.size()));
    }
    for (std::size_t i = 0; i < shown; ++i) {
        const auto &pair = *sorted[i];
        addWay(lines, pair.a, pair.b, pair.ways[0]);
        addWay(lines, pair.b, pair.a, pair.ways[1]);
    }
}

void addLeftOut(Lines &lines, const capture::LeftOut &left)
{
    if (left.pairPackets > 0) {
        lines.add(
            "33",
            translate("cli", "Too many pairs of addresses: %1 packets are only in the totals.").arg(grouped(left.pairPackets)));
    }
    if (left.neighbourPackets > 0) {
        lines.add("33",
                  translate("cli", "Too many addresses on the link: %1 of ARP or neighbour discovery are only in the totals.")
                      .arg(grouped(left.neighbourPackets)));
    }
    if (left.errors > 0) {
        lines.add("33", translate("cli", "Too many kinds of ICMP errors: %1 are left out.").arg(grouped(left.errors)));
    }
}

} // namespace

QString formatName(capture::FileFormat format)
{
    switch (format) {
    case capture::FileFormat::Pcap:
        return QStringLiteral("pcap");
    case capture::FileFormat::PcapNanosecond:
        return QStringLiteral("pcap-ns");
    case capture::FileFormat::PcapNg:
        return QStringLiteral("pcapng");
    }
    return {};
}

QString errorName(const capture::ErrorKind &error)
{
    const auto code = QStringLiteral("%1 %2/%3")
                          .arg(error.family == net::Family::v4 ? QStringLiteral("icmp") : QStringLiteral("icmpv6"))
                          .arg(error.type)
                          .arg(error.code);
    const auto known = checks::explain(code);
    return known.empty() ? code : QStringLiteral("%1 (%2)").arg(known.front().name, code);
}

QString flowsText(const CountedFile &file, bool colour)
{
    const auto &flows = file.flows;
    Lines lines(colour);
    addTotals(lines, file);
    addExchanges(lines, translate("cli", "Pings"), flows.echo, &flows.echoSpread);
    addExchanges(lines, translate("cli", "TCP connections"), flows.handshake, &flows.handshakeSpread);
    addExchanges(lines, QStringLiteral("ARP"), flows.arp, nullptr);
    addExchanges(lines, translate("cli", "Neighbour discovery"), flows.neighbour, nullptr);
    addVlans(lines, flows);
    addNeighbours(lines, flows);
    addErrors(lines, flows);
    addPairs(lines, flows);
    addLeftOut(lines, flows.leftOut);
    return lines.text();
}

} // namespace bothways::cli
