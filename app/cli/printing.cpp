// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"

#include "conclusion/conclusion.h"
#include "report/print/pdf.h"

#include <algorithm>
#include <string_view>

namespace bothways::cli {

std::unique_ptr<QCoreApplication> application(int &argc, char **argv)
{
    // Fonts take time to find: only who wants paper waits for them.
    const bool prints =
        std::any_of(argv, argv + argc, [](const char *word) { return std::string_view(word).substr(0, 5) == "--pdf"; });
    return prints ? report::printingApplication(argv) : std::make_unique<QCoreApplication>(argc, argv);
}

std::optional<QByteArray> pdf(const conclusion::Conclusion &conclusion) { return report::toPdf(conclusion); }

} // namespace bothways::cli
