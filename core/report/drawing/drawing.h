// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QRect>
#include <QSize>
#include <QString>

#include <cstddef>
#include <span>
#include <variant>
#include <vector>

/// Drawings as shapes, which painters put into a page (report/drawing/svg.h) or onto paper (report/print). Pure, without QtGui.
/// Coordinates are px at 100 %, y grows downwards. Words come from outside: control characters in them are made visible, and
/// whoever paints them escapes them.
namespace bothways::report {

enum class Ink { None, Text, Card, Grey, Line, Accent, Good, Caution, Bad };
inline constexpr std::size_t inks = 9;
/// Its variable in the style sheet of a page, and its colour on light ground: "#1c2430". Empty: nothing is painted.
QString variable(Ink ink);
QString colour(Ink ink);

/// What a shape is. How that looks is lookOf(), and the style sheet of the pages says the same.
enum class Role {
    Frame,     ///< a machine around what belongs to it
    Node,      ///< a thing on the way
    Gate,      ///< rules that a packet passes
    Way,       ///< from one to the next
    Cross,     ///< ground of the cross where a packet dies
    CrossLine, ///< of that cross
    Lost,      ///< what leads to it, and a ping without an answer
    Station,   ///< the line below a point of capture
    Pass,      ///< a frame on its way
    Origin,    ///< where it comes from
    Curve,     ///< times joined
    Sample,    ///< one of them
    Grid,
    Axis,
};
enum class Tone { None, Plain, Works, Stops, NotReached, NotSeen, Answer, Error };

struct Style {
    Role role = Role::Frame;
    Tone tone = Tone::None;
    bool dashed = false;
};

struct Look {
    Ink stroke = Ink::None;
    Ink fill = Ink::None;
    double width = 1;      ///< px
    std::vector<int> dash; ///< px on and off; empty: a whole line
};
Look lookOf(const Style &style);
/// Names of its classes in a page: "l Works".
QString classesOf(const Style &style);

enum class TextRole { Small, Name, Fixed, Doubt, Loss, OnCross };
struct TextLook {
    const char *css = ""; ///< name of its class in a page
    int size = 0;         ///< px
    bool bold = false;
    bool fixed = false; ///< letters of one width
    Ink ink = Ink::Text;
};
TextLook lookOf(TextRole role);

struct Box {
    QRect rect;
    int radius = 0; ///< of its corners
    Style style;
};
struct Line {
    QPoint from;
    QPoint to;
    Style style;
};
struct Disc {
    QPoint centre;
    int radius = 0;
    Style style;
};
struct Polygon {
    std::vector<QPoint> points; ///< closed
    Style style;
};
struct Polyline {
    std::vector<std::vector<QPoint>> parts; ///< each joined, with gaps between them
    Style style;
};
struct Words {
    QPoint at; ///< on the base line: of their left end, or of their middle
    TextRole role = TextRole::Small;
    QString text;
    bool centred = false;
};
using Shape = std::variant<Box, Line, Disc, Polygon, Polyline, Words>;

struct Drawing {
    QSize size;
    QString title;             ///< translated
    QString description;       ///< translated: the same in words; may be empty
    std::vector<Shape> shapes; ///< later ones above earlier ones

    void add(Shape shape) { shapes.push_back(std::move(shape)); }
    void addWords(QPoint at, TextRole role, const QString &text, bool centred = false);
    /// Cut to the width in px, by the width that letters have at most.
    void addFitted(QPoint at, TextRole role, const QString &text, int width, bool centred = false);
    /// A filled circle with a cross in it.
    void addCross(QPoint at);
};

} // namespace bothways::report
