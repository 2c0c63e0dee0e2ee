// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"

namespace bothways::cli {

std::unique_ptr<QCoreApplication> application(int &argc, char **argv) { return std::make_unique<QCoreApplication>(argc, argv); }

std::optional<QByteArray> pdf(const conclusion::Conclusion &) { return std::nullopt; }

} // namespace bothways::cli
