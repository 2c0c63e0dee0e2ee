// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/field.h"

namespace bothways::filter::parts {

Evaluated metaField(Key key, const View &view);

} // namespace bothways::filter::parts
