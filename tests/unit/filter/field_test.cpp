// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "filter/field/field.h"
#include "support.h"

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

/// "5", "absent", "unknown".
std::string shown(Key key, Hook hook, std::string_view text, ProtocolFamily family = ProtocolFamily::Ip)
{
    const auto asked = packet(text);
    const View view{asked, hook, asked.ct, asked.mark, {}, family};
    const auto value = evaluate(key, view);
    if (value.state != Evaluated::State::Known) {
        return value.state == Evaluated::State::Absent ? "absent" : "unknown";
    }
    return std::to_string(value.value.low);
}

} // namespace

TEST_CASE("every field of a packet has a name and a type")
{
    for (std::size_t i = 0; i < static_cast<std::size_t>(Key::Count); ++i) {
        INFO(i);
        CHECK_FALSE(textOf(static_cast<Key>(i)).empty());
        CHECK(width(typeOf(static_cast<Key>(i))) > 0);
    }
    CHECK(textOf(Key::Ip4Source) == "ip saddr");
    CHECK(textOf(Key::DestinationType) == "fib daddr type");
    CHECK(textOf(Key::Ip4HeaderLength) == "ip hdrlength");
    CHECK(textOf(Key::CtReplyDestinationPort) == "ct reply proto-dst");
    CHECK(textOf(Key::Opaque) == "something unknown");
}

TEST_CASE("a plain packet has the fields that the kernel would see")
{
    struct Case {
        Key key;
        Hook hook;
        const char *packet;
        const char *value;
    };
    const auto each = GENERATE(values<Case>({
        {Key::Ip4HeaderLength, Hook::Input, "proto=icmp", "5"},
        {Key::Ip4Dscp, Hook::Input, "proto=icmp", "0"},
        {Key::Ip6Dscp, Hook::Input, "proto=icmp", "absent"},
        {Key::Ip4Id, Hook::Input, "proto=icmp", "unknown"},
        {Key::Ip4FragmentOffset, Hook::Input, "proto=icmp", "unknown"},
        {Key::IcmpId, Hook::Input, "proto=icmp", "unknown"},
        {Key::IcmpId, Hook::Input, "proto=icmp type=3", "absent"},
        {Key::IcmpId, Hook::Input, "proto=icmp id=7", "7"},
        {Key::IcmpMtu, Hook::Input, "proto=icmp", "absent"},
        {Key::IcmpMtu, Hook::Input, "proto=icmp type=3", "unknown"},
        {Key::TcpSequence, Hook::Input, "proto=icmp", "absent"},
        {Key::TcpSequence, Hook::Input, "proto=tcp", "unknown"},
        {Key::UdpLength, Hook::Input, "proto=udp len=60", "40"},
        {Key::TcpDestinationPort, Hook::Input, "proto=tcp dport=22 frag=1480", "absent"},
        {Key::TcpDestinationPort, Hook::Input, "proto=tcp dport=22 frag=0", "22"},
        {Key::Ip6NextHeader, Hook::Input, "src=fd00::1 dst=fd00::2 proto=tcp frag=8", "44"},
        {Key::Ip6Fragment, Hook::Input, "src=fd00::1 dst=fd00::2 proto=tcp frag=8", "1"},
        {Key::Ip6Fragment, Hook::Input, "src=fd00::1 dst=fd00::2 proto=tcp", "0"},
        {Key::Ip6Extension, Hook::Input, "proto=icmp", "absent"},
        {Key::Ip4Option, Hook::Input, "proto=icmp", "0"},
        {Key::Ip4OptionField, Hook::Input, "proto=icmp", "absent"},
        {Key::TcpOption, Hook::Input, "proto=icmp", "unknown"},
        {Key::TcpOptionField, Hook::Input, "proto=icmp", "absent"},
        {Key::EtherSource, Hook::Input, "smac=02:00:00:00:00:01", "2199023255553"},
        {Key::EtherSource, Hook::Output, "smac=02:00:00:00:00:01", "absent"},
        {Key::EtherSource, Hook::Input, "iif=lo", "absent"},
        {Key::EtherSource, Hook::Input, "iif=tun0 iiftype=65534", "absent"},
        {Key::EtherSource, Hook::Postrouting, "iif= oif=eth1 smac=02:00:00:00:00:01", "unknown"},
        {Key::EtherType, Hook::BridgeForward, "vlan=5", "33024"},
        {Key::VlanId, Hook::BridgeForward, "vlan=5", "5"},
        {Key::VlanId, Hook::BridgeForward, "", "absent"},
        {Key::VlanType, Hook::Ingress, "vlan=5", "2048"},
        {Key::InputType, Hook::Input, "iif=lo", "772"},
        {Key::InputType, Hook::Input, "iif=eth0", "unknown"},
        {Key::InputType, Hook::Output, "", "absent"},
        {Key::InputType, Hook::Egress, "", "unknown"},
        {Key::ControlGroup, Hook::Input, "", "absent"},
        {Key::ControlGroup, Hook::Output, "type=0 ct=established", "unknown"},
        {Key::SocketUser, Hook::BridgeOutput, "", "unknown"},
        {Key::SocketLookup, Hook::Output, "", "unknown"},
        {Key::PacketType, Hook::Input, "", "0"},
        {Key::PacketType, Hook::Input, "dst=224.0.0.1", "2"},
        {Key::PacketType, Hook::BridgeForward, "", "unknown"},
        {Key::SocketUser, Hook::Input, "", "absent"},
        {Key::SocketUser, Hook::Output, "type=8", "unknown"},
        {Key::SocketUser, Hook::Output, "type=0 ct=established", "absent"},
        {Key::SocketLookup, Hook::Input, "", "absent"},
        {Key::SocketLookup, Hook::Input, "proto=tcp", "unknown"},
        {Key::Length, Hook::Egress, "len=84", "98"},
        {Key::Length, Hook::BridgeInput, "len=40", "unknown"},
        {Key::CtDirection, Hook::Input, "ct=new", "0"},
        {Key::CtDirection, Hook::Input, "ct=established type=0", "1"},
        {Key::CtDirection, Hook::Input, "ct=established proto=tcp", "unknown"},
        {Key::CtDirection, Hook::Input, "ct=untracked", "absent"},
        {Key::CtStatus, Hook::Input, "ct=new", "unknown"},
        {Key::CtMark, Hook::Input, "ct=new", "0"},
        {Key::CtMark, Hook::Input, "ct=established", "unknown"},
        {Key::CtZone, Hook::Input, "ct=invalid", "absent"},
        {Key::CtOriginalIp4Source, Hook::Input, "ct=new", "unknown"},
        {Key::CtOriginalIp4Source, Hook::Input, "ct=new ctstatus=0", "3232266753"},
        {Key::CtReplyIp4Source, Hook::Input, "ct=new ctstatus=0", "3232266829"},
        {Key::CtOriginalIp4Source, Hook::Input, "ct=new ctstatus=32", "unknown"},
        {Key::CtOriginalIp6Source, Hook::Input, "ct=new ctstatus=0", "absent"},
        {Key::CtOriginalDestinationPort, Hook::Input, "ct=new ctstatus=0 proto=tcp dport=22", "22"},
        {Key::ReversePath, Hook::Prerouting, "", "unknown"},
        {Key::ReversePath, Hook::Prerouting, "reverse=1", "1"},
        {Key::ReversePath, Hook::Prerouting, "iif=lo", "1"},
        {Key::NfProtocol, Hook::Input, "", "2"},
        {Key::IpsecPath, Hook::Input, "", "0"},
        {Key::Random, Hook::Input, "", "unknown"},
    }));
    INFO(textOf(each.key) << ' ' << name(each.hook) << ' ' << each.packet);
    CHECK(shown(each.key, each.hook, each.packet) == each.value);
}

TEST_CASE("part of a value may be known where the whole is not")
{
    const auto plain = packet("");
    const auto offset = evaluate(Key::Ip4FragmentOffset, {plain, Hook::Input, plain.ct});
    CHECK((offset.certain.low & 0xffff) == 0xbfff);
    CHECK(offset.value.low == 0);
    const auto first = packet("frag=0");
    CHECK(evaluate(Key::Ip4FragmentOffset, {first, Hook::Input, first.ct}).value.low == 0x2000);
    const auto later = packet("frag=1480");
    const auto value = evaluate(Key::Ip4FragmentOffset, {later, Hook::Input, later.ct});
    CHECK(value.value.low == 185);
    CHECK((value.certain.low & 0xffff) == 0x9fff);
    const auto echo = packet("ct=established");
    const auto status = evaluate(Key::CtStatus, {echo, Hook::Input, echo.ct});
    CHECK((status.certain.low & 0x2e) == 0xe);
    CHECK((status.value.low & 0xe) == 0xa);
}

TEST_CASE("bridge, ARP and device see the packet in their own way")
{
    const auto bridged = "iif=br0 physin=vnet0 oif=br0 physout=vnet1";
    CHECK(shown(Key::InputName, Hook::Forward, bridged) == std::to_string(fromName("br0").low));
    const auto named = [&](Key key, Hook hook, std::string_view device) {
        const auto asked = packet(bridged);
        return evaluate(key, {asked, hook, asked.ct}).value == fromName(device);
    };
    CHECK(named(Key::InputName, Hook::Forward, "br0"));
    CHECK(named(Key::InputPort, Hook::Forward, "vnet0"));
    CHECK(named(Key::InputName, Hook::BridgeForward, "vnet0"));
    CHECK(named(Key::OutputName, Hook::BridgeForward, "vnet1"));
    CHECK(named(Key::InputBridge, Hook::BridgeForward, "br0"));
    CHECK(named(Key::InputName, Hook::BridgeOutput, ""));
    CHECK(named(Key::OutputName, Hook::BridgeInput, ""));
    CHECK(shown(Key::InputType, Hook::BridgeForward, bridged) == "1");
    CHECK(shown(Key::InputBridge, Hook::BridgeForward, "iif=vnet0") == "unknown");
    CHECK(shown(Key::NfProtocol, Hook::BridgeForward, bridged, ProtocolFamily::Bridge) == "7");
    CHECK(shown(Key::NfProtocol, Hook::Ingress, "", ProtocolFamily::Netdev) == "5");
    const auto request = "ethertype=0x0806 op=1 smac=02:00:00:00:00:01 dmac=ff:ff:ff:ff:ff:ff";
    CHECK(shown(Key::ArpOperation, Hook::ArpInput, request, ProtocolFamily::Arp) == "1");
    CHECK(shown(Key::ArpSenderMac, Hook::ArpInput, request, ProtocolFamily::Arp) == "2199023255553");
    CHECK(shown(Key::ArpTargetMac, Hook::ArpInput, request, ProtocolFamily::Arp) == "0");
    CHECK(shown(Key::ArpSenderAddress, Hook::ArpInput, request, ProtocolFamily::Arp) == "3232266753");
    CHECK(shown(Key::Ip4Source, Hook::BridgeForward, request, ProtocolFamily::Bridge) == "absent");
    CHECK(shown(Key::L4Protocol, Hook::BridgeForward, request, ProtocolFamily::Bridge) == "absent");
    CHECK(shown(Key::EtherProtocol, Hook::BridgeForward, request, ProtocolFamily::Bridge) == "2054");
    CHECK(shown(Key::ArpOperation, Hook::BridgeForward, "", ProtocolFamily::Bridge) == "absent");
}
