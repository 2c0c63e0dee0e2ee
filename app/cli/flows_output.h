// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flows_command.h"

namespace bothways::cli {

QString flowsText(const CountedFile &file, bool colour);
/// "port unreachable (icmp 3/3)".
QString errorName(const capture::ErrorKind &error);
QString formatName(capture::FileFormat format);

} // namespace bothways::cli
