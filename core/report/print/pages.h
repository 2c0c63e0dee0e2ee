// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

class QTextDocument;

/// How the text falls into pages. Private to core/report/print.
namespace bothways::report {

/// The headings as lines with page numbers, below the verdict; the numbers are 0 until fillContents(). Returns the lines' blocks.
std::vector<int> insertContents(QTextDocument &document);
/// A heading or a label stays with what it stands above, and a short block of commands is not parted.
void keepTogether(QTextDocument &document);
/// Moves nothing: to be called when all stands where it stays.
void fillContents(QTextDocument &document, const std::vector<int> &lines);

} // namespace bothways::report
