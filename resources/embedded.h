// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTranslator>

#include <memory>

/// Recorded cases (":/demos/NAME.bothways") and translations (":/i18n/bothways_LANG.qm"), compiled in.
namespace bothways::resources {

/// Makes the embedded files visible to QFile. Call once in main().
void load();
/// Switches the texts of the running program; "en" is the source language. False if this build has no such translation.
/// Call on the main thread. Windows are told through QEvent::LanguageChange.
bool useLanguage(const QString &language);
/// The one in use. Call on the main thread.
QString language();
/// The texts of a language without switching to it; nullptr for "en", and where this build has no such translation. Any thread.
std::unique_ptr<QTranslator> textsOf(const QString &language);
/// What a recorded case shows, translated; its name where nobody gave it one.
QString demoTitle(const QString &name);

} // namespace bothways::resources
