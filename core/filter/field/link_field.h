// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/field.h"

namespace bothways::filter::parts {

/// The interface that the kernel gives the hook: none where there cannot be one (a packet has no output interface before
/// routing and a local one no input interface), nothing in `name` where nobody knows it.
struct Device {
    Truth there = Truth::Unknown;
    std::string_view name;
};
Device inputDevice(const View &view);
Device outputDevice(const View &view);
/// Whether there is an Ethernet header to look at.
Truth hasLink(const View &view);
Evaluated linkField(Key key, const View &view);

} // namespace bothways::filter::parts
