// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace bothways {

/// Translated text for pure code that has no QObject: in the language of this thread's TranslationScope, else of the program.
/// lupdate finds calls by this name; both arguments must be literals.
QString translate(const char *context, const char *text, const char *disambiguation = nullptr, int n = -1);

inline QString text(const std::string &utf8) { return QString::fromStdString(utf8); }

} // namespace bothways
