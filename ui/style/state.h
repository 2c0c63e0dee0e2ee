// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/tokens.h"

#include <QPixmap>
#include <QString>

namespace bothways::ui::style {

/// State of a chapter or of one check. Shown as icon, word and colour, never by colour alone.
enum class State { Open, Running, Passed, Warning, Failed, Skipped, Unknown };

QString word(State state); ///< translated
Tone tone(State state);
/// Name of a tone as the style sheet knows it; empty for neutral.
QString name(Tone tone);

/// The state's icon in its colour, `size` device-independent pixels square.
QPixmap icon(State state, int size, const Tokens &tokens, qreal devicePixelRatio);
/// Any icon of resources/icons, filled with one colour.
QPixmap icon(const QString &name, int size, const QColor &colour, qreal devicePixelRatio);

} // namespace bothways::ui::style
