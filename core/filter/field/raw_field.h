// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/field.h"

/// Where fields lie in their headers.
namespace bothways::filter {

int bitsOf(Key key);
/// Bits from the start of a header (RawLink, RawNetwork, RawTransport, RawInner), at most 128. They go on into the next header.
Evaluated evaluateRaw(Key base, int offset, int bits, const View &view);

} // namespace bothways::filter
