// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

#include <chrono>
#include <optional>
#include <stop_token>

namespace bothways::probe {

evidence::Reading<evidence::PortProbe> tcp(const net::IpAddress &target, int port, std::optional<net::IpAddress> source,
                                           std::chrono::milliseconds timeout, const std::stop_token &stop);
evidence::Reading<evidence::PortProbe> udp(const net::IpAddress &target, int port, std::optional<net::IpAddress> source,
                                           std::chrono::milliseconds timeout, const std::stop_token &stop);

} // namespace bothways::probe
