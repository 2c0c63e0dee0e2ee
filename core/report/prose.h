// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/document.h"

#include <QString>

#include <variant>
#include <vector>

/// A document as running text, in the few kinds of blocks that Markdown and a printed page have. Nothing is escaped.
namespace bothways::report {

struct Span {
    enum class Kind {
        Plain,
        Strong,
        Joint, ///< our own punctuation between two others, its spaces included; needs no escape
    };
    QString text;
    Kind kind = Kind::Plain;
};
using Text = std::vector<Span>; ///< running text, one line

struct Heading {
    int level = 2; ///< 1: of the whole
    Text text;
};
struct Paragraph {
    Text text;
};
/// Commands, or what a machine said: lines that stay as they are.
struct Code {
    QString text;
    QString language; ///< "sh"; empty where it is none
};
struct ListItem {
    Text text;
    std::vector<Text> below; ///< a list in the list
};
struct List {
    std::vector<ListItem> items;
};
using Row = std::vector<Text>;
struct Table {
    Row head;
    std::vector<Row> rows;
};
/// A drawing, and the table that stands for it where nothing can be drawn; without rows there is none.
struct Figure {
    Drawing drawing;
    Table table;
};
/// The last line.
struct Closing {
    Text text;
};
using Passage = std::variant<Heading, Paragraph, Code, List, Table, Figure, Closing>;
using Prose = std::vector<Passage>;

Prose proseOf(const Document &document);

} // namespace bothways::report
