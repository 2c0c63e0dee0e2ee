// SPDX-License-Identifier: GPL-3.0-or-later
#include "flows_json.h"

#include "flows_output.h"

#include "evidence/utc.h"
#include "words/text.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <initializer_list>

namespace bothways::cli {

namespace {

using capture::Exchanges;
using capture::Flows;

/// A literal key.
QString k(const char *name) { return QString::fromLatin1(name); }

QJsonValue number(std::uint64_t value) { return static_cast<qint64>(value); }

QJsonValue milliseconds(std::int64_t nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

QJsonValue time(std::int64_t nanoseconds) { return evidence::utc(nanoseconds / 1'000'000).toString(Qt::ISODateWithMs); }

QJsonObject numbers(std::initializer_list<std::pair<const char *, std::uint64_t>> all)
{
    QJsonObject object;
    for (const auto &[name, value] : all) {
        object.insert(k(name), number(value));
    }
    return object;
}

/// null where nothing was measured; without quantiles where the spread was not kept.
QJsonValue delay(const capture::Extent &extent, const capture::Histogram *spread)
{
    if (extent.count == 0) {
        return {};
    }
    QJsonObject object{{k("min"), milliseconds(extent.least)},
                       {k("avg"), milliseconds(extent.average())},
                       {k("max"), milliseconds(extent.most)}};
    for (const auto &[name, share] : {std::pair{"p50", 0.5}, {"p95", 0.95}, {"p99", 0.99}}) {
        const auto value = spread == nullptr ? 0 : std::clamp(spread->quantile(share), extent.least, extent.most);
        object.insert(k(name), spread == nullptr ? QJsonValue() : milliseconds(value));
    }
    return object;
}

QJsonValue loss(const Exchanges &all)
{
    const auto decided = all.asked - all.open - all.forgotten;
    return decided == 0 ? QJsonValue() : static_cast<double>(all.failed()) / static_cast<double>(decided);
}

QJsonObject echo(const Exchanges &all, const capture::Histogram *spread)
{
    auto object = numbers({{"requests", all.asked},
                           {"requests_again", all.askedAgain},
                           {"replies", all.answered},
                           {"replies_again", all.answeredAgain},
                           {"replies_stray", all.stray},
                           {"lost", all.silent},
                           {"rejected", all.rejected},
                           {"at_end", all.open},
                           {"forgotten", all.forgotten}});
    object.insert(k("loss"), loss(all));
    object.insert(k("rtt_ms"), delay(all.delay, spread));
    return object;
}

QJsonObject handshake(const Exchanges &all, const capture::Histogram *spread)
{
    auto object = numbers({{"syn", all.asked},
                           {"syn_again", all.askedAgain},
                           {"syn_ack", all.answered},
                           {"syn_ack_again", all.answeredAgain},
                           {"syn_ack_stray", all.stray},
                           {"refused", all.refused},
                           {"rejected", all.rejected},
                           {"silent", all.silent},
                           {"at_end", all.open},
                           {"forgotten", all.forgotten}});
    object.insert(k("delay_ms"), delay(all.delay, spread));
    return object;
}

QJsonObject resolution(const Exchanges &all)
{
    auto object = numbers({{"requests", all.asked},
                           {"requests_again", all.askedAgain},
                           {"answered", all.answered},
                           {"answered_again", all.answeredAgain},
                           {"answers_stray", all.stray},
                           {"unanswered", all.silent},
                           {"at_end", all.open},
                           {"forgotten", all.forgotten}});
    object.insert(k("delay_ms"), delay(all.delay, nullptr));
    return object;
}

QJsonObject totals(const capture::Totals &all)
{
    auto object = numbers({{"packets", all.packets},
                           {"bytes", all.bytes},
                           {"captured_bytes", all.captured},
                           {"arp", all.arp},
                           {"ipv4", all.ipv4},
                           {"ipv6", all.ipv6},
                           {"icmp", all.icmp},
                           {"icmpv6", all.icmpv6},
                           {"tcp", all.tcp},
                           {"udp", all.udp},
                           {"other_transport", all.otherTransport},
                           {"fragments", all.fragments},
                           {"other", all.other},
                           {"tagged", all.tagged},
                           {"double_tagged", all.doubleTagged},
                           {"cut", all.cut},
                           {"malformed", all.malformed},
                           {"unknown_link", all.unknownLink},
                           {"group_echo_requests", all.groupEchoes},
                           {"address_probes", all.addressProbes},
                           {"announcements", all.announcements},
                           {"time_backwards", all.backwards}});
    const bool any = all.packets > 0;
    object.insert(k("first"), any ? time(all.first) : QJsonValue());
    object.insert(k("last"), any ? time(all.last) : QJsonValue());
    object.insert(k("duration_s"), any ? static_cast<double>(all.last - all.first) / 1e9 : 0.0);
    return object;
}

QJsonArray errors(const Flows &flows)
{
    QJsonArray array;
    for (const auto &each : flows.errors) {
        QJsonObject quoted{{k("src"), text(each.source.toString())},
                           {k("dst"), text(each.destination.toString())},
                           {k("protocol"), each.protocol},
                           {k("dport"), each.destinationPort == 0 ? QJsonValue() : QJsonValue(each.destinationPort)}};
        array.append(QJsonObject{{k("family"), each.family == net::Family::v4 ? 4 : 6},
                                 {k("type"), each.type},
                                 {k("code"), each.code},
                                 {k("name"), errorName(each)},
                                 {k("count"), number(each.count)},
                                 {k("first_from"), text(each.reporter.toString())},
                                 {k("first_about"), quoted},
                                 {k("mtu"), each.mtu == 0 ? QJsonValue() : number(each.mtu)}});
    }
    return array;
}

QJsonObject direction(const capture::Direction &way)
{
    auto object = numbers({{"packets", way.packets}, {"bytes", way.bytes}, {"udp", way.udp}, {"icmp_errors", way.errors}});
    object.insert(k("echo"), echo(way.echo, way.echoSpread.get()));
    object.insert(k("tcp"), handshake(way.handshake, nullptr));
    return object;
}

QJsonObject pair(const capture::Pair &pair)
{
    QJsonArray vlans;
    for (std::size_t i = 0; i < pair.vlanCount; ++i) {
        vlans.append(pair.vlans.at(i));
    }
    return {{k("a"), text(pair.a.toString())},
            {k("b"), text(pair.b.toString())},
            {k("first"), time(pair.first)},
            {k("last"), time(pair.last)},
            {k("vlans"), vlans},
            {k("more_vlans"), pair.moreVlans},
            {k("untagged"), pair.untagged},
            {k("a_to_b"), direction(pair.ways[0])},
            {k("b_to_a"), direction(pair.ways[1])}};
}

QJsonObject neighbour(const capture::Neighbour &each)
{
    QJsonArray claims;
    for (std::size_t i = 0; i < each.claimCount; ++i) {
        const auto &claim = each.claims.at(i);
        claims.append(QJsonObject{{k("mac"), text(claim.mac.toString())},
                                  {k("times"), number(claim.times)},
                                  {k("first"), time(claim.first)},
                                  {k("last"), time(claim.last)}});
    }
    const auto vlan = static_cast<int>(each.vlan > 0xfff ? each.vlan >> 12U : each.vlan);
    return {{k("address"), text(each.address.toString())},
            {k("vlan"), vlan == 0 ? QJsonValue() : QJsonValue(vlan)},
            {k("claims"), claims},
            {k("more_claims"), each.moreClaims},
            {k("conflict"), each.isConflict()},
            {k("resolution"), resolution(each.resolution)}};
}

QJsonObject head(const CountedFile &file)
{
    const auto &flows = file.flows;
    QJsonArray points;
    for (const auto &point : file.points) {
        points.append(QJsonObject{{k("name"), text(point.name)}, {k("link_type"), static_cast<int>(point.linkType)}});
    }
    QJsonArray vlans;
    for (const auto &[id, packets] : flows.vlans) {
        vlans.append(QJsonObject{{k("id"), id}, {k("packets"), number(packets)}});
    }
    const QJsonObject about{{k("name"), file.name},
                            {k("format"), formatName(file.format)},
                            {k("bytes"), number(file.size)},
                            {k("points"), points},
                            {k("problem"), file.problem.isEmpty() ? QJsonValue() : QJsonValue(file.problem)}};
    return {{k("schema"), k("bothways/1")},
            {k("file"), about},
            {k("totals"), totals(flows.totals)},
            {k("echo"), echo(flows.echo, &flows.echoSpread)},
            {k("tcp"), handshake(flows.handshake, &flows.handshakeSpread)},
            {k("arp"), resolution(flows.arp)},
            {k("nd"), resolution(flows.neighbour)},
            {k("icmp_errors"), errors(flows)},
            {k("vlans"), vlans},
            {k("left_out"), numbers({{"pair_packets", flows.leftOut.pairPackets},
                                     {"neighbour_packets", flows.leftOut.neighbourPackets},
                                     {"icmp_errors", flows.leftOut.errors}})}};
}

template <typename Items, typename Convert>
void writeArray(const char *name, const Items &items, const Convert &convert, const Writer &write)
{
    write(QByteArray(",\n    \"") + name + "\": [");
    const char *separator = "\n        ";
    for (const auto &item : items) {
        write(separator + QJsonDocument(convert(item)).toJson(QJsonDocument::Compact));
        separator = ",\n        ";
    }
    write("]");
}

} // namespace

void writeFlowsJson(const CountedFile &file, const Writer &write)
{
    const auto document = QJsonDocument(head(file)).toJson();
    write(document.first(document.lastIndexOf("\n}"))); // its end comes behind the long lists
    writeArray("neighbours", file.flows.neighbours, neighbour, write);
    writeArray("pairs", file.flows.pairs, pair, write);
    write("\n}\n");
}

} // namespace bothways::cli
