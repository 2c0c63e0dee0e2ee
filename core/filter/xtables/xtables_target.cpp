// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/xtables/xtables_target.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

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
