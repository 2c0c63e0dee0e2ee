// SPDX-License-Identifier: GPL-3.0-or-later
#include "printing.h"

#include "conclusion/conclusion.h"
#include "report/print/pdf.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace bothways::cli {

std::unique_ptr<QCoreApplication> application(int argc, char **argv)
{
    // Qt is told the program's name only: it would keep --session for itself (X11's session management). It refers to both for as
    // long as it lives.
    static int count = 1;
    static std::array<char *, 2> words{};
    words[0] = argc > 0 ? argv[0] : const_cast<char *>("bothways-cli");
    // Fonts take time to find: only who wants paper waits for them.
    const bool prints =
        std::any_of(argv, argv + argc, [](const char *word) { return std::string_view(word).substr(0, 5) == "--pdf"; });
    return prints ? report::printingApplication(count, words.data()) : std::make_unique<QCoreApplication>(count, words.data());
}

std::optional<QByteArray> pdf(const conclusion::Conclusion &conclusion) { return report::toPdf(conclusion); }

} // namespace bothways::cli
