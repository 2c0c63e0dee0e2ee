// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/packet/hook_packet.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

/// Packet-filter rulesets as values, and the walk of one packet through them. Pure: no I/O, no libpcap, no GUI.
/// Sources: nft(8), libnftables-json(5), iptables-save(8), kernel net/netfilter.
namespace bothways::filter {

/// Where the reader stopped. `position` is a byte offset for text formats and for JSON syntax, -1 where only `path` tells.
struct ParseError {
    std::string message;
    std::string path;
    std::int64_t position = -1;
};

/// Names one rule (or, with `policy`, the policy of a base chain) so that a person and a command can find it.
struct RuleRef {
    std::string backend; ///< "nft", "iptables", "ip6tables"
    std::string flavour; ///< "legacy" or "nft" for iptables/ip6tables; empty for nft
    std::string family;  ///< ip, ip6, inet, arp, bridge, netdev
    std::string table;
    std::string chain;
    std::int64_t handle = 0; ///< nft handle; 0 for xtables
    int position = 0;        ///< 1-based place in its chain
    std::string text;        ///< as `nft list` prints it, or the -A line of iptables-save; "policy drop" for a policy
    std::string owner;       ///< docker, libvirt, firewalld, ufw, fail2ban, ...; empty: nobody recognised
    std::string zone;        ///< firewalld's zone, if the owner is firewalld and the chain belongs to one
    std::string set;         ///< name of the set whose content decided, if one did
    std::string jumpedFrom;  ///< base chain through which it was reached, if the rule sits in a regular chain
    bool policy = false;
    std::int64_t packets = -1; ///< the rule's counter, -1 if it has none
};

enum class Verdict : std::uint8_t { Accept, Drop, Reject, Queue, Undecided };

struct Undecided {
    RuleRef rule;
    std::string expression; ///< what could not be evaluated, verbatim
    std::string why;
};

/// What the verdict rests on that no packet tells: a rate or an amount counted as not used up.
struct Assumption {
    RuleRef rule;
    std::string expression;
};

struct Answer {
    Verdict verdict = Verdict::Accept;
    std::optional<RuleRef> rule; ///< decided by this rule or policy; none where there is no base chain at this hook
    bool ruleCertain =
        true; ///< false: which rule or policy gives the verdict depends on something unknown; `rule` is one of them
    std::string matchedField;  ///< the field of the packet on which the deciding rule matched, e.g. "icmp type echo-request"
    std::vector<RuleRef> path; ///< rules that matched, in order
    std::vector<Undecided> undecided;    ///< only where the verdict is Undecided: what it depends on
    std::vector<Assumption> assumptions; ///< in the order in which they were made
    bool canPass = true; ///< false: whatever the unknown is, the packet does not pass (Undecided between drop and reject too)
};

struct Table; // implementation: filter/model.h
struct IpSet;
using IpSets = std::map<std::string, IpSet, std::less<>>;

/// A whole machine's rules: several dumps (nft, iptables-legacy, ...) read into one.
class Ruleset {
public:
    Ruleset();
    ~Ruleset();
    Ruleset(const Ruleset &) = delete;
    Ruleset &operator=(const Ruleset &) = delete;
    Ruleset(Ruleset &&) noexcept;
    Ruleset &operator=(Ruleset &&) noexcept;

    /// `nft -j list ruleset`. Tables written by iptables-nft (their rules hold lossy "xt" expressions) are kept as
    /// "see iptables-save": a walk over them is undecided unless addIptablesSave(nft) replaces them.
    tl::expected<void, ParseError> addNftJson(std::string_view json);
    /// `iptables-save -c` / `ip6tables-save -c`. flavour: "nft" or "legacy".
    tl::expected<void, ParseError> addIptablesSave(std::string_view text, net::Family family, std::string_view flavour);
    /// `ebtables-save`, with or without counters. flavour: "nft" or "legacy". What nft lists of the same tables counts, too.
    tl::expected<void, ParseError> addEbtablesSave(std::string_view text, std::string_view flavour);
    /// `ipset save`: what the sets hold that rules of iptables ask. To be called before addIptablesSave().
    tl::expected<void, ParseError> addIpsetSave(std::string_view text);

    bool isEmpty() const; ///< no base chain at all
    int ruleCount() const;
    const std::vector<Table> &tables() const;

private:
    std::vector<Table> m_tables;
    std::unique_ptr<IpSets> m_ipSets; ///< null: not given
};

/// One packet through every base chain of a hook in kernel order of priority. Three-valued: a verdict that depends on
/// something unknown is Undecided and names it. An accept ends only its own base chain; any drop wins.
Answer walk(const Ruleset &rules, Hook hook, const Packet &packet);

/// All rules that would stop the packet at this hook if those before them were mended, first one first.
std::vector<RuleRef> blockers(const Ruleset &rules, Hook hook, const Packet &packet);

struct Passing; // filter/passing.h
/// The same for a packet that came from an earlier hook, and goes on to the next.
Answer walk(const Ruleset &rules, Hook hook, Passing &passing);
std::vector<RuleRef> blockers(const Ruleset &rules, Hook hook, Passing passing);

std::string_view name(Hook hook);
std::string_view name(Verdict verdict);
std::string_view name(CtState state);

} // namespace bothways::filter
