// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"
#include "conclusion/conclusion.h"

#include <QByteArray>
#include <QString>

/// The documents. Pure: the same evidence and language give the same bytes anywhere.
namespace bothways::report {

/// How much a report tells. JSON and the text of a terminal are always whole.
enum class Depth {
    Whole,
    Short, ///< without score, hardening and the appendix of all checks, and it says so
};

/// Schema "bothways/1". UTF-8, indented, keys in alphabetical order.
QByteArray toJson(const conclusion::Conclusion &conclusion);
/// One file: styles and script inside, no network, Copy buttons; complete without script.
QByteArray toHtml(const conclusion::Conclusion &conclusion, Depth depth = Depth::Whole);
QByteArray toMarkdown(const conclusion::Conclusion &conclusion, Depth depth = Depth::Whole);
/// For a terminal; `colour` adds ANSI colours. Control characters of anything read from outside are made visible.
QString toText(const conclusion::Conclusion &conclusion, bool colour);

/// Two sessions beside each other, in the same four.
QByteArray toJson(const comparison::Comparison &comparison);
QByteArray toHtml(const comparison::Comparison &comparison);
QByteArray toMarkdown(const comparison::Comparison &comparison);
QString toText(const comparison::Comparison &comparison, bool colour);

} // namespace bothways::report
