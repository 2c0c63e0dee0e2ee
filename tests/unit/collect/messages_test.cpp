// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "collect/linux/netlink/attached.h"
#include "collect/linux/netlink/bridges.h"
#include "collect/linux/netlink/links.h"
#include "collect/linux/netlink/transforms.h"

#include <QByteArray>

#include <cstring>
#include <fstream>
#include <map>
#include <string>

#include <linux/rtnetlink.h>

using namespace bothways;
using collect::NameOf;

namespace {

/// A recorded message in memory that is aligned as netlink's is.
struct Message {
    explicit Message(const QByteArray &bytes) : words(static_cast<std::size_t>(bytes.size() + 3) / 4)
    {
        std::memcpy(words.data(), bytes.constData(), static_cast<std::size_t>(bytes.size()));
    }
    const nlmsghdr &header() const { return *static_cast<const nlmsghdr *>(static_cast<const void *>(words.data())); }
    std::vector<std::uint32_t> words;
};

QByteArray recorded(const std::string &name)
{
    std::ifstream file(BOTHWAYS_TEST_DATA "/netlink/messages.hex");
    std::string line;
    while (std::getline(file, line)) {
        if (line.compare(0, name.size() + 1, name + ' ') == 0) {
            return QByteArray::fromHex(QByteArray::fromStdString(line.substr(name.size() + 1)));
        }
    }
    FAIL("no message " + name);
    return {};
}

/// The same message cut short in every length: nothing may be read beyond, which the sanitizers would see.
template <typename Parse>
void cutShort(const QByteArray &bytes, const Parse &parse)
{
    for (qsizetype length = sizeof(nlmsghdr); length < bytes.size(); ++length) {
        QByteArray cut = bytes.left(length);
        const auto told = static_cast<std::uint32_t>(length);
        std::memcpy(cut.data(), &told, sizeof(told));
        const Message message(cut);
        parse(message.header());
    }
}

QString named(std::uint32_t index) { return index == 0 ? QString() : QStringLiteral("if%1").arg(index); }

evidence::Link link(const std::string &name)
{
    const auto bytes = recorded(name);
    cutShort(bytes, [](const nlmsghdr &message) { (void)collect::parseLink(message); });
    const Message message(bytes);
    const auto read = collect::parseLink(message.header());
    REQUIRE(read);
    return read->link;
}

} // namespace

TEST_CASE("VLANs of a port come as ranges, those of the bridge itself as the bridge's")
{
    const auto bytes = recorded("vlans-port");
    cutShort(bytes, [](const nlmsghdr &message) { (void)collect::parsePortVlans(message, named); });
    const Message message(bytes);
    const auto port = collect::parsePortVlans(message.header(), named);
    using evidence::PortVlans;
    CHECK(port == std::vector<PortVlans>{{QStringLiteral("if4"), 5, 5, true, true},
                                         {QStringLiteral("if4"), 20, 23, false, false},
                                         {QStringLiteral("if4"), 40, 40, false, false}});
    const Message other(recorded("vlans-bridge"));
    const auto bridge = collect::parsePortVlans(other.header(), named);
    CHECK(bridge ==
          std::vector<PortVlans>{{QStringLiteral("if2"), 5, 5, false, true}, {QStringLiteral("if2"), 7, 7, true, true}});
}

TEST_CASE("multicast groups and ports with a router are read for both families")
{
    const auto bytes = recorded("groups");
    cutShort(bytes, [](const nlmsghdr &message) { (void)collect::parseMulticastMembers(message, named); });
    const Message message(bytes);
    const auto members = collect::parseMulticastMembers(message.header(), named);
    REQUIRE(members.size() == 6);
    CHECK(members[0].group == net::IpAddress::parse("ff02::1:ff00:44"));
    CHECK(members[0].port == QStringLiteral("if3"));
    CHECK_FALSE(members[0].permanent);
    CHECK(members[1].group == net::IpAddress::parse("239.1.2.3"));
    CHECK(members[1].permanent);
    CHECK(members[4].port == members[4].bridge);
    CHECK_FALSE(members[5].group);
    CHECK(members[5].permanent);
}

TEST_CASE("an IPsec policy is read with its selector and whether it transforms")
{
    const auto bytes = recorded("policy-tunnel");
    cutShort(bytes, [](const nlmsghdr &message) { (void)collect::parseTransformPolicy(message, named); });
    const Message message(bytes);
    const auto tunnel = collect::parseTransformPolicy(message.header(), named);
    REQUIRE(tunnel);
    CHECK(tunnel->direction == evidence::TransformDirection::Out);
    CHECK(tunnel->action == evidence::TransformAction::Allow);
    CHECK(tunnel->source == net::Prefix::parse("10.61.7.0/24"));
    CHECK(tunnel->destination == net::Prefix::parse("10.8.0.0/16"));
    CHECK(tunnel->protocol == 17);
    CHECK(tunnel->priority == 7);
    CHECK(tunnel->templates == 1);
    const Message other(recorded("policy-block"));
    const auto block = collect::parseTransformPolicy(other.header(), named);
    REQUIRE(block);
    CHECK(block->direction == evidence::TransformDirection::In);
    CHECK(block->action == evidence::TransformAction::Block);
    CHECK(block->templates == 0);
}

TEST_CASE("filters of tc and XDP programs are named with their place")
{
    const Message holder(recorded("qdisc-clsact"));
    CHECK(collect::parseFilterHolder(holder.header()) == 3U);
    const Message announced(recorded("filter-announced"));
    CHECK_FALSE(collect::parseFilter(announced.header(), evidence::ProgramHook::Ingress, named));
    const auto bytes = recorded("filter-matchall");
    cutShort(bytes, [](const nlmsghdr &message) { (void)collect::parseFilter(message, evidence::ProgramHook::Ingress, named); });
    const Message message(bytes);
    const auto filter = collect::parseFilter(message.header(), evidence::ProgramHook::Ingress, named);
    REQUIRE(filter);
    CHECK(filter->interface == QStringLiteral("if4"));
    CHECK(filter->kind == QStringLiteral("matchall"));
    CHECK(filter->hook == evidence::ProgramHook::Ingress);
    CHECK(filter->priority == 5);
    CHECK(filter->id == 1);
    const Message classic(recorded("filter-bpf"));
    const auto bpf = collect::parseFilter(classic.header(), evidence::ProgramHook::Egress, named);
    REQUIRE(bpf);
    CHECK(bpf->kind == QStringLiteral("bpf"));
    CHECK(bpf->priority == 7);
    const Message attached(recorded("link-pair-elsewhere"));
    const auto xdp = collect::parseXdp(attached.header(), named);
    REQUIRE(xdp);
    CHECK(xdp->hook == evidence::ProgramHook::Xdp);
    CHECK(xdp->id == 97);
    const Message plain(recorded("link-pair"));
    CHECK_FALSE(collect::parseXdp(plain.header(), named));
}

TEST_CASE("a link tells what kind of link it is")
{
    const auto bridge = link("link-bridge");
    REQUIRE(bridge.bridge);
    CHECK(bridge.bridge->vlanFiltering);
    CHECK(bridge.bridge->defaultPvid == 5);
    CHECK(bridge.bridge->multicastSnooping);
    CHECK_FALSE(bridge.bridge->multicastQuerier);
    CHECK_FALSE(bridge.bridge->callIptables);
    CHECK(link("link-vlan").vlan == 30);
    CHECK(link("link-vrf").table == 77U);
    CHECK_FALSE(link("link-vrf").vlan);
}

TEST_CASE("the other end of a pair is here, or in another namespace")
{
    const Message message(recorded("link-pair"));
    const auto here = collect::parseLink(message.header());
    REQUIRE(here);
    CHECK(here->peer == 4);
    CHECK(here->lower == 0);
    CHECK_FALSE(here->link.peerNamespace);
    const Message other(recorded("link-pair-elsewhere"));
    const auto elsewhere = collect::parseLink(other.header());
    REQUIRE(elsewhere);
    CHECK(elsewhere->peer == 0);
    CHECK(elsewhere->lower == 0);
    CHECK(elsewhere->link.peerNamespace == 0);
    REQUIRE(elsewhere->link.port);
}
