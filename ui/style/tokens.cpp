// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/tokens.h"

#include <QPalette>

namespace bothways::ui::style {

namespace {

QColor mixed(const QColor &over, const QColor &under, qreal share)
{
    const auto part = [share](qreal a, qreal b) { return static_cast<float>(a * share + b * (1.0 - share)); };
    return QColor::fromRgbF(part(over.redF(), under.redF()), part(over.greenF(), under.greenF()),
                            part(over.blueF(), under.blueF()));
}

} // namespace

QColor Tokens::of(Tone tone) const
{
    switch (tone) {
    case Tone::Neutral:
        return grey;
    case Tone::Accent:
        return accent;
    case Tone::Good:
        return good;
    case Tone::Caution:
        return caution;
    case Tone::Bad:
        return bad;
    }
    return grey;
}

QColor Tokens::tint(Tone tone) const
{
    const bool onDark = card.lightness() < 128;
    return mixed(of(tone), card, onDark ? 0.2 : 0.1);
}

Tokens light()
{
    return {.ground = QColor(0xf5, 0xf6, 0xf8),
            .rail = QColor(0xfb, 0xfb, 0xfc),
            .card = QColor(0xff, 0xff, 0xff),
            .ink = QColor(0x1c, 0x24, 0x30),
            .grey = QColor(0x66, 0x70, 0x85),
            .line = QColor(0xe3, 0xe6, 0xeb),
            .accent = QColor(0x25, 0x63, 0xc9),
            .good = QColor(0x1f, 0x8a, 0x55),
            .caution = QColor(0xb2, 0x6a, 0x00),
            .bad = QColor(0xc4, 0x31, 0x4b),
            .onAccent = QColor(0xff, 0xff, 0xff)};
}

Tokens dark()
{
    return {.ground = QColor(0x15, 0x18, 0x1d),
            .rail = QColor(0x19, 0x1c, 0x22),
            .card = QColor(0x1d, 0x21, 0x27),
            .ink = QColor(0xe8, 0xeb, 0xf0),
            .grey = QColor(0x98, 0xa2, 0xb3),
            .line = QColor(0x2e, 0x34, 0x3d),
            .accent = QColor(0x6e, 0xa3, 0xf7),
            .good = QColor(0x52, 0xc4, 0x8d),
            .caution = QColor(0xe3, 0xa6, 0x4a),
            .bad = QColor(0xf0, 0x70, 0x8a),
            .onAccent = QColor(0x15, 0x18, 0x1d)};
}

bool isDark(const QPalette &palette) { return palette.color(QPalette::Text).lightness() > 128; }

Tokens tokens(const QPalette &palette) { return isDark(palette) ? dark() : light(); }

} // namespace bothways::ui::style
