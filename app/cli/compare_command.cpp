// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare_command.h"

#include "console.h"
#include "exit.h"
#include "output.h"

#include "comparison/comparison.h"
#include "conclusion/conclusion.h"
#include "evidence/session_file.h"
#include "report/writers.h"
#include "words/text.h"

#include <cstdlib>
#include <optional>

namespace bothways::cli {

namespace {

/// Nothing, and a message that names the argument, where the file is no session.
std::optional<conclusion::Conclusion> load(const char *argument, const std::string &path)
{
    auto loaded = evidence::load(QString::fromStdString(path));
    if (!loaded) {
        complain(QStringLiteral("%1: %2").arg(QLatin1String(argument), loaded.error().message));
        return std::nullopt;
    }
    return conclusion::conclude(std::move(*loaded));
}

bool writeAll(const CompareOptions &options, const comparison::Comparison &comparison)
{
    bool fine = true;
    if (!options.html.empty()) {
        fine &= writeFile(QString::fromStdString(options.html), report::toHtml(comparison));
    }
    if (!options.markdown.empty()) {
        fine &= writeFile(QString::fromStdString(options.markdown), report::toMarkdown(comparison));
    }
    if (!options.json.empty()) {
        fine &= writeFile(QString::fromStdString(options.json), report::toJson(comparison));
    }
    return fine;
}

} // namespace

QString compareFooter()
{
    return translate("cli", "What could not be read in one of the two is not compared, and is named.\n"
                            "Exit status: 0 no difference in what could be compared, 1 differences, 2 wrong use, 3 a file could "
                            "not be written.");
}

int compare(const CompareOptions &options)
{
    const auto before = load("before", options.before);
    const auto after = before ? load("after", options.after) : std::nullopt;
    if (!before || !after) {
        return WrongUse;
    }
    const auto comparison = comparison::compare(*before, *after);
    const bool written = writeAll(options, comparison);
    const bool outputTaken = options.json == "-" || options.html == "-" || options.markdown == "-";
    if (!outputTaken) {
        const bool colour = outputIsTerminal() && std::getenv("NO_COLOR") == nullptr;
        print(report::toText(comparison, colour));
    }
    return !written ? CouldNotMeasure : comparison.differs() ? 1 : 0;
}

} // namespace bothways::cli
