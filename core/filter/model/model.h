// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/elements.h"
#include "filter/model/guard.h"
#include "filter/model/parse_error.h"
#include "filter/packet/hook_packet.h"

#include <tl/expected.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What the readers make and the walk reads. A rule is a list of statements; new kinds of statement join the variant.
/// nft and xtables rules share it: an xtables option is the match that the kernel's match module performs.
namespace bothways::filter {

/// Where a verdict sends the packet.
struct Action {
    enum class Kind : std::uint8_t { Accept, Drop, Reject, Queue, Continue, Return, Jump, Goto };
    Kind kind = Kind::Continue;
    std::size_t chain = 0; ///< index in the table, for Jump and Goto
};

enum class Operator : std::uint8_t {
    In,
    NotIn,
    AnyBit,
    NoBit,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Exists, ///< the packet has the fields, whatever their values; no elements
};

/// One comparison: fields on the left, elements on the right.
struct Match {
    std::vector<Field> fields;
    Operator op = Operator::In;
    std::shared_ptr<const Elements> elements;
    std::string set;  ///< name, if the elements are a named set
    std::string text; ///< as written
};

/// Alternatives: holds if one of them does. Negated it holds if none does, also where the packet lacks a field: so inverts
/// xtables.
struct AnyOf {
    std::vector<Match> matches;
    bool negated = false;
    bool open = false; ///< there are more alternatives, which cannot be evaluated
    std::string text;
    std::string why; ///< what the open ones depend on
};

/// A condition that cannot be evaluated.
struct UnknownMatch {
    std::string text;
    std::string why;
};

/// A statement that might do anything: accept, drop, change the packet, go on.
struct UnknownStatement {
    std::string text;
    std::string why;
};

struct VerdictMap {
    std::vector<Field> fields;
    std::shared_ptr<const Elements> elements;
    std::shared_ptr<const std::vector<Action>> actions; ///< one per element, in the order of adding
    std::string set;
    std::string text;
};

/// mark = (mark & keep) ^ flip, or something unknown.
struct SetMark {
    std::uint32_t keep = 0;
    std::uint32_t flip = 0;
};

/// The field gets a value that cannot be known.
struct Blur {
    Key key = Key::Mark;
};

/// A value that a statement writes: a number, a field of the packet, or what a map has for some fields.
struct Operand {
    Word number;
    std::vector<Field> fields{};                       ///< one, or those of the map's key
    std::shared_ptr<const Elements> elements{};        ///< of the map
    std::shared_ptr<const std::vector<Word>> values{}; ///< one per element, in the order of adding
};

/// The packet's or the connection's mark gets a value. Where the packet has no such field the rule ends.
struct Assign {
    Key key = Key::Mark;
    Operand value;
    std::string text;
};

struct NoTrack {};

/// Holds for whole packets and first fragments, the only ones that xtables' transport modules look at. A fragment that begins 8
/// bytes in would lie over the flags of a TCP header: xt_tcp drops it at once, wherever the rule leads.
struct FirstFragment {
    bool dropsNext = false;
};

/// A condition on a rate, an amount or a number of connections, which other packets use up. The walk takes it for not used up
/// and says so.
struct Assumed {
    bool holds = true; ///< while it is not used up: "limit rate 5/second" holds, "limit rate over 5/second" does not
    std::string text;
};

/// A new connection gets another source or destination; like an accept it ends the base chain. Nothing happens to a packet of a
/// connection that has its addresses already.
struct Nat {
    enum class Kind : std::uint8_t { Source, Destination, Masquerade, Redirect };
    Kind kind = Kind::Source;
    bool toAddress = true;                 ///< false: only the port changes
    std::optional<net::IpAddress> address; ///< none, with `toAddress`: the kernel or a map chooses
    bool toPort = false;
    std::optional<int> port; ///< none, with `toPort`: the kernel or a map chooses
    std::string text;
};

using Statement = std::variant<Match, UnknownMatch, UnknownStatement, VerdictMap, Action, SetMark, Blur, NoTrack, Assumed, Nat,
                               AnyOf, Assign, FirstFragment>;

struct Rule {
    std::int64_t handle = 0;
    std::string text;
    std::string comment;
    std::int64_t packets = -1;
    std::vector<Statement> statements;
};

struct BaseHook {
    Hook hook = Hook::Input;
    int priority = 0;
    bool nat = false; ///< consulted for the first packet of a connection only
    bool dropByPolicy = false;
    bool policyKnown = true;            ///< false: what was read does not say what happens at the end of the chain
    std::vector<std::string> devices{}; ///< of an ingress or egress chain, in which no other device's packets come by
    bool devicesKnown = true;           ///< false: it has devices that the dump does not name
};

struct Chain {
    std::string name;
    std::int64_t handle = 0;
    std::optional<BaseHook> base;
    std::int64_t packets = -1; ///< of the policy
    std::vector<Rule> rules;
    std::vector<Guard> guards{}; ///< one for each rule
};

struct NamedSet {
    std::vector<ValueType> types; ///< empty: not understood
    std::shared_ptr<const Elements> elements;
    std::shared_ptr<const std::vector<Action>> actions; ///< of a verdict map
    std::shared_ptr<const std::vector<Word>> values;    ///< of a map to single values
};

struct Table {
    std::string backend;
    std::string flavour;
    std::string family;
    std::string name;
    std::int64_t handle = 0;
    bool dormant = false; ///< its base chains are not registered
    std::vector<Chain> chains;
    std::map<std::string, std::size_t, std::less<>> chainIndex;
    std::map<std::string, NamedSet, std::less<>> sets;

    ProtocolFamily protocolFamily() const;
    /// Whether such packets come by the base chain at all. The hooks of IP, bridge, ARP and devices are apart: whoever asks has
    /// chosen the chain by its hook.
    Truth sees(const BaseHook &base, const Packet &packet) const;
};

/// Bounds of every reader.
constexpr std::size_t longestInput = std::size_t{64} * 1024 * 1024;
constexpr std::size_t mostRules = 1'000'000;

} // namespace bothways::filter
