// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

class QPalette;

/// The colours of the wizard and its measures. No colour literal stands anywhere else.
namespace bothways::ui::style {

/// What a thing means; a widget names the tone, never a colour.
enum class Tone { Neutral, Accent, Good, Caution, Bad };

struct Tokens {
    QColor ground;
    QColor rail; ///< between ground and card
    QColor card;
    QColor ink;
    QColor grey;
    QColor line;
    QColor accent;
    QColor good;
    QColor caution;
    QColor bad;
    QColor onAccent; ///< text on a filled accent

    QColor of(Tone tone) const;
    QColor tint(Tone tone) const; ///< the tone, faint, as a background on a card
};

Tokens light();
Tokens dark();
bool isDark(const QPalette &palette);
/// The set that belongs to a widget's palette, so that painting code needs no shared state.
Tokens tokens(const QPalette &palette);

inline constexpr int unit = 4; ///< px; every distance is a multiple
inline constexpr int cardRadius = 10;
inline constexpr int controlRadius = 8;

} // namespace bothways::ui::style
