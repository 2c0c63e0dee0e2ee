// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

/// Which tool wrote a dump of rules, told by what it looks like.
namespace bothways::filter {

enum class Format : std::uint8_t { NftJson, IptablesSave, Ip6tablesSave, EbtablesSave, IpsetSave, WindowsJson };

struct Dump {
    Format format = Format::NftJson;
    bool nft = false; ///< of the save formats: written by the nft flavour of the program
};

/// Total; looks at the first 64 KiB. The save programs name themselves in their first line. Where somebody cut that off, an
/// IPv6 address or ICMPv6 in a rule tells ip6tables, and chains without counters tell ebtables. Nothing: none of them.
std::optional<Dump> guessFormat(std::string_view text);

/// "nft-json", "iptables-save", ...
std::string_view name(Format format);
std::optional<Format> formatOf(std::string_view name);

} // namespace bothways::filter
