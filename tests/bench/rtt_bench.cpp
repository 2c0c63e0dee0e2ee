// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/linux/capture_here.h"
#include "capture/linux/filter_compiler.h"
#include "capture/linux/live_points.h"
#include "lab.h"
#include "probe/linux/echo_ladder.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <iomanip>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace bothways;
using namespace std::chrono_literals;

namespace {

/// When each echo was on the wire, by its sequence number.
struct Wire final : capture::LiveSink {
    struct Passage {
        std::int64_t request = 0;
        std::int64_t reply = 0;
    };
    std::map<int, Passage> passages;
    bool open = false;
    bool nanoseconds = false;

    void frame(const capture::Frame &frame) override
    {
        const auto ethernet = net::decodeEthernet(frame.bytes);
        const auto packet = ethernet ? net::decodeIpv4(ethernet->payload) : std::nullopt;
        const auto echo =
            packet && packet->protocol == net::protocol::icmp ? net::decodeEcho(net::Family::v4, packet->payload) : std::nullopt;
        if (echo) {
            auto &passage = passages[echo->sequence];
            (echo->request ? passage.request : passage.reply) = frame.time;
        }
    }
    void changed(const capture::LiveChange &change) override
    {
        open = open || change.status == capture::LiveChange::Status::Open;
        nanoseconds = change.nanoseconds;
    }
};

double at(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.at(static_cast<std::size_t>(share * static_cast<double>(values.size() - 1)));
}

void print(const std::string &what, const std::vector<double> &differences)
{
    std::cout << std::fixed << std::setprecision(2) << std::setw(36) << std::left << what << std::right << " |difference| median "
              << at(differences, 0.5) << " us, p99 " << at(differences, 0.99) << " us, largest " << at(differences, 1.0)
              << " us, n " << differences.size() << '\n';
}

/// Echoes while `busy` threads keep the processors, and the same echoes as a capture on their way sees them.
void measure(const lab::Namespace &host, int count, unsigned busy, bool pingSocket)
{
    host.setSysctl("net.ipv4.ping_group_range", pingSocket ? "0 2147483647" : "1 0");
    Wire wire;
    std::atomic<bool> over{false};
    std::vector<std::jthread> load;
    for (unsigned i = 0; i < busy; ++i) {
        load.emplace_back([&] {
            while (!over) {
            }
        });
    }
    std::atomic<bool> ready{false};
    std::jthread reader([&] {
        host.enter([&] {
            capture::LiveOptions options;
            options.filter = capture::compileFilter("icmp").value();
            capture::LivePoints points({"eth0"}, options);
            points.follow(wire);
            ready = true;
            // Read now and then: a reader that waits for each frame is woken between the capture's stamp and the driver's, and
            // what that takes would be measured as time on the wire.
            for (bool last = false; !last;) {
                last = over;
                std::this_thread::sleep_for(20ms);
                while (points.read(wire, 1000)) {
                }
            }
        });
    });
    while (!ready) {
        std::this_thread::sleep_for(5ms);
    }
    evidence::Reading<evidence::EchoSeries> reading;
    host.enter([&] {
        probe::EchoPlan plan;
        plan.target = *net::IpAddress::parse("10.77.0.2");
        plan.count = count;
        plan.interval = 2ms;
        reading = probe::echo(plan, {});
    });
    std::this_thread::sleep_for(100ms);
    over = true;
    reader.join();
    std::vector<double> kernel;
    std::vector<double> user;
    int unstamped = 0;
    for (const auto &sample : reading.value.samples) {
        const auto found = wire.passages.find(sample.sequence & 0xffff);
        if (found == wire.passages.end() || found->second.request == 0 || found->second.reply == 0 || !sample.rttNs) {
            continue;
        }
        const auto onWire = static_cast<double>(found->second.reply - found->second.request);
        unstamped += sample.stamps == evidence::Stamps::Kernel ? 0 : 1;
        kernel.push_back(std::abs(static_cast<double>(*sample.rttNs) - onWire) / 1e3);
        user.push_back(std::abs(static_cast<double>(sample.userRttNs.value_or(0)) - onWire) / 1e3);
    }
    if (kernel.empty()) {
        throw std::runtime_error("no echo was seen both by the probe and on the wire: " + reading.problem.toStdString());
    }
    std::cout << name(reading.value.method).toStdString() << ", " << busy << " busy threads on "
              << std::thread::hardware_concurrency() << " processors, " << kernel.size() << " of " << count << " echoes, "
              << unstamped << " without both kernel stamps" << (wire.nanoseconds ? "" : ", capture in MICROseconds") << '\n';
    print("  our RTT (kernel stamps) - wire", kernel);
    print("  user-space stamps - wire", user);
}

void run(int count)
{
    lab::require();
    const lab::Namespace host("timed");
    const lab::Namespace guest("answers");
    lab::connect(host, "eth0", guest, "eth0");
    host.address("eth0", "10.77.0.1/24");
    guest.address("eth0", "10.77.0.2/24");
    lab::pings(host, "10.77.0.2");
    for (const bool pingSocket : {true, false}) {
        measure(host, count, 0, pingSocket);
        measure(host, count, std::max(1U, std::thread::hardware_concurrency()), pingSocket);
    }
}

} // namespace

int main(int argc, char **argv)
{
    constexpr int usual = 3000;
    try {
        run(argc > 1 ? std::clamp(std::atoi(argv[1]), 10, 60000) : usual);
    } catch (const std::exception &error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
