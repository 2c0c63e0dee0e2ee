// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/reading.h"
#include "evidence/ruleset_format.h"
#include "net/address.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// What one machine (host or guest) knows about its own network. The same shape for both ends, whatever read it.
namespace bothways::evidence {

template <>
struct Words<net::Family> {
    static constexpr Word<net::Family> all[] = {{net::Family::v4, "ipv4"}, {net::Family::v6, "ipv6"}};
};

/// IEEE 802.1D, IFLA_BRPORT_STATE.
enum class PortState { Unknown, Disabled, Listening, Learning, Forwarding, Blocking, Other };
template <>
struct Words<PortState> {
    static constexpr Word<PortState> all[] = {
        {PortState::Unknown, ""},          {PortState::Disabled, "disabled"},     {PortState::Listening, "listening"},
        {PortState::Learning, "learning"}, {PortState::Forwarding, "forwarding"}, {PortState::Blocking, "blocking"}};
};

/// Bridge port flags (linux/if_link.h, IFLA_BRPORT_*).
struct BridgePort {
    Worded<PortState> state;
    bool isolated = false;
    bool learning = true;
    bool flood = true;
    bool locked = false;
    bool hairpin = false;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("state", self.state);
        visit("isolated", self.isolated);
        visit("learning", self.learning);
        visit("flood", self.flood);
        visit("locked", self.locked);
        visit("hairpin", self.hairpin);
    }
    bool operator==(const BridgePort &) const = default;
};

/// How a bridge itself is set (linux/if_link.h, IFLA_BR_*). An option that this kernel does not have keeps its value here.
struct BridgeOptions {
    bool vlanFiltering = false;
    int defaultPvid = 1; ///< VLAN that a new port is put into; 0: none
    bool spanningTree = false;
    bool multicastSnooping = false;
    bool multicastQuerier = false; ///< it asks for members itself
    bool otherQuerier4 = false;    ///< somebody on the bridge asks for members of IPv4 groups
    bool otherQuerier6 = false;
    bool callIptables = false; ///< nf_call_iptables of this bridge, beside net.bridge.bridge-nf-call-iptables
    bool callIp6tables = false;
    bool callArptables = false;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("vlan_filtering", self.vlanFiltering);
        visit("default_pvid", self.defaultPvid);
        visit("spanning_tree", self.spanningTree);
        visit("multicast_snooping", self.multicastSnooping);
        visit("multicast_querier", self.multicastQuerier);
        visit("other_querier4", self.otherQuerier4);
        visit("other_querier6", self.otherQuerier6);
        visit("call_iptables", self.callIptables);
        visit("call_ip6tables", self.callIp6tables);
        visit("call_arptables", self.callArptables);
    }
    bool operator==(const BridgeOptions &) const = default;
};

/// IFLA_STATS64, since the link exists. Packets, not bytes.
struct LinkCounters {
    qint64 rxPackets = 0;
    qint64 txPackets = 0;
    qint64 rxErrors = 0;
    qint64 txErrors = 0;
    qint64 rxDropped = 0;
    qint64 txDropped = 0;

    /// An interface without statistics, or a session that names none, has 0 everywhere: nothing can have grown since then.
    bool areRead() const { return *this != LinkCounters{}; }

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("rx_packets", self.rxPackets);
        visit("tx_packets", self.txPackets);
        visit("rx_errors", self.rxErrors);
        visit("tx_errors", self.txErrors);
        visit("rx_dropped", self.rxDropped);
        visit("tx_dropped", self.txDropped);
    }
    bool operator==(const LinkCounters &) const = default;
};

/// IFLA_INFO_KIND, as far as it decides something here. Hardware has none.
enum class LinkKind {
    Hardware,
    Bridge,
    OpenVswitch,
    Veth,
    Netkit,
    Tun,
    Vlan,
    Macvlan,
    Macvtap,
    Ipvlan,
    Bond,
    Vrf,
    Dummy,
    Wireguard,
    Other
};
template <>
struct Words<LinkKind> {
    static constexpr Word<LinkKind> all[] = {
        {LinkKind::Hardware, ""},     {LinkKind::Bridge, "bridge"},      {LinkKind::OpenVswitch, "openvswitch"},
        {LinkKind::Veth, "veth"},     {LinkKind::Netkit, "netkit"},      {LinkKind::Tun, "tun"},
        {LinkKind::Vlan, "vlan"},     {LinkKind::Macvlan, "macvlan"},    {LinkKind::Macvtap, "macvtap"},
        {LinkKind::Ipvlan, "ipvlan"}, {LinkKind::Bond, "bond"},          {LinkKind::Vrf, "vrf"},
        {LinkKind::Dummy, "dummy"},   {LinkKind::Wireguard, "wireguard"}};
};

/// RFC 2863, IFLA_OPERSTATE.
enum class OperState { NotTold, Unknown, NotPresent, Down, LowerLayerDown, Testing, Dormant, Up, Other };
template <>
struct Words<OperState> {
    static constexpr Word<OperState> all[] = {{OperState::NotTold, ""},
                                              {OperState::Unknown, "UNKNOWN"},
                                              {OperState::NotPresent, "NOTPRESENT"},
                                              {OperState::Down, "DOWN"},
                                              {OperState::LowerLayerDown, "LOWERLAYERDOWN"},
                                              {OperState::Testing, "TESTING"},
                                              {OperState::Dormant, "DORMANT"},
                                              {OperState::Up, "UP"}};
};

struct Link {
    int index = 0;
    QString name;
    Worded<LinkKind> kind;
    QString mode;                     ///< of macvlan, macvtap, bond, and "tun" or "tap" of a tun; empty otherwise
    QString master;                   ///< name of the bridge or bond it is a port of; empty if none
    QString lower;                    ///< name of the link it sits on (macvtap, vlan); empty if none or in another namespace
    QString peer;                     ///< the other end of a pair (veth), where that is in this namespace; empty otherwise
    std::optional<int> peerNamespace; ///< of a pair whose other end is in another namespace: its id here, -1 where it has none
    std::optional<int> vlan;          ///< id of a VLAN link
    std::optional<quint32> table;     ///< routing table of a VRF
    Worded<OperState> operState;
    QString driver; ///< empty if not known
    std::optional<net::MacAddress> mac;
    quint32 mtu = 0;      ///< bytes
    bool up = false;      ///< IFF_UP: administratively up
    bool carrier = false; ///< IFF_LOWER_UP
    bool wireless = false;
    bool loopback = false;
    LinkCounters counters;
    std::optional<BridgePort> port;      ///< present when it is a bridge port
    std::optional<BridgeOptions> bridge; ///< present when it is a bridge whose options were read

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("index", self.index);
        visit("name", self.name);
        visit("kind", self.kind);
        visit("mode", self.mode);
        visit("master", self.master);
        visit("lower", self.lower);
        visit("peer", self.peer);
        visit("peer_namespace", self.peerNamespace);
        visit("vlan", self.vlan);
        visit("table", self.table);
        visit("oper_state", self.operState);
        visit("driver", self.driver);
        visit("mac", self.mac);
        visit("mtu", self.mtu);
        visit("up", self.up);
        visit("carrier", self.carrier);
        visit("wireless", self.wireless);
        visit("loopback", self.loopback);
        visit("counters", self.counters);
        visit("port", self.port);
        visit("bridge", self.bridge);
    }
    bool operator==(const Link &) const = default;
};

/// rt_scope_t, of addresses and routes.
enum class AddressScope { NotTold, Global, Site, Link, Host, Nowhere, Other };
template <>
struct Words<AddressScope> {
    static constexpr Word<AddressScope> all[] = {{AddressScope::NotTold, ""},  {AddressScope::Global, "global"},
                                                 {AddressScope::Site, "site"}, {AddressScope::Link, "link"},
                                                 {AddressScope::Host, "host"}, {AddressScope::Nowhere, "nowhere"}};
};

struct InterfaceAddress {
    QString interface;
    net::Prefix prefix; ///< address with host bits, and length
    Worded<AddressScope> scope;
    bool secondary = false;
    bool tentative = false;
    bool dadFailed = false; ///< IPv6 duplicate address detection found another owner

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("interface", self.interface);
        visit("prefix", self.prefix);
        visit("scope", self.scope);
        visit("secondary", self.secondary);
        visit("tentative", self.tentative);
        visit("dad_failed", self.dadFailed);
    }
    bool operator==(const InterfaceAddress &) const = default;
};

struct NextHop {
    QString interface;
    std::optional<net::IpAddress> gateway;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("interface", self.interface);
        visit("gateway", self.gateway);
    }
    bool operator==(const NextHop &) const = default;
};

/// RTN_*, by the names that ip-route(8) prints.
enum class RouteType {
    NotTold,
    Unspecified,
    Unicast,
    Local,
    Broadcast,
    Anycast,
    Multicast,
    Blackhole,
    Unreachable,
    Prohibit,
    Throw,
    Nat,
    ExternalResolve,
    Other
};
template <>
struct Words<RouteType> {
    static constexpr Word<RouteType> all[] = {{RouteType::NotTold, ""},
                                              {RouteType::Unspecified, "unspec"},
                                              {RouteType::Unicast, "unicast"},
                                              {RouteType::Local, "local"},
                                              {RouteType::Broadcast, "broadcast"},
                                              {RouteType::Anycast, "anycast"},
                                              {RouteType::Multicast, "multicast"},
                                              {RouteType::Blackhole, "blackhole"},
                                              {RouteType::Unreachable, "unreachable"},
                                              {RouteType::Prohibit, "prohibit"},
                                              {RouteType::Throw, "throw"},
                                              {RouteType::Nat, "nat"},
                                              {RouteType::ExternalResolve, "xresolve"}};
};

struct Route {
    net::Prefix destination; ///< length 0 is the default route of its family
    Worded<RouteType> type = RouteType::Unicast;
    std::vector<NextHop> nextHops; ///< one for a plain route, several for multipath, none for blackhole and its kin
    std::optional<net::IpAddress> preferredSource;
    quint32 metric = 0;
    quint32 table = 254; ///< 254 main, 255 local
    QString protocol;    ///< who made it, as the system calls it: kernel, boot, static, dhcp, or what an administrator named
    Worded<AddressScope> scope;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("destination", self.destination);
        visit("type", self.type);
        visit("next_hops", self.nextHops);
        visit("preferred_source", self.preferredSource);
        visit("metric", self.metric);
        visit("table", self.table);
        visit("protocol", self.protocol);
        visit("scope", self.scope);
    }
    bool operator==(const Route &) const = default;
};

/// Closed range of ports or user numbers.
struct NumberRange {
    quint32 first = 0;
    quint32 last = 0;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("first", self.first);
        visit("last", self.last);
    }
    bool operator==(const NumberRange &) const = default;
};

/// FR_ACT_* of linux/fib_rules.h.
enum class RuleAction { NotTold, Table, Goto, Nop, Blackhole, Unreachable, Prohibit, Other };
template <>
struct Words<RuleAction> {
    static constexpr Word<RuleAction> all[] = {
        {RuleAction::NotTold, ""},         {RuleAction::Table, "table"},         {RuleAction::Goto, "goto"},
        {RuleAction::Nop, "nop"},          {RuleAction::Blackhole, "blackhole"}, {RuleAction::Unreachable, "unreachable"},
        {RuleAction::Prohibit, "prohibit"}};
};

struct PolicyRule {
    quint32 priority = 0;
    net::Family family = net::Family::v4;
    std::optional<net::Prefix> source;
    std::optional<net::Prefix> destination;
    QString inputInterface;
    QString outputInterface;
    std::optional<quint32> mark;
    std::optional<quint32> markMask; ///< which bits of the mark count; empty: all of them, or not told
    int tos = 0;                     ///< 0: any
    std::optional<int> protocol;     ///< IANA number
    std::optional<NumberRange> sourcePorts;
    std::optional<NumberRange> destinationPorts;
    std::optional<NumberRange> users;
    std::vector<QString> others; ///< names of further selectors that it has: a packet must fit these too
    bool inverted = false;
    Worded<RuleAction> action;
    quint32 table = 0;
    std::optional<int> suppressPrefixLength;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("priority", self.priority);
        visit("family", self.family);
        visit("source", self.source);
        visit("destination", self.destination);
        visit("input_interface", self.inputInterface);
        visit("output_interface", self.outputInterface);
        visit("mark", self.mark);
        visit("mark_mask", self.markMask);
        visit("tos", self.tos);
        visit("protocol", self.protocol);
        visit("source_ports", self.sourcePorts);
        visit("destination_ports", self.destinationPorts);
        visit("users", self.users);
        visit("others", self.others);
        visit("inverted", self.inverted);
        visit("action", self.action);
        visit("table", self.table);
        visit("suppress_prefix_length", self.suppressPrefixLength);
    }
    bool operator==(const PolicyRule &) const = default;
};

/// The kernel's own answer to "how would you send to X [from S]", or with an input interface "what would you do with a packet
/// from S to X that comes in there" (RTM_GETROUTE).
struct RouteAnswer {
    net::IpAddress destination;
    std::optional<net::IpAddress> from; ///< source that was asked for
    QString inputInterface;             ///< that was asked for; empty: a packet of the machine's own
    int error = 0;                      ///< errno of the answer; 0 when a route came back
    Worded<RouteType> type;
    QString interface;
    std::optional<net::IpAddress> gateway;
    std::optional<net::IpAddress> source; ///< source the kernel would choose
    quint32 table = 0;
    std::optional<net::Prefix> matched; ///< the route that matched (RTM_F_FIB_MATCH), where the kernel tells

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("destination", self.destination);
        visit("from", self.from);
        visit("input_interface", self.inputInterface);
        visit("error", self.error);
        visit("type", self.type);
        visit("interface", self.interface);
        visit("gateway", self.gateway);
        visit("source", self.source);
        visit("table", self.table);
        visit("matched", self.matched);
    }
    bool operator==(const RouteAnswer &) const = default;
};

/// NUD_* of linux/neighbour.h; Windows' states are told by the same words.
enum class NeighbourState { NotTold, None, Incomplete, Reachable, Stale, Delay, Probe, Failed, Noarp, Permanent, Other };
template <>
struct Words<NeighbourState> {
    static constexpr Word<NeighbourState> all[] = {{NeighbourState::NotTold, ""},
                                                   {NeighbourState::None, "NONE"},
                                                   {NeighbourState::Incomplete, "INCOMPLETE"},
                                                   {NeighbourState::Reachable, "REACHABLE"},
                                                   {NeighbourState::Stale, "STALE"},
                                                   {NeighbourState::Delay, "DELAY"},
                                                   {NeighbourState::Probe, "PROBE"},
                                                   {NeighbourState::Failed, "FAILED"},
                                                   {NeighbourState::Noarp, "NOARP"},
                                                   {NeighbourState::Permanent, "PERMANENT"}};
};

struct Neighbour {
    net::IpAddress address;
    QString interface;
    std::optional<net::MacAddress> mac;
    Worded<NeighbourState> state;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("address", self.address);
        visit("interface", self.interface);
        visit("mac", self.mac);
        visit("state", self.state);
    }
    bool operator==(const Neighbour &) const = default;
};

struct FdbEntry {
    net::MacAddress mac;
    QString port;
    QString bridge;
    int vlan = 0;
    bool permanent = false; ///< the port's own address
    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("mac", self.mac);
        visit("port", self.port);
        visit("bridge", self.bridge);
        visit("vlan", self.vlan);
        visit("permanent", self.permanent);
    }
    bool operator==(const FdbEntry &) const = default;
};

/// Which of the two machines in the kernel an xtables program speaks to.
enum class XtablesFlavour { None, Nft, Legacy };
template <>
struct Words<XtablesFlavour> {
    static constexpr Word<XtablesFlavour> all[] = {
        {XtablesFlavour::None, ""}, {XtablesFlavour::Nft, "nft"}, {XtablesFlavour::Legacy, "legacy"}};
};

/// VLANs, first to last, of which a port of a bridge is a member, or the bridge itself: then `port` is the bridge.
struct PortVlans {
    QString port;
    int first = 0;
    int last = 0;
    bool pvid = false;     ///< untagged frames that come in belong to it
    bool untagged = false; ///< frames of it leave without their tag

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("port", self.port);
        visit("first", self.first);
        visit("last", self.last);
        visit("pvid", self.pvid);
        visit("untagged", self.untagged);
    }
    bool operator==(const PortVlans &) const = default;
};

/// Behind which port of a bridge a multicast group is wanted (RTM_GETMDB). Without `group` the port has a multicast router: it
/// gets all groups.
struct MulticastMember {
    QString bridge;
    QString port;
    std::optional<net::IpAddress> group;
    int vlan = 0;
    bool permanent = false;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("bridge", self.bridge);
        visit("port", self.port);
        visit("group", self.group);
        visit("vlan", self.vlan);
        visit("permanent", self.permanent);
    }
    bool operator==(const MulticastMember &) const = default;
};

/// Where a program sees the packets of a link.
enum class ProgramHook { NotTold, Xdp, Ingress, Egress, Other };
template <>
struct Words<ProgramHook> {
    static constexpr Word<ProgramHook> all[] = {{ProgramHook::NotTold, ""},
                                                {ProgramHook::Xdp, "xdp"},
                                                {ProgramHook::Ingress, "ingress"},
                                                {ProgramHook::Egress, "egress"}};
};

/// A program or classifier that sees the packets of a link beside netfilter. What it does to them is not read.
struct AttachedProgram {
    QString interface;
    Worded<ProgramHook> hook;
    QString kind;  ///< bpf, or the tc classifier: flower, matchall, u32, ...
    QString name;  ///< of a BPF program; empty if it has none
    qint64 id = 0; ///< of a BPF program; else the handle of the filter
    int priority = 0;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("interface", self.interface);
        visit("hook", self.hook);
        visit("kind", self.kind);
        visit("name", self.name);
        visit("id", self.id);
        visit("priority", self.priority);
    }
    bool operator==(const AttachedProgram &) const = default;
};

enum class TransformDirection { NotTold, In, Out, Forward, Other };
template <>
struct Words<TransformDirection> {
    static constexpr Word<TransformDirection> all[] = {{TransformDirection::NotTold, ""},
                                                       {TransformDirection::In, "in"},
                                                       {TransformDirection::Out, "out"},
                                                       {TransformDirection::Forward, "fwd"}};
};
enum class TransformAction { NotTold, Allow, Block, Other };
template <>
struct Words<TransformAction> {
    static constexpr Word<TransformAction> all[] = {
        {TransformAction::NotTold, ""}, {TransformAction::Allow, "allow"}, {TransformAction::Block, "block"}};
};

/// An IPsec policy (XFRM_MSG_GETPOLICY). Without templates it lets packets go as they are; with some they must be transformed.
struct TransformPolicy {
    Worded<TransformDirection> direction;
    Worded<TransformAction> action;
    net::Prefix source;
    net::Prefix destination;
    int protocol = 0;  ///< IANA number; 0: any
    QString interface; ///< empty: any
    quint32 priority = 0;
    int templates = 0;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("direction", self.direction);
        visit("action", self.action);
        visit("source", self.source);
        visit("destination", self.destination);
        visit("protocol", self.protocol);
        visit("interface", self.interface);
        visit("priority", self.priority);
        visit("templates", self.templates);
    }
    bool operator==(const TransformPolicy &) const = default;
};

/// One packet-filter ruleset as its own tool dumps it; core/filter reads the text.
struct RulesetDump {
    Worded<RulesetFormat> format;
    XtablesFlavour flavour = XtablesFlavour::None; ///< of the xtables formats
    Reading<QString> text;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("format", self.format);
        visit("flavour", self.flavour);
        visit("text", self.text);
    }
    bool operator==(const RulesetDump &) const = default;
};

/// A program that owns filter rules: firewalld, ufw, docker, ... `settings` as it reports them
/// (firewalld: "default-zone", "zone.IFACE", "target.ZONE", "icmp-blocks.ZONE", "icmp-block-inversion.ZONE").
struct FirewallManager {
    QString name;
    bool running = false;
    QMap<QString, QString> settings;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("name", self.name);
        visit("running", self.running);
        visit("settings", self.settings);
    }
    bool operator==(const FirewallManager &) const = default;
};

struct Conntrack {
    qint64 count = 0;
    qint64 max = 0;
    qint64 drop = 0;
    qint64 earlyDrop = 0;
    qint64 insertFailed = 0;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("count", self.count);
        visit("max", self.max);
        visit("drop", self.drop);
        visit("early_drop", self.earlyDrop);
        visit("insert_failed", self.insertFailed);
    }
    bool operator==(const Conntrack &) const = default;
};

/// The quickly changing part, read before and after the probes so that differences can speak.
/// counters: "Icmp.InEchos", "IcmpMsg.InType8", "TcpExt.IPReversePathFilter", "Ip.InReceives", ... by
/// /proc/net/{snmp,netstat,snmp6} name.
struct NodeSnapshot {
    Reading<QMap<QString, qint64>> counters;
    std::vector<RulesetDump> rulesets; ///< may be empty: rule counters only matter where the first reading had some
    Reading<std::vector<Neighbour>> neighbours;
    Reading<std::vector<Link>> links; ///< for their counters

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("counters", self.counters);
        visit("rulesets", self.rulesets);
        visit("neighbours", self.neighbours);
        visit("links", self.links);
    }
    bool operator==(const NodeSnapshot &) const = default;
};

enum class Os { Unknown, Linux, Windows, Other };
template <>
struct Words<Os> {
    static constexpr Word<Os> all[] = {{Os::Unknown, ""}, {Os::Linux, "linux"}, {Os::Windows, "windows"}};
};

struct NodeFacts {
    QString hostName;
    Worded<Os> os;
    QString system; ///< e.g. "Debian GNU/Linux 12 (bookworm)"
    QString kernel;
    Reading<std::vector<Link>> links;
    Reading<std::vector<InterfaceAddress>> addresses;
    Reading<std::vector<Route>> routes;
    Reading<std::vector<PolicyRule>> policyRules;
    Reading<std::vector<Neighbour>> neighbours;
    Reading<std::vector<FdbEntry>> fdb;
    Reading<std::vector<PortVlans>> vlans; ///< where a bridge filters VLANs
    Reading<std::vector<MulticastMember>> multicast;
    Reading<std::vector<AttachedProgram>> programs;
    Reading<std::vector<TransformPolicy>> transforms;
    std::vector<Reading<RouteAnswer>> routeAnswers;    ///< of packets of the machine's own
    std::vector<Reading<RouteAnswer>> incomingAnswers; ///< of packets that come in
    std::vector<RulesetDump> rulesets;
    Reading<std::vector<FirewallManager>> managers;
    Reading<QMap<QString, QString>>
        sysctls; ///< "net.ipv4.icmp_echo_ignore_all" -> "0"; interface names keep their own dots after "conf."
    Reading<QMap<QString, qint64>> counters; ///< as in NodeSnapshot
    Reading<Conntrack> conntrack;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("host_name", self.hostName);
        visit("os", self.os);
        visit("system", self.system);
        visit("kernel", self.kernel);
        visit("links", self.links);
        visit("addresses", self.addresses);
        visit("routes", self.routes);
        visit("policy_rules", self.policyRules);
        visit("neighbours", self.neighbours);
        visit("fdb", self.fdb);
        visit("vlans", self.vlans);
        visit("multicast", self.multicast);
        visit("programs", self.programs);
        visit("transforms", self.transforms);
        visit("route_answers", self.routeAnswers);
        visit("incoming_answers", self.incomingAnswers);
        visit("rulesets", self.rulesets);
        visit("managers", self.managers);
        visit("sysctls", self.sysctls);
        visit("counters", self.counters);
        visit("conntrack", self.conntrack);
    }
    bool operator==(const NodeFacts &) const = default;
};

/// The link of that name; null where there is none.
const Link *linkNamed(const std::vector<Link> &links, const QString &name);

} // namespace bothways::evidence
