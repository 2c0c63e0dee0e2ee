// SPDX-License-Identifier: GPL-3.0-or-later
#include "flood.h"
#include "lab.h"

#include "capture/flow_counter.h"
#include "capture/linux/capture_here.h"
#include "privilege/helper_capture.h"

#include <QString>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <future>
#include <iomanip>
#include <iostream>
#include <stdexcept>
#include <string>

#include <sys/resource.h>

namespace {

using namespace bothways;
using namespace std::chrono_literals;

struct Counting final : capture::LiveSink {
    void frame(const capture::Frame &frame) override
    {
        counter.add(frame);
        ++frames;
    }
    void changed(const capture::LiveChange &change) override { open = change.status == capture::LiveChange::Status::Open; }
    capture::FlowCounter counter;
    std::uint64_t frames = 0;
    bool open = false;
};

std::unique_ptr<capture::LiveSource> byHelper(const std::string &device, const std::string &program)
{
    auto helper = privilege::Helper::start({program, false}, 5s);
    if (!helper) {
        throw std::runtime_error(helper.error().message.toStdString());
    }
    auto source = privilege::captureBy(std::move(*helper), {device}, {});
    if (!source) {
        throw std::runtime_error(source.error().message.toStdString());
    }
    return std::move(*source);
}

double processorSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_THREAD, &usage);
    const auto seconds = [](const timeval &time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// One flood, captured and paired. True where nothing was lost.
bool measure(const lab::Namespace &from, const lab::Namespace &to, const lab::Flood &how, const std::string &helper)
{
    bool good = false;
    to.enter([&] {
        const auto source = helper.empty() ? capture::captureHere({"eth0"}, {}) : byHelper("eth0", helper);
        Counting sink;
        const auto read = [&] {
            if (const auto result = source->read(sink, 50ms); !result) {
                throw std::runtime_error(result.error());
            }
        };
        while (!sink.open) {
            read();
        }
        auto sending = std::async(std::launch::async, [&] {
            lab::Flooded flooded;
            from.enter([&] { flooded = lab::flood("eth0", how); });
            return flooded;
        });
        const auto before = processorSeconds();
        while (sending.wait_for(0s) != std::future_status::ready) {
            read();
        }
        const auto flooded = sending.get();
        const auto end = std::chrono::steady_clock::now() + 2s;
        while (std::chrono::steady_clock::now() < end) {
            read(); // what is on its way, and the last counts
        }
        const auto processor = processorSeconds() - before;
        const auto counts = source->counts().at(0);
        const auto flows = sink.counter.finish();
        std::cout << std::fixed << std::setprecision(0) << (helper.empty() ? "by this process" : "by the helper  ") << ": sent "
                  << flooded.sent << " at " << static_cast<double>(flooded.sent) / flooded.seconds << "/s, seen " << sink.frames
                  << ", dropped " << counts.dropped << ", pairs " << flows.echo.answered << " of " << flooded.pairs
                  << ", malformed " << flows.totals.malformed + flows.totals.cut << " of " << flooded.malformed
                  << ", reader's processor " << std::setprecision(2) << processor << " s\n";
        good = counts.dropped == 0 && sink.frames == flooded.sent && flows.echo.answered == flooded.pairs;
    });
    return good;
}

} // namespace

int main(int argc, char **argv)
{
    try {
        lab::require();
        lab::Flood how;
        how.perSecond = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 100'000;
        how.seconds = argc > 2 ? std::max(1, std::atoi(argv[2])) : 5;
        how.malformedEach = 1000;
        const lab::Namespace from("flood");
        const lab::Namespace to("seen");
        for (const auto *machine : {&from, &to}) {
            machine->setSysctl("net.ipv6.conf.default.disable_ipv6", "1"); // whose own frames would be counted, too
        }
        lab::connect(from, "eth0", to, "eth0");
        const auto helper = (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "bothways-helper").string();
        const bool own = measure(from, to, how, {});
        return measure(from, to, how, helper) && own ? 0 : 1;
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
}
