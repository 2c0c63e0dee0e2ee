// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace CLI {
class App;
class Error;
} // namespace CLI

/// The command line's own words in the language that --lang asks for.
namespace bothways::cli {

/// Before the line is described and parsed: --help, and what is said of a wrong line, follow --lang wherever it stands.
void useLanguageOf(int argc, char **argv);
/// Descriptions, headings and place holders of `app` and of its subcommands.
void translateHelp(CLI::App &app);
/// What is wrong with the command line, as one sentence.
QString sentence(const CLI::Error &error);

} // namespace bothways::cli
