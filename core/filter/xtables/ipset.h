// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/elements.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The kernel's IP sets, which iptables' `set` match asks. Source: ipset(8), kernel net/netfilter/ipset.
namespace bothways::filter {

/// What one dimension of a set compares.
enum class SetPart : std::uint8_t {
    Address,
    Port,     ///< of one protocol
    BarePort, ///< of TCP and UDP
    Mac,
    Interface,
    Mark,
};

struct IpSet {
    std::string type;                  ///< "hash:ip,port"
    std::optional<net::Family> family; ///< none: holds no addresses
    std::vector<SetPart> parts;        ///< empty: a list of sets, or a type that is not understood
    std::vector<std::string> members;  ///< of a list:set, in order
    /// Parts in order; a port is two of them, protocol and number (of ICMP: type * 256 + code).
    std::shared_ptr<const Elements> elements;
    std::string why; ///< why "not in it" cannot be told; empty: it can
};

using IpSets = std::map<std::string, IpSet, std::less<>>;

struct IpSetError {
    std::string message;
    std::size_t position = 0; ///< byte offset of the line
};

/// `ipset save`: adds its sets to `sets`. What an element says that is not understood leaves its set incomplete.
std::optional<IpSetError> readIpsetSave(std::string_view text, IpSets &sets);

} // namespace bothways::filter
