// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"
#include "report/depth.h"

#include <QCoreApplication>

#include <memory>

class QTextDocument;

/// The report on paper: the only part of core that needs QtGui, for fonts. No display is needed.
namespace bothways::report {

/// A4, real text, contents with page numbers, fonts embedded. Needs an application made by printingApplication() or a window's.
/// Any thread.
QByteArray toPdf(const conclusion::Conclusion &conclusion, Depth depth = Depth::Whole);

/// An application that knows fonts and opens no window, whatever the environment says of displays.
std::unique_ptr<QCoreApplication> printingApplication(char **argv);

/// Qt's Markdown has tables as of old browsers, headings without air and commands that run out of the page: puts that right.
void dress(QTextDocument &document);

} // namespace bothways::report
