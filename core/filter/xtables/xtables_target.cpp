// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_target.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

struct TargetInfo {
    std::string_view name;
    std::string_view options;
};

// libxtables' libxt_*.c, libipt_*.c and libip6t_*.c.
constexpr std::array targets{
    TargetInfo{"ACCEPT", {}},
    TargetInfo{"DROP", {}},
    TargetInfo{"QUEUE", {}},
    TargetInfo{"RETURN", {}},
    TargetInfo{"AUDIT", "type"},
    TargetInfo{"CHECKSUM", "checksum-fill:0"},
    TargetInfo{"CLASSIFY", "set-class"},
    TargetInfo{"CLUSTERIP", "new:0 hashmode clustermac total-nodes local-node hash-init"},
    TargetInfo{"CONNMARK",
               "set-xmark save-mark:0 restore-mark:0 and-mark or-mark xor-mark set-mark left-shift-mark right-shift-mark nfmask "
               "ctmask mask"},
    TargetInfo{"CONNSECMARK", "save:0 restore:0"},
    TargetInfo{"CT", "notrack:0 helper ctevents expevents zone zone-orig zone-reply timeout"},
    TargetInfo{"DNAT", "to-destination random:0 persistent:0"},
    TargetInfo{"DNPT", "src-pfx dst-pfx"},
    TargetInfo{"DSCP", "set-dscp set-dscp-class"},
    TargetInfo{"ECN", "ecn-tcp-remove:0"},
    TargetInfo{"HL", "hl-set hl-dec hl-inc"},
    TargetInfo{"HMARK", "hmark-tuple hmark-mod hmark-offset hmark-src-prefix hmark-dst-prefix hmark-sport-mask hmark-dport-mask "
                        "hmark-spi-mask hmark-proto-mask hmark-rnd hmark-sport hmark-dport hmark-spi"},
    TargetInfo{"IDLETIMER", "timeout label alarm:0 send_nl_msg"},
    TargetInfo{"LED", "led-trigger-id led-delay led-always-blink:0"},
    TargetInfo{"LOG", "log-level log-prefix log-tcp-sequence:0 log-tcp-options:0 log-ip-options:0 log-uid:0 log-macdecode:0"},
    TargetInfo{"MARK", "set-xmark set-mark and-mark or-mark xor-mark"},
    TargetInfo{"MASQUERADE", "to-ports random:0 random-fully:0"},
    TargetInfo{"NETMAP", "to"},
    TargetInfo{"NFLOG", "nflog-group nflog-prefix nflog-range nflog-size nflog-threshold"},
    TargetInfo{"NFQUEUE", "queue-num queue-balance queue-bypass:0 queue-cpu-fanout:0"},
    TargetInfo{"NOTRACK", {}},
    TargetInfo{"RATEEST", "rateest-name rateest-interval rateest-ewmalog"},
    TargetInfo{"REDIRECT", "to-ports random:0"},
    TargetInfo{"REJECT", "reject-with"},
    TargetInfo{"SECMARK", "selctx"},
    TargetInfo{"SET", "add-set:2 del-set:2 map-set:2 timeout exist:0 map-mark:0 map-prio:0 map-queue:0"},
    TargetInfo{"SNAT", "to-source random:0 random-fully:0 persistent:0"},
    TargetInfo{"SNPT", "src-pfx dst-pfx"},
    TargetInfo{"SYNPROXY", "mss wscale sack-perm:0 timestamp:0 ecn:0"},
    TargetInfo{"TCPMSS", "set-mss clamp-mss-to-pmtu:0"},
    TargetInfo{"TCPOPTSTRIP", "strip-options"},
    TargetInfo{"TEE", "gateway oif"},
    TargetInfo{"TOS", "set-tos and-tos or-tos xor-tos"},
    TargetInfo{"TPROXY", "on-port on-ip tproxy-mark"},
    TargetInfo{"TRACE", {}},
    TargetInfo{"TTL", "ttl-set ttl-dec ttl-inc"},
    TargetInfo{"ULOG", "ulog-nlgroup ulog-prefix ulog-cprange ulog-qthreshold"},
};

const TargetInfo *find(std::string_view name)
{
    const auto *const found =
        std::find_if(targets.begin(), targets.end(), [name](const TargetInfo &each) { return each.name == name; });
    return found == targets.end() ? nullptr : found;
}

/// The value of an option; empty where it has none, nothing where it is not there.
std::optional<std::string> valueOf(const Target &target, std::string_view option)
{
    const auto found = std::find_if(target.options.begin(), target.options.end(),
                                    [option](const Token &each) { return !each.quoted && each.text == option; });
    if (found == target.options.end()) {
        return std::nullopt;
    }
    return std::next(found) == target.options.end() ? std::string{} : std::next(found)->text;
}

bool has(const Target &target, std::string_view option) { return valueOf(target, option).has_value(); }

Statement unknown(const Target &target, std::string why) { return UnknownStatement{target.text, std::move(why)}; }

/// mark = (mark & ~mask) ^ value; the other forms are short for it.
Statement readMark(const Target &target)
{
    constexpr std::uint32_t all = 0xffffffff;
    for (const auto *name : {"--set-xmark", "--set-mark", "--and-mark", "--or-mark", "--xor-mark"}) {
        const auto text = valueOf(target, name);
        const auto masked = text ? readMasked(*text) : std::nullopt;
        if (!masked) {
            continue;
        }
        const std::string_view option = name;
        if (option == "--set-xmark") {
            return SetMark{~masked->mask, masked->value};
        }
        if (option == "--set-mark") { // clears the bits of both
            return SetMark{~(masked->mask | masked->value), masked->value};
        }
        if (option == "--and-mark") {
            return SetMark{masked->value, 0};
        }
        return option == "--or-mark" ? SetMark{~masked->value, masked->value} : SetMark{all, masked->value};
    }
    return Blur{Key::Mark};
}

/// --save-mark and --set-* change the connection's mark, --restore-mark the packet's.
Statement readConnectionMark(const Target &target) { return Blur{has(target, "--restore-mark") ? Key::Mark : Key::CtMark}; }

/// "address", "address-address", "address:port", ":port", "[v6]:port-port".
bool readDestination(std::string text, net::Family family, Nat &nat)
{
    std::string ports;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string::npos) {
            return false;
        }
        ports = text.substr(std::min(text.size(), close + 2));
        text = text.substr(1, close - 1);
    } else if (const auto colon = text.find(':'); family == net::Family::v4 && colon != std::string::npos) {
        ports = text.substr(colon + 1);
        text.resize(colon);
    }
    nat.toAddress = !text.empty();
    nat.toPort = !ports.empty();
    nat.address = net::IpAddress::parse(text);
    const auto port = readNumber(ports);
    nat.port = port && *port <= 65535 ? std::optional(static_cast<int>(*port)) : std::nullopt;
    return !nat.address || nat.address->family() == family;
}

std::optional<Nat> readNat(const Target &target, net::Family family)
{
    Nat nat;
    nat.text = target.text;
    if (target.name == "DNAT" || target.name == "SNAT") {
        nat.kind = target.name == "DNAT" ? Nat::Kind::Destination : Nat::Kind::Source;
        const auto to = valueOf(target, target.name == "DNAT" ? "--to-destination" : "--to-source");
        return to && readDestination(*to, family, nat) ? std::optional(nat) : std::nullopt;
    }
    if (target.name == "NETMAP") {
        const bool forth = target.chain == "PREROUTING" || target.chain == "OUTPUT";
        const bool back = target.chain == "POSTROUTING" || target.chain == "INPUT";
        nat.kind = forth ? Nat::Kind::Destination : Nat::Kind::Source;
        return forth || back ? std::optional(nat) : std::nullopt;
    }
    nat.kind = target.name == "REDIRECT" ? Nat::Kind::Redirect : Nat::Kind::Masquerade;
    const auto ports = valueOf(target, "--to-ports");
    nat.toPort = ports.has_value();
    const auto port = readNumber(ports.value_or(std::string{}));
    nat.port = port && *port <= 65535 ? std::optional(static_cast<int>(*port)) : std::nullopt;
    return nat;
}

std::optional<Action::Kind> verdictOf(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, Action::Kind>, 6> verdicts{{
        {"ACCEPT", Action::Kind::Accept},
        {"DROP", Action::Kind::Drop},
        {"REJECT", Action::Kind::Reject},
        {"RETURN", Action::Kind::Return},
        {"QUEUE", Action::Kind::Queue},
        {"NFQUEUE", Action::Kind::Queue},
    }};
    const auto *const found =
        std::find_if(verdicts.begin(), verdicts.end(), [name](const auto &each) { return each.first == name; });
    return found == verdicts.end() ? std::nullopt : std::optional(found->second);
}

/// They go on to the next rule and touch nothing that the walk compares.
bool isHarmless(std::string_view name)
{
    static constexpr std::array<std::string_view, 17> harmless{
        "LOG",     "NFLOG",       "ULOG", "TRACE",     "AUDIT",   "CHECKSUM", "CLASSIFY", "SET", "SECMARK",
        "NOTRACK", "CONNSECMARK", "TEE",  "IDLETIMER", "RATEEST", "TCPMSS",   "LED",      "CT"};
    return std::find(harmless.begin(), harmless.end(), name) != harmless.end();
}

/// Fields of which only the change is known.
std::vector<Key> changedKeys(std::string_view name, bool v4)
{
    if (name == "TTL" || name == "HL") {
        return {v4 ? Key::Ip4Ttl : Key::Ip6HopLimit};
    }
    if (name == "TOS" || name == "DSCP") {
        return {v4 ? Key::Ip4Dscp : Key::Ip6Dscp, v4 ? Key::Ip4Ecn : Key::Ip6Ecn};
    }
    if (name == "ECN") {
        return {Key::TcpFlags};
    }
    if (name == "TCPOPTSTRIP") {
        return {Key::TcpOption};
    }
    return name == "HMARK" ? std::vector{Key::Mark} : std::vector<Key>{};
}

/// Everything that neither decides nor translates.
std::vector<Statement> readChange(const Target &target, net::Family family)
{
    if (target.name == "MARK") {
        return {readMark(target)};
    }
    if (target.name == "CONNMARK") {
        return {readConnectionMark(target)};
    }
    if (target.name == "NOTRACK" || (target.name == "CT" && has(target, "--notrack"))) {
        return {NoTrack{}};
    }
    if (target.name == "SET" && has(target, "--map-mark")) {
        return {Blur{Key::Mark}};
    }
    if (isHarmless(target.name)) {
        return {Action{Action::Kind::Continue, 0}};
    }
    std::vector<Statement> changes;
    for (const auto key : changedKeys(target.name, family == net::Family::v4)) {
        changes.emplace_back(Blur{key});
    }
    return changes;
}

} // namespace

bool isTarget(std::string_view name) { return find(name) != nullptr; }

std::string_view targetOptions(std::string_view name)
{
    const auto *info = find(name);
    return info == nullptr ? std::string_view{} : info->options;
}

std::optional<int> targetValueCount(std::string_view name, std::string_view option)
{
    const int count = valueCount(targetOptions(name), option);
    return count < 0 ? std::nullopt : std::optional(count);
}

std::vector<Statement> readTarget(const Target &target, net::Family family)
{
    if (const auto verdict = verdictOf(target.name)) {
        return {Action{*verdict, 0}};
    }
    static constexpr std::array<std::string_view, 5> translations{"DNAT", "SNAT", "MASQUERADE", "REDIRECT", "NETMAP"};
    if (std::find(translations.begin(), translations.end(), target.name) != translations.end()) {
        auto nat = readNat(target, family);
        return {nat ? Statement{std::move(*nat)} : unknown(target, "where it sends the packet")};
    }
    auto changes = readChange(target, family);
    if (!changes.empty()) {
        return changes;
    }
    if (target.name == "TPROXY" || target.name == "SYNPROXY") {
        return {unknown(target, "what the proxy does")};
    }
    return {unknown(target, std::string(target.name))};
}

} // namespace bothways::filter
