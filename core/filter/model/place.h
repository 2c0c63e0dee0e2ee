// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"

#include <cstdint>
#include <string>

namespace bothways::filter {

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

/// A rule in its place; `rule` -1 is the policy of the chain.
struct Place {
    const Table *table = nullptr;
    const Chain *chain = nullptr;
    const Chain *base = nullptr;
    std::int64_t rule = -1;
};

/// What a person and a command need to find it.
RuleRef reference(const Place &place);

} // namespace bothways::filter
