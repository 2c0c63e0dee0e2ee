// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace bothways::filter {

/// The port of a service: "ssh", "domain". The names are those that Linux distributions ship for what IANA registered; a machine
/// may have others of its own, which nobody else can know.
std::optional<std::uint16_t> servicePort(std::string_view name);

} // namespace bothways::filter
