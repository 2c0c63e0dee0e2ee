// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/drawing/drawing.h"

#include "shown/terms.h"

#include <algorithm>
#include <array>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr double sansEm = 0.6; ///< width of a letter in parts of the font's size; a little too much is right
constexpr double wideEm = 1.0; ///< of a Chinese one

struct Colour {
    const char *variable;
    const char *light;
};
constexpr std::array<Colour, inks> colours{{{"", ""},
                                            {"ink", "#1c2430"},
                                            {"card", "#ffffff"},
                                            {"grey", "#667085"},
                                            {"line", "#c9ced6"},
                                            {"accent", "#2563c9"},
                                            {"good", "#1f8a55"},
                                            {"caution", "#b26a00"},
                                            {"bad", "#c4314b"}}};

QString fitted(const QString &text, int width, int size)
{
    double used = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        used += (text[i].unicode() >= 0x2E80 ? wideEm : sansEm) * size;
        if (used > width) {
            return text.left(std::max<qsizetype>(0, i - 1)) + u'\u2026';
        }
    }
    return text;
}

char letterOf(Role role)
{
    switch (role) {
    case Role::Frame:
        return 'f';
    case Role::Node:
        return 'n';
    case Role::Gate:
        return 'g';
    case Role::Way:
        return 'l';
    case Role::Cross:
        return 'm';
    case Role::CrossLine:
        return 'c';
    case Role::Lost:
        return 'b';
    case Role::Station:
        return 'v';
    case Role::Pass:
        return 'p';
    case Role::Origin:
        return 'o';
    case Role::Curve:
        return 'h';
    case Role::Sample:
        return 'i';
    case Role::Grid:
        return 'y';
    case Role::Axis:
        return 'z';
    }
    return ' ';
}

QLatin1StringView wordOf(Tone tone)
{
    switch (tone) {
    case Tone::None:
        return ""_L1;
    case Tone::Plain:
        return " Plain"_L1;
    case Tone::Works:
        return " Works"_L1;
    case Tone::Stops:
        return " Stops"_L1;
    case Tone::NotReached:
        return " NotReached"_L1;
    case Tone::NotSeen:
        return " NotSeen"_L1;
    case Tone::Answer:
        return " a"_L1;
    case Tone::Error:
        return " e"_L1;
    }
    return ""_L1;
}

/// Without what its tone changes.
Look plainLookOf(Role role)
{
    switch (role) {
    case Role::Frame:
        return {Ink::Line, Ink::None, 1, {}};
    case Role::Node:
        return {Ink::Line, Ink::Card, 1, {}};
    case Role::Gate:
        return {Ink::Grey, Ink::Card, 1, {}};
    case Role::Way:
        return {Ink::Grey, Ink::Grey, 1.5, {}};
    case Role::Cross:
        return {Ink::None, Ink::Bad, 1, {}};
    case Role::CrossLine:
        return {Ink::Card, Ink::None, 2, {}};
    case Role::Lost:
        return {Ink::Bad, Ink::None, 1.5, {}};
    case Role::Station:
        return {Ink::Line, Ink::None, 1.5, {}};
    case Role::Pass:
        return {Ink::Accent, Ink::Accent, 1.5, {}};
    case Role::Origin:
        return {Ink::Grey, Ink::Card, 1.5, {}};
    case Role::Curve:
        return {Ink::Accent, Ink::None, 1.5, {}};
    case Role::Sample:
        return {Ink::None, Ink::Accent, 1, {}};
    case Role::Grid:
        return {Ink::Line, Ink::None, 1, {}};
    case Role::Axis:
        return {Ink::Grey, Ink::None, 1, {}};
    }
    return {};
}

/// Of what is a box: a gate has a colour where packets pass it, a thing has none.
void tone(Look &look, const Style &style)
{
    const bool gate = style.role == Role::Gate;
    if (style.tone == Tone::Stops) {
        look.stroke = Ink::Bad;
        look.width = 2;
    } else if (style.tone == Tone::Works && gate) {
        look.stroke = Ink::Good;
    } else if (style.tone == Tone::NotSeen || (style.tone == Tone::NotReached && gate)) {
        look.dash = {4, 3};
    }
}

} // namespace

QString variable(Ink ink) { return QLatin1StringView(colours[static_cast<std::size_t>(ink)].variable); }

QString colour(Ink ink) { return QLatin1StringView(colours[static_cast<std::size_t>(ink)].light); }

Look lookOf(const Style &style)
{
    auto look = plainLookOf(style.role);
    if (style.role == Role::Node || style.role == Role::Gate) {
        tone(look, style);
    } else if (style.tone == Tone::Works || style.tone == Tone::Answer) {
        look.stroke = look.fill = Ink::Good;
    } else if (style.tone == Tone::Error) {
        look.stroke = look.fill = Ink::Caution;
    }
    if (style.dashed || (style.role == Role::Way && style.tone == Tone::NotReached)) {
        look.dash = {3, 4};
    }
    return look;
}

QString classesOf(const Style &style)
{
    return QLatin1Char(letterOf(style.role)) + QString(wordOf(style.tone)) + (style.dashed ? u" d"_s : QString());
}

TextLook lookOf(TextRole role)
{
    switch (role) {
    case TextRole::Small:
        return {"s", 11, false, false, Ink::Grey};
    case TextRole::Name:
        return {"t", 13, true, false, Ink::Text};
    case TextRole::Fixed:
        return {"k", 11, false, true, Ink::Text};
    case TextRole::Doubt:
        return {"q", 11, false, false, Ink::Caution};
    case TextRole::Loss:
        return {"x", 12, true, false, Ink::Bad};
    case TextRole::OnCross:
        return {"r", 12, true, false, Ink::Card};
    }
    return {};
}

void Drawing::addWords(QPoint at, TextRole role, const QString &text, bool centred)
{
    add(Words{at, role, shown::visible(text), centred});
}

void Drawing::addFitted(QPoint at, TextRole role, const QString &text, int width, bool centred)
{
    addWords(at, role, fitted(text, width, lookOf(role).size), centred);
}

void Drawing::addCross(QPoint at)
{
    add(Disc{at, 9, {Role::Cross}});
    add(Line{at - QPoint(4, 4), at + QPoint(4, 4), {Role::CrossLine}});
    add(Line{at + QPoint(-4, 4), at + QPoint(4, -4), {Role::CrossLine}});
}

} // namespace bothways::report
