// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"
#include "filter/xtables/ipset.h"

namespace bothways::filter {

/// The tables of one iptables-save or ip6tables-save, with or without -c. `sets` is null where nobody gave `ipset save`.
tl::expected<std::vector<Table>, ParseError> readXtables(std::string_view text, net::Family family, std::string_view flavour,
                                                         const IpSets *sets);

/// One table as `iptables -S` or `ip6tables -S` lists it. Which it is, the chains that have policies tell.
tl::expected<std::vector<Table>, ParseError> readXtablesRules(std::string_view text, net::Family family, const IpSets *sets);

} // namespace bothways::filter
