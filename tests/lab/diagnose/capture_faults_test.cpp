// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "diagnose/closed_loop.h"

#include <array>
#include <chrono>
#include <thread>
#include <vector>

#include <net/if.h>
#include <netpacket/packet.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace bothways::lab;

namespace {

/// A tagged ARP request: this kernel need not know VLAN interfaces for that (IEEE 802.1Q, RFC 826).
std::vector<std::uint8_t> taggedRequest(std::uint8_t vlan)
{
    const std::array<std::uint8_t, 6> own{0x52, 0x54, 0x00, 0x09, 0x00, 0x10};
    std::vector<std::uint8_t> frame(6, 0xff);
    const auto add = [&](std::initializer_list<std::uint8_t> bytes) { frame.insert(frame.end(), bytes); };
    frame.insert(frame.end(), own.begin(), own.end());
    add({0x81, 0x00, 0x00, vlan, 0x08, 0x06, 0x00, 0x01, 0x08, 0x00, 6, 4, 0, 1});
    frame.insert(frame.end(), own.begin(), own.end());
    add({10, 9, 0, 10, 0, 0, 0, 0, 0, 0, 10, 9, 0, 1});
    frame.resize(64);
    return frame;
}

/// Sends it out of the guest's interface ten times a second until it is told to stop.
class TaggedTalk {
public:
    explicit TaggedTalk(const Pair &pair)
        : m_thread([&pair](const std::stop_token &stop) {
            pair.guest.enter([&stop] {
                const int handle = socket(AF_PACKET, SOCK_RAW, 0);
                sockaddr_ll to{};
                to.sll_family = AF_PACKET;
                to.sll_ifindex = static_cast<int>(if_nametoindex("eth0"));
                const auto frame = taggedRequest(100);
                while (!stop.stop_requested()) {
                    sendto(handle, frame.data(), frame.size(), 0, reinterpret_cast<const sockaddr *>(&to), sizeof(to));
                    std::this_thread::sleep_for(std::chrono::milliseconds(100));
                }
                close(handle);
            });
        })
    {}

private:
    std::jthread m_thread;
};

} // namespace

TEST_CASE("bridge: a rule on the way to the VM's port, read and captured, without the guest's help", "[capture-faults]")
{
    require();
    const Pair pair;
    pair.host.nft("table bridge fw {\n"
                  "  chain out {\n"
                  "    type filter hook output priority 0; policy accept;\n"
                  "    ip protocol icmp icmp type echo-request drop\n"
                  "  }\n"
                  "}\n");
    Loop loop{"vswitch-filter/bridge-rule", "proven", {"bridge", "fw", "out", "handle"}, {}};
    loop.how.guestReport = false;
    closeLoop(pair, loop);
}

TEST_CASE("MAC: another VM with the VM's MAC keeps talking", "[capture-faults]")
{
    require();
    PairOptions options;
    options.secondGuest = true;
    const Pair pair(options);
    pair.second->mac("eth0", Pair::guestMac);
    const auto talk = pair.second->start({"ping", "-q", "-i", "0.02", Pair::hostAddress});
    REQUIRE(eventually([&] { return !pings(pair.host, Pair::guestAddress); }));
    const auto diagnosed = diagnose(pair);
    INFO(diagnosed.describe());
    CHECK(diagnosed.topCause() == "mac-identity/duplicate-mac");
    CHECK(diagnosed.grade() == "proven");
    CHECK(diagnosed.object().find(Pair::guestMac) != std::string::npos);
    CHECK(diagnosed.object().find(Pair::port) != std::string::npos);
    CHECK(diagnosed.object().find(Pair::secondPort) != std::string::npos);
    const auto again = replay(diagnosed.session);
    CHECK(again.json.value(QLatin1String("causes")) == diagnosed.json.value(QLatin1String("causes")));
}

TEST_CASE("VLAN: the VM speaks tagged and the host does not", "[capture-faults]")
{
    require();
    const Pair pair;
    pair.guest.must("ip -4 addr flush dev eth0"); // it only has the address in its VLAN
    const TaggedTalk talk(pair);
    HowToDiagnose how;
    how.guestReport = false;
    const auto diagnosed = diagnose(pair, how);
    INFO(diagnosed.describe());
    CHECK(diagnosed.topCause() == "vlan/tag-mismatch");
    CHECK(diagnosed.grade() == "proven");
    CHECK(diagnosed.object().find("VLAN 100") != std::string::npos);
}

TEST_CASE("ARP: a setting of the guest keeps it from answering", "[capture-faults]")
{
    require();
    const Pair pair;
    pair.guest.setSysctl("net.ipv4.conf.all.arp_ignore", "8");
    Loop loop{"neighbour-state/arp-policy", "proven", {"arp_ignore"}, {}};
    loop.how.reportPings = "10.9.0.99"; // a ping of the host would tell the host its MAC, and hide the fault
    loop.faultMayHeal = true;
    closeLoop(pair, loop);
}
