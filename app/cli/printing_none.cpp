// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"

namespace bothways::cli {

std::unique_ptr<QCoreApplication> application(int argc, char **argv)
{
    static int count = argc; // Qt refers to it for as long as it lives
    return std::make_unique<QCoreApplication>(count, argv);
}

std::optional<QByteArray> pdf(const evidence::Evidence &, const conclusion::Conclusion &) { return std::nullopt; }

} // namespace bothways::cli
