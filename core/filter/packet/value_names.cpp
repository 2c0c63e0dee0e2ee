// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/packet/value_names.h"

#include "filter/packet/service_names.h"

#include <algorithm>
#include <array>
#include <span>

namespace bothways::filter {
namespace {

struct Name {
    std::string_view text;
    std::uint64_t number;
};

// The first name of a number is the one to show.
constexpr std::array protocols{
    Name{"icmp", 1},        Name{"igmp", 2},       Name{"tcp", 6},          Name{"udp", 17},
    Name{"ipv6-icmp", 58},  Name{"icmpv6", 58},    Name{"ip", 0},           Name{"hopopt", 0},
    Name{"ggp", 3},         Name{"ipencap", 4},    Name{"ipip", 94},        Name{"st", 5},
    Name{"egp", 8},         Name{"igp", 9},        Name{"pup", 12},         Name{"hmp", 20},
    Name{"xns-idp", 22},    Name{"rdp", 27},       Name{"iso-tp4", 29},     Name{"dccp", 33},
    Name{"xtp", 36},        Name{"ddp", 37},       Name{"idpr-cmtp", 38},   Name{"ipv6", 41},
    Name{"ipv6-route", 43}, Name{"ipv6-frag", 44}, Name{"idrp", 45},        Name{"rsvp", 46},
    Name{"gre", 47},        Name{"esp", 50},       Name{"ipv6-crypt", 50},  Name{"ah", 51},
    Name{"ipv6-auth", 51},  Name{"skip", 57},      Name{"ipv6-nonxt", 59},  Name{"ipv6-opts", 60},
    Name{"rspf", 73},       Name{"vmtp", 81},      Name{"eigrp", 88},       Name{"ospf", 89},
    Name{"ax.25", 93},      Name{"etherip", 97},   Name{"encap", 98},       Name{"pim", 103},
    Name{"ipcomp", 108},    Name{"comp", 108},     Name{"vrrp", 112},       Name{"l2tp", 115},
    Name{"isis", 124},      Name{"sctp", 132},     Name{"fc", 133},         Name{"mobility-header", 135},
    Name{"ipv6-mh", 135},   Name{"udplite", 136},  Name{"mpls-in-ip", 137}, Name{"manet", 138},
    Name{"hip", 139},       Name{"shim6", 140},    Name{"wesp", 141},       Name{"rohc", 142},
    Name{"ethernet", 143},
};

constexpr std::array icmpTypes{
    Name{"echo-reply", 0},
    Name{"destination-unreachable", 3},
    Name{"source-quench", 4},
    Name{"redirect", 5},
    Name{"echo-request", 8},
    Name{"router-advertisement", 9},
    Name{"router-solicitation", 10},
    Name{"time-exceeded", 11},
    Name{"parameter-problem", 12},
    Name{"timestamp-request", 13},
    Name{"timestamp-reply", 14},
    Name{"info-request", 15},
    Name{"info-reply", 16},
    Name{"address-mask-request", 17},
    Name{"address-mask-reply", 18},
    Name{"pong", 0},
    Name{"ping", 8},
    Name{"ttl-exceeded", 11},
};

constexpr std::array icmpCodes{
    Name{"net-unreachable", 0}, Name{"host-unreachable", 1}, Name{"prot-unreachable", 2}, Name{"port-unreachable", 3},
    Name{"frag-needed", 4},     Name{"net-prohibited", 9},   Name{"host-prohibited", 10}, Name{"admin-prohibited", 13},
};

constexpr std::array icmpv6Types{
    Name{"destination-unreachable", 1},
    Name{"packet-too-big", 2},
    Name{"time-exceeded", 3},
    Name{"parameter-problem", 4},
    Name{"echo-request", 128},
    Name{"echo-reply", 129},
    Name{"mld-listener-query", 130},
    Name{"mld-listener-report", 131},
    Name{"mld-listener-done", 132},
    Name{"mld-listener-reduction", 132},
    Name{"nd-router-solicit", 133},
    Name{"nd-router-advert", 134},
    Name{"nd-neighbor-solicit", 135},
    Name{"nd-neighbor-advert", 136},
    Name{"nd-redirect", 137},
    Name{"router-renumbering", 138},
    Name{"ind-neighbor-solicit", 141},
    Name{"ind-neighbor-advert", 142},
    Name{"mld2-listener-report", 143},
    Name{"router-solicitation", 133},
    Name{"router-advertisement", 134},
    Name{"neighbour-solicitation", 135},
    Name{"neighbor-solicitation", 135},
    Name{"neighbour-advertisement", 136},
    Name{"neighbor-advertisement", 136},
    Name{"redirect", 137},
    Name{"ttl-exceeded", 3},
};

constexpr std::array icmpv6Codes{
    Name{"no-route", 0},         Name{"admin-prohibited", 1}, Name{"addr-unreachable", 3},
    Name{"port-unreachable", 4}, Name{"policy-fail", 5},      Name{"reject-route", 6},
};

constexpr std::array nfProtocols{Name{"ipv4", 2}, Name{"ipv6", 10}};

constexpr std::array etherProtocols{
    Name{"ip", 0x0800},   Name{"ip6", 0x86dd},   Name{"arp", 0x0806},
    Name{"vlan", 0x8100}, Name{"8021q", 0x8100}, Name{"8021ad", 0x88a8},
};

constexpr std::array ctStates{
    Name{"invalid", 1}, Name{"established", 2}, Name{"related", 4}, Name{"new", 8}, Name{"untracked", 64},
};

constexpr std::array tcpFlags{
    Name{"fin", 0x01}, Name{"syn", 0x02}, Name{"rst", 0x04}, Name{"psh", 0x08},
    Name{"ack", 0x10}, Name{"urg", 0x20}, Name{"ecn", 0x40}, Name{"cwr", 0x80},
};

constexpr std::array addressTypes{
    Name{"unspec", 0},   Name{"unicast", 1},   Name{"local", 2},     Name{"broadcast", 3},
    Name{"anycast", 4},  Name{"multicast", 5}, Name{"blackhole", 6}, Name{"unreachable", 7},
    Name{"prohibit", 8}, Name{"throw", 9},     Name{"nat", 10},      Name{"xresolve", 11},
};

constexpr std::array booleans{Name{"missing", 0}, Name{"exists", 1}};

constexpr std::array dscps{
    Name{"cs0", 0x00},   Name{"cs1", 0x08},  Name{"cs2", 0x10},  Name{"cs3", 0x18},  Name{"cs4", 0x20},
    Name{"cs5", 0x28},   Name{"cs6", 0x30},  Name{"cs7", 0x38},  Name{"df", 0x00},   Name{"be", 0x00},
    Name{"lephb", 0x01}, Name{"af11", 0x0a}, Name{"af12", 0x0c}, Name{"af13", 0x0e}, Name{"af21", 0x12},
    Name{"af22", 0x14},  Name{"af23", 0x16}, Name{"af31", 0x1a}, Name{"af32", 0x1c}, Name{"af33", 0x1e},
    Name{"af41", 0x22},  Name{"af42", 0x24}, Name{"af43", 0x26}, Name{"va", 0x2c},   Name{"ef", 0x2e},
};

constexpr std::array ecns{Name{"not-ect", 0}, Name{"ect1", 1}, Name{"ect0", 2}, Name{"ce", 3}};

constexpr std::array arpOperations{
    Name{"request", 1},   Name{"reply", 2},   Name{"rrequest", 3}, Name{"rreply", 4},
    Name{"inrequest", 8}, Name{"inreply", 9}, Name{"nak", 10},
};

constexpr std::array packetTypes{
    Name{"host", 0}, Name{"unicast", 0}, Name{"broadcast", 1}, Name{"multicast", 2}, Name{"other", 3},
};

constexpr std::array interfaceTypes{
    Name{"ether", 1},      Name{"ppp", 512}, Name{"ipip", 768},  Name{"ipip6", 769},
    Name{"loopback", 772}, Name{"sit", 776}, Name{"ipgre", 778}, Name{"none", 0xfffe},
};

constexpr std::array ctDirections{Name{"original", 0}, Name{"reply", 1}};

constexpr std::array ctStatuses{
    Name{"expected", 1}, Name{"seen-reply", 2}, Name{"assured", 4}, Name{"confirmed", 8},
    Name{"snat", 16},    Name{"dnat", 32},      Name{"dying", 512},
};

constexpr std::array igmpTypes{
    Name{"membership-query", 0x11},     Name{"membership-report-v1", 0x12}, Name{"membership-report-v2", 0x16},
    Name{"membership-report-v3", 0x22}, Name{"leave-group", 0x17},
};

constexpr std::array dccpPacketTypes{
    Name{"request", 0},  Name{"response", 1}, Name{"data", 2},  Name{"ack", 3},  Name{"dataack", 4},
    Name{"closereq", 5}, Name{"close", 6},    Name{"reset", 7}, Name{"sync", 8}, Name{"syncack", 9},
};

std::span<const Name> names(Type type)
{
    switch (type) {
    case Type::Protocol:
        return protocols;
    case Type::IcmpType:
        return icmpTypes;
    case Type::IcmpCode:
        return icmpCodes;
    case Type::Icmpv6Type:
        return icmpv6Types;
    case Type::Icmpv6Code:
        return icmpv6Codes;
    case Type::NfProtocol:
        return nfProtocols;
    case Type::EtherProtocol:
        return etherProtocols;
    case Type::CtState:
        return ctStates;
    case Type::TcpFlag:
        return tcpFlags;
    case Type::AddressType:
        return addressTypes;
    case Type::Boolean:
        return booleans;
    case Type::Dscp:
        return dscps;
    case Type::Ecn:
        return ecns;
    case Type::ArpOperation:
        return arpOperations;
    case Type::PacketType:
        return packetTypes;
    case Type::InterfaceType:
        return interfaceTypes;
    case Type::CtDirection:
        return ctDirections;
    case Type::CtStatus:
        return ctStatuses;
    case Type::IgmpType:
        return igmpTypes;
    case Type::DccpPacketType:
        return dccpPacketTypes;
    default:
        return {};
    }
}

} // namespace

std::optional<std::uint64_t> numberOf(Type type, std::string_view name)
{
    if (type == Type::Service) {
        return servicePort(name);
    }
    const auto all = names(type);
    const auto found = std::find_if(all.begin(), all.end(), [name](const Name &each) { return each.text == name; });
    return found == all.end() ? std::nullopt : std::optional(found->number);
}

std::string_view nameOf(Type type, std::uint64_t number)
{
    const auto all = names(type);
    const auto found = std::find_if(all.begin(), all.end(), [number](const Name &each) { return each.number == number; });
    return found == all.end() ? std::string_view{} : found->text;
}

} // namespace bothways::filter
