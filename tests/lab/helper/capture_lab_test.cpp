// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "capture/flow_counter.h"
#include "capture/linux/capture_here.h"
#include "capture/linux/filter_compiler.h"
#include "flood.h"
#include "helper/support.h"
#include "privilege/helper_capture.h"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <thread>

#include <unistd.h>

using namespace bothways;
using namespace bothways::lab;
using namespace std::chrono_literals;
using capture::LiveChange;
using privilege::Helper;

namespace {

struct Kept final : capture::LiveSink {
    void frame(const capture::Frame &frame) override
    {
        ++frames[frame.point];
        if (!frame.bytes.empty() && frame.originalLength >= frame.bytes.size() && frame.time > 1'600'000'000'000'000'000) {
            ++sound;
        }
    }
    void changed(const LiveChange &change) override { changes.push_back(change); }

    int total() const { return frames.at(0) + frames.at(1); }
    bool was(std::uint32_t point, LiveChange::Status status) const
    {
        return std::any_of(changes.begin(), changes.end(),
                           [&](const LiveChange &one) { return one.point == point && one.status == status; });
    }
    std::map<std::uint32_t, int> frames{{0, 0}, {1, 0}};
    int sound = 0;
    std::vector<LiveChange> changes;
};

struct Paired final : capture::LiveSink {
    void frame(const capture::Frame &frame) override
    {
        counter.add(frame);
        ++frames;
    }
    void changed(const LiveChange &change) override { open = change.status == LiveChange::Status::Open; }
    capture::FlowCounter counter;
    std::uint64_t frames = 0;
    bool open = false;
};

/// Reads until the condition holds; false when the time was over or the source ended first.
bool readUntil(capture::LiveSource &source, Kept &kept, const std::function<bool()> &condition)
{
    const auto end = std::chrono::steady_clock::now() + 5s;
    while (!condition() && std::chrono::steady_clock::now() < end) {
        if (!source.read(kept, 50ms)) {
            return false;
        }
    }
    return condition();
}

capture::LiveOptions icmpOnly()
{
    capture::LiveOptions options;
    options.filter = *capture::compileFilter("icmp");
    return options;
}

void ping(const Pair &pair, int count)
{
    bool answered = false;
    asRoot([&] { answered = pings(pair.host, Pair::guestAddress, count); });
    CHECK(answered);
}

/// Two points, two pings: each request and reply is seen on the bridge and on its port.
void expectPings(capture::LiveSource &source, Kept &kept, const Pair &pair)
{
    REQUIRE(
        readUntil(source, kept, [&] { return kept.was(0, LiveChange::Status::Open) && kept.was(1, LiveChange::Status::Open); }));
    CHECK(kept.changes.front().nanoseconds);
    CHECK(kept.changes.front().linkType == 1);
    ping(pair, 2);
    CHECK(readUntil(source, kept, [&] { return kept.frames.at(0) >= 4 && kept.frames.at(1) >= 4; }));
    CHECK(kept.frames.at(0) == 4);
    CHECK(kept.frames.at(1) == 4);
    CHECK(kept.sound == kept.total());
}

void expectCounts(capture::LiveSource &source, Kept &kept)
{
    REQUIRE(readUntil(source, kept, [&] { return source.counts().at(0).received >= 4 && source.counts().at(1).received >= 4; }));
    CHECK(source.counts().at(0).dropped == 0);
    CHECK(source.counts().at(1).dropped == 0);
}

std::unique_ptr<capture::LiveSource> byHelper(const Installed &installed, std::vector<std::string> names,
                                              const capture::LiveOptions &options)
{
    auto helper = Helper::start(installed.launch(), 5s);
    REQUIRE(helper.has_value());
    auto source = privilege::captureBy(std::move(*helper), std::move(names), options);
    REQUIRE(source.has_value());
    return std::move(*source);
}

} // namespace

TEST_CASE("frames of two interfaces, captured by this process or by its helper: the same", "[capture]")
{
    require();
    const Installed installed;
    const Pair pair;
    asSelf(pair.host, [&] {
        Kept kept;
        const auto source = capture::captureHere({Pair::bridgeName, Pair::port}, icmpOnly());
        expectPings(*source, kept, pair);
        expectCounts(*source, kept);
    });
    asUser(pair.host, [&] {
        Kept kept;
        const auto source = byHelper(installed, {Pair::bridgeName, Pair::port}, icmpOnly());
        expectPings(*source, kept, pair);
        expectCounts(*source, kept);
    });
}

TEST_CASE("a helper's companion captures, is free again afterwards, and is the same one each time", "[capture]")
{
    require();
    const Installed installed;
    const Pair pair;
    asUser(pair.host, [&] {
        auto helper = Helper::start(installed.launch(), 5s);
        REQUIRE(helper.has_value());
        const auto companion = (*helper)->another(5s);
        REQUIRE(companion.has_value());
        for (int round = 0; round < 3; ++round) {
            const auto same = (*helper)->another(5s);
            REQUIRE(same.has_value());
            CHECK(*same == *companion);
            Kept kept;
            auto source = privilege::captureBy(*same, {Pair::bridgeName, Pair::port}, icmpOnly());
            REQUIRE(source.has_value());
            expectPings(**source, kept, pair);
            CHECK((*helper)->rules(5s, {}).has_value()); // the first one answers meanwhile
            source->reset();
            CHECK_FALSE((*same)->problem());
        }
    });
}

TEST_CASE("a burst that nobody reads at once waits in the kernel", "[capture]")
{
    require();
    const Pair pair;
    asSelf(pair.host, [&] {
        Kept kept;
        const auto source = capture::captureHere({Pair::port}, icmpOnly());
        REQUIRE(readUntil(*source, kept, [&] { return kept.was(0, LiveChange::Status::Open); }));
        asRoot([&] { CHECK(pair.host.run({"ping", "-n", "-q", "-f", "-c", "4000", Pair::guestAddress}).ok()); });
        CHECK(readUntil(*source, kept, [&] { return kept.frames.at(0) >= 8000; }));
        CHECK(source->counts().at(0).dropped == 0);
    });
}

TEST_CASE("malformed frames among many others are counted, and the capture goes on", "[capture]")
{
    require();
    const Installed installed;
    const Pair pair;
    const auto expectAll = [&](capture::LiveSource &source) {
        Paired paired;
        const auto readWhile = [&](const std::function<bool()> &condition) {
            const auto end = std::chrono::steady_clock::now() + 10s;
            while (condition() && std::chrono::steady_clock::now() < end) {
                REQUIRE(source.read(paired, 50ms).has_value());
            }
        };
        readWhile([&] { return !paired.open; });
        Flooded flooded;
        asRoot([&] { pair.guest.enter([&] { flooded = flood("eth0", {10'000, 1, 10}); }); });
        readWhile([&] { return paired.frames < flooded.sent; });
        readWhile([&] { return source.counts().at(0).received < flooded.sent; });
        const auto flows = paired.counter.finish();
        CHECK(flooded.malformed == 1000);
        CHECK(flows.totals.malformed + flows.totals.cut == flooded.malformed);
        CHECK(flows.echo.answered == flooded.pairs);
        CHECK(source.counts().at(0).dropped == 0);
    };
    asSelf(pair.host, [&] { expectAll(*capture::captureHere({Pair::port}, {})); });
    asUser(pair.host, [&] { expectAll(*byHelper(installed, {Pair::port}, {})); });
}

TEST_CASE("without rights this process captures nothing, and says why", "[capture]")
{
    require();
    const Pair pair;
    asUser(pair.host, [&] {
        Kept kept;
        const auto source = capture::captureHere({Pair::bridgeName}, {});
        REQUIRE(source->read(kept, 50ms).has_value());
        REQUIRE(kept.changes.size() == 1);
        CHECK(kept.changes.front().status == LiveChange::Status::Refused);
        CHECK_FALSE(kept.changes.front().reason.empty());
    });
}

TEST_CASE("an interface that goes in mid-capture is told, one that comes is followed, the other goes on", "[capture]")
{
    require();
    const Installed installed;
    const Pair pair;
    asUser(pair.host, [&] {
        Kept kept;
        const auto source = byHelper(installed, {Pair::bridgeName, "late0"}, icmpOnly());
        REQUIRE(readUntil(*source, kept,
                          [&] { return kept.was(0, LiveChange::Status::Open) && kept.was(1, LiveChange::Status::Gone); }));
        asRoot([&] {
            pair.host.must("ip link add late0 type veth peer name late1 && ip link set late0 up && ip link set late1 up");
        });
        REQUIRE(readUntil(*source, kept, [&] { return kept.was(1, LiveChange::Status::Open); }));
        kept.changes.clear();
        asRoot([&] { pair.host.must("ip link del late0"); });
        REQUIRE(readUntil(*source, kept, [&] { return kept.was(1, LiveChange::Status::Gone); }));
        CHECK_FALSE(kept.changes.back().reason.empty());
        ping(pair, 1);
        CHECK(readUntil(*source, kept, [&] { return kept.frames.at(0) >= 2; }));
        asRoot(
            [&] { pair.host.must("ip link add late0 type veth peer name late1"); }); // as libvirt makes a tap: up a moment later
        std::this_thread::sleep_for(600ms);
        asRoot([&] { pair.host.must("ip link set late0 up && ip link set late1 up"); });
        CHECK(readUntil(*source, kept, [&] { return kept.was(1, LiveChange::Status::Open); }));
    });
}

TEST_CASE("a helper that is killed in mid-capture: a clear error at once, and the frames so far stand", "[capture]")
{
    require();
    const Installed installed;
    const Pair pair;
    asUser(pair.host, [&] {
        Kept kept;
        const auto before = openFiles();
        auto source = byHelper(installed, {Pair::bridgeName, Pair::port}, icmpOnly());
        expectPings(*source, kept, pair);
        const auto running = helpersOf(::getpid());
        REQUIRE(running.size() == 1);
        REQUIRE(::kill(running.front(), SIGKILL) == 0);
        const auto begin = std::chrono::steady_clock::now();
        auto result = source->read(kept, 1s);
        while (result && std::chrono::steady_clock::now() < begin + 3s) {
            result = source->read(kept, 1s);
        }
        REQUIRE_FALSE(result.has_value());
        CHECK(result.error().find("signal 9") != std::string::npos);
        CHECK(std::chrono::steady_clock::now() < begin + 2s);
        CHECK_FALSE(source->read(kept, 1s).has_value()); // and it stays so, without waiting
        CHECK(kept.total() == 8);
        source.reset();
        CHECK(openFiles() == before);
        CHECK(helpersOf(::getpid()).empty());
    });
}

TEST_CASE("captures that come and go, as interfaces do, leave nothing open", "[capture]")
{
    require();
    const Installed installed;
    const Pair pair;
    const auto comeAndGo = [&](capture::LiveSource &source, const std::function<std::size_t()> &open) {
        Kept kept;
        REQUIRE(readUntil(source, kept, [&] { return kept.was(0, LiveChange::Status::Open); }));
        const auto without = open();
        std::size_t with = 0;
        for (int i = 0; i < 5; ++i) {
            kept.changes.clear();
            asRoot([&] {
                pair.host.must("ip link add late0 type veth peer name late1 && ip link set late0 up && ip link set late1 up");
            });
            REQUIRE(readUntil(source, kept, [&] { return kept.was(1, LiveChange::Status::Open); }));
            with = i == 0 ? open() : with;
            CHECK(open() == with);
            asRoot([&] { pair.host.must("ip link del late0"); });
            REQUIRE(readUntil(source, kept, [&] { return kept.was(1, LiveChange::Status::Gone); }));
            CHECK(open() == without);
        }
        CHECK(with > without);
    };
    const auto filesOf = [](int pid) {
        std::size_t count = 0;
        asRoot([&] { // /proc/PID/fd of a process that cannot be dumped is root's
            const auto files = std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/fd");
            count = static_cast<std::size_t>(std::distance(begin(files), end(files)));
        });
        return count;
    };
    asSelf(pair.host, [&] {
        const auto before = openFiles();
        auto source = capture::captureHere({Pair::bridgeName, "late0"}, icmpOnly());
        comeAndGo(*source, openFiles);
        source.reset();
        CHECK(openFiles() == before);
    });
    asUser(pair.host, [&] {
        const auto before = openFiles();
        auto source = byHelper(installed, {Pair::bridgeName, "late0"}, icmpOnly());
        comeAndGo(*source, [&] { return filesOf(helpersOf(::getpid()).front()); });
        source.reset();
        CHECK(openFiles() == before);
    });
}

TEST_CASE("a filter for other frames than the interface has is refused there", "[capture]")
{
    require();
    const Installed installed;
    const Pair pair;
    asUser(pair.host, [&] {
        Kept kept;
        auto options = icmpOnly();
        options.filterLinkType = 12;
        const auto source = byHelper(installed, {Pair::bridgeName}, options);
        REQUIRE(readUntil(*source, kept, [&] { return kept.was(0, LiveChange::Status::Refused); }));
    });
}
