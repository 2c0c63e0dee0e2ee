// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"
#include "report/report.h"

#include <QString>

/// What Markdown is made of: its escapes, and those sections that have files of their own. Private to core/report.
namespace bothways::report {

/// One line of running text: whatever CommonMark or a table would read as markup is escaped, HTML is not possible.
QString inlineText(const QString &text);
/// A fence longer than any run of backticks inside (CommonMark 4.5).
QString fenced(const QString &text, const QString &language = {});

/// Whether drawings stand in the text as images named "drawing:...", which only the printed report can show.
enum class Drawings { No, Yes };
QString drawing(const QString &name);
QString markdownOf(const conclusion::Conclusion &conclusion, Drawings drawings, Depth depth);

QString evidenceMarkdown(const conclusion::Conclusion &conclusion);
QString notTestedMarkdown(const std::vector<checks::Finding> &findings);
/// Round-trip times; empty where none were measured.
QString chartMarkdown(const conclusion::Conclusion &conclusion, Drawings drawings);
QString topologyMarkdown(const conclusion::Conclusion &conclusion, Drawings drawings);
QString hardeningMarkdown(const facts::Case &given);
QString checksMarkdown(const std::vector<checks::Finding> &findings);

} // namespace bothways::report
