// SPDX-License-Identifier: GPL-3.0-or-later
// A capture of which everything is known: each count, for each pair and in total, must be exactly that.
#include "catch.h"

#include "made.h"

#include "capture/file.h"
#include "capture/flow_counter.h"

#include <QTemporaryDir>

using namespace bothways;

namespace {

void compare(const capture::Pair &found, const test::MadePair &made)
{
    const auto &way = found.ways.at(made.fromHigher ? 1 : 0);
    const auto &back = found.ways.at(made.fromHigher ? 0 : 1);
    CHECK(way.packets + back.packets == made.packets);
    CHECK(way.bytes + back.bytes == made.bytes);
    CHECK(way.udp == made.udp);
    CHECK(way.errors == made.rejected);
    CHECK(way.echo.asked == made.requests);
    CHECK(way.echo.askedAgain == 0);
    CHECK(way.echo.answered == made.answered);
    CHECK(way.echo.answeredAgain == made.answeredTwice);
    CHECK(way.echo.silent == made.lost);
    CHECK(way.echo.rejected == made.rejected);
    CHECK(way.echo.open + way.echo.forgotten + way.echo.stray == 0);
    CHECK(way.echo.delay.sum == made.sumOfDelays);
    if (made.answered > 0) {
        CHECK(way.echo.delay.least == made.leastDelay);
        CHECK(way.echo.delay.most == made.mostDelay);
    }
    CHECK(way.handshake.asked == made.connections);
    CHECK(way.handshake.answered == made.accepted);
    CHECK(way.handshake.refused == made.refused);
    CHECK(way.handshake.silent == made.silent);
    CHECK(way.handshake.askedAgain == made.silent);
    CHECK(back.echo.asked + back.handshake.asked + back.udp == 0);
    CHECK(found.vlanCount == (made.vlan == 0 ? 0 : 1));
    CHECK(found.vlans[0] == made.vlan);
}

} // namespace

TEST_CASE("fifty thousand packets are counted exactly", "[generated]")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("made.pcap"));
    std::FILE *file = std::fopen(path.toLocal8Bit().constData(), "wb");
    REQUIRE(file != nullptr);
    test::MakeOptions options;
    options.seed = GENERATE(1U, 2U);
    const auto made = test::makeCapture(file, options);
    REQUIRE(std::fclose(file) == 0);

    auto reader = capture::FileReader::open(path);
    REQUIRE(reader);
    capture::FlowCounter counter;
    capture::Frame frame;
    while (reader->next(frame)) {
        counter.add(frame);
    }
    CHECK_FALSE(reader->problem());
    CHECK(reader->position() == reader->size());
    const auto flows = counter.finish();

    CHECK(flows.totals.packets == made.packets);
    CHECK(flows.totals.bytes == made.bytes);
    CHECK(flows.totals.malformed == made.malformed);
    CHECK(flows.totals.backwards == 0);
    CHECK(flows.arp.asked == made.arpAsked);
    CHECK(flows.arp.answered == made.arpAnswered);
    CHECK(flows.arp.silent == made.arpSilent);
    CHECK(flows.arp.askedAgain == made.arpSilent);
    const auto conflicts =
        std::count_if(flows.neighbours.begin(), flows.neighbours.end(), [](const auto &each) { return each.isConflict(); });
    CHECK(static_cast<std::uint64_t>(conflicts) == made.conflicts);
    REQUIRE(flows.pairs.size() == made.pairs.size());
    for (const auto &each : flows.pairs) {
        const auto known = made.pairs.find({each.a, each.b});
        REQUIRE(known != made.pairs.end());
        compare(each, known->second);
    }
}
