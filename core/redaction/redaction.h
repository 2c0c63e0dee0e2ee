// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

namespace bothways::redaction {

/// The same evidence with other addresses and names, without what a person told, for a report that strangers may read. Relations
/// are kept: what was in one subnet is in one subnet, the gateway is the gateway, private is private; so the verdict is the same.
/// Pure: the same evidence gives the same pseudonyms, which nobody without it can compute.
evidence::Evidence redacted(const evidence::Evidence &evidence);

} // namespace bothways::redaction
